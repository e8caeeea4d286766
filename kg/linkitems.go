package kg

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/slotgraph/slotgraph/internal/text"
)

// item is a token that takes part in names.
type item struct {
	start, end int // bytes of the text
	kind       text.Kind
	key        string
	rune       rune // of a Chinese character
	runes      int  // of key
	breaks     int  // sentence punctuation and line ends before it, from the start of the text
}

// joined reports whether an item stands right behind the one before it.
func (it *item) joined(before *item) bool { return it.start == before.end }

// appendItems appends the tokens of a text that have a key. Other symbols are
// passed over, those that end a clause being counted. toks is scratch space.
func appendItems(items []item, toks *[]text.Token, s string) []item {
	*toks = text.AppendTokens((*toks)[:0], s)
	breaks, end := 0, 0
	for _, t := range *toks {
		if gap := s[end:t.Start]; len(gap) > 0 && strings.ContainsAny(gap, "\n\r") {
			breaks++
		}
		end = t.End
		it := item{start: t.Start, end: t.End, kind: t.Kind, key: t.Text, breaks: breaks, runes: 1}
		switch {
		case t.Kind == text.Symbol && t.Text != "+":
			if breaksClause(s, t) {
				breaks++
			}
			continue
		case t.Kind == text.Han:
			it.rune, _ = utf8.DecodeRuneInString(t.Text)
		case t.Kind != text.Symbol:
			if it.key, it.runes = keyOf(t.Text); it.key == "" {
				continue
			}
		}
		items = append(items, it)
	}
	return items
}

// breaksClause reports whether a symbol ends a clause. A point does before
// white space only, and invalid bytes always do.
func breaksClause(s string, t text.Token) bool {
	switch t.Text {
	case ",", ";", "!", "?", ":":
		return true
	case ".":
		return s[t.Start] != '.' || t.End == len(s) || s[t.End] == ' ' || s[t.End] == '\n'
	}
	return !utf8.ValidString(t.Text)
}

// keyOf returns the key of a folded token and its length in runes.
func keyOf(s string) (string, int) {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			s = strings.Map(keyed, s)
			return s, utf8.RuneCountInString(s)
		}
	}
	return s, len(s)
}

// keyed is a rune as names are compared by it: folded, a letter with accents as
// its base letter, -1 for what does not count, such as an accent that is
// written apart.
func keyed(r rune) rune {
	if r < 0x80 {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '+':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}
	if r >= 0x4E00 && r <= 0x9FFF {
		return r
	}
	if r = text.FoldRune(r); r >= 0x80 {
		r = baseLetter(r)
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || unicode.Is(unicode.M, r) && !accent(r) {
		return r
	}
	return -1
}

// accent reports whether r is a combining mark that is left out.
func accent(r rune) bool { return r >= 0x300 && r <= 0x36F }

// baseLetter is a Latin, Greek or Cyrillic letter without its accents. Other
// scripts keep their marks, which are letters in their own right.
func baseLetter(r rune) rune {
	if r < 0xC0 || r > 0x52F && r < 0x1E00 || r > 0x1FFF {
		return r
	}
	var buf [utf8.UTFMax]byte
	parts := norm.NFD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).Decomposition()
	if len(parts) == 0 {
		return r
	}
	base, n := utf8.DecodeRune(parts)
	for parts = parts[n:]; len(parts) > 0; parts = parts[n:] {
		var mark rune
		if mark, n = utf8.DecodeRune(parts); !accent(mark) {
			return r
		}
	}
	return base
}

// nextKeyed returns the next rune of the key of s from byte i on, -1 at its
// end, and where to go on.
func nextKeyed(s string, i int) (rune, int) {
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= 0x80 {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
		if r = keyed(r); r >= 0 {
			return r, i
		}
	}
	return -1, i
}

// keyAfter returns where in s the key ends that s begins with at byte i, and
// -1 where it does not begin with it.
func keyAfter(s string, i int, key string) int {
	for _, want := range key {
		var r rune
		if r, i = nextKeyed(s, i); r != want {
			return -1
		}
	}
	return i
}

// holdsRow reports whether the Chinese characters of items stand in s in a row.
// With alike, characters of the same reading will do, but for the first and for
// more than half of them.
func holdsRow(s string, items []item, alike bool) bool {
	for i := 0; ; {
		r, next := nextKeyed(s, i)
		if r < 0 {
			return false
		}
		if r == items[0].rune {
			at, k, other := next, 1, 0
			for ; k < len(items); k++ {
				if r, at = nextKeyed(s, at); r == items[k].rune {
					continue
				}
				if other++; !alike || 2*other > len(items) || !sameReading(r, items[k].rune) {
					break
				}
			}
			if k == len(items) {
				return true
			}
		}
		i = next
	}
}
