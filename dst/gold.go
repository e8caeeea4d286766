package dst

// What is right: an option, a state, measured against an annotation.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// refuses reports whether the slot refuses what it should, as far as that is
// annotated.
func (x *ranker) refuses(info *slotInfo) bool {
	for _, v := range x.u.gold.Not[info.full] {
		if !slices.ContainsFunc(x.s.Of(info.full), func(c Constraint) bool { return c.Op == Ne && c.Value == v }) {
			return false
		}
	}
	return true
}

// rightOnes says which options are right: those in the very words of the gold
// value where there are some, or else all that come to it.
func (x *ranker) rightOnes(opts []option, info *slotInfo, gold []string, kept bool) []bool {
	right, exact := make([]bool, len(opts)), make([]bool, len(opts))
	some := false
	for i := range opts {
		o := &opts[i]
		right[i] = x.right(o, info, gold, kept)
		exact[i] = right[i] && slices.ContainsFunc(gold, func(g string) bool { return sameWords(g, o.text) })
		some = some || exact[i]
	}
	if some && !info.closed {
		return exact
	}
	return right
}

// right reports whether the slot is as it should be once the option is taken.
func (x *ranker) right(o *option, info *slotInfo, gold []string, kept bool) bool {
	switch {
	case o.f[fAsk] > 0:
		return kept
	case o.source == fromClear:
		return len(gold) == 0
	case x.u.optionOp(o) == Ne && x.u.gold.Not != nil:
		return slices.Contains(x.u.gold.Not[info.full], o.value) && x.t.matches(x.after(o), info, gold)
	case x.u.optionOp(o) == Ne, x.u.optionOp(o) == Remove:
		return x.t.matches(x.after(o), info, gold) // where negations are not annotated, one that changes nothing else is no mistake
	case len(gold) == 0:
		return false
	case o.value == DontCare:
		return gold[0] == DontCare
	}
	if op := x.u.optionOp(o); (op == Eq || op == Around || op == Add || x.t.points && (isLower(op) || isUpper(op))) && x.t.spelled(info, o.value, o.text, gold) {
		return true
	}
	if o.source != fromSpan {
		return false
	}
	if !kept && x.t.matches(x.after(o), info, gold) {
		return true
	}
	return x.t.partOf(info, o.value, gold) && !slices.ContainsFunc(x.s.Of(info.full), func(c Constraint) bool { return c.Value == o.value })
}

// after is the state once an option that has a span is taken.
func (x *ranker) after(o *option) State {
	next := x.s
	for _, a := range x.u.optionActs(o) {
		next = next.apply(a, Evidence{})
	}
	return next
}

// optionOp is the operator that the words around an option make.
func (u *understanding) optionOp(o *option) Op {
	if o.source != fromSpan || o.op != "" {
		return cmp.Or(o.op, Eq)
	}
	return u.operator(&u.r.mentions[o.mention], o.slot)
}

// optionActs are the acts that a span would become.
func (u *understanding) optionActs(o *option) []Act {
	m, slot := &u.r.mentions[o.mention], u.t.slots[o.slot].full
	op := u.optionOp(o)
	if m.To != "" && op != Ne {
		return []Act{{Inform, slot, Ge, m.Value}, {Inform, slot, Le, m.To}}
	}
	return []Act{{Inform, slot, op, o.value}}
}

// spelled reports whether a value is one of the gold spellings: in canonical
// form, or in the words it was said with.
func (t *Tracker) spelled(info *slotInfo, value, words string, gold []string) bool {
	for _, g := range gold {
		if sameWords(g, value) || !info.closed && sameWords(g, words) {
			return true
		}
	}
	return (info.closed || words == "") && t.canonicalIn(info, value, gold)
}

// sameWords compares two spellings: punctuation counts only beside digits.
func sameWords(a, b string) bool {
	if a == "" || strings.ContainsAny(a, "0123456789") {
		return a != "" && strings.EqualFold(a, b)
	}
	return text.SameKey(a, b)
}

func (t *Tracker) canonicalIn(info *slotInfo, value string, gold []string) bool {
	p, ok := info.Type.(Parser)
	if !ok {
		return false
	}
	for _, g := range gold {
		if c, ok := p.Parse(g, t.now()); ok && c == value {
			return true
		}
	}
	return false
}

// matches reports whether the state holds for the slot what it should.
func (t *Tracker) matches(s State, info *slotInfo, gold []string) bool {
	terms := s.Of(info.full)
	flat := flatValue(terms)
	if flat == "" || len(gold) == 0 {
		return flat == "" && len(gold) == 0
	}
	words := ""
	if len(terms) == 1 && (terms[0].Op == Eq || terms[0].Op == Around) {
		words = terms[0].Evidence.Text
	}
	return t.spelled(info, flat, words, gold)
}

// partOf reports whether a value is one of several that the gold value joins.
func (t *Tracker) partOf(info *slotInfo, value string, gold []string) bool {
	if info.Type == nil || info.free {
		return false
	}
	for _, g := range gold {
		found := info.Type.Find(NewText(g, t.now()))
		if len(found) > 1 && slices.ContainsFunc(found, func(m Mention) bool { return m.Value == value }) {
			return true
		}
	}
	return false
}

// corrected is the state with the slots of the services that are open in the
// turn set to what they should hold.
func (t *Tracker) corrected(s State, turn Turn, gold DialogueTurn) State {
	for i := range t.slots {
		info := &t.slots[i]
		g := gold.State[info.full]
		if !turn.open(t.schema.Services[info.service].Name) {
			continue
		}
		if !t.matches(s, info, g) {
			s = s.apply(Act{Kind: Forget, Slot: info.full}, Evidence{})
			if len(g) > 0 {
				s = t.hold(s, info, g[0])
			}
		}
		for _, v := range gold.Not[info.full] {
			s = s.apply(Act{Inform, info.full, Ne, v}, Evidence{})
		}
	}
	return s
}

// hold is the state with the slot holding a value as [State.Flat] writes it.
func (t *Tracker) hold(s State, info *slotInfo, flat string) State {
	say := func(op Op, v string) {
		value := v
		if p, ok := info.Type.(Parser); ok {
			if c, ok := p.Parse(v, t.now()); ok {
				value = c
			}
		}
		s = s.apply(Act{Inform, info.full, op, value}, Evidence{Turn: s.Turn, Source: Outside, Text: v})
	}
	if _, ordered := info.Type.(Comparer); ordered {
		for _, op := range []Op{Ge, Le} {
			if v, ok := strings.CutPrefix(flat, string(op)); ok {
				say(op, v)
				return s
			}
		}
		if lo, hi, ok := strings.Cut(flat, "-"); ok && t.single(info, lo) && t.single(info, hi) {
			say(Ge, lo)
			say(Le, hi)
			return s
		}
	}
	if found := t.values(info, flat); len(found) > 1 {
		for _, v := range found {
			s = s.apply(Act{Inform, info.full, Add, v}, Evidence{Turn: s.Turn, Source: Outside})
		}
		return s
	}
	say(Eq, flat)
	return s
}

func (t *Tracker) single(info *slotInfo, v string) bool {
	p, ok := info.Type.(Parser)
	if !ok {
		return false
	}
	_, ok = p.Parse(v, t.now())
	return ok
}

// values are the values of a closed type that a text joins.
func (t *Tracker) values(info *slotInfo, s string) []string {
	if !info.listed || t.single(info, s) {
		return nil
	}
	var out []string
	for _, m := range info.Type.Find(NewText(s, t.now())) {
		if !slices.Contains(out, m.Value) {
			out = append(out, m.Value)
		}
	}
	return out
}
