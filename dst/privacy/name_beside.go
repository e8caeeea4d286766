package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// namesBeside reads names that stand alone beside a telephone number or an
// address, as on a parcel: 李四，13912345678，北京市…; "Jane Doe, 10 Downing
// Street".
func (c *scan) namesBeside() {
	for _, m := range c.out {
		if m.Kind != Phone && m.Kind != Address && m.Kind != Email && m.Kind != IBAN {
			continue
		}
		if i := c.backSeparators(m.Start); i < m.Start {
			if start := c.aloneBefore(i); start < i {
				c.add(start, i, Name)
			}
		}
		if i := c.separators(m.End); i > m.End {
			if end, sure := c.nameHan(i, false); sure && !text.IsHan(runeAt(c.s, end)) {
				c.add(i, end, Name)
			}
		}
	}
}

const separators = " ,;:/\n\t|"

func (c *scan) backSeparators(i int) int {
	for k := 0; k < 3 && i > 0 && strings.IndexByte(separators, c.s[i-1]) >= 0; k++ {
		i--
	}
	return i
}

func (c *scan) separators(i int) int { return c.skip(i, 3, separators) }

// aloneBefore returns where the name begins that ends at end and has a clause to
// itself, or end.
func (c *scan) aloneBefore(end int) int {
	i, n := end, 0
	for ; n <= 4; n++ {
		r, k := c.before(i)
		if !text.IsHan(r) {
			break
		}
		i -= k
	}
	if n >= 2 && n <= 4 {
		if last, sure := c.nameHan(i, false); sure && last == end {
			return i
		}
	}
	if n > 0 {
		return end
	}
	return c.aloneLatin(end)
}

// aloneLatin is aloneBefore for two or three words with capitals, of which the
// first is a given name.
func (c *scan) aloneLatin(end int) int {
	i := end
	for range 3 {
		from := i
		for {
			r, k := c.before(from)
			if !nameLetter(r) && r != '\'' && r != '-' && r != '.' || i-from > 24 {
				break
			}
			from -= k
		}
		if r, _ := c.after(from); from == i || !unicode.IsUpper(r) {
			break
		}
		i = from
		if c.byteAt(i-1) != ' ' {
			break
		}
		i--
	}
	i = c.skip(i, 1, " ")
	if w := c.word(i); !givenNames[w] || i+len(w) >= end || c.nameLatin(i, false) != end {
		return end
	}
	if r, _ := utf8.DecodeRuneInString(c.s[i:]); !unicode.IsUpper(r) {
		return end
	}
	return i
}
