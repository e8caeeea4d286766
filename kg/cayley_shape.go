package kg

import (
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// nodesShape is the part of a query that runs on the indexes. It holds terms
// and no numbers, and so outlives the state in which it was made.
type nodesShape struct {
	qs   *quadStore
	expr nodeExpr
}

// BuildIterator makes the iterator of the shape.
func (n *nodesShape) BuildIterator(graph.QuadStore) graph.Iterator {
	return (&answers{qs: n.qs, expr: n.expr}).AsLegacy()
}

// Optimize has nothing left to do.
func (n *nodesShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return n, false }

// OptimizeShape replaces the parts of a query that the indexes can answer. The
// parts below s are optimised already; what it does not know stays as it is
// and runs on cayley's own iterators.
func (qs *quadStore) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	var e nodeExpr
	switch s := s.(type) {
	case shape.QuadsAction:
		e = qs.actionExpr(s)
	case shape.NodesFrom:
		if q, ok := s.Quads.(shape.Quads); ok {
			e = qs.quadsExpr(s.Dir, q)
		}
	case shape.Intersect:
		return qs.merge(s, s, func(parts []nodeExpr) nodeExpr { return flatInter(parts) }, func(list []shape.Shape) shape.Shape { return shape.Intersect(list) })
	case shape.Union:
		some := slices.DeleteFunc(slices.Clone(s), shape.IsNull) // cayley would build them
		if len(some) == 0 {
			return shape.Null{}, true
		}
		return qs.merge(some, some, func(parts []nodeExpr) nodeExpr { return unionExpr(parts) }, func(list []shape.Shape) shape.Shape { return shape.Union(list) })
	case shape.Unique:
		if of := qs.exprOf(s.From); of != nil {
			e = uniqueExpr{of}
		}
	case shape.Filter:
		if _, all := s.From.(shape.AllNodes); !all { // all nodes are cayley's to go through
			e = qs.exprOf(s)
		}
	case shape.Except:
		if e = qs.exceptExpr(s); e == nil {
			return exceptShape{s}, true
		}
	case shape.Count:
		return countShape{s}, true
	}
	if e == nil {
		return s, false
	}
	return &nodesShape{qs, e}, true
}

// exprOf returns what a shape of nodes stands for, nil where that is not for
// the indexes.
func (qs *quadStore) exprOf(s shape.Shape) nodeExpr {
	switch s := s.(type) {
	case *nodesShape:
		if s.qs == qs {
			return s.expr
		}
	case shape.Fixed:
		if terms := fixedTerms(s); terms != nil {
			return fixedExpr(terms)
		}
	case shape.Filter:
		tests := comparisons(s.Filters)
		if tests == nil {
			return nil
		}
		if _, all := s.From.(shape.AllNodes); all {
			return filterExpr{nil, tests}
		}
		if of := qs.exprOf(s.From); of != nil {
			return filterExpr{of, tests}
		}
	}
	return nil
}

// fixedTerms returns the terms of references, nil where one is of another
// store's making.
func fixedTerms(refs []graph.Ref) []Value {
	out := make([]Value, 0, len(refs))
	for _, r := range refs {
		switch r := r.(type) {
		case nodeRef:
			out = append(out, *r.Value)
		case graph.PreFetchedValue:
			t, err := termOf(r.NameOf())
			if err != nil {
				return nil
			}
			out = append(out, t)
		default:
			return nil
		}
	}
	return out
}

// comparisons returns the filters where all are comparisons, else nil.
func comparisons(filters []shape.ValueFilter) []shape.Comparison {
	out := make([]shape.Comparison, 0, len(filters))
	for _, f := range filters {
		c, ok := f.(shape.Comparison)
		if !ok || c.Op < iterator.CompareLT || c.Op > iterator.CompareGTE {
			return nil
		}
		out = append(out, c)
	}
	return out
}

// actionExpr is a step from one term, or along one predicate.
func (qs *quadStore) actionExpr(a shape.QuadsAction) nodeExpr {
	if len(a.Save) > 0 {
		return nil
	}
	q := make(shape.Quads, 0, len(a.Filter))
	for _, d := range []quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label} {
		if r, ok := a.Filter[d]; ok {
			q = append(q, shape.QuadFilter{Dir: d, Values: shape.Fixed{r}})
		}
	}
	return qs.quadsExpr(a.Result, q)
}

// quadsExpr is a step to the given end of quads: from what the filters want of
// the other end, and into what they want of this one.
func (qs *quadStore) quadsExpr(to quad.Direction, q shape.Quads) nodeExpr {
	if to != quad.Subject && to != quad.Object {
		return nil
	}
	step := stepExpr{inverse: to == quad.Subject}
	var goal nodeExpr
	for _, f := range q {
		if _, all := f.Values.(shape.AllNodes); all && f.Dir != quad.Label {
			continue
		}
		e := qs.exprOf(f.Values)
		switch {
		case e == nil || f.Dir == quad.Label || f.Dir == quad.Any:
			return nil
		case f.Dir == quad.Predicate:
			terms, fixed := e.(fixedExpr)
			if !fixed || step.via != nil {
				return nil
			}
			step.via = terms
		case f.Dir == to && goal == nil:
			goal = e
		case f.Dir != to && step.from == nil:
			step.from = e
		default: // two filters of one end are for cayley
			return nil
		}
	}
	switch {
	case step.from == nil && step.via == nil:
		return nil
	case goal != nil:
		return flatInter([]nodeExpr{goal, step})
	}
	return step
}

// merge makes one expression of those parts that are for the indexes, the
// first one's place being that of all.
func (qs *quadStore) merge(s shape.Shape, parts []shape.Shape, join func([]nodeExpr) nodeExpr, rest func([]shape.Shape) shape.Shape) (shape.Shape, bool) {
	var ours []nodeExpr
	var others []shape.Shape
	at := -1
	for _, p := range parts {
		if e := qs.exprOf(p); e == nil {
			others = append(others, p)
			continue
		} else if ours = append(ours, e); at < 0 {
			at = len(others)
			others = append(others, nil)
		}
	}
	if len(ours) < 2 {
		return s, true
	}
	merged := &nodesShape{qs, join(ours)}
	if len(others) == 1 {
		return merged, true
	}
	others[at] = merged
	return rest(others), true
}

func flatInter(parts []nodeExpr) nodeExpr {
	var out interExpr
	for _, p := range parts {
		if in, ok := p.(interExpr); ok {
			out = append(out, in...)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// exceptExpr is what remains of all nodes.
func (qs *quadStore) exceptExpr(s shape.Except) nodeExpr {
	if _, all := s.From.(shape.AllNodes); !all && s.From != nil {
		return nil
	}
	if of := qs.exprOf(s.Exclude); of != nil {
		return exceptExpr{of}
	}
	return nil
}

// countShape counts what there is, where cayley would believe the size that
// an intersection reports.
type countShape struct{ shape.Count }

// BuildIterator makes the iterator of the count.
func (c countShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	if shape.IsNull(c.Values) {
		return iterator.NewCount(iterator.NewNull(), qs)
	}
	it := c.Values.BuildIterator(qs)
	return iterator.NewCount(graph.NewLegacy(guess{graph.AsShape(it)}, nil), qs)
}

// Optimize has nothing left to do.
func (c countShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return c, false }

// exceptShape keeps the size of a difference from falling below zero: by a
// size of -1 cayley divides by zero.
type exceptShape struct{ shape.Except }

// BuildIterator makes the iterator of the difference.
func (e exceptShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(guess{graph.AsShape(e.Except.BuildIterator(qs))}, nil)
}

// Optimize has nothing left to do.
func (e exceptShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return e, false }
