package kg

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// freshTexts is the text index of a snapshot, made anew in one go.
func freshTexts(t testing.TB, s *snapshot) *textReader {
	t.Helper()
	r, err := newTextReader(nil).update(context.Background(), s, changedTexts(emptySnapshot(), s), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type idScore struct {
	id    string
	score float64
}

func searchTexts(t testing.TB, r *textReader, q textQuery) []idScore {
	t.Helper()
	hits, err := r.search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []idScore
	for h := range best(hits) {
		out = append(out, idScore{h.id(), h.score})
	}
	return out
}

// bm25 scores a query without any index, from the definition.
func bm25(s *snapshot, q textQuery) map[string]float64 {
	terms := queryTerms(q.text)
	counts := map[string]map[string]int{} // by id and term
	docs, total := 0, 0
	lengths := map[string]int{}
	with := map[string]int{} // documents with the term
	var words tokenizer
	for _, n := range s.allThings() {
		has, any := map[string]int{}, false
		for _, f := range s.factsAbout(n) {
			txt, ok := f.Object.Text()
			if !ok {
				continue
			}
			for _, w := range words.termsOf(txt) {
				any = true
				if len(q.fields) == 0 || slices.Contains(q.fields, f.Predicate) {
					has[w]++
					lengths[s.id(n)]++
					total++
				}
			}
		}
		if any {
			docs++
			counts[s.id(n)] = has
			for w := range has {
				with[w]++
			}
		}
	}
	out := map[string]float64{}
	for id, has := range counts {
		met, score := 0, 0.0
		for _, w := range terms {
			if n := float64(has[w]); n > 0 {
				met++
				idf := math.Log(1 + (float64(docs-with[w])+0.5)/(float64(with[w])+0.5))
				score += idf * n * 2.2 / (n + 1.2*(0.25+0.75*float64(lengths[id])*float64(docs)/float64(total)))
			}
		}
		if met == len(terms) || met > 0 && !q.all {
			out[id] = score
		}
	}
	return out
}

var textWords = strings.Fields("nova luna aero zen pro max lite running runs shoes red blue 15 16 1,299 新星 月光 旗舰 手机壳 壳 it's the x")

func randomText(r *rand.Rand) string {
	words := make([]string, 1+r.IntN(1+r.IntN(12)))
	for i := range words {
		words[i] = textWords[int(float64(len(textWords))*math.Pow(r.Float64(), 2))]
	}
	return strings.Join(words, " ")
}

var textPredicates = []string{"name", "name@zh", "note", "color"}

func randomQuery(r *rand.Rand) textQuery {
	q := textQuery{text: randomText(r), all: r.IntN(3) == 0}
	for _, p := range textPredicates {
		if r.IntN(4) == 0 {
			q.fields = append(q.fields, p)
		}
	}
	return q
}

// randomTexts is a batch of changes to the texts of some of n things.
func randomTexts(t testing.TB, g *Graph, r *rand.Rand, n int) {
	t.Helper()
	err := g.Update(context.Background(), func(b *Batch) error {
		for range 1 + r.IntN(1+r.IntN(8)) {
			id := fmt.Sprintf("p%d", r.IntN(n))
			if r.IntN(3) > 0 {
				b.RemoveSubject(id)
			}
			if r.IntN(8) > 0 {
				b.Add(Fact{id, textPredicates[r.IntN(len(textPredicates))], Text(randomText(r)), ""}, Fact{id, "price", Num(float64(r.IntN(9)), ""), ""})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkTexts compares the text index of a graph with one made anew, to the last
// bit, and with the definition of BM25.
func checkTexts(t testing.TB, s *snapshot, r *rand.Rand) {
	t.Helper()
	fresh := freshTexts(t, s)
	if s.text.docs != fresh.docs {
		t.Fatalf("%d documents, want %d", s.text.docs, fresh.docs)
	}
	for range 6 {
		q := randomQuery(r)
		got, want := searchTexts(t, s.text, q), searchTexts(t, fresh, q)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: found\n%v, want\n%v", q, got, want)
		}
		some := q
		some.most = 1 + r.IntN(30)
		n := min(some.most, len(want))
		if got := searchTexts(t, s.text, some); len(got) < n || !slices.Equal(got[:n], want[:n]) {
			t.Fatalf("%+v: found\n%v, want\n%v", some, got, want[:n])
		}
		plain := bm25(s, q)
		if len(plain) != len(got) {
			t.Fatalf("%+v: found %d things, want %d", q, len(got), len(plain))
		}
		for _, h := range got {
			if math.Abs(h.score-plain[h.id]) > 1e-9 {
				t.Fatalf("%+v: score %v of %s, want %v", q, h.score, h.id, plain[h.id])
			}
		}
	}
}

// TestTextsAfterAnyHistory updates texts at random, with merges in the
// background: what is found, in which order and with which score is what an
// index made in one go finds, and what the definition says.
func TestTextsAfterAnyHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	g := newGraph(t)
	merged := 0
	for i := range 500 {
		randomTexts(t, g, r, 700)
		if i%10 == 9 {
			checkTexts(t, g.snap.Load(), r)
		}
		if i%90 == 89 {
			g.merges.group.Wait()
			if s := g.snap.Load(); slices.ContainsFunc(s.text.parts, func(p *textPart) bool { return p.docs() > 2*smallPart }) {
				merged++
			}
			checkTexts(t, g.snap.Load(), r)
		}
	}
	if merged == 0 {
		t.Error("no parts were merged: the test tests nothing")
	}
	if n := len(g.snap.Load().text.parts); n > 20 {
		t.Errorf("%d parts", n)
	}
	ids := []string{}
	for _, n := range g.snap.Load().allThings() {
		ids = append(ids, g.snap.Load().id(n))
	}
	if err := g.Update(context.Background(), func(b *Batch) error { b.RemoveSubject(ids...); return nil }); err != nil {
		t.Fatal(err)
	}
	if parts := g.snap.Load().text.parts; len(parts) > 0 {
		t.Errorf("%d parts of nothing", len(parts))
	}
}

// TestMergeBesideWrites lets batches change, remove and add what is being
// merged.
func TestMergeBesideWrites(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 2))
		g := newGraph(t)
		for range 40 {
			randomTexts(t, g, r, 60)
		}
		g.merges.group.Wait()
		g.mu.Lock()
		s := g.snap.Load()
		m := &textMerge{parts: map[*textSegment]bool{}}
		var ids []string
		for _, p := range s.text.parts[:1+r.IntN(len(s.text.parts))] {
			m.parts[p.textSegment] = true
			ids = p.appendIDs(ids)
		}
		g.merges.running = m
		g.mu.Unlock()
		slices.Sort(ids)
		made, err := buildParts(context.Background(), s, ids)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			randomTexts(t, g, r, 60)
			checkTexts(t, g.snap.Load(), r)
		}
		g.mu.Lock()
		g.merged(m, made, nil)
		g.mu.Unlock()
		now := g.snap.Load()
		if slices.ContainsFunc(now.text.parts, m.has) {
			t.Fatal("a part that was merged is still there")
		}
		checkTexts(t, now, r)
	}
}

// TestTextSnapshotsAreIsolated keeps the readers of old states, which go on to
// find what they found.
func TestTextSnapshotsAreIsolated(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	g := newGraph(t)
	var old []*snapshot
	for range 120 {
		randomTexts(t, g, r, 200)
		old = append(old, g.snap.Load())
	}
	g.merges.group.Wait()
	for _, s := range old {
		checkTexts(t, s, r)
	}
}
