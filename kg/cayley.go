package kg

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// View runs fn on one state of the graph as a cayley store, for queries in
// cayley's own language:
//
//	err := g.View(ctx, func(qs graph.QuadStore) error {
//		return path.StartPath(qs, quad.IRI("p1")).Out(quad.IRI("brand")).Iterate(ctx).Unique().EachValue(qs, …)
//	})
//
// The state is that of the last batch; writers and other readers go on
// meanwhile. Has, In, Out, comparisons and intersections of them run on the
// graph's indexes. The store is read only there. A context that is cancelled by
// the time fn returns is an error even where fn returned nil, because cayley
// hands out partial results then; a panic of cayley (Path.Out on a wrong type)
// becomes an error too. The package comment says how facts stand in quads.
func (g *Graph) View(ctx context.Context, fn func(graph.QuadStore) error) (err error) {
	s, err := g.read(ctx, "view")
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("kg: view: the query panicked: %v", p)
		}
	}()
	if err := fn(&quadStore{pinned: s}); err != nil {
		return fmt.Errorf("kg: view: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("kg: view: results may be partial: %w", err)
	}
	return nil
}

// QuadStore returns the graph as a cayley store that can be written to, for
// programs that are made for one. It is safe for concurrent use, unlike
// cayley's own. Each iterator works on one state, that of its making or of its
// first step; for queries that must see one state throughout, use [Graph.View]. Quads
// that differ by their label alone are one fact with several origins. Closing
// the store leaves the graph open.
func (g *Graph) QuadStore() graph.QuadStore { return &quadStore{g: g} }

// quadStore is a snapshot, or a graph's latest, in cayley's terms.
type quadStore struct {
	g      *Graph
	pinned *snapshot // nil for the latest of g
}

var closedSnapshot = sync.OnceValue(emptySnapshot)

func (qs *quadStore) snapshot() *snapshot {
	if qs.pinned != nil {
		return qs.pinned
	}
	if s := qs.g.snap.Load(); s != nil {
		return s
	}
	return closedSnapshot() // reads of cayley's have no way of returning an error
}

// nodeRef is a term of a dictionary.
type nodeRef struct{ *Value }

// Key returns the term.
func (r nodeRef) Key() any { return *r.Value }

// quadRef is a quad of a snapshot.
type quadRef struct {
	s     *snapshot
	t     triple
	label node
}

type quadKey struct{ subject, predicate, object, label Value }

// Key returns the terms of the quad.
func (r quadRef) Key() any {
	k := quadKey{subject: *r.s.terms.at(r.t.subject), predicate: *r.s.terms.at(r.s.quadPredicate(r.t.row)), object: *r.s.terms.at(r.t.object)}
	if r.label != none {
		k.label = *r.s.terms.at(r.label)
	}
	return k
}

// quadPredicate is the predicate that the quads of a row have: of a tagged
// text of "name@zh" it is "name".
func (s *snapshot) quadPredicate(r row) node {
	p := s.preds[r.predicate]
	if p.base != p.term {
		if v := s.terms.at(r.object); v.kind == langText && v.text[v.aux:] == p.lang {
			return p.base
		}
	}
	return p.term
}

func (s *snapshot) ref(n node) graph.Ref {
	if n == none {
		return nil
	}
	return nodeRef{s.terms.at(n)}
}

// nodeOf returns the node that a reference is to, none where the snapshot has
// no such term.
func (s *snapshot) nodeOf(r graph.Ref) node {
	switch r := r.(type) {
	case nodeRef:
		return s.node(*r.Value)
	case graph.PreFetchedValue:
		if t, err := termOf(r.NameOf()); err == nil {
			return s.node(t)
		}
	}
	return none
}

// ValueOf returns the reference of a term, nil for one that is in no quad.
func (qs *quadStore) ValueOf(v quad.Value) graph.Ref {
	if v == nil {
		return nil
	}
	t, err := termOf(v)
	if err != nil {
		return nil
	}
	s := qs.snapshot()
	if n := s.node(t); n != none && s.inUse(n) {
		return s.ref(n)
	}
	return nil
}

// NameOf returns the term of a reference.
func (qs *quadStore) NameOf(r graph.Ref) quad.Value {
	switch r := r.(type) {
	case nodeRef:
		return quadValue(*r.Value)
	case graph.PreFetchedValue:
		return r.NameOf()
	}
	return nil
}

// Quad returns the quad of a reference.
func (qs *quadStore) Quad(r graph.Ref) quad.Quad {
	q, ok := r.(quadRef)
	if !ok {
		return quad.Quad{}
	}
	return quad.Quad{
		Subject:   qs.NameOf(q.direction(quad.Subject)),
		Predicate: qs.NameOf(q.direction(quad.Predicate)),
		Object:    qs.NameOf(q.direction(quad.Object)),
		Label:     qs.NameOf(q.direction(quad.Label)),
	}
}

// QuadDirection returns one of the terms of a quad.
func (qs *quadStore) QuadDirection(r graph.Ref, d quad.Direction) graph.Ref {
	if q, ok := r.(quadRef); ok {
		return q.direction(d)
	}
	return nil
}

func (r quadRef) direction(d quad.Direction) graph.Ref { return r.s.ref(r.node(d)) }

func (r quadRef) node(d quad.Direction) node {
	switch d {
	case quad.Subject:
		return r.t.subject
	case quad.Predicate:
		return r.s.quadPredicate(r.t.row)
	case quad.Object:
		return r.t.object
	case quad.Label:
		return r.label
	}
	return none
}

// Stats returns the numbers of nodes and quads.
func (qs *quadStore) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	if err := ctx.Err(); err != nil {
		return graph.Stats{}, err
	}
	s := qs.snapshot()
	st := graph.Stats{
		Nodes: graph.Size{Size: int64(s.terms.n)},
		Quads: graph.Size{Size: int64(s.quads), Exact: true},
	}
	if exact {
		st.Nodes = graph.Size{Size: int64(s.liveCount()), Exact: true}
	}
	return st, nil
}

// Close does nothing: the graph stays open.
func (qs *quadStore) Close() error { return nil }

var errReadOnly = errors.New("the store is read only in View; write with Update, or to Graph.QuadStore")

// ApplyDeltas writes one batch, all or nothing.
func (qs *quadStore) ApplyDeltas(in []graph.Delta, ignore graph.IgnoreOpts) error {
	if qs.g == nil {
		return errReadOnly
	}
	return qs.g.write(context.Background(), func(w *writer) error {
		for _, d := range in {
			kind := addQuad
			if d.Action == graph.Delete {
				kind = removeQuad
			}
			if err := w.quad(d.Quad, kind); err != nil {
				return &graph.DeltaError{Delta: d, Err: err}
			}
		}
		if err := w.missing(in, ignore); err != nil {
			return err
		}
		w.group()
		return nil
	})
}

func badQuad(part string, q quad.Quad, err error) error {
	return fmt.Errorf("kg: write quad %s: %s: %w", clip(q.String()), part, err)
}

// NewQuadWriter returns a writer that makes one batch of each WriteQuads, and
// ignores quads that are there already.
func (qs *quadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if qs.g == nil {
		return nil, errReadOnly
	}
	return NewQuadWriter(qs), nil
}

// NewQuadWriter returns a writer to a cayley store that makes one transaction of
// each WriteQuads, and ignores quads that are there already: what stores answer
// to their method of that name.
func NewQuadWriter(to graph.QuadStore) quad.WriteCloser { return quadWriter{to} }

type quadWriter struct{ to graph.QuadStore }

func (w quadWriter) WriteQuad(q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}

func (w quadWriter) WriteQuads(list []quad.Quad) (int, error) {
	deltas := make([]graph.Delta, len(list))
	for i, q := range list {
		deltas[i] = graph.Delta{Quad: q, Action: graph.Add}
	}
	if err := w.to.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		return 0, err
	}
	return len(list), nil
}

func (quadWriter) Close() error { return nil }
