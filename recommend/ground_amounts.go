package recommend

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// checkNumbers checks that each number is a fact of what it is said of, with
// the same unit, or a true bound or rounding of one that says so; a wish that
// is repeated as such; how far two things are apart; or how many there are.
func (l *line) checkNumbers() {
	for i, a := range l.amounts {
		if a.spoken || l.isCovered(a.start, a.end) || i == 0 && l.marksEntry(a) || keycap(l.raw[a.end:]) {
			continue
		}
		owners := l.share(i, l.ownersAt(a.start, a.end))
		reason := l.amountFails(a, owners)
		if other := l.insteadOf(a, owners); reason != "" && other != nil {
			reason = l.amountFails(a, other)
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

// versus are words between two numbers, the second of which is of another thing.
var versus = []string{"vs", "vs.", "versus", "instead of", "against", "compared to", "compared with", "rather than", "而不是", "对比", "over", "than", "to"}

// insteadOf is what else a number may be said of: behind "vs" another thing
// than before it, and behind "than X" what X is compared with.
func (l *line) insteadOf(a amount, owners []*subject) []*subject {
	start, _ := l.clause(a.start)
	before := strings.TrimRight(l.fold(start, a.start), " *_")
	for _, w := range versus {
		if rest, ok := cutWord(before, w); ok && strings.ContainsAny(rest[max(0, len(rest)-14):], "0123456789") {
			var out []*subject
			for _, t := range l.k.g.things {
				if t.amount(a) != nil && !slices.Contains(owners, t) {
					out = append(out, t)
				}
			}
			return out
		}
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

// isObject reports whether a thing is named as what another is compared with.
func (l *line) isObject(r ref) bool {
	before := strings.TrimRight(l.fold(0, r.start), " *_")
	before = strings.TrimSuffix(before, " the")
	return slices.ContainsFunc([]string{"than", "比", "over", "unlike", "to", "with", "against", "vs", "versus"}, func(w string) bool {
		_, ok := cutWord(before, w)
		return ok
	})
}

// amountFails says why a number is not supported, "" where it is.
func (l *line) amountFails(a amount, owners []*subject) string {
	op := l.boundAt(a)
	explicit := l.named(a.start) || l.owner != nil
	if wish := l.wishOf(a); wish != nil && (op != "" || l.wishCue(a)) {
		if !explicit && (op == "" || agrees(op, wish.Op)) || l.wishCue(a) && (op == "" || agrees(op, wish.Op)) && !l.contradicts(a, op, wish, owners) {
			return ""
		}
		if l.holds(a, op, wish, owners, explicit) {
			return ""
		}
		return "it is what the user wishes, and not a fact"
	}
	switch {
	case l.apart(a):
		if l.k.g.difference(a) {
			return ""
		}
		return "no two things are that far apart"
	case l.isCount(a):
		return ""
	case op == "" && l.denied(a.start, a.end):
		if l.equals(a, owners) {
			return "it denies a fact"
		}
	case l.equals(a, owners) && (op == "" || op == dst.Around || op == dst.Le || op == dst.Ge):
		return l.mislabelled(a, owners)
	case op != "" && l.holds(a, op, nil, owners, explicit):
		return ""
	case l.sharedAmount(a):
		return ""
	}
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
	return slices.ContainsFunc([]string{"of", "of the", "top", "these", "those", "best", "all", "共", "前"}, func(w string) bool {
		_, ok := cutWord(before, w)
		return ok && !strings.HasSuffix(before, "rating of") && !strings.HasSuffix(before, "price of")
	})
}

// marksEntry reports whether a number is the mark of a list entry: "2. ".
func (l *line) marksEntry(a amount) bool {
	rest := strings.TrimLeft(l.raw[a.end:], "*_ ")
	mark := rest != "" && strings.ContainsRune(".)、:：）", []rune(rest)[0])
	return mark && a.digits && strings.Trim(l.raw[:a.start], " \t-*#(（") == "" && a.value.IsInteger() && a.value.IsPositive() && a.value.IntPart() <= max(l.k.g.most, int64(len(l.k.g.things)))
}

// keycap reports whether what follows makes an emoji of a digit.
func keycap(rest string) bool {
	return strings.HasPrefix(rest, "\uFE0F") || strings.HasPrefix(rest, "\u20E3")
}

// difference reports whether two things are that far apart.
func (g *grounds) difference(a amount) bool {
	for i, t := range g.things {
		for _, u := range g.things[i+1:] {
			for _, f := range t.facts {
				for _, h := range u.facts {
					if f.path == h.path && f.path != "" && apartBy(f.amounts, h.amounts, a) {
						return true
					}
				}
			}
		}
	}
	return false
}

func apartBy(x, y []amount, a amount) bool {
	for _, b := range x {
		for _, c := range y {
			if !b.comparable(c) || !b.comparable(a) || (len(b.units) > 0) != (len(c.units) > 0) {
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
		}
	}
	return false
}

var (
	apartBefore = []string{"便宜", "贵", "省", "省下", "相差", "差", "贵了", "便宜了", "差价", "高出", "高了", "低了", "轻了", "重了", "多了", "少了", "saves you", "save", "saving", "saves", "difference of", "difference is", "cheaper by", "apart by", "differ by"}
	apartAfter  = []string{"cheaper", "less", "more", "lighter", "heavier", "higher", "lower", "difference", "apart", "的差价", "差价", "dearer", "pricier", "longer", "bigger", "better"}
)

// apart reports whether a number says how far two things are apart.
func (l *line) apart(a amount) bool {
	start, end := l.clause(a.start)
	before, after := strings.TrimRight(l.fold(start, a.start), " *_"), strings.TrimLeft(l.fold(a.end, end), " *_")
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

// denied reports whether the words before a claim, or right behind it, deny it.
func (l *line) denied(start, end int) bool { return l.deniedNear(start, 5) || l.deniedAfter(end) }

var notWords = map[string]bool{"not": true, "no": true, "without": true, "lacks": true, "lack": true, "lacking": true, "neither": true, "nor": true, "never": true, "cannot": true, "none": true, "nothing": true, "missing": true}

// deniedNear looks for a negation up to n words, or twice as many characters,
// before a byte in its clause.
func (l *line) deniedNear(at, n int) bool {
	from, _ := l.clause(at)
	left := float64(n)
	for i := len(l.toks) - 1; i >= 0; i-- {
		t := l.toks[i]
		if t.End > at {
			continue
		}
		if t.Start < from || left <= 0 {
			return false
		}
		if t.Kind == text.Han {
			left -= 0.7
		} else {
			left--
		}
		next := ""
		if i+1 < len(l.toks) {
			next = l.toks[i+1].Text
		}
		switch {
		case t.Text == "only" && i > 0 && l.toks[i-1].Text == "not":
			return false
		case notWords[t.Text], strings.HasSuffix(t.Text, "n't"):
			return true
		case strings.Contains("不没無无未非", t.Text) && t.Kind == text.Han:
			if l.isFalseNot(t, next) {
				continue
			}
			return true
		case strings.Contains("且而还也", t.Text) && t.Kind == text.Han && left < float64(n)-1, t.Text == "and" && verbs[next]:
			return false
		}
	}
	return false
}

// isFalseNot reports whether 不 and the like are part of a word that denies
// nothing.
func (l *line) isFalseNot(t text.Token, next string) bool {
	switch next {
	case "仅", "但", "过", "错", "只", "线", "到", "论", "管", "少", "超", "低", "高", "限", "问", "断":
		return true
	}
	return false
}

var verbs = map[string]bool{"has": true, "is": true, "are": true, "have": true, "costs": true, "comes": true, "supports": true, "offers": true, "it": true, "weighs": true, "includes": true}

// deniedAfter looks for a negation right behind a claim: "NFC is not there".
func (l *line) deniedAfter(at int) bool {
	_, end := l.clause(at)
	rest := strings.TrimLeft(l.fold(at, end), " *_")
	for _, w := range []string{"is not", "isn't", "are not", "aren't", "is missing", "is absent", "is unavailable", "不支持", "没有", "未配备", "不可用", "is lacking", "not "} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
