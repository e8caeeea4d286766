package text

import "time"

// maxListed bounds the days of a list that wait for the month behind it, and so
// the time that a list takes.
const maxListed = 4

// shareMonth gives a bare day the month of the date that it is listed with:
// "March 3rd or 4th", 12月3、4号, "3rd and 5th of March".
func (r *dateReader) shareMonth(e *dateExpr, before []DateSpan) {
	if n := len(before); n > 0 && before[n-1].To.IsZero() && r.onlyList(before[n-1].Last, e.first) && r.namesMonth(before[n-1]) {
		if at, ok := day(before[n-1].From.Year(), int(before[n-1].From.Month()), e.d); ok && at.After(before[n-1].From) {
			e.at = at
		}
		return
	}
	j := e.last
	for j < len(r.toks) && listWord(r.w(j)) {
		j++
	}
	if j == e.last || j >= len(r.toks) || r.waiting > maxListed {
		return
	}
	r.waiting++
	defer func() { r.waiting-- }()
	if f, ok := r.read(j); ok && f.m != 0 && f.d > e.d && (kindAt(r.toks, f.first) != Word || months[r.w(f.first)] == 0) {
		e.m, e.y = f.m, f.y
	}
}

// onlyList reports whether nothing but the words of a list stand between two
// tokens.
func (r *dateReader) onlyList(i, j int) bool {
	for ; i < j; i++ {
		if !listWord(r.w(i)) {
			return false
		}
	}
	return true
}

func listWord(w string) bool {
	switch w {
	case "or", "and", ",", "the", "/", "&", "或", "者", "和", "与", "跟":
		return true
	}
	return false
}

// namesMonth reports whether the date says its month.
func (r *dateReader) namesMonth(s DateSpan) bool {
	for _, t := range r.toks[s.First:s.Last] {
		if t.Text == "月" || months[t.Text] > 0 {
			return true
		}
	}
	return false
}

// nthOf reads "first monday of march", "the last friday of the month" and
// "second week of december" at token i.
func (r *dateReader) nthOf(i int) (dateExpr, bool) {
	if r.today.IsZero() {
		return dateExpr{}, false
	}
	n, j := -1, i+1
	if r.w(i) != "last" {
		if n, j = r.ordinal(i); j == i || n > 5 {
			return dateExpr{}, false
		}
	}
	wday, week := enWeekdays[r.w(j)], r.w(j) == "week"
	if wday == 0 && !week || r.w(j+1) != "of" {
		return dateExpr{}, false
	}
	first, last, ok := r.monthNamed(j + 2)
	if !ok {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: last, score: 0.9}
	end := first.AddDate(0, 1, -1)
	switch {
	case week && n < 0:
		e.at, e.to = end.AddDate(0, 0, -6), end
	case week:
		e.at = first.AddDate(0, 0, 7*(n-1))
		e.to = e.at.AddDate(0, 0, 6)
	case n < 0:
		e.at = end.AddDate(0, 0, -((isoWeekday(end) - wday + 7) % 7))
	default:
		e.at = first.AddDate(0, 0, (wday-isoWeekday(first)+7)%7+7*(n-1))
	}
	if week {
		e.score = 0.5
	}
	return e, e.at.Month() == first.Month()
}

// monthNamed reads a month by its name, or "the month", "this month", "next
// month", and returns its first day.
func (r *dateReader) monthNamed(i int) (first time.Time, last int, ok bool) {
	if m := months[r.w(i)]; m > 0 {
		e := dateExpr{m: m}
		e.y, last = r.year(i + 1)
		first, _, ok = r.resolve(e, r.today)
		return first, last, ok
	}
	if r.w(i+1) != "month" {
		return first, i, false
	}
	switch r.w(i) {
	case "the", "this":
		return r.month(0), i + 2, true
	case "next":
		return r.month(1), i + 2, true
	}
	return first, i, false
}

// tenth reads 上旬, 中旬 and 下旬, a third of the month that begins at first.
func (r *dateReader) tenth(i int, first time.Time) (from, to time.Time, ok bool) {
	if r.w(i+1) != "旬" {
		return from, to, false
	}
	switch r.w(i) {
	case "上":
		return first, first.AddDate(0, 0, 9), true
	case "中":
		return first.AddDate(0, 0, 10), first.AddDate(0, 0, 19), true
	case "下":
		return first.AddDate(0, 0, 20), first.AddDate(0, 1, -1), true
	}
	return from, to, false
}
