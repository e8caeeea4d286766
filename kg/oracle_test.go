package kg

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The oracle answers queries by scanning a list of facts, with nothing of the
// snapshot: numbers are compared as rationals, paths followed by nested loops.
type oracle []Fact

var oracleUnits = map[string]struct {
	dim string
	per int64
}{"GB": {"data", 1024}, "MB": {"data", 1}, "kg": {"mass", 1000}, "g": {"mass", 1}, "CNY": {"CNY", 1}, "USD": {"USD", 1}}

func (oracle) cmp(a, b Value) (int, bool) {
	if a.Kind() != b.Kind() {
		return 0, false
	}
	switch a.Kind() {
	case Number:
		x, ux, _ := a.Number()
		y, uy, _ := b.Number()
		rx, ry := new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y)
		if ux != "" && uy != "" {
			if oracleUnits[ux].dim != oracleUnits[uy].dim {
				return 0, false
			}
			rx.Mul(rx, big.NewRat(oracleUnits[ux].per, 1))
			ry.Mul(ry, big.NewRat(oracleUnits[uy].per, 1))
		}
		return rx.Cmp(ry), true
	case String:
		return strings.Compare(a.String(), b.String()), true
	case Moment:
		x, _ := a.Time()
		y, _ := b.Time()
		return x.Compare(y), true
	}
	return 0, false
}

func (o oracle) equal(a, b Value) bool {
	if c, ok := o.cmp(a, b); ok {
		return c == 0
	}
	return a == b
}

type oracleEnd struct {
	value Value
	trail []Fact
}

func (o oracle) ends(from Value, path string) []oracleEnd {
	hop, rest, more := strings.Cut(path, "/")
	var out []oracleEnd
	for _, f := range o {
		next, inverse := f.Object, strings.HasPrefix(hop, "^")
		if inverse {
			next = Ref(f.Subject)
		}
		if f.Predicate != strings.TrimPrefix(hop, "^") || inverse && f.Object != from || !inverse && from != Ref(f.Subject) {
			continue
		}
		if !more {
			out = append(out, oracleEnd{next, []Fact{f}})
			continue
		}
		for _, e := range o.ends(next, rest) {
			out = append(out, oracleEnd{e.value, append([]Fact{f}, e.trail...)})
		}
	}
	return out
}

// holds returns whether the condition holds and the facts that say so.
func (o oracle) holds(id string, c Condition) (bool, map[Fact]bool) {
	ends := o.ends(Ref(id), c.Predicate)
	why := map[Fact]bool{}
	match := func(ok func(Value) bool) (n int) {
		for _, e := range ends {
			if ok(e.value) {
				n++
				for _, f := range e.trail {
					why[f] = true
				}
			}
		}
		return n
	}
	in := func(v Value) bool { return slices.ContainsFunc(c.Values, func(w Value) bool { return o.equal(v, w) }) }
	rel := func(ok func(int) bool) bool {
		return match(func(v Value) bool { r, can := o.cmp(v, c.Values[0]); return can && ok(r) }) > 0
	}
	switch c.Op {
	case Eq:
		return match(in) > 0, why
	case Ne:
		ok := !slices.ContainsFunc(ends, func(e oracleEnd) bool { return in(e.value) })
		match(func(Value) bool { return true })
		return ok, why
	case Lt:
		return rel(func(r int) bool { return r < 0 }), why
	case Le:
		return rel(func(r int) bool { return r <= 0 }), why
	case Gt:
		return rel(func(r int) bool { return r > 0 }), why
	case Ge:
		return rel(func(r int) bool { return r >= 0 }), why
	case Has:
		return len(ends) > 0, nil // any one way will do
	case HasNot:
		return len(ends) == 0, why
	}
	for _, w := range c.Values {
		if match(func(v Value) bool { return o.equal(v, w) }) == 0 {
			return false, nil
		}
	}
	return true, why
}

func (o oracle) find(q Query) (ids []string, why map[string][]map[Fact]bool) {
	why = map[string][]map[Fact]bool{}
	subjects := map[string]bool{}
	for _, f := range o {
		subjects[f.Subject] = true
	}
next:
	for id := range subjects {
		if q.Kind != "" && !slices.ContainsFunc(o, func(f Fact) bool {
			return f.Subject == id && f.Predicate == "kind" && f.Object.String() == q.Kind
		}) || q.IDs != nil && !slices.Contains(q.IDs, id) {
			continue
		}
		for _, c := range q.Where {
			ok, w := o.holds(id, c)
			if !ok {
				continue next
			}
			why[id] = append(why[id], w)
		}
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for i := len(q.Order) - 1; i >= 0; i-- {
		o.sort(ids, q.Order[i])
	}
	return ids, why
}

func (o oracle) sort(ids []string, by Order) {
	best := map[string]Value{}
	less := func(a, b Value) bool { return oracleRank(o, a, b) < 0 }
	for _, id := range ids {
		for _, e := range o.ends(Ref(id), by.Predicate) {
			if b, ok := best[id]; !ok || !by.Desc && less(e.value, b) || by.Desc && less(b, e.value) {
				best[id] = e.value
			}
		}
	}
	sort.SliceStable(ids, func(i, j int) bool {
		a, okA := best[ids[i]]
		b, okB := best[ids[j]]
		switch {
		case !okA || !okB:
			return okA && !okB
		case by.Desc:
			return less(b, a)
		}
		return less(a, b)
	})
}

func oracleRank(o oracle, a, b Value) int {
	kinds := []Kind{Number, Moment, String, Thing, Truth}
	if x, y := slices.Index(kinds, a.Kind()), slices.Index(kinds, b.Kind()); x != y {
		return x - y
	}
	if a.Kind() == Number {
		_, ua, _ := a.Number()
		_, ub, _ := b.Number()
		dims := map[string]string{"": "", "CNY": "currency CNY", "USD": "currency USD", "kg": "mass", "g": "mass", "GB": "storage", "MB": "storage"}
		if dims[ua] != dims[ub] {
			return strings.Compare(dims[ua], dims[ub])
		}
	}
	if c, ok := o.cmp(a, b); ok {
		return c
	}
	return strings.Compare(a.String(), b.String())
}

var oraclePaths = []string{"a", "b", "brand", "brand/country", "^brand", "brand/^brand", "^brand/a", "brand/a", "a/^a", "b/^b", "unknown", "unknown/a", "a/unknown", "^a", "^a/^brand"}

func drawValue(t *rapid.T) Value {
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0, 1, 2, 3:
		n := rapid.SampledFrom([]float64{-1, 0, 0.5, 1, 2, 4, 8, 1024, 2048}).Draw(t, "n")
		return Num(n, rapid.SampledFrom([]string{"", "", "GB", "MB", "kg", "g", "CNY", "USD"}).Draw(t, "unit"))
	case 4, 5:
		return Text(rapid.SampledFrom([]string{"", "red", "蓝", "8", "t1"}).Draw(t, "text"))
	case 6, 7:
		return Ref(fmt.Sprintf("t%d", rapid.IntRange(0, 12).Draw(t, "ref")))
	case 8:
		return Bool(rapid.Bool().Draw(t, "bool"))
	default:
		return Time(epoch.Add(rapid.SampledFrom([]int64ns{0, 1, 1e6, 1e9}).Draw(t, "time").duration()))
	}
}

func drawFact(t *rapid.T) Fact {
	f := Fact{Subject: fmt.Sprintf("t%d", rapid.IntRange(0, 9).Draw(t, "subject"))}
	f.Predicate = rapid.SampledFrom([]string{"a", "b", "brand", "country", "kind"}).Draw(t, "predicate")
	switch f.Predicate {
	case "kind":
		f.Object = Text(rapid.SampledFrom([]string{"phone", "case"}).Draw(t, "kind"))
		if rapid.Bool().Draw(t, "kindref") {
			f.Object = Ref(f.Object.String())
		}
	case "brand":
		f.Object = Ref(fmt.Sprintf("t%d", rapid.IntRange(0, 12).Draw(t, "brand")))
	default:
		f.Object = drawValue(t)
	}
	return f
}

func drawQuery(t *rapid.T) Query {
	q := Query{Kind: rapid.SampledFrom([]string{"", "", "phone", "case", "nothing"}).Draw(t, "kind")}
	if rapid.IntRange(0, 3).Draw(t, "ids") == 0 {
		q.IDs = rapid.SliceOfN(rapid.SampledFrom([]string{"t0", "t1", "t2", "t3", "t9", "zzz"}), 0, 5).Draw(t, "ids")
	}
	for range rapid.IntRange(0, 3).Draw(t, "conditions") {
		c := Condition{Predicate: rapid.SampledFrom(oraclePaths).Draw(t, "path"), Op: Op(rapid.IntRange(0, int(All)).Draw(t, "op"))}
		switch c.Op {
		case Has, HasNot:
		case Lt, Le, Gt, Ge:
			for c.Values = []Value{drawValue(t)}; c.Values[0].Kind() == Thing || c.Values[0].Kind() == Truth; {
				c.Values[0] = drawValue(t)
			}
		default:
			for range rapid.IntRange(1, 3).Draw(t, "values") {
				c.Values = append(c.Values, drawValue(t))
			}
		}
		q.Where = append(q.Where, c)
	}
	for range rapid.IntRange(0, 2).Draw(t, "orders") {
		q.Order = append(q.Order, Order{rapid.SampledFrom(oraclePaths).Draw(t, "order"), rapid.Bool().Draw(t, "desc")})
	}
	return q
}

// TestQueriesAgreeWithScan builds a graph by random batches of writes and asks
// it random queries, beside a plain scan of the facts that should be there.
func TestQueriesAgreeWithScan(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		g, err := New(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		var o oracle
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			err := g.Update(ctx, func(b *Batch) error {
				for range rapid.IntRange(0, 25).Draw(t, "changes") {
					o = drawChange(t, b, o)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if g.Len() != len(o) {
			t.Fatalf("%d facts, want %d", g.Len(), len(o))
		}
		checkStore(t, g)
		for range 8 {
			checkQuery(t, g, o, drawQuery(t))
		}
	})
}

func drawChange(t *rapid.T, b *Batch, o oracle) oracle {
	f := drawFact(t)
	switch rapid.IntRange(0, 12).Draw(t, "change") {
	case 0:
		b.RemoveSubject(f.Subject)
		return slices.DeleteFunc(o, func(g Fact) bool { return g.Subject == f.Subject })
	case 1, 2:
		if len(o) > 0 {
			f = rapid.SampledFrom(o).Draw(t, "there")
		}
		b.Remove(f)
		return slices.DeleteFunc(o, func(g Fact) bool { return g == f })
	}
	b.Add(f)
	if slices.Contains(o, f) {
		return o
	}
	return append(o, f)
}

func checkQuery(t *rapid.T, g *Graph, o oracle, q Query) {
	ctx := context.Background()
	want, why := o.find(q)
	n, err := g.Count(ctx, q)
	if err != nil || n != len(want) {
		t.Fatalf("Count(%+v) = %d, %v; want %d", q, n, err, len(want))
	}
	q.Offset = rapid.IntRange(0, 4).Draw(t, "offset")
	q.Limit = rapid.IntRange(0, 5).Draw(t, "limit")
	hits, err := g.Find(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	want = want[min(q.Offset, len(want)):]
	if q.Limit > 0 {
		want = want[:min(q.Limit, len(want))]
	}
	got := []string{}
	for _, h := range hits {
		got = append(got, h.ID)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("Find(%+v)\n got %v\nwant %v\nfacts %v", q, got, want, o)
	}
	for _, h := range hits {
		checkWhy(t, o, q, h, why[h.ID])
	}
}

// checkWhy checks that Why is the union of what each condition rests on; Has
// may rest on any one way.
func checkWhy(t *rapid.T, o oracle, q Query, h Hit, why []map[Fact]bool) {
	want := map[Fact]bool{}
	free := false
	for i, w := range why {
		if q.Where[i].Op == Has {
			free = true
		}
		for f := range w {
			want[f] = true
		}
	}
	got := map[Fact]bool{}
	for _, f := range h.Why {
		if got[f] {
			t.Fatalf("%s: %v twice in Why of %+v", h.ID, f, q.Where)
		}
		got[f] = true
		if !want[f] && !(free && slices.Contains(o, f)) {
			t.Fatalf("%s: %v in Why of %+v, want %v", h.ID, f, q.Where, want)
		}
	}
	for f := range want {
		if !got[f] {
			t.Fatalf("%s: %v not in Why of %+v: %v", h.ID, f, q.Where, h.Why)
		}
	}
}
