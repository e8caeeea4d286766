package kg

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
)

func quadsOf(t testing.TB, qs graph.QuadStore) []string {
	var out []string
	if err := eachQuad(context.Background(), qs, func(q quad.Quad) error { out = append(out, q.NQuad()); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestMirror keeps cayley's own store the same as a graph through random
// batches, compiled ones too, and loads a graph from it.
func TestMirror(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		g := newGraph(t)
		g.compileLeast = []int{1 << 30, 100}[seed%2]
		to := memstore.New()
		to.AddQuad(quad.Make("left", "over", time.Unix(5, 0), nil))
		m := NewMirror(g, to)
		for range 40 {
			randomBatch(t, g, &model{}, rnd)
			if _, _, err := m.Sync(ctx); err != nil {
				t.Fatal(err)
			}
			if got, want := quadsOf(t, to), quadsOf(t, g.QuadStore()); !slices.Equal(got, want) {
				t.Fatalf("seed %d: the mirror holds\n%v\nwant\n%v", seed, got, want)
			}
		}
		if added, removed, err := m.Sync(ctx); added != 0 || removed != 0 || err != nil {
			t.Errorf("a Sync without changes: %d, %d, %v", added, removed, err)
		}
		other := newGraph(t)
		n, err := other.LoadQuadStore(ctx, to)
		if err != nil || n != other.snap.Load().quads || !slices.Equal(quadsOf(t, other.QuadStore()), quadsOf(t, to)) {
			t.Errorf("loaded %d quads, %v", n, err)
		}
		checkStore(t, other)
	}
}

// failingStore fails to write.
type failingStore struct{ graph.QuadStore }

func (failingStore) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return errFails }

func TestMirrorFailures(t *testing.T) {
	g := newGraph(t, Fact{"p", "name", Text("x"), ""})
	m := NewMirror(g, failingStore{memstore.New()})
	if _, _, err := m.Sync(context.Background()); !errors.Is(err, errFails) {
		t.Errorf("wrote to a store that fails: %v", err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := m.Sync(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if n, err := g.LoadQuadStore(cancelled, memstore.New()); !errors.Is(err, context.Canceled) || n != 0 {
		t.Errorf("cancelled: %d, %v", n, err)
	}
	m = NewMirror(g, memstore.New())
	if added, _, err := m.Sync(context.Background()); added != 1 || err != nil {
		t.Errorf("%d added, %v", added, err)
	}
}

// TestMirrorForms mirrors values that cayley's stores take for one.
func TestMirrorForms(t *testing.T) {
	ctx := context.Background()
	forms := []quad.Quad{
		quad.Make("s", "p", quad.Int(5), nil), quad.Make("s", "p", quad.TypedString{Value: "5", Type: "schema:Integer"}, nil),
		quad.Make("s", "t", quad.Time(time.Unix(5, 1)), nil), quad.Make("s", "t", quad.Time(time.Unix(5, 2)), nil),
		quad.Make("s", "f", quad.Float(1), "x"), quad.Make("s", "f", quad.TypedString{Value: "1E+00", Type: "schema:Float"}, "x"),
	}
	rnd := rand.New(rand.NewPCG(4, 4))
	g, to := newGraph(t), memstore.New()
	m := NewMirror(g, to)
	for range 200 {
		action := graph.Add
		if rnd.IntN(2) == 0 {
			action = graph.Delete
		}
		delta := graph.Delta{Quad: forms[rnd.IntN(len(forms))], Action: action}
		if err := g.QuadStore().ApplyDeltas([]graph.Delta{delta}, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
		if added, removed, err := NewMirror(g, to).Sync(ctx); added != 0 || removed != 0 || err != nil {
			t.Fatalf("compared anew: %d, %d, %v", added, removed, err)
		}
		got, want := quadsOf(t, to), slices.Compact(quadsOf(t, g.QuadStore()))
		if !slices.Equal(got, want) {
			t.Fatalf("the mirror holds %v, want %v", got, want)
		}
	}
}

// brokenStore gives quads without a part, and panics when it is written to.
type brokenStore struct{ graph.QuadStore }

func (brokenStore) Quad(graph.Ref) quad.Quad { return quad.Quad{Subject: quad.IRI("s")} }

func (brokenStore) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error {
	panic("unexpected node update")
}

func TestMirrorBroken(t *testing.T) {
	g := newGraph(t, Fact{"p", "name", Text("x"), ""})
	m := NewMirror(g, brokenStore{memstore.New()})
	if _, _, err := m.Sync(context.Background()); err == nil || !strings.Contains(err.Error(), "unexpected node update") {
		t.Errorf("a store that panics: %v", err)
	}
	full := memstore.New()
	full.AddQuad(quad.Make("a", "b", "c", nil))
	if n, err := g.LoadQuadStore(context.Background(), brokenStore{full}); n != 0 || err == nil {
		t.Errorf("loaded %d quads without a predicate, %v", n, err)
	}
}
