package kg

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
)

// TestReadersNeverSeeHalfABatch has writers move money between two accounts,
// in batches that keep the sum, while readers check it in every way of reading.
func TestReadersNeverSeeHalfABatch(t *testing.T) {
	ctx := context.Background()
	state := func(n int) []Fact {
		label := fmt.Sprintf("token%d", n)
		return []Fact{
			{Subject: "x", Predicate: "amount", Object: Num(float64(n), "CNY")}, {Subject: "y", Predicate: "amount", Object: Num(float64(1000-n), "CNY")},
			{Subject: "x", Predicate: "name", Object: Text(label)}, {Subject: "y", Predicate: "name", Object: Text(label)}}
	}
	g := newGraph(t, state(0)...)
	const rounds = 60
	var wg sync.WaitGroup
	stop := make(chan struct{})
	var current sync.Mutex
	last := 0
	for w := range 2 {
		wg.Go(func() {
			for i := range rounds {
				current.Lock()
				next := w*rounds + i + 1
				if err := g.Update(ctx, func(b *Batch) error { b.Remove(state(last)...); b.Add(state(next)...); return nil }); err != nil {
					t.Error(err)
				}
				last = next
				current.Unlock()
			}
		})
	}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					checkInvariant(t, g)
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	readers.Wait()
	checkStore(t, g)
}

func checkInvariant(t *testing.T, g *Graph) {
	ctx := context.Background()
	hits, err := g.Find(ctx, Query{Where: []Condition{{"amount", Has, nil}}})
	if err != nil || len(hits) != 2 {
		t.Errorf("%v, %v", hits, err)
		return
	}
	sum := 0.0
	for _, h := range hits {
		n, _, _ := h.Why[0].Object.Number()
		sum += n
	}
	if sum != 1000 {
		t.Errorf("half a batch: %v", hits)
	}
	names, err := g.Domain(ctx, "", "name")
	if err != nil || len(names) != 1 {
		t.Errorf("half a batch: %v, %v", names, err)
		return
	}
	// A search by the name of one moment finds both accounts, or neither.
	hits, err = g.Find(ctx, Query{Text: names[0].String()})
	if err != nil || len(hits)%2 != 0 {
		t.Errorf("half a batch in the text: %v, %v", hits, err)
	}
	links, err := g.Link(ctx, "about "+names[0].String(), nil)
	if err != nil || len(links) > 0 && len(links[0].Candidates) != 2 {
		t.Errorf("half a batch in links: %v, %v", links, err)
	}
	err = g.View(ctx, func(qs graph.QuadStore) error {
		n, err := path.StartPath(qs).Has(quad.IRI("name")).Unique().Iterate(ctx).Count()
		if err == nil && n != 2 {
			err = fmt.Errorf("%d things in the store", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// cancelAfter is a context that is cancelled at its n-th look.
type cancelAfter struct {
	context.Context
	mu sync.Mutex
	n  int
}

func (c *cancelAfter) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

// TestCancelledContextIsAnError cancels every call at each of its looks at the
// context, first, second and so on, until it gets through; cancelled, it must
// fail, and must have changed nothing.
func TestCancelledContextIsAnError(t *testing.T) {
	var facts []Fact
	for i := range 3000 {
		id := fmt.Sprintf("p%04d", i)
		facts = append(facts, Fact{Subject: id, Predicate: "name", Object: Text("phone " + id)},
			Fact{Subject: id, Predicate: "price", Object: Num(float64(i), "CNY")}, Fact{Subject: id, Predicate: "next", Object: Ref("p0000")})
	}
	g := newGraph(t, facts...)
	q := Query{Text: "phone", Where: []Condition{{"price", Ge, []Value{Num(10, "")}}}, Order: []Order{{"price", true}}}
	for name, call := range map[string]func(context.Context) error{
		"Find":     func(ctx context.Context) error { _, err := g.Find(ctx, q); return err },
		"Count":    func(ctx context.Context) error { _, err := g.Count(ctx, q); return err },
		"Facets":   func(ctx context.Context) error { _, err := g.Facets(ctx, Query{}, "next"); return err },
		"Domain":   func(ctx context.Context) error { _, err := g.Domain(ctx, "", "price"); return err },
		"Facts":    func(ctx context.Context) error { _, err := g.Facts(ctx, "p0001"); return err },
		"Values":   func(ctx context.Context) error { _, err := g.Values(ctx, "p0001", "price"); return err },
		"Subjects": func(ctx context.Context) error { _, err := g.Subjects(ctx, "next", Ref("p0000")); return err },
		"Link": func(ctx context.Context) error {
			_, err := g.Link(ctx, strings.Repeat("phone p0001 ", 200), nil)
			return err
		},
		"Search":      func(ctx context.Context) error { _, err := g.Search(ctx, "phone", nil); return err },
		"DOT":         func(ctx context.Context) error { return g.DOT(ctx, []string{"p0001"}, 2, &strings.Builder{}) },
		"Mermaid":     func(ctx context.Context) error { return g.Mermaid(ctx, []string{"p0001"}, 2, &strings.Builder{}) },
		"WriteNQuads": func(ctx context.Context) error { return g.WriteNQuads(ctx, &strings.Builder{}) },
		"View":        func(ctx context.Context) error { return g.View(ctx, func(graph.QuadStore) error { return nil }) },
		"Add": func(ctx context.Context) error {
			return g.Add(ctx, Fact{Subject: "new", Predicate: "name", Object: Text("new")})
		},
		"LoadJSON": func(ctx context.Context) error {
			_, err := g.LoadJSON(ctx, strings.NewReader(`[{"id":"new","name":"new"}]`), Mapping{ID: "id", Fields: []Field{{Path: "name"}}})
			return err
		},
		"LoadCSV": func(ctx context.Context) error {
			_, err := g.LoadCSV(ctx, strings.NewReader("id,name\nnew,new\n"), Mapping{ID: "id", Fields: []Field{{Path: "name"}}})
			return err
		},
		"LoadNQuads": func(ctx context.Context) error {
			_, err := g.LoadNQuads(ctx, strings.NewReader("<new> <name> \"new\" .\n"))
			return err
		},
	} {
		before := g.Len()
		for n := 0; ; n++ {
			err := call(&cancelAfter{Context: context.Background(), n: n})
			if err == nil {
				if n == 0 {
					t.Errorf("%s does not look at the context", name)
				}
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s, cancelled at look %d: %v", name, n, err)
				break
			}
			if g.Len() != before {
				t.Errorf("%s, cancelled at look %d, changed the graph", name, n)
			}
		}
		if g.Len() != before {
			if err := g.Update(context.Background(), func(b *Batch) error { b.RemoveSubject("new"); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	checkStore(t, g)
}

// TestCloseBesideReaders closes a graph that is being read and written: calls
// either succeed or fail with ErrClosed.
func TestCloseBesideReaders(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t, Fact{Subject: "p", Predicate: "name", Object: Text("nova phone")})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := 0; ; n++ {
				var hits []Hit
				var err error
				if i == 0 {
					err = g.Add(ctx, Fact{Subject: "p", Predicate: "name", Object: Text(fmt.Sprintf("nova %d", n))})
				} else if hits, err = g.Search(ctx, "nova", nil); err == nil && len(hits) != 1 {
					t.Errorf("hits %v", hits)
				}
				if errors.Is(err, ErrClosed) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n == 50 {
					g.Close()
				}
			}
		})
	}
	wg.Wait()
}
