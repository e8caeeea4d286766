package dst

import (
	"slices"

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
		if !x.t.fitting && x.t.fitted.Len() == 0 {
			return
		}
		o.apart = true // a developer's own dialogues may teach it
	}
	x.apart = x.world(o, info)
	o.apart = o.apart || x.apart != 0
	defer func() { x.apart = 0 }()
	c, asked := x.sharedFeatures(o, info)
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

// sharedFeatures emits what options of all sources have, and returns the symbols
// of the kind of option and of what the bot just did about the slot.
func (x *ranker) sharedFeatures(o *option, info *slotInfo) (c, asked sym) {
	c = sym(o.source + 1).with(info.kindSym)
	on := x.on[o.slot]
	asked = flag(on.asked, on.confirmed, on.offered, on.informed, x.someAsked && !on.asked)
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
	return c, asked
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
