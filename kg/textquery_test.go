package kg

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTextBatchOfManyThings goes over the number of documents from which
// several segments are made at once.
func TestTextBatchOfManyThings(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var facts []Fact
	for i := range 2*leastPiece + 10 {
		facts = append(facts, Fact{fmt.Sprintf("p%d", i), "name", Text(randomText(r)), ""})
		if i%4 == 0 {
			facts = append(facts, Fact{fmt.Sprintf("p%d", i), "color", Text("nova"), ""})
		}
	}
	g := newGraph(t, facts...)
	if n := len(g.snap.Load().text.parts); n != 2 {
		t.Fatalf("%d parts, want 2", n)
	}
	tied := searchTexts(t, g.snap.Load().text, textQuery{text: "nova", fields: []string{"color"}})
	if len(tied) < 4000 || tied[0].score != tied[len(tied)-1].score {
		t.Fatalf("%d things, which should be equally good", len(tied))
	}
	for _, most := range []int{1, 5, 1500, 2000} { // among equals the id decides, whatever part they are in
		if got := searchTexts(t, g.snap.Load().text, textQuery{text: "nova", fields: []string{"color"}, most: most}); !slices.Equal(got[:most], tied[:most]) {
			t.Fatalf("the best %d of equals are\n%v, want\n%v", most, got[:most], tied[:most])
		}
	}
	randomTexts(t, g, r, 2*leastPiece)
	s := g.snap.Load()
	q := textQuery{text: "nova 新星"}
	if got, want := searchTexts(t, s.text, q), bm25(s, q); len(got) != len(want) {
		t.Fatalf("found %d, want %d", len(got), len(want))
	}
	r.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
	if err := g.Remove(context.Background(), facts[:len(facts)*3/4]...); err != nil {
		t.Fatal(err)
	}
	g.merges.group.Wait()
	s = g.snap.Load()
	if p := slices.MaxFunc(s.text.parts, func(a, b *textPart) int { return a.docs() - b.docs() }); p.docs() >= leastPiece {
		t.Errorf("a part of %d documents, most of them gone, is still there", p.docs())
	}
	checkTexts(t, s, r)
}

// TestTextMergesEnd makes as many parts as are ever made at once: to merge them
// would give just as many.
func TestTextMergesEnd(t *testing.T) {
	facts := make([]Fact, mostPieces*leastPiece)
	for i := range facts {
		facts[i] = Fact{Subject: fmt.Sprintf("p%05d", i), Predicate: "name", Object: Text("nova")}
	}
	g := newGraph(t, facts...)
	if n := len(g.snap.Load().text.parts); n != mostPieces {
		t.Fatalf("%d parts, want %d", n, mostPieces)
	}
	for i := range 2 * mergeFanout { // batches beside it, each of which looks for a merge that is due
		if err := g.Add(context.Background(), Fact{Subject: fmt.Sprintf("q%d", i), Predicate: "name", Object: Text("nova")}); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan bool)
	go func() { g.merges.group.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("merges go on and on")
	}
}

// TestTextWithin narrows a search to some things, which changes no score.
func TestTextWithin(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	g := newGraph(t)
	for range 100 {
		randomTexts(t, g, r, 150)
	}
	s := g.snap.Load()
	for range 50 {
		q := randomQuery(r)
		want := searchTexts(t, s.text, q)
		q.within = []string{"nobody"}
		for i := range 150 {
			if r.IntN(4) == 0 {
				q.within = append(q.within, fmt.Sprintf("p%d", i))
			}
		}
		want = slices.DeleteFunc(want, func(h idScore) bool { return !slices.Contains(q.within, h.id) })
		if got := searchTexts(t, s.text, q); !slices.Equal(got, want) {
			t.Fatalf("%+v: found %v, want %v", q, got, want)
		}
	}
}

// TestFindTextWithLimit pages through what a text finds.
func TestFindTextWithLimit(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	g := newGraph(t)
	for range 100 {
		randomTexts(t, g, r, 150)
	}
	for range 100 {
		q := Query{Text: randomText(r)}
		want, err := g.Find(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		q.Limit, q.Offset = 1+r.IntN(12), r.IntN(12)
		want = want[min(q.Offset, len(want)):]
		want = want[:min(q.Limit, len(want))]
		if got, err := g.Find(context.Background(), q); err != nil || !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
			t.Fatalf("%+v: found\n%v, %v, want\n%v", q, got, err, want)
		}
	}
}

// TestTerms holds the terms of texts: who changes them changes termsVersion
// too, since indexes on disk have the old ones.
func TestTerms(t *testing.T) {
	var z tokenizer
	got := strings.Join(z.termsOf("Running iPhone15 手机壳 1,299.5元 it's ＡＢＣ, !"), "|")
	if want := "run|iphon|15|手|手机|机|机壳|壳|1299.5|元|it|abc"; got != want || termsVersion != 1 {
		t.Errorf("terms %s of version %d, want %s of version 1", got, termsVersion, want)
	}
	long := strings.Repeat("长word", 1) + strings.Repeat("x", 5000)
	g := newGraph(t, Fact{"p", "name", Text(long), ""})
	if hits, err := g.Find(context.Background(), Query{Text: strings.Repeat("word", 1) + strings.Repeat("x", 5000)}); err != nil || len(hits) != 1 {
		t.Errorf("a word of 5000 letters: %v, %v", hits, err)
	}
}
