package text

// A TimeSpan is a time of day, or a span between two, as it stands in a text.
type TimeSpan struct {
	First, Last int // tokens [First, Last)
	From, To    int // minutes since midnight, below 1440; To is -1 for a single time
	Score       float64

	// FromAt and ToAt are the tokens [first, last) of the two ends of a range
	// that names both; zero otherwise.
	FromAt, ToAt [2]int
}

// A halfDay says which half of the day an hour belongs to.
type halfDay uint8

const (
	anyHalf   halfDay = iota // unsaid: 3:30
	clock24                  // said by the hour itself: 15:30, 03:30, noon
	morning                  // am, 上午
	noonish                  // 中午
	pm                       // pm, 下午
	evening                  // 晚上: 12 is midnight
	deepNight                // 半夜: up to 5 it is the early morning
)

// A timeExpr is what a text says of a time before it is resolved.
type timeExpr struct {
	first, last int
	h, m        int
	half        halfDay
	score       float64
}

// FindTimes returns the times of day of a text in order; they never overlap.
// A part of the day or a meal nearby says which half of the day an hour is in
// ("tomorrow night at 7"). An hour up to 12 that nothing marks as morning or
// afternoon is read as said
// (3:30 is 03:30), or, where window is in 1 to 23, as the one of its two
// readings that lies in the twelve hours from that hour on. In a range, the
// half of the day that one end says holds for the other.
func FindTimes(toks []Token, window int) []TimeSpan {
	r := timeReader{toks: toks, window: window}
	var out []TimeSpan
	for i := 0; i < len(toks); {
		if !timeStart(&toks[i]) {
			i++
			continue
		}
		s, ok := r.span(i)
		if !ok {
			i++
			continue
		}
		out = append(out, s)
		i, r.done, r.last = s.Last, s.Last, s
	}
	return out
}

// timeStart is a quick look at a token that a time may begin with.
func timeStart(t *Token) bool {
	switch t.Kind {
	case Number:
		return true
	case Word:
		switch t.Text {
		case "noon", "midday", "midnight", "half", "quarter", "a", "morning", "afternoon", "evening", "night", "tonight":
			return true
		}
		_, ok := enUnit(t.Text)
		return ok
	case Han:
		switch t.Text {
		case "早", "晚", "今", "明", "当", "凌", "清", "上", "中", "正", "下", "午", "傍", "夜", "半", "深", "差", "廿", "十", "拾":
			return true
		}
		_, ok := hanDigit(t.Text)
		return ok
	}
	return false
}

type timeReader struct {
	toks   []Token
	window int
	done   int // the end of the last time found
	last   TimeSpan
}

func (r *timeReader) w(i int) string { return at(r.toks, i) }

// span reads a time or a range at token i.
func (r *timeReader) span(i int) (TimeSpan, bool) {
	if s, ok := r.bareRange(i); ok {
		return s, true
	}
	if s, ok := r.neighbours(i); ok {
		return s, true
	}
	if s, ok := r.listed(i); ok {
		return s, true
	}
	e, ok := r.read(i)
	if !ok {
		if e, ok = r.alone(i); !ok {
			return TimeSpan{}, false
		}
	}
	j, between := r.separator(e.first, e.last)
	var f timeExpr
	if ok = j >= 0; ok {
		if f, ok = r.read(j); !ok || f.first != j {
			f, ok = r.bareHour(j, e)
		}
	}
	if !ok {
		r.surround(&e, e.last, r.done)
		return TimeSpan{First: e.first, Last: e.last, From: r.minutes(e), To: -1, Score: e.score}, true
	}
	if f.half == anyHalf {
		r.surround(&e, f.last, r.done)
	}
	s := TimeSpan{First: e.first}
	s.From, s.To = r.rangeOf(e, f)
	s.Last, s.Score = f.last, max(e.score, f.score)
	s.FromAt, s.ToAt = [2]int{e.first, e.last}, [2]int{f.first, f.last}
	if between {
		s.First--
	}
	return s, s.From != s.To
}

func (r *timeReader) separator(first, i int) (next int, between bool) {
	switch r.w(i) {
	case "-", "~", "至", "到", "to", "until", "till", "through":
		if r.w(i+1) == "-" {
			i++
		}
	case "and":
		if between = r.w(first-1) == "between"; !between {
			return -1, false
		}
	default:
		return -1, false
	}
	if i+1 >= len(r.toks) {
		return -1, false
	}
	return i + 1, between
}

// minutes resolves a single time.
func (r *timeReader) minutes(e timeExpr) int {
	h := e.h % 24
	switch e.half {
	case morning:
		h %= 12
	case noonish:
		if h < 6 {
			h += 12
		}
	case pm:
		if h < 12 {
			h += 12
		}
	case evening:
		if h == 12 {
			h = 0
		} else if h > 4 && h < 12 {
			h += 12
		}
	case deepNight:
		if h == 12 {
			h = 0
		} else if h > 5 && h < 12 {
			h += 12
		}
	case anyHalf:
		if r.window > 0 && r.window < 24 && e.h <= 12 {
			for h %= 12; h < r.window; {
				h += 12
			}
			h %= 24
		}
	}
	if e.half == morning && e.h > 12 {
		h = e.h % 24
	}
	return h*60 + e.m
}

// read reads one time at token i.
func (r *timeReader) read(i int) (timeExpr, bool) {
	switch kindAt(r.toks, i) {
	case Number:
		if e, ok := r.colon(i, i, anyHalf); ok {
			return e, true
		}
		if e, ok := r.hourZh(i, i, anyHalf); ok {
			return e, true
		}
		return r.hourEn(i, i, anyHalf)
	case Han:
		return r.readZh(i)
	case Word:
		return r.readEn(i)
	}
	return timeExpr{}, false
}

// colon reads 15:30 and 3:30 pm at token j, the span beginning at first.
func (r *timeReader) colon(first, j int, half halfDay) (timeExpr, bool) {
	h, ok := plainInt(r.w(j), 2)
	m, ok2 := plainInt(r.w(j+2), 2)
	if !ok || !ok2 || r.w(j+1) != ":" || len(r.w(j+2)) != 2 || h > 24 || m > 59 || !glued(r.toks, j) || !glued(r.toks, j+1) {
		return timeExpr{}, false
	}
	if glued(r.toks, j-1) && (r.toks[j-1].Kind == Word || r.w(j-1) == ":") {
		return timeExpr{}, false
	}
	e := timeExpr{first: first, last: j + 3, h: h, m: m, half: half, score: 0.9}
	if s, ok := plainInt(r.w(j+4), 2); ok && r.w(j+3) == ":" && s < 60 && glued(r.toks, j+2) && glued(r.toks, j+3) {
		e.last = j + 5
	}
	if half != anyHalf {
		e.score = 1
	} else if h > 12 || h == 0 || len(r.w(j)) == 2 && h < 10 {
		e.half, e.score = clock24, 1
	}
	return r.suffix(e), true
}

// suffix reads "pm", "in the evening" and the like behind a time.
func (r *timeReader) suffix(e timeExpr) timeExpr {
	half, last := r.halfEn(e.last)
	if half == anyHalf || e.h > 12 {
		if half != anyHalf {
			e.last = last // "15:30 pm"
		}
		return e
	}
	e.half, e.last, e.score = half, last, 1
	return e
}

// halfEn reads the half of the day behind an hour.
func (r *timeReader) halfEn(i int) (halfDay, int) {
	switch r.w(i) {
	case "am":
		return morning, i + 1
	case "pm":
		return pm, i + 1
	case "a", "p":
		if r.w(i+1) == "." && r.w(i+2) == "m" || r.w(i+1) == "m" {
			last := i + 2
			if r.w(i+1) == "." {
				last++
			}
			if r.w(last) == "." && glued(r.toks, last-1) && last == i+3 {
				last++
			}
			if r.w(i) == "a" {
				return morning, last
			}
			return pm, last
		}
	case "in":
		if r.w(i+1) == "the" && !(kindAt(r.toks, i+3) == Number && r.w(i+4) == ":") {
			if h := dayParts[r.w(i+2)]; h != anyHalf {
				return h, i + 3
			}
		}
	case "at":
		if r.w(i+1) == "night" {
			return evening, i + 2
		}
	case "noon":
		return pm, i + 1
	case "tonight":
		return pm, i
	}
	return anyHalf, i
}

var dayParts = map[string]halfDay{"morning": morning, "afternoon": pm, "evening": pm, "night": evening, "noon": noonish}
