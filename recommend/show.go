package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// addOffer adds the step that offers items, each with what the user asked to
// be told of it and with what it has of what was wished for.
func (t *turn) addOffer(sv *service, kind StepKind, items []Item, total int) error {
	acts := offers(sv, items)
	told := t.toTell(sv)
	for _, r := range t.order {
		if r.slot.service == sv && !slices.Contains(told, r.slot) {
			told = append(told, r.slot)
		}
	}
	wishes := t.wishes(sv)
	for i := range items {
		for _, x := range told {
			facts, told, err := t.look(x, items[i].ID)
			if err != nil {
				return err
			}
			items[i].show(facts)
			acts = append(acts, told...)
		}
		if err := t.showWished(sv, &items[i], wishes); err != nil {
			return err
		}
	}
	ranked, err := t.rankActs(sv, items)
	t.add(Step{Kind: kind, Items: items, Count: total}, append(acts, ranked...)...)
	return err
}

// rankActs say by what the items are ranked on the user's request, so that the
// next ones can follow: "offer weight>=980" offers what weighs that and more.
func (t *turn) rankActs(sv *service, items []Item) ([]dst.Act, error) {
	var out []dst.Act
	for _, r := range t.order {
		if r.slot.service != sv || len(items) == 0 {
			continue
		}
		values, err := t.c.cfg.Graph.Values(t.ctx, items[0].ID, r.slot.path)
		if err != nil {
			return nil, err
		}
		op := dst.Ge
		if r.order.Desc {
			op = dst.Le
		}
		if len(values) > 0 {
			out = append(out, dst.Act{Kind: dst.Offer, Slot: r.slot.full, Op: op, Value: t.c.slotValue(r.slot, values[0])})
		}
	}
	return out, nil
}

// show adds facts of an attribute that is not shown yet.
func (item *Item) show(facts []Fact) {
	for _, f := range facts {
		if slices.ContainsFunc(item.Show, func(x Fact) bool { return x.Attribute == f.Attribute }) {
			return
		}
	}
	item.Show = append(item.Show, facts...)
}

// showWished shows what an item has of what was wished for: of several values
// those that were, or where it has none of them what it has instead. Kinds go
// without saying, and so do brands and the like that stand in the item's name.
func (t *turn) showWished(sv *service, item *Item, wishes []wish) error {
	for _, x := range sv.slots {
		said := constraintsOf(x, wishes)
		if x == sv.kindly || x.Names || len(x.hops) == 0 || len(said) == 0 {
			continue
		}
		ends, err := t.c.walk(t.ctx, item.ID, x.hops, t.lang)
		if err != nil {
			return err
		}
		meant := t.meant(x, ends, said)
		if len(meant) == 0 {
			meant = ends
		} else if !slices.ContainsFunc(said, func(k dst.Constraint) bool { return k.Evidence.Turn == t.s.Turn }) {
			continue // it was shown when it was wished for
		}
		facts := some(t.c.tell(t.ctx, item.ID, x, t.c.label(x, t.lang), meant, t.lang))
		if len(facts) == 1 && strings.Contains(text.Key(item.Name), text.Key(facts[0].Value)) {
			continue
		}
		item.show(facts)
	}
	return nil
}

// meant are the values among ends that constraints ask for.
func (t *turn) meant(x *slot, ends []end, said []dst.Constraint) []end {
	var out []end
	for _, e := range ends {
		value := t.c.slotValue(x, e.value)
		if slices.ContainsFunc(said, func(k dst.Constraint) bool { return k.Op == dst.Eq && k.Value == value }) {
			out = append(out, e)
		}
	}
	return out
}

// constraintsOf are those of wishes for a slot that say what it is to be like,
// and not only what not.
func constraintsOf(x *slot, wishes []wish) []dst.Constraint {
	var out []dst.Constraint
	for _, w := range wishes {
		if w.slot != x {
			continue
		}
		for _, k := range w.constraints {
			if k.Op != dst.Ne {
				out = append(out, k)
			}
		}
	}
	return out
}

// toTell lists the slots that the user asked about.
func (t *turn) toTell(sv *service) []*slot {
	var out []*slot
	for _, x := range sv.slots {
		if x.hops != nil && x.via == nil && !x.Names && slices.Contains(t.asksFor(), x) {
			out = append(out, x)
		}
	}
	return out
}
