package dst

import "slices"

// Apply folds acts of the user into the state. It is pure and the whole of
// tracking: Apply(a, b) equals Apply(a).Apply(b), and a [Tracker] only decides
// which acts to apply.
//
// Affirm takes up what the bot last confirmed, proposed or, if it was one
// thing, offered. Deny drops a value that the bot asked to confirm; where the
// slot is then empty, what it held before that value came is back. Cancel
// closes the intent it names, or the one opened last; the values of its
// service go with it unless another intent of the service is open. With no
// intent open it drops all values. Undo takes back the changes of the latest
// turn that changed values, intents or the thing talked about, three turns at
// most; it cannot take back a restart, nor what the bot has done (see [Do]).
//
// Of the kinds that only a bot says relax is applied; the others, and acts that
// are not valid (see [Act.Validate]), are passed over.
func (s State) Apply(acts ...Act) State {
	for _, a := range acts {
		s = s.apply(a, Evidence{Turn: s.Turn, Source: Outside})
	}
	return s
}

// apply folds in one act and keeps in step what depends on all of them: the
// open question, what undo needs, and that a confirmation holds only for the
// very values it was given for.
func (s State) apply(a Act, e Evidence) State {
	if a.Validate() != nil {
		return s
	}
	next := s.fold(a, e)
	if a.Kind == Restart {
		return next
	}
	next.Pending = s.Pending.heard(a)
	if a.Kind != Undo {
		next.Past = remember(s, next, a.Kind == Relax)
	}
	if c := next.Confirmation; c != (Confirmation{}) && c.Values != next.values(c.Intent) {
		next.Confirmation = Confirmation{}
	}
	return next
}

func (s State) fold(a Act, e Evidence) State {
	switch a.Kind {
	case Want:
		s.Intents = open(s.Intents, a.Slot)
		if s.Confirmation.Answer == Deny && s.Confirmation.Intent == s.Intent() {
			s.Confirmation = Confirmation{}
		}
	case Inform, Prefer, Relax:
		s = s.constrain(a, e)
	case Forget:
		s.Constraints = dropSlot(s.Constraints, a.Slot)
		s.Focus = without(s.Focus, a.Slot)
	case Request:
		if !slices.Contains(s.Requested, a.Slot) {
			s.Requested = append(slices.Clip(s.Requested), a.Slot)
		}
	case Select:
		if a.Op == Eq {
			s.Focus = append(without(s.Focus, a.Slot), Choice{a.Slot, a.Value})
		}
	case Affirm:
		s = s.affirm(e)
	case Deny:
		s = s.deny()
	case Cancel:
		s = s.cancel(a.Slot)
	case Undo:
		s = s.undo()
	case Restart:
		s = State{Turn: s.Turn, Lang: s.Lang}
	}
	switch a.Kind {
	case Human, Repeat, Cancel, Undo:
		s.Move = a.Kind
	}
	return s
}

// constrain takes in what inform, prefer, or the bot's relax, says of a slot.
func (s State) constrain(a Act, e Evidence) State {
	if a.Op == "" {
		s.Constraints = dropSlot(s.Constraints, a.Slot)
		return s
	}
	s.Constraints = merge(s.Constraints, Constraint{a.Slot, a.Op, a.Value, a.Kind == Prefer, e})
	if a.Kind == Inform && a.Op == Ne && slices.Contains(s.Focus, Choice{a.Slot, a.Value}) {
		s.Focus = without(s.Focus, a.Slot)
	}
	return s
}

// dropSlot drops the constraints of one slot, of all slots of a service where
// name is a service, and all where name is "".
func dropSlot(cs []Constraint, name string) []Constraint {
	out := make([]Constraint, 0, len(cs))
	for _, c := range cs {
		if name != "" && c.Slot != name && serviceOf(c.Slot) != name {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
