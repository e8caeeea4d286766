package privacy

import (
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A scan is one text while it is being read.
type scan struct {
	s       string // normalised: see plain
	low     string // s with A to Z in lower case; same offsets
	offsets []int  // from s to the text; nil where they are the same
	out     []Match

	tokens []text.Token // of s, once needed

	digits, at, han, upper, lower bool // what stands in s at all

	bank, bankKnown bool // whether a bank is spoken of, once asked for
}

func newScan(raw string) *scan {
	c := &scan{}
	c.s, c.offsets = plain(raw)
	for i := 0; i < len(c.s); i++ {
		switch b := c.s[i]; {
		case b >= '0' && b <= '9':
			c.digits = true
		case b >= 'A' && b <= 'Z':
			c.upper = true
		case b >= 'a' && b <= 'z':
			c.lower = true
		case b == '@':
			c.at = true
		case b >= 0xE3:
			c.han = true
		}
	}
	c.low = c.s
	if c.upper {
		c.low = strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			return r
		}, c.s)
		if len(c.low) != len(c.s) { // invalid bytes, which Map replaces
			c.low = lowered(c.s)
		}
	}
	return c
}

func lowered(s string) string {
	b := []byte(s)
	for i, x := range b {
		if x >= 'A' && x <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

// find reads all kinds; those that are not wanted and cost something are left out.
func (c *scan) find(only map[Kind]bool) {
	want := func(k Kind) bool { return only == nil || only[k] }
	if want(Email) {
		c.emails()
	}
	if c.digits {
		c.numbers()
		c.codes()
		if want(IP) {
			c.addresses6()
		}
		if want(Plate) && c.han {
			c.plates()
		}
	}
	if c.han && want(Phone) {
		c.spokenPhones()
	}
	if c.lower && (want(Phone) || want(Card)) {
		c.spokenNumbers()
	}
	if want(Address) {
		c.addresses()
	}
	if want(Name) {
		c.names()
	}
}

func (c *scan) add(start, end int, k Kind) { c.out = append(c.out, Match{start, end, k}) }

// toks cuts the text into tokens, once.
func (c *scan) toks() []text.Token {
	if c.tokens == nil {
		c.tokens = text.Tokens(c.s)
	}
	return c.tokens
}

func (c *scan) original(i int) int {
	if c.offsets == nil {
		return i
	}
	return c.offsets[i]
}

// plain is a text with full-width characters in half width and blanks, dashes,
// quotes and middle dots of all sorts as one sort each, without characters that
// cannot be seen (people paste numbers with marks of direction around them); and
// a map of offsets, nil where nothing changed.
func plain(raw string) (string, []int) {
	first := strings.IndexFunc(raw, func(r rune) bool { return plainRune(r) != r })
	if first < 0 {
		return raw, nil
	}
	b := make([]byte, 0, len(raw))
	b = append(b, raw[:first]...)
	offsets := make([]int, first, len(raw)+1)
	for i := range offsets {
		offsets[i] = i
	}
	for i := first; i < len(raw); {
		r, n := utf8.DecodeRuneInString(raw[i:])
		from := len(b)
		switch p := plainRune(r); {
		case p < 0:
		case p == r:
			b = append(b, raw[i:i+n]...)
		default:
			b = utf8.AppendRune(b, p)
		}
		for k := range len(b) - from {
			if k >= n {
				k = 0
			}
			offsets = append(offsets, i+k)
		}
		i += n
	}
	return string(b), append(offsets, len(raw))
}

// plainRune is the rune that stands for r, or -1 for none. No result is longer
// in UTF-8 than r.
func plainRune(r rune) rune {
	switch {
	case r < 0xA0 || r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	}
	switch r {
	case '\u3000', '\u00A0', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200A', '\u202F', '\u205F':
		return ' '
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣':
		return '-'
	case '‘', '’':
		return '\''
	case '•', '‧', '・', '∙', '⋅', '●':
		return '·'
	case '￥':
		return '¥'
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069':
		return -1
	}
	return r
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
func isAlnum(b byte) bool  { return isDigit(b) || isLetter(b) }

// byteAt is the byte at i, 0 outside the text.
func (c *scan) byteAt(i int) byte {
	if i < 0 || i >= len(c.s) {
		return 0
	}
	return c.s[i]
}

// skip returns the first place at i or behind it, at most n further, that holds
// none of the bytes.
func (c *scan) skip(i, n int, bytes string) int {
	for k := 0; k < n && i < len(c.s) && strings.IndexByte(bytes, c.s[i]) >= 0; k++ {
		i++
	}
	return i
}

// before and after are the runes next to i, 0 at the ends of the text.
func (c *scan) before(i int) (rune, int) {
	if i <= 0 {
		return 0, 0
	}
	return utf8.DecodeLastRuneInString(c.s[:i])
}

func (c *scan) after(i int) (rune, int) {
	if i >= len(c.s) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(c.s[i:])
}
