package kg

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzLoadJSON(f *testing.F) {
	mapping, _ := json.Marshal(shopMapping)
	f.Add([]byte(shopJSON), mapping)
	f.Add([]byte(`[["故宫",{"评分":4.7}]]`), []byte(`{"id":"0","fields":[{"path":"1.评分","type":"number"}]}`))
	f.Add([]byte("{\"id\":1}\n{\"id\":2}"), []byte(`{"id":"id","skip_bad_rows":true}`))
	variants, _ := json.Marshal(variantMapping)
	f.Add([]byte(`[{"id":"a","of":"b","brand":"x"},{"id":"b","of":"c"},{"id":"c","of":"b"},{"id":"d","of":"a"}]`), variants)
	f.Add([]byte(`[{"id":"a","of":"b"},{"id":"b","brand":"a","price":"5 kg"}]`), []byte(`{"id":"id","group":"of","source":"s","replace":true,"skip_bad_rows":true,
		"fields":[{"path":"brand","type":"ref"}],"shapes":[{"properties":[{"predicate":"brand","exists":true,"required":true,"max_count":1}]}]}`))
	f.Add([]byte(`[{"a":{"b":[[1,"2"],{}]}}]`), []byte(`{"id":"a.b.#(>1)#|@reverse","fields":[{"path":"@this|@pretty"}]}`))
	f.Fuzz(func(t *testing.T, doc, mapping []byte) {
		m, err := ReadMapping(bytes.NewReader(mapping))
		if err != nil {
			return
		}
		g := newGraph(t)
		report, err := g.LoadJSON(context.Background(), bytes.NewReader(doc), m)
		checkLoad(t, g, report, err, m.SkipBadRows)
	})
}

func FuzzReadShapes(f *testing.F) {
	f.Add(`[{"kind":"a","closed":true,"properties":[{"predicate":"p","type":"number","unit":"kg","min":1,"max":{"number":5,"unit":"g"}}]}]`, `<a> <kind> "a" .`)
	f.Add(`[{"properties":[{"predicate":"p","one_of":["x",{"ref":"y"}],"required":true}]}]`, `<a> <p> <y> .`)
	f.Fuzz(func(t *testing.T, in, facts string) {
		shapes, err := ReadShapes(strings.NewReader(in))
		if err != nil {
			return
		}
		out, err := json.Marshal(shapes)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadShapes(bytes.NewReader(out)); err != nil {
			t.Fatalf("%v\nfrom %s\nwritten %s", err, in, out)
		}
		g := newGraph(t)
		if _, err := g.LoadNQuads(context.Background(), strings.NewReader(facts)); err != nil {
			return
		}
		if _, err := g.Validate(context.Background(), shapes...); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzLoadCSV(f *testing.F) {
	f.Add("id,n,c\np1,¥4999,red|blue\n", false)
	f.Add("id,n,c\n\"p\n1\",8 GB,\np1,,\n", true)
	f.Fuzz(func(t *testing.T, doc string, skip bool) {
		m := Mapping{ID: "id", Kind: "k", SkipBadRows: skip, Fields: []Field{{Path: "n", Type: NumberField, Unit: "元"}, {Path: "c", Split: "|"}}}
		g := newGraph(t)
		report, err := g.LoadCSV(context.Background(), strings.NewReader(doc), m)
		checkLoad(t, g, report, err, skip)
	})
}

// checkLoad checks that a load was whole or nothing, and that what it loaded
// comes back from N-Quads.
func checkLoad(t *testing.T, g *Graph, report Report, err error, skip bool) {
	if err != nil && (g.Len() != 0 || report.Facts != 0 || report.Rows != 0 && len(report.Errors) > 0) {
		t.Fatalf("failed with %v, and loaded %d facts, report %+v", err, g.Len(), report)
	}
	if err == nil && len(report.Errors) > 0 && !skip {
		t.Fatalf("bad rows are no error: %+v", report)
	}
	if g.Len() > report.Facts {
		t.Fatalf("%d facts, report %+v", g.Len(), report)
	}
	checkStore(t, g)
	checkRoundTrip(t, g)
}

func checkRoundTrip(t *testing.T, g *Graph) {
	var out bytes.Buffer
	if err := g.WriteNQuads(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	back := newGraph(t)
	if _, err := back.LoadNQuads(context.Background(), bytes.NewReader(out.Bytes())); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if want, got := slices.Collect(g.snap.Load().all), slices.Collect(back.snap.Load().all); !slices.Equal(got, want) {
		t.Fatalf("came back as\n%q\nwant\n%q\nfrom\n%s", got, want, out.String())
	}
}

func FuzzLoadNQuads(f *testing.F) {
	f.Add("<a> <b> \"c\"@zh <d> .\n_:x <y> \"1\"^^<unit:kg> .\n")
	f.Add(`<a> <b> "2026-01-02T03:04:05.000000001Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .`)
	f.Add(`<a%20b> <b> "\u4e2d\t\"" .`)
	f.Fuzz(func(t *testing.T, doc string) {
		g := newGraph(t)
		report, err := g.LoadNQuads(context.Background(), strings.NewReader(doc))
		checkLoad(t, g, report, err, false)
	})
}

func FuzzNQuadsRoundTrip(f *testing.F) {
	f.Add("p 1", "name@zh", "手机", "GB", 8.5, "s")
	f.Fuzz(func(t *testing.T, subject, predicate, txt, unit string, n float64, source string) {
		g := newGraph(t)
		var facts []Fact
		for _, v := range []Value{Text(txt), Ref(txt), Num(n, unit)} {
			if f := (Fact{subject, predicate, v, source}); f.check() == nil {
				facts = append(facts, f)
			}
		}
		if err := g.Add(context.Background(), facts...); err != nil {
			t.Fatal(err)
		}
		checkStore(t, g)
		checkRoundTrip(t, g)
	})
}

func FuzzLink(f *testing.F) {
	f.Add("你好，我想去北京全聚德（王府井店）", "北京全聚德(王府井店)", "samsng galxy s24")
	f.Add("iPhone, 15 Pro", "iPhone 15 Pro\nMax", "C++")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		ctx := context.Background()
		g := newGraph(t)
		for i, name := range []string{a, b, "Samsung Galaxy S24", "全聚德(前门店)"} {
			if utf8.ValidString(name) {
				if err := g.Add(ctx, Fact{Subject: string(rune('a' + i)), Predicate: "name", Object: Text(name)}); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, txt := range []string{a, b, c, a + b, c + a + c} {
			checkLinks(t, g, txt)
			if _, err := g.Search(ctx, txt, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := g.Find(ctx, Query{Text: txt}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func checkLinks(t *testing.T, g *Graph, txt string) []Link {
	t.Helper()
	links, err := g.Link(context.Background(), txt, nil)
	if err != nil {
		t.Fatal(err)
	}
	taken := make([]bool, len(txt))
	for i, l := range links {
		if l.Start < 0 || l.End <= l.Start || l.End > len(txt) {
			t.Fatalf("span %d-%d of %q", l.Start, l.End, txt)
		}
		if slices.Contains(taken[l.Start:l.End], true) {
			t.Fatalf("spans of %q overlap: %+v", txt, links)
		}
		for j := l.Start; j < l.End; j++ {
			taken[j] = true
		}
		if utf8.ValidString(txt) && !utf8.ValidString(txt[l.Start:l.End]) {
			t.Fatalf("span %q of %q", txt[l.Start:l.End], txt)
		}
		if len(l.Candidates) == 0 || i > 0 && links[i-1].Candidates[0].Score < l.Candidates[0].Score {
			t.Fatalf("links of %q: %+v", txt, links)
		}
		for k, c := range l.Candidates {
			if c.Score <= 0 || c.Score > 1 || k > 0 && c.Score > l.Candidates[k-1].Score {
				t.Fatalf("candidates of %q: %+v", txt, l.Candidates)
			}
		}
	}
	return links
}
