package dst

import "strings"

// Flat is the state as a map of slots to values, the form in which trackers
// are compared: several values of a slot are joined by a space, a range reads
// "500-900", a bound ">=500"; negations are left out.
func (s State) Flat() map[string]string {
	out := map[string]string{}
	for i := 0; i < len(s.Constraints); {
		terms := s.Of(s.Constraints[i].Slot)
		if v := flatValue(terms); v != "" {
			out[terms[0].Slot] = v
		}
		i += len(terms)
	}
	return out
}

func flatValue(terms []Constraint) string {
	var equal []string
	low, high := "", ""
	for _, t := range terms {
		switch t.Op {
		case Eq, Around:
			equal = append(equal, t.Value)
		case Ge, Gt:
			low = t.Value
		case Le, Lt:
			high = t.Value
		}
	}
	switch {
	case len(equal) > 0:
		return strings.Join(equal, " ")
	case low != "" && high != "":
		return low + "-" + high
	case low != "":
		return ">=" + low
	case high != "":
		return "<=" + high
	}
	return ""
}
