package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

const shopJSON = `{"data": {"products": [
  {"sku": "p1", "title": "Nova 12", "title_zh": "新星 12", "price": {"amount": 4999, "currency": "RMB"}, "maker": "nova",
   "colors": ["red", ["blue"], null, ""], "specs": [{"k": "memory", "v": "8 GB"}, {"k": "storage", "v": "256GB"}], "stock": true, "released": "2026-01-02"},
  {"sku": 2, "title": "Nova Case", "price": {"amount": "1,299.50", "currency": "USD"}, "maker": null, "fits": ["p1"], "stock": "无货"}]}}`

var shopMapping = Mapping{
	Rows: "data.products", ID: "sku", Prefix: "shop:", Kind: "product", Source: "shop.json",
	Fields: []Field{
		{Path: "title", Predicate: "name", Required: true},
		{Path: "title_zh", Predicate: "name@zh"},
		{Path: "price.amount", Predicate: "price", Type: NumberField, UnitPath: "price.currency"},
		{Path: "maker", Predicate: "brand", Type: RefField, RefPrefix: "brand:"},
		{Path: "colors", Predicate: "color", Values: map[string]string{"red": "赤"}},
		{Path: `specs.#(k=="memory").v`, Predicate: "memory", Type: NumberField},
		{Path: "specs.#.v", Predicate: "spec"},
		{Path: "stock", Type: BoolField, Values: map[string]string{"无货": "false"}},
		{Path: "released", Type: TimeField},
		{Path: "fits", Predicate: "accessory_of", Type: RefField, RefPrefix: "shop:"},
	},
}

func TestLoadJSON(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t)
	report, err := g.LoadJSON(ctx, strings.NewReader(shopJSON), shopMapping)
	if err != nil {
		t.Fatal(err)
	}
	if report.Rows != 2 || report.Facts != g.Len() {
		t.Errorf("report %+v, %d facts", report, g.Len())
	}
	var got []string
	for f := range g.snap.Load().all {
		got = append(got, f.String()+" ("+f.Object.Kind().String()+", "+f.Source+")")
	}
	want := []string{
		"shop:2 accessory_of shop:p1 (ref, shop.json row 1)",
		"shop:2 kind product (text, shop.json row 1)",
		"shop:2 name Nova Case (text, shop.json row 1)",
		"shop:2 price 1299.5 USD (number, shop.json row 1)",
		"shop:2 stock false (bool, shop.json row 1)",
		"shop:p1 brand brand:nova (ref, shop.json row 0)",
		"shop:p1 color 赤 (text, shop.json row 0)",
		"shop:p1 color blue (text, shop.json row 0)",
		"shop:p1 kind product (text, shop.json row 0)",
		"shop:p1 memory 8 GB (number, shop.json row 0)",
		"shop:p1 name Nova 12 (text, shop.json row 0)",
		"shop:p1 name@zh 新星 12 (text, shop.json row 0)",
		"shop:p1 price 4999 CNY (number, shop.json row 0)",
		"shop:p1 released 2026-01-02T00:00:00Z (time, shop.json row 0)",
		"shop:p1 spec 8 GB (text, shop.json row 0)",
		"shop:p1 spec 256GB (text, shop.json row 0)",
		"shop:p1 stock true (bool, shop.json row 0)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBadRows(t *testing.T) {
	price := Field{Path: "price.amount", Predicate: "price", Type: NumberField, Required: true}
	m := Mapping{ID: "id", Fields: []Field{price, {Path: "at", Type: TimeField}, {Path: "ok", Type: BoolField}, {Path: "brand", Type: RefField}, {Path: "name"}}}
	good := `{"id":"good","price":{"amount":1}}`
	for _, c := range []struct{ row, want string }{
		{`{"id":"x","price":{"amount":"abc"}}`, `row 1, path price.amount: "abc" is not a number`},
		{`{"id":"x","price":{"amount":true}}`, `row 1, path price.amount: "true" is not a number`},
		{`{"id":"x","price":{"amount":"8 apples"}}`, `row 1, path price.amount: "8 apples" is not a number`},
		{`{"id":"x"}`, `row 1, path price.amount: the row has no value, and one is required`},
		{`{"price":{"amount":1}}`, `row 1, path id: the row has no id`},
		{`{"id":["a","b"],"price":{"amount":1}}`, `row 1, path id: 2 values, want one`},
		{`{"id":true,"price":{"amount":1}}`, `row 1, path id: true is a truth value; want text or a number`},
		{`{"id":"x","price":{"amount":1},"brand":true}`, `row 1, path brand: true is a truth value, not an id`},
		{`{"id":"good","price":{"amount":1}}`, `row 1, path id: the id "good" is already that of row 0`},
		{`{"id":"x","price":{"amount":{"a":1}}}`, `row 1, path price.amount: {"a":1} is an object, not a value`},
		{`{"id":"x","price":{"amount":1},"at":"soon"}`, `row 1, path at: "soon" is not a time; want the form 2006-01-02T15:04:05Z or 2006-01-02`},
		{`{"id":"x","price":{"amount":1},"ok":"maybe"}`, `row 1, path ok: "maybe" is neither true nor false`},
		{`{"id":"x","price":{"amount":1e999}}`, `row 1, path price.amount: fact "x price +Inf": +Inf is not a finite number`},
		{"{\"id\":\"x\",\"price\":{\"amount\":1},\"name\":\"\xff\"}", `row 1, path name: fact "x name ` + "\xff" + `": "\xff" is not valid UTF-8`},
	} {
		doc := "[" + good + "," + c.row + "]"
		g := newGraph(t)
		report, err := g.LoadJSON(context.Background(), strings.NewReader(doc), m)
		var bad RowError
		if !errors.As(err, &bad) || strings.ReplaceAll(bad.Error(), `\xff name`, "") != c.want && bad.Error() != strings.ReplaceAll(c.want, "name \xff\"", `name \xff"`) {
			t.Errorf("%s:\n got %v\nwant %s", c.row, err, c.want)
		}
		if g.Len() != 0 || report.Facts != 0 || report.Rows != 0 {
			t.Errorf("%s: %d facts loaded, report %+v", c.row, g.Len(), report)
		}
		skip := m
		skip.SkipBadRows = true
		report, err = g.LoadJSON(context.Background(), strings.NewReader(doc), skip)
		if err != nil || g.Len() != 1 || report.Rows != 1 || len(report.Errors) != 1 || report.Errors[0].Error() != bad.Error() {
			t.Errorf("%s, skipping: %v, %d facts, report %+v", c.row, err, g.Len(), report)
		}
	}
}

func TestDocumentsThatAreNotRows(t *testing.T) {
	for _, c := range []struct{ rows, doc, want string }{
		{"", `[{"id":1},`, "at byte 10"}, {"", ``, "not JSON"}, {"", `7`, "neither an array of rows nor an object"},
		{"data", `{"date":[]}`, `no array of rows at "data"`}, {"data", `{"data":{}}`, `no array of rows at "data"`},
		{"", "{\"id\":1}\n{\"id\":", "row 1: not JSON: at byte 6"},
	} {
		_, err := newGraph(t).LoadJSON(context.Background(), strings.NewReader(c.doc), Mapping{Rows: c.rows, ID: "id"})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.doc, err, c.want)
		}
	}
}

func TestJSONLines(t *testing.T) {
	g := newGraph(t)
	doc := "\ufeff{\"id\":\"a\",\"n\":1}\n\n{\"id\":\"b\",\"n\":2.5}\r\n"
	report, err := g.LoadJSON(context.Background(), strings.NewReader(doc), Mapping{ID: "id", Fields: []Field{{Path: "n", Type: NumberField}}})
	if err != nil || report.Rows != 2 || g.Len() != 2 {
		t.Errorf("%+v, %v", report, err)
	}
}

// A range gives its ends; a unit that stands with the second one is that of both.
func TestLoadEnds(t *testing.T) {
	m := Mapping{ID: "id", Fields: []Field{
		{Path: "time", Predicate: "min", Type: NumberField, Unit: "小时", End: "low"}, {Path: "time", Predicate: "max", Type: NumberField, Unit: "小时", End: "high"}}}
	for in, want := range map[string][2]Value{
		"1-2":           {Num(1, "小时"), Num(2, "小时")},
		"0.5小时 - 3天":    {Num(0.5, "小时"), Num(3, "天")},
		"2 to 3 days":   {Num(2, "days"), Num(3, "days")},
		"4小时":           {Num(4, "小时"), Num(4, "小时")},
		"30至45 minutes": {Num(30, "minutes"), Num(45, "minutes")},
	} {
		g := newGraph(t)
		if _, err := g.LoadCSV(context.Background(), strings.NewReader("id,time\na,"+in+"\n"), m); err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		for i, p := range []string{"min", "max"} {
			got, err := g.Values(context.Background(), "a", p)
			if err != nil || len(got) != 1 || got[0] != want[i] {
				t.Errorf("%q: %s is %v, %v; want %v", in, p, got, err, want[i])
			}
		}
	}
	m.Fields[0].End = "middle"
	if _, err := newGraph(t).LoadCSV(context.Background(), strings.NewReader("id,time\n"), m); err == nil || !strings.Contains(err.Error(), "low or high") {
		t.Errorf("error %v", err)
	}
	m.Fields[0].End = "low"
	if _, err := newGraph(t).LoadCSV(context.Background(), strings.NewReader("id,time\na,soon - later\n"), m); err == nil || !strings.Contains(err.Error(), "soon") {
		t.Errorf("error %v", err)
	}
}

func TestLoadCSV(t *testing.T) {
	ctx := context.Background()
	m := Mapping{ID: "编号", Kind: "phone", Source: "phones.csv", Fields: []Field{
		{Path: "名称", Predicate: "name"}, {Path: "价格", Predicate: "price", Type: NumberField, Unit: "元"},
		{Path: "颜色", Predicate: "color", Split: "|"}}}
	g := newGraph(t)
	report, err := g.LoadCSV(ctx, strings.NewReader("\ufeff编号,名称,价格,颜色\np1,\"新星\n12\",￥4999,红|蓝\np2,月亮,$5,\n"), m)
	if err != nil || report.Rows != 2 {
		t.Fatalf("report %+v, %v", report, err)
	}
	facts, err := g.Facts(ctx, "p1")
	if want := "[p1 color 红 p1 color 蓝 p1 kind phone p1 name 新星\n12 p1 price 4999 CNY]"; err != nil || fmt.Sprint(facts) != want {
		t.Errorf("%v, %v; want %s", facts, err, want)
	}
	for _, c := range []struct{ doc, want string }{
		{"", "empty"}, {"编号,名称,价格\n", `no column "颜色"; it has 编号, 名称, 价格`}, {"编号,编号,名称,价格,颜色\n", `"编号" twice`},
		{"编号,名称,价格,颜色\np1,a,1,\np1,b,2,\n", `line 3, path 编号: the id "p1" is already that of line 2`},
		{"编号,名称,价格,颜色\np1,a\n", "line 2: 2 cells, and the header has 4"},
		{"编号,名称,价格,颜色,备注,备注\np1,a,1,红,x\n", "line 2: 5 cells, and the header has 6"},
		{"编号,名称,价格,颜色\np1,a,b\"c,\n", "line 2: bare \""},
		{"编号,名称,价格,颜色\np1,a,abc,\n", `line 2, path 价格: "abc" is not a number`},
		{"编号,名称,价格,颜色\np1,a,5千克,\n", `line 2, path 价格: "5千克" is in kg, which is no measure for 元`},
		{"编号,名称,价格,颜色\np9,a,\"1,23\",\n", `line 2, path 价格: "1,23" is not a number`},
	} {
		g := newGraph(t)
		if _, err := g.LoadCSV(ctx, strings.NewReader(c.doc), m); err == nil || !strings.Contains(err.Error(), c.want) || g.Len() != 0 {
			t.Errorf("%q: %v, %d facts; want %s", c.doc, err, g.Len(), c.want)
		}
	}
	same := m
	same.SameID, same.Comma = true, "\t"
	g = newGraph(t)
	if _, err := g.LoadCSV(ctx, strings.NewReader("编号\t名称\t价格\t颜色\np1\ta\t1\t红\np1\ta\t1\t蓝\n"), same); err != nil || g.Len() != 5 {
		t.Errorf("two rows of one thing: %d facts, %v", g.Len(), err)
	}
}

func TestParseQuantity(t *testing.T) {
	for in, want := range map[string]string{
		"4999": "4999 U", "1,299.50": "1299.5 U", "¥99": "99 CNY", "￥ 99": "99 CNY", "$1,000": "1000 USD", "8 GB": "8 GB", "8gb": "8 GB",
		"256G": "256 GB", "5千克": "5 kg", "-3.5 cm": "-3.5 cm", "６.７英寸": "6.7 inch", "100元": "100 CNY", "1e3": "1000 U", "12 U": "12 U", ".5": "0.5 U",
		"abc": "", "": "", "1,23": "", "1-2": "", "8 apples": "", "kg 5": "", "0x10": "", "NaN": "", "inf": "", "1_000": "", "1.2.3": "", "¥5元": "", "5 5": "",
	} {
		got := ""
		if n, unit, ok := parseQuantity(in, "U"); ok {
			got = Num(n, unit).String()
		}
		if got != want {
			t.Errorf("parseQuantity(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReadMapping(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(`{"rows":"data.products","id":"sku","fields":[{"path":"price","type":"number","unit":"元"}]}`))
	if err != nil || m.Rows != "data.products" || m.Fields[0].Type != NumberField {
		t.Errorf("%+v, %v", m, err)
	}
	for _, bad := range []string{
		``, `{}`, `{"id":"a","feilds":[]}`, `{"id":"a","fields":[{"path":""}]}`, `{"id":"a","fields":[{"path":"b","type":"money"}]}`,
		`{"id":"a","fields":[{"path":"b","unit":"kg"}]}`, `{"id":"a","fields":[{"path":"b","ref_prefix":"x"}]}`,
		`{"id":"a","kind":"b","kind_path":"c"}`, `{"id":"a","comma":";;"}`, `{"id":"a","comma":"\""}`, `{"id":"a"} {"id":"b"}`,
	} {
		if _, err := ReadMapping(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestUnusedPaths(t *testing.T) {
	m := Mapping{ID: "id", Fields: []Field{{Path: "name"}, {Path: "pirce", Type: NumberField}, {Path: "colour"}}}
	report, err := newGraph(t).LoadJSON(context.Background(), strings.NewReader(`[{"id":1,"price":5,"colour":" "},{"id":2,"name":"b"}]`), m)
	if want := []string{"pirce", "colour"}; err != nil || !slices.Equal(report.Unused, want) {
		t.Errorf("unused %q, %v; want %q", report.Unused, err, want)
	}
}

func TestNQuadsRoundTrip(t *testing.T) {
	ctx := context.Background()
	odd := "a \"b\" <c> \\ {d|e} ^`% %41 \t\n\r\x00\x01\x7f\u0085\u2028 é 全聚德 😀 @zh _:x"
	g := newGraph(t,
		Fact{odd, odd, Text(odd), odd}, Fact{odd, odd, Ref(odd), ""}, Fact{"p", "n", Num(0.1, odd), "s"},
		Fact{"p", "n", Num(-1e300, ""), ""}, Fact{"p", "n", Num(5e-324, "GB"), ""}, Fact{"p", "n", Num(8, ""), ""},
		Fact{"p", "name@zh", Text("手机"), ""}, Fact{"p", "name@zh-Hans-CN", Text(""), ""}, Fact{"p", "name@zh", Num(1, ""), ""}, Fact{"p", "name@", Text("x"), ""},
		Fact{"p", "ok", Bool(true), ""}, Fact{"p", "ok", Bool(false), ""}, Fact{"p", "at", Time(epoch), ""}, Fact{"p", "at", Time(epoch.Add(1)), ""},
		Fact{"p", "x", Text("8"), ""}, Fact{"p", "x", Text("<p>"), ""}, Fact{"_:b", "memnode1", Ref("_:memnode2"), "_:c"})
	checkStore(t, g)
	var out strings.Builder
	if err := g.WriteNQuads(ctx, &out); err != nil {
		t.Fatal(err)
	}
	for _, typ := range []string{`"8"^^<` + xsd + `double>`, `"true"^^<` + xsd + `boolean>`, `"5e-324"^^<unit:GB>`} {
		if !strings.Contains(out.String(), typ) {
			t.Errorf("no %s in\n%s", typ, out.String())
		}
	}
	back := newGraph(t)
	report, err := back.LoadNQuads(ctx, strings.NewReader(out.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	want, got := slices.Collect(g.snap.Load().all), slices.Collect(back.snap.Load().all)
	if !slices.Equal(got, want) || report.Facts != len(want) {
		t.Errorf("came back as\n%q\nwant\n%q\nfrom\n%s", got, want, out.String())
	}
}

func TestForeignNQuads(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t)
	doc := `# a comment
<http://ex.com/p1> <http://ex.com/price> "4999"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://ex.com/shop> .
_:b1 <name> "Nova"@en .

<p1> <stock> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<p1> <since> "2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> .
<p1> <n> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
<p1> <point> "POINT(1 2)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .
`
	if _, err := g.LoadNQuads(ctx, strings.NewReader(doc)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for f := range g.snap.Load().all {
		got = append(got, f.String()+" "+f.Object.Kind().String()+" "+f.Source)
	}
	want := []string{"_:b1 name@en Nova text ", "http://ex.com/p1 http://ex.com/price 4999 number http://ex.com/shop", "p1 n 7 number ",
		"p1 point POINT(1 2) text ", "p1 since 2026-01-02T00:00:00Z time ", "p1 stock true bool "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, bad := range []string{"<a> <b> .", "<a> <b> \"c\"", "\"a\" <b> <c> .", "<a> \"b\" <c> .", "nonsense", "<a> <b> \"x\"^^<unit:kg> .", "<a> <b> 5 .", "<a> <b> c ."} {
		_, err := g.LoadNQuads(ctx, strings.NewReader("<ok> <ok> <ok> .\n"+bad+"\n"))
		if err == nil || !strings.Contains(err.Error(), "line 2") || g.Len() != len(want) {
			t.Errorf("%s: %v, %d facts", bad, err, g.Len())
		}
	}
}
