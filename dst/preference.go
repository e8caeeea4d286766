package dst

import "slices"

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

func (u *understanding) answered(slot string, gs []given) bool {
	return slices.ContainsFunc(gs, func(g given) bool { return u.t.slots[g.slot].full == slot })
}

func (u *understanding) askedSlot() string {
	for _, a := range u.s.System {
		if a.Kind == Ask {
			return a.Slot
		}
	}
	return ""
}

// booleans reads the words of yes/no slots: "it's a gift", 不要发票.
func (u *understanding) booleans() {
	for _, k := range u.r.marks {
		if k.slot == 0 || u.taken[k.start] || u.r.clauses[u.r.clauseOf[k.start]].has(cueQuestion) {
			continue
		}
		info := u.resolve(k)
		if info == nil || info.RequestOnly {
			continue
		}
		answer, ok := info.Type.(*YesNo)
		if !ok {
			continue
		}
		value := answer.value(yesNoYes)
		if u.r.cueAfter(k.end, 1, cueNot) || u.r.cueBefore(k.start, 3, cueNot) || u.r.cueBefore(k.start, 0, cueNotHere) || u.r.cueBefore(k.start, 2, cueDrop) {
			value = answer.value(yesNoNo)
		}
		u.taken[k.start] = true
		u.decideNew(Decision{Act: Act{Inform, info.full, Eq, value}, P: 0.85, Evidence: u.span(k.start, k.end)})
	}
}
