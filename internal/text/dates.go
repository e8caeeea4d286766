package text

import "time"

// A DateSpan is a day, or a span of days, as it stands in a text.
type DateSpan struct {
	First, Last int       // tokens [First, Last)
	From, To    time.Time // midnight UTC; To is zero for a single day
	Score       float64   // in (0, 1]

	// FromAt and ToAt are the tokens [first, last) of the two ends of a range
	// that names both; zero otherwise.
	FromAt, ToAt [2]int
}

// A dateExpr is what a text says of a date before it is resolved.
type dateExpr struct {
	first, last int
	y, m, d     int       // 0 where unsaid
	wday        int       // 1 Monday to 7 Sunday, 0 for none: the next such day,
	near        bool      // which may be today: "this friday"
	at, to      time.Time // resolved already; to is zero for a single day
	score       float64

	fromAt, toAt [2]int // see DateSpan
}

// FindDates returns the dates of a text in order; they never overlap. Relative
// dates and dates without a year count from the day of now in its location; a
// zero now leaves them out. dayFirst reads 3/4 as 3 April instead of March 4.
//
// The conventions: weeks begin on Monday. "next friday" and 下周五 are the
// Friday of the week after this one, 这周五 and "friday this week" that of this
// week even where it is past, "this friday" is the first Friday from today on, a
// bare "friday" or 周五 the first one after today. A weekend is its Saturday. A date without a year is the first on
// or after today, "the 24th" and 24号 likewise. "in november", 下个月 and "next
// week" are spans of days, with a low score. A month later is the same day of
// the month, or its last one.
func FindDates(toks []Token, now time.Time, dayFirst bool) []DateSpan {
	r := dateReader{toks: toks, dayFirst: dayFirst}
	if !now.IsZero() {
		y, m, d := now.Date()
		r.today = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	var out []DateSpan
	for i := 0; i < len(toks); {
		e, ok := r.read(i)
		if !ok {
			i++
			continue
		}
		if e.d != 0 && e.m == 0 && e.at.IsZero() {
			r.shareMonth(&e, out)
		}
		s, ok := r.span(e)
		if i = max(e.last, i+1); ok {
			out = append(out, s)
			i = s.Last
		}
	}
	return out
}

type dateReader struct {
	waiting  int // days that wait for the month of a later one
	toks     []Token
	today    time.Time // zero: unknown
	dayFirst bool
}

func (r *dateReader) w(i int) string { return at(r.toks, i) }

// read reads one date expression at token i.
func (r *dateReader) read(i int) (dateExpr, bool) {
	if t := &r.toks[i]; t.Kind == Symbol || t.Kind != Number && !dateWords[t.Text] {
		if _, ok := enUnit(t.Text); !ok {
			return dateExpr{}, false
		}
	}
	switch r.toks[i].Kind {
	case Han:
		return r.readZh(i)
	case Word:
		return r.readEn(i)
	case Number:
		if e, ok := r.numeric(i); ok {
			return e, true
		}
		if e, ok := r.readZh(i); ok {
			return e, true
		}
		return r.readEn(i)
	}
	return dateExpr{}, false
}

// span resolves an expression together with what belongs to it: a weekday
// beside a date, and the other end of a range.
func (r *dateReader) span(e dateExpr) (DateSpan, bool) {
	from, to, ok := r.resolve(e, r.today)
	if !ok {
		return DateSpan{}, false
	}
	s := DateSpan{First: e.first, Last: e.last, From: from, To: to, Score: e.score, FromAt: e.fromAt, ToAt: e.toAt}
	if f, ok := r.apposed(e); ok {
		if at, to, ok := r.resolve(f, r.today); ok && to.IsZero() && (e.at.IsZero() || at.Equal(from)) {
			if f.wday == 0 {
				s.From = at
			}
			if day := max(e.wday, f.wday); day == 0 || isoWeekday(s.From) == day || e.wday == 0 && isoWeekday(from) == f.wday {
				s.Last, s.Score, e = f.last, 1, f
			} else {
				s.From = from
			}
		}
	}
	if s.To.IsZero() || e.at.IsZero() {
		r.extend(&s, e)
	}
	return s, true
}

// apposed reads the second half of "Friday, November 27th" and 11月27号周五.
func (r *dateReader) apposed(e dateExpr) (dateExpr, bool) {
	weekday := e.wday != 0 || !e.at.IsZero() && e.to.IsZero()
	j := e.last
	for n := 0; n < 2 && (r.w(j) == "," || r.w(j) == "(" || r.w(j) == "the"); n++ {
		j++
	}
	if j >= len(r.toks) || r.toks[j].Kind == Symbol {
		return e, false
	}
	f, ok := r.read(j)
	if !ok || f.first != j && f.first != j-1 || !f.to.IsZero() {
		return e, false
	}
	dated := f.d != 0
	return f, weekday && dated || e.d != 0 && f.wday != 0
}

// extend joins a range: a separator and a second date, or a bare day of the
// month ("Nov 24-26").
func (r *dateReader) extend(s *DateSpan, e dateExpr) {
	j := r.separator(s.Last)
	between := r.w(s.First-1) == "between" || r.w(s.First-1) == "the" && r.w(s.First-2) == "between"
	if between && r.w(s.Last) == "and" && s.Last+1 < len(r.toks) {
		j = s.Last + 1
	}
	if j < 0 {
		return
	}
	if f, ok := r.read(j); ok && (f.first == j || r.w(j) == "the" && f.first == j+1) {
		base := s.From
		if f.y != 0 || !f.at.IsZero() {
			base = r.today
		}
		if at, to, ok := r.resolve(f, base); ok && to.IsZero() && at.After(s.From) {
			s.join(at, f.first, f.last)
		}
		return
	}
	v, last := smallNumber(r.toks, j)
	if e.d == 0 || v <= e.d || v > 31 || last < len(r.toks) && (unitAt(r.toks, last) != nil || r.w(last) == ":") {
		return
	}
	if at, ok := day(s.From.Year(), int(s.From.Month()), v); ok {
		s.join(at, j, last)
	}
}

// join makes a range of s and the day that tokens [first, last) name.
func (s *DateSpan) join(to time.Time, first, last int) {
	s.FromAt, s.ToAt = [2]int{s.First, s.Last}, [2]int{first, last}
	s.To, s.Last = to, last
}

func (r *dateReader) separator(i int) int {
	switch r.w(i) {
	case "-", "~", "至", "到", "to", "until", "till", "through", "thru":
		if r.w(i+1) == "-" {
			i++
		}
		if i+1 < len(r.toks) {
			return i + 1
		}
	}
	return -1
}

// resolve turns an expression into days, counting from base.
func (r *dateReader) resolve(e dateExpr, base time.Time) (from, to time.Time, ok bool) {
	if !e.at.IsZero() {
		return e.at, e.to, true
	}
	if e.y == 0 && base.IsZero() {
		return from, to, false
	}
	switch {
	case e.wday != 0 && e.near:
		return base.AddDate(0, 0, (e.wday-isoWeekday(base)+7)%7), to, true
	case e.wday != 0:
		return base.AddDate(0, 0, (e.wday-isoWeekday(base)+6)%7+1), to, true
	case e.d == 0 && e.m != 0:
		y := e.y
		if y == 0 {
			if y = base.Year(); e.m < int(base.Month()) {
				y++
			}
		}
		from = time.Date(y, time.Month(e.m), 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(0, 1, -1), true
	case e.y != 0:
		from, ok = day(e.y, e.m, e.d)
		return from, to, ok
	case e.m != 0:
		for y := base.Year(); y <= base.Year()+8; y++ {
			if from, ok = day(y, e.m, e.d); ok && !from.Before(base) {
				return from, to, true
			}
		}
		return from, to, false
	}
	for k := range 3 {
		first := time.Date(base.Year(), base.Month()+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
		if from, ok = day(first.Year(), int(first.Month()), e.d); ok && !from.Before(base) {
			return from, to, true
		}
	}
	return from, to, false
}

// day returns a day that exists.
func day(y, m, d int) (time.Time, bool) {
	if y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

// isoWeekday numbers the days of the week from 1, Monday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// inWeek returns the weekday of the week that lies weeks after this one.
func (r *dateReader) inWeek(weeks, wday int) time.Time {
	return r.today.AddDate(0, 0, 7*weeks+wday-isoWeekday(r.today))
}

// week returns the Monday and the Sunday of a week.
func (r *dateReader) week(weeks int) (from, to time.Time) {
	return r.inWeek(weeks, 1), r.inWeek(weeks, 7)
}

// month returns the first day of the month that lies months after this one.
func (r *dateReader) month(months int) time.Time {
	return time.Date(r.today.Year(), r.today.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
}

// later adds months and days to today; a day that the month lacks becomes its
// last one.
func (r *dateReader) later(months, days int) time.Time {
	if months == 0 {
		return r.today.AddDate(0, 0, days)
	}
	first := r.month(months)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(r.today.Day(), last)-1+days)
}
