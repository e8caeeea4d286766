package kg

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestValidate(t *testing.T) {
	g := newGraph(t,
		Fact{"b", "kind", Text("brand"), ""},
		Fact{"c", "kind", Ref("case"), ""}, Fact{"c", "fits", Ref("p1"), ""}, Fact{"c", "fits", Ref("nobody"), "s"}, Fact{"c", "fits", Text("p1"), ""},
		Fact{"p1", "kind", Text("phone"), ""}, Fact{"p1", "name@zh", Text("一"), ""}, Fact{"p1", "price", Num(5, "CNY"), ""},
		Fact{"p1", "memory", Num(8192, "MB"), ""}, Fact{"p1", "brand", Ref("b"), ""}, Fact{"p1", "color", Text("red"), ""}, Fact{"p1", "since", Time(epoch), ""},
		Fact{"p2", "kind", Text("phone"), ""}, Fact{"p2", "name", Text("a"), "s row 1"}, Fact{"p2", "name", Text("b"), ""}, Fact{"p2", "name@en", Text("c"), ""},
		Fact{"p2", "price", Num(0, "CNY"), "s row 2"}, Fact{"p2", "price", Num(7, "USD"), ""}, Fact{"p2", "price", Num(7, ""), ""}, Fact{"p2", "price", Text("cheap"), ""},
		Fact{"p2", "memory", Num(3, "GB"), ""}, Fact{"p2", "memory", Num(2, "TB"), ""}, Fact{"p2", "brand", Ref("c"), ""}, Fact{"p2", "color", Text("blue"), ""},
		Fact{"p2", "odd", Bool(true), ""}, Fact{"p2", "since", Time(epoch.Add(-time.Hour)), ""})
	shapes := []Shape{
		{Kind: "phone", Closed: true, Properties: []Property{
			{Predicate: "name", Type: String, Required: true, MaxCount: 1},
			{Predicate: "price", Unit: "元", Min: Num(1, "")},
			{Predicate: "memory", OneOf: []Value{Num(8, "GB"), Num(1, "TB")}, Max: Num(1, "TB")},
			{Predicate: "brand", RefKind: "brand", Required: true}, {Predicate: "color", OneOf: []Value{Text("red")}},
			{Predicate: "since", Min: Time(epoch)}}},
		{Kind: "case", Properties: []Property{{Predicate: "fits", Exists: true}, {Predicate: "price", Required: true}}},
		{Properties: []Property{{Predicate: "kind", Required: true}}},
	}
	got, err := g.Validate(context.Background(), shapes...)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`c fits nobody: it refers to a thing of which nothing is known ()`,
		`c fits p1: it is a text, and a ref is wanted ()`,
		`c price: there is no value, and one is required ()`,
		`p2 name: there are 2 values, and at most 1 may be (s row 1)`,
		`p2 price 0 CNY: it is less than 1 CNY (s row 2)`,
		`p2 price 7 USD: its unit does not convert into CNY ()`,
		`p2 price 7: it has no unit, and one that converts into CNY is wanted ()`,
		`p2 price cheap: it is a text, and a number is wanted ()`,
		`p2 memory 3 GB: it is not one of the allowed values ()`,
		`p2 memory 2 TB: it is more than 1 TB ()`,
		`p2 brand c: it refers to a thing that is not of kind "brand" ()`,
		`p2 color blue: it is not one of the allowed values ()`,
		`p2 since 2026-01-02T02:04:05Z: it is less than 2026-01-02T03:04:05Z ()`,
		`p2 odd true: the shape of kind "phone" is closed and does not have this predicate ()`,
	}
	var words []string
	for _, v := range got {
		words = append(words, v.String()+" ("+v.Source+")")
	}
	want[0] = strings.Replace(want[0], "()", "(s)", 1)
	want[12] = "p2 since " + Time(epoch.Add(-time.Hour)).String() + ": it is less than " + Time(epoch).String() + " ()"
	if !slices.Equal(words, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(words, "\n"), strings.Join(want, "\n"))
	}
	if got, err := newGraph(t).Validate(context.Background(), shapes...); err != nil || len(got) != 0 {
		t.Errorf("an empty graph: %v, %v", got, err)
	}
}

func TestShapesThatMakeNoSense(t *testing.T) {
	for _, c := range []struct {
		p    Property
		want string
	}{
		{Property{}, "no predicate"},
		{Property{Predicate: "p", Type: 77}, "unknown type"},
		{Property{Predicate: "p", MaxCount: -1}, "max_count"},
		{Property{Predicate: "p", Type: String, Unit: "kg"}, `unit "kg", but is of type text`},
		{Property{Predicate: "p", Type: Number, RefKind: "x"}, "for references"},
		{Property{Predicate: "p", Unit: "kg", Exists: true}, "for references"},
		{Property{Predicate: "p", Min: Num(2, ""), Max: Num(1, "")}, "no value lies between"},
		{Property{Predicate: "p", Min: Num(2, "kg"), Max: Num(1, "GB")}, "no value lies between"},
		{Property{Predicate: "p", Min: Num(2, ""), Max: Text("z")}, "no value lies between"},
		{Property{Predicate: "p", Unit: "kg", Min: Num(2, "GB")}, "does not convert"},
		{Property{Predicate: "p", Min: Bool(true)}, "has no order"},
		{Property{Predicate: "p", Type: String, Max: Num(1, "")}, "the type is text"},
		{Property{Predicate: "p", Min: Num(math.NaN(), "")}, "not a finite number"},
		{Property{Predicate: "p", OneOf: []Value{{}}}, "empty value"},
		{Property{Predicate: "p", Type: Truth, OneOf: []Value{Text("a")}}, "the type is bool"},
		{Property{Predicate: "p", Max: Num(1, "kg"), OneOf: []Value{Num(1500, "g")}}, "one_of holds 1500 g, which is more than 1 kg"},
	} {
		shape := Shape{Kind: "k", Properties: []Property{c.p}}
		if _, err := newGraph(t).Validate(context.Background(), shape); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %s", c.p, err, c.want)
		}
		m := Mapping{ID: "id", Shapes: []Shape{shape}}
		if _, err := newGraph(t).LoadJSON(context.Background(), strings.NewReader("[]"), m); err == nil {
			t.Errorf("%+v in a mapping is no error", c.p)
		}
	}
	for _, shapes := range [][]Shape{{{Kind: "k"}}, {{Properties: []Property{{Predicate: "p"}, {Predicate: "p"}}}}} {
		if _, err := newGraph(t).Validate(context.Background(), shapes...); err == nil {
			t.Errorf("%+v is no error", shapes)
		}
	}
}

func TestReadShapes(t *testing.T) {
	in := `[{"kind":"phone","properties":[{"predicate":"price","type":"number","required":true,"max_count":1,"min":1,"max":{"number":9,"unit":"CNY"},"unit":"CNY"},` +
		`{"predicate":"brand","type":"ref","one_of":[{"ref":"a"},"b"],"exists":true}],"closed":true}]`
	if _, err := ReadShapes(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), "one_of is b, a text, and the type is ref") {
		t.Errorf("%v", err)
	}
	in = strings.Replace(in, `,"b"`, "", 1)
	shapes, err := ReadShapes(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := json.Marshal(shapes); err != nil || string(out) != in {
		t.Errorf("%s, %v", out, err)
	}
	for _, bad := range []string{``, `{}`, `[] []`, `[{"kind":"a","propreties":[]}]`, `[{"kind":"a"}]`,
		`[{"properties":[{"predicate":"p","type":"money"}]}]`, `[{"properties":[{"predicate":"p","min":{"nmber":1}}]}]`} {
		if _, err := ReadShapes(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
	if _, err := json.Marshal(Property{Predicate: "p", Type: 99}); err == nil {
		t.Error("a type that is none was written")
	}
}

func TestShapesWhileLoading(t *testing.T) {
	ctx := context.Background()
	m := Mapping{ID: "id", Kind: "phone", Group: "of", SkipBadRows: true, Source: "f", Fields: []Field{
		{Path: "cost", Predicate: "price", Type: NumberField}, {Path: "next", Type: RefField}, {Path: "tags"}},
		Shapes: []Shape{{Kind: "phone", Properties: []Property{
			{Predicate: "price", Required: true, Unit: "CNY", MaxCount: 1}, {Predicate: "next", RefKind: "phone"}, {Predicate: "tags", MaxCount: 2}}}}}
	for _, c := range []struct {
		doc    string
		errors []string
		rows   int
	}{
		{`[{"id":1,"cost":"5元"},{"id":2,"of":1},{"id":3,"cost":"5 kg"},{"id":4},{"id":5,"cost":5}]`, []string{
			`row 2, path cost: "5 kg": its unit does not convert into CNY`, "row 3, path cost: there is no value, and one is required",
			`row 4, path cost: "5": it has no unit, and one that converts into CNY is wanted`}, 2},
		{`[{"id":1,"cost":"1元","next":2},{"id":2,"cost":"1元","next":3},{"id":3,"cost":"bad"},{"id":4,"cost":"1元","next":[4,"old"]}]`, []string{
			`row 0, path next: "2": it refers to a thing of which nothing is known`, `row 1, path next: "3": it refers to a thing of which nothing is known`,
			`row 2, path cost: "bad" is not a number`}, 1},
		{`[{"id":1,"cost":"1元","next":"b"},{"id":2,"of":1,"cost":"2元"}]`, []string{
			`row 0, path next: "b": it refers to a thing that is not of kind "phone"`,
			`row 1, path of: its group "1" is in a bad row`}, 0},
		{`[{"id":1,"cost":"1元","tags":["a","a","b"]},{"id":2,"cost":["1元","2元"]},{"id":3,"of":2,"cost":"1元"}]`, []string{
			"row 1, path cost: there are 2 values, and at most 1 may be", `row 2, path of: its group "2" is in a bad row`}, 1},
	} {
		g := newGraph(t, Fact{"old", "kind", Text("phone"), ""}, Fact{"b", "kind", Text("brand"), ""})
		report, err := g.LoadJSON(ctx, strings.NewReader(c.doc), m)
		var got []string
		for _, e := range report.Errors {
			got = append(got, e.Error())
		}
		if err != nil || !slices.Equal(got, c.errors) || report.Rows != c.rows {
			t.Errorf("%s: %v, %d rows, got\n%s\nwant %d rows\n%s", c.doc, err, report.Rows, strings.Join(got, "\n"), c.rows, strings.Join(c.errors, "\n"))
		}
		whole := m
		whole.SkipBadRows = false
		g = newGraph(t, Fact{"old", "kind", Text("phone"), ""}, Fact{"b", "kind", Text("brand"), ""})
		if _, err := g.LoadJSON(ctx, strings.NewReader(c.doc), whole); err == nil || g.Len() != 2 {
			t.Errorf("%s, not skipping: %v, %d facts", c.doc, err, g.Len())
		}
	}
}
