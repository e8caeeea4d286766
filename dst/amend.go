package dst

import (
	"reflect"
	"slices"
	"strings"
)

// An Amendment is what makes one state of another besides acts: a program may
// take back what a message was taken for, or set what nobody said. The zero value
// is none.
type Amendment struct {
	Slots  []string `json:"slots,omitempty"`  // whose constraints are those in State, and no others
	Fields []string `json:"fields,omitempty"` // further fields of the state, by their names in JSON, that are as in State
	Steps  [2]int   `json:"steps,omitzero"`   // where "past" is among Fields: the steps [from, to) stay, with those in State after them
	State  State    `json:"state,omitzero"`   // the new values; of the rest it holds nothing
}

// IsZero reports whether the amendment changes nothing.
func (a Amendment) IsZero() bool { return len(a.Slots)+len(a.Fields) == 0 }

// amendment returns what makes want of got.
func amendment(got, want State) (a Amendment) {
	a.Slots = heldOtherwise(got.Constraints, want.Constraints)
	for _, slot := range a.Slots {
		a.State.Constraints = append(a.State.Constraints, want.Of(slot)...)
	}
	g, w, to := reflect.ValueOf(got), reflect.ValueOf(want), reflect.ValueOf(&a.State).Elem()
	for i := range g.NumField() {
		name := fieldName(g.Type().Field(i))
		if name == "constraints" || sameField(g.Field(i), w.Field(i)) {
			continue
		}
		a.Fields = append(a.Fields, name)
		if name == "past" {
			a.Steps, a.State.Past = steps(got.Past, want.Past)
			continue
		}
		to.Field(i).Set(w.Field(i))
	}
	return a
}

// amend applies an amendment. What does not fit the state, in a log that is
// damaged, is passed over.
func (s State) amend(a Amendment) State {
	for _, slot := range a.Slots {
		s.Constraints = withSlot(s.Constraints, slot, a.State.Of(slot))
	}
	if len(s.Constraints) == 0 {
		s.Constraints = nil
	}
	if len(a.Fields) > 0 {
		s = s.amendFields(a)
	}
	return s
}

// amendFields sets the fields of an amendment.
func (s State) amendFields(a Amendment) State {
	from, to := reflect.ValueOf(a.State), reflect.ValueOf(&s).Elem()
	for i := range to.NumField() {
		switch name := fieldName(to.Type().Field(i)); {
		case !slices.Contains(a.Fields, name) || name == "constraints":
		case name == "past":
			n := len(s.Past)
			low := min(max(a.Steps[0], 0), n)
			s.Past = slices.Concat(s.Past[low:min(max(a.Steps[1], low), n)], a.State.Past)
		default:
			to.Field(i).Set(from.Field(i))
		}
	}
	return s
}

func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func sameField(a, b reflect.Value) bool {
	return a.Kind() == reflect.Slice && a.Len()+b.Len() == 0 || reflect.DeepEqual(a.Interface(), b.Interface())
}

// heldOtherwise returns the slots whose constraints differ in anything, in order.
func heldOtherwise(a, b []Constraint) []string {
	var out []string
	for _, c := range slices.Concat(a, b) {
		if !slices.Contains(out, c.Slot) && !slices.Equal(of(a, c.Slot), of(b, c.Slot)) {
			out = append(out, c.Slot)
		}
	}
	slices.Sort(out)
	return out
}

// steps finds the longest run of steps of got that want begins with, and what
// follows it there.
func steps(got, want []Step) (kept [2]int, rest []Step) {
	rest = want
	for low := range got {
		n := 0
		for low+n < len(got) && n < len(want) && reflect.DeepEqual(got[low+n], want[n]) {
			n++
		}
		if n > kept[1]-kept[0] {
			kept, rest = [2]int{low, low + n}, want[n:]
		}
	}
	return kept, rest
}
