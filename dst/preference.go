package dst

import "slices"

// anyOf reports whether "any" says that there is no preference: alone in its
// clause, or before the word of a slot, and not in a question.
func (u *understanding) anyOf(k mark) bool {
	c := u.r.clauses[u.r.clauseOf[k.start]]
	if c.has(cueQuestion) || c.has(cueHave) {
		return false
	}
	return u.r.clauseShare(k) == 1 || slices.ContainsFunc(u.r.marksIn(k.end, k.end+1), func(w mark) bool { return w.slot > 0 && w.start == k.end })
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
