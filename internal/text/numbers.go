package text

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// A NumberSpan is a number as it stands in a text: digits, words, numerals or
// a mixture of them ("3千", "2.5 million", 两万五). Where one expression names
// a range without a separator (两三千, 十七八) it is one span with a High end.
//
// Weak and Part are the guard against words that merely look like numbers.
// Weak marks a number that is more often something else ("one", 一个, the 5 of
// 5G). Part marks one that stands inside a longer word or code (三里屯,
// iphone15, 15:30, 138-1234-5678) and is a value only where a unit confirms it.
type NumberSpan struct {
	First, Last int // tokens [First, Last)
	Value, High decimal.Decimal
	Range       bool
	Weak, Part  bool

	// Core is the end of the number without its last multiplier ("k", 千),
	// whose power of ten is Scale; Core = Last and Scale = 0 where there is
	// none. A range shares the multiplier (2到3千), and a unit may claim the
	// letter for itself (65w).
	Core, Scale int

	tail bool // Part only because of the unknown word behind it
}

// FindNumbers returns the numbers of a tokenized text in order; they never
// overlap. Ordinals (第三, "2nd", "third") and vague amounts (几, 十几) are not
// numbers. Units, currency signs and cues such as "about" are not part of the
// spans. It never fails and is safe for concurrent use.
func FindNumbers(toks []Token) []NumberSpan {
	var out []NumberSpan
	for i := 0; i < len(toks); {
		var n NumberSpan
		ok := false
		switch toks[i].Kind {
		case Number:
			n, ok = digitNumber(toks, i)
		case Han:
			n, ok = hanNumber(toks, i)
		case Word:
			n, ok = wordNumber(toks, i)
		}
		if n.Last > i {
			i = n.Last
		} else {
			i++
		}
		if ok {
			if out == nil {
				out = make([]NumberSpan, 0, 4)
			}
			out = append(out, n)
		}
	}
	return out
}

// wholes are the small numbers; most of a text's are among them. A
// decimal.Decimal is immutable and may be shared.
var wholes = func() (w [256]decimal.Decimal) {
	for i := range w {
		w[i] = decimal.New(int64(i), 0)
	}
	return w
}()

func whole(v int64) decimal.Decimal {
	if v >= 0 && v < int64(len(wholes)) {
		return wholes[v]
	}
	return decimal.New(v, 0)
}

// glued reports whether token i and the one after it touch.
func glued(toks []Token, i int) bool {
	return i >= 0 && i+1 < len(toks) && toks[i].End == toks[i+1].Start
}

// at returns the folded text of token i, or "" outside the text.
func at(toks []Token, i int) string {
	if i < 0 || i >= len(toks) {
		return ""
	}
	return toks[i].Text
}

func kindAt(toks []Token, i int) Kind {
	if i < 0 || i >= len(toks) {
		return Symbol
	}
	return toks[i].Kind
}

// digits reads a Number token: plain, with decimals, or with well-placed
// thousands separators. "1.2.3" and "1,2" are no numbers.
func digits(s string) (decimal.Decimal, bool) {
	if !plainDigits(s) {
		return decimal.Decimal{}, false
	}
	if strings.IndexByte(s, ',') >= 0 {
		whole, _, _ := strings.Cut(s, ".")
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if i > 0 && len(g) != 3 || len(g) > 3 {
				return decimal.Decimal{}, false
			}
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	units, frac, _ := strings.Cut(s, ".")
	if len(s) <= 18 {
		v, err := strconv.ParseInt(units+frac, 10, 64)
		if frac == "" {
			return whole(v), err == nil
		}
		return decimal.New(v, -int32(len(frac))), err == nil
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil && len(s) <= 40
}

// plainDigits reports whether s is made of ASCII digits with inner commas and
// at most one point, which no comma follows.
func plainDigits(s string) bool {
	points := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
			points++
		case c == ',' && points == 0:
		case c < '0' || c > '9':
			return false
		}
	}
	return points <= 1 && s != ""
}

var ordinalSuffix = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}

// digitNumber reads a number that begins with digits.
func digitNumber(toks []Token, i int) (n NumberSpan, ok bool) {
	v, ok := digits(toks[i].Text)
	n = NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: v, High: v}
	next := at(toks, i+1)
	if !ok || glued(toks, i) && ordinalSuffix[next] || at(toks, i-1) == "第" {
		return n, false
	}
	if glued(toks, i-1) && at(toks, i-1) == "第" {
		return n, false
	}
	switch {
	case glued(toks, i) && (next == "k" || next == "w" && !chargeWord(toks, i+2)):
		n.scale(3, i+2)
		if next == "w" {
			n.Value, n.High, n.Scale = v.Shift(4), v.Shift(4), 4
		}
		n.Weak = next == "k" && screenWord(toks, i+2)
	case kindAt(toks, i+1) == Han:
		n = mixedNumber(toks, n)
	case kindAt(toks, i+1) == Word:
		n = scaledDigits(toks, n)
	}
	n = signed(toks, n)
	n.Part = n.Part || partOfCode(toks, i, n.Last)
	n.tail = !n.Part && wordBehind(toks, i, n.Last)
	n.Part = n.Part || n.tail
	whole, _, _ := strings.Cut(toks[i].Text, ".")
	n.Weak = n.Weak || len(whole) >= 8 && !strings.Contains(whole, ",") || afterMonth(toks, i)
	return n, true
}

// scale multiplies the number by ten to the power p, said by the tokens up to
// last.
func (n *NumberSpan) scale(p, last int) {
	n.Core, n.Scale, n.Last = n.Last, p, last
	if n.Value = n.Value.Shift(int32(p)); n.Range {
		n.High = n.High.Shift(int32(p))
	} else {
		n.High = n.Value
	}
}

// signed takes in a minus, "minus", 负 or 零下 before the number. A dash is a
// minus only where nothing but white space or the start stands before it.
func signed(toks []Token, n NumberSpan) NumberSpan {
	i := n.First
	first := -1
	switch at(toks, i-1) {
	case "-":
		if glued(toks, i-1) && (i == 1 || !glued(toks, i-2) && kindAt(toks, i-2) != Number && unitAt(toks, i-2) == nil) {
			first = i - 1
		}
	case "minus", "负":
		first = i - 1
	case "下":
		if at(toks, i-2) == "零" {
			first = i - 2
		}
	}
	if first >= 0 {
		n.First = first
		n.Value, n.High = n.High.Neg(), n.Value.Neg()
	}
	return n
}

// scaledDigits reads the words after digits: "2.5 million", "3 dozen", "2 and
// a half".
func scaledDigits(toks []Token, n NumberSpan) NumberSpan {
	if p, ok := enScales[at(toks, n.Last)]; ok {
		n.scale(p, n.Last+1)
		return n
	}
	return andAHalf(toks, dozens(toks, n))
}

// dozens reads the last word of "two dozen".
func dozens(toks []Token, n NumberSpan) NumberSpan {
	if at(toks, n.Last) == "dozen" {
		n.Value = n.Value.Mul(decimal.New(12, 0))
		n.High, n.Last, n.Core, n.Scale = n.Value, n.Last+1, n.Last+1, 0
	}
	return n
}

var half = decimal.New(5, -1)

func andAHalf(toks []Token, n NumberSpan) NumberSpan {
	if at(toks, n.Last) == "and" && at(toks, n.Last+1) == "a" && at(toks, n.Last+2) == "half" {
		n.Value = n.Value.Add(half)
		n.High, n.Last, n.Core = n.Value, n.Last+3, n.Last+3
	}
	return n
}

// monthWord returns the number of the month that an English word names, or 0.
func monthWord(w string) int { return months[w] }

var months = map[string]int{
	"january": 1, "febuary": 2, "febrary": 2, "septmber": 9, "novemeber": 11, "agust": 8, "decemeber": 12, "ocotber": 10, "janurary": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
	"june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
	"october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}
