package kg

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
)

// store is the cayley memstore, the source of truth. It has no lock of its
// own and races even between readers: every use is under Graph.mu.
type store struct {
	quads   *memstore.QuadStore
	removed int // since quads was made: it never forgets the nodes of what is deleted
}

func newStore() *store { return &store{quads: memstore.New()} }

// rebuildOver is the number of removals from which writing the store anew is
// cheaper than its deletes, each of which scans the whole store.
const rebuildOver = 512

// leftOver is the number of removals, one batch after another, that may leave
// their traces in a store of the given number of facts.
func leftOver(facts int) int { return max(8*rebuildOver, facts) }

// apply writes one batch in one transaction. The caller has made sure that
// every added fact is new and every removed one is there, and passes all facts
// that stand after the batch, and their number.
func (s *store) apply(added, removed []Fact, facts int, all func(func(Fact) bool)) (err error) {
	s.removed += len(removed)
	if len(removed) > rebuildOver || s.removed > leftOver(facts) {
		s.rebuild(all)
		return nil
	}
	defer func() { // memstore panics where its reference counts do not add up; half a batch must not stay
		if recover() != nil {
			s.rebuild(all)
			err = nil
		}
	}()
	deltas := make([]graph.Delta, 0, len(added)+len(removed))
	for _, f := range removed {
		deltas = append(deltas, graph.Delta{Quad: quadOf(f), Action: graph.Delete})
	}
	for _, f := range added {
		deltas = append(deltas, graph.Delta{Quad: quadOf(f), Action: graph.Add})
	}
	// Both are ignored so that memstore does not look every quad up twice.
	err = s.quads.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
	if err != nil {
		return fmt.Errorf("write to the quad store: %w", err)
	}
	return nil
}

// rebuild writes all facts to a new store.
func (s *store) rebuild(all func(func(Fact) bool)) {
	fresh := memstore.New()
	for f := range all {
		fresh.AddQuad(quadOf(f))
	}
	s.quads, s.removed = fresh, 0
}

// View runs fn on the cayley store, for queries in cayley's own language:
//
//	err := g.View(ctx, func(qs graph.QuadStore) error {
//		return path.StartPath(qs, quad.IRI("p1")).Out(quad.IRI("brand")).Iterate(ctx).Unique().EachValue(qs, …)
//	})
//
// fn runs alone: writers and other Views wait for it, while the other methods
// of Graph, which do not touch the store, go on; fn must not write to the
// graph, and must not keep qs, a path or an iterator for later. The store is
// read only there. A context that is cancelled by the time fn returns is an
// error even where fn returned nil, because cayley hands out partial results
// then; a panic of cayley (Path.Out on a wrong type) becomes an error too. The
// package comment says how facts stand in quads.
func (g *Graph) View(ctx context.Context, fn func(graph.QuadStore) error) (err error) {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("kg: view: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return fmt.Errorf("kg: view: %w", ErrClosed)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("kg: view: the query panicked: %v", p)
		}
	}()
	if err := fn(readOnly{g.store.quads}); err != nil {
		return fmt.Errorf("kg: view: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("kg: view: results may be partial: %w", err)
	}
	return nil
}

var errReadOnly = errors.New("the store is read only in View; write with Update")

// readOnly hides the ways of writing to a store.
type readOnly struct{ graph.QuadStore }

func (readOnly) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return errReadOnly }
func (readOnly) NewQuadWriter() (quad.WriteCloser, error)          { return nil, errReadOnly }
func (readOnly) Close() error                                      { return nil }
