package recommend

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/dst"
)

// saidBounds are words that make a bound, or something like it, of the number
// behind them; longer ones come first.
var saidBounds = []struct {
	words string
	op    dst.Op
}{
	{"no more than|up to|as much as|capped at|cap of|ceiling of|<=|≤|not more than|not over|at most|up to|within|maximum of|max|不超过|不高于|不多于|最多|至多|不会超过|limit of|limit is|upper limit of", dst.Le},
	{"起售价|起价|起步价|最低只要|no less than|>=|≥|upward of|not less than|not under|at least|starting at|starts at|start at|starting from|minimum of|不低于|不少于|至少|最少|from", dst.Ge},
	{"just under|not even|just shy of|shy of|short of|sub|sub-|<|a little under|slightly under|a bit under|just below|slightly below|not quite|under|below|less than|lower than|cheaper than|beneath|不到|还不到|低于|少于|小于|不足|未到", dst.Lt},
	{"just over|a little over|slightly over|just above|over|above|more than|higher than|exceeds|exceed|exceeding|beyond|upwards of|>|超过|高于|大于|多于|超出|突破", dst.Gt},
	{"快|快到|about|around|approximately|approx.|roughly|nearly|almost|close to|near|circa|somewhere around|in the region of|some|~|≈|大约|大概|约为|约|接近|将近|差不多|近|左右", dst.Around},
}

// boundsAfter are such words behind the number.
var boundsAfter = []struct {
	words string
	op    dst.Op
}{
	{"不到|不足", dst.Lt},
	{"及以下|或以下|以下|以内|之内|之下|内的|or less|or under|or below|or cheaper|at most|at the most|封顶", dst.Le},
	{"及以上|或以上|以上|起|or more|or over|and up|and above|or above|or higher|+", dst.Ge},
	{"左右|上下|or so|出头|or thereabouts", dst.Around},
}

// fillers may stand between a bound and its number.
var fillers = []string{"the", "your", "a", "an", "just", "only", "price of", "budget of", "price limit of", "rmb", "cny", "usd", "您", "你", "的", "了", "是", "到", "为", "budget is", "limit is"}

// boundAt is the operator that the words around a number make of it, "" for
// the number itself. A negation turns it round: "not under".
func (l *line) boundAt(a amount) dst.Op {
	start, end := l.clause(a.start)
	before := l.fold(start, a.start)
	after := strings.TrimLeft(l.fold(a.end, end), " *_")
	op, length := dst.Op(""), 0
	for trimmed := true; trimmed && op == ""; {
		trimmed = false
		before = strings.TrimRight(before, " *_")
		op, length = boundEnding(before)
		for _, f := range fillers {
			if rest, ok := cutWord(before, f); ok && op == "" {
				before, trimmed = rest, true
				break
			}
		}
	}
	for _, b := range boundsAfter {
		for w := range strings.SplitSeq(b.words, "|") {
			if strings.HasPrefix(after, w) && op == "" {
				op = b.op
			}
		}
	}
	if op != "" && op != dst.Around && length > 0 && l.deniedNear(start+len(before)-length, 4) {
		return opposite[op]
	}
	return op
}

// boundEnding is the bound that a text ends in, and the length of its words.
func boundEnding(s string) (op dst.Op, length int) {
	for _, b := range saidBounds {
		for w := range strings.SplitSeq(b.words, "|") {
			if _, ok := cutWord(s, w); ok && len(w) > length {
				op, length = b.op, len(w)
			}
		}
	}
	return op, length
}

// cutWord takes a word off the end of a text, not from the inside of a longer one.
func cutWord(s, w string) (string, bool) {
	rest, ok := strings.CutSuffix(s, w)
	if !ok {
		return s, false
	}
	last, _ := utf8.DecodeLastRuneInString(rest)
	first, _ := utf8.DecodeRuneInString(w)
	return rest, rest == "" || first >= utf8.RuneSelf || !unicode.IsLetter(first) || !unicode.IsLetter(last)
}

// wishOf is the wish, or what was asked about, that has the number.
func (l *line) wishOf(a amount) *known {
	i := slices.IndexFunc(l.k.g.wishes, func(w *known) bool { return slices.ContainsFunc(w.amounts, a.equal) })
	if i < 0 {
		return nil
	}
	return l.k.g.wishes[i]
}

var wishCues = []string{"budget", "limit", "you asked", "you wanted", "you want", "your price", "you said", "you mentioned", "you're looking", "you are looking", "you were looking", "requested", "asked for", "criteria", "requirement", "your wish", "you set", "预算", "要求", "您要", "您想", "你要", "你想", "instead of", "rather than", "left out", "leave out", "leaving out", "gave up", "dropped", "relaxed", "放宽", "去掉", "您说", "限制", "条件", "需求", "上限", "您提"}

// wishCue reports whether the words around a number say that the user wishes it.
func (l *line) wishCue(a amount) bool {
	start, end := l.clause(a.start)
	if !l.named(a.start) && (len(l.k.g.things) == 0 || containsAny(l.fold(0, start), wishCues)) {
		return true
	}
	return containsAny(l.fold(start, end), wishCues) || strings.HasSuffix(strings.TrimRight(l.fold(0, a.start), " "), " your")
}

// gaveUp reports whether a wish was given up because nothing meets it.
func (l *line) gaveUp(wish *known) bool {
	return slices.ContainsFunc(l.k.r.Steps, func(s Step) bool {
		return s.Kind == StepRelax && slices.ContainsFunc(s.Facts, func(f Fact) bool { return f.Attribute == wish.Attribute && f.Value == wish.Value })
	})
}

// unmet reports whether a bound is said to hold that was given up because
// nothing meets it: the sentence names something within it and denies nothing.
func (l *line) unmet(a amount, op dst.Op, wish *known) bool {
	if !l.gaveUp(wish) || op == "" || !agrees(op, wish.Op) || containsAny(l.low, nays) || containsAny(l.low, widens) {
		return false
	}
	return slices.ContainsFunc(l.refs, func(r ref) bool { return !r.points && l.contradicts(a, op, wish, r.things) })
}

// agrees reports whether a bound is said as the user wished it.
func agrees(said, wished dst.Op) bool {
	under := func(op dst.Op) bool { return op == dst.Lt || op == dst.Le }
	over := func(op dst.Op) bool { return op == dst.Gt || op == dst.Ge }
	return wished == dst.Eq || wished == "" || wished == said || under(said) && under(wished) || over(said) && over(wished)
}

// contradicts reports whether a fact of the things says that the bound does not
// hold of them.
func (l *line) contradicts(a amount, op dst.Op, wish *known, owners []*subject) bool {
	if op == "" {
		op = wish.Op
	}
	for _, t := range owners {
		for _, f := range t.facts {
			for _, b := range f.amounts {
				if f.Attribute == wish.Attribute && b.comparable(a) && !satisfies(b, op, a) {
					return true
				}
			}
		}
	}
	return false
}

// holds reports whether the bound is true of each of the things. A number of no
// wish must be near what it bounds: anything is under a million.
func (l *line) holds(a amount, op dst.Op, wish *known, owners []*subject, explicit bool) bool {
	if op == "" {
		return l.equals(a, owners)
	}
	any := owners == nil
	if any {
		owners = l.k.g.things
	}
	n := 0
	for _, t := range owners {
		if t.bounded(l, a, op, wish) {
			n++
		} else if wish != nil && agrees(op, wish.Op) && explicit && !slices.ContainsFunc(t.facts, func(f *known) bool { return f.Attribute == wish.Attribute }) && l.k.fits(t) {
			n++ // it was found by this wish
		}
	}
	return n > 0 && (any || n == len(owners))
}

// fits reports whether a thing is offered as one that meets all wishes.
func (k *checker) fits(t *subject) bool {
	relaxed := slices.ContainsFunc(k.r.Steps, func(s Step) bool { return s.Kind != StepOffer && s.Kind != StepMore && s.Kind != StepAsk })
	return !relaxed && slices.ContainsFunc(k.r.Items, func(i Item) bool { return i.Name == t.name })
}

// bounded reports whether a fact of the thing lies within the bound.
func (t *subject) bounded(l *line, a amount, op dst.Op, wish *known) bool {
	for _, f := range t.facts {
		if wish != nil && f.Attribute != wish.Attribute {
			continue
		}
		for _, b := range f.amounts {
			if b.comparable(a) && (wish != nil || nearlyEqual(a, b, 0.2)) && satisfies(b, op, a) {
				l.use(f)
				return true
			}
		}
	}
	return false
}

// satisfies reports whether a fact lies within a bound; "about" allows 5%.
func satisfies(fact amount, op dst.Op, bound amount) bool {
	c := fact.compare(bound)
	switch op {
	case dst.Lt:
		return c < 0
	case dst.Le:
		return c <= 0
	case dst.Gt:
		return c > 0
	case dst.Ge:
		return c >= 0
	case dst.Around:
		return nearlyEqual(fact, bound, 0.05)
	case dst.Ne:
		return c != 0
	}
	return c == 0
}

// nearlyEqual reports whether two amounts are nearly the same.
func nearlyEqual(a, b amount, share float64) bool {
	x, y := a.base, b.base
	if len(a.units) == 0 || len(b.units) == 0 {
		x, y = a.value, b.value
	}
	return x.Sub(y).Abs().LessThanOrEqual(decimal.Max(x.Abs(), y.Abs()).Mul(decimal.NewFromFloat(share)))
}
