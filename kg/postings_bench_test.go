package kg

import (
	"cmp"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// These benchmarks weigh the two usual forms of postings: sorted lists of
// numbers, which package kg has, the long ones with a bit set beside them, and
// roaring bitmaps (Lemire and others, 2016).
// The facts are those of a shop of 100,000 products; their numbers lie where
// the ids of products have them.

const benchProducts = 100_000

// benchPredicate is the objects of one predicate, by product.
type benchPredicate struct {
	name    string
	objects []node // of each product
}

// benchPredicates draws predicates from few values to one for each product.
func benchPredicates() []benchPredicate {
	r := rand.New(rand.NewPCG(1, 2))
	of := func(name string, draw func(i int) int) benchPredicate {
		p := benchPredicate{name, make([]node, benchProducts)}
		for i := range p.objects {
			p.objects[i] = node(draw(i))
		}
		return p
	}
	brand := of("brand", func(int) int { return r.IntN(200) })
	return []benchPredicate{
		brand,
		of("category", func(i int) int { // a brand makes two kinds of things
			return (int(brand.objects[i]) + r.IntN(7)/6) % 50
		}),
		of("colour", func(int) int { return r.IntN(10) }),
		of("price", func(int) int { return r.IntN(20_000) }),
		of("name", func(i int) int { return i }),
	}
}

func (p *benchPredicate) links() []link {
	links := make([]link, len(p.objects))
	for i, o := range p.objects {
		links[i] = link{o, node(i)}
	}
	slices.SortFunc(links, compareLinks)
	return links
}

func roarings(posts *postings) map[node]*roaring.Bitmap {
	out := map[node]*roaring.Bitmap{}
	for o, subjects := range posts.each {
		b := roaring.BitmapOf(subjects...)
		b.RunOptimize()
		out[o] = b
	}
	return out
}

// BenchmarkPostingsMemory reports the bytes of memory for a fact in both forms;
// the bitmaps are in a Go map, the lists in their chunks.
func BenchmarkPostingsMemory(b *testing.B) {
	for _, p := range benchPredicates() {
		links := p.links()
		lists := newPostings(links)
		for _, form := range []struct {
			name  string
			build func() any
		}{
			{"lists", func() any { made := newPostings(links); return &made }},
			{"roaring", func() any { return roarings(&lists) }},
		} {
			b.Run(p.name+"/"+form.name, func(b *testing.B) {
				var bytes float64
				for b.Loop() {
					before := liveBytes()
					made := form.build()
					bytes = liveBytes() - before
					runtime.KeepAlive(made)
				}
				b.ReportMetric(bytes/benchProducts, "B/fact")
			})
		}
	}
}

func liveBytes() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkPostingsAnd is brand AND category AND colour, with the result as a
// list in both forms, since that is what hits are made of.
func BenchmarkPostingsAnd(b *testing.B) {
	predicates := benchPredicates()[:3]
	lists := make([]postings, len(predicates))
	maps := make([]map[node]*roaring.Bitmap, len(predicates))
	for i := range predicates {
		lists[i] = newPostings(predicates[i].links())
		maps[i] = roarings(&lists[i])
	}
	at := func(i, predicate int) node { return predicates[predicate].objects[i*7919%benchProducts] }
	b.Run("lists", func(b *testing.B) {
		b.ReportAllocs()
		hits, i := 0, 0
		for ; b.Loop(); i++ {
			all := []postList{lists[0].list(at(i, 0)), lists[1].list(at(i, 1)), lists[2].list(at(i, 2))}
			slices.SortFunc(all, func(a, b postList) int { return cmp.Compare(len(a.nodes), len(b.nodes)) })
			hits += len(inAll(all[0].nodes, all[1:]))
		}
		b.ReportMetric(float64(hits)/float64(i), "hits")
	})
	b.Run("roaring", func(b *testing.B) {
		b.ReportAllocs()
		hits, i := 0, 0
		for ; b.Loop(); i++ {
			hits += len(roaring.FastAnd(maps[0][at(i, 0)], maps[1][at(i, 1)], maps[2][at(i, 2)]).ToArray())
		}
		b.ReportMetric(float64(hits)/float64(i), "hits")
	})
}

// BenchmarkPostingsAndLarge intersects two halves of all products, drawn
// apart.
func BenchmarkPostingsAndLarge(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	var halves [2][]node
	for i := range benchProducts {
		for h := range halves {
			if r.IntN(2) == 0 {
				halves[h] = append(halves[h], node(i))
			}
		}
	}
	x, y := roaring.BitmapOf(halves[0]...), roaring.BitmapOf(halves[1]...)
	other := []postList{{halves[1], newBitList(halves[1])}}
	want := len(inAll(halves[0], other))
	if got := roaring.And(x, y).GetCardinality(); int(got) != want {
		b.Fatalf("%d in common, want %d", got, want)
	}
	for _, form := range []struct {
		name string
		run  func()
	}{
		{"lists", func() { inAll(halves[0], other) }},
		{"lists/no_sets", func() { intersect(halves[0], halves[1]) }},
		{"roaring", func() { roaring.And(x, y) }},
		{"roaring/array", func() { roaring.And(x, y).ToArray() }},
		{"roaring/count", func() { x.AndCardinality(y) }},
	} {
		b.Run(form.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				form.run()
			}
		})
	}
}
