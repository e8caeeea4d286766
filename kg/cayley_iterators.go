package kg

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// refs is a set of references that cayley can iterate over and look into. It
// is immutable, the iterators over it are not.
type refs struct {
	name string
	size graph.Size
	// scan starts an iteration; the function that it returns appends further
	// references, none at the end.
	scan func() func(buf []graph.Ref) []graph.Ref
	has  func(graph.Ref) bool
}

// Iterate, Lookup and the others are cayley's interface of iterator shapes.
func (r *refs) Iterate() graph.Scanner { return &scanner{refs: r, more: r.scan()} }
func (r *refs) Lookup() graph.Index    { return &scanner{refs: r} }
func (r *refs) String() string         { return r.name }

func (r *refs) SubIterators() []graph.IteratorShape                  { return nil }
func (r *refs) Optimize(context.Context) (graph.IteratorShape, bool) { return r, false }
func (r *refs) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	return graph.IteratorCosts{ContainsCost: 2, NextCost: 1, Size: r.size}, ctx.Err()
}

// AsLegacy returns the iterator of today's cayley.
func (r *refs) AsLegacy() graph.Iterator { return asLegacy(r) }

// legacy is a shape as an iterator of today's cayley.
type legacy struct {
	graph.Iterator
	shape graph.IteratorShape
}

func asLegacy(shape graph.IteratorShape) graph.Iterator {
	it := &legacy{shape: shape}
	it.Iterator = graph.NewLegacy(shape, it)
	return it
}

func (l *legacy) AsShape() graph.IteratorShape { return l.shape }

// scanner iterates over refs or looks into them.
type scanner struct {
	*refs
	more   func([]graph.Ref) []graph.Ref
	buffer []graph.Ref
	at     int
	result graph.Ref
	steps  int
	last   context.Context // of the last step
	err    error
}

func (s *scanner) Next(ctx context.Context) bool {
	if s.stopped(ctx) || s.more == nil {
		return false
	}
	if s.at == len(s.buffer) {
		if s.buffer, s.at = s.more(s.buffer[:0]), 0; len(s.buffer) == 0 {
			s.more, s.result = nil, nil
			return false
		}
	}
	s.result = s.buffer[s.at]
	s.at++
	return true
}

// stopped looks at the context now and then, at the first step for certain.
func (s *scanner) stopped(ctx context.Context) bool {
	s.last = ctx
	if s.err == nil && s.steps%256 == 0 {
		s.err = ctx.Err()
	}
	s.steps++
	return s.err != nil
}

func (s *scanner) Contains(ctx context.Context, r graph.Ref) bool {
	if s.stopped(ctx) || r == nil || !s.has(r) {
		return false
	}
	s.result = r
	return true
}

func (s *scanner) Result() graph.Ref               { return s.result }
func (s *scanner) NextPath(context.Context) bool   { return false }
func (s *scanner) TagResults(map[string]graph.Ref) {}
func (s *scanner) Err() error                      { return errOf(s.err, s.last) }
func (s *scanner) Close() error                    { return nil }

// quadsOf makes a set of the statements of triples that come in batches. only
// is the label that they must have, where it is not none.
func (s *snapshot) quadsOf(name string, size graph.Size, triples func() func() []triple, only node, has func(quadRef) bool) *refs {
	return &refs{name: name, size: size,
		scan: func() func([]graph.Ref) []graph.Ref {
			next := triples()
			return func(buf []graph.Ref) []graph.Ref {
				for len(buf) == 0 {
					batch := next()
					if batch == nil {
						return buf
					}
					for _, t := range batch {
						for o := t.origin; o != 0; o = s.origins.at(o).rest {
							if label := s.origins.at(o).label; only == none || label == only {
								buf = append(buf, quadRef{s, t, label})
							}
						}
					}
				}
				return buf
			}
		},
		has: func(r graph.Ref) bool {
			q, ok := s.here(r)
			return ok && has(q)
		},
	}
}

// here translates a reference to a quad of perhaps another snapshot, false
// where this one does not have it.
func (s *snapshot) here(r graph.Ref) (quadRef, bool) {
	q, ok := r.(quadRef)
	if !ok || q.s == s {
		return q, ok
	}
	at := func(n node) node {
		if n == none {
			return none
		}
		return s.node(*q.s.terms.at(n))
	}
	pred, ok := s.predIDs[q.s.preds[q.t.predicate].name]
	subject, object, label := at(q.t.subject), at(q.t.object), at(q.label)
	if !ok || subject == none || object == none || q.label != none && label == none {
		return quadRef{}, false
	}
	for _, row := range s.factsWith(subject, pred) {
		for o := row.origin; row.object == object && o != 0; o = s.origins.at(o).rest {
			if s.origins.at(o).label == label {
				return quadRef{s, triple{subject, row}, label}, true
			}
		}
	}
	return quadRef{}, false
}

// oneBatch hands out triples that are there already.
func oneBatch(list []triple) func() func() []triple {
	return func() func() []triple {
		left := list
		return func() []triple {
			out := left
			left = nil
			if len(out) == 0 {
				return nil
			}
			return out
		}
	}
}

// QuadsAllIterator iterates over all quads.
func (qs *quadStore) QuadsAllIterator() graph.Iterator {
	s := qs.snapshot()
	pages := func() func() []triple {
		at := 0
		return func() []triple {
			for at++; at <= len(s.rows); at++ {
				if list := s.pageTriples(at - 1); len(list) > 0 {
					return list
				}
			}
			return nil
		}
	}
	return s.quadsOf("slotgraph(all quads)", graph.Size{Size: int64(s.quads), Exact: true}, pages, none,
		func(quadRef) bool { return true }).AsLegacy()
}

// pageTriples returns the triples of one page of subjects.
func (s *snapshot) pageTriples(at int) []triple {
	var out []triple
	for n, rows := range s.rows[at : at+1].each {
		for _, r := range rows {
			out = append(out, triple{node(at*pageSubjects) + n, r})
		}
	}
	return out
}

// QuadIterator iterates over the quads that have the term in the direction, in
// the state of its first step.
func (qs *quadStore) QuadIterator(d quad.Direction, v graph.Ref) graph.Iterator {
	r := qs.snapshot().quadsWith(d, v)
	if qs.pinned == nil {
		r.scan = func() func([]graph.Ref) []graph.Ref {
			var more func([]graph.Ref) []graph.Ref
			return func(buf []graph.Ref) []graph.Ref {
				if more == nil {
					more = qs.snapshot().quadsWith(d, v).scan()
				}
				return more(buf)
			}
		}
	}
	return r.AsLegacy()
}

func (s *snapshot) quadsWith(d quad.Direction, v graph.Ref) *refs {
	n := s.nodeOf(v)
	only := none
	var triples func() func() []triple
	size := graph.Size{}
	switch {
	case n == none:
		triples = oneBatch(nil)
	case d == quad.Predicate:
		triples, size.Size = s.predicateTriples(n)
	default:
		var list []triple
		switch d {
		case quad.Subject:
			for _, r := range s.rows.of(n) {
				list = append(list, triple{n, r})
			}
		case quad.Object:
			list = s.objectTriples(n)
		case quad.Label:
			list, only = s.labelTriples(n), n
		}
		triples, size = oneBatch(list), graph.Size{Size: int64(len(list)), Exact: true}
	}
	return s.quadsOf(fmt.Sprintf("slotgraph(%v)", d), size, triples, only, func(q quadRef) bool { return n != none && q.node(d) == n })
}

// rowsWith returns the triples of a predicate and object.
func (s *snapshot) triplesWith(out []triple, pred uint32, object node, subjects []node) []triple {
	for _, n := range subjects {
		for _, r := range s.factsWith(n, pred) {
			if r.object == object {
				out = append(out, triple{n, r})
				break
			}
		}
	}
	return out
}

func (s *snapshot) objectTriples(object node) []triple {
	var out []triple
	for i, p := range s.preds {
		out = s.triplesWith(out, uint32(i), object, p.posts.of(object))
	}
	return out
}

// labelTriples looks at every fact: sources have no index.
func (s *snapshot) labelTriples(label node) []triple {
	var out []triple
	for n, rows := range s.rows.each {
		for _, r := range rows {
			for o := r.origin; o != 0; o = s.origins.at(o).rest {
				if s.origins.at(o).label == label {
					out = append(out, triple{n, r})
					break
				}
			}
		}
	}
	return out
}

// quadPredicates returns the predicates some of whose quads have the term as
// theirs.
func (s *snapshot) quadPredicates(term node) []uint32 {
	var out []uint32
	for i, p := range s.preds {
		if p.facts > 0 && (p.term == term || p.base == term) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// predicateTriples hands out the triples of a quad predicate, a chunk at a
// time, and about how many there are.
func (s *snapshot) predicateTriples(term node) (func() func() []triple, int64) {
	preds := s.quadPredicates(term)
	size := 0
	for _, p := range preds {
		size += s.preds[p].facts
	}
	return func() func() []triple {
		preds, chunk := slices.Clone(preds), 0
		return func() []triple {
			for len(preds) > 0 {
				p := s.preds[preds[0]]
				if chunk == len(p.posts.chunks) {
					preds, chunk = preds[1:], 0
					continue
				}
				if list := s.chunkTriples(preds[0], p.posts.chunks[chunk:chunk+1], term); len(list) > 0 {
					chunk++
					return list
				}
				chunk++
			}
			return nil
		}
	}, int64(size)
}

func (s *snapshot) chunkTriples(pred uint32, chunks []*postChunk, term node) []triple {
	var out []triple
	for object, subjects := range (&postings{chunks: chunks}).each {
		if s.quadPredicate(row{predicate: pred, object: object}) == term {
			out = s.triplesWith(out, pred, object, subjects)
		}
	}
	return out
}

// QuadIteratorSize returns how many quads the iterator has, an estimate where
// counting them takes long.
func (qs *quadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, v graph.Ref) (graph.Size, error) {
	if d == quad.Label {
		return graph.Size{Size: int64(qs.snapshot().quads)/2 + 1}, ctx.Err()
	}
	return qs.snapshot().quadsWith(d, v).size, ctx.Err()
}
