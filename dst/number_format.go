package dst

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Compare implements [Comparer]. Values with units compare where the units
// convert into each other.
func (n *Number) Compare(a, b string) (int, bool) {
	x, u, ok := n.split(a)
	if !ok {
		return 0, false
	}
	y, v, ok := n.split(b)
	switch {
	case !ok || (u == nil) != (v == nil):
		return 0, false
	case u == nil || u == v:
		return x.Cmp(y), true
	case u.Base == v.Base && u.Dim == v.Dim:
		return x.Mul(u.Factor).Cmp(y.Mul(v.Factor)), true
	}
	return 0, false
}

// split takes a canonical value apart.
func (n *Number) split(value string) (decimal.Decimal, *text.Unit, bool) {
	num, name, _ := strings.Cut(value, " ")
	v, ok := numberDecimal(num)
	if !ok {
		return v, nil, false
	}
	if name == "" {
		return v, nil, true
	}
	return v, numberUnit(name, nil), true
}

// Parse implements [Parser]: it accepts one number, with or without unit, or a
// named value. Ranges are no single value.
func (n *Number) Parse(value string, now time.Time) (string, bool) {
	return parseWhole(n, value, now, scoreBare)
}

// Format implements [Formatter]: "16 GB", "3 hours"; "16GB", "3小时".
func (n *Number) Format(value, lang string) string {
	s := n.compiled()
	v, u, ok := n.split(value)
	if !ok {
		return value
	}
	if u == nil {
		u = s.base
	}
	if u == nil {
		return v.String()
	}
	return formatQuantity(v, u, lang)
}

// numberDecimal reads a canonical number. It takes no exponents: a short text
// with one may stand for gigabytes of digits.
func numberDecimal(s string) (decimal.Decimal, bool) {
	if len(s) > 60 || strings.ContainsAny(s, "eE_") {
		return decimal.Decimal{}, false
	}
	v, err := decimal.NewFromString(s)
	return v, err == nil
}

func formatQuantity(v decimal.Decimal, u *text.Unit, lang string) string {
	if lang == "zh" {
		label := u.Zh
		if label == "" {
			label = u.Name
		}
		return v.String() + label
	}
	label := u.En
	if label == "" {
		label = u.Name
	}
	one, many, plural := strings.Cut(label, "|")
	if plural && !v.Equal(decimal.New(1, 0)) {
		one = many
	}
	if one == "%" || strings.HasPrefix(one, "°") {
		return v.String() + one
	}
	return v.String() + " " + one
}

// parseWhole accepts a text that is one mention of the type from end to end.
func parseWhole(typ Type, value string, now time.Time, min float64) (string, bool) {
	t := NewText(value, now)
	if len(t.tokens) == 0 {
		return "", false
	}
	for _, m := range typ.Find(t) {
		if m.Start == t.tokens[0].Start && m.End == t.tokens[len(t.tokens)-1].End && m.To == "" && m.Score >= min {
			return m.Value, true
		}
	}
	return "", false
}
