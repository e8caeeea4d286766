package recommend

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/internal/text"
)

// readVariants notes which things of a service are variants of one: they have
// the same value of Binding.Variants; or else the same name but for amounts
// ("Xiaomi 14 256 GB" and "Xiaomi 14 512 GB"), or share a name that fewer things
// bear than any other name of theirs ("iPhone 15", and not "iPhone").
func (c *core) readVariants(ctx context.Context, s *service) error {
	s.variants = map[string]int{}
	err := c.groupVariants(ctx, s)
	n := 0
	for _, group := range s.variants {
		n = max(n, group)
	}
	s.groups = make([][]string, n)
	for _, id := range s.ids {
		if group := s.variants[id]; group > 0 {
			s.groups[group-1] = append(s.groups[group-1], id)
		}
	}
	return err
}

func (c *core) groupVariants(ctx context.Context, s *service) error {
	if s.binding.Variants != "" {
		return c.readGroups(ctx, s)
	}
	size := map[string]int{} // of the smallest group so far
	n := 0
	for _, e := range s.names.entries { // in an order that is the same each time
		ids := s.names.ids[e.Value]
		if len(ids) < 2 {
			continue
		}
		n++
		for _, id := range ids {
			if size[id] == 0 || len(ids) < size[id] {
				s.variants[id], size[id] = n, len(ids)
			}
		}
	}
	stems := map[string]int{}
	first := map[string]string{}
	for _, id := range s.ids {
		stem := withoutAmounts(c.cfg.Graph.Name(ctx, id, c.cfg.Lang))
		switch one := first[stem]; {
		case stem == "":
		case one == "":
			first[stem] = id
		case stems[stem] == 0:
			n++
			stems[stem] = n
			s.variants[one] = n
			fallthrough
		default:
			s.variants[id] = stems[stem]
		}
	}
	return nil
}

// withoutAmounts is the key of a name without its numbers with units; "" where
// there are none.
func withoutAmounts(name string) string {
	toks := text.Tokens(name)
	key, amounts := "", 0
	for i := 0; i < len(toks); i++ {
		if toks[i].Kind == text.Number && i+1 < len(toks) && len(text.LookupUnits(toks[i+1].Text)) > 0 {
			amounts++
			i++
			continue
		}
		key += toks[i].Text
	}
	if amounts == 0 {
		return ""
	}
	return key
}

// readGroups reads what Binding.Variants says.
func (c *core) readGroups(ctx context.Context, s *service) error {
	path := s.binding.Variants
	if x := s.slot(path); x != nil {
		path = x.path
	}
	hops, err := c.compileHops(ctx, path)
	if err != nil {
		return fmt.Errorf("reading Binding.Variants: %w, nor is it a slot that reads the graph", err)
	}
	groups := map[string]int{}
	for _, id := range s.ids {
		ends, err := c.walk(ctx, id, hops, c.cfg.Lang)
		if err != nil {
			return err
		}
		if len(ends) == 0 {
			continue
		}
		key := ends[0].value.String()
		if groups[key] == 0 {
			groups[key] = len(groups) + 1
		}
		s.variants[id] = groups[key]
	}
	return nil
}
