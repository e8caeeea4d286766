package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// How far beyond what things have an amount lies that is rather not meant for
// the slot: a fifth of the least, as customers hope for low prices, or twice the
// most.
const (
	farBelow = 5
	farAbove = 2
)

// placeAmounts puts right what bare numbers of the message were taken for, by
// what things in the graph have. Of bicycles with at most 22 gears "under 6000"
// says what they cost; "she is 70" says nothing of a phone's price. Numbers with
// the unit of a slot, beside its name, or in answer to the question for it stay.
func (t *turn) placeAmounts() {
	if t.c.cfg.Track != nil {
		return
	}
	msg := dst.NewText(t.text, t.c.cfg.Now())
	for _, d := range slices.Clone(t.decisions) {
		x := t.c.slots[d.Act.Slot]
		if d.Act.Kind != dst.Inform || d.Act.Op == dst.Ne || d.Evidence.Source != dst.Span || d.Evidence.From != "" || !t.unsurely(x, msg, d.Evidence) {
			continue
		}
		to, m := t.betterSlot(x, msg, d)
		if to == nil && !t.strays(x, d.Act) {
			continue
		}
		t.unsay(d)
		if to != nil {
			d.Act.Slot, d.Act.Value = to.full, m.Value
			t.take(d)
		}
	}
}

// strays reports whether an amount that is no bound is of nothing the slot is
// about. What is far too much may still be meant for a price.
func (t *turn) strays(x *slot, a dst.Act) bool {
	if a.Op != dst.Eq && a.Op != dst.Around {
		return false
	}
	if x.measure == string(text.Currency) {
		return t.beyond(x, a.Value, farBelow, farAbove) < 0
	}
	return t.beyond(x, a.Value, 1, 1) != 0 // "2 phones" is no rating
}

// unsurely reports whether a number is that of an ordered slot by nothing but
// its being a number.
func (t *turn) unsurely(x *slot, msg *dst.Text, e dst.Evidence) bool {
	if x == nil || x.Type == nil || !x.ordered || x.measure == moment || x.service.binding == nil {
		return false
	}
	if slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Ask && a.Slot == x.full }) {
		return false
	}
	found := mentionAt(x, msg, e)
	if found.Score == 0 || found.Score == 1 {
		return false
	}
	toks := text.Tokens(t.text)
	for _, name := range append(x.Aliases[:len(x.Aliases):len(x.Aliases)], x.Name) {
		words := text.Tokens(name)
		for i := 0; len(words) > 0 && i+len(words) <= len(toks); i++ {
			if slices.EqualFunc(words, toks[i:i+len(words)], func(a, b text.Token) bool { return a.Text == b.Text }) {
				return false
			}
		}
	}
	return true
}

// mentionAt is the best of what a slot's type finds where the evidence is.
func mentionAt(x *slot, msg *dst.Text, e dst.Evidence) dst.Mention {
	var best dst.Mention
	for _, m := range x.Type.Find(msg) {
		if m.Start < e.End && e.Start < m.End && m.Score > best.Score && m.To == "" {
			best = m
		}
	}
	return best
}

// betterSlot is the slot of the same service that a number rather belongs to:
// one whose unit it has, or among whose values it lies where it is far more than
// those of the slot that it was taken for. Too high a price still is a price.
func (t *turn) betterSlot(x *slot, msg *dst.Text, d dst.Decision) (*slot, dst.Mention) {
	var to *slot
	var best dst.Mention
	off := x.measure != string(text.Currency) && t.beyond(x, d.Act.Value, farBelow, farAbove) > 0
	for _, y := range x.service.slots {
		if y == x || y.Type == nil || !y.ordered || y.measure == moment {
			continue
		}
		m := mentionAt(y, msg, d.Evidence)
		if m.Score > best.Score && (m.Score == 1 || off && t.beyond(y, m.Value, farBelow, farAbove) == 0) {
			to, best = y, m
		}
	}
	return to, best
}

// beyond tells whether an amount is near those that the things sought have: -1
// says that it is below the least by a factor, 1 that it is above the most by
// one, 0 that it is neither, or that nothing is known.
func (t *turn) beyond(x *slot, value string, below, above float64) int {
	kind, err := t.graphKind(x.service)
	if err != nil {
		return 0
	}
	s, known := x.spreads[kind]
	v, isNumber := numberValue(x.Type, value)
	n, unit, _ := v.Number()
	least, of, ok := s.least.Number()
	most, _, _ := s.most.Number()
	switch {
	case !known || !isNumber || !ok || unit != of:
		return 0
	case n < least/below:
		return -1
	case n > most*above:
		return 1
	}
	return 0
}

// unsay takes back what the message was taken to say of a slot, which then holds
// what it held before.
func (t *turn) unsay(d dst.Decision) {
	said := func(o dst.Decision) bool { return o.Act == d.Act && o.Evidence == d.Evidence }
	t.decisions = slices.DeleteFunc(slices.Clone(t.decisions), said)
	t.trace.Decisions = slices.DeleteFunc(slices.Clone(t.trace.Decisions), said)
	of := func(k dst.Constraint) bool { return k.Slot == d.Act.Slot }
	t.s.Constraints = append(slices.DeleteFunc(slices.Clone(t.s.Constraints), of), t.before.Of(d.Act.Slot)...)
}
