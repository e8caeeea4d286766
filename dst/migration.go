package dst

import (
	"slices"
	"strings"
)

// A Migration says how a schema changed, so that states of before can be taken
// over by [Schema.Migrate]. All names in it are full ones ("Hotels.area") as they
// were before it; the new ones of Rename are as they are after it. The zero value
// changes nothing.
type Migration struct {
	// Rename has the new names of slots, intents and services, by the old ones. A
	// service takes its slots and intents along, those aside that have entries of
	// their own; "" is the service without a name. All happens at once.
	Rename map[string]string `json:"rename,omitempty"`
	// Values has, by slot, new values by old ones; "" drops the value.
	Values map[string]map[string]string `json:"values,omitempty"`
	// Units has, by slot, the unit or currency that its plain numbers were in, where
	// it is another now: with "GB", 16 is read as "16 GB".
	Units map[string]string `json:"units,omitempty"`
	// Remove lists slots, intents and services whose values are given up, even where
	// a later schema has the names again.
	Remove []string `json:"remove,omitempty"`
}

// A ChangeKind says what happened to a part of a state that was migrated. The set
// is closed.
type ChangeKind string

const (
	ChangeRenamed ChangeKind = "renamed" // a slot, intent or service has another name
	ChangeReread  ChangeKind = "reread"  // a value has another form
	ChangeRemoved ChangeKind = "removed" // a slot is gone, with the value; or another slot has taken its place
	ChangeRefused ChangeKind = "refused" // the slot's type has no such value, or no order for the operator
	ChangeClosed  ChangeKind = "closed"  // an open intent is gone
	ChangeVoided  ChangeKind = "voided"  // what was put to the user for confirmation, an intent, is no more what it was
)

// A Change is one thing that [Schema.Migrate] did.
type Change struct {
	Kind  ChangeKind `json:"kind"`
	Name  string     `json:"name"`            // the slot, intent or service, as it was called
	To    string     `json:"to,omitempty"`    // its new name; of ChangeReread, the new value
	Op    Op         `json:"op,omitempty"`    // "" where no value is concerned
	Value string     `json:"value,omitempty"` // the old value
}

// String tells the change on one line: "removed Hotels.area=north".
func (c Change) String() string {
	name := string(c.Kind) + " " + c.Name
	if c.Op != "" {
		name += string(c.Op) + quoteIf(c.Value, needsQuotes(c.Value))
	}
	switch c.Kind {
	case ChangeRenamed:
		return name + " to " + c.To
	case ChangeReread:
		return name + " as " + quoteIf(c.To, needsQuotes(c.To))
	}
	return name
}

// rename returns the name that something has after the step.
func (step *Migration) rename(name string) string {
	if to, ok := step.Rename[name]; ok {
		return to
	}
	service, rest, pointed := strings.Cut(name, ".")
	if !pointed {
		service, rest = "", name
	}
	to, ok := step.Rename[service]
	switch {
	case !ok:
		return name
	case to == "":
		return rest
	}
	return to + "." + rest
}

// removes reports whether the step gives up a name.
func (step *Migration) removes(name string) bool {
	return slices.Contains(step.Remove, name) || len(step.Remove) > 0 && slices.Contains(step.Remove, serviceOf(name)) && serviceOf(name) != ""
}

// value returns the value of a slot after the step, false where it is dropped.
func (step *Migration) value(slot, value string) (string, bool) {
	if to, ok := step.Values[slot][value]; ok {
		return to, to != ""
	}
	if unit := step.Units[slot]; unit != "" && isNumber(value) {
		return value + " " + unit, true
	}
	return value, true
}

// isNumber reports whether a value is a plain number, without a unit.
func isNumber(value string) bool {
	_, ok := numberDecimal(value)
	return ok
}

// followName leads a name through steps. It reports false where one gives it up.
func followName(steps []Migration, name string) (string, bool) {
	for i := range steps {
		if steps[i].removes(name) {
			return name, false
		}
		name = steps[i].rename(name)
	}
	return name, true
}

// followValue leads a value of a slot through steps.
func followValue(steps []Migration, slot, value string) (string, bool) {
	for i := range steps {
		var ok bool
		if value, ok = steps[i].value(slot, value); !ok {
			return "", false
		}
		slot = steps[i].rename(slot)
	}
	return value, true
}

// lookup finds a slot by its full name, nil where there is none.
func (s Schema) lookup(name string) *Slot {
	service, slot, pointed := strings.Cut(name, ".")
	for i := range s.Services {
		switch x := &s.Services[i]; {
		case x.Name == "":
			return x.slot(name)
		case pointed && x.Name == service:
			return x.slot(slot)
		}
	}
	return nil
}

// opens reports whether the name is one of an intent or a service.
func (s Schema) opens(name string) bool {
	service, intent, pointed := strings.Cut(name, ".")
	for i := range s.Services {
		x := &s.Services[i]
		switch {
		case x.Name == "":
			intent = name
		case x.Name != service:
			continue
		case !pointed:
			return true
		}
		return slices.ContainsFunc(x.Intents, func(i Intent) bool { return i.Name == intent })
	}
	return false
}

// knows reports whether the name is one of a slot, an intent or a service.
func (s Schema) knows(name string) bool { return s.lookup(name) != nil || s.opens(name) }
