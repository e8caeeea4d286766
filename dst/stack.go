package dst

import "slices"

// maxIntents bounds the stack of open intents: who digresses further has
// forgotten the first.
const maxIntents = 8

// open moves name to the end of the intents. A bare service that has an open
// intent stands for that one: "back to the hotel" resumes what was wanted there.
func open(intents []string, name string) []string {
	for i := len(intents) - 1; i >= 0; i-- {
		if serviceOf(intents[i]) == name {
			name = intents[i]
			break
		}
	}
	out := make([]string, 0, len(intents)+1)
	for _, x := range intents {
		if x != name && serviceOf(name) != x {
			out = append(out, x)
		}
	}
	out = append(out, name)
	return out[max(0, len(out)-maxIntents):]
}

// shut takes an intent, or all of a service, off the stack: what was wanted
// before is wanted again.
func shut(intents []string, name string) []string {
	out := make([]string, 0, len(intents))
	for _, x := range intents {
		if x != name && serviceOf(x) != name {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// concerns reports whether a slot is one of the service that an intent is of,
// or that the name is.
func concerns(slot, intent string) bool {
	service := serviceOf(slot)
	return service == intent || service == serviceOf(intent)
}

// cancel gives up an intent, that opened last where name is "", and what was
// said for it.
func (s State) cancel(name string) State {
	if name == "" {
		name = s.Intent()
	}
	if name == "" {
		s.Constraints, s.Focus = nil, nil
		return s
	}
	s.Intents = shut(s.Intents, name)
	if s.Confirmation.Intent == name || serviceOf(s.Confirmation.Intent) == name {
		s.Confirmation = Confirmation{}
	}
	kept := func(slot string) bool {
		return !concerns(slot, name) || slices.ContainsFunc(s.Intents, func(x string) bool { return concerns(slot, x) })
	}
	s.Constraints = keep(s.Constraints, func(c Constraint) bool { return kept(c.Slot) })
	s.Focus = keep(s.Focus, func(c Choice) bool { return kept(c.Slot) })
	return s
}

// done closes an intent that the bot has carried out. Its values stay, for
// other services to take up; there is no undoing what went before.
func (s State) done(name string) State {
	s.Intents = shut(s.Intents, name)
	s.Past = nil
	if s.Confirmation.Intent == name {
		s.Confirmation = Confirmation{}
	}
	return s
}

// keep returns what is kept of a list, nil for nothing, and leaves the list.
func keep[T any](list []T, kept func(T) bool) []T {
	out := make([]T, 0, len(list))
	for _, x := range list {
		if kept(x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
