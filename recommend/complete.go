package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// complete reads the graph: what things each service has, how they are called
// and what values its slots take; and gives types to the slots without one.
func (c *core) complete(ctx context.Context) error {
	var errs []error
	for _, s := range c.services {
		if s.binding == nil {
			continue
		}
		if err := c.readThings(ctx, s); err != nil {
			errs = append(errs, fmt.Errorf("service %q: %w", s.Name, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, s := range c.services {
		for _, x := range s.slots {
			if err := c.readSlot(ctx, x); err != nil {
				errs = append(errs, fmt.Errorf("slot %q: %w", x.full, err))
			}
			c.readLabels(x)
		}
		if s.binding == nil {
			continue
		}
		if err := errors.Join(c.readShown(ctx, s), c.readScales(ctx, s), c.readVariants(ctx, s), c.readSpreads(ctx, s)); err != nil {
			errs = append(errs, fmt.Errorf("service %q: %w", s.Name, err))
		}
	}
	for _, s := range c.services { // after all the names have their types
		for _, x := range s.slots {
			if err := c.readDomain(ctx, x); err != nil {
				errs = append(errs, fmt.Errorf("slot %q: %w", x.full, err))
			}
		}
	}
	c.rebuildSchema()
	return errors.Join(errs...)
}

// rebuildSchema makes the schema of the slots as they are now.
func (c *core) rebuildSchema() {
	c.schema = dst.Schema{}
	for _, s := range c.services {
		out := s.Service
		out.Slots = nil
		for _, x := range s.slots {
			out.Slots = append(out.Slots, x.Slot)
		}
		c.schema.Services = append(c.schema.Services, out)
	}
}

// readThings sets the query that finds the things of a service, and indexes
// their names.
func (c *core) readThings(ctx context.Context, s *service) error {
	s.base = kg.Query{Kind: s.binding.Kind}
	if s.kindly != nil {
		if err := c.readKinds(ctx, s); err != nil {
			return err
		}
	}
	ids, err := thingIDs(ctx, c.cfg.Graph, s.base)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fmt.Errorf("the graph has nothing of kind %q; load the facts before the agent is made, and see Binding.Kind", s.binding.Kind)
	}
	if s.binding.Kind == "" && s.kindly == nil {
		ids = slices.DeleteFunc(ids, func(id string) bool { return c.cfg.Graph.Name(ctx, id, c.cfg.Lang) == id })
	}
	s.ids = ids
	s.names, err = c.indexNames(ctx, ids)
	return err
}

// readKinds restricts a service to the kinds that its KindSlot has values for.
func (c *core) readKinds(ctx context.Context, s *service) error {
	kinds, err := c.cfg.Graph.Domain(ctx, s.binding.Kind, s.kindly.path)
	if err != nil {
		return err
	}
	if parser, ok := s.kindly.Type.(dst.Parser); ok {
		kinds = slices.DeleteFunc(kinds, func(v kg.Value) bool {
			_, known := parser.Parse(v.String(), c.cfg.Now())
			return !known
		})
	}
	if len(kinds) == 0 {
		return fmt.Errorf("no value of predicate %q in the graph is one of KindSlot %q", s.kindly.path, s.kindly.Name)
	}
	s.base.Where = append(s.base.Where, kg.Condition{Predicate: s.kindly.path, Op: kg.Eq, Values: kinds})
	return nil
}

// readSlot checks the path of a slot and gives types to the slots that name things.
func (c *core) readSlot(ctx context.Context, x *slot) error {
	if x.service.binding == nil {
		return nil
	}
	if x.Names {
		if x.Type == nil {
			x.Type = dst.NewGazetteer(x.service.names.entries...)
		}
		return nil
	}
	if x.path == "" {
		return nil
	}
	hops, err := c.compileHops(ctx, x.path)
	if err != nil {
		return fmt.Errorf("%w; bind the slot to another predicate in Binding.Slots, or to \"\" where the graph has nothing for it", err)
	}
	x.hops = hops
	return c.checkRange(ctx, x)
}

// readDomain reads the values that a slot may take from the graph.
func (c *core) readDomain(ctx context.Context, x *slot) error {
	if of := c.service(x.Of); x.Type == nil && x.Of != "" && !x.RequestOnly && of.named != nil {
		x.Type = of.named.Type
	}
	if x.RequestOnly || x.Names || x.path == "" || x.service.binding == nil || x.via != nil {
		if x.Type == nil && !x.RequestOnly && x.service.binding != nil && x.Required {
			return errors.New("it has no Type and nothing in the graph to draw one from")
		}
		return nil
	}
	values, err := c.domainValues(ctx, x)
	if err != nil {
		return err
	}
	x.domain, err = c.newDomain(ctx, x, values)
	if err != nil {
		return err
	}
	if x.Type != nil {
		return nil
	}
	if len(x.domain.entries) == 0 {
		return fmt.Errorf("it has no Type, and predicate %q has no texts or references to draw one from; give it a Type", x.path)
	}
	x.Type = dst.NewGazetteer(x.domain.entries...)
	x.domain.readSorts()
	return nil
}

func (c *core) domainValues(ctx context.Context, x *slot) ([]kg.Value, error) {
	facets, err := c.cfg.Graph.Facets(ctx, x.service.base, x.path)
	if err != nil {
		return nil, err
	}
	values := make([]kg.Value, len(facets))
	for i, f := range facets {
		values[i] = f.Value
	}
	return values, nil
}

// readShown finds the paths of what is told about a thing, and checks those of
// what things are ranked by.
func (c *core) readShown(ctx context.Context, s *service) error {
	if s.binding == nil {
		return nil
	}
	for _, name := range s.binding.Show {
		x := s.slot(name)
		if x != nil && x.hops != nil && x.via == nil {
			s.shown = append(s.shown, shown{x, name, x.hops})
			continue
		}
		hops, err := c.compileHops(ctx, name)
		if err != nil {
			return fmt.Errorf("reading Binding.Show: %w, nor is it a slot that reads the graph", err)
		}
		s.shown = append(s.shown, shown{nil, name, hops})
	}
	for _, o := range s.binding.Order {
		if _, err := c.compileHops(ctx, o.Predicate); err != nil {
			return fmt.Errorf("reading Binding.Order: %w", err)
		}
	}
	return nil
}
