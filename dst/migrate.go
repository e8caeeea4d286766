package dst

import (
	"cmp"
	"slices"
	"time"
)

// Migrate brings a state of earlier versions of the schema to this one: it takes
// the steps in order, and then gives up what the schema does not have. Values
// that a slot's type does not take as they are, are read anew where that gives
// one clear value ("about 500" is 500), and given up otherwise, like bounds on
// what has no order. Names move everywhere in the state, in what undo gives back
// too; Notes stay. The yes to an intent does not hold for values that are others
// now.
//
// The changes say all that was done, in the order of the state's fields, each
// once; with the old values, so that nothing is lost silently. A state that is of
// the schema comes back as it is, with none. Where two names become one, the
// constraints stay of what had that name already, or else of the first in order;
// [Schema.CheckMigrations] refuses such steps. What the bot told under names of no
// service of the schema stays, as the program's own. Names that a [Gazetteer] does not
// have are names nevertheless, and a type that is no [Parser] takes every value:
// they cannot be told to be wrong.
func (s Schema) Migrate(state State, steps ...Migration) (State, []Change) {
	m := migrator{schema: s, steps: steps}
	next := m.state(state)
	if len(m.changes) == 0 {
		return state, nil
	}
	return next, m.changes
}

// A migrator migrates one state.
type migrator struct {
	schema  Schema
	steps   []Migration
	changes []Change
}

// note adds a change, if it says anything new: that a slot is gone is said with
// its values.
func (m *migrator) note(c Change) {
	if !slices.ContainsFunc(m.changes, func(x Change) bool {
		return x == c || c.Op == "" && c.Kind == ChangeRemoved && x.Kind == c.Kind && x.Name == c.Name
	}) {
		m.changes = append(m.changes, c)
	}
}

func (m *migrator) state(s State) State {
	was := s
	s.Intents = m.intents(s.Intents)
	s.Constraints = m.constraints(s.Constraints)
	if bySlot := func(a, b Constraint) int { return cmp.Compare(a.Slot, b.Slot) }; !slices.IsSortedFunc(s.Constraints, bySlot) {
		s.Constraints = slices.Clone(s.Constraints)
		slices.SortStableFunc(s.Constraints, bySlot)
	}
	s.Requested = m.slots(s.Requested)
	s.System = altered(s.System, m.act)
	s.Asked = m.slots(s.Asked)
	s.Offered = altered(s.Offered, m.choice)
	s.Focus = latest(altered(s.Focus, m.choice), was.Focus, func(c Choice) string { return c.Slot })
	s.Told = latest(altered(s.Told, m.told), was.Told, func(t Told) string { return t.Slot })
	if a, ok := m.act(s.Pending.Act); !ok {
		s.Pending = Pending{}
	} else {
		s.Pending.Act = a
	}
	s.Past = m.past(s.Past)
	return m.confirmation(s, was)
}

// altered applies f to each of a list and leaves out what it refuses. The list
// given is not changed, and the one returned is the same where nothing is.
func altered[T comparable](list []T, f func(T) (T, bool)) []T {
	for i, x := range list {
		y, ok := f(x)
		if ok && x == y {
			continue
		}
		out := append(make([]T, 0, len(list)), list[:i]...)
		if ok {
			out = append(out, y)
		}
		for _, x := range list[i+1:] {
			if y, ok := f(x); ok {
				out = append(out, y)
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return list
}

// latest leaves the last one under each key, where a list is not what it was: two
// names may have become one.
func latest[T comparable](list, was []T, key func(T) string) []T {
	if slices.Equal(list, was) {
		return list
	}
	var out []T
	for i, x := range list {
		if !slices.ContainsFunc(list[i+1:], func(y T) bool { return key(x) == key(y) }) {
			out = append(out, x)
		}
	}
	return out
}

// name follows a name, and notes where it leads. It reports false where it is
// given up, or the schema has none such.
func (m *migrator) name(name string, known func(string) bool, gone ChangeKind) (string, bool) {
	to, ok := followName(m.steps, name)
	if !ok || !known(to) {
		m.note(Change{Kind: gone, Name: name})
		return "", false
	}
	if to != name {
		m.note(Change{Kind: ChangeRenamed, Name: name, To: to})
	}
	return to, true
}

func (m *migrator) isSlot(name string) bool { return m.schema.lookup(name) != nil }

func (m *migrator) slots(list []string) []string {
	out := altered(list, func(x string) (string, bool) {
		if x == "" { // the bot asked what to change
			return x, true
		}
		return m.name(x, m.isSlot, ChangeRemoved)
	})
	return latest(out, list, func(x string) string { return x })
}

func (m *migrator) intents(list []string) []string {
	out := altered(list, func(x string) (string, bool) { return m.name(x, m.schema.opens, ChangeClosed) })
	return latest(out, list, func(x string) string { return x })
}

// choice and told move what the bot said, which no type need take.
func (m *migrator) choice(c Choice) (Choice, bool) {
	var ok bool
	c.Slot, c.Value, ok = m.said(c.Slot, Eq, c.Value)
	return c, ok
}

func (m *migrator) told(t Told) (Told, bool) {
	if m.foreign(t.Slot) {
		return t, true
	}
	var ok bool
	t.Slot, t.Value, ok = m.said(t.Slot, Eq, t.Value)
	return t, ok
}

func (m *migrator) said(slot string, op Op, value string) (string, string, bool) {
	to, ok := followName(m.steps, slot)
	if !ok || !m.isSlot(to) {
		m.note(Change{Kind: ChangeRemoved, Name: slot, Op: op, Value: value})
		return "", "", false
	}
	to, _ = m.name(slot, m.isSlot, ChangeRemoved)
	v, ok := followValue(m.steps, slot, value)
	switch {
	case !ok:
		m.note(Change{Kind: ChangeRemoved, Name: slot, Op: op, Value: value})
	case v != value:
		m.note(Change{Kind: ChangeReread, Name: slot, Op: op, Value: value, To: v})
	}
	return to, v, ok
}

// foreign reports whether a name is of no service, so that it is the program's
// own: a bot may tell of steps that solve a problem, under "help.step".
func (m *migrator) foreign(name string) bool {
	to, ok := followName(m.steps, name)
	service := serviceOf(to)
	return ok && to == name && service != "" && !m.schema.has(service)
}

// act moves an act of the bot.
func (m *migrator) act(a Act) (Act, bool) {
	if a.Slot == "" {
		return a, true
	}
	var ok bool
	switch {
	case a.Kind == Want, a.Kind == Propose, a.Kind == Do, a.Kind == Cancel, a.Kind == Confirm && a.Op == "":
		a.Slot, ok = m.name(a.Slot, m.schema.opens, ChangeClosed)
		return a, ok
	case a.Op == "":
		a.Slot, ok = m.name(a.Slot, m.schema.knows, ChangeRemoved)
		return a, ok
	}
	if a.Kind == Inform && m.foreign(a.Slot) {
		return a, true
	}
	slot := a.Slot
	if a.Slot, a.Value, ok = m.said(slot, a.Op, a.Value); !ok || a.Kind != Confirm {
		return a, ok
	}
	if _, taken := m.schema.lookup(a.Slot).reread(a.Op, a.Value, someDay); !taken {
		m.note(Change{Kind: ChangeRefused, Name: slot, Op: a.Op, Value: a.Value})
		return a, false
	}
	return a, true
}

// confirmation voids what was put to the user where anything of it is different.
func (m *migrator) confirmation(s, was State) State {
	c := s.Confirmation
	if c == (Confirmation{}) {
		return s
	}
	intent, ok := m.name(c.Intent, m.schema.opens, ChangeClosed)
	same := slices.Equal(was.Constraints, s.Constraints) && slices.Equal(was.Focus, s.Focus)
	if !ok || intent != c.Intent || !same && was.values(intent) != s.values(intent) {
		m.note(Change{Kind: ChangeVoided, Name: c.Intent})
		s.Confirmation = Confirmation{}
	}
	return s
}

// past moves what undo gives back. A step of which nothing is left goes.
func (m *migrator) past(list []Step) []Step {
	same := true
	out := make([]Step, 0, len(list))
	for _, x := range list {
		y := x
		y.Slots, y.Held = m.slots(x.Slots), m.constraints(x.Held)
		y.Intents, y.Focus = m.intents(x.Intents), latest(altered(x.Focus, m.choice), x.Focus, func(c Choice) string { return c.Slot })
		if same = same && slices.Equal(x.Slots, y.Slots) && slices.Equal(x.Held, y.Held) && slices.Equal(x.Intents, y.Intents) && slices.Equal(x.Focus, y.Focus); len(y.Slots) > 0 || y.Opened || y.Moved {
			out = append(out, y)
		}
	}
	switch {
	case same:
		return list
	case len(out) == 0:
		return nil
	}
	return out
}

// constraints moves what is held of slots.
func (m *migrator) constraints(list []Constraint) []Constraint {
	out := altered(list, func(c Constraint) (Constraint, bool) { return m.constraint(c, list) })
	if slices.Equal(out, list) {
		return list
	}
	kept := out[:0]
	for _, c := range out {
		if !slices.ContainsFunc(kept, func(k Constraint) bool { return k.Slot == c.Slot && k.Op == c.Op && k.Value == c.Value }) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (m *migrator) constraint(c Constraint, all []Constraint) (Constraint, bool) {
	old := c
	to, ok := followName(m.steps, c.Slot)
	slot := m.schema.lookup(to)
	if !ok || slot == nil || m.displaced(c.Slot, to, all) {
		m.note(Change{Kind: ChangeRemoved, Name: c.Slot, Op: c.Op, Value: c.Value})
		return c, false
	}
	c.Slot, _ = m.name(c.Slot, m.isSlot, ChangeRemoved)
	if c.Value, ok = followValue(m.steps, old.Slot, c.Value); !ok {
		m.note(Change{Kind: ChangeRemoved, Name: old.Slot, Op: c.Op, Value: old.Value})
		return c, false
	}
	if c.Value, ok = slot.reread(c.Op, c.Value, time.Time{}); !ok {
		m.note(Change{Kind: ChangeRefused, Name: old.Slot, Op: c.Op, Value: old.Value})
		return c, false
	}
	if c.Value != old.Value {
		m.note(Change{Kind: ChangeReread, Name: old.Slot, Op: c.Op, Value: old.Value, To: c.Value})
	}
	c.Evidence.From = m.from(c.Evidence)
	return c, true
}

// displaced reports whether another slot's constraints have the name that a slot
// gets: two slots become one.
func (m *migrator) displaced(slot, to string, all []Constraint) bool {
	return slot != to && slices.ContainsFunc(all, func(c Constraint) bool {
		other, ok := followName(m.steps, c.Slot)
		return ok && other == to && c.Slot != slot && (c.Slot == to || c.Slot < slot)
	})
}
