package kg

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// shopFeed is n products of 12 facts each, every fourth the group of the three
// behind it.
func shopFeed(n int, format string) string {
	var b strings.Builder
	if format == "csv" {
		b.WriteString("id,of,name,brand,price,color,memory,storage,weight,rating,stock,since,note\n")
	}
	for i := range n {
		group := ""
		if i%4 != 0 {
			group = fmt.Sprintf("p%d", i-i%4)
		}
		row := []any{i, group, i, i % 50, 1000 + i%4000, i % 9, 4 << (i % 3), 64 << (i % 4), 150 + i%80, i % 5, i%2 == 0, i%28 + 1, i}
		if format == "csv" {
			fmt.Fprintf(&b, "p%d,%s,Phone %d,brand%d,%d,color%d,%d GB,%d GB,%d g,%d,%t,2026-01-%02d,Note of %d\n", row...)
		} else {
			fmt.Fprintf(&b, `{"id":"p%d","of":"%s","name":"Phone %d","brand":"brand%d","price":%d,"color":"color%d","memory":"%d GB","storage":"%d GB","weight":"%d g","rating":%d,"stock":%t,"since":"2026-01-%02d","note":"Note of %d"}`+"\n", row...)
		}
	}
	return b.String()
}

func benchMapping() Mapping {
	m := Mapping{ID: "id", Kind: "phone", Source: "bench"}
	for path, typ := range map[string]FieldType{"name": "", "brand": RefField, "price": NumberField, "color": "", "memory": NumberField, "storage": NumberField,
		"weight": NumberField, "rating": NumberField, "stock": BoolField, "since": TimeField, "note": ""} {
		m.Fields = append(m.Fields, Field{Path: path, Type: typ})
	}
	return m
}

// BenchmarkFeeds tells how fast each format is read ("read": a last, bad row
// keeps the load from writing) and how fast it is loaded as a whole.
func BenchmarkFeeds(b *testing.B) {
	const n = 20000
	shaped := benchMapping()
	shaped.Group = "of"
	shaped.Shapes = []Shape{{Kind: "phone", Properties: []Property{{Predicate: "name", Type: String, Required: true, MaxCount: 1},
		{Predicate: "memory", Unit: "GB", Min: Num(1, "")}, {Predicate: "variant_of", RefKind: "phone"}}}}
	replaced := benchMapping()
	replaced.Replace = true
	for _, c := range []struct {
		name, format, end string
		m                 Mapping
		again             bool // into a graph that has it all
	}{
		{"csv/read", "csv", "bad\n", benchMapping(), false}, {"jsonl/read", "jsonl", "bad\n", benchMapping(), false},
		{"jsonl/read, groups and shapes", "jsonl", "bad\n", shaped, false},
		{"csv/all", "csv", "", benchMapping(), false}, {"jsonl/all", "jsonl", "", benchMapping(), false},
		{"jsonl/all, replacing the same", "jsonl", "", replaced, true},
	} {
		doc := shopFeed(n, c.format) + c.end
		b.Run(c.name, func(b *testing.B) { benchLoad(b, c.format, doc, c.m, c.again, c.end == "") })
	}
}

// benchLoad loads a feed of which all is good, or its last row is bad.
func benchLoad(b *testing.B, format, doc string, m Mapping, again, good bool) {
	var facts, rows int
	ctx := WithProgress(context.Background(), func(p Progress) { facts, rows = p.Facts, p.Rows })
	load := func(g *Graph) {
		fn := g.LoadJSON
		if format == "csv" {
			fn = g.LoadCSV
		}
		if report, err := fn(ctx, strings.NewReader(doc), m); (err == nil) != good || len(report.Errors) > 1 {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(doc)))
	g := newGraph(b)
	if again {
		load(g)
	}
	var took time.Duration
	for b.Loop() {
		if !again {
			g = newGraph(b)
		}
		start := time.Now()
		load(g)
		took += time.Since(start)
	}
	b.ReportMetric(float64(rows*b.N)/took.Seconds(), "rows/s")
	b.ReportMetric(float64(facts*b.N)/took.Seconds(), "facts/s")
}
