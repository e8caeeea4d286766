package text

import (
	"time"
)

// dayOfMonth reads "on the 5th" behind "next month".
func (r *dateReader) dayOfMonth(i, months int) (at time.Time, last int, ok bool) {
	if r.w(i) == "on" || r.w(i) == "," {
		i++
	}
	if r.w(i) != "the" {
		return at, i, false
	}
	d, last := r.ordinal(i + 1)
	if last == i+1 {
		return at, i, false
	}
	first := r.month(months)
	at, ok = day(first.Year(), int(first.Month()), d)
	return at, last, ok
}

// period reads "3 days", "a week", "a couple of weeks".
func (r *dateReader) period(i int) (months, days, last int) {
	v, j := smallNumber(r.toks, i)
	if j == i {
		if r.w(i) != "a" && r.w(i) != "an" && r.w(i) != "one" {
			return 0, 0, i
		}
		if v, j = 1, i+1; r.w(j) == "couple" {
			if v, j = 2, j+1; r.w(j) == "of" {
				j++
			}
		}
	}
	switch r.w(j) {
	case "day", "days":
		return 0, v, j + 1
	case "week", "weeks":
		return 0, 7 * v, j + 1
	case "fortnight":
		return 0, 14 * v, j + 1
	case "month", "months":
		return v, 0, j + 1
	case "year", "years":
		return 12 * v, 0, j + 1
	}
	return 0, 0, i
}

// inPeriod reads "in 3 days", "in a week's time".
func (r *dateReader) inPeriod(i int) (dateExpr, bool) {
	if r.w(i) != "in" {
		return dateExpr{}, false
	}
	m, d, last := r.period(i + 1)
	if last == i+1 || r.w(last) == "or" {
		return dateExpr{}, false
	}
	return dateExpr{first: i, last: last, at: r.later(m, d), score: 0.8}, true
}

// fromNow reads "3 days from now", "a week from today", "two weeks later", "a
// week from friday", "3 days ago".
func (r *dateReader) fromNow(i int) (dateExpr, bool) {
	m, d, last := r.period(i)
	if last == i {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: last + 1, at: r.later(m, d), score: 0.9}
	if w := r.w(i - 1); (r.w(last) == "from" || r.w(last) == "after" || r.w(last) == "on") && (w == "for" || r.w(i) == "a" && enNamedDays[r.w(last+1)] != 0) {
		return e, false // "for 2 days from monday", "a day after tomorrow"
	}
	switch r.w(last) {
	case "later", "hence":
		return e, true
	case "ago":
		if e.at, e.score = r.later(-m, -d), 0.6; m >= 12 {
			e.score = 0.3 // "songs from five years ago": no day is meant
		}
		return e, true
	case "from", "after", "on":
		switch w := r.w(last + 1); {
		case r.w(last) == "on" && enWeekdays[w] == 0:
			return e, false
		case w == "now" || w == "today":
			e.last = last + 2
			return e, true
		case w == "tomorrow":
			e.last, e.at = last+2, e.at.AddDate(0, 0, 1)
			return e, true
		case enWeekdays[w] > 0 && m == 0:
			next, _, _ := r.resolve(dateExpr{wday: enWeekdays[w]}, r.today)
			e.last, e.at = last+2, next.AddDate(0, 0, d)
			return e, true
		}
	}
	return e, false
}

// endOf reads "end of the month", "end of this month", "end of next month",
// "end of year".
func (r *dateReader) endOf(i int) (dateExpr, bool) {
	j, next := i+2, 0
	switch r.w(j) {
	case "next":
		j, next = j+1, 1
	case "the", "this":
		j++
	}
	if r.w(i+1) != "of" {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: j + 1, score: 0.6}
	switch r.w(j) {
	case "month":
		e.at = r.month(next+1).AddDate(0, 0, -1)
	case "year":
		e.at, _ = day(r.today.Year()+next, 12, 31)
	case "week":
		_, e.at = r.week(next)
	}
	return e, !e.at.IsZero()
}
