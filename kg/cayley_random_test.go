package kg

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
)

// TestRandomPaths runs random paths on random graphs, here and on cayley's
// memstore, with writes between them. Results agree as sets; as multisets, with
// their tags, where memstore's own do not depend on the order in which it
// happens to intersect (randomPath.loose).
func TestRandomPaths(t *testing.T) {
	graphs, queries := 200, 50
	if testing.Short() {
		graphs = 20
	}
	exact, full := 0, 0
	for seed := range graphs {
		w := newRandomWorld(t, uint64(seed))
		for range queries {
			if w.r.IntN(8) == 0 {
				w.write()
			}
			p := w.path()
			for w.panics(p) {
				p = w.path()
			}
			if !p.loose {
				exact++
			}
			if n := w.compare(p); n > 0 {
				full++
			}
		}
		if err := w.g.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d queries, %d compared as multisets, %d with results", graphs*queries, exact, full)
	if all := graphs * queries; exact < all/4 || full < all/3 {
		t.Errorf("of %d queries %d were compared as multisets and %d had results: too few", all, exact, full)
	}
}

// randomWorld is a graph here and in memstore.
type randomWorld struct {
	randomTerms
	t     *testing.T
	seed  uint64
	g     *Graph
	stock *memstore.QuadStore
	quads []quad.Quad
	plain bool // no fact has two labels
}

func newRandomWorld(t *testing.T, seed uint64) *randomWorld {
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if seed%2 == 0 {
		g.compileLeast = 0 // no batch compiles anew, else each does
	}
	w := &randomWorld{randomTerms: randomTerms{rand.New(rand.NewPCG(seed, 9))}, t: t, seed: seed, g: g, stock: memstore.New(), plain: seed%3 > 0}
	for range 3 {
		w.write()
	}
	return w
}

// write adds and removes some quads on both sides.
func (w *randomWorld) write() {
	var deltas []graph.Delta
	for range w.r.IntN(30) {
		q := w.quad()
		if w.holds(q, deltas) {
			continue
		}
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	for i := 0; i < len(w.quads); i++ {
		if w.r.IntN(12) == 0 {
			deltas = append(deltas, graph.Delta{Quad: w.quads[i], Action: graph.Delete})
			w.quads = slices.Delete(w.quads, i, i+1)
		}
	}
	for _, d := range deltas {
		if d.Action == graph.Add {
			w.quads = append(w.quads, d.Quad)
		}
	}
	for _, qs := range []graph.QuadStore{w.g.QuadStore(), w.stock} {
		if err := qs.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
			w.t.Fatalf("seed %d: %v", w.seed, err)
		}
	}
}

// holds reports whether the quad, in a plain graph the fact, is there or about
// to be.
func (w *randomWorld) holds(q quad.Quad, coming []graph.Delta) bool {
	same := func(o quad.Quad) bool {
		if w.plain {
			o.Label = q.Label
		}
		return o == q
	}
	return slices.ContainsFunc(w.quads, same) || slices.ContainsFunc(coming, func(d graph.Delta) bool { return same(d.Quad) })
}

// panics reports whether cayley makes no plan of the path on memstore: Except
// breaks on a path with an unknown term, and on a set larger than all nodes,
// as memstore estimates it. On our store View makes an error of the first, and
// the second does not happen.
func (w *randomWorld) panics(p randomPath) (broken bool) {
	defer func() { broken = recover() != nil }()
	graph.AsShape(p.build(w.stock).BuildIterator()).Optimize(context.Background())
	return false
}

// compare runs the path on both sides and returns how many results there are.
func (w *randomWorld) compare(p randomPath) int {
	w.t.Helper()
	ours := graph.QuadStore(w.g.QuadStore())
	if w.r.IntN(2) == 0 {
		ours = &quadStore{pinned: w.g.snap.Load()}
	}
	got, want := w.results(ours, p), w.results(w.stock, p)
	if p.sizeOnly { // which ones is a matter of their order
		if len(got) != len(want) {
			w.t.Fatalf("seed %d: %s: %d results, memstore has %d", w.seed, p.text, len(got), len(want))
		}
		return len(got)
	}
	if p.loose || p.stray {
		got, want = w.untagged(got), w.untagged(want)
	}
	slices.Sort(got)
	slices.Sort(want)
	if p.loose {
		got, want = slices.Compact(got), slices.Compact(want)
	}
	if !slices.Equal(got, want) {
		w.t.Fatalf("seed %d: %s (loose %v):\n got %q\nwant %q\nof %v", w.seed, p.text, p.loose, got, want, w.quads)
	}
	w.compareCounts(ours, p, len(got))
	return len(got)
}

// compareCounts asks cayley to count, which memstore often gets wrong.
func (w *randomWorld) compareCounts(ours graph.QuadStore, p randomPath, want int) {
	if p.loose || p.blank {
		return
	}
	p = p.then("Count", func(x *path.Path) *path.Path { return x.Count() })
	got := w.results(ours, p)
	if len(got) != 1 || got[0] != quad.Int(want).String() {
		w.t.Fatalf("seed %d: %s: %q, there are %d", w.seed, p.text, got, want)
	}
}

func (w *randomWorld) untagged(list []string) []string {
	for i, s := range list {
		list[i], _, _ = strings.Cut(s, "\x00")
	}
	return list
}

// results lists the results with their tags.
func (w *randomWorld) results(qs graph.QuadStore, p randomPath) []string {
	ctx := context.Background()
	s, _ := graph.AsShape(p.build(qs).BuildIterator()).Optimize(ctx)
	it := s.Iterate()
	defer it.Close()
	var out []string
	put := func() {
		if qs.NameOf(it.Result()) == nil { // the label of a quad without one
			return
		}
		tags := map[string]graph.Ref{}
		it.TagResults(tags)
		line := quad.StringOf(qs.NameOf(it.Result()))
		for _, tag := range []string{"a", "b", "c"} {
			if r := tags[tag]; r != nil {
				line += "\x00" + tag + quad.StringOf(qs.NameOf(r))
			}
		}
		out = append(out, line)
	}
	for it.Next(ctx) {
		put()
		for it.NextPath(ctx) {
			put()
		}
	}
	if err := it.Err(); err != nil {
		w.t.Fatalf("seed %d: %s: %v", w.seed, p.text, err)
	}
	return out
}
