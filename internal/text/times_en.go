package text

// readEn reads an English time that begins with a word.
func (r *timeReader) readEn(i int) (timeExpr, bool) {
	switch w := r.w(i); w {
	case "noon", "midday":
		return timeExpr{first: i, last: i + 1, h: 12, half: clock24, score: 0.95}, true
	case "midnight":
		return timeExpr{first: i, last: i + 1, half: clock24, score: 0.95}, true
	case "half", "quarter", "a":
		return r.pastTo(i)
	case "morning", "afternoon", "evening", "night":
		return r.prefixed(i, dayParts[w])
	case "tonight":
		return r.prefixed(i, evening)
	}
	if _, ok := enUnit(r.w(i)); !ok {
		return timeExpr{}, false
	}
	return r.hourEn(i, i, anyHalf)
}

// prefixed reads "afternoon 3:30" and, leaving the words before out of the
// span, "evening at 7".
func (r *timeReader) prefixed(i int, half halfDay) (timeExpr, bool) {
	j, first := i+1, i
	if r.w(i) == "tonight" {
		first = j // that is the day
	}
	if w := r.w(j); w == "at" || w == "around" || w == "by" || w == "," {
		j++
		first = j
	}
	if e, ok := r.colon(first, j, half); ok && e.h <= 12 {
		return e, true
	}
	e, ok := r.hourEn(first, j, half)
	return e, ok && e.half != anyHalf
}

// hourEn reads an hour in digits or words at token j: "3 pm", "six thirty",
// "6 o'clock", "ten past three", "at 6". The half of the day may be known.
func (r *timeReader) hourEn(first, j int, half halfDay) (timeExpr, bool) {
	if e, ok := r.pastTo(j); ok {
		if half != anyHalf && e.half == anyHalf {
			e.half = half
		}
		return e, true
	}
	if e, ok := r.pointed(first, j); ok {
		return e, true
	}
	h, last := smallNumber(r.toks, j)
	if last == j || h > 24 || glued(r.toks, j-1) && (r.toks[j-1].Kind == Word || r.w(j-1) == "." || r.w(j-1) == ":" || r.w(j-1) == "$" || r.w(j-1) == "-" && kindAt(r.toks, j-2) == Word && r.w(j-2) != "am" && r.w(j-2) != "pm") {
		return timeExpr{}, false
	}
	e := timeExpr{first: first, last: last, h: h, half: half, score: 0.9}
	if kindAt(r.toks, j) == Word && half == anyHalf && h >= 1 && h <= 12 {
		r.wordMinutes(&e)
	}
	behind := r.oclock(e.last)
	oclock := behind > e.last
	e.last = behind
	if s := r.suffix(e); s.half != e.half {
		if h == 0 || h > 12 {
			return e, false
		}
		return s, true
	}
	switch {
	case half != anyHalf && h >= 1 && h <= 12 && unitAt(r.toks, e.last) == nil:
		e.score = 1
	case oclock && h >= 1:
	case e.m > 0 && unitAt(r.toks, e.last) == nil:
	default:
		return r.atHour(e)
	}
	return e, true
}

// wordMinutes reads the minutes of "six thirty" and "seven-thirty".
func (r *timeReader) wordMinutes(e *timeExpr) {
	i := e.last
	if r.w(i) == "-" && glued(r.toks, i) && glued(r.toks, i-1) {
		i++
	}
	if m, last := smallNumber(r.toks, i); last > i && m >= 10 && m < 60 && kindAt(r.toks, i) == Word {
		e.m, e.last, e.score = m, last, 0.7
	}
}

// pointed reads 3.30pm and the military "1530 hours".
func (r *timeReader) pointed(first, j int) (timeExpr, bool) {
	s := r.w(j)
	if kindAt(r.toks, j) != Number || len(s) != 4 && len(s) != 5 {
		return timeExpr{}, false
	}
	n := len(s)
	h, ok := plainInt(s[:n-2], 2)
	point := s[n-3] == '.'
	if point {
		h, ok = plainInt(s[:n-3], 2)
	}
	m, ok2 := plainInt(s[n-2:], 2)
	if !ok || !ok2 || h > 24 || m > 59 {
		return timeExpr{}, false
	}
	e := timeExpr{first: first, last: j + 1, h: h, m: m, half: clock24, score: 0.9}
	if !point {
		w := r.w(j + 1)
		e.last++
		return e, n == 4 && (w == "hours" || w == "hrs") && (s[0] == '0' || m%5 == 0)
	}
	half, last := r.halfEn(j + 1)
	if half == anyHalf || h < 1 || h > 12 || last == j+1 {
		return timeExpr{}, false
	}
	e.half, e.last, e.score = half, last, 1
	return e, true
}

// atHour accepts a bare hour behind "at" and the like, with a low score.
func (r *timeReader) atHour(e timeExpr) (timeExpr, bool) {
	if r.w(e.last) == "ish" && glued(r.toks, e.last-1) && e.h >= 1 {
		e.score = 0.5
		return e, true
	}
	if e.h < 1 || e.h > 24 || unitAt(r.toks, e.last) != nil || kindAt(r.toks, e.last) == Word && !timeFollower(r.w(e.last)) ||
		kindAt(r.toks, e.last) == Han || glued(r.toks, e.last-1) && kindAt(r.toks, e.last) == Symbol && r.w(e.last) != "." && r.w(e.last) != "," && r.w(e.last) != "?" && r.w(e.last) != "!" {
		return e, false
	}
	switch prev := r.w(e.first - 1); {
	case prev == "or" && r.joined(e.first):
		e.score = 0.5
	case prev == "at":
		e.score = 0.5
	case (prev == "around" || prev == "about" || prev == "by") && r.w(e.first-2) == "at":
		e.score = 0.5
	default:
		return e, false
	}
	return e, true
}

// timeFollower reports whether a word may stand behind a bare hour.
func timeFollower(w string) bool {
	switch w {
	case "on", "for", "please", "and", "or", "to", "tomorrow", "today", "tonight", "this", "next", "with", "if", "is", "works", "would",
		"sharp", "at", "thanks", "then", "instead", "in", "until", "till", "but", "i", "the", "from", "so", "if's", "should", "will", "monday",
		"tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// pastTo reads "half past six", "a quarter to nine", "twenty minutes past 5".
func (r *timeReader) pastTo(i int) (timeExpr, bool) {
	j, m := i, 0
	if r.w(j) == "a" && r.w(j+1) == "quarter" {
		i, j = i+1, j+1
	}
	switch r.w(j) {
	case "half":
		if e, ok := r.halfHour(j); ok {
			return e, true
		}
		j, m = j+1, 30
	case "quarter":
		j, m = j+1, 15
	default:
		var ok bool
		if m, j, ok = r.minutesEn(j); !ok {
			return timeExpr{}, false
		}
	}
	before := false
	switch r.w(j) {
	case "past", "after":
		if r.w(j) == "after" && m == 30 {
			return timeExpr{}, false
		}
	case "to", "till":
		before = true
	default:
		return timeExpr{}, false
	}
	h, last := r.hourOrNoon(j + 1)
	if last == j+1 || h < 1 || h > 24 || h > 12 && r.w(j+1) != "midnight" {
		return timeExpr{}, false
	}
	return r.finishPast(timeExpr{first: i, last: last, h: h, m: m, score: 0.9}, before)
}

// hourOrNoon reads the hour of "past six", "to noon", "to midnight".
func (r *timeReader) hourOrNoon(i int) (h, last int) {
	switch r.w(i) {
	case "noon", "midday":
		return 12, i + 1
	case "midnight":
		return 24, i + 1
	}
	return smallNumber(r.toks, i)
}

// minutesEn reads the minutes before "past" and "to".
func (r *timeReader) minutesEn(i int) (m, last int, ok bool) {
	m, last = smallNumber(r.toks, i)
	if last == i || m < 1 || m > 29 {
		return 0, i, false
	}
	switch r.w(last) {
	case "minutes", "mins", "min":
		return m, last + 1, true
	case "to", "of":
		return m, last, m%5 == 0 // not "2 to 3"
	}
	return m, last, true
}

// halfHour reads the British "half seven", 7:30.
func (r *timeReader) halfHour(i int) (timeExpr, bool) {
	h, last := smallNumber(r.toks, i+1)
	if last == i+1 || h < 1 || h > 12 || r.w(i-1) == "and" || unitAt(r.toks, last) != nil || kindAt(r.toks, last) == Number ||
		kindAt(r.toks, last) == Word && !timeFollower(r.w(last)) {
		return timeExpr{}, false
	}
	return r.suffix(timeExpr{first: i, last: last, h: h, m: 30, score: 0.7}), true
}

// finishPast resolves the minutes of "to" and reads what follows. A mere "5 to
// 6" is a range of numbers unless something says that it is a time.
func (r *timeReader) finishPast(e timeExpr, before bool) (timeExpr, bool) {
	h, bare := e.h, e.last
	e.last = r.oclock(e.last)
	oclock := e.last > bare
	e = r.suffix(e)
	if r.w(e.first) != "half" && r.w(e.first) != "quarter" && r.w(e.first) != "a" && before && !oclock {
		named := false
		for _, t := range r.toks[e.first:e.last] {
			named = named || t.Text == "minutes" || t.Text == "mins" || t.Text == "min"
		}
		falls := kindAt(r.toks, e.first) == Word && e.m > h // "twenty to five": no range goes down
		if !named && e.half == anyHalf && r.w(e.first-1) != "at" && !falls {
			return e, false
		}
		if !named && kindAt(r.toks, e.first) == Number && e.m <= 12 {
			return e, false // "5 to 6 pm" is a range
		}
	}
	if h == 24 || r.w(e.last-1) == "noon" || r.w(e.last-1) == "midday" {
		e.half = clock24
	}
	if before { // the half of the day is that of the time itself: a quarter to 12 in the morning is 11:45
		if e.h, e.m = e.h-1, 60-e.m; e.h == 0 {
			e.h = 12
		}
	}
	return e, true
}

// oclock returns the token behind "o'clock" in its spellings, or i.
func (r *timeReader) oclock(i int) int {
	switch w := r.w(i); {
	case w == "o'clock" || w == "oclock":
		return i + 1
	case w == "o" && r.w(i+1) == "clock":
		return i + 2
	case w == "o" && (r.w(i+1) == "\"" || r.w(i+1) == "'") && r.w(i+2) == "clock":
		return i + 3
	}
	return i
}
