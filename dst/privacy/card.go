package privacy

import (
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// card reports whether a number is one of a payment card: with the beginning of
// a known scheme and the check digit of Luhn, or any behind a word for a card or
// a bank account, where a customer may have made a slip.
func (c *scan) card(d *number) bool {
	s := d.digits()
	if d.label == other || d.dated() || d.before == '#' && d.label != Card {
		return false
	}
	if d.label == Card {
		return len(s) >= 8 && (len(s) >= 12 || len(d.groups) == 1) && (len(d.groups) == 1 || d.groups[0].len() >= 4)
	}
	if len(s) < 13 || len(d.groups) > 1 && (d.groups[0].len() < 4 || d.least() < 1) {
		return false
	}
	return scheme(s) && luhn(s)
}

// luhn checks the last digit of a card's number (ISO/IEC 7812).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		v := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// schemes are the beginnings of cards' numbers and how long those are.
var schemes = []struct {
	from, to    string
	least, most int
}{
	{"4", "4", 13, 19}, {"51", "55", 16, 16}, {"2221", "2720", 16, 16}, {"34", "34", 15, 15}, {"37", "37", 15, 15},
	{"62", "62", 16, 19}, {"6011", "6011", 16, 19}, {"644", "659", 16, 19}, {"60", "60", 16, 19}, {"81", "81", 16, 19},
	{"3528", "3589", 16, 19}, {"36", "36", 14, 19}, {"38", "39", 14, 19}, {"300", "305", 14, 19}, {"50", "50", 16, 19},
	{"56", "58", 16, 19}, {"67", "69", 16, 19}, {"95", "95", 16, 19}, {"94", "94", 16, 19}, {"90", "90", 16, 19}, {"10", "10", 19, 19},
}

// scheme reports whether a card's number may begin so and be so long.
func scheme(s string) bool {
	for _, x := range schemes {
		p := s[:len(x.from)]
		if p >= x.from && p <= x.to && len(s) >= x.least && len(s) <= x.most {
			return true
		}
	}
	return false
}

// resident reports whether a number is a resident identity number, with the X
// that may end it. Behind a word for it, the check digit may be wrong, and the
// fifteen digits of old numbers do.
func (c *scan) resident(d *number) bool {
	s := d.digits()
	end := d.end
	if len(s) == 17 {
		i := c.skip(end, 1, " -")
		if (c.byteAt(i) == 'x' || c.byteAt(i) == 'X') && !isAlnum(c.byteAt(i+1)) {
			s, end = s+"X", i+1
		}
	}
	switch {
	case len(d.groups) > 1 && d.least() < 2, d.label == other:
		return false
	case len(s) == 18 && (dst.ValidResidentID(s) || d.label == ResidentID):
	case len(s) == 15 && d.label == ResidentID && born("19"+s[6:12]):
	default:
		return false
	}
	d.end = end
	return true
}

func born(s string) bool {
	_, err := time.Parse("20060102", s)
	return err == nil
}

// documentNumber reports whether digits behind a word for a document are its
// number.
func (c *scan) documentNumber(d *number) bool {
	return d.label == Document && (d.n <= 12 || d.n == 18) && len(d.groups) <= 3 && !d.dated()
}

// uscc checks a unified social credit code (GB 32100-2015), in capitals.
func uscc(s string) bool {
	const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(s) != 18 || strings.IndexByte("123456789AEFGNY", s[0]) < 0 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(signs, s[i])
		if v < 0 || i >= 2 && i < 8 && v > 9 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return signs[(31-sum%31)%31] == s[17]
}
