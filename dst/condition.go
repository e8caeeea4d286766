package dst

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Condition is what must be known of a slot for another to matter: an
// address is needed only where delivery=true. Its text form is that of a
// constraint in an act, "delivery=true", "party_size>=8", "payment!=cash", or
// the slot alone, which asks that it has any value.
type Condition struct {
	Slot  string // of the same service, without its name
	Op    Op     // one of = != < <= > >=, or "" where any value will do
	Value string // canonical value of the slot's type
}

// ParseCondition reads the text form of a condition. Names and values are
// quoted as in [ParseAct].
func ParseCondition(s string) (Condition, error) {
	name, rest, err := scanName(strings.TrimSpace(s))
	if err != nil {
		return Condition{}, fmt.Errorf("dst: condition %q: %w", s, err)
	}
	c := Condition{Slot: name}
	if rest != "" {
		if c.Op, rest, err = scanOp(rest); err != nil {
			return Condition{}, fmt.Errorf("dst: condition %q: %w", s, err)
		}
		if c.Value, err = scanValue(rest); err != nil {
			return Condition{}, fmt.Errorf("dst: condition %q: %w", s, err)
		}
	}
	if err := c.checkForm(); err != nil {
		return Condition{}, fmt.Errorf("dst: condition %q: %w", s, err)
	}
	return c, nil
}

// ParseConditions reads a list of conditions separated by ";".
func ParseConditions(s string) ([]Condition, error) {
	var out []Condition
	for _, piece := range splitActs(s) {
		if strings.TrimSpace(piece) == "" {
			continue
		}
		c, err := ParseCondition(piece)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// String returns the text form that [ParseCondition] reads.
func (c Condition) String() string {
	return strings.TrimPrefix(Act{Kind: Inform, Slot: c.Slot, Op: c.Op, Value: c.Value}.String(), string(Inform)+" ")
}

// MarshalText makes conditions strings in JSON. It refuses a condition that
// UnmarshalText could not read.
func (c Condition) MarshalText() ([]byte, error) {
	if err := c.checkForm(); err != nil {
		return nil, fmt.Errorf("dst: condition %q: %w", c, err)
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *Condition) UnmarshalText(b []byte) (err error) {
	*c, err = ParseCondition(string(b))
	return err
}

func (c Condition) checkForm() error {
	switch c.Op {
	case "":
		if c.Value != "" {
			return fmt.Errorf("the value %q stands without an operator; use = for equality", c.Value)
		}
	case Eq, Ne, Lt, Le, Gt, Ge:
	default:
		return fmt.Errorf("the operator %q says nothing that could hold or not; use one of = != < <= > >=", c.Op)
	}
	if c.Slot == "" {
		return errors.New("it needs the name of a slot")
	}
	return nil
}

// Applies reports whether a slot, named as in acts, matters in the state: its
// conditions hold, and so do those of the slots that they speak of. A condition
// on a slot of which nothing is known does not hold. Several [Eq] conditions on
// one slot are alternatives; all others hold together. A name that the schema
// does not have matters to nobody.
func (s Schema) Applies(state State, slot string) bool {
	for _, service := range s.Services {
		for i := range service.Slots {
			if service.full(service.Slots[i].Name) == slot {
				return service.applies(state, &service.Slots[i], len(service.Slots))
			}
		}
	}
	return false
}

// Effective returns the state without the values of slots whose conditions do
// not hold: what a program acts on, decodes and searches with. The state itself
// keeps them, so that a customer who goes back to delivery need not give the
// address again.
func (s Schema) Effective(state State) State {
	dormant := func(c Constraint) bool {
		slot, ok := s.Slot(c.Slot)
		return ok && len(slot.When) > 0 && !s.Applies(state, c.Slot)
	}
	if slices.ContainsFunc(state.Constraints, dormant) {
		state.Constraints = slices.DeleteFunc(slices.Clone(state.Constraints), dormant)
		if len(state.Constraints) == 0 {
			state.Constraints = nil
		}
	}
	return state
}

// applies follows conditions to the slots they speak of; depth bounds it in a
// schema whose conditions go in circles, which Validate would refuse.
func (s Service) applies(state State, slot *Slot, depth int) bool {
	if len(slot.When) == 0 {
		return true
	}
	if depth < 0 {
		return false
	}
	for _, c := range slot.When {
		on := s.slot(c.Slot)
		if on == nil || !s.applies(state, on, depth-1) || !c.holds(on, state.Of(s.full(c.Slot)), slot.When) {
			return false
		}
	}
	return true
}

func (s Service) slot(name string) *Slot {
	for i := range s.Slots {
		if s.Slots[i].Name == name {
			return &s.Slots[i]
		}
	}
	return nil
}

// holds reports whether the constraints of the condition's slot make it, or an
// alternative to it among all, true: of alternatives that the user gave
// ("pickup or delivery") each has to, of the values of a Multi slot one.
func (c Condition) holds(slot *Slot, cs []Constraint, all []Condition) bool {
	values, hits := 0, 0
	for _, x := range cs {
		switch {
		case c.Op == "":
			return true
		case x.Op == Eq || x.Op == Around:
			values++
			if c.admits(slot.Type, x.Value) || c.Op == Eq && slices.Contains(all, Condition{c.Slot, Eq, x.Value}) {
				hits++
			}
		case c.implied(slot.Type, x):
			return true
		}
	}
	if slot.Multi && c.Op != Ne {
		return hits > 0
	}
	return values > 0 && hits == values
}

// admits reports whether a value satisfies the condition.
func (c Condition) admits(typ Type, value string) bool {
	if value == DontCare {
		return c.Op == Eq && c.Value == DontCare
	}
	if c.Op == Eq || c.Op == Ne {
		return (value == c.Value) == (c.Op == Eq)
	}
	order, ok := compareAs(typ, value, c.Value)
	switch c.Op {
	case Lt:
		ok = ok && order < 0
	case Le:
		ok = ok && order <= 0
	case Gt:
		ok = ok && order > 0
	case Ge:
		ok = ok && order >= 0
	}
	return ok
}

// implied reports whether a bound or negation makes the condition true by
// itself: at least 12 people are more than 8.
func (c Condition) implied(typ Type, x Constraint) bool {
	if x.Op == Ne {
		return c.Op == Ne && x.Value == c.Value
	}
	order, ok := compareAs(typ, x.Value, c.Value)
	strict := x.Op == Lt || x.Op == Gt
	switch {
	case !ok:
		return false
	case isLower(x.Op) && (c.Op == Gt || c.Op == Ne):
		return order > 0 || order == 0 && strict
	case isLower(x.Op) && c.Op == Ge:
		return order >= 0
	case isUpper(x.Op) && (c.Op == Lt || c.Op == Ne):
		return order < 0 || order == 0 && strict
	case isUpper(x.Op) && c.Op == Le:
		return order <= 0
	}
	return false
}

// compareAs orders two values of a type, or of none.
func compareAs(typ Type, a, b string) (order int, ok bool) {
	if c, ordered := typ.(Comparer); ordered {
		return c.Compare(a, b)
	}
	return compareValues(a, b)
}
