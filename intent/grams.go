package intent

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// maxBytes bounds what is read of one message. Customer messages are far
// shorter; a pasted document is classified by its beginning, so that no
// message costs more than a few hundred microseconds.
const maxBytes = 8 << 10

// A gram is one n-gram of a message: its hash, and the tokens that it covers.
type gram struct {
	hash        uint32
	first, last uint16 // token indices, inclusive; maxBytes keeps them in range
	inner       bool   // characters of a word, as against whole words and Han characters
}

// The salts keep n-grams of different kinds apart that are written alike.
const (
	saltWord uint64 = iota + 1
	saltPair
	saltSkip
	saltFirst
	saltLast
	saltHan
	saltChar
	saltShape
)

const hashPrime = 0x9E3779B97F4A7C15

func mix(h, v uint64) uint64 {
	h = (h ^ v) * hashPrime
	return h ^ h>>32
}

func hashString(h uint64, s string) uint64 {
	for _, r := range s {
		h = mix(h, uint64(r))
	}
	return h
}

// A gramScanner cuts messages into n-grams. It keeps its buffers, and is not
// safe for concurrent use.
type gramScanner struct {
	grams []gram
	runes []rune
	seen  []uint64 // open addressing; the round in the upper half, the hash in the lower
	round uint64
}

// distinct returns the n-grams of a message, each once, in the order of their
// first appearance, and the tokens that they refer to. The n-grams are valid
// until the next call.
func (g *gramScanner) distinct(message string) ([]gram, []text.Token) {
	tokens := text.Tokens(clip(message))
	all := g.scan(tokens)
	size := 256
	for size < 2*len(all) {
		size *= 2
	}
	if len(g.seen) < size {
		g.seen, g.round = make([]uint64, size), 0
	}
	if g.round++; g.round > math.MaxUint32 {
		clear(g.seen)
		g.round = 1
	}
	mask := uint64(len(g.seen) - 1)
	kept := all[:0]
next:
	for _, x := range all {
		entry := g.round<<32 | uint64(x.hash)
		slot := uint64(x.hash) & mask
		for ; g.seen[slot]>>32 == g.round; slot = (slot + 1) & mask {
			if g.seen[slot] == entry {
				continue next
			}
		}
		g.seen[slot] = entry
		kept = append(kept, x)
	}
	return kept, tokens
}

// clip returns the part of a message that is read, cut between runes.
func clip(s string) string {
	if len(s) <= maxBytes {
		return s
	}
	n := maxBytes
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if n < maxBytes-utf8.UTFMax {
		n = maxBytes // not UTF-8; any cut will do
	}
	return s[:n]
}

// A unit is a word, a number, a symbol or a Han character; the zero unit is
// none.
type unit struct {
	hash uint64
	at   int // index of its token
	han  bool
}

// scan returns the n-grams of the tokens, repetitions included: words, pairs
// of words that are neighbours or one apart, the first and the last word, one
// to three Han characters in a row, and two to five characters in a row of a
// word with its boundaries marked. Numbers count by their shape too, so that
// "order 1234" resembles "order 9876". Punctuation is no feature: customers
// leave it out at will. The result is valid until the next call.
func (g *gramScanner) scan(tokens []text.Token) []gram {
	g.grams = g.grams[:0]
	var last, before unit
	var han [2]uint64 // hashes of one and two Han characters that end at the last token
	for i, tok := range tokens {
		han = g.hanGrams(tok, i, han)
		u := g.single(tok, i)
		if u.hash == 0 {
			continue
		}
		if last.hash == 0 {
			g.add(mix(saltFirst, u.hash), i, i)
		} else if !(u.han && last.han) {
			g.add(mix(mix(saltPair, last.hash), u.hash), last.at, i)
		}
		if before.hash != 0 && !u.han {
			g.add(mix(mix(saltSkip, before.hash), u.hash), before.at, i)
		}
		before, last = last, u
	}
	if last.hash != 0 {
		g.add(mix(saltLast, last.hash), last.at, last.at)
	}
	return g.grams
}

// single adds the n-grams of one token and returns its unit.
func (g *gramScanner) single(tok text.Token, i int) unit {
	switch tok.Kind {
	case text.Han:
		return unit{hashString(saltHan, tok.Text), i, true} // hanGrams has added it
	case text.Number:
		g.add(hashString(saltWord, tok.Text), i, i)
		g.add(numberShape(tok.Text), i, i)
		return unit{saltShape, i, false} // pairs see that a number stood there, not which
	case text.Symbol:
		if isPunctuation(tok.Text) {
			return unit{}
		}
	case text.Word:
		g.characters(tok.Text, i)
	}
	u := unit{hashString(saltWord, tok.Text), i, false}
	g.add(u.hash, i, i)
	return u
}

// hanGrams adds the runs of one to three Han characters that end with the
// token, given the hashes of those of one and two before it.
func (g *gramScanner) hanGrams(tok text.Token, i int, han [2]uint64) [2]uint64 {
	if tok.Kind != text.Han {
		return [2]uint64{}
	}
	one, two := hashString(saltHan, tok.Text), uint64(0)
	g.add(one, i, i)
	if han[0] != 0 {
		two = hashString(han[0], tok.Text)
		g.add(two, i-1, i)
	}
	if han[1] != 0 {
		g.add(hashString(han[1], tok.Text), i-2, i)
	}
	return [2]uint64{one, two}
}

func (g *gramScanner) add(h uint64, first, last int) {
	g.grams = append(g.grams, gram{hash: uint32(h ^ h>>29), first: uint16(first), last: uint16(last)})
}

// characters adds the character n-grams of a word with its boundaries marked.
func (g *gramScanner) characters(word string, at int) {
	g.runes = append(g.runes[:0], '^')
	for _, r := range word {
		g.runes = append(g.runes, r)
	}
	g.runes = append(g.runes, '$')
	for i := range g.runes {
		h := mix(saltChar, uint64(g.runes[i]))
		for j := i + 1; j < len(g.runes) && j < i+5; j++ {
			h = mix(h, uint64(g.runes[j]))
			g.grams = append(g.grams, gram{uint32(h ^ h>>29), uint16(at), uint16(at), true})
		}
	}
}

// numberShape hashes the number of digits and the marks between them.
func numberShape(s string) uint64 {
	h := saltShape
	for _, r := range s {
		if unicode.IsDigit(r) {
			r = '0'
		}
		h = mix(h, uint64(r))
	}
	return h
}

func isPunctuation(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && n <= 1 || unicode.IsPunct(r) || unicode.IsControl(r)
}
