package kg

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	porterstemmer "github.com/blevesearch/go-porterstemmer"

	"github.com/slotgraph/slotgraph/internal/text"
)

// analyzer cuts text into the terms of the full-text index: English words
// stemmed (Porter, 1980), numbers apart from letters, Chinese characters one by
// one and as pairs.
type analyzer struct{}

func (analyzer) Analyze(input []byte) analysis.TokenStream {
	toks := text.Tokens(string(input))
	out := make(analysis.TokenStream, 0, len(toks)+len(toks)/2)
	for i, t := range toks {
		if t.Kind == text.Symbol {
			continue
		}
		out = append(out, &analysis.Token{Start: t.Start, End: t.End, Term: []byte(term(t)), Position: i + 1, Type: analysis.AlphaNumeric})
		if pair(toks, i) {
			out = append(out, &analysis.Token{Start: t.Start, End: toks[i+1].End, Term: []byte(t.Text + toks[i+1].Text), Position: i + 1, Type: analysis.Double})
		}
	}
	return out
}

// pair reports whether the tokens i and i+1 are neighbouring Chinese characters.
func pair(toks []text.Token, i int) bool {
	return i+1 < len(toks) && toks[i].Kind == text.Han && toks[i+1].Kind == text.Han && toks[i].End == toks[i+1].Start
}

func term(t text.Token) string {
	switch t.Kind {
	case text.Number:
		return strings.ReplaceAll(t.Text, ",", "")
	case text.Word:
		return stem(t.Text)
	}
	return t.Text
}

// stem stems ASCII words; other scripts stand as they are.
func stem(w string) string {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return strings.TrimSuffix(w, "'s")
		}
	}
	if len(w) < 4 {
		return w
	}
	return string(porterstemmer.StemWithoutLowerCasing([]rune(w)))
}

// maxTerms bounds the work that one query can ask for.
const maxTerms = 256

// queryTerms returns the distinct terms to look for: pairs of Chinese
// characters, single ones only where they stand alone, and no function words
// unless there is nothing else.
func queryTerms(s string) []string {
	toks := text.Tokens(s)
	var terms, weak []string
	seen := map[string]bool{}
	add := func(to *[]string, w string) {
		if !seen[w] {
			seen[w] = true
			*to = append(*to, w)
		}
	}
	for i, t := range toks {
		switch {
		case t.Kind == text.Symbol:
		case pair(toks, i):
			add(&terms, t.Text+toks[i+1].Text)
		case i > 0 && pair(toks, i-1): // the end of a run, which its last pair holds
		case functionWords[t.Text]:
			add(&weak, term(t))
		default:
			add(&terms, term(t))
		}
	}
	if len(terms) == 0 {
		terms = weak
	}
	return terms[:min(len(terms), maxTerms)]
}

var functionWords = wordSet(`a an and are as at be been but by can could did do does for from had has have how i
	if in is it its me my of on or our so than that the their them then there these they this to was we were what when where which
	who why will with would you your please 的 了 吗 呢 吧 啊 是 在 有 和 与 或 我 你 您 他 她 它 这 那 就 都 也 很 把 被 给 请`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}
