package text

import (
	"strings"
	"unicode/utf8"
)

// Narrow returns s with full-width letters, digits and symbols as half-width
// ones, case kept, and a map from byte offsets in the result to those in s. A
// text without any is returned as it is, with a nil map: offsets are the same.
func Narrow(s string) (string, []int) {
	if !strings.ContainsFunc(s, wide) {
		return s, nil
	}
	var b strings.Builder
	offsets := make([]int, 0, len(s)+1)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		from := b.Len()
		switch {
		case wide(r) && r == '\u3000':
			b.WriteByte(' ')
		case wide(r):
			b.WriteByte(byte(r - 0xFEE0))
		default:
			b.WriteString(s[i : i+n])
		}
		for k := range b.Len() - from {
			offsets = append(offsets, i+k)
		}
		i += n
	}
	return b.String(), append(offsets, len(s))
}

// wide reports whether r is the full-width form of an ASCII character.
func wide(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E || r == '\u3000' }
