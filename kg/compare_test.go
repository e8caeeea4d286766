package kg

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// rowTexts words rows as "price: 9 CNY | - least 0 greatest 1".
func rowTexts(rows []ComparisonRow) []string {
	var out []string
	for _, r := range rows {
		var cells []string
		for _, values := range r.Values {
			var texts []string
			for _, v := range values {
				texts = append(texts, v.String())
			}
			cells = append(cells, strings.Join(append(texts, "-")[:max(1, len(texts))], ","))
		}
		text := r.Predicate + ": " + strings.Join(cells, " | ")
		if r.Least != nil || r.Greatest != nil {
			text += fmt.Sprint(" ", r.Least, r.Greatest)
		}
		out = append(out, text)
	}
	return out
}

func TestCompare(t *testing.T) {
	ctx := context.Background()
	fact := func(s, p string, v Value) Fact { return Fact{Subject: s, Predicate: p, Object: v} }
	g := newGraph(t,
		fact("a", "name", Text("A")), fact("a", "name@zh", Text("甲")), fact("b", "alias", Text("B")),
		fact("a", "memory", Num(8, "GB")), fact("b", "memory", Num(8192, "MB")), fact("c", "memory", Num(1, "TB")),
		fact("a", "weight", Num(1001, "g")), fact("b", "weight", Num(1.001, "kg")), fact("c", "weight", Num(2, "斤")),
		fact("a", "price", Num(9, "CNY")), fact("b", "price", Num(8, "USD")), fact("c", "price", Num(7, "CNY")),
		fact("a", "rating", Num(4, "")), fact("b", "rating", Num(5, "")),
		fact("a", "colour", Text("red")), fact("a", "colour", Text("blue")), fact("b", "colour", Text("blue")), fact("b", "colour", Text("red")), fact("c", "colour", Text("red")),
		fact("a", "port", Num(1, "")), fact("a", "port", Num(3, "")), fact("b", "port", Num(2, "")), fact("c", "port", Num(3, "")),
		fact("a", "day", Time(epoch)), fact("b", "day", Time(epoch.Add(time.Hour))), fact("c", "note", Text("x")),
		fact("a", "brand", Ref("n")), fact("b", "brand", Ref("m")), fact("n", "country", Text("CN")), fact("m", "country", Text("CN")),
		fact("a", "size", Num(6, "")), fact("b", "size", Num(7, "inch")), fact("c", "size", Num(10, "cm")))
	for _, c := range []struct {
		ids          string
		opts         *CompareOptions
		differ, same []string
	}{
		{"a b", nil, []string{
			"brand: n | m", "day: 2026-01-02T03:04:05Z | 2026-01-02T04:04:05Z [0] [1]",
			"port: 1,3 | 2 [0] [0]", "price: 9 CNY | 8 USD", "rating: 4 | 5 [0] [1]", "size: 6 inch | 7 inch [0] [1]"},
			[]string{"colour: red,blue | blue,red", "memory: 8 GB | 8 GB", "weight: 1001 g | 1001 g"}},
		{"c b a", &CompareOptions{Leave: []string{"day", "port", "price", "brand"}}, []string{
			"colour: red | blue,red | red,blue", "memory: 1 TB | 0.0078125 TB | 0.0078125 TB [1 2] [0]", "note: x | - | -", "rating: - | 5 | 4 [2] [1]",
			"size: 10 cm | 17.78 cm | 6 cm [2] [1]", "weight: 2 斤 | 2.002 斤 | 2.002 斤 [0] [1 2]"}, nil},
		{"a b", &CompareOptions{Predicates: []string{"brand/country", "name", "none"}}, []string{"name: A | -"}, []string{"brand/country: CN | CN", "none: - | -"}},
		{"a n", &CompareOptions{Predicates: []string{"rating"}}, []string{"rating: 4 | -"}, nil},
	} {
		got, err := g.Compare(ctx, strings.Fields(c.ids), c.opts)
		if err != nil || !slices.Equal(rowTexts(got.Differ), c.differ) || !slices.Equal(rowTexts(got.Same), c.same) {
			t.Errorf("Compare(%s, %+v): %v\ndiffer %q\n  want %q\nsame %q\nwant %q", c.ids, c.opts, err, rowTexts(got.Differ), c.differ, rowTexts(got.Same), c.same)
		}
	}
	got, err := g.Compare(ctx, []string{"a", "b"}, &CompareOptions{Lang: "zh"})
	if err != nil || !slices.Equal(got.Names, []string{"甲", "B"}) || !slices.Equal(got.IDs, []string{"a", "b"}) {
		t.Errorf("ids %v, names %v, %v", got.IDs, got.Names, err)
	}
}

func TestCompareErrors(t *testing.T) {
	g := newGraph(t, Fact{Subject: "a", Predicate: "p", Object: Ref("b")})
	for _, c := range []struct {
		ids       string
		predicate string
		want      string
	}{
		{"a", "p", "1 things, want 2 to 5"}, {"a b c d e f", "p", "6 things"}, {"", "p", "0 things"}, {"a b a", "p", `"a"`}, {"a nobody", "p", `"nobody"`}, {"a b", "p//q", "p//q"},
	} {
		got, err := g.Compare(context.Background(), strings.Fields(c.ids), &CompareOptions{Predicates: []string{c.predicate}})
		if err == nil || !strings.Contains(err.Error(), c.want) || got.IDs != nil {
			t.Errorf("Compare(%s by %s): %+v, %v; want an error that says %s", c.ids, c.predicate, got, err, c.want)
		}
	}
}

// TestCompareHugeNumbers checks that a number that another unit has no room for
// stays in its own.
func TestCompareHugeNumbers(t *testing.T) {
	huge := Num(math.MaxFloat64, "L")
	g := newGraph(t, Fact{Subject: "a", Predicate: "p", Object: Num(1, "ml")}, Fact{Subject: "b", Predicate: "p", Object: huge})
	got, err := g.Compare(context.Background(), []string{"a", "b"}, nil)
	if rows := slices.Concat(got.Differ, got.Same); err != nil || len(rows) != 1 || rows[0].Values[1][0] != huge {
		t.Errorf("%+v, %v; want b's %v as it is", rows, err, huge)
	}
}

func BenchmarkCompare(b *testing.B) {
	g := benchGraph()
	for b.Loop() {
		if _, err := g.Compare(context.Background(), []string{"p1", "p2", "p3", "p4", "p5"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
