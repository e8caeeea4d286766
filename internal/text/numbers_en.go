package text

import (
	"strings"

	"github.com/shopspring/decimal"
)

// An enWord is a number below a hundred in one word.
type enWord struct {
	word  string
	value int64
}

// enWords holds them by their first letter.
var enWords = func() (by [26][]enWord) {
	add := func(words string, value, step int64) {
		for w := range strings.FieldsSeq(words) {
			by[w[0]-'a'] = append(by[w[0]-'a'], enWord{w, value})
			value += step
		}
	}
	add("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 0, 1)
	add("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
	add("fourty", 40, 0)
	return by
}()

// enUnit returns the number below a hundred that one word stands for. It is
// asked for every word of a text, several times: hence no map.
func enUnit(w string) (v int64, ok bool) {
	if len(w) < 3 || w[0] < 'a' || w[0] > 'z' {
		return 0, false
	}
	for _, e := range enWords[w[0]-'a'] {
		if e.word == w {
			return e.value, true
		}
	}
	return 0, false
}

// enScales are the powers of ten of the multipliers from "hundred" on.
var enScales = map[string]int{
	"hundred": 2, "hundreds": 2, "thousand": 3, "grand": 3, "million": 6, "billion": 9,
}

// wordNumber reads a number in English words that begins at token i.
func wordNumber(toks []Token, i int) (NumberSpan, bool) {
	switch w := toks[i].Text; w {
	case "half":
		return halfNumber(toks, i)
	case "a", "an":
		return articleNumber(toks, i)
	case "dozen":
		return NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: whole(12), High: whole(12), Weak: true}, true
	default:
		_, unit := enUnit(w)
		_, scale := enScales[w]
		if !unit && (!scale || w == "grand" || w == "hundreds") {
			return NumberSpan{}, false
		}
	}
	n, ok := cardinal(toks, i)
	if !ok {
		return n, false
	}
	n = andAHalf(toks, dozens(toks, n))
	n = signed(toks, n)
	if n.Last == i+1 && toks[i].Text == "one" {
		n.Weak, n.Part = true, pronoun(toks, i)
	}
	if _, ok := enUnit(at(toks, n.Last)); ok {
		n.Weak = true // "four fifty": 450 or 4.50, and nobody can tell
	}
	n.Weak = n.Weak || afterMonth(toks, i)
	return n, true
}

// halfNumber reads "half", "half a dozen" and "half a million".
func halfNumber(toks []Token, i int) (NumberSpan, bool) {
	n := NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: half, High: half, Weak: true}
	j := i + 1
	if at(toks, j) == "a" || at(toks, j) == "an" {
		j++
	}
	if at(toks, j) == "dozen" {
		six := decimal.New(6, 0)
		return NumberSpan{First: i, Last: j + 1, Core: j + 1, Value: six, High: six}, true
	}
	if p, ok := enScales[at(toks, j)]; ok && j > i+1 {
		n.Last, n.Weak = j, false
		n.scale(p, j+1)
		return n, true
	}
	n.Part = at(toks, i+1) == "past" || at(toks, i-1) == "a" || at(toks, i-1) == "one"
	return n, true
}

// articleNumber reads "a hundred", "a thousand and fifty", "a dozen" and, as a
// weak two, "a couple of" and "a pair of".
func articleNumber(toks []Token, i int) (NumberSpan, bool) {
	n := NumberSpan{First: i}
	next := at(toks, i+1)
	switch p, scale := enScales[next]; {
	case scale && p > 0:
		m, ok := cardinal(toks, i+1)
		m.First = i
		return m, ok
	case next == "dozen":
		n.Value = whole(12)
	case next == "couple" || next == "pair":
		n.Value, n.Weak = whole(2), true
	default:
		return n, false
	}
	n.High, n.Last, n.Core = n.Value, i+2, i+2
	if n.Weak && at(toks, i+2) == "of" && kindAt(toks, i+3) == Word {
		n.Last, n.Core = i+3, i+3
	}
	return n, true
}

// cardinal reads "twenty-five hundred", "one hundred and twenty", "two point
// five million".
func cardinal(toks []Token, i int) (NumberSpan, bool) {
	var total, cur int64
	n := NumberSpan{First: i, Last: i, Core: i}
	top := 12 // the power of the last big multiplier: they must fall
	for {
		j := n.Last
		if j > i && at(toks, j) == "and" && cur%100 == 0 && n.Scale > 0 {
			j++
		} else if j > i && at(toks, j) == "-" && glued(toks, j-1) && glued(toks, j) {
			j++
		}
		w := at(toks, j)
		if v, ok := enUnit(w); ok && fits(cur, v) && (j == n.Last || v > 0) {
			cur += v
			n.Last, n.Core, n.Scale = j+1, j+1, 0
			continue
		}
		p, ok := enScales[w]
		if !ok || j != n.Last && at(toks, j-1) == "and" || p > 2 && p >= top || p == 2 && cur >= 100 {
			break
		}
		if cur == 0 {
			if total > 0 {
				break
			}
			cur = 1
		}
		if n.Core, n.Scale, n.Last = n.Last, p, j+1; p == 2 {
			cur *= 100
			continue
		}
		total, cur, top = total+cur*pow10(p), 0, p
	}
	if n.Last == i {
		return n, false
	}
	n.Value = whole(total + cur)
	n.High = n.Value
	return pointed(toks, n), true
}

// fits reports whether the number word v may follow what stands in cur below
// a thousand: "five fifty" does not.
func fits(cur, v int64) bool {
	return cur%100 == 0 || cur%10 == 0 && cur%100 >= 20 && v < 10 && v > 0
}

func pow10(p int) int64 {
	v := int64(1)
	for ; p > 0; p-- {
		v *= 10
	}
	return v
}

// pointed reads the decimals of "two point five" and a multiplier after them.
func pointed(toks []Token, n NumberSpan) NumberSpan {
	if at(toks, n.Last) != "point" {
		return n
	}
	var frac int64
	j := n.Last + 1
	for ; j-n.Last <= 6; j++ {
		v, ok := enUnit(at(toks, j))
		if !ok || v > 9 {
			break
		}
		frac = frac*10 + v
	}
	if k := j - n.Last - 1; k > 0 {
		n.Value = n.Value.Add(decimal.New(frac, int32(-k)))
		n.High, n.Last, n.Core, n.Scale = n.Value, j, j, 0
		if p, ok := enScales[at(toks, j)]; ok {
			n.scale(p, j+1)
		}
	}
	return n
}

// pronoun reports whether the "one" at i stands for a thing: "the red one",
// "which one", "one of them", "one way".
func pronoun(toks []Token, i int) bool {
	switch at(toks, i+1) {
	case "of", "another", "way", "that", "which", "who":
		return true
	case "-":
		return at(toks, i+2) == "way" || at(toks, i+2) == "off"
	}
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch toks[j].Text {
		case "the", "this", "that", "which", "another", "any", "every", "each", "no", "other", "some", "these", "those":
			return true
		case "a", "an":
			return j < i-1
		case ",", ".", "?", "!", ";", "for", "with", "to", "at", "in", "on", "and", "just", "only":
			return false
		}
	}
	return false
}
