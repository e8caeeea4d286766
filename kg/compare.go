package kg

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// A comparison is of two to five things: more would not be read.
const (
	leastCompared = 2
	mostCompared  = 5
)

// CompareOptions says what a comparison looks at. The zero value of a field
// means its default.
type CompareOptions struct {
	// Predicates are the predicates or paths (see [Condition]) to compare, in
	// their order. The default is every predicate that one of the things has, but
	// the name predicates.
	Predicates []string
	// Leave names predicates that the default is to leave out too.
	Leave []string
	// Lang is the language that the things are named in, as in [Graph.Name].
	Lang string
}

// A Comparison sets things beside each other.
type Comparison struct {
	IDs    []string        `json:"ids"`
	Names  []string        `json:"names"`
	Differ []ComparisonRow `json:"differ"` // what they differ in
	Same   []ComparisonRow `json:"same"`   // what they have in common, if it is that they have no value
}

// A ComparisonRow is the values that things have of one predicate.
type ComparisonRow struct {
	Predicate string `json:"predicate"`
	// Values are those of each thing, in the order of the comparison's IDs; a
	// thing without any has an empty list. Where all are numbers of one dimension
	// they are in one unit, that of the first.
	Values [][]Value `json:"values"`
	// Least and Greatest are the places of the things with the smallest and the
	// greatest value, where two things or more have one, and all values are
	// numbers of one dimension or times, and not all equal. Of several values of a thing the smallest counts for Least,
	// the greatest for Greatest.
	Least    []int `json:"least,omitempty"`
	Greatest []int `json:"greatest,omitempty"`
}

// Compare sets two to five things beside each other: what they differ in, and
// what they have in common. Values are the same where conditions hold them to
// be, 8 GB and 8192 MB for example, in whatever order. It is an error to ask for
// fewer or more things, for one of them twice, or for one that the graph does
// not know. opts may be nil.
func (g *Graph) Compare(ctx context.Context, ids []string, opts *CompareOptions) (Comparison, error) {
	s, err := g.read(ctx, "compare")
	if err != nil {
		return Comparison{}, err
	}
	if opts == nil {
		opts = &CompareOptions{}
	}
	if err := s.checkCompared(ids); err != nil {
		return Comparison{}, fmt.Errorf("kg: compare: %w", err)
	}
	predicates := opts.Predicates
	if len(predicates) == 0 {
		predicates = s.comparable(ids, g.names, opts.Leave)
	}
	out := Comparison{IDs: slices.Clone(ids)}
	for _, id := range ids {
		out.Names = append(out.Names, s.name(g.names, id, opts.Lang))
	}
	for _, p := range predicates {
		if err := ctx.Err(); err != nil {
			return Comparison{}, fmt.Errorf("kg: compare: %w", err)
		}
		row, err := s.compareBy(ids, p)
		if err != nil {
			return Comparison{}, fmt.Errorf("kg: compare: %w", err)
		}
		if row.same() {
			out.Same = append(out.Same, row)
		} else {
			row.order()
			out.Differ = append(out.Differ, row)
		}
	}
	return out, nil
}

func (s *snapshot) checkCompared(ids []string) error {
	if len(ids) < leastCompared || len(ids) > mostCompared {
		return fmt.Errorf("%d things, want %d to %d", len(ids), leastCompared, mostCompared)
	}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return fmt.Errorf("thing %q is to be compared with itself", clip(id))
		}
		if s.thing(id) == none {
			return fmt.Errorf("thing %q is not in the graph", clip(id))
		}
	}
	return nil
}

// comparable returns the predicates of things, sorted, without those of names
// and those to leave out.
func (s *snapshot) comparable(ids, names, leave []string) []string {
	var out []string
	for _, id := range ids {
		for _, f := range s.factsOf(id) {
			base, _ := splitLang(f.Predicate)
			if !slices.Contains(names, base) && !slices.Contains(names, f.Predicate) && !slices.Contains(leave, f.Predicate) {
				out = append(out, f.Predicate)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// compareBy returns the row of one predicate or path, without its order.
func (s *snapshot) compareBy(ids []string, predicate string) (ComparisonRow, error) {
	path, err := s.path(predicate)
	if err != nil {
		return ComparisonRow{}, err
	}
	row := ComparisonRow{Predicate: predicate, Values: make([][]Value, len(ids))}
	for i, id := range ids {
		row.Values[i] = []Value{}
		for _, n := range s.ends(s.thing(id), path) {
			row.Values[i] = append(row.Values[i], s.value(n))
		}
	}
	row.normalise()
	return row, nil
}

// kind returns the class of all the values and for numbers the unit to show
// them in, and false where they do not compare.
func (r *ComparisonRow) kind() (kind Kind, unit string, ok bool) {
	for _, values := range r.Values {
		for _, v := range values {
			if kind != None && v.kind != kind {
				return None, "", false
			}
			if kind = v.kind; kind != Number {
				continue
			}
			if !convertible(unit, v.text) {
				return None, "", false
			}
			if unit == "" {
				unit = v.text
			}
		}
	}
	return kind, unit, kind == Number || kind == Moment
}

// normalise brings numbers to one unit, none twice for a thing. One without a
// unit is read in it.
func (r *ComparisonRow) normalise() {
	kind, unit, ok := r.kind()
	if !ok || kind != Number {
		return
	}
	out := make([][]Value, len(r.Values))
	for i, values := range r.Values {
		out[i] = []Value{}
		for _, v := range values {
			if v.text != "" && v.text != unit {
				v.num = roundOff(v.num * unitOf(v.text).factor / unitOf(unit).factor)
			}
			if math.IsInf(v.num, 0) { // too great for the unit: all stay in their own
				return
			}
			if v = Num(v.num, unit); !slices.Contains(out[i], v) {
				out[i] = append(out[i], v)
			}
		}
	}
	r.Values = out
}

// roundOff takes back what conversion between units adds: see [tolerance].
func roundOff(n float64) float64 {
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 12, 64), 64); err == nil {
		return rounded
	}
	return n
}

// same reports whether all things have the same values.
func (r *ComparisonRow) same() bool {
	within := func(a, b []Value) bool {
		for _, v := range a {
			if !slices.ContainsFunc(b, func(w Value) bool { return equal(v, w) }) {
				return false
			}
		}
		return true
	}
	for _, values := range r.Values[1:] {
		if !within(values, r.Values[0]) || !within(r.Values[0], values) {
			return false
		}
	}
	return true
}

// order finds the least and the greatest, where at least two things have
// values and these are not all equal.
func (r *ComparisonRow) order() {
	have := 0
	for _, values := range r.Values {
		if len(values) > 0 {
			have++
		}
	}
	if _, _, ok := r.kind(); !ok || have < 2 {
		return
	}
	least, atLeast := r.extreme(-1)
	greatest, atGreatest := r.extreme(1)
	if !equal(least, greatest) {
		r.Least, r.Greatest = atLeast, atGreatest
	}
}

// extreme returns the value furthest in a direction, and the places of the
// things that have it.
func (r *ComparisonRow) extreme(sign int) (best Value, at []int) {
	for i, values := range r.Values {
		for _, v := range values {
			c := 1
			if len(at) > 0 {
				c, _ = compare(v, best)
				c *= sign
			}
			if c > 0 {
				best, at = v, []int{i}
			} else if c == 0 && at[len(at)-1] != i {
				at = append(at, i)
			}
		}
	}
	return best, at
}
