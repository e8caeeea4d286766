package dst

// The sparse features of spans.

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
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
