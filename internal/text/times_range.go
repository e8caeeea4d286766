package text

// bareHour reads the upper end of "3pm to 5" and 下午3点到5.
func (r *timeReader) bareHour(j int, e timeExpr) (timeExpr, bool) {
	h, last := smallNumber(r.toks, j)
	if last == j || h < 1 || h > 24 || unitAt(r.toks, last) != nil || e.score < 0.9 || kindAt(r.toks, last) == Word && !timeFollower(r.w(last)) {
		return e, false
	}
	return timeExpr{first: j, last: last, h: h, score: e.score}, true
}

// bareRange reads "3-5pm", "between 3 and 5 pm" and 9-11点, whose lower end is
// a mere number.
func (r *timeReader) bareRange(i int) (TimeSpan, bool) {
	k := i
	half := anyHalf
	if r.toks[i].Kind == Han {
		if d, last := r.dayPart(i); d != anyHalf {
			k, half = last, d
		}
	}
	h, last := smallNumber(r.toks, k)
	if last == k || h > 24 || glued(r.toks, k-1) && (r.toks[k-1].Kind == Word || r.w(k-1) == ":" || r.w(k-1) == "-" || r.w(k-1) == "$") {
		return TimeSpan{}, false
	}
	j, between := r.separator(k, last)
	if j < 0 {
		return TimeSpan{}, false
	}
	f, ok := r.read(j)
	if !ok || f.first != j || f.score < 0.8 {
		return TimeSpan{}, false
	}
	if kindAt(r.toks, f.last-1) == Number && f.half != clock24 && f.half != pm {
		return TimeSpan{}, false // "2 to 3:30" is too rare to trust
	}
	e := timeExpr{first: i, h: h, half: half}
	s := TimeSpan{First: i, Last: f.last, Score: f.score, FromAt: [2]int{i, last}, ToAt: [2]int{f.first, f.last}}
	if between {
		s.First--
	}
	s.From, s.To = r.rangeOf(e, f)
	return s, s.From != s.To
}

// neighbours reads 七八点 and 晚上八九点.
func (r *timeReader) neighbours(i int) (TimeSpan, bool) {
	if r.toks[i].Kind != Han {
		return TimeSpan{}, false
	}
	half, k := r.dayPart(i)
	if half == anyHalf {
		k = i
	}
	a, ok := hanDigit(r.w(k))
	b, ok2 := hanDigit(r.w(k + 1))
	if !ok || !ok2 || a == 0 || b != a+1 || r.w(k+2) != "点" || !r.pointIsTime(k, k+2) {
		return TimeSpan{}, false
	}
	e := timeExpr{first: i, last: k + 3, h: int(a), half: half, score: 0.8}
	f := e
	f.h = int(b)
	if r.surround(&e, e.last, r.done); e.half != half {
		f.half = e.half
	}
	s := TimeSpan{First: i, Last: e.last, Score: e.score}
	s.From, s.To = r.rangeOf(e, f)
	return s, s.From != s.To
}

// rangeOf resolves both ends of a range: the end that does not say its half of
// the day takes the first reading after, or the last one before, the other.
func (r *timeReader) rangeOf(e, f timeExpr) (from, to int) {
	from, to = r.minutes(e), r.minutes(f)
	const halfDayMinutes = 12 * 60
	switch {
	case e.half == clock24 && e.h > 12:
		// the other end is a 24-hour time too: 22:00 to 2:00
	case e.half != anyHalf && f.half == anyHalf && f.h <= 12:
		to = f.h%12*60 + f.m
		for to <= from && to < halfDayMinutes {
			to += halfDayMinutes
		}
	case e.half == anyHalf && f.half != anyHalf && e.h <= 12:
		from = e.h%12*60 + e.m
		if from+halfDayMinutes < to {
			from += halfDayMinutes
		}
	case e.half == anyHalf && f.half == anyHalf && e.h <= 12 && f.h <= 12 && to <= from && to+halfDayMinutes > from:
		if to += halfDayMinutes; to >= 24*60 {
			to -= 24 * 60
		}
	}
	return from, to
}
