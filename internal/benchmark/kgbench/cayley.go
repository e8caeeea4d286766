package kgbench

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/slotgraph/slotgraph/kg"
)

// cayley asks a cayley store in cayley's own language. The paths are the same
// for cayley's memstore and for a graph's view. Those of the three conditions
// start from one of them, which the memstore runs faster than three Has or three
// paths joined by And.
type cayley struct {
	// with lends the store for one query.
	with func(ctx context.Context, fn func(graph.QuadStore) error) error

	list   []string
	counts []count
	n      int
}

func loadCayley(facts []kg.Fact) *memstore.QuadStore {
	quads := make([]quad.Quad, len(facts))
	for i, f := range facts {
		quads[i] = toQuad(f)
	}
	return memstore.New(quads...)
}

// toQuad writes a fact as package kg does (see its section on cayley).
func toQuad(f kg.Fact) quad.Quad {
	q := quad.Quad{Subject: quad.IRI(f.Subject), Predicate: quad.IRI(f.Predicate)}
	if id, ok := f.Object.ID(); ok {
		q.Object = quad.IRI(id)
	} else if text, ok := f.Object.Text(); ok {
		q.Object = quad.String(text)
		if base, lang, tagged := strings.Cut(f.Predicate, "@"); tagged {
			q.Predicate, q.Object = quad.IRI(base), quad.LangString{Value: quad.String(text), Lang: lang}
		}
	} else if x, unit, ok := f.Object.Number(); ok && unit == "" {
		q.Object = quad.Float(x)
	} else if ok {
		q.Object = quad.TypedString{Value: quad.String(strconv.FormatFloat(x, 'f', -1, 64)), Type: quad.IRI("unit:" + unit)}
	} else {
		q.Object = quad.TypedString{Value: quad.String(f.Object.String()), Type: "http://www.w3.org/2001/XMLSchema#dateTime"}
	}
	return q
}

const (
	brandIRI    = quad.IRI("brand")
	categoryIRI = quad.IRI("category")
	colourIRI   = quad.IRI("colour")
	countryIRI  = quad.IRI("country")
	kindIRI     = quad.IRI("kind")
	parentIRI   = quad.IRI("parent")
	pointsIRI   = quad.IRI("points")
)

func atMost(x float64) shape.ValueFilter {
	return shape.Comparison{Op: iterator.CompareLTE, Val: quad.Float(x)}
}

func (c *cayley) threePath(qs graph.QuadStore, q *question) *path.Path {
	return path.StartPath(qs, quad.IRI(q.brand)).In(brandIRI).
		Has(categoryIRI, quad.IRI(q.category)).Has(colourIRI, quad.String(q.colour))
}

// all is a probe that collects the ends of a path.
func (c *cayley) all(build func(qs graph.QuadStore, q *question) *path.Path) probe {
	return probe{func(ctx context.Context, q *question) error {
		c.list = nil
		return c.with(ctx, func(qs graph.QuadStore) error {
			return build(qs, q).Iterate(ctx).Paths(false).EachValue(qs, func(v quad.Value) { c.list = append(c.list, word(v)) })
		})
	}, ids(&c.list)}
}

func word(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return string(v)
	case quad.String:
		return string(v)
	}
	return quad.StringOf(v)
}

func (c *cayley) rival(name string) *rival {
	return &rival{name: name, close: func() error { return nil }, probes: map[string]probe{
		oneHop: c.all(func(qs graph.QuadStore, q *question) *path.Path {
			return path.StartPath(qs, quad.IRI(q.product)).Out(brandIRI)
		}),
		twoHops: c.all(func(qs graph.QuadStore, q *question) *path.Path {
			return path.StartPath(qs, quad.IRI(q.product)).Out(brandIRI).Out(countryIRI)
		}),
		three: c.all(c.threePath),
		threeRange: c.all(func(qs graph.QuadStore, q *question) *path.Path {
			return c.threePath(qs, q).HasFilter(pointsIRI, false, atMost(q.price))
		}),
		rangeCount: {c.countRange, number(&c.n)},
		reverseHops: c.all(func(qs graph.QuadStore, q *question) *path.Path {
			return path.StartPath(qs, quad.IRI(q.owner)).In(parentIRI).In(brandIRI).Has(kindIRI, quad.String(q.kind))
		}),
		facets: {c.countColours, tally(&c.counts)},
	}}
}

func (c *cayley) countRange(ctx context.Context, q *question) error {
	c.n = 0
	return c.with(ctx, func(qs graph.QuadStore) error {
		return path.StartPath(qs).HasFilter(pointsIRI, false, atMost(q.any)).Iterate(ctx).Paths(false).
			Each(func(graph.Ref) { c.n++ })
	})
}

func (c *cayley) countColours(ctx context.Context, q *question) error {
	byColour := map[string]int{}
	err := c.with(ctx, func(qs graph.QuadStore) error {
		return path.StartPath(qs, quad.IRI(q.shelf)).In(categoryIRI).HasFilter(pointsIRI, false, atMost(q.price)).Out(colourIRI).
			Iterate(ctx).EachValue(qs, func(v quad.Value) { byColour[word(v)]++ })
	})
	c.counts = c.counts[:0]
	for v, n := range byColour {
		c.counts = append(c.counts, count{v, n})
	}
	slices.SortFunc(c.counts, byCount)
	return err
}

// stockRival is cayley on its memstore.
func stockRival(qs *memstore.QuadStore) *rival {
	c := &cayley{with: func(_ context.Context, fn func(graph.QuadStore) error) error { return fn(qs) }}
	r := c.rival(cayleyName)
	r.update = func(_ context.Context, before, after []kg.Fact) error {
		var deltas []graph.Delta
		put := func(facts, except []kg.Fact, action graph.Procedure) {
			for _, f := range facts {
				if !slices.Contains(except, f) { // the memstore refuses to add what the same deltas delete
					deltas = append(deltas, graph.Delta{Quad: toQuad(f), Action: action})
				}
			}
		}
		put(before, after, graph.Delete)
		put(after, before, graph.Add)
		return qs.ApplyDeltas(deltas, graph.IgnoreOpts{})
	}
	return r
}

// viewRival is cayley's language on our snapshot.
func viewRival(g *kg.Graph) *rival {
	c := &cayley{with: g.View}
	return c.rival(viewName)
}
