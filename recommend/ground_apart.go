package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// versus are words between two numbers, the second of which is of another thing.
var versus = []string{"vs", "vs.", "versus", "instead of", "against", "compared to", "compared with", "rather than", "而不是", "对比", "over", "than", "to"}

// insteadOf is what else a number may be said of: behind "vs" another thing
// than before it, and behind "than X" what X is compared with.
func (l *line) insteadOf(a amount, owners []*subject) []*subject {
	start, _ := l.clause(a.start)
	before := strings.TrimRight(l.fold(start, a.start), " *_")
	for _, w := range versus {
		if rest, ok := cutWord(before, w); ok && strings.ContainsAny(rest[max(0, len(rest)-14):], "0123456789") {
			return l.haveBut(a, owners)
		}
	}
	rest := strings.TrimLeft(l.fold(a.end, len(l.raw)), " *_")
	if !l.named(a.start) && slices.ContainsFunc(versus[:9], func(w string) bool { return strings.HasPrefix(rest, w+" ") }) {
		return l.haveBut(a, owners)
	}
	for i := len(l.refs) - 1; i > 0; i-- {
		if r := l.refs[i]; r.end <= a.start {
			if l.isObject(r) {
				return l.refs[i-1].things
			}
			return nil
		}
	}
	return nil
}

// haveBut are the other things that have an amount.
func (l *line) haveBut(a amount, owners []*subject) (out []*subject) {
	for _, t := range l.k.g.things {
		if t.amount(a) != nil && !slices.Contains(owners, t) {
			out = append(out, t)
		}
	}
	return out
}

// isObject reports whether a thing is named as what another is compared with.
func (l *line) isObject(r ref) bool {
	return l.follows(r, "than", "比", "over", "beats", "beat", "outscores", "undercuts", "unlike", "to", "with", "against", "vs", "versus", "as", "half of", "half", "quarter of", "third of", "fraction of", "that of")
}

// follows reports whether a thing is named right behind one of some words.
func (l *line) follows(r ref, words ...string) bool {
	before := strings.TrimRight(l.fold(0, r.start), " *_")
	before = strings.TrimSuffix(before, " the")
	return slices.ContainsFunc(words, func(w string) bool {
		_, ok := cutWord(before, w)
		return ok
	})
}

// difference reports whether two things, or a thing and a wish, are that far
// apart, or nearly so where a bound is said.
func (g *grounds) difference(a amount, op dst.Op) bool {
	for i, t := range g.things {
		for _, f := range t.facts {
			if slices.ContainsFunc(g.wishes, func(w *known) bool { return w.Attribute == f.Attribute && apartBy(f.amounts, w.amounts, a, op) }) {
				return true
			}
		}
		for _, u := range g.things[i+1:] {
			for _, f := range t.facts {
				for _, h := range u.facts {
					if f.path == h.path && f.path != "" && apartBy(f.amounts, h.amounts, a, op) {
						return true
					}
				}
			}
		}
	}
	return false
}

func apartBy(x, y []amount, a amount, op dst.Op) bool {
	for _, b := range x {
		for _, c := range y {
			if !b.comparable(c) || !b.comparable(a) || len(b.units) > 0 && len(c.units) == 0 {
				continue
			}
			d := b
			d.value = b.inBase().base.Sub(c.inBase().base).Abs()
			if len(a.units) == 0 && len(b.units) > 0 {
				d.value = d.value.Div(b.units[0].Factor)
			}
			if d.value.Equal(a.base) {
				return true
			}
			if d.base = d.value; op != "" && nearlyEqual(d, amount{value: a.base, base: a.base}, 0.2) && satisfies(amount{value: d.value, base: d.value}, op, amount{value: a.base, base: a.base}) {
				return true
			}
		}
	}
	return false
}

var (
	apartBefore = []string{"便宜", "贵", "省", "省下", "相差", "差", "贵了", "便宜了", "差价", "高出", "高了", "低了", "轻了", "重了", "多了", "少了", "saves you", "save", "saving", "saves", "difference of", "difference is", "cheaper by", "apart by", "differ by"}
	apartAfter  = []string{"cheaper", "less", "more", "lighter", "heavier", "higher", "lower", "difference", "apart", "的差价", "差价", "dearer", "pricier", "longer", "bigger", "better", "below your", "under your", "below the", "under the", "left", "to spare"}
)

// apart reports whether a number says how far two things are apart.
func (l *line) apart(a amount) bool {
	start, end := l.clause(a.start)
	before, after := strings.TrimRight(l.fold(start, a.start), " *_"), strings.TrimLeft(l.fold(a.end, end), " *_")
	if _, ok := cutWord(before, "by"); ok {
		return true
	}
	for _, w := range apartBefore {
		if strings.HasSuffix(before, w) && !strings.HasSuffix(before, "最"+w) {
			return true
		}
	}
	for _, w := range apartAfter {
		if rest, ok := strings.CutPrefix(after, w); ok && (rest == "" || !unicode.IsLetter([]rune(rest)[0])) {
			return true
		}
	}
	return false
}
