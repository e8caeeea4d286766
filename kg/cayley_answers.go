package kg

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
)

// answers is the iterator shape of a query on the indexes. It is immutable;
// each iteration binds it to the state of its first step.
type answers struct {
	qs   *quadStore
	expr nodeExpr
	ctx  context.Context // of Optimize, nil before
}

// firstAnswers is how many results are listed before it is known that more are
// wanted.
const firstAnswers = 256

// Iterate, Lookup and the others are cayley's interface of iterator shapes.
func (a *answers) Iterate() graph.Scanner { return &answerList{answers: a, last: a.ctx} }
func (a *answers) Lookup() graph.Index    { return &answerIndex{answers: a, last: a.ctx} }
func (a *answers) String() string         { return "slotgraph(indexes)" }

func (a *answers) SubIterators() []graph.IteratorShape { return nil }

// Optimize keeps the context: where it is cancelled before the first step,
// cayley asks for no results and then for the error.
func (a *answers) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	return &answers{a.qs, a.expr, ctx}, true
}

func (a *answers) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	size := int64(a.expr.bind(a.qs.snapshot()).estimate())
	return graph.IteratorCosts{ContainsCost: 2, NextCost: 1, Size: graph.Size{Size: size}}, ctx.Err()
}

// AsLegacy returns the iterator of today's cayley.
func (a *answers) AsLegacy() graph.Iterator { return asLegacy(a) }

// answerList goes through the results.
type answerList struct {
	*answers
	last   context.Context // of the last step
	s      *snapshot
	nodes  []node
	more   bool // nodes are the first ones only
	at     int
	result graph.Ref
	err    error
}

func (l *answerList) Next(ctx context.Context) bool {
	l.last = ctx
	if l.err == nil && l.at%256 == 0 {
		l.err = ctx.Err()
	}
	if l.s == nil && l.err == nil {
		l.s = l.qs.snapshot()
		l.list(ctx, firstAnswers)
	} else if l.more && l.at == len(l.nodes) {
		l.list(ctx, 0) // the same ones, and on
	}
	if l.err != nil || l.at >= len(l.nodes) {
		l.result = nil
		return false
	}
	l.result = l.s.ref(l.nodes[l.at])
	l.at++
	return true
}

func (l *answerList) list(ctx context.Context, most int) {
	r := newEvaluation(ctx, l.s)
	r.most = most
	var g bag
	l.expr.bind(l.s).gather(r, &g)
	l.nodes, l.more, l.err = g.nodes, r.cut, r.err
}

func (l *answerList) Result() graph.Ref               { return l.result }
func (l *answerList) NextPath(context.Context) bool   { return false } // Next gives every way
func (l *answerList) TagResults(map[string]graph.Ref) {}
func (l *answerList) Err() error                      { return errOf(l.err, l.last) }
func (l *answerList) Close() error                    { return nil }

func errOf(err error, ctx context.Context) error {
	if err == nil && ctx != nil {
		return ctx.Err()
	}
	return err
}

// answerIndex looks nodes up.
type answerIndex struct {
	*answers
	last   context.Context
	run    *evaluation
	set    nodeSet
	left   int // further ways to the result
	result graph.Ref
}

func (x *answerIndex) Contains(ctx context.Context, ref graph.Ref) bool {
	x.last = ctx
	if x.run == nil {
		s := x.qs.snapshot()
		x.run, x.set = newEvaluation(ctx, s), x.expr.bind(s)
	}
	x.left, x.run.ctx = 0, ctx
	if ref == nil || x.run.stopped() {
		return false
	}
	if n := x.run.s.nodeOf(ref); n != none {
		x.left = x.set.ways(x.run, n)
	}
	if x.left == 0 || x.run.err != nil {
		return false
	}
	x.left--
	x.result = ref
	return true
}

func (x *answerIndex) NextPath(context.Context) bool {
	if x.left == 0 {
		return false
	}
	x.left--
	return true
}

func (x *answerIndex) Result() graph.Ref               { return x.result }
func (x *answerIndex) TagResults(map[string]graph.Ref) {}
func (x *answerIndex) Err() error {
	if x.run == nil {
		return errOf(nil, x.last)
	}
	return errOf(x.run.err, x.last)
}
func (x *answerIndex) Close() error { return nil }

// guess is an iterator that owns to not knowing its size.
type guess struct{ graph.IteratorShape }

func (g guess) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	of, changed := g.IteratorShape.Optimize(ctx)
	return guess{of}, changed
}

func (g guess) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs, err := g.IteratorShape.Stats(ctx)
	costs.Size = graph.Size{Size: max(0, costs.Size.Size)}
	return costs, err
}
