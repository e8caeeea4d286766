// Package text holds what every package of the library knows about writing:
// folding, tokens of mixed scripts, the language of a message, and the
// numbers, dates and quantities in it.
//
// Every position is a byte offset into the text as the user wrote it, so that
// a span always slices the original, and nothing here depends on a word
// segmenter: Chinese is cut into single characters and callers match across
// them.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// FoldRune maps a rune to the form in which it is compared: full width to half
// width, upper case to lower case, typographic quotes and dashes to ASCII.
func FoldRune(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if r >= 0x4E00 && r <= 0x9FFF { // most of Chinese
		return r
	}
	switch r {
	case '‘', '’', '＇', '`', '´':
		return '\''
	case '“', '”', '＂', '「', '」', '『', '』':
		return '"'
	case '—', '–', '‐', '‑', '‒', '―', '−', '－', '～', '〜', '∼':
		return '-'
	case '　', ' ':
		return ' '
	case '。':
		return '.'
	case '、':
		return ','
	case '【', '〔', '［':
		return '['
	case '】', '〕', '］':
		return ']'
	}
	if p := width.LookupRune(r).Folded(); p != 0 {
		r = p
	}
	return unicode.ToLower(r)
}

// Fold folds every rune of s (see [FoldRune]). Invalid UTF-8 becomes U+FFFD.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.Map(FoldRune, s)
		}
	}
	return s
}

// Key reduces s to what names are compared by: folded, with everything but
// letters and digits dropped, so that "iPhone 15", "ＩＰＨＯＮＥ－15" and
// "iphone15" share a key. A name of symbols alone keeps them.
func Key(s string) string {
	key := strings.Map(keyed, s)
	if key == "" {
		return strings.TrimSpace(Fold(s))
	}
	return key
}

// keyed is the rune as it stands in a key, -1 where it is left out.
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
	r = FoldRune(r)
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '+' {
		return r
	}
	return -1
}

// SameKey reports whether two names have the same [Key]. It writes down neither.
func SameKey(a, b string) bool {
	i, j, some := 0, 0, false
	for {
		x, n := nextKeyed(a, i)
		y, m := nextKeyed(b, j)
		if x != y {
			return false
		}
		if x < 0 {
			return some || Key(a) == Key(b)
		}
		i, j, some = n, m, true
	}
}

// nextKeyed is the next rune of the key of s from byte i on, -1 at its end, and
// where to go on.
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

// IsHan reports whether r is a Chinese character.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r == '〇' || r >= 0x3400 && unicode.Is(unicode.Han, r)
}
