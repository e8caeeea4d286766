package kg

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Other stores may offer more than cayley asks of them, as those of package
// kg/postgres do.
type (
	// quadReader reads all quads at once, in one state, or says why not.
	quadReader interface {
		EachQuad(context.Context, func(quad.Quad) error) error
	}
	// deltaWriter writes one transaction that can be cancelled.
	deltaWriter interface {
		ApplyDeltasContext(context.Context, []graph.Delta, graph.IgnoreOpts) error
	}
)

// LoadQuadStore adds, in one batch, all quads of another cayley store, such as
// one in PostgreSQL (package kg/postgres opens those). Every term is kept as it
// is there, but that an IRI with escapes ("a%20b") or with bytes that need one
// is what it stands for; the label becomes the source. It returns how many quads it read.
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
	defer recovered(&err)
	if r, ok := qs.(quadReader); ok {
		return r.EachQuad(ctx, fn)
	}
	it := qs.QuadsAllIterator()
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.Next(ctx) {
		q := qs.Quad(it.Result())
		if q.Subject == nil || q.Predicate == nil || q.Object == nil {
			return fmt.Errorf("the store gave %v for a quad: a part of it could not be read", q)
		}
		if err := fn(q); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err() // some stores end early without a word
}

// recovered makes an error of a panic, which cayley's stores are not free of.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("the store panicked: %v", p)
	}
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
//
// Cayley's stores know a term by how it is written: the integer 5 and a string
// 5 of type schema:Integer are one to them, and so are two quad.Time of one
// second. Where a graph that was loaded from elsewhere has several such, the
// mirror holds one of them. The facts of this package are not concerned: their
// numbers and times, to the nanosecond, are written as what they are.
func NewMirror(g *Graph, to graph.QuadStore) *Mirror { return &Mirror{g: g, to: to} }

// mirrorBatch is the number of changes in one transaction of the other store.
const mirrorBatch = 10_000

// Sync writes to the store what has changed in the graph since the last Sync,
// and returns how many quads it added and removed. The first one reads the
// whole store and compares; later ones take time in proportion to what changed,
// but for one after the graph was compiled anew, which compares the two states.
// It writes in transactions of 10,000 changes. After an error some of them are
// done, and the next Sync reads the store again and does the rest.
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
		batch := deltas[:min(mirrorBatch, len(deltas))]
		if err := m.apply(ctx, batch); err != nil {
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

func (m *Mirror) apply(ctx context.Context, deltas []graph.Delta) (err error) {
	defer recovered(&err)
	if err := ctx.Err(); err != nil {
		return err
	}
	ignore := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
	if w, ok := m.to.(deltaWriter); ok {
		return w.ApplyDeltasContext(ctx, deltas, ignore)
	}
	return m.to.ApplyDeltas(deltas, ignore)
}

// compare returns what makes the store the same as the snapshot.
func (m *Mirror) compare(ctx context.Context, now *snapshot) ([]graph.Delta, error) {
	there := map[graph.QuadHash]bool{} // whether the snapshot has it too
	var deltas []graph.Delta
	err := eachQuad(ctx, m.to, func(q quad.Quad) error {
		id, has := quadID(q), now.holdsQuad(q)
		there[id] = there[id] || has
		if !has {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Delete})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachQuad(ctx, &quadStore{pinned: now}, func(q quad.Quad) error {
		if id := quadID(q); !there[id] {
			there[id] = true
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
		}
		return nil
	})
	return deltas, err
}

// quadID is what cayley's stores know a quad by.
func quadID(q quad.Quad) (id graph.QuadHash) {
	for _, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			id.Set(d, graph.HashOf(v))
		}
	}
	return id
}

// holdsQuad reports whether the snapshot has the quad, or one that cayley's stores
// do not tell from it.
func (s *snapshot) holdsQuad(q quad.Quad) bool {
	if s.hasQuad(q) {
		return true
	}
	if oneForm(q.Object) && (q.Label == nil || oneForm(q.Label)) {
		return false
	}
	subject, err := termOf(q.Subject)
	if err != nil {
		return false
	}
	n := s.node(subject)
	if n == none {
		return false
	}
	id, qs := quadID(q), &quadStore{pinned: s}
	for _, r := range s.rows.of(n) {
		for at := r.origin; at != 0; at = s.origins.at(at).rest {
			if quadID(qs.Quad(quadRef{s, triple{n, r}, s.origins.at(at).label})) == id {
				return true
			}
		}
	}
	return false
}

// oneForm reports whether no other value is written like v.
func oneForm(v quad.Value) bool {
	switch v.(type) {
	case quad.IRI, quad.BNode, quad.String, quad.LangString:
		return true
	}
	return false
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
					if q := qs.Quad(quadRef{s, t, s.origins.at(o).label}); !other.holdsQuad(q) {
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
