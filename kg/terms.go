package kg

import (
	"strings"

	porterstemmer "github.com/blevesearch/go-porterstemmer"

	"github.com/slotgraph/slotgraph/internal/text"
)

// termsVersion is the version of what termsOf makes of a text. An index on disk
// that was written by another one is left aside.
const termsVersion = 1

// longestTerm is the length in bytes at which words are cut off.
const longestTerm = 256

// tokenizer cuts texts into the terms of the full-text index: English words
// stemmed (Porter, 1980), numbers apart from letters, Chinese characters one by
// one and as pairs. It is not safe for concurrent use.
type tokenizer struct {
	toks  []text.Token
	terms []string
	stems map[string]string
}

// termsOf returns the terms of a text, valid until the next call.
func (z *tokenizer) termsOf(s string) []string {
	z.toks, z.terms = text.AppendTokens(z.toks[:0], s), z.terms[:0]
	for i, t := range z.toks {
		if t.Kind == text.Symbol {
			continue
		}
		z.terms = append(z.terms, z.term(t))
		if pair(z.toks, i) {
			z.terms = append(z.terms, t.Text+z.toks[i+1].Text)
		}
	}
	return z.terms
}

// term is the term of a token; it remembers stems, since words come again and
// again.
func (z *tokenizer) term(t text.Token) string {
	if t.Kind != text.Word || len(t.Text) < 4 {
		return term(t)
	}
	out, ok := z.stems[t.Text]
	if !ok {
		const most = 4096
		if z.stems == nil || len(z.stems) == most {
			z.stems = make(map[string]string)
		}
		out = term(t)
		z.stems[t.Text] = out
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
		return strings.ReplaceAll(t.Text[:min(len(t.Text), longestTerm)], ",", "")
	case text.Word:
		return stem(t.Text[:min(len(t.Text), longestTerm)])
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
