package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

var (
	alikeWords = []string{"similar", "something like it", "something like this", "something like that", "anything like this", "anything like it", "more like this", "alternative", "comparable", "类似", "相似", "同类", "同款", "同档次", "平替", "替代", "差不多的", "像这样的", "这样的还有"}
	butWords   = []string{"same but", "same one but", "same thing but", "the same in", "same in", "this but", "that but", "it but", "one but", "similar but", "similar one but", "一样但", "一样的但", "一样，但", "一样, 但", "一样，", "一样就", "一样只", "同款但", "同款", "类似但", "类似的但", "这款但", "这个但", "就是要", "只是要"}
)

// similarPredicates are the predicates that lead to similar things where no
// slot is called so.
var similarPredicates = []string{"isSimilarTo", "similar", "isRelatedTo"}

// ruleAlike offers what is like a thing: along the edges of the graph that say
// so, or else what is closest to it in kind, price and whatever else things are
// told apart by. "Like this but blue" looks for the like with what is said
// beside, the thing itself and its variants first.
func (t *turn) ruleAlike() (bool, error) {
	sv := t.active()
	if t.helped || sv == nil || sv.named == nil || t.offered[sv] {
		return false, nil
	}
	folded := text.Fold(t.text)
	id := t.alikeTo(sv)
	switch {
	case id == "":
		return false, nil
	case (containsAny(folded, butWords) || containsAny(folded, alikeWords)) && (len(t.wished(sv)) > 0 || t.critiques()):
		return false, t.likeBut(sv, id)
	case containsAny(folded, alikeWords) && len(t.wished(sv)) == 0:
		return false, t.offerAlike(sv, id)
	}
	return false, nil
}

// alikeTo is the thing that the message means, of several the first.
func (t *turn) alikeTo(sv *service) string {
	ids := t.referents(sv)
	if len(ids) == 0 || len(ids) > 1 && !containsAny(text.Fold(t.text), alikeWords) {
		return ""
	}
	return ids[0]
}

// ofItsKind seeks things of the kind of a thing, where no kind is sought yet:
// of several kinds that it has, the one that the fewest things have.
func (t *turn) ofItsKind(sv *service, id string) error {
	if sv.kindly == nil || t.s.Filled(sv.kindly.full) {
		return nil
	}
	kinds, err := t.c.cfg.Graph.Values(t.ctx, id, sv.kindly.path)
	if err != nil {
		return err
	}
	best, least := "", 0
	for _, k := range kinds {
		value := t.c.slotValue(sv.kindly, k)
		n, err := t.c.count(t.ctx, sv, []wish{t.c.wish(sv.kindly, []dst.Constraint{{Slot: sv.kindly.full, Op: dst.Eq, Value: value}})})
		if err != nil {
			return err
		}
		if n > 0 && (best == "" || n < least) {
			best, least = value, n
		}
	}
	if best != "" {
		e := dst.Evidence{Turn: t.s.Turn, Source: dst.Carry, From: sv.named.full, P: 1}
		t.take(dst.Decision{Act: dst.Act{Kind: dst.Inform, Slot: sv.kindly.full, Op: dst.Eq, Value: best}, P: 1, Evidence: e})
	}
	return nil
}

// likeness says of a thing what the like of it is to have: about its price, and
// the same of what else is told or asked of things.
func (t *turn) likeness(sv *service, id string) ([]dst.Act, error) {
	var out []dst.Act
	for _, x := range sv.slots {
		told := x.measure == string(text.Currency) || slices.Contains(sv.binding.Ask, x.Name) || slices.ContainsFunc(sv.shown, func(s shown) bool { return s.slot == x }) || x.Name == "brand"
		if !told || x.Names || x == sv.kindly || len(x.hops) == 0 || x.via != nil || x.RequestOnly || len(out) == maxSoft {
			continue
		}
		ends, err := t.c.walk(t.ctx, id, x.hops, t.lang)
		if err != nil {
			return nil, err
		}
		switch value := ""; {
		case len(ends) != 1:
		case x.measure == string(text.Currency):
			value = t.c.slotValue(x, ends[0].value)
			out = append(out, dst.Act{Kind: dst.Prefer, Slot: x.full, Op: dst.Around, Value: value})
		case !x.ordered:
			value = t.c.slotValue(x, ends[0].value)
			out = append(out, dst.Act{Kind: dst.Prefer, Slot: x.full, Op: dst.Eq, Value: value})
		}
	}
	return out, nil
}

// likeBut takes over what the thing is like, but for what the message says.
func (t *turn) likeBut(sv *service, id string) error {
	now := t.wishedNow(sv)
	for _, one := range t.variantsOf(sv, id) {
		if len(now) == 0 {
			break
		}
		if n, err := t.c.count(t.ctx, sv, append(now[:len(now):len(now)], wish{slot: sv.named, ids: []string{one}})); err != nil {
			return err
		} else if n > 0 {
			items, err := t.some(sv, []string{one})
			if err != nil {
				return err
			}
			t.offered[sv] = true
			return t.addOffer(sv, StepOffer, items, 1)
		}
	}
	acts, err := t.likeness(sv, id)
	if err != nil {
		return err
	}
	said := func(a dst.Act) bool {
		return slices.ContainsFunc(t.s.Of(a.Slot), func(k dst.Constraint) bool { return k.Op != dst.Ne })
	}
	e := dst.Evidence{Turn: t.s.Turn, Source: dst.Carry, From: sv.named.full, P: 1}
	gauges := t.gauged(sv)
	for _, a := range acts {
		critiqued := slices.ContainsFunc(gauges, func(g gauge) bool { return g.slot.full == a.Slot })
		if !said(a) && !critiqued {
			t.take(dst.Decision{Act: a, P: 1, Evidence: e})
		}
	}
	t.forgetFocusName(sv)
	return t.ofItsKind(sv, id)
}

// wishedNow are the wishes of the message.
func (t *turn) wishedNow(sv *service) []wish {
	var out []wish
	for _, i := range t.wished(sv) {
		a := t.decisions[i].Act
		x := t.c.slots[a.Slot]
		if a.Kind != dst.Inform || a.Value == dst.DontCare || a.Op == dst.Remove || x.path == "" || x.via != nil {
			continue // what the graph knows nothing of is no wish
		}
		if a.Op == dst.Add {
			a.Op = dst.Eq
		}
		out = append(out, t.c.wish(x, []dst.Constraint{{Slot: a.Slot, Op: a.Op, Value: a.Value}}))
	}
	return out
}

// variantsOf is a thing with its variants, itself first.
func (t *turn) variantsOf(sv *service, id string) []string {
	out := []string{id}
	if group := sv.variants[id]; group != 0 {
		for _, other := range sv.groups[group-1] {
			if other != id {
				out = append(out, other)
			}
		}
	}
	return out
}

// offerAlike offers what is like a thing.
func (t *turn) offerAlike(sv *service, id string) error {
	ids, facts, err := t.similar(sv, id)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		if ids, err = t.nearby(sv, id); err != nil {
			return err
		}
	}
	t.offered[sv], t.told[sv] = true, true
	name := t.c.cfg.Graph.Name(t.ctx, id, t.lang)
	if len(ids) == 0 {
		t.add(Step{Kind: StepUnlike, Thing: name}, dst.Act{Kind: dst.NoOffer, Slot: sv.Name})
		return nil
	}
	items, err := t.some(sv, ids)
	if err != nil {
		return err
	}
	for i := range items {
		if i < len(facts) {
			items[i].Why = facts[i : i+1 : i+1]
		}
		items[i].Terms = []Term{{Name: TermFit, Score: 1}}
	}
	t.add(Step{Kind: StepAlike, Thing: name, Items: items, Count: len(ids)}, offers(sv, items)...)
	return nil
}

// similar follows the edges that lead from a thing to those like it.
func (t *turn) similar(sv *service, id string) (ids []string, facts []kg.Fact, err error) {
	predicates := slices.Clone(similarPredicates)
	for _, x := range sv.slots {
		if x.Name == "similar" && x.path != "" {
			predicates = append([]string{x.path}, predicates...)
		}
	}
	for _, p := range predicates {
		found, err := t.c.cfg.Graph.Facts(t.ctx, id, p)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range found {
			if to, ok := f.Object.ID(); ok && sv.names.value[to] != "" && !slices.Contains(ids, to) {
				ids, facts = append(ids, to), append(facts, f)
			}
		}
		if len(ids) > 0 {
			break
		}
	}
	return ids, facts, nil
}

// nearby finds what is closest to a thing among those of its kind.
func (t *turn) nearby(sv *service, id string) ([]string, error) {
	acts, err := t.likeness(sv, id)
	if err != nil {
		return nil, err
	}
	near := wish{slot: sv.named, without: map[string]bool{}}
	for _, one := range t.variantsOf(sv, id) {
		near.without[one] = true
	}
	wishes := []wish{near}
	if sv.kindly != nil {
		kinds, err := t.c.cfg.Graph.Values(t.ctx, id, sv.kindly.path)
		if err != nil {
			return nil, err
		}
		kind := wish{slot: sv.kindly}
		for _, k := range kinds {
			kind.where = append(kind.where, kg.Condition{Predicate: sv.kindly.path, Op: kg.Eq, Values: []kg.Value{k}})
		}
		wishes = append(wishes, kind)
	}
	for _, a := range acts {
		w := t.c.wish(t.c.slots[a.Slot], []dst.Constraint{{Slot: a.Slot, Op: a.Op, Value: a.Value}})
		w.soft = true
		wishes = append(wishes, w)
	}
	hits, _, err := t.search(sv, wishes, nil)
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = h.ID
	}
	return out, err
}
