package kg

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// shelf is a graph of n things with prices, colours, two sizes and times, made
// partly of one large batch and partly of small ones.
func shelf(t testing.TB, n int) *Graph {
	g := newGraph(t)
	rnd := rand.New(rand.NewPCG(7, 7))
	thing := func(i int) []Fact {
		id := fmt.Sprintf("p%d", (i*7919)%n) // not in the order of ids
		facts := []Fact{
			{Subject: id, Predicate: "kind", Object: Text([]string{"phone", "case"}[i%2])},
			{Subject: id, Predicate: "price", Object: Num(float64(rnd.IntN(n/2)), "CNY")},
			{Subject: id, Predicate: "colour", Object: Text([]string{"red", "blue", "black"}[rnd.IntN(3)])},
			{Subject: id, Predicate: "size", Object: Num(float64(rnd.IntN(9)), "GB")},
			{Subject: id, Predicate: "size", Object: Num(float64(rnd.IntN(9)), "GB")},
			{Subject: id, Predicate: "name", Object: Text(fmt.Sprintf("thing %d of the shelf", i%10))},
		}
		if i%3 > 0 {
			facts = append(facts, Fact{Subject: id, Predicate: "released", Object: Time(time.Unix(int64(rnd.IntN(9)), int64(rnd.IntN(3))))})
		}
		return facts
	}
	var first []Fact
	for i := range n * 3 / 4 {
		first = append(first, thing(i)...)
	}
	g.compileLeast = 0
	if err := g.Add(context.Background(), first...); err != nil {
		t.Fatal(err)
	}
	for i := n * 3 / 4; i < n; i += 5 {
		var facts []Fact
		for j := i; j < min(i+5, n); j++ {
			facts = append(facts, thing(j)...)
		}
		if err := g.Add(context.Background(), facts...); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

var shelfQueries = []Query{
	{},
	{Kind: "phone"},
	{Order: []Order{{Predicate: "price"}}},
	{Order: []Order{{Predicate: "price", Desc: true}}},
	{Kind: "case", Order: []Order{{Predicate: "released", Desc: true}, {Predicate: "price"}}},
	{Order: []Order{{Predicate: "size"}}},
	{Order: []Order{{Predicate: "size", Desc: true}, {Predicate: "colour", Desc: true}}},
	{Where: []Condition{{Predicate: "price", Op: Lt, Values: []Value{Num(150, "")}}}, Order: []Order{{Predicate: "price"}}},
	{Where: []Condition{{Predicate: "size", Op: Ge, Values: []Value{Num(4, "GB")}}}, Order: []Order{{Predicate: "size"}}},
	{Where: []Condition{{Predicate: "released", Op: Gt, Values: []Value{Time(time.Unix(3, 1))}}}, Order: []Order{{Predicate: "released"}}},
	{Where: []Condition{{Predicate: "colour", Op: Eq, Values: []Value{Text("red")}}, {Predicate: "price", Op: Ge, Values: []Value{Num(20, "CNY")}}},
		Order: []Order{{Predicate: "price", Desc: true}}},
	{Text: "shelf 3"},
	{Text: "shelf", Order: []Order{{Predicate: "price"}}},
	{Where: []Condition{{Predicate: "price", Op: Has}}},
	{Where: []Condition{{Predicate: "released", Op: HasNot}}},
	{IDs: []string{"p1", "p2", "p3", "p20", "p100"}, Order: []Order{{Predicate: "price"}}},
}

// TestLimitIsAHead compares the ways to the first hits, and counts, with the
// whole result.
func TestLimitIsAHead(t *testing.T) {
	ctx := context.Background()
	g := shelf(t, 600)
	for _, q := range shelfQueries {
		all, err := g.Find(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := g.Count(ctx, q); err != nil || n != len(all) {
			t.Errorf("%+v: counted %d, found %d; %v", q, n, len(all), err)
		}
		for _, limit := range []int{1, 3, 10, 50, 700} {
			for _, offset := range []int{0, 2, 40} {
				head := q
				head.Limit, head.Offset = limit, offset
				got, err := g.Find(ctx, head)
				if err != nil {
					t.Fatal(err)
				}
				want := all[min(offset, len(all)):min(offset+limit, len(all))]
				if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v: limit %d offset %d:\n%v\nwant\n%v", q, limit, offset, got, want)
				}
			}
		}
	}
}

func TestPagesMakeTheWhole(t *testing.T) {
	ctx := context.Background()
	g := shelf(t, 300)
	for _, q := range shelfQueries {
		all, err := g.Find(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		q.Limit = 7
		var got []Hit
		for cursor := ""; ; {
			hits, next, err := g.Page(ctx, q, cursor)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, hits...); next == "" {
				break
			}
			if len(hits) != 7 {
				t.Fatalf("%+v: a page of %d hits with more behind it", q, len(hits))
			}
			cursor = next
		}
		if !reflect.DeepEqual(got, all) && len(all) > 0 {
			t.Errorf("%+v: pages\n%v\nwant\n%v", q, ids(got), ids(all))
		}
	}
}

// TestPageAfterWrites has things come and go, the one at the cursor too.
func TestPageAfterWrites(t *testing.T) {
	ctx := context.Background()
	g := shelf(t, 100)
	q := Query{Order: []Order{{Predicate: "price"}}, Limit: 20}
	whole, err := g.Find(ctx, Query{Order: q.Order})
	if err != nil {
		t.Fatal(err)
	}
	_, cursor, err := g.Page(ctx, q, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Update(ctx, func(b *Batch) error {
		b.RemoveSubject(whole[0].ID, whole[19].ID)
		b.Add(Fact{Subject: "new", Predicate: "price", Object: Num(-1, "CNY")})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	hits, _, err := g.Page(ctx, q, cursor)
	if err != nil || ids(hits) != ids(whole[20:40]) {
		t.Errorf("the second page is %s, %v; want %s", ids(hits), err, ids(whole[20:40]))
	}
	for _, bad := range []string{"%", "e30", cursor[:len(cursor)-4], cursor} {
		other := Query{Order: []Order{{Predicate: "price", Desc: true}}}
		if hits, _, err := g.Page(ctx, other, bad); err == nil {
			t.Errorf("cursor %q of another query gave %v", bad, hits)
		}
	}
}

func TestAppendValues(t *testing.T) {
	ctx := context.Background()
	g := shelf(t, 100)
	for _, id := range []string{"p1", "p2", "nobody"} {
		for _, predicate := range []string{"size", "price", "nothing", "^kind", "price/size"} {
			want, err := g.Values(ctx, id, predicate)
			got, err2 := g.AppendValues(ctx, nil, id, predicate)
			if err != nil || err2 != nil || !slices.Equal(got, want) {
				t.Errorf("%s %s: %v, %v; want %v, %v", id, predicate, got, err2, want, err)
			}
		}
	}
	buf := make([]Value, 0, 4)
	if n := testing.AllocsPerRun(100, func() { buf, _ = g.AppendValues(ctx, buf[:0], "p1", "price") }); n != 0 {
		t.Errorf("one hop makes %v allocations, want none", n)
	}
}
