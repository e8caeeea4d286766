package kg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
)

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

type int64ns int64

func (n int64ns) duration() time.Duration { return time.Duration(n) }

func newGraph(t testing.TB, facts ...Fact) *Graph {
	t.Helper()
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	return g
}

// fatal is what both testing and rapid can do.
type fatal interface {
	Fatalf(format string, args ...any)
}

// checkStore checks that the cayley store holds what the snapshot holds.
func checkStore(t fatal, g *Graph) {
	s := g.snap.Load()
	checkLayout(t, s)
	want := slices.Collect(s.all)
	var got []Fact
	err := g.View(context.Background(), func(qs graph.QuadStore) error {
		it := qs.QuadsAllIterator()
		defer it.Close()
		for it.Next(context.Background()) {
			f, err := factOf(qs.Quad(it.Result()))
			if err != nil {
				return err
			}
			got = append(got, f)
		}
		return it.Err()
	})
	if err != nil {
		t.Fatalf("read the store: %v", err)
	}
	byText := func(a, b Fact) int {
		return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(a.Predicate, b.Predicate), rank(a.Object, b.Object))
	}
	slices.SortFunc(want, byText)
	slices.SortFunc(got, byText)
	for i := range want {
		want[i].Source = ""
	}
	for i := range got {
		got[i].Source = "" // of which a fact has the first alone
	}
	got = slices.Compact(got)
	if !slices.Equal(got, want) {
		t.Fatalf("the store holds\n%v\nand the snapshot\n%v", got, want)
	}
}

func ids(hits []Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, " ")
}

func TestNumbersCompareAcrossUnits(t *testing.T) {
	g := newGraph(t,
		Fact{Subject: "a", Predicate: "memory", Object: Num(8, "GB")},
		Fact{Subject: "b", Predicate: "memory", Object: Num(8192, "mb")},
		Fact{Subject: "c", Predicate: "memory", Object: Num(1, "TB")},
		Fact{Subject: "d", Predicate: "memory", Object: Text("8 GB")},
		Fact{Subject: "a", Predicate: "price", Object: Num(4999, "元")},
		Fact{Subject: "b", Predicate: "price", Object: Num(699.5, "USD")},
		Fact{Subject: "c", Predicate: "price", Object: Num(5000, "RMB")},
		Fact{Subject: "d", Predicate: "price", Object: Num(100, "")},
		Fact{Subject: "a", Predicate: "weight", Object: Num(1.001, "kg")},
		Fact{Subject: "b", Predicate: "weight", Object: Num(1001, "克")},
		Fact{Subject: "c", Predicate: "weight", Object: Num(2, "斤")},
		Fact{Subject: "a", Predicate: "screen", Object: Num(10, "英寸")},
		Fact{Subject: "b", Predicate: "screen", Object: Num(25.4, "cm")},
		Fact{Subject: "c", Predicate: "screen", Object: Num(254, "mm")},
	)
	for _, c := range []struct {
		pred string
		op   Op
		v    Value
		want string
	}{
		{"memory", Eq, Num(8, "GB"), "a b"},
		{"memory", Eq, Num(0.0078125, "TB"), "a b"},
		{"memory", Gt, Num(8, "GB"), "c"},
		{"memory", Ge, Num(8192, "MB"), "a b c"},
		{"memory", Eq, Num(8, ""), "a"},
		{"memory", Eq, Num(8, "kg"), ""},
		{"memory", Ne, Num(8, "GB"), "c d"},
		{"price", Lt, Num(5000, "CNY"), "a d"},
		{"price", Le, Num(5000, "块"), "a c d"},
		{"price", Gt, Num(0, "$"), "b d"},
		{"price", Eq, Num(699.5, ""), "b"},
		{"weight", Eq, Num(1001, "g"), "a b"},
		{"weight", Lt, Num(1001, "g"), "c"},
		{"weight", Le, Num(1, "公斤"), "c"},
		{"screen", Eq, Num(10, "寸"), "a b c"},
	} {
		hits, err := g.Find(context.Background(), Query{Where: []Condition{{c.pred, c.op, []Value{c.v}}}})
		if err != nil || ids(hits) != c.want {
			t.Errorf("%s %s %s: %q, %v; want %q", c.pred, c.op, c.v, ids(hits), err, c.want)
		}
	}
	hits, err := g.Find(context.Background(), Query{Order: []Order{{"memory", true}}})
	if err != nil || ids(hits) != "d c a b" { // text after numbers, so before them when descending
		t.Errorf("ordered by memory: %q, %v", ids(hits), err)
	}
}

func TestTimesStayDistinct(t *testing.T) {
	ctx := context.Background()
	facts := []Fact{
		{Subject: "a", Predicate: "at", Object: Time(epoch)},
		{Subject: "a", Predicate: "at", Object: Time(epoch.Add(time.Millisecond))},
		{Subject: "b", Predicate: "at", Object: Time(epoch.Add(time.Millisecond + 1))},
		{Subject: "c", Predicate: "at", Object: Time(epoch.In(time.FixedZone("CST", 8*3600)))},
	}
	g := newGraph(t, facts...)
	if g.Len() != 4 {
		t.Fatalf("%d facts, want 4", g.Len())
	}
	checkStore(t, g)
	got, err := g.Subjects(ctx, "at", Time(epoch))
	if err != nil || !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("at the epoch: %v, %v", got, err)
	}
	hits, err := g.Find(ctx, Query{Where: []Condition{{"at", Gt, []Value{Time(epoch.Add(time.Millisecond))}}}})
	if err != nil || ids(hits) != "b" {
		t.Errorf("later than a millisecond: %v, %v", hits, err)
	}
}

func TestAddAgainIsNoDuplicate(t *testing.T) {
	ctx := context.Background()
	f := Fact{"p", "color", Text("red"), "first.json"}
	g := newGraph(t, f, f)
	again := f
	again.Source = "second.json"
	if err := g.Add(ctx, again); err != nil {
		t.Fatal(err)
	}
	got, err := g.Facts(ctx, "p")
	if err != nil || !slices.Equal(got, []Fact{f}) {
		t.Errorf("%v, %v; want the one fact with its first source", got, err)
	}
	if err := g.Remove(ctx, Fact{Subject: "p", Predicate: "color", Object: Text("red")}, Fact{Subject: "x", Predicate: "y", Object: Bool(true)}); err != nil {
		t.Fatal(err)
	}
	checkStore(t, g)
	if g.Len() != 0 {
		t.Errorf("%d facts after removal, want 0", g.Len())
	}
}

func TestInvalidFactsAreRefused(t *testing.T) {
	ctx := context.Background()
	good := Fact{Subject: "p", Predicate: "q", Object: Num(1, "")}
	g := newGraph(t, good)
	for _, f := range []Fact{
		{}, {Subject: "a", Predicate: "b"}, {Predicate: "b", Object: Text("c")}, {Subject: "a", Object: Text("c")},
		{Subject: "a", Predicate: "b", Object: Num(math.NaN(), "")}, {Subject: "a", Predicate: "b", Object: Num(math.Inf(1), "kg")},
		{Subject: "a", Predicate: "b", Object: Ref("")}, {Subject: "a\xff", Predicate: "b", Object: Text("c")},
		{Subject: "a", Predicate: "b", Object: Text("c\xff")}, {Subject: "a", Predicate: "b", Object: Time(time.Time{}.AddDate(-5, 0, 0))},
	} {
		if err := g.Add(ctx, Fact{Subject: "new", Predicate: "q", Object: Bool(true)}, f); err == nil {
			t.Errorf("%#v was added", f)
		}
	}
	if g.Len() != 1 {
		t.Errorf("%d facts, want the one good fact: a failed batch left something", g.Len())
	}
	failed := errors.New("no")
	err := g.Update(ctx, func(b *Batch) error { b.RemoveSubject("p"); return failed })
	if !errors.Is(err, failed) || g.Len() != 1 {
		t.Errorf("a failed Update: %v, %d facts", err, g.Len())
	}
}

func TestImpossibleQueriesAreErrors(t *testing.T) {
	g := newGraph(t, Fact{Subject: "p", Predicate: "q", Object: Num(1, "")})
	for _, q := range []Query{
		{Limit: -1}, {Offset: -1}, {Order: []Order{{Predicate: ""}}}, {Order: []Order{{Predicate: "a//b"}}},
		{Where: []Condition{{"", Has, nil}}}, {Where: []Condition{{"q", Eq, nil}}}, {Where: []Condition{{"q", All, nil}}},
		{Where: []Condition{{"q", Lt, []Value{Ref("x")}}}}, {Where: []Condition{{"q", Lt, []Value{Num(1, ""), Num(2, "")}}}},
		{Where: []Condition{{"q", Has, []Value{Num(1, "")}}}}, {Where: []Condition{{"q", Op(99), nil}}},
		{Where: []Condition{{"q", Eq, []Value{{}}}}}, {Where: []Condition{{"a/b/c/d/e", Has, nil}}},
		{Where: []Condition{{"<a>b", Has, nil}}}, {Where: []Condition{{"q", Eq, []Value{Num(math.NaN(), "")}}}},
	} {
		if hits, err := g.Find(context.Background(), q); err == nil {
			t.Errorf("Find(%+v) = %v, want an error", q, hits)
		} else if !strings.HasPrefix(err.Error(), "kg: find: ") {
			t.Errorf("Find(%+v): error %q does not say what was done", q, err)
		}
	}
}

func TestPredicatesWithPathSigns(t *testing.T) {
	g := newGraph(t,
		Fact{Subject: "p", Predicate: "http://example.com/brand", Object: Ref("b")},
		Fact{Subject: "b", Predicate: "a/b", Object: Text("x")},
		Fact{Subject: "b", Predicate: "^c", Object: Text("y")},
		Fact{Subject: "b", Predicate: "country", Object: Text("中国")})
	for _, c := range []struct{ id, path, want string }{
		{"p", "http://example.com/brand", "[b]"}, {"b", "a/b", "[x]"}, {"b", "^c", "[y]"},
		{"p", "<http://example.com/brand>/country", "[中国]"}, {"p", "<http://example.com/brand>/<a/b>", "[x]"},
		{"b", "^<http://example.com/brand>", "[p]"}, {"p", "<http://example.com/brand>/<^c>", "[y]"},
	} {
		got, err := g.Values(context.Background(), c.id, c.path)
		if err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("Values(%s, %s) = %v, %v; want %s", c.id, c.path, got, err, c.want)
		}
	}
}

func TestClosedGraph(t *testing.T) {
	ctx := context.Background()
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	if _, err := g.Find(ctx, Query{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Find: %v", err)
	}
	if err := g.Add(ctx, Fact{Subject: "a", Predicate: "b", Object: Bool(true)}); !errors.Is(err, ErrClosed) {
		t.Errorf("Add: %v", err)
	}
	if err := g.View(ctx, func(graph.QuadStore) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("View: %v", err)
	}
	if n, name := g.Len(), g.Name(ctx, "x", ""); n != 0 || name != "x" {
		t.Errorf("Len %d, Name %q", n, name)
	}
}

func TestViewIsSafe(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t, Fact{Subject: "p", Predicate: "brand", Object: Ref("b")}, Fact{Subject: "p", Predicate: "name@zh", Object: Text("手机")})
	err := g.View(ctx, func(qs graph.QuadStore) error {
		vals, err := path.StartPath(qs, quad.IRI("p")).Out(quad.IRI("brand")).Iterate(ctx).AllValues(qs)
		if want := []quad.Value{quad.IRI("b")}; !reflect.DeepEqual(vals, want) {
			t.Errorf("%v, want %v", vals, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := g.View(ctx, func(qs graph.QuadStore) error {
		_, err := path.StartPath(qs).Out(struct{}{}).Iterate(ctx).Count()
		return err
	}); err == nil {
		t.Error("a panic of cayley is no error")
	}
	err = g.View(ctx, func(qs graph.QuadStore) error {
		if _, err := qs.NewQuadWriter(); err == nil {
			t.Error("View can write")
		}
		return qs.ApplyDeltas(nil, graph.IgnoreOpts{})
	})
	if !errors.Is(err, errReadOnly) {
		t.Errorf("View wrote: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	if err := g.View(cancelled, func(graph.QuadStore) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled within View: %v", err)
	}
}

// TestManyBatches goes over the number of batches from which the text index is
// written anew, and over the size from which a batch is compiled.
func TestManyBatches(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t)
	var facts []Fact
	for i := range compileLeast {
		facts = append(facts, Fact{Subject: fmt.Sprintf("p%d", i), Predicate: "name", Object: Text(fmt.Sprintf("thing number%d", i))})
	}
	for i := range 2 * smallPart {
		if err := g.Add(ctx, facts[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Add(ctx, facts...); err != nil {
		t.Fatal(err)
	}
	if hits, err := g.Find(ctx, Query{Text: "thing"}); err != nil || len(hits) != len(facts) {
		t.Errorf("%d hits, %v; want %d", len(hits), err, len(facts))
	}
	const less = 700
	if err := g.Remove(ctx, facts[:less]...); err != nil {
		t.Fatal(err)
	}
	checkStore(t, g)
	if hits, err := g.Find(ctx, Query{Text: "thing"}); err != nil || len(hits) != len(facts)-less {
		t.Errorf("%d hits, %v; want %d", len(hits), err, len(facts)-less)
	}
}
