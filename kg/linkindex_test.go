package kg

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// nameMaker makes names and texts of few words, so that they meet often.
type nameMaker struct{ *rand.Rand }

func (m nameMaker) pick(list ...string) string { return list[m.IntN(len(list))] }

func (m nameMaker) word() string {
	return m.pick("Nova", "Lumora", "Zephyr", "Pro", "Max", "X", "12", "60", "Mate", "华为", "小米", "青山黛", "王府井大酒店", "全聚德", "(前门店)", "Apple", "苹果", "LG", "+", ", ", "-", "é")
}

func (m nameMaker) fact() nameFact {
	var b strings.Builder
	for range 1 + m.IntN(4) {
		b.WriteString(m.word() + m.pick("", " ", " "))
	}
	return nameFact{id: fmt.Sprintf("p%d", m.IntN(40)), text: b.String(), rank: m.IntN(3)}
}

func (m nameMaker) text() string {
	var b strings.Builder
	for range 1 + m.IntN(7) {
		b.WriteString(m.pick(m.word(), m.word(), "huawei", "qingshandai", "novva", "lumroa", "hw", "小蜜", "全巨德", "请问", "novapro", "the best", "。") + m.pick("", " "))
	}
	return b.String()
}

// TestLinkLayers adds and removes names at random, and checks that the index
// links as one that was built anew, however its names are layered.
func TestLinkLayers(t *testing.T) {
	synonyms, err := newSynonymTable([]Synonyms{{"name", [][]string{{"苹果", "Apple"}}}}, []string{"name", "alias", "x"})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		m := nameMaker{rand.New(rand.NewPCG(seed, 3))}
		var now []nameFact
		x := newLinkIndex(slices.Values(now), synonyms)
		for round := range 30 {
			var removed, added []nameFact
			for range m.IntN(4) {
				if len(now) > 0 {
					k := m.IntN(len(now))
					removed = append(removed, now[k])
					now = slices.Delete(now, k, k+1)
				}
			}
			removed = append(removed, nameFact{id: "p1", text: "never there", rank: 0})
			for range m.IntN(m.IntN(60) + 1) {
				added = append(added, m.fact())
			}
			now = append(now, added...)
			before, txt := x, m.text()
			old := linksOf(t, before, txt)
			x = x.with(removed, added)
			if got := linksOf(t, before, txt); !reflect.DeepEqual(got, old) {
				t.Fatalf("seed %d: with changed its receiver", seed)
			}
			if round%3 == 0 {
				compareIndexes(t, m, x, newLinkIndex(slices.Values(now), synonyms))
			}
			if round%10 == 9 {
				x = x.compact()
			}
		}
	}
}

func linksOf(t *testing.T, x *linkIndex, txt string) []Link {
	t.Helper()
	links, err := x.link(t.Context(), txt, LinkOptions{MaxCandidates: 7}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return links
}

func compareIndexes(t *testing.T, m nameMaker, got, want *linkIndex) {
	t.Helper()
	if got.live != want.live {
		t.Fatalf("%d names, want %d", got.live, want.live)
	}
	odd := func(id string) bool { return len(id)%2 == 1 }
	for range 20 {
		txt := m.text()
		if a, b := linksOf(t, got, txt), linksOf(t, want, txt); !reflect.DeepEqual(a, b) {
			t.Fatalf("%q in %d layers:\n%+v\nin one:\n%+v", txt, len(got.layers), a, b)
		}
		a, _ := got.link(t.Context(), txt, LinkOptions{MinScore: 0.5}, odd)
		b, _ := want.link(t.Context(), txt, LinkOptions{MinScore: 0.5}, odd)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%q: %+v, want %+v", txt, a, b)
		}
	}
}

// TestLinkLayersStayFew makes many small updates and looks at the layers and
// at compacting.
func TestLinkLayersStayFew(t *testing.T) {
	x := newLinkIndex(slices.Values(productNames(20_000)), nil)
	compacted := 0
	for i, f := range productNames(3_000) {
		f.id = fmt.Sprintf("new%d", i)
		if x = x.with(nil, []nameFact{f}); len(x.layers) > 14 {
			t.Fatalf("%d layers after %d updates", len(x.layers), i)
		}
		if x.wantsCompact() {
			x = x.compact()
			compacted++
		}
	}
	if x.live != 23_000 || compacted == 0 || compacted > 3 {
		t.Errorf("%d names, compacted %d times", x.live, compacted)
	}
}

// TestLinkCounts removes names from a bitmap and from a list, and counts the rest.
func TestLinkCounts(t *testing.T) {
	var names []nameFact
	for i := range 200 {
		names = append(names, nameFact{id: fmt.Sprintf("p%d", i), text: fmt.Sprintf("Nova X%d %c", i, 'A'+i%20)})
	}
	x := newLinkIndex(slices.Values(names), nil).with(names[:50], nil)
	l := linker{index: x}
	for word, want := range map[string]int{"nova": 150, "a": 7, "x": 150, "77": 1, "7": 0} {
		term := l.term(rollString(featWord, word))
		if got := l.count(term); got != want || l.moreThan(term, want) || want > 0 && !l.moreThan(term, want-1) {
			t.Errorf("%d names with %q, want %d", got, word, want)
		}
	}
}

// TestLinkLargeIndex checks the large index, which has bitmaps and is built in
// several parts, against the names themselves.
func TestLinkLargeIndex(t *testing.T) {
	x := linkIndexes[100_000]()
	names := productNames(100_000)
	for _, f := range names[:300] {
		links := linksOf(t, x, "about "+f.text)
		if len(links) != 1 || !slices.ContainsFunc(links[0].Candidates, func(c Candidate) bool { return c.Name == f.text && c.Score == 1 }) {
			t.Errorf("%q: %+v", f.text, links)
		}
	}
	want := 0
	for _, f := range names {
		if strings.HasPrefix(f.text, "Nova X") && strings.Contains(f.text, " Pro Max ") {
			want++
		}
	}
	links, err := x.link(t.Context(), "nova x pro max", LinkOptions{MaxCandidates: 1000}, nil)
	if err != nil || len(links) != 1 || len(links[0].Candidates) != want {
		t.Errorf("%v, %v; want %d candidates", links, err, want)
	}
}

// TestLinkIndexCost holds the index to its memory, and to few allocations.
func TestLinkIndexCost(t *testing.T) {
	var before, after runtime.MemStats
	names := productNames(50_000)
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	x := newLinkIndex(slices.Values(names), nil)
	d := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	per := (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / float64(len(names))
	runtime.KeepAlive(names)
	t.Logf("%.0f bytes a name, of them counted %.0f, built in %v", per, float64(x.size())/float64(len(names)), d)
	if per > 150 {
		t.Errorf("%.0f bytes a name", per)
	}
	for _, s := range linkSentences() {
		if n := testing.AllocsPerRun(20, func() { linksOf(t, x, s[1]) }); n > 40 {
			t.Errorf("%s: %.0f allocations", s[0], n)
		}
	}
	runtime.KeepAlive(x)
}

func TestSynonymVariants(t *testing.T) {
	table, err := newSynonymTable([]Synonyms{
		{"name", [][]string{{"苹果", "Apple"}, {"黑", "black"}}}, {"", [][]string{{"TV", "television"}}}, {"alias@zh", [][]string{{"a b", "c"}}},
	}, []string{"name", "alias"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		rank int
		want string
	}{
		{"苹果iPhone", 0, "Apple iPhone"}, {"苹果 15 黑", 0, "Apple 15 黑|苹果 15 black|Apple 15 black"}, {"苹果", 1, ""}, {"pineapple tv", 1, "pineapple television"}, {"a-b", 1, "c"}, {"a-b", 0, ""},
		{"applepie", 0, ""}, {"", 0, ""}, {"Apple, 苹果", 0, "苹果, 苹果|Apple, Apple|苹果, Apple"},
	} {
		if got := strings.Join(table.variants(nameFact{"a", c.text, c.rank}), "|"); got != c.want {
			t.Errorf("variants(%q, %d) = %s, want %s", c.text, c.rank, got, c.want)
		}
	}
	if table, err := newSynonymTable(nil, []string{"name"}); table != nil || err != nil {
		t.Errorf("a table of nothing: %v, %v", table, err)
	}
	if _, err := New(&Options{Synonyms: []Synonyms{{"color", [][]string{{"a", "b"}}}}}); err == nil || !strings.Contains(err.Error(), `"color"`) {
		t.Errorf("synonyms of no name predicate: %v", err)
	}
}
