package recommend

import (
	"errors"
	"fmt"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// A Critique is what an intent of the classifier asks for: the like of what
// was offered, with less of a slot, or with more of it.
type Critique struct {
	Slot string // full name
	More bool
}

// bindCritiques checks the critiques of the configuration and gives them and
// Compare to the intents.
func (c *core) bindCritiques() error {
	var errs []error
	for _, name := range sortedKeys(c.cfg.Critiques) {
		k := c.cfg.Critiques[name]
		x := c.slots[k.Slot]
		if x == nil || !x.ordered {
			errs = append(errs, fmt.Errorf("Config.Critiques: intent %q: %q is no slot that reads numbers or times from the graph", name, k.Slot))
			continue
		}
		l := c.intents[name]
		l.critique = &gauge{slot: x, more: k.More, degree: comparative, fixed: true}
		c.intents[name] = l
	}
	for _, name := range c.cfg.Compare {
		l := c.intents[name]
		l.compare = true
		c.intents[name] = l
	}
	return errors.Join(errs...)
}

// ruleCritique reads what the message says of more or less: "cheaper" bounds
// the price by that of what was offered, "the cheapest" ranks what is found.
func (t *turn) ruleCritique() (bool, error) {
	sv := t.active()
	if t.helped || sv == nil || sv.named == nil || t.offered[sv] {
		return false, nil
	}
	gauges := t.gauged(sv)
	for i, g := range gauges {
		if _, named := t.selected(sv); named && (g.degree != comparative || !t.chosenOffer()) {
			continue // "what is the best price for the iPhone 15?"
		}
		if g.degree == plain {
			if wished, err := t.wishesFor(sv, g); err != nil {
				return false, err
			} else if wished && !g.fixed {
				continue
			}
		}
		bounded := false
		if g.degree == comparative && !containsAny(" "+text.Fold(t.text), whichWords) && g.slot.domain != nil {
			var err error
			if slices.ContainsFunc(gauges[i+1:], func(g gauge) bool { return g.degree == comparative && g.slot.domain != nil }) {
				bounded, err = t.boundBy(sv, g) // and offered once with what follows
			} else {
				bounded, err = t.critique(sv, g)
			}
			if err != nil {
				return false, err
			}
		}
		if !bounded && (g.degree != plain || g.fixed && g.slot.measure != moment) { // everybody wants a new one
			t.order = append(t.order, ranking{g.slot, kg.Order{Predicate: g.slot.path, Desc: g.more}})
			if g.degree == superlative { // best rated: not what the rating is
				t.asks = slices.DeleteFunc(t.asksFor(), func(x *slot) bool { return x == g.slot })
			}
		}
	}
	return false, nil
}

// ranking is an order that the user asked for.
type ranking struct {
	slot  *slot
	order kg.Order
}

// gauged are the words of scales in the message, or what its intent says, but
// for slots that it says something definite of.
func (t *turn) gauged(sv *service) []gauge {
	out := sv.gauges(t.text)
	if k := t.intent.critique; k != nil && k.slot.service == sv && !slices.ContainsFunc(out, func(g gauge) bool { return g.slot == k.slot || g.degree == comparative }) {
		out = append(out, *k)
	}
	return slices.DeleteFunc(out, func(g gauge) bool {
		return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
			return d.Act.Kind == dst.Inform && d.Act.Slot == g.slot.full && d.Evidence.Source != dst.Carry
		})
	})
}

// active is the service that the message is about: the one that it wishes or
// asks something of, or that was talked about last.
func (t *turn) active() *service {
	for _, d := range t.decisions {
		if x := t.c.slots[d.Act.Slot]; x != nil && x.service.binding != nil {
			return x.service
		}
	}
	for _, name := range []string{t.s.Intent(), lastSlot(t.before.Focus), lastSlot(t.before.Offered)} {
		if sv := t.c.serviceOf(name); sv != nil && sv.binding != nil {
			return sv
		}
	}
	return nil
}

func lastSlot(choices []dst.Choice) string {
	if len(choices) == 0 {
		return ""
	}
	return choices[len(choices)-1].Slot
}

// critique bounds a slot by what the thing in focus has, or else by the best of
// what was offered. It reports false where there is nothing to be better than.
func (t *turn) critique(sv *service, g gauge) (bool, error) {
	before := t.s
	best, wishes, n, err := t.outdo(sv, g)
	if best == "" || err != nil {
		return false, err
	}
	if n == 0 {
		for i := range wishes {
			wishes[i].firm = wishes[i].slot == g.slot
		}
		if relaxed, err := t.c.relax(t.ctx, sv, wishes, t.s.Turn); relaxed != nil || err != nil {
			t.offered[sv] = true
			return true, errors.Join(err, t.offerRelaxed(sv, wishes))
		}
		t.s = before
		return true, t.noBetter(sv, g, best)
	}
	return true, t.offer(sv, nil)
}

// boundBy takes a critique for a wish and offers nothing yet, unless there is
// nothing better. It reports false where there is nothing to compare with.
func (t *turn) boundBy(sv *service, g gauge) (bool, error) {
	before := t.s
	best, _, n, err := t.outdo(sv, g)
	if best == "" || err != nil {
		return false, err
	}
	if n > 0 {
		return true, nil
	}
	t.s = before
	return true, t.noBetter(sv, g, best)
}

// outdo wishes for what is better than the reference, and counts what fits
// then. best is the thing that is the reference, "" where there is none.
func (t *turn) outdo(sv *service, g gauge) (best string, wishes []wish, n int, err error) {
	best, value, err := t.reference(sv, g)
	if best == "" || err != nil {
		return "", nil, 0, err
	}
	if err := t.boundTo(sv, g, best, value); err != nil {
		return "", nil, 0, err
	}
	wishes = t.c.wishes(t.s, sv)
	n, err = t.c.count(t.ctx, sv, wishes)
	return best, wishes, n, err
}

// boundTo wishes for less, or more, than a thing has of a slot.
func (t *turn) boundTo(sv *service, g gauge, best string, value kg.Value) error {
	op := dst.Lt
	if g.more {
		op = dst.Gt
	}
	if err := t.ofItsKind(sv, best); err != nil {
		return err
	}
	t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: g.slot.full, Op: op, Value: t.c.slotValue(g.slot, value)})
	t.forgetFocusName(sv)
	return nil
}

// noBetter says that nothing has less, or more, of a slot than a thing has.
func (t *turn) noBetter(sv *service, g gauge, best string) error {
	t.offered[sv] = true
	items, err := t.some(sv, []string{best})
	if err != nil {
		return err
	}
	for i := range items {
		if items[i].Show, _, err = t.look(g.slot, best); err != nil {
			return err
		}
	}
	label := t.c.label(g.slot, t.lang)
	t.add(Step{Kind: StepNoBetter, Items: items, Label: label, Text: comparison(g.slot.measure, g.more, 2, t.lang).phrase(label)}, dst.Act{Kind: dst.NoOffer, Slot: sv.Name})
	return nil
}

// forgetFocusName drops the name of the thing that something better is sought
// than.
func (t *turn) forgetFocusName(sv *service) {
	t.s.Constraints = slices.DeleteFunc(slices.Clone(t.s.Constraints), func(k dst.Constraint) bool { return k.Slot == sv.named.full && k.Op == dst.Eq })
}

// reference is the thing that something is to be better than, with what it has.
func (t *turn) reference(sv *service, g gauge) (string, kg.Value, error) {
	ids := t.offeredIDs(sv)
	value, ok := t.selected(sv)
	if !ok {
		value, ok = t.before.Focused(sv.named.full)
	}
	if ok {
		ids = sv.names.things(value)
	}
	return t.extremeOf(sv, g.slot, g.more, ids)
}

// extremeOf is which of some things has the most, or least, of a slot, and what
// it has; "" where none is known. Nothing of another kind than that sought is a
// measure.
func (t *turn) extremeOf(sv *service, x *slot, most bool, ids []string) (string, kg.Value, error) {
	if len(ids) == 0 {
		return "", kg.Value{}, nil
	}
	q := kg.Query{IDs: ids, Where: []kg.Condition{{Predicate: x.path, Op: kg.Has}}, Order: []kg.Order{{Predicate: x.path, Desc: most}}, Limit: 1}
	if sv.kindly != nil {
		for _, w := range t.c.wishes(t.s, sv) {
			if w.slot == sv.kindly {
				q.Where = append(q.Where, w.where...)
			}
		}
	}
	hits, err := t.c.cfg.Graph.Find(t.ctx, q)
	if err != nil || len(hits) == 0 {
		return "", kg.Value{}, err
	}
	values, err := t.c.cfg.Graph.Values(t.ctx, hits[0].ID, x.path)
	if err != nil || len(values) == 0 {
		return "", kg.Value{}, err
	}
	return hits[0].ID, values[0], nil
}

// critiques reports whether the message asks for less or more of something
// than what was offered last has.
func (t *turn) critiques() bool {
	sv := t.active()
	return len(t.before.Offered) > 0 && sv != nil && slices.ContainsFunc(sv.gauges(t.text), func(g gauge) bool { return g.degree == comparative })
}
