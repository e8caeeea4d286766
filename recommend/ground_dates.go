package recommend

import (
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// harmless are words for days that claim nothing.
var harmless = []string{"today", "now", "tonight", "今天", "现在", "今日", "this week", "day", "may", "sun", "sat", "march", "mon", "second", "this year", "今年", "weekend"}

// checkDates checks that each day is a fact of what it is said of, and that
// days of the week and times of day stand in the request.
func (l *line) checkDates() {
	whole := text.FindDates(l.toks, time.Time{}, false)
	for _, d := range whole {
		start, end := l.toks[d.First].Start, l.toks[d.Last-1].End
		l.cover(start, end)
		bare := l.digitsIn(d.First, d.Last) && !monthOf(l.toks[d.First:d.Last])
		of := l.ownersAt(start, end)
		if before := strings.TrimRight(l.fold(0, start), " *_"); slices.ContainsFunc(versus[:9], func(w string) bool { return strings.HasSuffix(before, " "+w) }) {
			of = nil // of what it is compared with
		}
		if start < l.asks && !l.dayOf(of, func(day time.Time) bool { return sameDay(day, d, bare, strings.Contains(l.raw[start:end], "/")) }) {
			l.fail(ClaimDate, start, end, l.ownersAt(start, end), "no fact has this day")
		}
	}
	for _, d := range text.FindDates(l.toks, l.k.c.cfg.Now(), false) {
		start, end := l.toks[d.First].Start, l.toks[d.Last-1].End
		if l.isCovered(start, end) || start >= l.asks || d.Score < 0.5 && !l.digitsIn(d.First, d.Last) || slices.Contains(harmless, strings.TrimSuffix(l.fold(start, end), "'s")) {
			continue
		}
		if l.digitsIn(d.First, d.Last) && !monthOf(l.toks[d.First:d.Last]) {
			if l.dayOf(l.ownersAt(start, end), func(day time.Time) bool { return day.Day() == d.From.Day() }) {
				l.cover(start, end)
			}
			continue // "the 5th" may be anything
		}
		same := func(day time.Time) bool {
			return day.Month() == d.From.Month() && (day.Day() == d.From.Day() || !d.To.IsZero())
		}
		known := l.k.g.has(l.raw[start:end]) || l.dayOf(l.ownersAt(start, end), same)
		l.cover(start, end)
		if !known {
			l.fail(ClaimDate, start, end, l.ownersAt(start, end), "no fact has this day")
		}
	}
	l.checkTimes()
}

// checkTimes looks for times of day, "9 am", that the request does not have.
func (l *line) checkTimes() {
	for _, x := range text.FindTimes(l.toks, 0) {
		start, end := l.toks[x.First].Start, l.toks[x.Last-1].End
		if l.isCovered(start, end) || start >= l.asks || !l.clockAt(start, end) {
			continue
		}
		l.cover(start, end)
		known := slices.ContainsFunc(l.k.g.clocks(), func(c text.TimeSpan) bool {
			return x.From%720 == c.From%720 || c.To >= 0 && x.From%720 == c.To%720
		})
		if !known {
			l.fail(ClaimDate, start, end, nil, "no fact has this time")
		}
	}
}

// clockAt reports whether words are surely a time of day.
func (l *line) clockAt(start, end int) bool {
	words := l.fold(start, end)
	return strings.ContainsAny(words, "0123456789") && (strings.Contains(words, ":") || strings.Contains(words, "点") || strings.HasSuffix(words, "m") || strings.Contains(words, "o'clock"))
}

// clocks are the times of day in the request.
func (g *grounds) clocks() []text.TimeSpan { return text.FindTimes(text.Tokens(g.allText), 0) }

func (l *line) digitsIn(first, last int) bool {
	return slices.ContainsFunc(l.toks[first:last], func(t text.Token) bool { return t.Kind == text.Number })
}

// monthOf reports whether a date says its month, by name or in numbers.
func monthOf(toks []text.Token) bool {
	words, numbers := 0, 0
	for _, t := range toks {
		switch {
		case t.Kind == text.Number:
			numbers++
		case t.Text == "月" || t.Kind == text.Word && len(t.Text) >= 3 && t.Text != "the":
			words++
		}
	}
	return words > 0 || numbers > 1
}

// dayOf reports whether one of the things, or any where there are none, has
// such a day.
func (l *line) dayOf(owners []*subject, same func(time.Time) bool) bool {
	if owners == nil {
		owners = l.k.g.things
	}
	owners = append(slices.Clone(owners), &subject{facts: l.k.g.shared})
	for _, t := range owners {
		for _, f := range t.facts {
			if slices.ContainsFunc(f.days, same) {
				l.use(f)
				return true
			}
		}
	}
	return false
}

// sameDay reports whether a day is the one that was found, or lies in the
// month or year that was; bare says that no month was said: "on the 15th";
// slashed that day and month may stand in either order.
func sameDay(day time.Time, d text.DateSpan, bare, slashed bool) bool {
	if d.To.IsZero() {
		return day.Equal(d.From) || day.Year() == d.From.Year() && int(day.Month()) == d.From.Day() && day.Day() == int(d.From.Month()) && slashed || bare && day.Day() == d.From.Day()
	}
	return !day.Before(d.From) && !day.After(d.To)
}
