package recommend

import (
	"context"
	"strconv"

	"github.com/slotgraph/slotgraph/kg"
)

// What an item's rank adds to its score besides the wishes that it meets: so
// little that a wish always counts for more.
const (
	bonusPlace     = 0.01 // for the first in the order of the binding, less for each after it
	penaltyVariant = 0.02 // for a variant of one offered with it
)

// items turns hits into items with their scores. relaxed says that not all
// wishes were asked of the graph, so that each is checked.
func (c *core) items(ctx context.Context, sv *service, hits []ranked, wishes []wish, relaxed bool, lang string) ([]Item, error) {
	out := make([]Item, len(hits))
	wishes = c.closest(wishes)
	for i, h := range hits {
		item, err := c.item(ctx, sv, h.ID, lang)
		if err != nil {
			return nil, err
		}
		item.Why = h.Why
		if err := c.fit(ctx, sv, &item, wishes, relaxed, lang); err != nil {
			return nil, err
		}
		if err := c.rankTerms(ctx, sv, &item, h); err != nil {
			return nil, err
		}
		for _, t := range item.Terms {
			item.Score += t.Score
		}
		out[i] = item
	}
	return out, nil
}

// fit appends the terms of the wishes, which make up a score of 1 where all are
// met. A thing of which nothing is wished meets all wishes.
func (c *core) fit(ctx context.Context, sv *service, item *Item, wishes []wish, relaxed bool, lang string) error {
	if len(wishes) == 0 {
		item.Terms = append(item.Terms, Term{Name: TermFit, Score: 1})
		return nil
	}
	all := 0.0
	for _, w := range wishes {
		all += w.weight()
	}
	item.Terms = make([]Term, 0, len(wishes)+len(sv.binding.Order)+2)
	for _, w := range wishes {
		t := Term{Name: w.term(), Soft: w.soft, Score: w.weight() / all}
		var err error
		if t.Value, err = c.valueText(ctx, item.ID, w.slot, lang); err != nil {
			return err
		}
		if relaxed || w.soft {
			ok, err := c.meets(ctx, sv, item.ID, w)
			if err != nil {
				return err
			}
			if !ok {
				t.Score = 0
			}
		}
		item.Terms = append(item.Terms, t)
	}
	return nil
}

// rankTerms appends what ranks an item among those that fit as well.
func (c *core) rankTerms(ctx context.Context, sv *service, item *Item, h ranked) error {
	for _, o := range sv.binding.Order {
		values, err := c.cfg.Graph.Values(ctx, item.ID, o.Predicate)
		if err != nil {
			return err
		}
		t := Term{Name: o.Predicate}
		if len(values) > 0 {
			t.Value = values[0].String()
		}
		item.Terms = append(item.Terms, t)
	}
	item.Terms = append(item.Terms, Term{Name: TermPlace, Value: strconv.Itoa(h.place + 1), Score: bonusPlace / float64(h.place+1)})
	if h.variant {
		item.Terms = append(item.Terms, Term{Name: TermVariant, Score: -penaltyVariant})
	}
	return nil
}

// meets reports whether a thing satisfies a wish.
func (c *core) meets(ctx context.Context, sv *service, id string, w wish) (bool, error) {
	if w.without[id] {
		return false, nil
	}
	if w.ids != nil {
		for _, x := range w.ids {
			if x == id {
				return true, nil
			}
		}
		return false, nil
	}
	n, err := c.cfg.Graph.Count(ctx, kg.Query{IDs: []string{id}, Where: w.where})
	return n > 0, err
}

// item is a thing with what is told about it.
func (c *core) item(ctx context.Context, sv *service, id, lang string) (Item, error) {
	item := Item{ID: id, Name: c.cfg.Graph.Name(ctx, id, lang)}
	if sv.names != nil {
		item.Value = sv.names.value[id]
	}
	for _, show := range sv.shown {
		ends, err := c.walk(ctx, id, show.hops, lang)
		if err != nil {
			return item, err
		}
		item.path = append(item.path, onTheWay(ends)...)
		item.Show = append(item.Show, some(c.tell(ctx, id, show.slot, show.label(c, lang), ends, lang))...)
	}
	return item, nil
}

// some are the first of many facts, which say how many there are.
func some(facts []Fact) []Fact {
	n := len(facts)
	if n <= maxTold {
		return facts
	}
	facts = facts[:maxTold:maxTold]
	for i := range facts {
		facts[i].Of = n
	}
	return facts
}

// onTheWay are the facts of paths but for the last of each.
func onTheWay(ends []end) []kg.Fact {
	var out []kg.Fact
	for _, e := range ends {
		if n := len(e.facts); n > 1 {
			out = append(out, e.facts[:n-1]...)
		}
	}
	return out
}

// shown is a slot or predicate that is told about a thing.
type shown struct {
	slot *slot // nil for a mere predicate
	name string
	hops []hop
}

func (s shown) label(c *core, lang string) string {
	if s.slot != nil {
		return c.label(s.slot, lang)
	}
	return c.attribute(s.name, lang)
}

// slotFacts are the facts of a thing under a slot; most bounds the number of
// values, 0 is no bound.
func (c *core) slotFacts(ctx context.Context, id string, x *slot, lang string, most int) ([]Fact, error) {
	ends, err := c.walk(ctx, id, x.hops, lang)
	if err != nil {
		return nil, err
	}
	if most > 0 {
		ends = ends[:min(most, len(ends))]
	}
	return c.tell(ctx, id, x, c.label(x, lang), ends, lang), nil
}

func (c *core) tell(ctx context.Context, id string, x *slot, attribute string, ends []end, lang string) []Fact {
	if len(ends) == 0 {
		return nil
	}
	name := c.cfg.Graph.Name(ctx, id, lang)
	out := make([]Fact, len(ends))
	for i, e := range ends {
		out[i] = Fact{Thing: name, Attribute: attribute, Value: c.worded(ctx, x, e.value, lang)}
		if len(e.facts) > 0 {
			out[i].Source = e.facts[len(e.facts)-1]
		}
	}
	return out
}

// mostWords is how many values of a slot a term has at most.
const mostWords = 4

// valueText words what a thing has under a slot, for a trace.
func (c *core) valueText(ctx context.Context, id string, x *slot, lang string) (string, error) {
	if x.Names {
		return c.cfg.Graph.Name(ctx, id, lang), nil
	}
	ends, err := c.walk(ctx, id, x.hops, lang)
	if err != nil || len(ends) == 0 {
		return "", err
	}
	if len(ends) == 1 {
		return c.worded(ctx, x, ends[0].value, lang), nil
	}
	words := make([]string, min(len(ends), mostWords))
	for i := range words {
		words[i] = c.worded(ctx, x, ends[i].value, lang)
	}
	return joined(words, lang), nil
}
