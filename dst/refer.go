package dst

import (
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// references reads what points at something instead of naming it: "the second
// one" among what was offered, and "a hotel near it", whose value is the thing
// talked about in another service.
func (u *understanding) references(gs []given) {
	for _, k := range u.r.marks {
		if k.cue >= cueFirst && k.cue <= cueLast && !u.r.cueBefore(k.start, 2, cueNot) && !u.r.cueBefore(k.start, 0, cueNotHere) && !u.r.precedesNoun(k) {
			u.ordinal(k)
			break
		}
	}
	if target := u.target(gs); target >= 0 {
		for i := range u.t.slots {
			if info := &u.t.slots[i]; info.service == target && info.Role == NearRole && info.Of != "" {
				u.nearby(info, gs)
				u.among(info, gs)
			}
		}
	}
}

// precedesNoun reports whether an English word without meaning to us follows: "the
// first time" chooses nothing.
func (r *reading) precedesNoun(k mark) bool {
	if k.end >= len(r.tokens) || !r.sameClause(k.start, k.end) || r.tokens[k.end].Kind != text.Word || r.tokens[k.end-1].Text == "one" {
		return false
	}
	return len(slices.DeleteFunc(slices.Clone(r.marksIn(k.end, k.end+1)), func(m mark) bool { return m.start != k.end })) == 0
}

func (u *understanding) ordinal(k mark) {
	n := int(k.cue - cueFirst)
	if k.cue == cueLast {
		n = len(u.s.Offered) - 1
	}
	if n < 0 || n >= len(u.s.Offered) {
		return
	}
	c := u.s.Offered[n]
	e := u.span(k.start, k.end)
	e.From = Act{Offer, c.Slot, Eq, c.Value}.String()
	u.decide(Decision{Act: Act{Select, c.Slot, Eq, c.Value}, P: 0.95, Evidence: e})
}

// noPreference reads "I don't mind", 随便: of the slot whose word stands with
// it, or else of the one the bot asked for.
func (u *understanding) noPreference(gs []given) {
	for _, k := range u.r.marks {
		if k.cue != cueDontCare && (k.cue != cueAny || !u.anyOf(k)) {
			continue
		}
		slot := u.wordIn(u.r.clauseOf[k.start])
		if slot == "" && len(gs) == 0 {
			slot = u.askedSlot()
		}
		if slot == "" || u.answered(slot, gs) {
			continue
		}
		u.decideNew(Decision{Act: Act{Inform, slot, Eq, DontCare}, P: 0.9, Evidence: u.span(k.start, k.end)})
		return
	}
}

// anyOf reports whether "any" says that there is no preference: alone in its
// clause, or before the word of a slot, and not in a question.
func (u *understanding) anyOf(k mark) bool {
	c := u.r.clauses[u.r.clauseOf[k.start]]
	if c.has(cueQuestion) || c.has(cueHave) {
		return false
	}
	return u.r.clauseShare(k) == 1 || slices.ContainsFunc(u.r.marksIn(k.end, k.end+1), func(w mark) bool { return w.slot > 0 && w.start == k.end })
}

func (u *understanding) askedSlot() string {
	for _, a := range u.s.System {
		if a.Kind == Ask {
			return a.Slot
		}
	}
	return ""
}

func (u *understanding) answered(slot string, gs []given) bool {
	return slices.ContainsFunc(gs, func(g given) bool { return u.t.slots[g.slot].full == slot })
}

// wordIn returns the informable slot whose word stands in the clause.
func (u *understanding) wordIn(clause int) string {
	for _, k := range u.r.clauseMarks(u.r.clauses[clause].start) {
		if k.slot > 0 {
			if info := u.resolve(k); info != nil && !info.RequestOnly {
				return info.full
			}
		}
	}
	return ""
}

// drops reads "forget the brand": the slot's constraints go.
func (u *understanding) drops() {
	for _, k := range u.r.marks {
		if k.cue != cueDrop {
			continue
		}
		for _, w := range u.r.clauseMarks(k.start) {
			if w.slot == 0 {
				continue
			}
			if info := u.resolve(w); info != nil && u.s.Filled(info.full) && !u.taken[w.start] {
				u.decide(Decision{Act: Act{Kind: Forget, Slot: info.full}, P: 0.9, Evidence: u.span(k.start, w.end)})
				return
			}
		}
	}
}
