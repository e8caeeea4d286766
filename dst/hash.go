package dst

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Sparse features are named by what they are made of: a template and one or
// two words of the message, the schema or the bot's acts. The name is hashed
// to 24 bits (Weinberger et al. 2009), so that weights need no dictionary and
// serve words that no schema has had before.

// A sym is the hash of a word or of another piece of a feature's name.
type sym uint64

// hashString is FNV-1a over the bytes.
func hashString(s string) sym {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return sym(h)
}

// with combines two symbols; the order counts.
func (a sym) with(b sym) sym {
	h := (uint64(a)^0x9E3779B97F4A7C15)*0xBF58476D1CE4E5B9 + uint64(b)
	return sym(h ^ h>>31)
}

// A listedValue is a value of an [Enum] as features have it.
type listedValue struct {
	words []sym
	key   sym
}

// wordsOf appends the words among tokens, symbols aside.
func wordsOf(words []sym, tokens []text.Token) []sym {
	for i := range tokens {
		if tokens[i].Kind != text.Symbol {
			words = append(words, hashString(stem(tokens[i].Text)))
		}
	}
	return words
}

// list enters the values of an [Enum].
func (t *Tracker) list(e *Enum) {
	for i := range e.Values {
		v := e.Values[i].Value
		if _, known := t.listed[v]; !known {
			t.listed[v] = listedValue{wordsOf(nil, text.Tokens(v)), hashString(text.Key(v))}
		}
	}
}

// featureBits is the size of the hashed feature space.
const featureBits = 24

// index is the place of the feature that template makes of a and b.
func index(template uint32, a, b sym) uint32 {
	h := uint64(a)*0x9E3779B97F4A7C15 + uint64(b)*0xC2B2AE3D27D4EB4F + uint64(template+1)*0x165667B19E3779F9
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return uint32(h >> (64 - featureBits))
}

// stem brings the forms of an English word together, roughly: it is for
// comparing words with one another, and never shown.
func stem(word string) string {
	n := len(word)
	if n < 4 {
		return word
	}
	switch {
	case strings.HasSuffix(word, "ies") && n > 4:
		return word[:n-3] + "y"
	case strings.HasSuffix(word, "ing") && n > 5:
		word = undouble(word[:n-3])
	case strings.HasSuffix(word, "ed") && n > 4:
		word = undouble(word[:n-2])
	case strings.HasSuffix(word, "ly") && n > 5:
		word = word[:n-2]
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us"):
		word = word[:n-1]
	}
	if len(word) > 3 {
		word = strings.TrimSuffix(word, "e")
	}
	return word
}

func undouble(word string) string {
	if n := len(word); n > 3 && word[n-1] == word[n-2] && word[n-1] != 's' && word[n-1] != 'l' {
		return word[:n-1]
	}
	return word
}
