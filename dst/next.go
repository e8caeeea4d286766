package dst

import "slices"

// settled reports whether the constraints say what is wanted, and not only
// what is not.
func settled(cs []Constraint) bool {
	return slices.ContainsFunc(cs, func(c Constraint) bool { return c.Op != Ne })
}

// Next says what the bot should do in this state. A program that knows better
// need not follow. In this order:
//
//   - human, where the user asks for a person, or a question that must be
//     answered was put [TrackerOptions.MaxAsks] times in vain;
//   - its last act again, where the user asks to repeat it;
//   - confirm slot=value, where a value of the open intent is unsure (see
//     [TrackerOptions.ConfirmBelow]);
//   - ask slot, for the first slot that the service or the open intent requires,
//     whose conditions hold and which is empty;
//   - of a transactional intent confirm intent, then, once it is affirmed with
//     the very values that are held, do intent; where it was denied a bare ask:
//     what should be changed?
//   - offer, bare: all is known.
//
// What Next says is to be told to the state by [State.Said], "do" once it is
// done: that closes the intent, and Next goes on with the one before. A question
// of the user in the midst of another intent closes none: Next resumes.
func (t *Tracker) Next(s State) Act {
	switch s.Move {
	case Human:
		return Act{Kind: Human}
	case Repeat:
		if a, ok := s.again(); ok {
			return a
		}
	}
	n, name := t.current(s)
	if n < 0 {
		return Act{Kind: Offer}
	}
	service := &t.schema.Services[n]
	if a, ok := t.unsure(s, service); ok {
		return a
	}
	intent := service.intent(name)
	if slot := service.missing(s, intent); slot != "" {
		return t.orHuman(s, Act{Kind: Ask, Slot: slot})
	}
	if intent == nil || !intent.Transactional {
		return Act{Kind: Offer}
	}
	switch {
	case s.Confirmed(name):
		return Act{Kind: Do, Slot: name}
	case s.Confirmation == Confirmation{name, s.values(name), Deny}:
		return t.orHuman(s, Act{Kind: Ask})
	}
	return t.orHuman(s, Act{Kind: Confirm, Slot: name})
}

// again returns the bot's last act, which the user wants to hear again: its
// question, if that is still open. What was done is not done twice.
func (s State) again() (Act, bool) {
	if len(s.System) == 0 {
		return Act{}, false
	}
	a := s.System[len(s.System)-1]
	return a, a.Kind != Do && (a.Kind != Ask || !settled(s.Of(a.Slot)))
}

// orHuman hands over instead of putting a question once too often.
func (t *Tracker) orHuman(s State, a Act) Act {
	if t.maxAsks > 0 && s.Pending.Act == a && s.Pending.Tries >= t.maxAsks && !s.Pending.Heard {
		return Act{Kind: Human}
	}
	return a
}

// current returns the service and the intent to go on with: those of the latest
// intent, unless that is a mere digression.
func (t *Tracker) current(s State) (service int, intent string) {
	if n := len(s.Intents); n > 1 && t.digression(s) {
		s.Intents = s.Intents[:n-1]
	}
	return t.activeService(s, Turn{}), s.Intent()
}

// digression reports whether the latest intent is a service that the user only
// asked something about, while a question of the bot for another waits.
func (t *Tracker) digression(s State) bool {
	top, waits := s.Intent(), s.Pending.Act.Slot
	switch a := s.Pending.Act; {
	case a == Act{Kind: Ask}:
		waits = s.Confirmation.Intent
	case a.Kind == Ask && settled(s.Of(a.Slot)):
		waits = ""
	}
	if waits == "" || concerns(waits, top) || !t.schema.has(top) {
		return false
	}
	told := slices.ContainsFunc(s.Constraints, func(c Constraint) bool { return c.Evidence.Turn == s.Turn && concerns(c.Slot, top) })
	asked := slices.ContainsFunc(s.Requested, func(slot string) bool { return concerns(slot, top) })
	opened := len(s.Past) > 0 && s.Past[len(s.Past)-1].Turn == s.Turn && s.Past[len(s.Past)-1].Opened
	return !told && (asked || !opened)
}

// unsure returns a question for the first value of the service that the tracker
// is not sure of. After MaxAsks of them the value is taken as it is.
func (t *Tracker) unsure(s State, service *Service) (Act, bool) {
	for _, c := range s.Constraints {
		if p := c.Evidence.P; p == 0 || p >= t.confirmBelow || !concerns(c.Slot, service.full("")) {
			continue
		}
		slot := service.slot(c.Slot[len(service.full("")):])
		if slot == nil || !service.applies(s, slot, len(service.Slots)) {
			continue
		}
		if a := (Act{Confirm, c.Slot, c.Op, c.Value}); t.orHuman(s, a) == a {
			return a, true
		}
	}
	return Act{}, false
}

// missing returns the first slot that is needed, applies and is empty. A slot
// that names things is filled by the thing talked about, too.
func (s *Service) missing(state State, intent *Intent) string {
	for i := range s.Slots {
		slot := &s.Slots[i]
		full := s.full(slot.Name)
		if !slot.Required && (intent == nil || !slices.Contains(intent.Required, slot.Name)) || settled(state.Of(full)) {
			continue
		}
		if _, chosen := state.Focused(full); slot.Names && chosen || !s.applies(state, slot, len(s.Slots)) {
			continue
		}
		return full
	}
	return ""
}

// intent finds an intent by its full name.
func (s *Service) intent(full string) *Intent {
	for i := range s.Intents {
		if s.full(s.Intents[i].Name) == full {
			return &s.Intents[i]
		}
	}
	return nil
}

// defaultMaxAsks is TrackerOptions.MaxAsks where it is 0.
const defaultMaxAsks = 3
