package recommend

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A number as it stands in a text.
type number struct {
	value      string // minimal decimal
	start, end int
	digits     bool // written in digits
}

// numbersIn finds numbers written in digits, wherever they stand, and those in
// words where they are surely numbers.
func numbersIn(s string) []number {
	toks := text.Tokens(s)
	var out []number
	taken := map[int]bool{}
	for _, n := range text.FindNumbers(toks) {
		digits := false
		for i := n.First; i < n.Last; i++ {
			digits = digits || toks[i].Kind == text.Number
		}
		if !digits && (n.Weak || n.Part) {
			continue
		}
		for i := n.First; i < n.Last; i++ {
			taken[i] = true
		}
		at := number{n.Value.String(), toks[n.First].Start, toks[n.Last-1].End, digits}
		out = append(out, at)
		if n.Range {
			at.value = n.High.String()
			out = append(out, at)
		}
	}
	for i, t := range toks {
		if t.Kind != text.Number || taken[i] {
			continue
		}
		v := strings.ReplaceAll(t.Text, ",", "")
		if d, err := decimal.NewFromString(v); err == nil {
			v = d.String()
		}
		out = append(out, number{v, t.Start, t.End, true})
	}
	slices.SortFunc(out, func(a, b number) int { return a.start - b.start })
	return out
}

// measured finds what the numbers of a text count, by the place where each
// begins: the base of its unit, or of each unit that the word may mean ("g").
// Measure words (三台) and parts of dates say nothing.
func measured(s string) map[int]map[string]bool {
	toks := text.Tokens(s)
	nums := text.FindNumbers(toks)
	out := map[int]map[string]bool{}
	for _, q := range text.FindQuantities(toks, nums, nil) {
		if q.Unit == nil || q.Unit.Dim == text.Count || q.Unit.Dim == text.Calendar {
			continue
		}
		bases := map[string]bool{q.Unit.Base: true}
		for _, tok := range toks[q.First:q.Last] {
			if tok.Kind == text.Word {
				for _, u := range text.LookupUnits(tok.Text) {
					bases[u.Base] = true
				}
			}
		}
		for _, n := range nums {
			if q.First <= n.First && n.Last <= q.Last {
				out[toks[n.First].Start] = bases
			}
		}
	}
	return out
}

// otherUnit reports whether a number counts something else than it does
// wherever the request has it.
func (g *grounds) otherUnit(value string, bases map[string]bool) bool {
	known := g.units[value]
	if len(bases) == 0 || known[""] {
		return false
	}
	for base := range bases {
		if known[base] {
			return false
		}
	}
	return true
}
