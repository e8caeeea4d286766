package dst

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// The templates of sparse features. Each makes many features, one for each
// pair of words it meets; none holds the name of a slot or a service as such,
// only the words they are made of, so that what is learned on one schema
// serves another (the idea of schema-guided tracking, Rastogi et al. 2020).
const (
	tBias uint32 = iota
	tAsked
	tFilled
	tFirst
	tFirstTwo
	tPolarity
	tSignature
	tName
	tRule
	tRuleKind
	tLeft
	tLeft2
	tRight
	tRight2
	tLeftWord
	tLeft2Word
	tRightWord
	tNearWord
	tValueWord
	tValueKind
	tShape
	tCover
	tOverlap
	tOverlapOther
	tRank
	tSame
	tInside
	tBagAct
	tBagActKind
	tActName
	tHeard
	tPair
	tOpened
	tBagCarry
	tBagAsked
	tBagName
	tCarryKind
	tThing
	tPairAll
	tValueBag
	tValueSlot
	tLast
	tOrder
	templates
)

// emit adds a feature of the option being described.
func (x *ranker) emit(template uint32, a, b sym) {
	x.feats = append(x.feats, index(template, a^x.apart, b))
	if x.record != nil {
		x.record = append(x.record, toldFeature{template, a, b})
	}
}

func flag(bits ...bool) sym {
	n := sym(1)
	for _, b := range bits {
		n *= 2
		if b {
			n++
		}
	}
	return n
}

// sparse emits the features of an option.
func (x *ranker) sparse(o *option) {
	info := &x.t.slots[o.slot]
	if o.source == fromSpan && x.leftToRules(o, info) {
		o.score-- // what was learned takes about as much off the others
		return
	}
	x.apart = x.world(o, info)
	o.apart = x.apart != 0
	defer func() { x.apart = 0 }()
	c := sym(o.source + 1).with(info.kindSym)
	on := x.on[o.slot]
	asked := flag(on.asked, on.confirmed, on.offered, on.informed, x.someAsked && !on.asked)
	c = x.describeSource(o, c)
	x.emit(tBias, c, 0)
	x.emit(tAsked, c, asked)
	x.emit(tFilled, c, flag(x.filled[o.slot], on.asked, on.confirmed, x.opened[info.service]))
	x.emit(tFirst, c, x.first.with(asked))
	x.emit(tPolarity, c, x.polarity.with(asked))
	x.emit(tSignature, c, x.signature)
	for _, w := range info.name {
		x.emit(tName, c, w)
	}
	for i, v := range o.f {
		if v != 0 && feature(i) != fBias {
			x.emit(tRule, sym(i), 0)
			x.emit(tRuleKind, sym(i), c)
		}
	}
	switch o.source {
	case fromSpan:
		x.spanFeatures(o, info, c, asked)
	case fromSystem:
		x.systemFeatures(o, info, c)
	case fromCarry:
		x.carryFeatures(o, info, c)
	case fromImplied:
		if info.kind == kindEnum {
			x.valueFeatures(o, info, c)
			return
		}
		x.wordFeatures(o, info, c, asked)
	case fromDontCare:
		x.wordFeatures(o, info, c, asked)
	}
}

// leftToRules reports whether nothing is learned of a span: a number without
// its currency or unit is rarely an amount in the public data, and often in a
// shop.
func (x *ranker) leftToRules(o *option, info *slotInfo) bool {
	m := &x.r.mentions[o.mention]
	if m.how == byAnswer && info.lengthy {
		return true
	}
	if m.Score >= sure {
		return false
	}
	number, ok := info.Type.(*Number)
	return info.kind == kindMoney || ok && number.Unit != ""
}

// world keeps apart what is learned of different things: data that has no
// bounds, no negations, no questions about values, no units and no slots with
// several values says nothing about them.
func (x *ranker) world(o *option, info *slotInfo) sym {
	op := Eq
	if o.source == fromSpan {
		op = x.u.optionOp(o)
	}
	class := sym(0)
	switch op {
	case Ne:
		class = 1
	case Remove:
		class = 3
	case Lt, Le, Gt, Ge, Around:
		class = 2
	}
	number, ok := info.Type.(*Number)
	measured := ok && number.Unit != ""
	if class == 0 && !info.Multi && !measured && o.f[fAsk] == 0 && o.f[fAskable] == 0 {
		return 0
	}
	return class.with(flag(info.Multi, measured, o.f[fAsk] > 0, o.f[fAskable] > 0))
}

// describeSource refines the symbol of the option's source: how a span was
// found, what act told a value.
func (x *ranker) describeSource(o *option, c sym) sym {
	switch o.source {
	case fromSpan:
		m := &x.r.mentions[o.mention]
		return c.with(sym(m.how)).with(flag(o.f[fBare] > 0, o.f[fAsk] > 0, o.f[fAskable] > 0, o.f[fUnbound] > 0))
	case fromSystem:
		return c.with(flag(o.f[fSysConfirm] > 0, o.f[fSysOffer] > 0, o.f[fEarlier] > 0))
	case fromImplied:
		return c.with(flag(o.f[fNegated] > 0, o.f[fYes] > 0))
	}
	return c
}

var symNeither = hashString("neither") // a yes nor a no

const (
	symNone = sym(11)
	symEdge = sym(13)
)

// stemAt is the word at token i, of the same clause as token j.
func (x *ranker) stemAt(i, j int) sym {
	if i < 0 || i >= len(x.stems) {
		return symEdge
	}
	return x.stems[i]
}

func (x *ranker) spanFeatures(o *option, info *slotInfo, c, asked sym) {
	m := &x.r.mentions[o.mention]
	left, left2 := x.stemAt(m.start-1, m.start), x.stemAt(m.start-2, m.start)
	right, right2 := x.stemAt(m.end, m.end-1), x.stemAt(m.end+1, m.end-1)
	x.emit(tLeft, c, left)
	x.emit(tLeft2, c, left2.with(left))
	x.emit(tRight, c, right)
	x.emit(tRight2, c, right.with(right2))
	for _, w := range info.all {
		x.emit(tLeftWord, left, w)
		x.emit(tLeft2Word, left2.with(left), w)
		x.emit(tRightWord, right, w)
	}
	lo, hi := max(0, m.start-6), min(len(x.stems), m.end+4)
	for _, w := range info.name {
		for i := lo; i < hi; i++ {
			if i < m.start-1 || i > m.end {
				x.emit(tNearWord, x.stems[i], w.with(flag(i < m.start)))
			}
		}
		for i := m.start; i < m.end && i < m.start+4; i++ {
			x.emit(tValueWord, x.stems[i], w)
		}
	}
	for i := m.start; i < m.end && i < m.start+4; i++ {
		x.emit(tValueKind, x.stems[i], c)
	}
	x.emit(tShape, c, sym(min(m.end-m.start, 6)).with(sym(x.shape(m))))
	x.emit(tCover, c, sym(x.r.coverage(m.start, m.end)*4).with(asked))
	x.emit(tCover, c, flag(m.start == 0, m.end == len(x.r.tokens)).with(asked).with(7))
	x.emit(tThing, c, flag(slices.Contains(info.thing, left), slices.Contains(info.thing, right), slices.Contains(info.thing, right2), x.holds(m, info.thing), x.holds(m, info.all)))
	x.overlap(o, info, c)
	x.order(o, info, c)
	x.emit(tSame, c, flag(x.usedBeside(o, info)).with(3))
	x.rank(o, c, asked)
	x.same(o, info, c)
}

// holds reports whether one of the words is in the mention.
func (x *ranker) holds(m *mention, words []sym) bool {
	for i := m.start; i < m.end; i++ {
		if slices.Contains(words, x.stems[i]) {
			return true
		}
	}
	return false
}

// shape says how the words of a mention are written.
func (x *ranker) shape(m *mention) int {
	n := 0
	for i := m.start; i < m.end; i++ {
		tok := x.r.tokens[i]
		b := x.r.text.Raw[tok.Start]
		switch {
		case tok.Kind == text.Number:
			n |= 1
		case b >= 'A' && b <= 'Z':
			n |= 2
		case tok.Kind == text.Word:
			n |= 4
		case tok.Kind == text.Symbol:
			n |= 8
		}
	}
	return n
}

// overlap says how far words of the slot stand from the mention, and those of
// other slots that might take it.
func (x *ranker) overlap(o *option, info *slotInfo, c sym) {
	m := &x.r.mentions[o.mention]
	own := x.distance(info, m)
	best := 99
	for _, other := range x.openSlot {
		if x.t.slots[other].kind == info.kind && other != o.slot {
			best = min(best, x.distance(&x.t.slots[other], m))
		}
	}
	x.emit(tOverlap, c, sym(min(own, 9)))
	x.emit(tOverlapOther, c, sym(min(own, 9)).with(sym(min(best, 9))))
	x.emit(tOverlapOther, symNone, flag(own < best, own == best, own < 99, best < 99))
}

// distance is how many tokens away the nearest word of the slot stands that
// is none of the value's; 99 where there is none.
func (x *ranker) distance(info *slotInfo, m *mention) int {
	best := 99
	lo, hi := max(0, m.start-8), min(len(x.stems), m.end+8)
	for i := lo; i < hi; i++ {
		if i >= m.start && i < m.end {
			continue
		}
		for _, w := range info.name {
			if x.stems[i] == w {
				if i < m.start {
					best = min(best, m.start-i)
				} else {
					best = min(best, i-m.end+2)
				}
			}
		}
	}
	return best
}

// rank says which of the mentions of its kind this is, and how many slots
// could take it.
func (x *ranker) rank(o *option, c, asked sym) {
	m := &x.r.mentions[o.mention]
	before, after := 0, 0
	for i := range x.r.mentions {
		n := &x.r.mentions[i]
		if n.typ != m.typ || n.how != m.how {
			continue
		}
		switch {
		case n.end <= m.start:
			before++
		case n.start >= m.end:
			after++
		}
	}
	takers := 0
	place := 0
	for _, other := range x.openSlot {
		if info := &x.t.slots[other]; info.kind == x.t.slots[o.slot].kind && info.service == x.t.slots[o.slot].service {
			if other == o.slot {
				place = takers
			}
			takers++
		}
	}
	at := sym(min(before, 2)).with(sym(min(after, 2)))
	many := sym(min(takers, 3)).with(sym(min(place, 2)))
	x.emit(tRank, c, at)
	x.emit(tRank, c, many.with(7))
	x.emit(tRank, c, at.with(many).with(asked))
}

// same says what else has the value: what the slot holds, what the bot told of
// it, other slots.
func (x *ranker) same(o *option, info *slotInfo, c sym) {
	held, told, other := false, symNone, symNone
	for _, v := range x.s.Of(info.full) {
		held = held || v.Value == o.value
	}
	for i := range x.s.System {
		a := &x.s.System[i]
		if a.Value == "" || a.Value != o.value && !text.SameKey(a.Value, o.value) {
			continue
		}
		if a.Slot == info.full {
			told = hashString(string(a.Kind))
		} else {
			other = hashString(string(a.Kind))
		}
	}
	elsewhere := false
	for i := range x.s.Constraints {
		v := &x.s.Constraints[i]
		elsewhere = elsewhere || v.Slot != info.full && v.Value == o.value
	}
	x.emit(tSame, c, flag(held, elsewhere))
	x.emit(tSame, c, told.with(other))
}

func (x *ranker) systemFeatures(o *option, info *slotInfo, c sym) {
	heard := false
	for i := range x.r.mentions {
		heard = heard || x.r.mentions[i].typ == info.typ && x.r.mentions[i].Score >= sure
	}
	x.emit(tHeard, c, flag(heard, x.proposed, info.needed, info.Names, x.filled[o.slot]))
	x.emit(tHeard, c, x.polarity.with(flag(heard, x.proposed, info.needed, x.filled[o.slot])))
	x.emit(tFirstTwo, c, x.firstTwo)
	act := flag(o.f[fSysConfirm] > 0, o.f[fSysOffer] > 0, o.f[fEarlier] > 0, info.needed)
	for i, w := range x.bag {
		x.emit(tBagAct, act, w)
		x.emit(tBagActKind, c, w)
		if i > 0 {
			x.emit(tBagAct, act, x.bag[i-1].with(w))
		}
	}
	for _, w := range info.name {
		x.emit(tActName, act.with(x.polarity), w)
		x.emit(tActName, act.with(flag(heard)).with(5), w)
	}
	x.emit(tInside, c, sym(4*x.heardShare(o.value)))
	if info.kind == kindEnum {
		x.valueFeatures(o, info, c)
	}
}

// usedBeside reports whether another slot of the service has the value: no
// way leads from a town to itself.
func (x *ranker) usedBeside(o *option, info *slotInfo) bool {
	for i := range x.s.Constraints {
		c := &x.s.Constraints[i]
		if c.Slot != info.full && c.Value == o.value && x.t.slots[x.t.index[c.Slot]].service == info.service {
			return true
		}
	}
	return false
}

// order says how the value lies to what the other slots of a pair hold: nobody
// returns before leaving.
func (x *ranker) order(o *option, info *slotInfo, c sym) {
	if !info.paired {
		return
	}
	for _, i := range x.openSlot {
		other := &x.t.slots[i]
		if i == o.slot || other.service != info.service || other.kind != info.kind {
			continue
		}
		held, ok := x.s.Get(other.full)
		if !ok {
			continue
		}
		relation := sym(2 + strings.Compare(o.value, held))
		x.emit(tOrder, c, relation.with(flag(i < o.slot)))
		for _, w := range info.name {
			x.emit(tOrder, w, relation)
		}
	}
}

// valueWords are the words of a value; those of listed ones are known.
func (x *ranker) valueWords(value string) []sym {
	if v, ok := x.t.listed[value]; ok {
		return v.words
	}
	x.tokens = text.AppendTokens(x.tokens[:0], value)
	x.inValue = wordsOf(x.inValue[:0], x.tokens)
	return x.inValue
}

// heardShare is the share of the value's words that the message holds.
func (x *ranker) heardShare(value string) float64 {
	words := x.valueWords(value)
	in := 0
	for _, w := range words {
		if slices.Contains(x.bag, w) {
			in++
		}
	}
	return float64(in) / float64(max(len(words), 1))
}

func (x *ranker) carryFeatures(o *option, info *slotInfo, c sym) {
	n := x.t.index[o.from]
	other := &x.t.slots[n]
	told := flag(o.f[fTold] > 0)
	x.emit(tCarryKind, c, other.kindSym.with(told))
	x.emit(tOpened, c, flag(x.opened[info.service], x.on[o.slot].asked, o.f[fTold] > 0))
	for _, a := range info.name {
		for _, b := range other.name {
			x.emit(tPair, a.with(told), b)
			x.emit(tPair, a.with(told).with(flag(x.opened[info.service], x.on[o.slot].asked)), b)
		}
	}
	x.emit(tLast, info.last.with(told), other.last)
	x.emit(tLast, c, info.last.with(symNone))
	x.emit(tSame, c, flag(x.usedBeside(o, info)))
	shared := 0
	for _, a := range info.all {
		for _, b := range other.all {
			if a == b {
				shared++
			}
		}
	}
	x.emit(tPairAll, c, sym(min(shared, 4)).with(told))
	for _, a := range info.name {
		for _, b := range other.all[len(other.name):] {
			x.emit(tPairAll, a, b.with(told))
		}
	}
	for _, a := range info.all[len(info.name):] {
		for _, b := range other.name {
			x.emit(tPairAll, a.with(9), b.with(told))
		}
	}
	for _, w := range x.bag {
		x.emit(tBagCarry, w, told)
		x.emit(tBagCarry, w, c)
	}
	x.emit(tInside, c, sym(4*x.heardShare(o.value)))
}

// valueFeatures pair the words of the message with those of a listed value
// that it does not name.
func (x *ranker) valueFeatures(o *option, info *slotInfo, c sym) {
	asked := flag(x.on[o.slot].asked, x.filled[o.slot])
	negated := false
	for _, k := range x.r.marks {
		negated = negated || k.cue == cueNot || k.cue == cueNotHere
	}
	x.emit(tInside, c, sym(4*x.heardShare(o.value)).with(asked))
	near := sym(0)
	if sharesWord(info.own, x.bag) {
		near = 1
	}
	v := x.t.listed[o.value].key
	if v == 0 {
		v = hashString(text.Key(o.value))
	}
	x.emit(tValueSlot, v, near.with(flag(negated)).with(asked))
	x.emit(tValueSlot, v, asked)
	for _, w := range x.bag {
		x.emit(tValueBag, v, w)
	}
}

// wordFeatures pair the words of the message with those of the slot.
func (x *ranker) wordFeatures(o *option, info *slotInfo, c, asked sym) {
	x.emit(tFirstTwo, c, x.firstTwo.with(asked))
	source := c.with(flag(x.on[o.slot].asked))
	for _, w := range x.bag {
		x.emit(tBagAsked, source, w)
		for _, n := range info.name {
			x.emit(tBagName, w.with(sym(o.source)).with(flag(o.f[fYes] > 0)), n)
		}
	}
	near := 0
	for _, w := range info.all {
		for _, b := range x.bag {
			if w == b {
				near++
			}
		}
	}
	x.emit(tOverlap, c, sym(min(near, 4)).with(asked))
}
