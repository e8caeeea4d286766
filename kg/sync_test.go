package kg

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSync(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t, Fact{"p1", "name", Text("A"), "shop row 1"}, Fact{"p1", "color", Text("red"), "shop row 1"}, Fact{"p1", "price", Num(5, "CNY"), "shop row 1"},
		Fact{"p2", "name", Text("B"), "shop row 2"}, Fact{"p2", "note", Text("n"), "desk"}, Fact{"p3", "name", Text("C"), "shop"},
		Fact{"p4", "name", Text("D"), "shop row 3"}, Fact{"p5", "name", Text("E"), "shop row x"}, Fact{"p6", "name", Text("F"), "shoplift"})
	d, err := g.Sync(ctx, "shop", Fact{"p1", "name", Text("A"), "shop row 9"}, Fact{"p1", "price", Num(4, "CNY"), ""},
		Fact{"p1", "color", Text("red"), ""}, Fact{"p1", "color", Text("blue"), ""}, Fact{"p4", "name", Text("D"), "shop line 4"},
		Fact{"p7", "name", Text("G"), "shop row 0"}, Fact{"p2", "note", Text("n"), ""})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(d)
	want := `{"things":{"added":1,"changed":2,"gone":1},"values":{"added":1,"changed":2,"gone":2},"added":["p7"],"changed":["p1","p2"],"gone":["p3"],"changes":[` +
		`{"subject":"p1","predicate":"color","new":["blue"]},{"subject":"p1","predicate":"price","old":[{"number":5,"unit":"CNY"}],"new":[{"number":4,"unit":"CNY"}]},` +
		`{"subject":"p2","predicate":"name","old":["B"]},{"subject":"p3","predicate":"name","old":["C"]},{"subject":"p7","predicate":"name","new":["G"]}]}`
	if string(got) != want {
		t.Errorf("diff\n%s\nwant\n%s", got, want)
	}
	if got, want := strings.Join(dump(g), "|"), "p1 color red|p1 color blue|p1 name A|p1 price 4 CNY|p2 note n|p4 name D|p5 name E|p6 name F|p7 name G"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	checkStore(t, g)
	if d, err = g.Sync(ctx, "shop"); err != nil || d.Things != (DiffCount{0, 0, 3}) {
		t.Errorf("a source that says nothing more: %+v, %v", d, err)
	}
}

func TestSyncRefuses(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t)
	for _, c := range []struct {
		source string
		fact   Fact
		want   string
	}{
		{"", Fact{"a", "b", Text("c"), ""}, "no source"},
		{"s", Fact{"a", "b", Text("c"), "t"}, `is of source "t", not of "s"`},
		{"s", Fact{"a", "b", Value{}, ""}, "empty value"},
		{"\xff", Fact{"a", "b", Text("c"), ""}, "UTF-8"},
	} {
		if _, err := g.Sync(ctx, c.source, c.fact); err == nil || !strings.Contains(err.Error(), c.want) || g.Len() != 0 {
			t.Errorf("%q, %v: %v, want %s", c.source, c.fact, err, c.want)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := g.Sync(cancelled, "s", Fact{"a", "b", Text("c"), ""}); err == nil || g.Len() != 0 {
		t.Errorf("cancelled: %v", err)
	}
	g.Close()
	if _, err := g.Sync(ctx, "s"); err == nil {
		t.Error("a closed graph was written")
	}
}

func TestReplace(t *testing.T) {
	ctx := context.Background()
	m := Mapping{ID: "id", Source: "s", Replace: true, SkipBadRows: true, Fields: []Field{{Path: "n", Type: NumberField, Required: true}, {Path: "c"}}}
	first := `[{"id":"a","n":1,"c":"x"},{"id":"b","n":2},{"id":"d","n":4}]`
	for _, c := range []struct{ second, want, things string }{
		{first, "a c x|a n 1|b n 2|d n 4", "{0 0 0}"},
		{`[{"id":"d","n":4},{"id":"b","n":2},{"id":"a","n":1,"c":"x"}]`, "a c x|a n 1|b n 2|d n 4", "{0 0 0}"},
		{`[{"id":"a","n":1},{"id":"e","n":5}]`, "a n 1|e n 5", "{1 1 2}"},
		{`[{"id":"a","n":"bad"},{"id":"b","n":3}]`, "a c x|a n 1|b n 3", "{0 1 1}"},
		{`[{"id":"a","n":7},{"n":3}]`, "a n 7|b n 2|d n 4", "{0 1 0}"},
		{`[{"id":"a","n":7},{"id":"a","n":8},{"id":"d","n":4}]`, "a n 7|d n 4", "{0 1 1}"},
		{`[]`, "", "{0 0 3}"},
	} {
		g := newGraph(t)
		for i, doc := range []string{first, c.second} {
			report, err := g.LoadJSON(ctx, strings.NewReader(doc), m)
			if err != nil || report.Diff == nil {
				t.Fatalf("%s: %v, %+v", doc, err, report)
			}
			if got := fmt.Sprint(report.Diff.Things); i == 1 && got != c.things {
				t.Errorf("%s: things %s, want %s", doc, got, c.things)
			}
		}
		if got := strings.Join(dump(g), "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.second, got, c.want)
		}
		checkStore(t, g)
	}
	g := newGraph(t)
	m.SkipBadRows = false
	if _, err := g.LoadJSON(ctx, strings.NewReader(first), m); err != nil {
		t.Fatal(err)
	}
	if report, err := g.LoadJSON(ctx, strings.NewReader(`[{"id":"a","n":9},{"n":3}]`), m); err == nil || report.Diff != nil || g.Len() != 4 {
		t.Errorf("a bad row: %v, %+v, %d facts", err, report, g.Len())
	}
}

// A variant whose group is about to go does not inherit from what it was.
func TestReplaceSeesWhatStays(t *testing.T) {
	m := variantMapping
	m.Replace = true
	g := newGraph(t, Fact{"g", "brand", Ref("b"), "f row 1"})
	if _, err := g.LoadJSON(context.Background(), strings.NewReader(`[{"id":"a","of":"g"}]`), m); err == nil || !strings.Contains(err.Error(), "neither in the file nor in the graph") {
		t.Errorf("%v", err)
	}
	g = newGraph(t)
	for _, price := range []int{5, 6} {
		doc := fmt.Sprintf(`[{"id":"g","brand":"b","price":%d},{"id":"a","of":"g"}]`, price)
		if _, err := g.LoadJSON(context.Background(), strings.NewReader(doc), m); err != nil {
			t.Fatal(err)
		}
	}
	if got := dump(g); !slices.Contains(got, "a price 6 CNY") || slices.Contains(got, "a price 5 CNY") {
		t.Errorf("the price of the group changed, and its variant has %s", got)
	}
}

// The lists of a diff are bounded, its counts are not.
func TestDiffIsBounded(t *testing.T) {
	var facts []Fact
	for i := range MaxDiff + 5 {
		facts = append(facts, Fact{Subject: fmt.Sprintf("p%05d", i), Predicate: "n", Object: Num(1, "")})
		facts = append(facts, Fact{Subject: fmt.Sprintf("p%05d", i), Predicate: "m", Object: Num(float64(i), "")})
	}
	g := newGraph(t)
	d, err := g.Sync(context.Background(), "s", facts...)
	if err != nil {
		t.Fatal(err)
	}
	if d.Things.Added != MaxDiff+5 || d.Values.Added != 2*(MaxDiff+5) || len(d.Added) != MaxDiff || len(d.Changes) != MaxDiff {
		t.Errorf("things %+v, values %+v, %d ids, %d changes", d.Things, d.Values, len(d.Added), len(d.Changes))
	}
	var many []Fact
	for i := range 3 * MaxDiff {
		many = append(many, Fact{Subject: "q", Predicate: "n", Object: Num(float64(i), "")})
	}
	if d, err = g.Sync(context.Background(), "t", many...); err != nil || d.Values != (DiffCount{1, 0, 0}) || len(d.Changes) != 1 || len(d.Changes[0].New) != MaxDiff {
		t.Errorf("%+v, %v", d.Values, err)
	}
}
