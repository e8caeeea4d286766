package kg

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// randomTerms makes terms and quads of a small vocabulary, so that they meet.
// Times are whole seconds and typed strings are of no type that has values of
// its own: memstore merges what is written alike.
type randomTerms struct{ r *rand.Rand }

func (m randomTerms) thing() quad.Value {
	if m.r.IntN(8) == 0 {
		return quad.BNode(fmt.Sprint("b", m.r.IntN(2)))
	}
	return quad.IRI(fmt.Sprint("n", m.r.IntN(8)))
}

func (m randomTerms) predicate() quad.Value { return quad.IRI(fmt.Sprint("p", m.r.IntN(5))) }

func (m randomTerms) label() quad.Value {
	return []quad.Value{quad.IRI("l1"), quad.String("l2"), quad.IRI("n1")}[m.r.IntN(3)]
}

func (m randomTerms) literal() quad.Value {
	n := m.r.IntN(4)
	switch m.r.IntN(9) {
	case 0:
		return quad.Int(n - 1)
	case 1:
		return quad.Float(float64(n) - 0.5)
	case 2:
		return quad.Float(n)
	case 3:
		return quad.Bool(n > 1)
	case 4:
		return quad.Time(time.Date(2020+n, 1, 2, 3, 4, 5, 0, time.UTC))
	case 5:
		return quad.LangString{Value: quad.String(fmt.Sprint("s", n%2)), Lang: []string{"en", "zh"}[n/2]}
	case 6:
		return quad.TypedString{Value: quad.String(fmt.Sprint(n)), Type: []quad.IRI{"unit:GB", "ex:type"}[n%2]}
	}
	return quad.String(fmt.Sprint("s", n))
}

func (m randomTerms) term() quad.Value {
	switch m.r.IntN(10) {
	case 0:
		return m.predicate()
	case 1, 2, 3:
		return m.literal()
	}
	return m.thing()
}

func (m randomTerms) quad() quad.Quad {
	q := quad.Quad{Subject: m.thing(), Predicate: m.predicate(), Object: m.term()}
	if m.r.IntN(15) == 0 {
		q.Subject = m.term()
	}
	if m.r.IntN(3) == 0 {
		q.Label = m.label()
	}
	return q
}

func (m randomTerms) some(most int, pick func() quad.Value) []quad.Value {
	var out []quad.Value
	for range 1 + m.r.IntN(most) {
		if v := pick(); !containsValue(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func containsValue(list []quad.Value, v quad.Value) bool {
	for _, o := range list {
		if o == v {
			return true
		}
	}
	return false
}

// vias are some predicates as Path.Out takes them, none of them at times.
func (m randomTerms) vias() []any {
	if m.r.IntN(6) == 0 {
		return nil
	}
	most := 1
	if m.r.IntN(4) == 0 {
		most = 3
	}
	var out []any
	for _, v := range m.some(most, m.predicate) {
		out = append(out, v)
	}
	return out
}

func (m randomTerms) comparison() shape.ValueFilter {
	v := m.literal()
	if m.r.IntN(4) == 0 {
		v = m.thing()
	}
	return shape.Comparison{Op: iterator.Operator(m.r.IntN(4)), Val: v}
}

func (m randomTerms) filters() []shape.ValueFilter {
	out := []shape.ValueFilter{m.comparison()}
	switch m.r.IntN(6) {
	case 0:
		out = append(out, m.comparison())
	case 1:
		out = []shape.ValueFilter{shape.Wildcard{Pattern: []string{"s%", "n?", "%1"}[m.r.IntN(3)]}}
	case 2:
		out = append(out, shape.Regexp{Re: regexp.MustCompile("[s0-2]"), Refs: m.r.IntN(2) == 0})
	}
	return out
}
