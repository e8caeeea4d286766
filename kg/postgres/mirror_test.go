package postgres_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/kg/postgres"
)

// product returns facts of all kinds about one product.
func product(i int, rnd *rand.Rand) []kg.Fact {
	id, source := fmt.Sprint("p", i), []string{"", "feed", "店铺"}[rnd.IntN(3)]
	facts := []kg.Fact{
		{Subject: id, Predicate: "kind", Object: kg.Text("phone")},
		{Subject: id, Predicate: "name@zh", Object: kg.Text(fmt.Sprintf("新星 %d 旗舰版", i))},
		{Subject: id, Predicate: "name", Object: kg.Text(fmt.Sprint("Nova ", i))},
		{Subject: id, Predicate: "price", Object: kg.Num(float64(rnd.IntN(1e6))/100, "CNY")},
		{Subject: id, Predicate: "rating", Object: kg.Num(rnd.Float64(), "")},
		{Subject: id, Predicate: "stock", Object: kg.Bool(rnd.IntN(2) == 0)},
		{Subject: id, Predicate: "brand", Object: kg.Ref([]string{"nova", "月光", "a b%"}[rnd.IntN(3)])},
		{Subject: id, Predicate: "released", Object: kg.Time(time.Unix(rnd.Int64N(1e9), rnd.Int64N(1e9)))},
	}
	for i := range facts {
		facts[i].Source = source
	}
	return facts
}

// batch changes some products.
func batch(t testing.TB, g *kg.Graph, rnd *rand.Rand, products int) {
	t.Helper()
	err := g.Update(ctx, func(b *kg.Batch) error {
		for range 1 + rnd.IntN(8) {
			i := rnd.IntN(products)
			if rnd.IntN(2) == 0 {
				b.RemoveSubject(fmt.Sprint("p", i))
			}
			if rnd.IntN(3) > 0 {
				b.Add(product(i, rnd)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, g *kg.Graph, qs graph.QuadStore) {
	t.Helper()
	if got, want := quadsOf(t, qs), quadsOf(t, g.QuadStore()); !slices.Equal(got, want) {
		t.Fatalf("the mirror holds\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestMirror mirrors random batches to a schema that is not empty.
func TestMirror(t *testing.T) {
	dsn, db := schema(t)
	qs := open(t, dsn)
	if err := qs.ApplyDeltas([]graph.Delta{{Quad: quad.Make("left", "over", time.Unix(5, 0), nil), Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	g, rnd := newGraph(t), rand.New(rand.NewPCG(4, 1))
	m := kg.NewMirror(g, qs)
	for i := range 40 {
		batch(t, g, rnd, 20)
		if i == 20 {
			if err := g.Checkpoint(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, g, qs)
	}
	counts(t, db)
	sync0(t, m)
	sync0(t, kg.NewMirror(g, qs))
	other := newGraph(t)
	if _, err := other.LoadQuadStore(ctx, qs); err != nil {
		t.Fatal(err)
	}
	same(t, other, qs)
	if err := g.Update(ctx, func(b *kg.Batch) error {
		for i := range 20 {
			b.RemoveSubject(fmt.Sprint("p", i))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	if st, err := qs.Stats(ctx, true); err != nil || st.Quads.Size != 0 || st.Nodes.Size != 0 {
		t.Errorf("an empty graph leaves %+v, %v", st, err)
	}
}

// TestTwoMirrors has two programs mirror the same graph at once, and a third
// one write with cayley's own store.
func TestTwoMirrors(t *testing.T) {
	dsn, db := schema(t)
	g := newGraph(t)
	stores := []*postgres.Store{open(t, dsn), open(t, dsn)}
	rnd := rand.New(rand.NewPCG(4, 4))
	for range 10 {
		batch(t, g, rnd, 10)
		var both sync.WaitGroup
		for _, qs := range stores {
			both.Go(func() {
				if _, _, err := kg.NewMirror(g, qs).Sync(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		same(t, g, stores[0])
	}
	counts(t, db)
	own := quad.Make(quad.IRI("p1"), quad.IRI("seen"), quad.Int(1), nil)
	if err := stores[0].Cayley().ApplyDeltas([]graph.Delta{{Quad: own, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if added, removed, err := kg.NewMirror(g, stores[1]).Sync(ctx); added != 0 || removed != 1 || err != nil {
		t.Errorf("%d, %d, %v", added, removed, err)
	}
	counts(t, db)
}

var manyProducts = flag.Int("postgres.products", 1250, "products, of 8 quads each, in TestManyQuads")

// TestManyQuads says how long it takes, of 10,000 quads for a start.
func TestManyQuads(t *testing.T) {
	dsn, _ := schema(t)
	qs := open(t, dsn)
	g, rnd := newGraph(t), rand.New(rand.NewPCG(4, 6))
	n := *manyProducts
	var facts []kg.Fact
	for i := range n {
		facts = append(facts, product(i, rnd)...)
	}
	if err := g.Add(ctx, facts...); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	step := func(what string) {
		t.Logf("%s: %v", what, time.Since(start).Round(time.Millisecond))
		start = time.Now()
	}
	m := kg.NewMirror(g, qs)
	if added, removed, err := m.Sync(ctx); added != 8*n || removed != 0 || err != nil {
		t.Fatalf("%d, %d, %v", added, removed, err)
	}
	step(fmt.Sprint(8*n, " quads mirrored"))
	sync0(t, kg.NewMirror(g, qs))
	step("compared")
	other := newGraph(t)
	if loaded, err := other.LoadQuadStore(ctx, qs); loaded != 8*n || err != nil {
		t.Fatal(loaded, err)
	}
	step("loaded")
	if err := g.Update(ctx, func(b *kg.Batch) error { b.RemoveSubject("p7"); return nil }); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	if added, removed, err := m.Sync(ctx); added != 0 || removed != 8 || err != nil {
		t.Errorf("%d, %d, %v", added, removed, err)
	}
	step("one product removed")
	if err := g.Update(ctx, func(b *kg.Batch) error {
		for i := range n {
			b.RemoveSubject(fmt.Sprint("p", i))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	if added, removed, err := m.Sync(ctx); added != 0 || removed != 8*n-8 || err != nil {
		t.Errorf("%d, %d, %v", added, removed, err)
	}
	step("all the others removed")
}
