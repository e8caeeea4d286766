package kg

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// LoadQuadStore adds, in one batch, all quads of another cayley store, such as
// one in PostgreSQL (package kg/postgres opens those). Every term is kept as it
// is there; the label becomes the source. It returns how many quads it read.
func (g *Graph) LoadQuadStore(ctx context.Context, from graph.QuadStore) (int, error) {
	n := 0
	err := g.write(ctx, func(w *writer) error {
		err := eachQuad(ctx, from, func(q quad.Quad) error {
			n++
			return w.quad(q, addQuad)
		})
		w.group()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("kg: load quad store: %w", err)
	}
	return n, nil
}

// eachQuad hands all quads of a store to fn.
func eachQuad(ctx context.Context, qs graph.QuadStore, fn func(quad.Quad) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the store panicked: %v", p)
		}
	}()
	it := qs.QuadsAllIterator()
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.Next(ctx) {
		if err := fn(qs.Quad(it.Result())); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err() // some stores end early without a word
}

// A Mirror keeps another cayley store, such as one in PostgreSQL, the same as a
// graph. It is not safe for concurrent use.
type Mirror struct {
	g    *Graph
	to   graph.QuadStore
	last *snapshot // what the store holds; nil where that is not known
}

// NewMirror returns a mirror of g in the store, which need not be empty: the
// first Sync makes it the same.
func NewMirror(g *Graph, to graph.QuadStore) *Mirror { return &Mirror{g: g, to: to} }

// mirrorBatch is the number of changes in one transaction of the other store.
const mirrorBatch = 10_000

// Sync writes to the store what has changed in the graph since the last Sync,
// and returns how many quads it added and removed. The first one reads the
// whole store and compares; later ones take time in proportion to what changed,
// but for one after the graph was compiled anew, which compares the two states.
// After an error the next Sync reads the store again.
func (m *Mirror) Sync(ctx context.Context) (added, removed int, err error) {
	now, err := m.g.read(ctx, "mirror")
	if err != nil {
		return 0, 0, err
	}
	last := m.last
	m.last = nil
	var deltas []graph.Delta
	if last == nil {
		deltas, err = m.compare(ctx, now)
	} else {
		deltas, err = changedQuads(ctx, last, now)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("kg: mirror: %w", err)
	}
	for len(deltas) > 0 {
		if err := ctx.Err(); err != nil {
			return added, removed, fmt.Errorf("kg: mirror: %w", err)
		}
		batch := deltas[:min(mirrorBatch, len(deltas))]
		if err := m.to.ApplyDeltas(batch, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			return added, removed, fmt.Errorf("kg: mirror: write %d changes: %w", len(batch), err)
		}
		for _, d := range batch {
			if d.Action == graph.Add {
				added++
			} else {
				removed++
			}
		}
		deltas = deltas[len(batch):]
	}
	m.last = now
	return added, removed, nil
}

// compare returns what makes the store the same as the snapshot.
func (m *Mirror) compare(ctx context.Context, now *snapshot) ([]graph.Delta, error) {
	there := map[string]bool{} // by their N-Quads, since times have zones
	var deltas []graph.Delta
	qs := &quadStore{pinned: now}
	err := eachQuad(ctx, m.to, func(q quad.Quad) error {
		if now.hasQuad(q) {
			there[q.NQuad()] = true
		} else {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachQuad(ctx, qs, func(q quad.Quad) error {
		if !there[q.NQuad()] {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
		}
		return nil
	})
	return deltas, err
}

// hasQuad reports whether the snapshot has the quad.
func (s *snapshot) hasQuad(q quad.Quad) bool {
	subject, err1 := termOf(q.Subject)
	object, err2 := termOf(q.Object)
	predicate, err3 := termOf(q.Predicate)
	if errors.Join(err1, err2, err3) != nil {
		return false
	}
	label := none
	if q.Label != nil {
		if t, err := termOf(q.Label); err != nil {
			return false
		} else if label = s.node(t); label == none {
			return false
		}
	}
	n, o, p := s.node(subject), s.node(object), s.node(predicate)
	if n == none || o == none || p == none {
		return false
	}
	for _, r := range s.rows.of(n) {
		if r.object != o || s.quadPredicate(r) != p {
			continue
		}
		for at := r.origin; at != 0; at = s.origins.at(at).rest {
			if s.origins.at(at).label == label {
				return true
			}
		}
	}
	return false
}

// changedQuads returns the quads that one state of a graph has and the other
// has not. States that share pages are compared where they do not.
func changedQuads(ctx context.Context, last, now *snapshot) ([]graph.Delta, error) {
	var deltas []graph.Delta
	gather := func(s, other *snapshot, action graph.Procedure) error {
		qs := &quadStore{pinned: s}
		for at := range s.rows {
			if at%64 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if s.dict == other.dict && at < len(other.rows) && s.rows[at] == other.rows[at] {
				continue
			}
			for _, t := range s.pageTriples(at) {
				for o := t.origin; o != 0; o = s.origins.at(o).rest {
					if q := qs.Quad(quadRef{s, t, s.origins.at(o).label}); !other.hasQuad(q) {
						deltas = append(deltas, graph.Delta{Quad: q, Action: action})
					}
				}
			}
		}
		return nil
	}
	if err := gather(last, now, graph.Delete); err != nil {
		return nil, err
	}
	return deltas, gather(now, last, graph.Add)
}
