package dst

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Fingerprint returns a short text that is equal for schemas whose states mean
// the same: it changes with the names of services, slots and intents, and with
// what a slot's type makes of values (its kind, an enum's values, units, bounds,
// a pattern), and not with questions, aliases, descriptions, conditions or their
// order. A stored state whose schema had another one needs [Schema.Migrate].
//
// The names in a [Gazetteer] do not count: they come and go with what there is to
// sell. A type of your own is told from others by its Go type, and, if it has a
// String method, by what that says.
func (s Schema) Fingerprint() string {
	var lines []string
	for i := range s.Services {
		service := &s.Services[i]
		lines = append(lines, fmt.Sprintf("service %q", service.Name))
		for _, slot := range service.Slots {
			lines = append(lines, fmt.Sprintf("slot %q %s multi=%t names=%t", service.full(slot.Name), typeMark(slot.Type), slot.Multi, slot.Names))
		}
		for _, intent := range service.Intents {
			lines = append(lines, fmt.Sprintf("intent %q", service.full(intent.Name)))
		}
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:8])
}

// typeMark is what matters of a type for the values that are stored.
func typeMark(typ Type) string {
	if nilType(typ) {
		return "nil" // which Validate refuses
	}
	switch t := typ.(type) {
	case nil:
		return "text"
	case *FreeText:
		if t.Pattern == nil {
			return "text"
		}
		return fmt.Sprintf("pattern %q", t.Pattern)
	case *Enum:
		values := make([]string, len(t.Values))
		for i, v := range t.Values {
			values[i] = v.Value
		}
		slices.Sort(values)
		return fmt.Sprintf("enum %q", values)
	case *YesNo:
		return fmt.Sprintf("yesno %q %q", t.value(yesNoYes), t.value(yesNoNo))
	case *Number:
		units := make([]string, len(t.Units))
		for i, u := range t.Units {
			units[i] = u.Name
		}
		slices.Sort(units)
		return fmt.Sprintf("number %q %q %v %v %t", t.Unit, units, t.Min, t.Max, t.Integer)
	case *Money:
		return fmt.Sprintf("money %q", t.Currency)
	case fmt.Stringer:
		return fmt.Sprintf("%s %q", reflect.TypeOf(typ), t.String())
	}
	return reflect.TypeOf(typ).String()
}
