package dst

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Money is a slot type for prices and budgets. Amounts in Currency are plain
// decimals, "4999"; others bear the code of their currency, "499 USD". An
// empty Currency takes every amount as a plain decimal, whatever its sign says.
//
// Signs that several currencies share mean Currency where they may: "$" is
// Hong Kong's with Currency "HKD" and the US dollar with "CNY"; 元, 块 and ¥
// are Chinese unless Currency is "TWD", "HKD" or "JPY". Amounts are exact.
//
// An amount with a sign scores 1, one with only a multiplier ("2k", 三千) 0.75,
// a bare number 0.6. A number with another unit is not found, nor is a bare one
// of ten digits or more among other words, which is rather a telephone number.
//
// A Money must not be changed or copied once in use, and is then safe for
// concurrent use.
type Money struct {
	Currency string            // ISO 4217 code of the plain amounts
	Words    map[string]string // names for amounts: "free" and "免费" for "0"
	Free     map[string]string // how an amount of nothing is worded, by language: {"en": "free", "zh": "免费"}; found in text as well

	once  sync.Once
	words []numberWord
}

var (
	moneySet       = text.NewUnitSet(text.LookupUnits("元")[:1], nil) // all currencies: they are one dimension
	moneyDollars   = []string{"USD", "HKD", "SGD", "AUD", "CAD", "TWD", "NZD"}
	moneyYuan      = []string{"CNY", "TWD", "HKD", "JPY"}
	moneyLeast     = decimal.New(3, 0)
	scoreMultiples = 0.75
)

// Find implements [Type].
func (c *Money) Find(t *Text) []Mention {
	var out []Mention
	text.EachQuantity(t.tokens, t.numbers(), moneySet, func(q text.Quantity) {
		score := moneyScore(q)
		if score == 0 || q.Low.IsNegative() || isName(t, q) {
			return
		}
		m := t.mention(q.First, q.Last, c.value(q.Low, q.Unit), score)
		if q.Range {
			m.To = c.value(q.High, q.Unit)
			m.ValueAt, m.ToAt = t.bytes(q.LowAt), t.bytes(q.HighAt)
		}
		out = append(out, m)
	})
	return numberNamed(t, c.named(), out)
}

// named are the names of amounts, read once.
func (c *Money) named() []numberWord {
	c.once.Do(func() {
		words := maps.Clone(c.Words)
		if words == nil {
			words = map[string]string{}
		}
		for _, word := range c.Free {
			words[word] = "0"
		}
		c.words = numberWords(words)
	})
	return c.words
}

func moneyScore(q text.Quantity) float64 {
	switch {
	case q.Part && (!q.Own || q.Unit == nil):
		return 0
	case q.Own && q.Weak:
		return scoreWeak
	case q.Own:
		return 1
	case q.Unit != nil:
		return 0
	case q.Weak && q.Low.LessThan(moneyLeast):
		return 0 // "one" and 半 are no budgets
	case q.Weak:
		return scoreWeak
	case q.Scaled:
		return scoreMultiples
	}
	return scoreBare
}

// value writes an amount in a unit of money, nil for none.
func (c *Money) value(v decimal.Decimal, u *text.Unit) string {
	if u == nil {
		return v.String()
	}
	v = v.Mul(u.Factor)
	if code := c.code(u); code != c.Currency && c.Currency != "" {
		return v.String() + " " + code
	}
	return v.String()
}

// code returns the currency that a unit means here.
func (c *Money) code(u *text.Unit) string {
	switch {
	case u.Loose && u.Base == "USD" && slices.Contains(moneyDollars, c.Currency),
		u.Loose && u.Base == "CNY" && slices.Contains(moneyYuan, c.Currency):
		return c.Currency
	}
	return u.Base
}

func (c *Money) split(value string) (decimal.Decimal, string, bool) {
	num, code, _ := strings.Cut(value, " ")
	v, ok := numberDecimal(num)
	if !ok {
		return v, "", false
	}
	if code == "" {
		code = c.Currency
	}
	return v, code, true
}

// Compare implements [Comparer]. Amounts in two currencies have no order.
func (c *Money) Compare(a, b string) (int, bool) {
	x, cx, ok := c.split(a)
	if !ok {
		return 0, false
	}
	y, cy, ok := c.split(b)
	if !ok || cx != cy {
		return 0, false
	}
	return x.Cmp(y), true
}

// Parse implements [Parser]: it accepts one amount, with or without a sign.
func (c *Money) Parse(value string, now time.Time) (string, bool) {
	return parseWhole(c, value, now, scoreBare)
}

// Format implements [Formatter]: "$1,299", "¥4,999", "499 SEK"; in Chinese
// "4999元", "499美元".
func (c *Money) Format(value, lang string) string {
	number, code := value, c.Currency
	if !isPlainAmount(value) { // most are whole amounts of the type's own currency
		v, own, ok := c.split(value)
		if !ok {
			return value
		}
		number, code = v.String(), own
	}
	if free := c.Free[lang]; free != "" && number == "0" {
		return free
	}
	if code == "" {
		return number
	}
	units := text.LookupUnits(code)
	if lang == "zh" {
		if len(units) > 0 && units[0].Zh != "" {
			return number + units[0].Zh
		}
		return number + " " + code
	}
	if sign := moneySigns[code]; sign != "" {
		return sign + moneyGroup(number)
	}
	return moneyGroup(number) + " " + code
}

// isPlainAmount reports whether a value is a whole amount without a currency,
// as a decimal writes it.
func isPlainAmount(value string) bool {
	if value == "" || len(value) > 1 && value[0] == '0' {
		return false
	}
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			return false
		}
	}
	return true
}

var moneySigns = map[string]string{
	"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "TWD": "NT$", "SGD": "S$", "AUD": "A$", "CAD": "C$",
	"KRW": "₩", "INR": "₹", "THB": "฿",
}

// moneyGroup puts commas between the thousands, and writes tenths as hundredths:
// 49.50.
func moneyGroup(s string) string {
	whole, frac, point := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 && whole[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if point {
		b.WriteString("." + frac)
		if len(frac) == 1 {
			b.WriteByte('0')
		}
	}
	return b.String()
}

// numberNamed adds the named values ("free") to the mentions of a text. A name
// that overlaps a number wins where it is longer.
func numberNamed(t *Text, words []numberWord, out []Mention) []Mention {
	if len(words) == 0 {
		return out
	}
	for i := 0; i < len(t.tokens); i++ {
		for _, w := range words {
			if i+len(w.toks) > len(t.tokens) || !sameTokens(t.tokens[i:], w.toks) {
				continue
			}
			m := t.mention(i, i+len(w.toks), w.value, 1)
			out = slices.DeleteFunc(out, func(x Mention) bool {
				return x.Start < m.End && m.Start < x.End && x.End-x.Start <= m.End-m.Start
			})
			if !slices.ContainsFunc(out, func(x Mention) bool { return x.Start < m.End && m.Start < x.End }) {
				out = append(out, m)
			}
			i += len(w.toks) - 1
			break
		}
	}
	slices.SortStableFunc(out, func(a, b Mention) int { return a.Start - b.Start })
	return out
}

func sameTokens(a, b []text.Token) bool {
	for i := range b {
		if a[i].Text != b[i].Text {
			return false
		}
	}
	return true
}

// sortNumberWords puts longer names first, and the order of a map out of sight.
func sortNumberWords(words []numberWord) {
	slices.SortFunc(words, func(a, b numberWord) int {
		if len(a.toks) != len(b.toks) {
			return len(b.toks) - len(a.toks)
		}
		return slices.CompareFunc(a.toks, b.toks, func(x, y text.Token) int { return strings.Compare(x.Text, y.Text) })
	})
}
