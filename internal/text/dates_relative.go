package text

import "time"

// weekend returns the Saturday of the weekend of a week. On a Sunday the
// weekend of this week is the day before.
func (r *dateReader) weekend(weeks int) time.Time { return r.inWeek(weeks, 6) }

// ordinal reads "24th", "twenty-fourth" or "24" followed by a suffix.
func (r *dateReader) ordinal(i int) (d, last int) {
	if kindAt(r.toks, i) == Number {
		v, ok := plainInt(r.w(i), 2)
		if ok && glued(r.toks, i) && ordinalSuffix[r.w(i+1)] {
			return v, i + 2
		}
		return 0, i
	}
	if d := enOrdinals[r.w(i)]; d > 0 {
		return d, i + 1
	}
	if t, _ := enUnit(r.w(i)); t == 20 || t == 30 {
		j := i + 1
		if r.w(j) == "-" {
			j++
		}
		if u := enOrdinals[r.w(j)]; u > 0 && u < 10 {
			return int(t) + u, j + 1
		}
	}
	return 0, i
}

// weekday reads "friday", "friday next week". The short forms that are words
// themselves need a preposition or a date beside them.
func (r *dateReader) weekday(i, d int) (dateExpr, bool) {
	e := dateExpr{first: i, last: i + 1, wday: d, score: 0.95}
	switch r.w(i) {
	case "sat", "sun", "wed", "mon":
		switch r.w(i - 1) {
		case "on", "this", "next", "by", "until", "till", "to", "for", "or", "and", "-", "coming":
		case "":
			if len(r.toks) > 1 && months[r.w(i+1)] == 0 && !r.listed(i+1) {
				return e, false
			}
		default:
			if months[r.w(i+1)] == 0 && !r.listed(i+1) {
				return e, false
			}
		}
	}
	if r.today.IsZero() {
		return e, true
	}
	j := i + 1
	if r.w(j) == "," || r.w(j) == "of" {
		j++
	}
	if r.w(j+1) == "week" {
		switch r.w(j) {
		case "next":
			e.at, e.wday, e.last = r.inWeek(1, d), 0, j+2
		case "this":
			e.at, e.wday, e.last = r.inWeek(0, d), 0, j+2
		}
	}
	return e, true
}

// listed reports whether another weekday follows: "sat or sun", "mon-fri".
func (r *dateReader) listed(i int) bool {
	switch r.w(i) {
	case "or", "and", "-", "to", "/", ",":
		return enWeekdays[r.w(i+1)] > 0
	}
	return false
}

// determined reads "this friday", "next week", "next weekend", "next month",
// "this evening".
func (r *dateReader) determined(i int) (dateExpr, bool) {
	j, weeks, coming := i+1, 0, false
	switch r.w(i) {
	case "next":
		weeks = 1
	case "last":
		weeks = -1
	case "coming", "following":
		coming = true
	case "this":
		if r.w(j) == "coming" || r.w(j) == "upcoming" {
			j, coming = j+1, true
		}
	}
	e := dateExpr{first: i, last: j + 1, score: 1}
	if d := enWeekdays[r.w(j)]; d > 0 {
		if coming || r.w(i) == "this" { // the first one after today, or on it
			e.wday, e.near = d, !coming
		} else {
			e.at = r.inWeek(weeks, d)
		}
		return e, true
	}
	if m := months[r.w(j)]; m > 0 {
		e, ok := r.monthFirst(j, m)
		if e.d == 0 {
			e.first = i
		}
		return e, ok
	}
	return r.determinedSpan(e, j, weeks)
}

// determinedSpan reads the "weekend", "week" or "month" at j that lies weeks or
// months from now.
func (r *dateReader) determinedSpan(e dateExpr, j, weeks int) (dateExpr, bool) {
	switch r.w(j) {
	case "weekend":
		e.at = r.weekend(weeks)
	case "week":
		if r.w(j+1) == "end" && r.w(j+2) != "of" {
			e.at, e.last = r.weekend(weeks), j+2
			return e, true
		}
		k := j + 1
		if r.w(k) == "on" || r.w(k) == "," {
			k++
		}
		if d := enWeekdays[r.w(k)]; d > 0 && (k == j+1 || r.w(e.first) != "this") {
			e.at, e.last = r.inWeek(weeks, d), k+1
			return e, true
		}
		e.score = 0.5
		e.at, e.to = r.week(weeks)
	case "month":
		if at, last, ok := r.dayOfMonth(j+1, weeks); ok {
			e.at, e.last = at, last
			return e, true
		}
		e.score = 0.5
		e.at = r.month(weeks)
		e.to = e.at.AddDate(0, 1, -1)
	case "morning", "afternoon", "evening":
		if e.at, e.score = r.today, 0.6; weeks != 0 {
			return e, false
		}
	default:
		return e, false
	}
	return e, true
}

// enNamedDays are the words for the days around today.
var enNamedDays = map[string]int{"tomorrow": 1, "tmr": 1, "tmrw": 1, "tmw": 1, "tomrrow": 1, "tomorrow's": 1, "tomorrrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "yesterday": -1}

// enNamed reads "today", "later today", "tomorrow".
func (r *dateReader) enNamed(i int) (dateExpr, bool) {
	e := dateExpr{first: i, last: i + 1, at: r.today, score: 1}
	switch r.w(i) {
	case "today", "today's":
		if r.farewell(i) {
			e.score = 0.3
		}
	case "tonight", "tonight's":
		e.score = 0.8
	case "later":
		if e.last = i + 2; r.w(i+1) != "today" {
			return e, false
		}
	default:
		e.at = r.today.AddDate(0, 0, enNamedDays[r.w(i)])
	}
	return e, true
}

// farewell reports whether the "today" at i is mere courtesy: "thanks for your
// help today", "that will be all for today", "how are you today".
func (r *dateReader) farewell(i int) bool {
	if w := r.w(i + 1); w != "" && w != "." && w != "!" && w != "," && w != "?" && w != "thanks" && w != "thank" {
		return false
	}
	for j := i - 1; j >= 0 && j >= i-7; j-- {
		switch r.w(j) {
		case "thank", "thanks", "all", "everything", "help", "helping", "doing", "it", "are":
			return true
		case ".", "!", "?", ",", "on", "book", "reserve", "leave", "leaving":
			return false
		}
	}
	return false
}

// aroundNamed reads "day after tomorrow" and "day before yesterday".
func (r *dateReader) aroundNamed(i int) (dateExpr, bool) {
	e := dateExpr{first: i, last: i + 3, score: 1}
	if i+2 >= len(r.toks) {
		return e, false
	}
	days := enNamedDays[r.w(i+2)]
	if days == 0 {
		return e, false
	}
	switch r.w(i + 1) {
	case "after":
		e.at = r.today.AddDate(0, 0, days+1)
	case "before":
		e.at = r.today.AddDate(0, 0, days-1)
	default:
		return e, false
	}
	return e, true
}
