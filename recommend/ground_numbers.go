package recommend

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/internal/text"
)

// An amount is a number as it stands in a text, with what it counts.
type amount struct {
	start, end int             // bytes
	value      decimal.Decimal // as it is said
	base       decimal.Decimal // in the base of the unit
	units      []*text.Unit    // that its word may mean; none for a bare number
	digits     bool            // written in digits
	count      bool            // a measure word stands at it (三台)
	spoken     bool            // in words that are more often something else ("one", 一个)
}

// amountsIn finds the numbers of a text: those in digits, wherever they stand,
// and those in words where they are surely numbers. A range is two.
func amountsIn(s string, toks []text.Token) []amount {
	nums := text.FindNumbers(toks)
	taken := map[int]bool{}
	var out []amount
	for _, q := range text.FindQuantities(toks, nums, nil) {
		a := amount{start: toks[q.First].Start, end: toks[q.Last-1].End, value: q.Low, units: unitsOf(q, toks)}
		for i := q.First; i < q.Last; i++ {
			taken[i] = true
			a.digits = a.digits || toks[i].Kind == text.Number
		}
		a.count = q.Unit != nil && q.Unit.Dim == text.Count
		a.spoken = !a.digits && (q.Weak || q.Part) && len(a.units) == 0 || slices.Contains([]string{"十分", "百分", "万分"}, s[a.start:a.end])
		out = append(out, a.inBase())
		if q.Range {
			a.value = q.High
			out = append(out, a.inBase())
		}
	}
	for i, t := range toks {
		if t.Kind != text.Number || taken[i] {
			continue
		}
		if d, err := decimal.NewFromString(strings.ReplaceAll(t.Text, ",", "")); err == nil {
			out = append(out, amount{start: t.Start, end: t.End, value: d, base: d, digits: true})
		}
	}
	return out
}

// unitsOf are the units that the words of a quantity may mean.
func unitsOf(q text.Quantity, toks []text.Token) []*text.Unit {
	if q.Unit == nil || q.Unit.Dim == text.Count || q.Unit.Dim == text.Calendar {
		return nil
	}
	units := []*text.Unit{q.Unit}
	for _, tok := range toks[q.First:q.Last] {
		if tok.Kind == text.Word && q.Unit.Dim != text.Currency {
			units = append(units, text.LookupUnits(tok.Text)...)
		}
	}
	return units
}

func (a amount) inBase() amount {
	a.base = a.value
	if len(a.units) > 0 {
		a.base = a.value.Mul(a.units[0].Factor)
	}
	return a
}

// amountOf is a number of the graph.
func amountOf(n float64, unit string) amount {
	a := amount{value: decimal.NewFromFloat(n), units: text.LookupUnits(unit)}
	if len(a.units) > 1 {
		a.units = a.units[:1]
	}
	return a.inBase()
}

// comparable reports whether two amounts may count the same thing; a bare
// number may count anything.
func (a amount) comparable(b amount) bool {
	if len(a.units) == 0 || len(b.units) == 0 {
		return true
	}
	for _, x := range a.units {
		for _, y := range b.units {
			if x.Base == y.Base || x.Dim == text.Rating && y.Dim == text.Rating {
				return true
			}
		}
	}
	return false
}

// compare orders two amounts that are comparable.
func (a amount) compare(b amount) int {
	if len(a.units) == 0 || len(b.units) == 0 {
		return a.value.Cmp(b.value)
	}
	for _, x := range a.units {
		for _, y := range b.units {
			if x.Base == y.Base {
				return a.value.Mul(x.Factor).Cmp(b.value.Mul(y.Factor))
			}
		}
	}
	return a.value.Cmp(b.value)
}

func (a amount) equal(b amount) bool { return a.comparable(b) && a.compare(b) == 0 }
