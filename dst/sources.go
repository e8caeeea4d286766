package dst

import (
	"cmp"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// The sources of options. Each says what might become of a slot; whether it
// does is for the features and their weights.

// span enters a mention as a value of a slot.
func (x *ranker) span(slot, mention int) {
	m := &x.r.mentions[mention]
	on := x.on[slot]
	if m.how == byAnswer && !on.asked {
		return // it answers for another slot
	}
	if x.t.slots[slot].lengthy && (m.how == byName || m.how == byWords) {
		return // a part of a sentence is no value of it
	}
	if x.t.slots[slot].kind == kindYesNo && !(on.asked || on.confirmed || on.offered) {
		return // a yes to something else
	}
	o := option{slot: slot, source: fromSpan, mention: mention, value: m.Value, text: x.r.text.Raw[x.r.tokens[m.start].Start:x.r.tokens[m.end-1].End], start: m.start, end: m.end}
	x.t.describe(&o, x)
	if !on.asked && !on.confirmed && x.t.asksAbout(x.r, x.s, m, &x.t.slots[slot]) {
		wish := o
		wish.f[fAskable] = 1
		x.add(wish)
		o.f[fAsk] = 1
	}
	x.add(o)
	info := &x.t.slots[slot]
	if x.trained() && !info.free {
		x.unbound(o, m)
	}
	if number, ok := info.Type.(*Number); ok && !info.closed && number.Unit == "" && x.lang != "zh" {
		x.bareNumber(o, m)
	}
}

// words enters a run of words as a value of slots whose types did not find it
// so, where the dialogues that were fitted on have such values.
func (x *ranker) words(mention int) {
	m := &x.r.mentions[mention]
	if !x.t.spans || m.typ != x.t.openType || m.how == byAnswer {
		return
	}
	for _, slot := range x.openSlot {
		info := &x.t.slots[slot]
		if info.free || info.listed || info.kind == kindYesNo || x.found(info.typ, m) {
			continue
		}
		o := option{slot: slot, source: fromSpan, mention: mention, value: m.Value, text: m.Value, start: m.start, end: m.end, op: Eq}
		if p, ok := info.Type.(Parser); ok {
			if v, ok := p.Parse(m.Value, x.r.text.Now); ok {
				o.value = v
			}
		}
		x.t.describe(&o, x)
		o.f[fLoose] = 1
		x.add(o)
	}
}

// found reports whether the type itself has the span.
func (x *ranker) found(typ int, m *mention) bool {
	return slices.ContainsFunc(x.r.mentions, func(n mention) bool { return n.typ == typ && n.start == m.start && n.end == m.end })
}

// unbound enters a value as such though a cue makes a bound or a negation of it:
// "until 6" is when the car is brought back, and "no, pizza" is pizza.
func (x *ranker) unbound(o option, m *mention) {
	if op := x.u.operator(m, o.slot); op == Ne || isLower(op) || isUpper(op) {
		o.op = Eq
		o.f[fUnbound] = 1
		x.add(o)
	}
}

// bareNumber enters a number without the words around it: whether "two days"
// or "two" is what was said matters to who compares words.
func (x *ranker) bareNumber(o option, m *mention) {
	for _, n := range x.r.text.numbers() {
		if n.First >= m.start && n.Last <= m.end && n.Last-n.First < m.end-m.start {
			o.start, o.end = n.First, n.Last
			o.text = x.r.text.Raw[x.r.tokens[o.start].Start:x.r.tokens[o.end-1].End]
			o.f[fBare] = 1
			x.add(o)
			return
		}
	}
}

// system enters what the bot told of the slot, where the user's words do not
// name it too.
func (x *ranker) system(slot int) {
	if x.on[slot].first == 0 {
		return
	}
	info := &x.t.slots[slot]
	for i := x.on[slot].first - 1; i < len(x.s.System); i++ {
		a := x.s.System[i]
		if a.Slot != info.full || a.Value == "" || a.Op != Eq || a.Kind == Relax || x.named(slot, a.Value) || x.listed(slot, a.Value) {
			continue
		}
		o := option{slot: slot, source: fromSystem, mention: -1, value: a.Value, text: x.rawValue(i), act: a}
		x.describeSystem(&o, a)
		x.add(o)
	}
}

// earlier enters what the bot told of an empty slot before its last turn: a
// thing may be taken after a question or two about it.
func (x *ranker) earlier(slot int) {
	info := &x.t.slots[slot]
	if x.on[slot].first > 0 || x.filled[slot] {
		return
	}
	chosen, one := x.chosen(info.full)
	if !one {
		return // which of several offered things is taken, nobody has said
	}
	for _, c := range x.s.Told {
		if chosen != "" && c.Value != chosen {
			c = Told{Slot: c.Slot, Value: chosen}
		}
		if c.Slot == info.full && !x.named(slot, c.Value) {
			o := option{slot: slot, source: fromSystem, mention: -1, value: c.Value, text: cmp.Or(c.Text, c.Value), act: Act{Offer, c.Slot, Eq, c.Value}}
			o.f[fEarlier] = 1
			x.describeSystem(&o, Act{Kind: Offer})
			x.add(o)
		}
	}
}

// chosen is the thing of the slot that is talked about, "" where there is none.
// It reports false where several were offered last and none was chosen.
func (x *ranker) chosen(slot string) (string, bool) {
	if v, ok := x.s.Focused(slot); ok {
		return v, true
	}
	n := 0
	for _, c := range x.s.Offered {
		if c.Slot == slot {
			n++
		}
	}
	return "", n < 2
}

// rawValue is the value of the bot's act i in its own words.
func (x *ranker) rawValue(i int) string {
	if i < len(x.raw) {
		return x.raw[i].Value
	}
	return x.s.System[i].Value
}

// named reports whether a mention gives the slot the value.
func (x *ranker) named(slot int, value string) bool {
	typ := x.t.slots[slot].typ
	for i := range x.r.mentions {
		if m := &x.r.mentions[i]; m.typ == typ && (m.Value == value || text.SameKey(m.Value, value)) {
			return true
		}
	}
	return false
}

// listed reports whether the slot has the option already.
func (x *ranker) listed(slot int, value string) bool {
	for i := range x.opts {
		if o := &x.opts[i]; o.slot == slot && o.source != fromSpan && o.value == value {
			return true
		}
	}
	return false
}

// carry enters values of other services, of a kind that the slot could take:
// those the user gave there, and those that the bot told of things there.
func (x *ranker) carry(slot int) {
	info := &x.t.slots[slot]
	if len(x.t.schema.Services) == 1 || x.filled[slot] && !x.on[slot].asked {
		return
	}
	for i := range x.s.Constraints {
		if c := &x.s.Constraints[i]; c.Op == Eq && c.Value != DontCare {
			x.carryFrom(info, slot, c.Slot, c.Value, c.Evidence.Text, false)
		}
	}
	for _, c := range x.s.Told {
		x.carryFrom(info, slot, c.Slot, c.Value, c.Text, true)
	}
}

func (x *ranker) carryFrom(info *slotInfo, slot int, from, value, words string, told bool) {
	n, ok := x.t.index[from]
	if !ok {
		return
	}
	other := &x.t.slots[n]
	if other.service == info.service || other.kind != info.kind || info.kind == kindYesNo && !sharesWord(info.own, other.own) {
		return
	}
	if p, ok := info.Type.(Parser); ok && info.kind != other.kind || ok && info.listed {
		if value, ok = p.Parse(value, x.r.text.Now); !ok {
			return
		}
	}
	if x.named(slot, value) || x.listed(slot, value) {
		return
	}
	o := option{slot: slot, source: fromCarry, mention: -1, value: value, text: cmp.Or(words, value), from: from}
	x.describeCarry(&o, other, told)
	x.add(o)
}

// dontCare enters the lack of a preference.
func (x *ranker) dontCare(slot int) {
	info := &x.t.slots[slot]
	if v, ok := x.s.Get(info.full); ok && v == DontCare {
		return
	}
	o := option{slot: slot, source: fromDontCare, mention: -1, value: DontCare}
	if x.describeDontCare(&o) || x.on[slot].asked || x.on[slot].offered {
		x.add(o)
	}
}

// implied enters the values of a yes/no slot whose words the message holds.
func (x *ranker) implied(slot int) {
	info := &x.t.slots[slot]
	answer, ok := info.Type.(*YesNo)
	if !ok {
		x.impliedValue(slot)
		return
	}
	for _, value := range []string{answer.value(yesNoYes), answer.value(yesNoNo)} {
		o := option{slot: slot, source: fromImplied, mention: -1, value: value}
		if x.describeImplied(&o, value == answer.value(yesNoYes)) {
			x.add(o)
		}
	}
}

// maxImplied is the length of a list whose values may be said in other words.
const maxImplied = 12

// impliedValue enters the values of a short list that the message does not
// name: "a concert" may be music. Only what was learned speaks for one.
func (x *ranker) impliedValue(slot int) {
	e, ok := x.t.slots[slot].Type.(*Enum)
	if !ok || !x.trained() || len(e.Values) > maxImplied {
		return
	}
	for i := range e.Values {
		v := e.Values[i].Value
		if x.named(slot, v) || x.listed(slot, v) {
			continue
		}
		o := option{slot: slot, source: fromImplied, mention: -1, value: v}
		o.f[fImplied], o.f[fUnnamed] = 1, 1
		if x.on[slot].asked {
			o.f[fAsked] = 1
		}
		x.add(o)
	}
}

// clear enters that the slot is dropped: because the user says so, or because
// the bot loosened its query there.
func (x *ranker) clear(slot int) {
	info := &x.t.slots[slot]
	if !x.filled[slot] {
		return
	}
	o := option{slot: slot, source: fromClear, mention: -1}
	if a, ok := x.u.loosened(info); ok {
		o.f[fRelaxed], o.act = 1, a
		x.add(o)
		return
	}
	for _, k := range x.r.marks {
		if k.cue != cueDrop {
			continue
		}
		for _, w := range x.r.clauseMarks(k.start) {
			if w.slot > 0 && x.u.resolve(w) == info {
				o.f[fDropped] = 1
				o.start, o.end = k.start, max(w.end, k.end)
				x.add(o)
				return
			}
		}
	}
}
