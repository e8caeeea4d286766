package recommend

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// A Range names the predicates with the ends of what a thing takes or has a
// range of: hours to visit it, sizes that it fits. Things that have one number
// have it as both.
type Range struct{ Low, High string }

// bindRanges gives the ranges of a binding to its slots.
func bindRanges(s *service, at string) []error {
	var errs []error
	for _, name := range sortedKeys(s.binding.Ranges) {
		r, x := s.binding.Ranges[name], s.slot(name)
		switch {
		case x == nil:
			errs = append(errs, fmt.Errorf("%s: Ranges has %q, which is no slot of the service", at, name))
		case r.Low == "" || r.High == "":
			errs = append(errs, fmt.Errorf("%s: Ranges: slot %q needs the predicates of both ends, Low and High", at, name))
		default:
			x.ends = r
		}
	}
	return errs
}

// checkRange reports ends of a range that the graph knows nothing of.
func (c *core) checkRange(ctx context.Context, x *slot) error {
	if x.ends == (Range{}) {
		return nil
	}
	for _, path := range []string{x.ends.Low, x.ends.High} {
		if _, err := c.compileHops(ctx, path); err != nil {
			return fmt.Errorf("an end of its range: %w", err)
		}
	}
	return nil
}

// rangeConditions are what constraints ask of a thing's range: it lies within
// the bounds, and what it is to be equal or close to lies in it. That it must
// not be a value says nothing of a range.
func (c *core) rangeConditions(x *slot, cs []dst.Constraint) []kg.Condition {
	var out []kg.Condition
	add := func(predicate string, op kg.Op, v kg.Value) {
		out = append(out, kg.Condition{Predicate: predicate, Op: op, Values: []kg.Value{v}})
	}
	for _, k := range cs {
		v, ok := numberValue(x.Type, k.Value)
		if !ok {
			continue
		}
		n, unit, _ := v.Number()
		slack := 0.0
		switch k.Op {
		case dst.Gt, dst.Ge:
			add(x.ends.Low, graphOps[k.Op], v)
			continue
		case dst.Lt, dst.Le:
			add(x.ends.High, graphOps[k.Op], v)
			continue
		case dst.Ne:
			continue
		case dst.Around:
			slack = c.cfg.Tolerance
		}
		add(x.ends.Low, kg.Le, kg.Num(n*(1+slack), unit))
		add(x.ends.High, kg.Ge, kg.Num(n*(1-slack), unit))
	}
	return out
}
