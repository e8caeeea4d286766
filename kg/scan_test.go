package kg

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// rack is a graph large enough for dense lists and columns by subject, written
// in several batches, so that not all things lie in the order of their ids.
func rack(t testing.TB, n int) *Graph {
	t.Helper()
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	r := rand.New(rand.NewPCG(3, 5))
	write := func(from, to int, prefix string) {
		var facts []Fact
		for i := from; i < to; i++ {
			add := func(predicate string, v Value) {
				facts = append(facts, Fact{Subject: fmt.Sprintf("%s%05d", prefix, i), Predicate: predicate, Object: v})
			}
			add("kind", Text([]string{"phone", "laptop", "case"}[r.IntN(3)]))
			add("colour", Text([]string{"red", "blue", "green", "black"}[r.IntN(4)]))
			add("brand", Ref(fmt.Sprintf("b%d", r.IntN(60))))
			add("price", Num(float64(r.IntN(900)), "CNY"))
			add("rating", Num(float64(r.IntN(20))/4, ""))
			add("released", Time(time.Date(2020, 1, r.IntN(500), 0, 0, 0, r.IntN(2), time.UTC)))
			for range r.IntN(3) {
				add("size", Num(float64(r.IntN(30)), "inch"))
			}
			if i%3 == 0 {
				add("weight", Num(float64(r.IntN(50)), "g"))
			}
		}
		if err := g.Add(context.Background(), facts...); err != nil {
			t.Fatal(err)
		}
	}
	write(0, n, "p")
	write(0, n/50, "a") // come before the others, and later
	write(n, n+n/50, "p")
	err = g.Update(context.Background(), func(b *Batch) error {
		for i := 0; i < n; i += 70 {
			b.RemoveSubject(fmt.Sprintf("p%05d", i))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func randomRackQuery(r *rand.Rand) Query {
	pick := func(words ...string) Value { return Text(words[r.IntN(len(words))]) }
	price := func() []Value { return []Value{Num(float64(r.IntN(950)), []string{"CNY", ""}[r.IntN(2)])} }
	conditions := []func() Condition{
		func() Condition { return Condition{"kind", Eq, []Value{pick("phone", "laptop", "case")}} },
		func() Condition { return Condition{"kind", Eq, []Value{Text("phone"), Text("laptop"), Text("case")}} },
		func() Condition {
			return Condition{"colour", []Op{Eq, Ne}[r.IntN(2)], []Value{pick("red", "blue", "pink")}}
		},
		func() Condition {
			return Condition{"brand", []Op{Eq, Ne, Ne}[r.IntN(3)], []Value{Ref(fmt.Sprintf("b%d", r.IntN(62)))}}
		},
		func() Condition {
			return Condition{"brand", Ne, []Value{Ref(fmt.Sprintf("b%d", r.IntN(62))), Ref("b3")}}
		},
		func() Condition { return Condition{"price", Op(int(Lt) + r.IntN(4)), price()} },
		func() Condition { return Condition{"price", []Op{Eq, Ne}[r.IntN(2)], price()} },
		func() Condition { return Condition{"size", Op(int(Lt) + r.IntN(4)), []Value{Num(20, "inch")}} },
		func() Condition {
			return Condition{"weight", []Op{Has, HasNot, Lt}[r.IntN(3)], []Value{Num(20, "g")}}
		},
		func() Condition {
			return Condition{"released", Ge, []Value{Time(time.Date(2020, 1, r.IntN(500), 0, 0, 0, 0, time.UTC))}}
		},
	}
	var q Query
	for range 1 + r.IntN(4) {
		c := conditions[r.IntN(len(conditions))]()
		if c.Op == Has || c.Op == HasNot {
			c.Values = nil
		}
		q.Where = append(q.Where, c)
	}
	if r.IntN(6) == 0 {
		q.IDs = []string{"p00001", "p00002", "a00003", "p00070", "nobody"}
	}
	for _, p := range []string{"rating", "price", "released", "size", "weight", "kind"} {
		if r.IntN(4) == 0 {
			q.Order = append(q.Order, Order{p, r.IntN(2) == 0})
		}
	}
	q.Limit = 1 + r.IntN(8)
	return q
}

// The scan counts, ranks and samples what gathering everything finds.
func TestScanAgreesWithMatch(t *testing.T) {
	ctx := context.Background()
	g := rack(t, 6000)
	s, err := g.read(ctx, "test")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		q := randomRackQuery(r)
		p, err := g.plan(ctx, s, q)
		if err != nil {
			t.Fatal(err)
		}
		found, err := p.match(ctx, all)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := g.Count(ctx, q); err != nil || n != len(found) {
			t.Fatalf("Count(%v) = %d, %v; want %d", q, n, err, len(found))
		}
		sample, err := p.sample(ctx, 100)
		if err != nil || len(sample) != min(100, len(found)) {
			t.Fatalf("a sample of %v has %d things, %v; there are %d", q, len(sample), err, len(found))
		}
		byNumber := slices.Sorted(slices.Values(found))
		slices.Sort(sample)
		for i, n := range sample {
			if _, ok := slices.BinarySearch(byNumber, n); !ok || i > 0 && n == sample[i-1] {
				t.Fatalf("a sample of %v has %s, which is not found or there twice", q, p.s.id(n))
			}
		}
		if len(q.Order) > 0 {
			if found, err = p.sort(ctx, found, q.Limit); err != nil {
				t.Fatal(err)
			}
		}
		hits, err := g.Find(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range cut(found, q.Limit) {
			if i >= len(hits) || hits[i].ID != p.s.id(n) {
				t.Fatalf("Find(%v): hit %d of %v is not %s", q, i, hits, p.s.id(n))
			}
		}
	}
}

func TestGains(t *testing.T) {
	ctx := context.Background()
	g := rack(t, 600)
	gains, err := g.Gains(ctx, Query{}, 10_000, "colour", "price", "weight", "size", "nothing", "brand/name")
	if err != nil {
		t.Fatal(err)
	}
	total, _ := g.Count(ctx, Query{})
	for i, p := range []string{"colour", "price", "weight"} {
		has, _ := g.Count(ctx, Query{Where: []Condition{{Predicate: p, Op: Has}}})
		if gains[i].Things != total || gains[i].Known != has || gains[i].Numbers != (p != "colour") {
			t.Errorf("%s: %+v; there are %d things, %d with a value", p, gains[i], total, has)
		}
	}
	if b := gains[0].Bits; b < 1.9 || b > 2 {
		t.Errorf("four colours of equal frequency tell %v bits, want almost 2", b)
	}
	if gains[3].Values <= gains[3].Known || gains[4].Known != 0 || gains[5].Known != 0 {
		t.Errorf("gains %+v", gains)
	}
	some, err := g.Gains(ctx, Query{Where: []Condition{{Predicate: "colour", Op: Ne, Values: []Value{Text("red")}}}}, 100, "colour")
	if err != nil || some[0].Things != 100 || some[0].Bits < 1.4 || some[0].Bits > 1.585 {
		t.Errorf("of a sample: %+v, %v", some, err)
	}
	if _, err := g.Gains(ctx, Query{}, 0, "colour"); err == nil {
		t.Error("no error for a sample of nothing")
	}
	if _, err := g.Gains(ctx, Query{}, 5, "/"); err == nil {
		t.Error("no error for a path that is none")
	}
}

// What most turns of a conversation ask of a large catalogue.
func BenchmarkNarrowing(b *testing.B) {
	ctx := context.Background()
	g := rack(b, 100_000)
	q := Query{Where: []Condition{{"kind", Eq, []Value{Text("phone")}}, {"price", Le, []Value{Num(500, "CNY")}}},
		Order: []Order{{"rating", true}}, Limit: 3}
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Count(ctx, q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Find(ctx, q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gains", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Gains(ctx, q, 256, "brand", "colour", "rating"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
