package privacy

import "strings"

// spokenDigits are the words with which digits are read out.
var spokenDigits = map[string]byte{
	"zero": '0', "oh": '0', "o": '0', "nought": '0', "one": '1', "two": '2', "three": '3', "four": '4', "five": '5', "six": '6', "seven": '7', "eight": '8', "nine": '9',
}

// hesitations stand between digits that are read out.
var hesitations = wordSet("uh um er erm then dash hyphen space pause")

// A spoken is a number that is being read out: "four oh eight, five double
// five …".
type spoken struct {
	start, end int
	words      int // that are digits
	digits     []byte
	again      int // how often the next digit counts
}

// spokenNumbers reads the numbers of telephones and cards that are read out in
// English, as transcripts of speech have them.
func (c *scan) spokenNumbers() {
	var n spoken
	for i := 0; i < len(c.low); {
		b := c.low[i]
		if !isAlnum(b) {
			if strings.IndexByte(" ,-.\n", b) < 0 {
				c.readOut(&n)
			}
			i++
			continue
		}
		end := i
		for end < len(c.low) && isAlnum(c.low[end]) {
			end++
		}
		if !n.take(c.low[i:end], i, end) {
			c.readOut(&n)
		}
		i = end
	}
	c.readOut(&n)
}

// take adds a word to the number; false says that it does not belong to one.
func (n *spoken) take(w string, i, end int) bool {
	digit, ok := spokenDigits[w]
	switch {
	case ok:
		n.words++
	case w == "double":
		n.again = 2
	case w == "triple":
		n.again = 3
	case w == "hundred" && len(n.digits) > 0:
		n.digits, n.end = append(n.digits, "00"...), end
		return true
	case w == "thousand" && len(n.digits) > 0:
		n.digits, n.end = append(n.digits, "000"...), end
		return true
	case len(w) == 1 && isDigit(w[0]):
		digit, ok = w[0], true
	default:
		return len(n.digits) > 0 && hesitations[w]
	}
	if n.start == n.end {
		n.start, n.end = i, i
	}
	for range max(1, n.again) * min(1, int(digit)) {
		n.digits, n.end = append(n.digits, digit), end
	}
	if ok {
		n.again = 0
	}
	return true
}

// readOut takes the number if it is one of a telephone or a card, and begins
// anew.
func (c *scan) readOut(n *spoken) {
	s, start, end := string(n.digits), n.start, n.end
	words := n.words
	*n = spoken{digits: n.digits[:0]}
	if words < 5 || len(s) < 7 {
		return
	}
	switch k := c.label(start); {
	case k == other:
	case k == Card && len(s) >= 12 && len(s) <= maxDigits, len(s) >= 15 && len(s) <= maxDigits && scheme(s) && luhn(s):
		c.add(start, end, Card)
	case k == Phone && len(s) <= 15, k == "" && len(s) >= 10 && len(s) <= 13 && !hotline(s, false):
		c.add(start, end, Phone)
	}
}
