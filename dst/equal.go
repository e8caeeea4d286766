package dst

import (
	"math"
	"slices"
)

// Equal reports whether two states are the same to the last detail, evidence
// included: whether [State.AppendBinary] writes the same bytes for them. A list
// that is empty counts as nil.
func (s State) Equal(t State) bool {
	return s.Turn == t.Turn && s.Lang == t.Lang && s.Move == t.Move && s.Pending == t.Pending && s.Confirmation == t.Confirmation &&
		slices.Equal(s.Intents, t.Intents) && equalConstraints(s.Constraints, t.Constraints) &&
		slices.Equal(s.Requested, t.Requested) && slices.Equal(s.System, t.System) && slices.Equal(s.Asked, t.Asked) &&
		slices.Equal(s.Offered, t.Offered) && slices.Equal(s.Focus, t.Focus) && slices.Equal(s.Told, t.Told) &&
		slices.EqualFunc(s.Past, t.Past, equalSteps) && slices.Equal(s.Notes, t.Notes)
}

// equalConstraints compares probabilities by their bits, as they are stored.
func equalConstraints(a, b []Constraint) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := &a[i], &b[i]
		if x == y {
			continue
		}
		e, f := x.Evidence, y.Evidence
		same := math.Float64bits(e.P) == math.Float64bits(f.P)
		e.P, f.P = 0, 0
		if !same || e != f || x.Slot != y.Slot || x.Op != y.Op || x.Value != y.Value || x.Soft != y.Soft {
			return false
		}
	}
	return true
}

func equalSteps(a, b Step) bool {
	return a.Turn == b.Turn && a.Opened == b.Opened && a.Moved == b.Moved && slices.Equal(a.Slots, b.Slots) &&
		equalConstraints(a.Held, b.Held) && slices.Equal(a.Intents, b.Intents) && slices.Equal(a.Focus, b.Focus)
}
