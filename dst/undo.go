package dst

import (
	"slices"
	"strings"
)

// maxPast bounds how many turns can be undone, and so what a state holds.
const maxPast = 3

// A Step is what one turn changed, as far as [Undo] takes it back: for each
// slot it touched what was held before, and nothing of the others.
type Step struct {
	Turn    int          `json:"turn,omitempty"`
	Slots   []string     `json:"slots,omitempty"`   // whose constraints changed
	Held    []Constraint `json:"held,omitempty"`    // what these slots held before
	Opened  bool         `json:"opened,omitempty"`  // the open intents changed,
	Intents []string     `json:"intents,omitempty"` // which were these
	Moved   bool         `json:"moved,omitempty"`   // the things talked about changed,
	Focus   []Choice     `json:"focus,omitempty"`   // which were these
}

// remember returns the past of next with the difference between s and next in
// it. What the bot relaxes belongs to the turn that it answers.
func remember(s, next State, relaxed bool) []Step {
	slots := changed(s.Constraints, next.Constraints)
	opened, moved := !slices.Equal(s.Intents, next.Intents), !slices.Equal(s.Focus, next.Focus)
	if len(slots) == 0 && !opened && !moved {
		return next.Past
	}
	past := append(make([]Step, 0, len(next.Past)+1), next.Past...)
	if n := len(past); n == 0 || past[n-1].Turn != s.Turn && !relaxed {
		past = append(past, Step{Turn: s.Turn})
		past = past[max(0, len(past)-maxPast):]
	}
	step := &past[len(past)-1]
	for _, slot := range slots {
		if !slices.Contains(step.Slots, slot) {
			step.Slots = append(slices.Clip(step.Slots), slot)
			step.Held = append(slices.Clip(step.Held), s.Of(slot)...)
		}
	}
	if opened && !step.Opened {
		step.Opened, step.Intents = true, s.Intents
	}
	if moved && !step.Moved {
		step.Moved, step.Focus = true, s.Focus
	}
	return past
}

// changed returns the slots whose constraints say something else, in order.
func changed(a, b []Constraint) []string {
	var out []string
	for len(a) > 0 || len(b) > 0 {
		slot := ""
		if len(b) == 0 || len(a) > 0 && a[0].Slot <= b[0].Slot {
			slot = a[0].Slot
		} else {
			slot = b[0].Slot
		}
		of := func(c Constraint) bool { return c.Slot != slot }
		i, j := slices.IndexFunc(a, of), slices.IndexFunc(b, of)
		if i < 0 {
			i = len(a)
		}
		if j < 0 {
			j = len(b)
		}
		if !slices.EqualFunc(a[:i], b[:j], func(x, y Constraint) bool { return x.Op == y.Op && x.Value == y.Value && x.Soft == y.Soft }) {
			out = append(out, slot)
		}
		a, b = a[i:], b[j:]
	}
	return out
}

// undo takes back the latest step.
func (s State) undo() State {
	n := len(s.Past)
	if n == 0 {
		return s
	}
	step := s.Past[n-1]
	for _, slot := range step.Slots {
		s.Constraints = withSlot(s.Constraints, slot, of(step.Held, slot))
	}
	if step.Opened {
		s.Intents = step.Intents
	}
	if step.Moved {
		s.Focus = step.Focus
	}
	s.Past = slices.Clip(s.Past[:n-1])
	if n == 1 {
		s.Past = nil
	}
	return s
}

// before returns what a slot held before the latest turn that changed it, as
// far as the past reaches.
func (s State) before(slot string) []Constraint {
	for _, step := range slices.Backward(s.Past) {
		if slices.Contains(step.Slots, slot) {
			return of(step.Held, slot)
		}
	}
	return nil
}

func of(cs []Constraint, slot string) []Constraint {
	return keep(cs, func(c Constraint) bool { return c.Slot == slot })
}

// withSlot returns cs with these constraints of a slot, and no others.
func withSlot(cs []Constraint, slot string, held []Constraint) []Constraint {
	out := keep(cs, func(c Constraint) bool { return c.Slot != slot })
	i, _ := slices.BinarySearchFunc(out, slot, func(c Constraint, slot string) int { return strings.Compare(c.Slot, slot) })
	return slices.Insert(out, i, held...)
}
