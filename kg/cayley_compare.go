package kg

import (
	"math"
	"time"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// holdsFor reports whether a comparison of cayley's holds for a term. Only
// values of one type compare, an Int with no Float; where the comparison is
// with a value of a type without an order, the forms in N-Quads compare.
func holdsFor(c *shape.Comparison, v *Value) bool {
	switch want := c.Val.(type) {
	case quad.Float:
		if v.kind == Number && v.text == "" {
			return iterator.RunFloatOp(quad.Float(v.num), c.Op, want)
		}
		if v.kind == oddFloat {
			return iterator.RunFloatOp(quadValue(*v).(quad.Float), c.Op, want)
		}
		return false
	case quad.Int:
		return v.kind == integer && iterator.RunIntOp(quadValue(*v).(quad.Int), c.Op, want)
	case quad.String:
		return v.kind == String && iterator.RunStrOp(v.text, c.Op, string(want))
	case quad.Time:
		return v.kind == clock && iterator.RunTimeOp(time.Unix(int64(v.num), int64(v.aux)), c.Op, time.Time(want))
	case quad.IRI:
		got, ok := thingValue(v).(quad.IRI)
		return ok && iterator.RunStrOp(string(got), c.Op, string(want))
	case quad.BNode:
		got, ok := thingValue(v).(quad.BNode)
		return ok && iterator.RunStrOp(string(got), c.Op, string(want))
	}
	return iterator.RunStrOp(quad.StringOf(quadValue(*v)), c.Op, quad.StringOf(c.Val))
}

// thingValue is the IRI or blank node of a thing, nil for other terms.
func thingValue(v *Value) quad.Value {
	if v.kind != Thing {
		return nil
	}
	return quadValue(*v)
}

// A columnSpan is a part of a column.
type columnSpan struct {
	col    *column
	lo, hi int
}

// spans returns the parts of p's columns that hold all objects in from, beside
// the odd floats, and false where columns do not help.
func (t *stepSet) spans(p *predicate) ([]columnSpan, bool) {
	f, ok := t.from.(filterSet)
	if !ok || !t.inverse || f.of != nil {
		return nil, false
	}
	kind, lo, hi := numericRange(f.tests)
	if kind == None {
		return nil, false
	}
	var out []columnSpan
	for _, c := range p.columns {
		if c.kind == kind && c.unit == "" {
			first := c.search(func(key float64, _ link) bool { return key >= lo })
			end := c.search(func(key float64, _ link) bool { return key > hi })
			if first < end {
				out = append(out, columnSpan{c, first, end})
			}
		}
	}
	return out, true
}

// numericRange returns the column and the keys outside of which some test
// fails, None for the kind where no test is of numbers or times.
func numericRange(tests []shape.Comparison) (kind Kind, lo, hi float64) {
	lo, hi = math.Inf(-1), math.Inf(1)
	for _, c := range tests {
		var key float64
		switch v := c.Val.(type) {
		case quad.Float:
			kind, key = Number, float64(v)
		case quad.Int:
			kind, key = Number, float64(v)
		case quad.Time:
			kind, key = Moment, float64(time.Time(v).Unix())
		default:
			continue
		}
		switch {
		case math.IsNaN(key): // nothing compares with it; the test itself says so
		case c.Op == iterator.CompareLT || c.Op == iterator.CompareLTE:
			hi = min(hi, key)
		default:
			lo = max(lo, key)
		}
	}
	return kind, lo, hi
}

// oddFloats returns the floats that are in no column.
func (s *snapshot) oddFloats() []node {
	var out []node
	for _, f := range [...]float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1)} {
		if n := s.node(floatTerm(f)); n != none {
			out = append(out, n)
		}
	}
	return out
}
