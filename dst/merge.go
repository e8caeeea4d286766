package dst

import (
	"slices"
	"strconv"
	"strings"
)

// merge returns cs with one more thing said about a slot. The table of what
// each operator does to what the slot held stands in apply_test.go; its ideas:
//
//   - a positive value (=, ~) is the newest wish and replaces the others;
//   - a negation refines a positive value, and takes out the one it names;
//   - two bounds hold together unless no value could satisfy both: then the
//     older one was given up;
//   - a preference leaves the bounds and negations that must hold, and gives
//     way to whatever is said of the slot next;
//   - "don't care" replaces everything and gives way to anything.
func merge(cs []Constraint, c Constraint) []Constraint {
	if c.Value == DontCare && c.Op != Eq {
		return cs // a bound on no preference says nothing
	}
	lo, _ := slices.BinarySearchFunc(cs, c.Slot, func(x Constraint, slot string) int { return strings.Compare(x.Slot, slot) })
	hi := lo
	for hi < len(cs) && cs[hi].Slot == c.Slot {
		hi++
	}
	out := make([]Constraint, 0, len(cs)+1)
	out = append(out, cs[:lo]...)
	for _, old := range cs[lo:hi] {
		if survives(old, c) {
			out = append(out, old)
		}
	}
	if c.Op != Remove {
		if c.Op == Add {
			c.Op = Eq
		}
		out = append(out, c)
	}
	out = append(out, cs[hi:]...)
	if len(out) == 0 {
		return nil
	}
	return out
}

// survives reports whether old still holds when next is said of the same slot.
func survives(old, next Constraint) bool {
	if next.Op == Remove {
		return old.Op != Eq || old.Value != next.Value
	}
	if next.Value == DontCare || old.Value == DontCare {
		return false
	}
	same := old.Value == next.Value
	if next.Soft && !old.Soft && (old.Op == Ne || isLower(old.Op) || isUpper(old.Op)) {
		return !same
	}
	switch next.Op {
	case Add:
		return (old.Op == Eq || old.Op == Ne) && !same
	case Ne:
		return !same || old.Op != Eq && old.Op != Ne && old.Op != Around
	case Around:
		return old.Op == Ne && !same
	case Lt, Le, Gt, Ge:
		return old.Op == Ne || isLower(old.Op) && isUpper(next.Op) && satisfiable(old, next) ||
			isUpper(old.Op) && isLower(next.Op) && satisfiable(next, old)
	}
	return false // Eq
}

func isLower(op Op) bool { return op == Gt || op == Ge }
func isUpper(op Op) bool { return op == Lt || op == Le }

// satisfiable reports whether some value could lie between the bounds. Values
// that cannot be compared are given the benefit of the doubt.
func satisfiable(lower, upper Constraint) bool {
	order, ok := compareValues(lower.Value, upper.Value)
	if !ok || order < 0 {
		return true
	}
	return order == 0 && lower.Op == Ge && upper.Op == Le
}

// compareValues orders canonical values: decimals with the same unit behind
// them, and ISO dates and times. It reports false for anything else.
func compareValues(a, b string) (order int, ok bool) {
	x, unitA, okA := cutNumber(a)
	y, unitB, okB := cutNumber(b)
	switch {
	case okA && okB && unitA == unitB:
		switch {
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, true
	case isISO(a) && isISO(b) && len(a) == len(b):
		return strings.Compare(a, b), true
	}
	return 0, false
}

// cutNumber splits "900 USD" into its number and its unit.
func cutNumber(s string) (n float64, unit string, ok bool) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseFloat(number, 64)
	return n, unit, err == nil
}

// isISO reports whether s looks like 2026-11-24, 15:04 or both.
func isISO(s string) bool {
	return len(s) >= 4 && strings.ContainsAny(s, "-:") && strings.Trim(s, "0123456789-:T ") == ""
}
