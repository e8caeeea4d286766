package kg

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
)

var soakFor = flag.Duration("kg.soak", time.Second, "how long readers and a writer run beside each other in TestSoak")

const (
	soakThings = 300
	soakTotal  = soakThings * 100
)

// TestSoak has eight readers and a writer, of a graph on disk that compacts
// itself all the time, and a replica that is swapped under its readers. The
// writer moves amounts and colours about; every read of one state must see
// the same total.
func TestSoak(t *testing.T) {
	ctx := context.Background()
	g, err := Open(filepath.Join(t.TempDir(), "graph"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	g.compileLeast = 2000
	replica := newGraph(t)
	w := soakWriter{rnd: rand.New(rand.NewPCG(1, 2))}
	if err := g.Add(ctx, w.start()...); err != nil {
		t.Fatal(err)
	}
	copySnapshot(t, g, replica)
	end := time.Now().Add(*soakFor)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(i), 9))
			for time.Now().Before(end) && !t.Failed() {
				soakRead(t, []*Graph{g, replica}[i%4/3], rnd)
			}
		})
	}
	batches := 0
	for ; time.Now().Before(end) && !t.Failed(); batches++ {
		if err := g.Update(ctx, w.batch); err != nil {
			t.Fatal(err)
		}
		if batches%50 == 49 {
			copySnapshot(t, g, replica)
		}
	}
	wg.Wait()
	checkStore(t, g)
	t.Logf("%d batches", batches)
}

func copySnapshot(t testing.TB, from, to *Graph) {
	var b bytes.Buffer
	if err := from.WriteSnapshot(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if err := to.ReadSnapshot(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
}

type soakWriter struct {
	rnd     *rand.Rand
	amounts [soakThings]int
	colours [soakThings]int
}

func (w *soakWriter) facts(i int) []Fact {
	id := fmt.Sprint("p", i)
	return []Fact{
		{Subject: id, Predicate: "amount", Object: Num(float64(w.amounts[i]), "CNY")},
		{Subject: id, Predicate: "colour", Object: Text(fmt.Sprint("colour", w.colours[i]))},
		{Subject: id, Predicate: "name", Object: Text(fmt.Sprint("thing number", i))},
		{Subject: id, Predicate: "near", Object: Ref(fmt.Sprint("p", (i+w.colours[i])%soakThings))},
	}
}

func (w *soakWriter) start() []Fact {
	var facts []Fact
	for i := range soakThings {
		w.amounts[i] = soakTotal / soakThings
		facts = append(facts, w.facts(i)...)
	}
	return facts
}

// batch moves an amount from one thing to another, and gives both new colours.
func (w *soakWriter) batch(b *Batch) error {
	i, j := w.rnd.IntN(soakThings), w.rnd.IntN(soakThings)
	for _, k := range []int{i, j} {
		b.RemoveSubject(fmt.Sprint("p", k))
	}
	moved := w.rnd.IntN(50)
	w.amounts[i] -= moved
	w.amounts[j] += moved
	w.colours[i], w.colours[j] = w.rnd.IntN(7), w.rnd.IntN(7)
	b.Add(w.facts(i)...)
	b.Add(w.facts(j)...)
	return nil
}

// soakRead reads in one of the ways there are and checks the answer.
func soakRead(t *testing.T, g *Graph, rnd *rand.Rand) {
	ctx := context.Background()
	switch rnd.IntN(6) {
	case 0: // all amounts of one state
		hits, err := g.Find(ctx, Query{Where: []Condition{{"amount", Has, nil}}, Order: []Order{{"amount", rnd.IntN(2) == 0}}})
		sum := 0.0
		for _, h := range hits {
			n, _, _ := h.Why[0].Object.Number()
			sum += n
		}
		if err != nil || len(hits) != soakThings || sum != soakTotal {
			t.Errorf("%d things with %v in all, %v", len(hits), sum, err)
		}
	case 1:
		facets, err := g.Facets(ctx, Query{}, "colour")
		n := 0
		for _, f := range facets {
			n += f.Count
		}
		if err != nil || n != soakThings {
			t.Errorf("%d colours, %v", n, err)
		}
	case 2: // the first in order, and what they are first for
		hits, err := g.Find(ctx, Query{Where: []Condition{{"amount", Ge, []Value{Num(-1e9, "")}}}, Order: []Order{{"amount", false}}, Limit: 10})
		last := -1e9
		for _, h := range hits {
			n, _, _ := h.Why[0].Object.Number()
			if n < last {
				t.Errorf("%v before %v", last, n)
			}
			last = n
		}
		if err != nil || len(hits) != 10 {
			t.Errorf("%d hits, %v", len(hits), err)
		}
	case 3:
		err := g.View(ctx, func(qs graph.QuadStore) error {
			n, err := path.StartPath(qs).Has(quad.IRI("colour")).Out(quad.IRI("amount")).Iterate(ctx).Count()
			if err == nil && n != soakThings {
				err = fmt.Errorf("%d amounts in the store", n)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	case 4:
		i := rnd.IntN(soakThings)
		links, err := g.Link(ctx, fmt.Sprintf("is thing number%d here", i), nil)
		if err != nil || len(links) != 1 || links[0].Candidates[0].ID != fmt.Sprint("p", i) {
			t.Errorf("links %v, %v", links, err)
		}
	case 5:
		hits, err := g.Search(ctx, "thing", &SearchOptions{Limit: -1})
		if err != nil || len(hits) != soakThings {
			t.Errorf("%d hits, %v", len(hits), err)
		}
	}
}
