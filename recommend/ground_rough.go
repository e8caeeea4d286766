package recommend

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/dst"
)

// tolerance is how far a rough multiple may be from the true one: "nearly four
// times as much".
const tolerance = 0.2

// multiple reports whether a number says how many times one thing is as much as
// another, and whether that is so of two of them, or of one and a wish.
func (l *line) multiple(a amount) (is, ok bool) {
	rest := strings.TrimLeft(l.fold(a.end, len(l.raw)), " *_")
	said := strings.TrimSpace(l.fold(a.start, a.end))
	if !strings.HasPrefix(rest, "times") && !strings.HasSuffix(said, "times") && !strings.HasPrefix(rest, "倍") && !strings.HasSuffix(said, "倍") {
		return false, false
	}
	return true, l.k.g.ratio(a.value)
}

// ratio reports whether some fact is about so many times another of its kind.
func (g *grounds) ratio(n decimal.Decimal) bool { return g.ratioNear(n, tolerance) }

// ratioNear is ratio with a tolerance.
func (g *grounds) ratioNear(n decimal.Decimal, tolerance float64) bool {
	x, _ := n.Float64()
	same := map[string][]float64{}
	var order []string
	note := func(attribute string, amounts []amount) {
		for _, b := range amounts[:min(1, len(amounts))] {
			v, _ := b.inBase().base.Float64()
			if _, ok := same[attribute]; !ok {
				order = append(order, attribute)
			}
			same[attribute] = append(same[attribute], v)
		}
	}
	for _, t := range g.things {
		for _, f := range t.facts {
			note(f.Attribute, f.amounts)
		}
	}
	for _, w := range g.wishes {
		note(w.Attribute, w.amounts)
	}
	for _, attribute := range order {
		for _, v := range same[attribute] {
			if slices.ContainsFunc(same[attribute], func(u float64) bool { return u > 0 && v > u && max(v/u, x)-min(v/u, x) <= tolerance*x }) {
				return true
			}
		}
	}
	return false
}

// odd are words behind a number of which only the first digits are said.
var odd = []string{"多", "余", "来", "几", "出头", "odd", "-odd", "something", "plus change"}

// beginsWith reports whether a number with "and some" behind it, 三千多, is the
// beginning of a fact of each of the things: it lies less than one more of its
// last place above.
func (l *line) beginsWith(a amount, owners []*subject) bool {
	rest := strings.TrimLeft(l.fold(a.end, len(l.raw)), " ")
	if !slices.ContainsFunc(odd, func(w string) bool { return strings.HasPrefix(rest, w) }) || !a.value.IsInteger() || !a.value.IsPositive() {
		return false
	}
	place := decimal.NewFromInt(1)
	for ten := decimal.NewFromInt(10); a.value.Mod(place.Mul(ten)).IsZero(); {
		place = place.Mul(ten)
	}
	if owners == nil {
		owners = l.k.g.things
	}
	return len(owners) > 0 && !slices.ContainsFunc(owners, func(t *subject) bool {
		return !slices.ContainsFunc(t.facts, func(f *known) bool {
			return slices.ContainsFunc(f.amounts, func(b amount) bool {
				return b.comparable(a) && b.value.GreaterThan(a.value) && b.value.LessThan(a.value.Add(place))
			})
		})
	})
}

// Words that offer to look for something, or advise to, and claim nothing of
// the things of the request.
var (
	offering = []string{"i can", "i could", "i'll", "i will", "i'd be", "happy to", "glad to", "shall i", "should i", "let me", "we can", "you may want", "you might want", "you may need", "you might need", "you'll need", "you'd need", "you would need", "would need", "你可以", "我可以", "我帮", "我来", "为您", "帮您", "给您", "我再"}
	seeking  = []string{"look", "find", "search", "check", "suggest", "show", "recommend", "browse", "filter", "a model", "a phone", "one with", "another", "other", "others", "phones", "option", "hotel", "看看", "找", "查", "推荐", "筛选", "挑", "留意"}
)

// seeks reports whether the clause of a claim offers to look for other things.
func (l *line) seeks(at int) bool {
	start, end := l.clause(at)
	if slices.ContainsFunc(l.refs, func(r ref) bool { return r.start >= start && r.end <= end && (!r.points || r.group) }) {
		return false
	}
	clause := l.fold(start, end)
	return containsAny(clause, offering) && containsAny(clause, seeking)
}

// overWish checks a comparison with what was wished, 比您的预算贵: is says that it
// is one, ok that it holds.
func (l *line) overWish(start, end int, subjects []*subject, g gauge) (is, ok bool) {
	from, to := l.clause(start)
	if i := strings.LastIndex(l.raw[from:start], "比"); i < 0 || !containsAny(l.raw[from+i:start], []string{"预算", "要求", "上限", "价位"}) {
		if after := l.fold(end, to); !containsAny(after, []string{"than your", "than the budget", "than the limit", "than you"}) {
			return false, false
		}
	}
	for _, w := range l.k.g.wishes {
		if w.path != g.slot.path || len(w.amounts) == 0 || w.Op == dst.Ne {
			continue
		}
		for _, t := range subjects {
			if m := t.measure(g.slot); m == nil || len(m.amounts) == 0 || m.compare(w) == 0 || m.compare(w) > 0 != g.more {
				return true, false
			}
		}
		return true, true
	}
	return false, false
}

// inPassing reports whether a value that looks like a name stands in what only
// asks, supposes or offers.
func (l *line) inPassing(start, end int) bool {
	if start < l.asks && !l.supposed(start) && !l.seeks(start) && !l.offersToTell(start) {
		return false
	}
	for _, x := range l.k.c.valued() {
		for _, m := range x.Type.Find(l.txt) {
			if m.Score >= wholeName && m.Start < end && start < m.End && x.domain != nil && !slices.ContainsFunc(sortedKinds(x.domain), isThing) {
				return true
			}
		}
	}
	return false
}

// spans reports whether a number is an end of a range, "between 3,999 and
// 5,999", in which all lie that it is said of, and that ends close to them.
func (l *line) spans(i int) bool {
	same := func(j int) bool { return j >= 0 && j < len(l.amounts) && l.amounts[j].start == l.amounts[i].start }
	low, high := i, i+1
	if same(i - 1) {
		low, high = i-1, i
	}
	if !same(low) || !same(high) {
		return false
	}
	from, to := l.amounts[low], l.amounts[high]
	if owners := l.ownersAt(from.start, to.end); owners != nil && allBetween(owners, from, to) {
		return true
	}
	return !l.named(from.start) && allBetween(l.k.g.things, from, to)
}

// allBetween reports whether all of some things have a fact in a range, which ends
// close to them.
func allBetween(owners []*subject, from, to amount) bool {
	begins, ends := false, false
	for _, t := range owners {
		inside := slices.ContainsFunc(t.facts, func(f *known) bool {
			return slices.ContainsFunc(f.amounts, func(b amount) bool {
				in := b.comparable(from) && b.compare(from) >= 0 && b.compare(to) <= 0
				begins, ends = begins || in && nearlyEqual(b, from, tolerance), ends || in && nearlyEqual(b, to, tolerance)
				return in
			})
		})
		if !inside {
			return false
		}
	}
	return begins && ends
}

// percents reports whether a number of percent is by how much one fact lies
// above or below another of its kind.
func (l *line) percents(a amount) bool {
	if !strings.HasPrefix(strings.TrimLeft(l.raw[a.end:], " "), "%") && !strings.HasSuffix(l.raw[a.start:a.end], "%") && !strings.Contains(l.fold(a.start, a.end), "percent") {
		return false
	}
	x := a.value.Div(decimal.NewFromInt(100))
	one := decimal.NewFromInt(1)
	return containsAny(l.low, comparing) && (l.k.g.ratioNear(one.Add(x), 0.005) || x.LessThan(one) && l.k.g.ratioNear(one.Div(one.Sub(x)), 0.005))
}

// noneBefore reports whether nothing is said to be more: "you won't find
// anything cheaper than …", which makes it the cheapest.
func (l *line) noneBefore(at int) bool {
	start, _ := l.clause(at)
	before := l.fold(start, at)
	return containsAny(before, []string{"anything", "nothing", "no other", "none", "no phone", "any other"}) && containsAny(before, nays)
}

// restated reports whether a number that is wished is said again in what says
// that nothing is had for it: "with ¥5,000 you can't get either".
func (l *line) restated(a amount) bool {
	start, end := l.clause(a.start)
	negative := slices.ContainsFunc(l.k.r.Steps, func(s Step) bool {
		return slices.Contains([]StepKind{StepNo, StepRelax, StepNoOffer, StepNoMore, StepNoBetter, StepUnmet}, s.Kind)
	})
	return negative && !l.named(a.start) && containsAny(l.fold(start, end), nays)
}

// narrowed joins names that stand side by side, or with "version of the"
// between them, and have things in common: "the 128 GB iPhone 15".
func (l *line) narrowed(refs []ref) []ref {
	var out []ref
	for _, r := range refs {
		if n := len(out); n > 0 && len(r.things) != len(out[n-1].things) {
			switch strings.TrimSpace(l.fold(out[n-1].end, r.start)) {
			case "", "version of the", "model of the", "variant of the", "version of", "variant", "of the", "的", "版", "版的", "版本的":
				both := slices.DeleteFunc(slices.Clone(r.things), func(t *subject) bool { return !slices.Contains(out[n-1].things, t) })
				if len(both) > 0 {
					out[n-1].end, out[n-1].things = r.end, both
					continue
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// sorting reports whether a superlative only tells an order: "from the most to
// the least expensive".
func (l *line) sorting(at int) bool {
	start, end := l.clause(at)
	clause := l.fold(start, end)
	return strings.Contains(clause, "from ") && strings.Contains(clause, " to ") || containsAny(clause, []string{"sorted", "ordered by", "in order", "从高到低", "从低到高", "由低到高", "由高到低", "排序", "从便宜到贵"})
}

// roughOfAny reports whether a rough number before any name is near a fact of
// one of the things: "at about 8,000 and 9,000 there are the …".
func (l *line) roughOfAny(a amount) bool {
	return l.owner == nil && l.boundAt(a) == dst.Around && l.holds(a, dst.Around, nil, nil, false) &&
		!slices.ContainsFunc(l.refs, func(r ref) bool { return !r.points && r.end <= a.start })
}

// given reads a number of a wish that was given up, and says why it is wrong.
func (l *line) given(a amount, op dst.Op, wish *known) (is bool, reason string) {
	if l.unmet(a, op, wish) {
		return true, "nothing meets it"
	}
	return l.gaveUp(wish) && (containsAny(l.low, nays) || containsAny(l.low, widens)), ""
}
