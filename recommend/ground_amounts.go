package recommend

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/dst"
)

// checkNumbers checks that each number is a fact of what it is said of, with
// the same unit, or a true bound or rounding of one that says so; a wish that
// is repeated as such; how far two things are apart; or how many there are.
func (l *line) checkNumbers() {
	for i, a := range l.amounts {
		if a.spoken || l.isCovered(a.start, a.end) || l.marksEntry(a) || keycap(l.raw[a.end:]) {
			continue
		}
		if is, ok := l.multiple(a); ok {
			continue
		} else if is {
			l.fail(ClaimNumber, a.start, a.end, nil, "no two things are that many times apart")
			continue
		}
		if l.spans(i) || l.sized(i) {
			continue
		}
		owners := l.share(i, l.ownersAt(a.start, a.end))
		reason := l.amountFails(a, owners)
		if other := l.insteadOf(a, owners); reason != "" && other != nil {
			reason = l.amountFails(a, other)
		}
		if other := l.beside(a); reason != "" && other != nil {
			reason = l.amountFails(a, other)
		}
		if reason != "" && l.reads(a, owners) {
			continue
		}
		if reason != "" {
			kind := ClaimNumber
			if a.count || len(a.units) == 0 && l.counting(a) {
				kind = ClaimCount
			}
			l.fail(kind, a.start, a.end, owners, reason)
		}
	}
}

// reads reports whether a number that is no fact of what it seems to be said of
// can be read in another way that is true.
func (l *line) reads(a amount, owners []*subject) bool {
	return l.gap(a) || l.percents(a) || l.besideAnd(a) || l.roughOfAny(a) || l.enumerated(a, owners) || l.second(a, owners) ||
		l.inOrder(a) || l.countsElse(a, owners) || l.beginsWith(a, owners)
}

// amountFails says why a number is not supported, "" where it is.
func (l *line) amountFails(a amount, owners []*subject) string {
	op := l.boundAt(a)
	explicit := l.named(a.start) || l.owner != nil
	if wish := l.wishOf(a); wish != nil && (op != "" || l.wishCue(a)) {
		if is, reason := l.given(a, op, wish); is {
			return reason
		}
		if !explicit && (op == "" || agrees(op, wish.Op)) || l.wishCue(a) && (op == "" || agrees(op, wish.Op)) && !l.contradicts(a, op, wish, owners) {
			return ""
		}
		if l.holds(a, op, wish, owners, explicit) {
			return ""
		}
		return "it is what the user wishes, and not a fact"
	}
	switch {
	case op == "" && l.wishOf(a) != nil && l.restated(a):
		return ""
	case l.apart(a):
		l.differs = true
		if l.k.g.difference(a, op) {
			return ""
		}
		return "no two things are that far apart"
	case l.isCount(a), l.isScale(a, owners), l.isYear(a, owners):
		return ""
	case op == "" && l.denied(a.start, a.end) && l.equals(a, owners):
		return "it denies a fact"
	case l.equals(a, owners) && (op == "" || op == dst.Around || op == dst.Le || op == dst.Ge):
		return l.mislabelled(a, owners)
	case op == dst.Ge && l.starting(a) && !l.equals(a, nil):
		return "nothing starts there"
	case op != "" && l.holds(a, op, nil, owners, explicit):
		return ""
	case l.sharedAmount(a):
		return ""
	}
	return l.whyNot(a, owners)
}

// whyNot says what is wrong with a number that nothing supports.
func (l *line) whyNot(a amount, owners []*subject) string {
	for _, t := range l.k.g.things {
		if f := t.amount(a); f != nil {
			return "no fact supports it; it is the " + f.Attribute + " of " + t.name
		}
	}
	for _, t := range owners {
		for _, f := range t.facts {
			if slices.ContainsFunc(f.amounts, func(b amount) bool { return b.value.Equal(a.value) && !b.comparable(a) }) {
				return "the facts have it in another unit"
			}
		}
	}
	return "no fact supports it"
}

// amount is the fact of a thing that has the amount.
func (t *subject) amount(a amount) *known {
	for _, f := range t.facts {
		if slices.ContainsFunc(f.amounts, a.equal) {
			return f
		}
	}
	return nil
}

// equals reports whether the amount is a fact of each of the things, or of any
// where it may be said of any.
func (l *line) equals(a amount, owners []*subject) bool {
	any := owners == nil
	if any {
		owners = l.k.g.things
	}
	found := 0
	for _, t := range owners {
		if f := t.amount(a); f != nil {
			l.use(f)
			found++
		}
	}
	return found > 0 && (any || found == len(owners))
}

// mislabelled says what is wrong where the word before a number calls it
// something else than the facts do: "a rating of 3,999".
func (l *line) mislabelled(a amount, owners []*subject) string {
	start, _ := l.clause(a.start)
	before := strings.TrimRight(l.fold(start, a.start), " *_:¥$")
	for _, w := range []string{" of", " is", "为", "是", ":"} {
		before = strings.TrimRight(strings.TrimSuffix(before, w), " *_:")
	}
	for _, t := range owners {
		right, wrong := false, ""
		for _, f := range t.facts {
			if f.label == "" || len(f.amounts) == 0 {
				continue
			}
			has := slices.ContainsFunc(f.amounts, a.equal)
			called := strings.HasSuffix(before, f.label)
			right = right || has && (called || len(a.units) > 0)
			if called && !has {
				wrong = f.Attribute
			}
		}
		if wrong != "" && !right {
			return "the " + wrong + " is another"
		}
	}
	return ""
}

// sharedAmount reports whether the number is a fact of no thing or stands in
// the words of a step.
func (l *line) sharedAmount(a amount) bool {
	for _, f := range l.k.g.shared {
		if slices.ContainsFunc(f.amounts, a.equal) {
			l.use(f)
			return true
		}
	}
	return false
}

// share is what a number of several in a row is said of, after a group of as
// many things: "X and Y cost 3 and 4".
func (l *line) share(i int, owners []*subject) []*subject {
	if len(owners) < 2 {
		return owners
	}
	var from, to = 0, len(l.raw)
	for _, r := range l.refs {
		if r.end <= l.amounts[i].start {
			from = r.end
		} else if r.start >= l.amounts[i].end {
			to = min(to, r.start)
		}
	}
	place, n := 0, 0
	for j, b := range l.amounts {
		if l.wishOf(b) != nil && l.boundAt(b) != "" {
			continue
		}
		if b.start >= from && b.end <= to && !b.spoken && !b.count && b.comparable(l.amounts[i]) && (len(b.units) > 0) == (len(l.amounts[i].units) > 0) {
			if j < i {
				place++
			}
			n++
		}
	}
	if n == len(owners) {
		return owners[place : place+1]
	}
	return owners
}

// isScale reports whether a number is the most that a rating before it can be:
// the 5 of "4.6 out of 5".
func (l *line) isScale(a amount, owners []*subject) bool {
	before := strings.TrimRight(l.fold(0, a.start), " *_")
	rest, ok := strings.CutSuffix(before, "/")
	if !ok {
		rest, ok = cutWord(before, "out of")
	}
	if !ok {
		rest, ok = cutWord(before, "满分")
	}
	rest = strings.TrimRight(rest, " *_")
	if !ok || len(l.amounts) < 2 {
		return false
	}
	if len(owners) == 0 {
		owners = l.k.g.things
	}
	for _, b := range l.amounts {
		for _, t := range owners {
			if f := t.amount(b); f != nil && f.slot != nil && b.end <= a.start && len(rest)-b.end < 12 {
				n, ok := f.slot.Type.(*dst.Number)
				return ok && (n.Max == 0 || a.value.Equal(decimal.NewFromFloat(n.Max)))
			}
		}
	}
	return false
}

// isYear reports whether a number is the year of a day of the things.
func (l *line) isYear(a amount, owners []*subject) bool {
	return a.digits && (len(a.units) == 0 || strings.HasSuffix(l.raw[:a.end], "年")) && len(owners) > 0 && l.dayOf(owners, func(day time.Time) bool { return a.value.Equal(decimal.NewFromInt(int64(day.Year()))) })
}

// isCount reports whether the number says how many things there are, and there
// are so many.
func (l *line) isCount(a amount) bool {
	return l.k.g.counts[a.value.String()] && (a.count || len(a.units) == 0 && l.counting(a))
}

// counting reports whether a number stands where things are counted: before a
// word for them, or behind "of".
func (l *line) counting(a amount) bool {
	if !a.value.IsInteger() || a.value.GreaterThan(decimal.NewFromInt(1000)) {
		return false
	}
	if !a.digits {
		return true
	}
	rest := strings.TrimLeft(l.fold(a.end, len(l.raw)), " *_")
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) {
		word, _, _ := strings.Cut(rest, " ")
		return !slices.Contains([]string{"and", "or", "but", "with", "while", "for", "at", "on", "is", "as", "to", "than", "vs", "的"}, word)
	}
	before := strings.TrimRight(l.fold(0, a.start), " *_")
	return slices.ContainsFunc([]string{"of", "of the", "top", "these", "those", "best", "all", "step", "step no", "共", "前", "第", "步骤"}, func(w string) bool {
		_, ok := cutWord(before, w)
		return ok && !strings.HasSuffix(before, "rating of") && !strings.HasSuffix(before, "price of")
	})
}

// marksEntry reports whether a number is the mark of a list entry: "2. ".
func (l *line) marksEntry(a amount) bool {
	rest := strings.TrimLeft(l.raw[a.end:], "*_ ")
	mark := len(a.units) == 0 && !a.count && rest != "" && strings.ContainsRune(".)、:：）", []rune(rest)[0]) && strings.Trim(rest, " .)、:：）*_") != ""
	before := strings.TrimRight(l.raw[:a.start], " *#(（")
	return mark && a.digits && (strings.Trim(before, " \t-") == "" || before != l.raw[:a.start] || strings.HasSuffix(before, "：")) && a.value.IsInteger() && a.value.IsPositive() && a.value.IntPart() <= max(l.k.g.most, int64(len(l.k.g.things)))
}

// keycap reports whether what follows makes an emoji of a digit.
func keycap(rest string) bool {
	return strings.HasPrefix(rest, "\uFE0F") || strings.HasPrefix(rest, "\u20E3")
}
