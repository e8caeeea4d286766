package datacheck

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Bounds that keep the time linear where thousands of rows are nearly one text.
const (
	maxPostings = 2048 // rows that are looked at for one piece of a text
	maxPartners = 32   // near-duplicates of one row
)

// alike finds texts of different intents, or of the test set and the examples,
// that are nearly one: a join by prefix filtering (Chaudhuri et al.: A Primitive
// Operator for Similarity Joins, ICDE 2006; Bayardo et al.: Scaling Up All Pairs
// Similarity Search, WWW 2007). Two sets are similar only if their rarest
// members already meet, so only those are indexed.
func (in *inspector) alike(ctx context.Context) error {
	texts := in.distinct()
	sets := shingleSets(in, texts)
	order := make([]int, len(texts))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(sets[a]), len(sets[b])) })
	index := map[int32][]int{}
	stamp := make([]int, len(texts))
	var pairs []pair
	for n, k := range order {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		set := sets[k]
		least := int(math.Ceil(in.opt.Similar*float64(len(set)) - 1e-9))
		partners := 0
		for _, s := range set[:max(0, len(set)-least+min(1, len(set)))] {
			list := index[s]
			for p := len(list) - 1; p >= 0 && p >= len(list)-maxPostings; p-- {
				other := list[p]
				if len(sets[other]) < least || partners == maxPartners {
					break // shorter ones come first
				}
				if stamp[other] == n+1 || !in.comparable(texts[k], texts[other]) {
					continue
				}
				stamp[other] = n + 1
				if sim := jaccard(set, sets[other]); sim >= in.opt.Similar {
					partners++
					pairs = append(pairs, newPair(texts[k], texts[other], sim))
				}
			}
			index[s] = append(list, k)
		}
	}
	in.addPairs(pairs)
	return nil
}

// distinct returns the first row of each text, intent and set.
func (in *inspector) distinct() []int {
	type id struct {
		key, label string
		test       bool
	}
	seen := map[id]bool{}
	var out []int
	for i, t := range in.items {
		x := id{t.key, t.label, t.Test}
		if t.key != "" && t.Intent != "" && !seen[x] {
			seen[x] = true
			out = append(out, i)
		}
	}
	return out
}

// comparable reports whether near-duplicates among two rows matter. Equal texts
// are told elsewhere.
func (in *inspector) comparable(a, b int) bool {
	x, y := &in.items[a], &in.items[b]
	switch {
	case x.key == y.key:
		return false
	case x.Test != y.Test:
		return true
	}
	return !x.Test && x.label != y.label
}

// shingleSets returns the sets of pieces of the texts, as numbers in order, the
// rarest first.
func shingleSets(in *inspector, texts []int) [][]int32 {
	frequency := map[string]int{}
	all := make([][]string, len(texts))
	for k, i := range texts {
		all[k] = shingles(in.items[i].tokens)
		for _, s := range all[k] {
			frequency[s]++
		}
	}
	ranked := slices.SortedFunc(maps.Keys(frequency), func(a, b string) int {
		return cmp.Or(cmp.Compare(frequency[a], frequency[b]), strings.Compare(a, b))
	})
	number := make(map[string]int32, len(ranked))
	for n, s := range ranked {
		number[s] = int32(n)
	}
	sets := make([][]int32, len(texts))
	for k, list := range all {
		set := make([]int32, len(list))
		for j, s := range list {
			set[j] = number[s]
		}
		slices.Sort(set)
		sets[k] = set
	}
	return sets
}

// shingles returns the pieces of a text, each once: one and two Chinese
// characters in a row, and three characters in a row of what stands between
// them. Punctuation is none.
func shingles(tokens []text.Token) []string {
	seen := map[string]bool{}
	var other []rune // a run without Chinese characters, words apart by spaces
	flush := func() {
		if len(other) > 0 {
			other = append(other, ' ')
		}
		for i := 0; i+3 <= len(other); i++ {
			seen[string(other[i:i+3])] = true
		}
		other = other[:0]
	}
	han := ""
	for _, tok := range tokens {
		switch tok.Kind {
		case text.Han:
			flush()
			seen[tok.Text] = true
			if han != "" {
				seen[han+tok.Text] = true
			}
			han = tok.Text
			continue
		case text.Word, text.Number:
			other = append(append(other, ' '), []rune(tok.Text)...)
		}
		han = ""
	}
	flush()
	return slices.Collect(maps.Keys(seen))
}

// jaccard returns the share of common members of two sets in order.
func jaccard(a, b []int32) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

// A pair is two items, in order, that are nearly one text.
type pair struct {
	a, b int
	sim  float64
}

func newPair(a, b int, sim float64) pair { return pair{min(a, b), max(a, b), sim} }

// addPairs tells of the pairs, the most similar first.
func (in *inspector) addPairs(pairs []pair) {
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.sim, x.sim), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	for _, p := range pairs {
		kind, message := NearDouble, fmt.Sprintf("%d%% alike, of different intents", int(100*p.sim))
		if in.items[p.b].Test {
			kind, message = NearLeak, fmt.Sprintf("%d%% alike, an example and a message to test", int(100*p.sim))
		}
		in.add(kind, p.sim, message, p.a, p.b)
	}
}
