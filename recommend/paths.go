package recommend

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// A hop is one step of a path of the graph: a predicate, perhaps backwards.
type hop struct {
	predicate string
	variants  []string // the predicate and its language variants
	inverse   bool
}

// compileHops takes a path apart and checks that the graph has its predicates.
func (c *core) compileHops(ctx context.Context, path string) ([]hop, error) {
	if h, ok, err := c.hop(ctx, path); ok || err != nil {
		return []hop{h}, err
	}
	var hops []hop
	for piece := range strings.SplitSeq(path, "/") {
		name, inverse := strings.CutPrefix(piece, "^")
		h, ok, err := c.hop(ctx, name)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("nothing in the graph has the predicate %q", name)
		}
		h.inverse = inverse
		hops = append(hops, h)
	}
	return hops, nil
}

// hop looks for a predicate and its language variants.
func (c *core) hop(ctx context.Context, predicate string) (hop, bool, error) {
	h := hop{predicate: predicate}
	if predicate == "" {
		return h, false, nil
	}
	names := []string{predicate}
	if !strings.Contains(predicate, "/") { // a path is looked for as a predicate only
		for _, lang := range languages {
			names = append(names, predicate+"@"+lang)
		}
	}
	for _, name := range names {
		path := name
		if strings.ContainsAny(name, "/^") {
			path = "<" + name + ">"
		}
		n, err := c.cfg.Graph.Count(ctx, kg.Query{Where: []kg.Condition{{Predicate: path, Op: kg.Has}}})
		if err != nil {
			return h, false, err
		}
		if n > 0 {
			h.variants = append(h.variants, name)
		}
	}
	return h, len(h.variants) > 0, nil
}

// An end is a value that a path leads to, with the facts on the way.
type end struct {
	value kg.Value
	facts []kg.Fact
}

// walk follows hops from a thing. Values come in the order in which their
// facts were added, none twice; of texts in several languages those in lang
// are taken, or else all of the first language that has any.
func (c *core) walk(ctx context.Context, id string, hops []hop, lang string) ([]end, error) {
	if len(hops) == 1 {
		return c.walkOne(ctx, id, hops[0], lang)
	}
	ends := []end{{value: kg.Ref(id)}}
	for _, h := range hops {
		var next []end
		seen := map[kg.Value]bool{}
		for _, e := range ends {
			from, ok := e.value.ID()
			if !ok {
				continue
			}
			facts, err := c.step(ctx, from, h, lang)
			if err != nil {
				return nil, err
			}
			for _, f := range facts {
				v := f.Object
				if h.inverse {
					v = kg.Ref(f.Subject)
				}
				if !seen[v] {
					seen[v] = true
					next = append(next, end{v, append(e.facts[:len(e.facts):len(e.facts)], f)})
				}
			}
		}
		ends = next
	}
	return ends, nil
}

// walkOne is walk for a single hop, as most paths have.
func (c *core) walkOne(ctx context.Context, id string, h hop, lang string) ([]end, error) {
	facts, err := c.step(ctx, id, h, lang)
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	out := make([]end, 0, len(facts))
	var seen map[kg.Value]bool
	if len(facts) > 8 {
		seen = make(map[kg.Value]bool, len(facts))
	}
	for i, f := range facts {
		v := f.Object
		if h.inverse {
			v = kg.Ref(f.Subject)
		}
		if seen[v] || seen == nil && slices.ContainsFunc(out, func(e end) bool { return e.value == v }) {
			continue
		}
		if seen != nil {
			seen[v] = true
		}
		out = append(out, end{v, facts[i : i+1 : i+1]})
	}
	return out, nil
}

func (c *core) step(ctx context.Context, id string, h hop, lang string) ([]kg.Fact, error) {
	if !h.inverse {
		facts, err := c.cfg.Graph.Facts(ctx, id, h.variants...)
		if err != nil || len(h.variants) == 1 {
			return facts, err
		}
		return inLanguage(facts, h.predicate, lang), nil
	}
	subjects, err := c.cfg.Graph.Subjects(ctx, h.predicate, kg.Ref(id))
	if err != nil {
		return nil, err
	}
	var out []kg.Fact
	for _, s := range subjects {
		facts, err := c.cfg.Graph.Facts(ctx, s, h.predicate)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			if to, ok := f.Object.ID(); ok && to == id {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// inLanguage keeps the facts of one variant of a predicate: of the language,
// without a language, or of the first other one.
func inLanguage(facts []kg.Fact, predicate, lang string) []kg.Fact {
	variants := []string{predicate + "@" + lang, predicate}
	for _, l := range languages {
		variants = append(variants, predicate+"@"+l)
	}
	for _, v := range variants {
		var out []kg.Fact
		for _, f := range facts {
			if f.Predicate == v {
				out = append(out, f)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
