package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

var variantMapping = Mapping{ID: "id", Group: "of", Source: "f", Fields: []Field{
	{Path: "name"}, {Path: "name_zh", Predicate: "name@zh"}, {Path: "alias"}, {Path: "brand", Type: RefField, Required: true},
	{Path: "price", Type: NumberField, Unit: "CNY"}, {Path: "color"}, {Path: "sku", Own: true}, {Path: "twin", Type: RefField}}}

// dump words all facts, "subject predicate object" each.
func dump(g *Graph) []string {
	var out []string
	for f := range g.snap.Load().all {
		out = append(out, f.String())
	}
	return out
}

func TestVariantsInherit(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		before []Fact
		doc    string
		want   []string
	}{
		"the group after its variants, and two levels": {nil,
			`[{"id":"a1","of":"a","color":"red"},{"id":"a","of":"top","price":5,"sku":"s"},{"id":"top","brand":"b","color":["x","y"],"price":9,"name":"Top"}]`,
			[]string{"a variant_of top", "a brand b", "a color x", "a color y", "a name Top", "a price 5 CNY", "a sku s",
				"a1 brand b", "a1 color red", "a1 name Top", "a1 price 5 CNY", "a1 variant_of a",
				"top brand b", "top color x", "top color y", "top name Top", "top price 9 CNY"}},
		"a thing of the graph is the group": {[]Fact{{"g", "brand", Ref("b"), ""}, {"g", "kind", Text("k"), ""}}, `[{"id":"a1","of":"g"}]`,
			[]string{"a1 brand b", "a1 kind k", "a1 variant_of g", "g brand b", "g kind k"}},
		"who has any name takes none": {nil,
			`[{"id":"g","name":"G","alias":"gg","brand":"b"},{"id":"a1","of":"g","name_zh":"一"}]`,
			[]string{"a1 brand b", "a1 name@zh 一", "a1 variant_of g", "g alias gg", "g brand b", "g name G"}},
		"nothing refers to itself": {nil, `[{"id":"g","brand":"b","twin":["a1","z"]},{"id":"a1","of":"g"}]`,
			[]string{"a1 brand b", "a1 twin z", "a1 variant_of g", "g brand b", "g twin a1", "g twin z"}},
		"what other sources say of the variant counts as its own": {[]Fact{{"a1", "price", Num(3, "CNY"), "other"}, {"a1", "color", Text("old"), "f row 7"}},
			`[{"id":"g","brand":"b","price":9,"color":"new"},{"id":"a1","of":"g"}]`,
			[]string{"a1 brand b", "a1 color new", "a1 color old", "a1 price 3 CNY", "a1 variant_of g", "g brand b", "g color new", "g price 9 CNY"}},
	} {
		g := newGraph(t, c.before...)
		report, err := g.LoadJSON(ctx, strings.NewReader(c.doc), variantMapping)
		got := dump(g)
		slices.Sort(got)
		slices.Sort(c.want)
		if err != nil || !slices.Equal(got, c.want) || report.Facts != len(got)-len(c.before) {
			t.Errorf("%s: %v, report %+v, got\n%s\nwant\n%s", name, err, report, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// What a variant inherits is said by its own row.
func TestInheritedSource(t *testing.T) {
	g := newGraph(t)
	if _, err := g.LoadJSON(context.Background(), strings.NewReader(`[{"id":"a1","of":"g"},{"id":"g","brand":"b"}]`), variantMapping); err != nil {
		t.Fatal(err)
	}
	if facts, err := g.Facts(context.Background(), "a1", "brand"); err != nil || len(facts) != 1 || facts[0].Source != "f row 0" {
		t.Errorf("%+v, %v", facts, err)
	}
}

func TestBadGroups(t *testing.T) {
	chain := func(n int) string {
		rows := []string{`{"id":"t0","brand":"b"}`}
		for i := range n {
			rows = append(rows, fmt.Sprintf(`{"id":"t%d","of":"t%d"}`, i+1, i))
		}
		return "[" + strings.Join(rows, ",") + "]"
	}
	for _, c := range []struct {
		doc    string
		errors []string
		loaded int // rows
	}{
		{`[{"id":"a","of":"b"},{"id":"b","of":"c"},{"id":"c","of":"a"},{"id":"d","of":"a"},{"id":"e","brand":"x"}]`, []string{
			"row 0, path of: variants in a circle: a -> b -> c -> a", "row 1, path of: variants in a circle: b -> c -> a -> b",
			"row 2, path of: variants in a circle: c -> a -> b -> c", `row 3, path of: its group "a" is in a bad row`}, 1},
		{`[{"id":"a","of":"a","brand":"x"}]`, []string{"row 0, path of: variants in a circle: a -> a"}, 0},
		{`[{"id":"a","of":"nowhere","brand":"x"}]`, []string{`row 0, path of: its group "nowhere" is neither in the file nor in the graph`}, 0},
		{`[{"id":"a"},{"id":"b","of":"a","brand":"x"}]`, []string{"row 0, path brand: the row has no value, and one is required", `row 1, path of: its group "a" is in a bad row`}, 0},
		{`[{"id":"g","brand":"x"},{"id":"h","of":"k"},{"id":"k","of":"g","brand":[]},{"id":"l","of":"no"}]`,
			[]string{`row 3, path of: its group "no" is neither in the file nor in the graph`}, 3},
		{`[{"id":"a","of":["b","c"],"brand":"x"}]`, []string{"row 0, path of: 2 values, want one"}, 0},
		{chain(17), []string{"row 17, path of: it stands within more than 16 groups"}, 17},
	} {
		m := variantMapping
		m.SkipBadRows = true
		g := newGraph(t)
		report, err := g.LoadJSON(context.Background(), strings.NewReader(c.doc), m)
		var got []string
		for _, e := range report.Errors {
			got = append(got, e.Error())
		}
		if err != nil || !slices.Equal(got, c.errors) || report.Rows != c.loaded {
			t.Errorf("%s: %v, %d rows, got\n%s\nwant %d rows\n%s", clip(c.doc), err, report.Rows, strings.Join(got, "\n"), c.loaded, strings.Join(c.errors, "\n"))
		}
		g = newGraph(t)
		var bad RowError
		if _, err := g.LoadJSON(context.Background(), strings.NewReader(c.doc), variantMapping); !errors.As(err, &bad) || bad.Error() != c.errors[0] || g.Len() != 0 {
			t.Errorf("%s, not skipping: %v, %d facts", clip(c.doc), err, g.Len())
		}
	}
}

func TestVariantsNeedWhatTheirGroupLacks(t *testing.T) {
	m := variantMapping
	m.Fields = []Field{{Path: "brand", Required: true}, {Path: "sku", Own: true, Required: true}, {Path: "x"}}
	for doc, want := range map[string]string{
		`[{"id":"g","sku":1,"brand":"b"},{"id":"a","of":"g"}]`:      "row 1, path sku: the row has no value, and one is required",
		`[{"id":"a","of":"g","sku":1}]`:                             "row 0, path brand: neither the row nor its group has a value, and one is required",
		`[{"id":"a","of":"g","sku":1},{"id":"b","of":"a","sku":2}]`: "row 0, path brand: neither the row nor its group has a value, and one is required",
	} {
		g := newGraph(t, Fact{"g", "x", Num(1, ""), ""})
		_, err := g.LoadJSON(context.Background(), strings.NewReader(doc), m)
		var bad RowError
		if !errors.As(err, &bad) || bad.Error() != want {
			t.Errorf("%s: %v, want %s", doc, err, want)
		}
	}
}

func TestGroupsOfCSV(t *testing.T) {
	g := newGraph(t)
	m := Mapping{ID: "id", Prefix: "p:", Group: "parent", GroupPredicate: "model", SameID: true, Fields: []Field{{Path: "brand"}, {Path: "color"}}}
	doc := "id,parent,brand,color\na,g,,red\na,,,blue\ng,,nova,\n"
	if _, err := g.LoadCSV(context.Background(), strings.NewReader(doc), m); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(dump(g), "|"), "p:a brand nova|p:a color red|p:a color blue|p:a model p:g|p:g brand nova"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	m.Group = "group"
	if _, err := g.LoadCSV(context.Background(), strings.NewReader(doc), m); err == nil || !strings.Contains(err.Error(), `no column "group"`) {
		t.Errorf("a missing column: %v", err)
	}
	m.Group = "parent"
	doc = "id,parent,brand,color\na,g,,red\na,h,,blue\ng,,nova,\nh,,nova,\n"
	if _, err := g.LoadCSV(context.Background(), strings.NewReader(doc), m); err == nil || !strings.Contains(err.Error(), `line 2, path parent: it has two groups, "p:g" and "p:h"`) {
		t.Errorf("two groups: %v", err)
	}
}
