package text

// timeWindow is how many tokens away from a time the part of the day may stand
// that it falls in: "at 7 for four people tomorrow night".
const timeWindow = 10

// surround gives a time up to 12 that says no half of the day the one that its
// surroundings say: "tomorrow night at 7", "dinner at 8", 今天下午,大概3点. The
// nearest word of the sentence counts, not past another time; from is the end
// of the time before.
func (r *timeReader) surround(e *timeExpr, last, from int) {
	if e.half != anyHalf || e.h > 12 {
		return
	}
	if r.joined(e.first) && r.last.To < 0 && r.last.From >= 12*60 && e.h%12*60+e.m+12*60 > r.last.From {
		e.half = pm // 晚上8点或9点
		return
	}
	back, near := r.contextBack(e.first, from)
	ahead, far := r.contextAhead(last)
	if back == anyHalf || ahead != anyHalf && far < near {
		back = ahead
	}
	if back == anyHalf {
		return
	}
	e.half = back
	e.score = max(e.score, 0.8)
}

// joined reports whether the time at token i is listed with the one before it.
func (r *timeReader) joined(i int) bool {
	if r.done == 0 || i == r.done {
		return false
	}
	for j := r.done; j < i; j++ {
		if w := r.w(j); w != "at" && !listWord(w) {
			return false
		}
	}
	return true
}

// listed reads the first hour of "7 or 8 pm".
func (r *timeReader) listed(i int) (TimeSpan, bool) {
	h, last := smallNumber(r.toks, i)
	if last == i || h < 1 || h > 12 || r.w(last) != "or" && r.w(last) != "或" || glued(r.toks, i-1) {
		return TimeSpan{}, false
	}
	f, ok := r.read(last + 1)
	if !ok || f.first != last+1 || f.half == anyHalf || f.half == clock24 || f.h < h && f.h != 1 {
		return TimeSpan{}, false
	}
	e := timeExpr{first: i, last: last, h: h, half: f.half, score: 0.7}
	return TimeSpan{First: i, Last: last, From: r.minutes(e), To: -1, Score: e.score}, true
}

func (r *timeReader) contextBack(i, from int) (half halfDay, distance int) {
	comma := false
	for j := i - 1; j >= from && j >= i-timeWindow; j-- {
		switch r.w(j) {
		case ".", "!", "?", ";":
			return anyHalf, 0
		case ",":
			comma = true
		}
		if h := r.partWord(j, !comma && i-j <= 6); h != anyHalf {
			return h, i - j
		}
	}
	return anyHalf, 0
}

func (r *timeReader) contextAhead(i int) (half halfDay, distance int) {
	comma := false
	for j := i; j < len(r.toks) && j < i+timeWindow; j++ {
		switch r.w(j) {
		case ".", "!", "?", ";", "am", "pm", "o'clock", "点", "noon", "midnight":
			return anyHalf, 0
		case ":":
			if kindAt(r.toks, j+1) == Number {
				return anyHalf, 0
			}
		case ",":
			comma = true
		}
		if h := r.partWord(j, !comma && j-i <= 3); h != anyHalf {
			return h, j - i + 1
		}
	}
	return anyHalf, 0
}

// partWord returns the part of the day that the word at token i names, where
// meals is set also by the meal taken then.
func (r *timeReader) partWord(i int, meals bool) halfDay {
	switch w := r.w(i); w {
	case "morning", "afternoon", "evening":
		if r.w(i-1) != "good" {
			return dayParts[w]
		}
	case "night":
		if r.w(i-1) != "good" && r.w(i-1) != "a" && r.w(i-1) != "per" && r.w(i-1) != "one" {
			return evening
		}
	case "tonight":
		return evening
	case "breakfast", "brunch", "lunch", "dinner", "supper":
		if meals {
			return mealParts[w]
		}
	case "早", "午", "晚":
		if next := r.w(i + 1); meals && (next == "饭" || next == "餐") {
			return mealParts[w]
		}
		if w == "午" {
			return zhDayParts["午"][r.w(i+1)]
		}
		if prev := r.w(i - 1); prev == "今" || prev == "明" || prev == "当" {
			half, _ := r.dayPart(i)
			return half
		}
		return zhDayParts[w][r.w(i+1)]
	case "凌", "清", "上", "中", "正", "下", "傍", "夜", "半", "深":
		return zhDayParts[w][r.w(i+1)]
	}
	return anyHalf
}

var mealParts = map[string]halfDay{
	"breakfast": morning, "brunch": noonish, "lunch": noonish, "dinner": evening, "supper": evening, "早": morning, "午": noonish, "晚": evening,
}

// alone reads a bare hour that is all of a message ("7", "around 7 please",
// "7ish"): a weak time, and an answer to a question only.
func (r *timeReader) alone(i int) (timeExpr, bool) {
	h, last := smallNumber(r.toks, i)
	if last == i || h < 1 || h > 24 || kindAt(r.toks, i) == Han || len(r.toks) > 6 {
		return timeExpr{}, false
	}
	e := timeExpr{first: i, last: last, h: h, score: 0.3}
	for j, t := range r.toks {
		if i <= j && j < last {
			continue
		}
		switch t.Text {
		case "around", "about", "by", "say", "maybe", "like", "ish", "please", "thanks", "then", "or", "so", "make", "it", "let's", "ok", ",", ".", "!", "-", "would", "be", "is", "good", "fine":
		default:
			return e, false
		}
	}
	return e, true
}
