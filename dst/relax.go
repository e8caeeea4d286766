package dst

import "slices"

// loosened returns the act with which the bot told, without saying relax, that
// it loosened its own query at the slot: it offered a thing, or nothing, and
// told a value of it that breaks what the user asked for. Such a constraint no
// longer filters anything.
func (u *understanding) loosened(info *slotInfo) (Act, bool) {
	offered, nothing := false, false
	for _, a := range u.s.System {
		offered = offered || a.Kind == Offer || a.Kind == NoOffer
		nothing = nothing || a.Kind == NoOffer
	}
	if !offered || info.Names || info.RequestOnly || u.turnsDown() {
		return Act{}, false
	}
	for _, a := range u.s.System {
		if a.Slot != info.full || a.Kind != Inform || a.Op != Eq {
			continue
		}
		if info.Multi && !nothing || !u.broken(info, a.Slot) {
			return Act{}, false
		}
		return a, true
	}
	return Act{}, false
}

// turnsDown reports whether the message opens with a no: what the user turns
// down has loosened nothing.
func (u *understanding) turnsDown() bool {
	return slices.ContainsFunc(u.r.marks, func(k mark) bool { return k.cue == cueDeny && k.start == 0 && u.r.clauseShare(k) >= 0.5 })
}

// broken reports whether no value that the bot told of the slot satisfies all
// of its constraints. A value that its type cannot read ("none") satisfies none.
func (u *understanding) broken(info *slotInfo, slot string) bool {
	for _, a := range u.s.System {
		if a.Kind != Inform || a.Slot != slot {
			continue
		}
		ok := false
		for _, c := range u.s.Of(slot) {
			ok = ok || info.Multi && c.Value == a.Value
		}
		if !info.Multi {
			ok = holds(info.Type, u.s.Of(slot), a.Value)
		}
		if ok {
			return false
		}
	}
	return true
}

// holds reports whether a value satisfies the constraints of a slot, as far as
// they can be compared.
func holds(typ Type, cs []Constraint, value string) bool {
	equal, hit := false, false
	for _, c := range cs {
		order, ok := 0, c.Value == value
		if cmp, ordered := typ.(Comparer); ordered && !ok {
			if order, ok = cmp.Compare(value, c.Value); !ok {
				return false
			}
		} else if !ok {
			order = 1
		}
		switch {
		case c.Value == DontCare:
			return true
		case c.Op == Eq || c.Op == Around:
			equal, hit = true, hit || order == 0 || c.Op == Around
		case c.Op == Ne && order == 0, c.Op == Lt && order >= 0, c.Op == Le && order > 0, c.Op == Gt && order <= 0, c.Op == Ge && order < 0:
			return false
		}
	}
	return hit || !equal
}
