package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// nearlyWhole is the share of a phrase that a message must have which seems to
// be about something else.
const nearlyWhole = 0.85

// A matcher finds the symptoms whose phrases are like a message. It is built
// once and never changed.
//
// A message that has a phrase whole, or nearly so, tells of its symptom: see
// fit. Of other messages the symptoms are ranked by the mean cosine of their
// three phrases (or fewer, where there are no more) that are most like it (k nearest neighbours over tf-idf), with
// words by their stems and by three letters, so that misspellings count, and
// Chinese by single characters and pairs.
type matcher struct {
	symptoms []string
	of       []int              // phrases' symptoms
	phrases  []int              // how many a symptom has
	terms    map[string][]int   // phrases with a term, see termList
	weight   []float64          // of all terms of a phrase
	near     map[string][]share // phrases with a feature, see featuresOf
	rarity   map[string]float64 // of features: the fewer phrases have one, the more
}

// A share is a feature's part of a phrase of length 1.
type share struct {
	phrase int
	x      float64
}

// A phrase is what customers say of a symptom.
type phrase struct{ symptom, words string }

// A liking is how like a message a symptom's phrases are.
type liking struct {
	symptom string
	score   float64 // in [0, 1]
}

const neighbours = 3

func newMatcher(phrases []phrase) *matcher {
	m := &matcher{terms: map[string][]int{}, near: map[string][]share{}, rarity: map[string]float64{}}
	at := map[string]int{}
	terms, features := make([][]string, len(phrases)), make([][]feature, len(phrases))
	for i, p := range phrases {
		if _, seen := at[p.symptom]; !seen {
			at[p.symptom] = len(m.symptoms)
			m.symptoms, m.phrases = append(m.symptoms, p.symptom), append(m.phrases, 0)
		}
		m.phrases[at[p.symptom]]++
		m.of = append(m.of, at[p.symptom])
		terms[i], features[i] = termList(p.words), featuresOf(p.words)
		for _, term := range terms[i] {
			m.terms[term] = append(m.terms[term], i)
		}
		for _, f := range features[i] {
			m.rarity[f.name]++
		}
	}
	for f, n := range m.rarity {
		m.rarity[f] = math.Log(1 + float64(len(phrases))/n)
	}
	for i := range phrases {
		all := 0.0
		for _, term := range terms[i] {
			all += m.tells(term)
		}
		m.weight = append(m.weight, all)
		for _, f := range m.unit(features[i]) {
			m.near[f.name] = append(m.near[f.name], share{i, f.x})
		}
	}
	return m
}

// tells is how telling a term is: the rarer, the more.
func (m *matcher) tells(term string) float64 {
	return math.Log(1 + float64(len(m.of))/float64(1+len(m.terms[term])))
}

// unit weights features by their rarity and gives them length 1. Those that no
// phrase has count as the rarest: much that is unknown makes little alike.
func (m *matcher) unit(features []feature) []feature {
	sum := 0.0
	for i, f := range features {
		x, known := m.rarity[f.name]
		if !known {
			x = math.Log(1 + float64(len(m.of)))
		}
		features[i].x *= x
		sum += features[i].x * features[i].x
	}
	for i := range features {
		features[i].x /= math.Sqrt(sum)
	}
	return features
}

// fit finds the symptom of whose phrases the message has most, each term
// weighted by how telling it is: at least the given share.
func (m *matcher) fit(message string, least float64) (symptom string, share float64) {
	has := make([]float64, len(m.of))
	for _, term := range termList(message) {
		w := m.tells(term)
		for _, i := range m.terms[term] {
			has[i] += w
		}
	}
	best := -1
	for i, w := range has {
		x := w / m.weight[i]
		if w == 0 || x < least-1e-9 {
			continue
		}
		if best < 0 || x > share+1e-9 || x > share-1e-9 && (m.weight[i] > m.weight[best]+1e-9 || m.weight[i] > m.weight[best]-1e-9 && i < best) {
			best, share = i, x
		}
	}
	if best < 0 {
		return "", 0
	}
	return m.symptoms[m.of[best]], min(share, 1)
}

// rank lists the symptoms that are most like a message, the likest first.
func (m *matcher) rank(message string, most int) []liking {
	like := make([]float64, len(m.of))
	for _, f := range m.unit(featuresOf(message)) {
		for _, s := range m.near[f.name] {
			like[s.phrase] += f.x * s.x
		}
	}
	nearest := make([][neighbours]float64, len(m.symptoms))
	for i, x := range like {
		top := &nearest[m.of[i]]
		for k := range top {
			if x > top[k] {
				top[k], x = x, top[k]
			}
		}
	}
	var out []liking
	for i, top := range nearest {
		sum := 0.0
		for _, x := range top {
			sum += x
		}
		if sum > 0 {
			out = append(out, liking{m.symptoms[i], sum / float64(min(neighbours, m.phrases[i]))})
		}
	}
	slices.SortStableFunc(out, func(a, b liking) int { return cmp.Compare(b.score, a.score) })
	return out[:min(len(out), most)]
}

// termsOf is the set of a text's words and of its pairs of Chinese characters.
func termsOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, term := range termList(s) {
		out[term] = true
	}
	return out
}

// termList is the set as a list, in order.
func termList(s string) []string {
	var out []string
	toks := text.Tokens(s)
	for i, t := range toks {
		switch {
		case t.Kind == text.Han && i+1 < len(toks) && toks[i+1].Kind == text.Han:
			out = append(out, t.Text+toks[i+1].Text)
		case t.Kind == text.Word || t.Kind == text.Number:
			out = append(out, strings.TrimSuffix(strings.TrimSuffix(t.Text, "ing"), "s"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A feature is something that texts are compared by, with its weight.
type feature struct {
	name string
	x    float64
}

// Weights of features beside those of whole words and of pairs of characters.
const (
	oneCharacter = 0.7
	threeLetters = 0.4
)

// featuresOf are a text's features, sorted by name, each once.
func featuresOf(s string) []feature {
	var out []feature
	toks := text.Tokens(clipped(s))
	for i, t := range toks {
		switch {
		case t.Kind == text.Han:
			out = append(out, feature{"1" + t.Text, oneCharacter})
			if i+1 < len(toks) && toks[i+1].Kind == text.Han {
				out = append(out, feature{"2" + t.Text + toks[i+1].Text, 1})
			}
		case (t.Kind == text.Word || t.Kind == text.Number) && !hollow[t.Text]:
			stem := wordStem(t.Text)
			out = append(out, feature{"w" + stem, 1})
			for r := []rune("^" + stem + "$"); len(r) >= 3; r = r[1:] {
				out = append(out, feature{"3" + string(r[:3]), threeLetters})
			}
		}
	}
	slices.SortFunc(out, func(a, b feature) int { return strings.Compare(a.name, b.name) })
	return slices.Compact(out)
}

// hollow are English words that say nothing of a symptom.
var hollow = setOf("the a an is are am i it its my to of in on and or for with that this when do does me be have has at as so by")

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// wordStem cuts an English ending off.
func wordStem(word string) string {
	for _, ending := range []string{"ing", "ies", "es", "ed", "ly", "s", "e", "y"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 {
			return stem
		}
	}
	return word
}
