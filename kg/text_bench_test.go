package kg

import (
	"context"
	"fmt"
	"log"
	"sync"
	"testing"
	"time"
)

var textGraph = sync.OnceValue(func() *Graph {
	g, err := New(nil)
	if err == nil {
		err = g.Add(context.Background(), catalogue(100_000)...)
	}
	if err != nil {
		log.Fatal(err)
	}
	return g
})

// BenchmarkTextBuild makes the text index of 100,000 products.
func BenchmarkTextBuild(b *testing.B) {
	s := textGraph().snap.Load()
	for b.Loop() {
		if _, err := newTextReader(nil).update(b.Context(), s, changedTexts(emptySnapshot(), s), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTextUpdate changes the text of one product of 100,000 at a time, all
// of the write included; slow/op is the share of the updates that took more
// than 5 ms.
func BenchmarkTextUpdate(b *testing.B) {
	g, slow, i := textGraph(), 0, 0
	for b.Loop() {
		start := time.Now()
		err := g.Update(b.Context(), func(batch *Batch) error {
			f := Fact{Subject: fmt.Sprintf("p%d", i%50_000*7919%100_000), Predicate: "note", Object: Text("new")}
			if batch.Add(f); i/50_000%2 == 1 {
				batch.Remove(f)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		if i++; time.Since(start) > 5*time.Millisecond {
			slow++
		}
	}
	b.ReportMetric(float64(slow)/float64(i), "slow/op")
	b.ReportMetric(float64(len(g.snap.Load().text.parts)), "parts")
}

func BenchmarkTextSearch(b *testing.B) {
	g := textGraph()
	for _, c := range []struct {
		name, text string
		opts       *SearchOptions
	}{
		{"rare", "77123", nil},
		{"common", "nova pro", nil},
		{"chinese", "新星典藏版 red", nil},
		{"kind", "nova pro", &SearchOptions{Kind: "phone"}},
		{"allWords", "luna7 lite red phone", &SearchOptions{AllWords: true}},
		{"predicate", "nova pro", &SearchOptions{Predicates: []string{"name"}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if hits, err := g.Search(b.Context(), c.text, c.opts); err != nil || len(hits) == 0 {
					b.Fatal(hits, err)
				}
			}
		})
	}
	for _, c := range []struct {
		name string
		q    Query
	}{
		{"find", Query{Text: "nova7 pro", Limit: 10}},
		{"findCommon", Query{Text: "nova", Limit: 10}},
		{"findFew", Query{Text: "nova pro", Where: []Condition{{"price", Eq, []Value{Num(777, "CNY")}}}}},
		{"findFewOfMany", Query{Text: "nova pro", Kind: "phone", Where: []Condition{{"brand", Eq, []Value{Ref("brand7")}}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := g.Find(b.Context(), c.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTextOpen makes the index of 100,000 products from its files.
func BenchmarkTextOpen(b *testing.B) {
	s, d := textGraph().snap.Load(), newMemDisk(1)
	if err := saveTexts(d, s, map[*textSegment]uint64{}, textLeast); err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, f := range d.names {
		size += len(f.data)
	}
	for b.Loop() {
		if _, _, err := loadTexts(context.Background(), d, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes")
}
