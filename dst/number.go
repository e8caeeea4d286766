package dst

import (
	"sync"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Number is a slot type for numbers with or without a unit: memory in GB,
// hours of battery life, guests, a rating. It reads digits, English and
// Chinese numerals and ranges of them.
//
// With Unit set, values are plain decimals in that unit, written minimally
// ("16", "4.5"): what users say in other units is converted ("1 TB" is "1024"
// for GB). Without Unit but with Units, the unit stays with the value: "3 天".
// Without either, a value is a plain decimal and whatever is counted goes.
//
// A number with the right unit scores 1, a bare one 0.6, one that is more often
// something else ("one", 一个) 0.3. A number with another unit is not found:
// 4.5分 is no number of hours.
//
// A Number must not be changed or copied once in use, and is then safe for
// concurrent use.
type Number struct {
	// Unit is the unit of the values: any usual English or Chinese word or
	// symbol for it ("GB", "hour", "元", "寸"), or a word of your own.
	Unit string
	// Units are further units, or further words for Unit.
	Units []Unit
	// Min and Max bound the values where Min < Max; values outside are not
	// found. Both zero leave them open.
	Min, Max float64
	// Integer leaves numbers with decimals out.
	Integer bool
	// Words are names for values: "free" and "免费" for "0".
	Words map[string]string

	once sync.Once
	spec numberSpec
}

// A Unit is a unit of a [Number] beyond the usual ones.
type Unit struct {
	Name   string   // as it stands in values where the Number has no Unit
	Words  []string // further words for it
	Factor float64  // how many of Number.Unit one of these is; 0 for the usual factor, or 1
}

// A numberSpec is a compiled Number.
type numberSpec struct {
	base  *text.Unit // nil: values keep their units, or have none
	set   *text.UnitSet
	words []numberWord
	names map[*text.Unit]string // of custom units
}

type numberWord struct {
	toks  []text.Token
	value string
}

func (n *Number) compiled() *numberSpec {
	n.once.Do(n.compile)
	return &n.spec
}

func (n *Number) compile() {
	s := &n.spec
	var known, custom []*text.Unit
	if n.Unit != "" {
		s.base = numberUnit(n.Unit, nil)
		known = append(known, text.LookupUnits(n.Unit)...)
		if len(known) > 1 {
			known = known[:1]
		}
		if len(known) == 0 {
			custom = append(custom, s.base)
		}
	}
	s.names = map[*text.Unit]string{}
	for _, u := range n.Units {
		base := numberUnit(u.Name, s.base)
		if us := text.LookupUnits(u.Name); len(us) > 0 && (s.base == nil || us[0].Base == s.base.Base || u.Factor == 0 && u.Name == n.Unit) {
			known = append(known, us[0])
			base = us[0]
		}
		c := *base
		c.Name, c.Words = u.Name, numberFold(append([]string{u.Name}, u.Words...))
		if u.Factor != 0 && s.base != nil {
			c.Factor = decimal.NewFromFloat(u.Factor).Mul(s.base.Factor)
		}
		custom = append(custom, &c)
		s.names[&c] = u.Name
		if s.base == nil && base != &c {
			s.names[base] = u.Name
		}
	}
	s.set = text.NewUnitSet(known, custom)
	s.words = numberWords(n.Words)
}

// numberUnit returns the unit of that name, or a new one: of the base unit's
// kind where there is one.
func numberUnit(name string, base *text.Unit) *text.Unit {
	if base == nil {
		if us := text.LookupUnits(name); len(us) > 0 {
			return us[0]
		}
	}
	u := &text.Unit{Name: name, Dim: text.Count, Base: "custom " + name, Factor: decimal.New(1, 0), Words: numberFold([]string{name})}
	if base != nil {
		u.Dim, u.Base, u.Factor = base.Dim, base.Base, base.Factor
	}
	return u
}

func numberFold(words []string) []string {
	for i, w := range words {
		words[i] = text.Fold(w)
	}
	return words
}

func numberWords(words map[string]string) []numberWord {
	var out []numberWord
	for w, v := range words {
		if toks := text.Tokens(w); len(toks) > 0 {
			out = append(out, numberWord{toks, v})
		}
	}
	sortNumberWords(out)
	return out
}

// Find implements [Type].
func (n *Number) Find(t *Text) []Mention {
	s := n.compiled()
	var out []Mention
	text.EachQuantity(t.tokens, t.numbers(), s.set, func(q text.Quantity) {
		score := n.score(s, q)
		if score == 0 && s.base != nil && s.base.Dim == text.Count && uncounted(t.tokens, q) {
			score = scoreBare
		}
		if score == 0 || s.base != nil && isName(t, q) {
			return
		}
		low, high, unit := q.Low, q.High, q.Unit
		if s.base != nil && q.Own && q.Unit != nil {
			low, high = numberConvert(low, q.Unit, s.base), numberConvert(high, q.Unit, s.base)
		} else if q.LowUnit != nil && len(n.Units) > 0 && s.names[q.LowUnit] != "" {
			low, unit = q.LowSaid, q.LowUnit // "12 hours to 3 days": each end as it was said
		}
		if !n.allows(low) || !n.allows(high) {
			return
		}
		m := t.mention(q.First, q.Last, n.value(s, low, unit), score)
		if q.Range {
			m.To = n.value(s, high, q.Unit)
			m.ValueAt, m.ToAt = t.bytes(q.LowAt), t.bytes(q.HighAt)
		}
		out = append(out, m)
	})
	return numberNamed(t, s.words, out)
}

// score judges a quantity; 0 means that it is no value of the slot.
// isName reports whether a number is rather a telephone number or the like
// than an amount: it has ten digits or more and neither unit nor multiplier, and
// stands among other words.
func isName(t *Text, q text.Quantity) bool {
	return q.Unit == nil && !q.Scaled && q.Low.GreaterThanOrEqual(tenDigits) && (q.First > 0 || q.Last < len(t.tokens))
}

var tenDigits = decimal.New(1, 9)

func (n *Number) score(s *numberSpec, q text.Quantity) float64 {
	unitless := n.Unit == "" && len(n.Units) == 0
	switch {
	case q.Own && q.Part:
		return 0
	case q.Own && s.base == nil && len(n.Units) > 0 && q.Unit != nil && s.names[q.Unit] == "":
		return 0 // a unit of the same dimension that is not listed
	case q.Own && q.Weak:
		return scoreWeak
	case q.Own:
		return 1
	case q.Part:
		return 0
	case q.Unit == nil && s.base == nil && !unitless:
		return 0 // the value would lack its unit
	case q.Unit == nil && q.Weak:
		return scoreWeak
	case q.Unit == nil && unitless:
		return 0.8
	case q.Unit == nil:
		return scoreBare
	case !unitless || q.Unit.Dim == text.Calendar:
		return 0
	case q.Weak:
		return scoreWeak
	case q.Unit.Dim == text.Count || q.Unit.Dim == text.Rating || q.Unit.Dim == text.Age:
		return 0.8
	default:
		return scoreWeak
	}
}

// uncounted reports whether the measure word 个 names nothing that is counted:
// 六个 answers how many of anything, 六个手机 does not.
func uncounted(toks []text.Token, q text.Quantity) bool {
	if q.Own || q.Part || q.Unit == nil || q.Unit.Base != "piece" || toks[q.Last-1].Text != "个" {
		return false
	}
	if q.Last == len(toks) || toks[q.Last].Kind != text.Han {
		return q.Last == len(toks) || toks[q.Last].Kind == text.Symbol
	}
	switch toks[q.Last].Text {
	case "吧", "的", "呢", "啊", "呀", "左", "以", "就", "都", "够", "最", "了", "或", "到":
		return true
	}
	return false
}

func numberConvert(v decimal.Decimal, from, to *text.Unit) decimal.Decimal {
	if from == to || from.Base != to.Base || from.Factor.Equal(to.Factor) {
		return v
	}
	return v.Mul(from.Factor).DivRound(to.Factor, 6)
}

func (n *Number) allows(v decimal.Decimal) bool {
	if n.Integer && !v.IsInteger() {
		return false
	}
	if n.Min < n.Max {
		f := v.InexactFloat64()
		return f >= n.Min && f <= n.Max
	}
	return true
}

// value writes a number the way it stands in acts.
func (n *Number) value(s *numberSpec, v decimal.Decimal, u *text.Unit) string {
	if s.base != nil || u == nil || len(n.Units) == 0 {
		return v.String()
	}
	name := s.names[u]
	if name == "" {
		name = u.Name
	}
	return v.String() + " " + name
}
