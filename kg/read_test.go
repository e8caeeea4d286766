package kg

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestName(t *testing.T) {
	g := newGraph(t,
		Fact{Subject: "a", Predicate: "name", Object: Text("Nova")}, Fact{Subject: "a", Predicate: "name@zh", Object: Text("新星")},
		Fact{Subject: "a", Predicate: "name@zh-TW", Object: Text("新星機")}, Fact{Subject: "a", Predicate: "alias", Object: Text("N")},
		Fact{Subject: "b", Predicate: "name", Object: Text("Moon")}, Fact{Subject: "b", Predicate: "name", Object: Text("月亮")},
		Fact{Subject: "c", Predicate: "name@fr", Object: Text("Lune")}, Fact{Subject: "d", Predicate: "alias", Object: Text("D")},
		Fact{Subject: "e", Predicate: "name", Object: Num(5, "")}, Fact{Subject: "f", Predicate: "name", Object: Text("")})
	for _, c := range []struct{ id, lang, want string }{
		{"a", "", "Nova"}, {"a", "en", "Nova"}, {"a", "zh", "新星"}, {"a", "zh-CN", "新星"}, {"a", "zh-TW", "新星機"}, {"a", "ZH", "新星"}, {"a", "fr", "Nova"},
		{"b", "zh", "月亮"}, {"b", "en", "Moon"}, {"b", "", "Moon"}, {"c", "en", "Lune"}, {"c", "", "Lune"}, {"d", "en", "D"}, {"e", "", "e"}, {"f", "", "f"}, {"none", "zh", "none"},
	} {
		if got := g.Name(context.Background(), c.id, c.lang); got != c.want {
			t.Errorf("Name(%s, %q) = %q, want %q", c.id, c.lang, got, c.want)
		}
	}
}

func TestReads(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t,
		Fact{Subject: "p", Predicate: "color", Object: Text("red")}, Fact{Subject: "p", Predicate: "brand", Object: Ref("nova")},
		Fact{Subject: "p", Predicate: "color", Object: Text("blue")}, Fact{Subject: "p", Predicate: "price", Object: Num(2, "CNY")},
		Fact{Subject: "q", Predicate: "color", Object: Text("red")}, Fact{Subject: "q", Predicate: "brand", Object: Ref("nova")},
		Fact{Subject: "q", Predicate: "price", Object: Num(10, "CNY")}, Fact{Subject: "case", Predicate: "fits", Object: Ref("p")},
		Fact{Subject: "p", Predicate: "kind", Object: Text("phone")}, Fact{Subject: "nova", Predicate: "country", Object: Text("中国")})
	check := func(want string, got any, err error) {
		t.Helper()
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("got %v, %v; want %s", got, err, want)
		}
	}
	facts, err := g.Facts(ctx, "p")
	check("[p brand nova p color red p color blue p kind phone p price 2 CNY]", facts, err)
	facts, err = g.Facts(ctx, "p", "color", "brand", "color", "unknown")
	check("[p brand nova p color red p color blue]", facts, err)
	facts, err = g.Facts(ctx, "unknown")
	check("[]", facts, err)
	values, err := g.Values(ctx, "p", "color")
	check("[red blue]", values, err)
	values, err = g.Values(ctx, "p", "brand/country")
	check("[中国]", values, err)
	values, err = g.Values(ctx, "p", "^fits")
	check("[case]", values, err)
	values, err = g.Values(ctx, "p", "brand/^brand/color")
	check("[red blue]", values, err)
	subjects, err := g.Subjects(ctx, "brand", Ref("nova"))
	check("[p q]", subjects, err)
	subjects, err = g.Subjects(ctx, "brand", Text("nova"))
	check("[]", subjects, err)
	values, err = g.Domain(ctx, "", "price")
	check("[2 CNY 10 CNY]", values, err)
	values, err = g.Domain(ctx, "phone", "price")
	check("[2 CNY]", values, err)
	facets, err := g.Facets(ctx, Query{Limit: 1}, "color")
	check("[{red 2} {blue 1}]", facets, err)
	facets, err = g.Facets(ctx, Query{Where: []Condition{{"price", Gt, []Value{Num(1, "")}}}}, "brand/country")
	check("[{中国 2}]", facets, err)
}

func TestSearch(t *testing.T) {
	ctx := context.Background()
	article := func(id, title, body string) []Fact {
		return []Fact{{Subject: id, Predicate: "kind", Object: Text("article")}, {Subject: id, Predicate: "title", Object: Text(title)}, {Subject: id, Predicate: "body", Object: Text(body)}}
	}
	var facts []Fact
	facts = append(facts, article("refund", "退货与退款", "收到商品七天内可以申请退款，款项三个工作日到账。")...)
	facts = append(facts, article("ship", "物流配送", "下单后48小时内发货，顺丰快递。")...)
	facts = append(facts, article("warranty", "Warranty and repairs", "Phones are repaired free of charge within 2 years. iPhone15 batteries too.")...)
	facts = append(facts, Fact{Subject: "p", Predicate: "title@en", Object: Text("iPhone 15 with a battery")})
	g := newGraph(t, facts...)
	for _, c := range []struct {
		text string
		opts *SearchOptions
		want string
	}{
		{"请问退款多久到账？", nil, "refund"},
		{"什么时候发货", nil, "ship"},
		{"repairing my phone", nil, "warranty"},
		{"ＩＰＨＯＮＥ１５", nil, "p warranty"},
		{"iphone 15 battery", &SearchOptions{Kind: "article"}, "warranty"},
		{"iphone 15 battery", &SearchOptions{Predicates: []string{"title"}}, "p"},
		{"battery", &SearchOptions{Predicates: []string{"unknown"}}, ""},
		{"iphone warranty", &SearchOptions{AllWords: true}, "warranty"},
		{"iphone 15", &SearchOptions{Limit: 1}, "p"},
		{"的", nil, ""}, {"", nil, ""}, {"!?", nil, ""}, {"unheard", nil, ""},
		{"款", nil, "refund"},
	} {
		hits, err := g.Search(ctx, c.text, c.opts)
		if err != nil || ids(hits) != c.want {
			t.Errorf("Search(%q, %+v) = %v, %v; want %s", c.text, c.opts, hits, err, c.want)
		}
		for _, h := range hits {
			if len(h.Why) == 0 || h.Score <= 0 {
				t.Errorf("Search(%q): hit %+v says not why", c.text, h)
			}
		}
	}
	hits, err := g.Find(ctx, Query{Kind: "article", Text: "iphone15", Where: []Condition{{"title", Has, nil}}})
	if err != nil || ids(hits) != "warranty" || hits[0].Score <= 0 {
		t.Errorf("Find by text: %v, %v", hits, err)
	}
}

// TestSearchFollowsWrites checks that changed texts are found by what they say
// now.
func TestSearchFollowsWrites(t *testing.T) {
	ctx := context.Background()
	old := Fact{Subject: "p", Predicate: "note", Object: Text("waterproof")}
	g := newGraph(t, old)
	if err := g.Update(ctx, func(b *Batch) error {
		b.Remove(old)
		b.Add(Fact{Subject: "p", Predicate: "note", Object: Text("dustproof")})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"waterproof": "", "dustproof": "p"} {
		if hits, err := g.Search(ctx, text, nil); err != nil || ids(hits) != want {
			t.Errorf("Search(%s) = %v, %v; want %q", text, hits, err, want)
		}
	}
	if err := g.Update(ctx, func(b *Batch) error { b.RemoveSubject("p"); return nil }); err != nil {
		t.Fatal(err)
	}
	if hits, err := g.Search(ctx, "dustproof", nil); err != nil || len(hits) != 0 {
		t.Errorf("after removal: %v, %v", hits, err)
	}
}

func TestPicture(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t,
		Fact{Subject: "p", Predicate: "brand", Object: Ref("b")}, Fact{Subject: "p", Predicate: "note", Object: Text("a \"b\" <c>|#\n\\")},
		Fact{Subject: "b", Predicate: "name", Object: Text("诺瓦")}, Fact{Subject: "b", Predicate: "maker_of", Object: Ref("p")})
	var dot, mermaid strings.Builder
	if err := g.DOT(ctx, []string{"p", "p", "?"}, 2, &dot); err != nil {
		t.Fatal(err)
	}
	if err := g.Mermaid(ctx, []string{"p"}, 1, &mermaid); err != nil {
		t.Fatal(err)
	}
	wantDOT := `digraph {
  rankdir=LR;
  n0 [label="p", shape=ellipse];
  n1 [label="?", shape=ellipse];
  n2 [label="诺瓦\nb", shape=ellipse];
  n3 [label="a \"b\" <c>|#\n\\", shape=box];
  n4 [label="诺瓦", shape=box];
  n0 -> n2 [label="brand"];
  n0 -> n3 [label="note"];
  n2 -> n0 [label="maker_of"];
  n2 -> n4 [label="name"];
}
`
	wantMermaid := `graph LR
  n0(["p"])
  n1(["诺瓦<br>b"])
  n2["a #quot;b#quot; #lt;c#gt;#124;#35;<br>\"]
  n0 -->|"brand"| n1
  n0 -->|"note"| n2
`
	if dot.String() != wantDOT {
		t.Errorf("DOT:\n%s\nwant\n%s", dot.String(), wantDOT)
	}
	if mermaid.String() != wantMermaid {
		t.Errorf("Mermaid:\n%s\nwant\n%s", mermaid.String(), wantMermaid)
	}
	var many []Fact
	for i := range 2 * maxEdges {
		many = append(many, Fact{Subject: "hub", Predicate: "n", Object: Num(float64(i), "")})
	}
	if err := g.Add(ctx, many...); err != nil {
		t.Fatal(err)
	}
	dot.Reset()
	if err := g.DOT(ctx, []string{"hub"}, 1, &dot); err != nil || !strings.Contains(dot.String(), "cut after 400 facts") {
		t.Errorf("a large picture is not cut: %v", err)
	}
}

func TestValueJSON(t *testing.T) {
	for v, want := range map[Value]string{
		Ref("p1"): `{"ref":"p1"}`, Ref(""): `{"ref":""}`, Text("红"): `"红"`, Text(""): `""`, Num(8, "gb"): `{"number":8,"unit":"GB"}`, Num(4.5, ""): `4.5`,
		Num(0, "kg"): `{"number":0,"unit":"kg"}`, Bool(true): `true`, Bool(false): `false`, Time(epoch.Add(time.Nanosecond)): `{"time":"2026-01-02T03:04:05.000000001Z"}`, {}: `null`,
	} {
		b, err := json.Marshal(v)
		if err != nil || string(b) != want {
			t.Errorf("%v: %s, %v; want %s", v, b, err, want)
		}
		var back Value
		if err := json.Unmarshal(b, &back); err != nil || back != v {
			t.Errorf("%s came back as %#v, %v; want %#v", b, back, err, v)
		}
	}
	for _, bad := range []string{`{"number":8,"unti":"GB"}`, `{"ref":"a","number":1}`, `{"ref":"a","unit":"GB"}`, `{}`, `[]`, `{"time":"soon"}`, `{"ref":1}`, `{"number":"8"}`} {
		var v Value
		if err := json.Unmarshal([]byte(bad), &v); err == nil {
			t.Errorf("%s was read as %v", bad, v)
		}
	}
}

func TestQueryJSON(t *testing.T) {
	q := Query{Kind: "phone", IDs: []string{"a"}, Where: []Condition{{"price", Le, []Value{Num(900, "CNY")}}, {"image", Has, nil}}, Order: []Order{{"price", true}}, Limit: 3}
	b, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	var back Query
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, q) {
		t.Errorf("%s came back as %+v, %v", b, back, err)
	}
	if err := json.Unmarshal([]byte(`{"where":[{"op":"~"}]}`), &back); err == nil {
		t.Error("an unknown operator was read")
	}
}

// TestRankIsTotal checks the order that sorting rests on.
func TestRankIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawValue(t), drawValue(t), drawValue(t)
		if rank(a, b) != -rank(b, a) || (rank(a, b) == 0) != (a == b) {
			t.Fatalf("rank(%#v, %#v) = %d, the other way %d", a, b, rank(a, b), rank(b, a))
		}
		if rank(a, b) <= 0 && rank(b, c) <= 0 && rank(a, c) > 0 {
			t.Fatalf("%#v <= %#v <= %#v, but not the first and the last", a, b, c)
		}
	})
}
