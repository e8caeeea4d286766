package kg

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// shopQuads is a shop of n products with 12 facts each, as another program of
// cayley's would write them.
func shopQuads(n int) []quad.Quad {
	r := rand.New(rand.NewPCG(4, 4))
	var out []quad.Quad
	add := func(s, p string, o quad.Value) {
		out = append(out, quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: o})
	}
	pick := func(name string, of int) quad.Value { return quad.IRI(fmt.Sprint(name, r.IntN(of))) }
	for i := range 40 {
		add(fmt.Sprint("brand", i), "country", quad.IRI(fmt.Sprint("country", i%8)))
	}
	for i := range n {
		p := fmt.Sprint("p", i)
		add(p, "name", quad.String(fmt.Sprint("Product ", i)))
		add(p, "brand", pick("brand", 40))
		add(p, "category", pick("category", 10))
		add(p, "colour", pick("colour", 5))
		add(p, "price", quad.Float(100+r.IntN(9900)))
		add(p, "rating", quad.Float(float64(r.IntN(50))/10))
		add(p, "stock", quad.Bool(r.IntN(4) > 0))
		add(p, "memory", quad.Int(4<<r.IntN(4)))
		add(p, "weight", quad.Float(100+r.IntN(2000)))
		add(p, "season", pick("season", 4))
		add(p, "size", pick("size", 6))
		add(p, "similar", quad.IRI(fmt.Sprint("p", r.IntN(n))))
	}
	return out
}

var shopStores = sync.OnceValues(func() (ours, stock graph.QuadStore) {
	quads := shopQuads(100_000)
	g, err := New(nil)
	if err != nil {
		panic(err)
	}
	qs := g.QuadStore()
	w, err := qs.NewQuadWriter()
	if err != nil {
		panic(err)
	}
	if _, err := w.WriteQuads(quads); err != nil {
		panic(err)
	}
	return &quadStore{pinned: g.snap.Load()}, memstore.New(quads...)
})

var pathQueries = []struct {
	name string
	path func(qs graph.QuadStore) *path.Path
}{
	{"OneHop", func(qs graph.QuadStore) *path.Path { return path.StartPath(qs, quad.IRI("p77")).Out(quad.IRI("brand")) }},
	{"TwoHops", func(qs graph.QuadStore) *path.Path {
		return path.StartPath(qs, quad.IRI("p77")).Out(quad.IRI("brand")).Out(quad.IRI("country"))
	}},
	{"ThreeConditions", threeConditions},
	{"ThreeConditionsRange", func(qs graph.QuadStore) *path.Path {
		return threeConditions(qs).HasFilter(quad.IRI("price"), false, shape.Comparison{Op: iterator.CompareLT, Val: quad.Float(5000)})
	}},
	{"Range", func(qs graph.QuadStore) *path.Path {
		return path.StartPath(qs).HasFilter(quad.IRI("price"), false,
			shape.Comparison{Op: iterator.CompareGTE, Val: quad.Float(500)}, shape.Comparison{Op: iterator.CompareLT, Val: quad.Float(600)})
	}},
	{"TwoHopsReverse", func(qs graph.QuadStore) *path.Path {
		return path.StartPath(qs, quad.IRI("country3")).In(quad.IRI("country")).In(quad.IRI("brand"))
	}},
}

func threeConditions(qs graph.QuadStore) *path.Path {
	return path.StartPath(qs).Has(quad.IRI("brand"), quad.IRI("brand7")).
		Has(quad.IRI("category"), quad.IRI("category3")).Has(quad.IRI("colour"), quad.IRI("colour2"))
}

// BenchmarkPath runs the same paths on a snapshot and on cayley's memstore, at
// 100,000 products of 12 facts.
func BenchmarkPath(b *testing.B) {
	if testing.Short() {
		b.Skip("loads 1.2 million quads twice")
	}
	ours, stock := shopStores()
	ctx := context.Background()
	count := func(qs graph.QuadStore, q func(graph.QuadStore) *path.Path) int64 {
		n, err := q(qs).Iterate(ctx).Count()
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	for _, q := range pathQueries {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			var hits int64
			for b.Loop() {
				hits = count(ours, q.path)
			}
			own := b.Elapsed() / time.Duration(b.N)
			runs, start := 0, time.Now()
			for ; runs < 3 || time.Since(start) < 50*time.Millisecond; runs++ {
				if n := count(stock, q.path); n != hits {
					b.Fatalf("%d results, stock has %d", hits, n)
				}
			}
			theirs := time.Since(start) / time.Duration(runs)
			b.ReportMetric(float64(hits), "hits")
			b.ReportMetric(float64(theirs.Nanoseconds()), "stock-ns/op")
			b.ReportMetric(float64(theirs)/float64(own), "x-faster")
		})
	}
}
