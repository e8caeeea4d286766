package recommend

import (
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// checkOrder checks that what is said to be the cheapest, or cheaper than
// another, is so among the things of the request.
func (l *line) checkOrder() {
	for _, sv := range l.k.c.services {
		if sv.measured == nil {
			continue
		}
		toks := rated(l.toks, sv)
		words := sv.measured.Find(toks)
		for _, m := range scaleLexicon.Find(toks) {
			start, end := toks[m.First].Start, toks[m.Last-1].End
			t := scaleTerms[m.ID]
			degree := t.degree
			if degree == plain && l.than(end, m.Last) {
				degree = comparative
			}
			x := l.measuredBy(sv, words, m, toks)
			if x == nil || l.amountOnly(toks, words, m) || m.First > 0 && toks[m.First-1].Text == "at" || degree != comparative && degree != superlative || l.isCovered(start, end) || start >= l.asks || l.bounding(m.Last) || l.sorting(start) {
				continue
			}
			more := t.more
			if scales[t.scale].measure == "" && x.measure == string(text.Currency) && judges(toks[m.First:m.Last]) {
				more = !more
			}
			l.cover(start, end)
			l.checkGauge(gauge{slot: x, more: more, degree: degree}, start, end)
		}
	}
}

// amountOnly reports whether a bare "most" or "less" stands without the word
// of a slot behind it: "what matters most".
func (l *line) amountOnly(toks []text.Token, words []text.Match, m text.Match) bool {
	if m.Last-m.First > 1 || !slices.Contains([]string{"most", "least", "more", "less", "fewer", "fewest"}, toks[m.First].Text) {
		return false
	}
	return !slices.ContainsFunc(words, func(w text.Match) bool { return w.First >= m.Last && w.First <= m.Last+1 })
}

// rated reads "rated", and the like, as the word for the slot that holds
// ratings.
func rated(toks []text.Token, sv *service) []text.Token {
	i := slices.IndexFunc(sv.slots, func(x *slot) bool {
		n, ok := x.Type.(*dst.Number)
		return x.ordered && ok && n.Unit == "分"
	})
	if i < 0 {
		return toks
	}
	toks = slices.Clone(toks)
	for j, t := range toks {
		if t.Text == "top" && (wordAt(toks, j+1) == "rated" || wordAt(toks, j+1) == "-" && wordAt(toks, j+2) == "rated") {
			toks[j].Text = "best"
		}
		if slices.Contains([]string{"rated", "ratings", "reviewed", "scored", "score", "reviews"}, t.Text) {
			toks[j].Text = text.Fold(sv.slots[i].Name)
		}
	}
	return toks
}

func wordAt(toks []text.Token, i int) string {
	if i >= len(toks) {
		return ""
	}
	return toks[i].Text
}

// measuredBy is the slot that a word of a scale speaks of.
func (l *line) measuredBy(sv *service, words []text.Match, m text.Match, toks []text.Token) *slot {
	s := scales[scaleTerms[m.ID].scale]
	x := sv.closest(words, m, s.measure, toks)
	if x == nil && s.measure != "" {
		if i := slices.IndexFunc(sv.slots, func(x *slot) bool { return x.ordered && x.measure == s.measure }); i >= 0 {
			x = sv.slots[i]
		}
	}
	return x
}

// than reports whether a plain word compares: 比A便宜, 便宜500元.
func (l *line) than(end, next int) bool {
	start, _ := l.clause(end)
	if strings.Contains(l.fold(start, end), "比") {
		return true
	}
	return next < len(l.toks) && slices.ContainsFunc(l.amounts, func(a amount) bool { return a.start >= end && a.start-end < 4 && l.apart(a) })
}

// bounding reports whether a word only bounds a number: "more than 3,000".
func (l *line) bounding(next int) bool {
	if next >= len(l.toks) || l.toks[next].Text != "than" {
		return false
	}
	from := l.toks[next].End
	return slices.ContainsFunc(l.amounts, func(a amount) bool { return a.start >= from && a.start-from < 6 })
}

// notSo is why a comparison fails.
const notSo = "it does not follow from the facts"

// checkGauge checks one comparison.
func (l *line) checkGauge(g gauge, start, end int) {
	subjects, objects := l.compared(start, end)
	if len(subjects) == 0 {
		subjects = l.ownersAt(start, end)
	}
	if len(subjects) > 1 && len(objects) == 0 && g.degree == comparative && len(subjects) == len(l.k.g.things) {
		return // said of none in particular
	}
	if is, ok := l.overWish(start, end, subjects, g); is {
		l.failUnless(ok, ClaimOrder, start, end, subjects, notSo)
		return
	}
	denied := l.deniedNear(start, 4)
	if len(objects) > 0 && l.noneBefore(start) {
		subjects, objects, denied = objects, nil, false
		g.degree = superlative
	}
	noBetter := slices.ContainsFunc(l.k.r.Steps, func(s Step) bool { return s.Kind == StepNoBetter })
	if noBetter && containsAny(l.fold(0, start), nays) || denied && len(subjects) == 0 {
		return
	}
	if subjects == nil && len(l.k.g.things) == 0 || l.k.ordered(g) && len(objects) == 0 && l.k.leads(subjects) || g.degree == superlative && l.k.widened(subjects, g.slot) {
		return
	}
	ok := subjects == nil
	for _, t := range subjects {
		others := objects
		if len(others) == 0 {
			others = slices.DeleteFunc(slices.Clone(l.k.g.things), func(u *subject) bool { return slices.Contains(subjects, u) || u.measure(g.slot) == nil })
		}
		if ok = t.beats(others, g) != denied && len(others) > 0 && t.measure(g.slot) != nil; !ok {
			break
		}
	}
	l.useMeasure(subjects, g.slot)
	l.failUnless(ok, ClaimOrder, start, end, subjects, notSo)
}

// useMeasure notes the fact that a comparison of one thing tells.
func (l *line) useMeasure(subjects []*subject, x *slot) {
	if len(subjects) == 1 {
		if f := subjects[0].measure(x); f != nil {
			l.use(f)
		}
	}
}

// compared are the things of which a comparison is said, and those they are
// compared with, where the words say so.
func (l *line) compared(start, end int) (subjects, objects []*subject) {
	from := strings.LastIndexAny(l.raw[:start], ",;，；。!?！？") + 1
	if i := strings.LastIndex(l.raw[from:start], "比"); i >= 0 {
		for _, r := range l.refs {
			switch {
			case r.end <= from+i:
				subjects = r.things
			case r.start > from+i && r.end <= start:
				objects = r.things
			}
		}
		if subjects == nil && len(objects) > 0 {
			subjects = l.k.focus
		}
		return subjects, objects
	}
	last, next := l.neighbours(start, end)
	if next == nil && last != nil && last.end <= from {
		if subjects := l.comparedWith(*last); subjects != nil {
			return subjects, last.things
		}
	}
	if next == nil {
		return subjects, nil
	}
	between := l.fold(end, next.start)
	if l.belongs(between, last == nil) {
		return next.things, nil
	}
	switch {
	case strings.Contains(between, "than") || strings.Contains(between, "compared"):
		objects = next.things
		if last != nil {
			subjects = slices.DeleteFunc(slices.Clone(last.things), func(t *subject) bool { return slices.Contains(objects, t) })
		}
	case len(between) < 40 && !strings.ContainsAny(between, ",;，；。") && (strings.Contains(between, " is") || strings.Contains(between, "是") || strings.Contains(between, ":") || strings.Contains(between, "one is")):
		subjects = next.things
	}
	return subjects, objects
}

// measure is the first fact of a thing under a slot.
func (t *subject) measure(x *slot) *known {
	i := slices.IndexFunc(t.facts, func(f *known) bool { return f.path == x.path && len(f.amounts)+len(f.days) > 0 })
	if i < 0 {
		return nil
	}
	return t.facts[i]
}

// beats reports whether a thing has more, or less, of a slot than each of the
// others; as much is enough to be the cheapest, and not to be cheaper.
func (t *subject) beats(others []*subject, g gauge) bool {
	a := t.measure(g.slot)
	if a == nil {
		return false
	}
	for _, o := range others {
		b := o.measure(g.slot)
		if o == t || b == nil {
			continue
		}
		c := a.compare(b)
		if !g.more {
			c = -c
		}
		if c < 0 || c == 0 && g.degree == comparative {
			return false
		}
	}
	return true
}

// compare orders two facts of one slot.
func (k *known) compare(o *known) int {
	if len(k.days) > 0 && len(o.days) > 0 {
		return k.days[0].Truncate(24 * time.Hour).Compare(o.days[0].Truncate(24 * time.Hour))
	}
	if len(k.amounts) > 0 && len(o.amounts) > 0 {
		return k.amounts[0].compare(o.amounts[0])
	}
	return 0
}

// ordered reports whether things were ranked by a slot on the user's request,
// so that the first one has most or least of it of all there are.
func (k *checker) ordered(g gauge) bool {
	return slices.ContainsFunc(k.r.Acts, func(a dst.Act) bool {
		return a.Kind == dst.Offer && a.Slot == g.slot.full && (a.Op == dst.Le) == g.more && (a.Op == dst.Le || a.Op == dst.Ge)
	})
}

// widened reports whether the things have the nearest value that there is to
// what was wished: nothing comes closer.
func (k *checker) widened(subjects []*subject, x *slot) bool {
	return len(subjects) == 1 && slices.ContainsFunc(k.r.Steps, func(s Step) bool {
		return s.Kind == StepRelax && slices.ContainsFunc(s.Bounds, func(b Fact) bool {
			f := subjects[0].measure(x)
			return f != nil && f.Attribute == b.Attribute && f.Value == b.Value
		})
	})
}

// leads reports whether the things are the first of those offered.
func (k *checker) leads(subjects []*subject) bool {
	return len(k.r.Items) > 0 && len(subjects) == 1 && subjects[0].name == k.r.Items[0].Name
}
