package recommend

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// spread is where the lowest and the highest third of what things of a kind
// have under a slot end: a "big" screen is one of the upper third. least and
// most are the ends of all.
type spread struct{ low, high, least, most kg.Value }

// readSpreads notes the spreads of the slots whose values have an order, for
// each kind of the service's things and, under "", for all of them.
func (c *core) readSpreads(ctx context.Context, s *service) error {
	for _, x := range s.slots {
		if !x.ordered || x.measure == moment {
			continue
		}
		x.spreads = map[string]spread{}
		queries := map[string]kg.Query{"": s.base}
		if s.kindly != nil {
			kinds, err := c.cfg.Graph.Facets(ctx, s.base, s.kindly.path)
			if err != nil {
				return err
			}
			for _, k := range kinds {
				q := s.base
				q.Where = append(slices.Clone(q.Where), kg.Condition{Predicate: s.kindly.path, Op: kg.Eq, Values: []kg.Value{k.Value}})
				queries[k.Value.String()] = q
			}
		}
		for _, kind := range sortedKeys(queries) {
			facets, err := c.cfg.Graph.Facets(ctx, queries[kind], x.path)
			if err != nil {
				return err
			}
			if len(facets) > 2 { // of one or two values none is big
				x.spreads[kind] = thirds(facets)
			}
		}
	}
	return nil
}

// thirds finds where the thirds of counted values end.
func thirds(facets []kg.Facet) spread {
	facets = slices.Clone(facets)
	slices.SortStableFunc(facets, func(a, b kg.Facet) int {
		order, _ := compareGraph(a.Value, b.Value)
		return order
	})
	all := 0
	for _, f := range facets {
		all += f.Count
	}
	least, most := facets[0].Value, facets[len(facets)-1].Value
	out := spread{low: least, high: most, least: least, most: most}
	for i, n := 0, 0; i < len(facets) && n < (all+2)/3; i++ {
		n, out.low = n+facets[i].Count, facets[i].Value
	}
	for i, n := len(facets)-1, 0; i >= 0 && n < (all+2)/3; i-- {
		n, out.high = n+facets[i].Count, facets[i].Value
	}
	return out
}

// wishesFor takes an adjective for a preference: a "big screen" is rather one
// of the biggest third. It reports false where the message rather asks.
func (t *turn) wishesFor(sv *service, g gauge) (bool, error) {
	if strings.ContainsAny(t.text, "?？") || containsAny(t.text, questionsZh) || g.slot.measure == moment || len(t.asksFor()) > 0 && !t.namesOnly(g.slot) {
		return false, nil
	}
	if t.forgets(g) {
		return true, nil
	}
	t.asks = nil
	t.decisions = slices.DeleteFunc(slices.Clone(t.decisions), func(d dst.Decision) bool { return d.Act.Kind == dst.Request && d.Act.Slot == g.slot.full })
	kind, err := t.graphKind(sv)
	if err != nil {
		return false, err
	}
	third, ok := g.slot.spreads[kind]
	for i := 0; !ok && i < len(sv.slots); i++ {
		if x := sv.slots[i]; kindred(g.slot, x) { // phones have no battery life, but a battery
			if third, ok = x.spreads[kind]; ok {
				g.slot = x
			}
		}
	}
	if !ok {
		return false, nil
	}
	a := dst.Act{Kind: dst.Prefer, Slot: g.slot.full, Op: dst.Le, Value: t.c.slotValue(g.slot, third.low)}
	if g.more {
		a.Op, a.Value = dst.Ge, t.c.slotValue(g.slot, third.high)
	}
	if slices.ContainsFunc(t.s.Of(g.slot.full), func(k dst.Constraint) bool { return k.Op == a.Op && k.Value == a.Value }) {
		return true, nil
	}
	e := dst.Evidence{Turn: t.s.Turn, Source: dst.Span, Start: g.start, End: g.end, Text: t.text[g.start:g.end], From: cmp.Or(kind, sv.Name), P: 1}
	t.take(dst.Decision{Act: a, P: 1, Evidence: e})
	return true, nil
}

// forgets reports whether the adjective is part of the name of a slot that the
// message says is not to count: 不考虑重量了.
func (t *turn) forgets(g gauge) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind == dst.Forget && d.Act.Slot == g.slot.full && d.Evidence.Start <= g.start && g.end <= d.Evidence.End
	})
}

// kindred reports whether a word for one slot is part of a word for another.
func kindred(x, of *slot) bool {
	for _, long := range x.Aliases {
		for _, short := range of.Aliases {
			if text.Language(short) == text.Language(long) && strings.HasPrefix(text.Fold(long), text.Fold(short)) && long != short {
				return x != of
			}
		}
	}
	return false
}

// clipped is the slot whose word stands behind an adjective with its first
// character alone: 大屏 for 大屏幕. Of what follows nothing but an end, 的 or a kind
// of things tells it from other words.
func (sv *service) clipped(toks []text.Token, m text.Match) *slot {
	if m.Last >= len(toks) || toks[m.First].Kind != text.Han || toks[m.Last].Kind != text.Han {
		return nil
	}
	noun := toks[m.Last].Text
	if m.Last+1 < len(toks) {
		next := toks[m.Last+1]
		kind := sv.kindly != nil && slices.ContainsFunc(sv.kindly.Type.Find(dst.NewText(next.Text+textOf(toks[m.Last+2:]), time.Time{})), func(m dst.Mention) bool { return m.Start == 0 })
		if next.Kind != text.Symbol && next.Text != "的" && !kind {
			return nil
		}
	}
	for _, x := range sv.slots {
		begins := 0
		for _, alias := range x.Aliases {
			if strings.HasPrefix(alias, noun) {
				begins++
			}
		}
		if x.ordered && begins > 1 {
			return x
		}
	}
	return nil
}

func textOf(toks []text.Token) string {
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(t.Text)
	}
	return b.String()
}

// namesOnly reports whether the message asks for a slot by no more than its
// name, which an adjective beside it makes a wish: "and a long battery life".
func (t *turn) namesOnly(x *slot) bool {
	return len(t.asksFor()) == 1 && t.asksFor()[0] == x && !containsAny(" "+text.Fold(t.text), []string{" what", " how", " which", " tell", " is ", " does ", " are ", "多", "什么", "哪", "怎么", "介绍", "说说"})
}

// graphKind is the kind of thing that is sought as the graph has it, "" where
// it is not known.
func (t *turn) graphKind(sv *service) (string, error) {
	if sv.kindly == nil {
		return "", nil
	}
	value, ok := t.s.Get(sv.kindly.full)
	if !ok {
		var err error
		if value, _, err = t.impliedKind(sv, t.s); err != nil {
			return "", err
		}
	}
	if of := t.c.graphValues(sv.kindly, value); len(of) > 0 {
		return of[0].String(), nil
	}
	return "", nil
}
