package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// loadShop returns a graph of generated products.
func loadShop(t *testing.T, products int) *Graph {
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	w, err := g.QuadStore().NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteQuads(shopQuads(products)); err != nil {
		t.Fatal(err)
	}
	return g
}

// TestShapeOutlivesState optimises and builds a path, renumbers all terms, and
// runs it.
func TestShapeOutlivesState(t *testing.T) {
	g := loadShop(t, 3000)
	g.compileLeast = 1 << 30 // each batch compiles anew
	qs := g.QuadStore()
	s, _ := shape.Optimize(threeConditions(qs).Shape(), qs)
	if _, ours := s.(*nodesShape); !ours {
		t.Fatalf("three conditions became %T", s)
	}
	built := s.BuildIterator(qs)
	before := g.snap.Load()
	hits, err := threeConditions(qs).Iterate(context.Background()).AllValues(qs)
	if err != nil || len(hits) < 2 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	// The first hit goes, another comes, and ids that sort first shift the rest.
	var deltas []graph.Delta
	add := func(s, p string, o quad.Value, a graph.Procedure) {
		deltas = append(deltas, graph.Delta{Quad: quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: o}, Action: a})
	}
	gone := string(hits[0].(quad.IRI))
	add(gone, "brand", quad.IRI("brand7"), graph.Delete)
	for i := range 100 {
		add(fmt.Sprint("a", i), "name", quad.String("new"), graph.Add)
	}
	add("a0", "brand", quad.IRI("brand7"), graph.Add)
	add("a0", "category", quad.IRI("category3"), graph.Add)
	add("a0", "colour", quad.IRI("colour2"), graph.Add)
	if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if g.snap.Load().dict == before.dict {
		t.Fatal("the batch did not renumber")
	}
	want := append(slices.Clone(hits[1:]), quad.IRI("a0"))
	for name, it := range map[string]graph.Iterator{"built": built, "optimised": s.BuildIterator(qs)} {
		got, err := graph.Iterate(context.Background(), it).AllValues(qs)
		if err != nil {
			t.Fatal(err)
		}
		sortValues(got)
		sortValues(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s before the batch: %v, want %v", name, got, want)
		}
	}
}

func sortValues(list []quad.Value) {
	slices.SortFunc(list, func(a, b quad.Value) int { return compareText(quad.StringOf(a), quad.StringOf(b)) })
}

func compareText(a, b string) int {
	if a < b {
		return -1
	}
	return oneIf(a > b)
}

// TestPathsTellOfCancellation asks for an error wherever the context ends.
func TestPathsTellOfCancellation(t *testing.T) {
	g := loadShop(t, 2000)
	qs := g.QuadStore()
	for _, q := range pathQueries {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := q.path(qs).Iterate(ctx).AllValues(qs); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v", q.name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	seen := 0
	err := path.StartPath(qs).Has(quad.IRI("price")).Iterate(ctx).Each(func(graph.Ref) {
		if seen++; seen == 300 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || seen != 300 {
		t.Errorf("cancelled after 300 results: %d and %v", seen, err)
	}
}

// TestPathsRunOnIndexes looks for what should not be left to cayley's own
// iterators.
func TestPathsRunOnIndexes(t *testing.T) {
	g := loadShop(t, 500)
	qs := g.QuadStore()
	for _, q := range pathQueries {
		if s, _ := shape.Optimize(q.path(qs).Shape(), qs); !isNodesShape(s) {
			t.Errorf("%s became %T", q.name, s)
		}
	}
}

func isNodesShape(s shape.Shape) bool {
	_, ok := s.(*nodesShape)
	return ok
}
