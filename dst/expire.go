package dst

import "slices"

// Without returns the state without the values of some slots and without some
// open intents, as if they had never been said: for values that are too old to go
// by, outside of the conversation. A service stands for all of its slots, or of its
// intents. It is no act: nothing is noted for undo, and undo brings none of it
// back. (For what the user says, see [Forget] and [Cancel].)
//
// With the values go what the bot told, offered and put to the user of these slots,
// so that a "yes" to it takes up nothing, and the thing talked about; what was
// asked before is asked again. A question without a value stays open. With an
// intent goes what the bot proposed of it; the values of its service stay. What the
// user was to confirm as a whole is void where one of its values goes. Notes stay.
func (s State) Without(slots, intents []string) State {
	stale := func(slot string) bool { return named(slots, slot) }
	closed := func(intent string) bool { return named(intents, intent) }
	was := s
	s.Constraints = fewer(s.Constraints, func(c Constraint) bool { return stale(c.Slot) })
	s.Intents = fewer(s.Intents, closed)
	s.Asked = fewer(s.Asked, stale)
	s.Offered = fewer(s.Offered, func(c Choice) bool { return stale(c.Slot) })
	s.Focus = fewer(s.Focus, func(c Choice) bool { return stale(c.Slot) })
	s.Told = fewer(s.Told, func(t Told) bool { return stale(t.Slot) })
	gone := func(a Act) bool {
		if a.Op != "" {
			return stale(a.Slot)
		}
		switch a.Kind {
		case Want, Propose, Do, Confirm:
			return closed(a.Slot)
		}
		return false
	}
	s.System = fewer(s.System, gone)
	if gone(s.Pending.Act) {
		s.Pending = Pending{}
	}
	s.Past = forgotten(s.Past, stale, closed)
	c := s.Confirmation
	voided := func(slot string) bool { return concerns(slot, c.Intent) && stale(slot) }
	if closed(c.Intent) || slices.ContainsFunc(was.Constraints, func(x Constraint) bool { return voided(x.Slot) }) ||
		slices.ContainsFunc(was.Focus, func(x Choice) bool { return voided(x.Slot) }) {
		s.Confirmation = Confirmation{}
	}
	return s
}

// named reports whether a name, or its service, is among others.
func named(names []string, name string) bool {
	return slices.ContainsFunc(names, func(x string) bool { return x != "" && (x == name || x == serviceOf(name)) })
}

// fewer returns a list without what is dropped: the list itself where nothing is.
func fewer[T any](list []T, dropped func(T) bool) []T {
	if !slices.ContainsFunc(list, dropped) {
		return list
	}
	return keep(list, func(x T) bool { return !dropped(x) })
}

// forgotten returns the past without some slots and intents. A step of which
// nothing is left goes.
func forgotten(past []Step, stale, closed func(string) bool) []Step {
	out := make([]Step, 0, len(past))
	for _, x := range past {
		x.Slots = fewer(x.Slots, stale)
		x.Held = fewer(x.Held, func(c Constraint) bool { return stale(c.Slot) })
		x.Intents = fewer(x.Intents, closed)
		x.Focus = fewer(x.Focus, func(c Choice) bool { return stale(c.Slot) })
		if len(x.Slots) > 0 || x.Opened || x.Moved {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
