package kg

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"testing"
)

func TestStats(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t, Fact{"p1", "colour", Text("red"), "a"}, Fact{"p1", "colour", Text("blue"), "a"}, Fact{"p2", "colour", Text("red"), ""}, Fact{"p2", "price", Num(1, ""), ""})
	if err := g.Add(ctx, Fact{"p1", "colour", Text("red"), "b"}); err != nil {
		t.Fatal(err)
	}
	if err := g.Remove(ctx, Fact{"p2", "price", Num(1, ""), ""}); err != nil {
		t.Fatal(err)
	}
	got, err := g.Stats(ctx)
	want := Stats{3, 4, 2, []PredicateStats{{"colour", 3, 2, 2}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

// TestDeletesFreeMemory fills a graph, empties it in small batches, and looks
// at what is left of the memory, with no more help than the graph gives itself.
func TestDeletesFreeMemory(t *testing.T) {
	ctx := context.Background()
	heap := func() int {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	g := newGraph(t)
	before := heap()
	var batches [][]Fact
	for i := range 200 {
		var facts []Fact
		for j := range 100 {
			id := fmt.Sprintf("thing%d-%d", i, j)
			facts = append(facts, Fact{id, "price", Num(float64(i*100+j), "CNY"), ""}, Fact{id, "next", Ref("thing" + fmt.Sprint(i, j+1)), ""}, Fact{id, "weight", Num(float64(j), "g"), ""})
		}
		batches = append(batches, facts)
		if err := g.Add(ctx, facts...); err != nil {
			t.Fatal(err)
		}
	}
	full := heap() - before
	for _, facts := range batches {
		if err := g.Remove(ctx, facts...); err != nil {
			t.Fatal(err)
		}
	}
	g.workers.Wait()
	runtime.KeepAlive(batches)
	if g.Len() != 0 {
		t.Fatalf("%d facts are left", g.Len())
	}
	batches = nil
	if left := heap() - before; left > full/5 {
		t.Errorf("%d bytes of %d are left of an empty graph", left, full)
	}
	checkStore(t, g)
}
