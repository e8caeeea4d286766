package kg

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// feedGen draws a feed of a few rows with variants, bad rows and repeats.
var feedGen = rapid.Custom(func(t *rapid.T) string {
	rows := []map[string]any{}
	for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
		row := map[string]any{"id": fmt.Sprint(i)}
		for _, path := range []string{"of", "brand", "color", "price", "twin"} {
			if rapid.IntRange(0, 2).Draw(t, path) == 0 {
				row[path] = fmt.Sprint(rapid.IntRange(0, max(i-1, 0)).Draw(t, path+" value"))
			}
		}
		if rapid.IntRange(0, 19).Draw(t, "bad") == 0 {
			row["price"] = "free"
		}
		if rapid.IntRange(0, 19).Draw(t, "forward") == 0 {
			row["of"] = fmt.Sprint(rapid.IntRange(0, 6).Draw(t, "group"))
		}
		rows = append(rows, row)
	}
	rows = rapid.Permutation(rows).Draw(t, "order")
	doc, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
})

// Where no bad row is skipped, replacing leaves what a graph that never saw the
// first feed has, and the diff is the difference.
func TestReplaceIsAFreshLoad(t *testing.T) {
	good := 0
	ctx := context.Background()
	m := variantMapping
	m.Replace = true
	m.Fields = slices.Clone(m.Fields)
	m.Fields[3].Required = false
	m.Shapes = []Shape{{Properties: []Property{{Predicate: "twin", Exists: true}, {Predicate: "price", MaxCount: 1}}}}
	rapid.Check(t, func(rt *rapid.T) {
		g := newGraph(t)
		fresh := newGraph(t)
		first, second := feedGen.Draw(rt, "first"), feedGen.Draw(rt, "second")
		if _, err := g.LoadJSON(ctx, strings.NewReader(first), m); err != nil && g.Len() > 0 {
			rt.Fatal(err)
		}
		before := factsBySubject(g)
		report, err := g.LoadJSON(ctx, strings.NewReader(second), m)
		_, freshErr := fresh.LoadJSON(ctx, strings.NewReader(second), m)
		if (err == nil) != (freshErr == nil) {
			rt.Fatalf("%v, and into an empty graph %v", err, freshErr)
		}
		if err != nil {
			if got := factsBySubject(g); fmt.Sprint(got) != fmt.Sprint(before) {
				rt.Fatalf("a load that failed with %v left %v of %v", err, got, before)
			}
			return
		}
		after := factsBySubject(g)
		if want := factsBySubject(fresh); fmt.Sprint(after) != fmt.Sprint(want) {
			rt.Fatalf("got %v\nwant %v", after, want)
		}
		good++
		var want DiffCount
		for id := range after {
			if before[id] == nil {
				want.Added++
			} else if fmt.Sprint(before[id]) != fmt.Sprint(after[id]) {
				want.Changed++
			}
		}
		for id := range before {
			if after[id] == nil {
				want.Gone++
			}
		}
		if report.Diff.Things != want {
			rt.Fatalf("diff %+v, want %+v", report.Diff.Things, want)
		}
		checkStore(t, g)
	})
	if good == 0 {
		t.Error("no feed was good")
	}
	t.Logf("%d feeds were good", good)
}

// factsBySubject words the facts of each thing, sorted.
func factsBySubject(g *Graph) map[string][]string {
	out := map[string][]string{}
	for f := range g.snap.Load().all {
		out[f.Subject] = append(out[f.Subject], f.String())
	}
	for _, words := range out {
		slices.Sort(words)
	}
	return out
}
