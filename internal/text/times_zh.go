package text

// zhDayParts are the parts of the day in two characters.
var zhDayParts = map[string]map[string]halfDay{
	"凌": {"晨": morning}, "清": {"晨": morning}, "早": {"上": morning, "晨": morning, "间": morning}, "上": {"午": morning},
	"中": {"午": noonish}, "正": {"午": noonish}, "下": {"午": pm}, "午": {"后": pm, "夜": deepNight}, "傍": {"晚": pm},
	"晚": {"上": evening, "间": evening}, "夜": {"里": deepNight, "晚": deepNight, "间": deepNight}, "半": {"夜": deepNight}, "深": {"夜": deepNight},
}

// dayPart reads 下午, 晚上, 今晚 at token i: the half of the day it says and the
// token behind it.
func (r *timeReader) dayPart(i int) (halfDay, int) {
	w, next := r.w(i), r.w(i+1)
	if half := zhDayParts[w][next]; half != anyHalf {
		return half, i + 2
	}
	switch w {
	case "早":
		return morning, i + 1
	case "晚":
		return evening, i + 1
	case "今", "明", "当":
		if next == "晚" || next == "早" {
			return r.dayPart(i + 1)
		}
	}
	return anyHalf, i
}

// readZh reads a Chinese time.
func (r *timeReader) readZh(i int) (timeExpr, bool) {
	half, j := r.dayPart(i)
	if half == anyHalf {
		if r.w(i) == "差" {
			return r.lackingFirst(i, i, anyHalf)
		}
		return r.hourZh(i, i, anyHalf)
	}
	first := i
	if j == i+1 && r.w(j) == "一" && r.w(j+1) == "点" && !inWord("钟半整", r.w(j+2)) {
		return timeExpr{}, false // 晚一点: a little later
	}
	if w := r.w(i); w == "今" || w == "明" || w == "当" {
		first = i + 1 // the day is no part of the time
	}
	if r.w(j) == "的" || r.w(j) == "," {
		j++
	}
	if e, ok := r.colon(first, j, half); ok {
		return e, true
	}
	if r.w(j) == "差" {
		return r.lackingFirst(first, j, half)
	}
	if e, ok := r.hourZh(first, j, half); ok {
		return e, true
	}
	switch {
	case r.w(i) == "中" || r.w(i) == "正":
		return timeExpr{first: i, last: i + 2, h: 12, half: clock24, score: 0.5}, !inWord("饭餐", r.w(i+2))
	case r.w(i) == "午" && half == deepNight:
		return timeExpr{first: i, last: i + 2, half: clock24, score: 0.7}, true
	}
	return timeExpr{}, false
}

// hourZh reads 三点半, 8点15分, 15时30分 at token j, the span beginning at first.
func (r *timeReader) hourZh(first, j int, half halfDay) (timeExpr, bool) {
	h, k := smallNumber(r.toks, j)
	if k == j || kindAt(r.toks, j) == Word || h > 24 || r.w(k) != "点" && r.w(k) != "时" ||
		glued(r.toks, j-1) && (r.toks[j-1].Kind == Word || r.w(j-1) == "." || r.w(j-1) == "点") {
		return timeExpr{}, false
	}
	e := timeExpr{first: first, last: k + 1, h: h, half: half, score: 0.9}
	if h > 12 || h == 0 {
		e.half = clock24
	}
	if half != anyHalf {
		e.score = 1
	}
	said := r.minutesZh(&e)
	switch {
	case r.w(k) == "时" && !said && half == anyHalf && h < 13:
		return e, false
	case half == anyHalf && !said && !r.pointIsTime(j, k):
		return e, false
	}
	return e, true
}

// minutesZh reads what follows 点 and reports whether it says that this is a
// time of day.
func (r *timeReader) minutesZh(e *timeExpr) bool {
	j := e.last
	switch r.w(j) {
	case "钟", "整":
		e.last++
		if r.w(j+1) == "整" {
			e.last++
		}
		return true
	case "半":
		e.m, e.last = 30, j+1
		return true
	case "过":
		j++
	case "差":
		if m, k := smallNumber(r.toks, j+1); k > j+1 && m > 0 && m < 60 && r.w(k) == "分" {
			r.earlier(e, m)
			e.last = k + 1
			return true
		}
	}
	m, k := smallNumber(r.toks, j)
	if k == j || m > 59 {
		return false
	}
	switch {
	case r.w(k) == "刻" && m >= 1 && m <= 3:
		e.m, e.last = 15*m, k+1
	case r.w(k) == "分" && r.w(k+1) != "钟":
		if e.m, e.last = m, k+1; m < 10 && k == j+1 && e.half == anyHalf && r.w(j) != "零" && len(r.w(j)) != 2 {
			e.score = 0.5 // 4点5分 may be a rating, spoken
		}
	case (m >= 10 || r.w(j) == "零" || r.w(j) == "〇" || len(r.w(j)) == 2) && unitAt(r.toks, k) == nil && r.w(k) != ":":
		e.m, e.last = m, k
	case m < 10 && e.score == 1 && kindAt(r.toks, j) == Han && unitAt(r.toks, k) == nil:
		e.m, e.last = m, k // 下午三点五
	default:
		return false
	}
	return true
}

// pointIsTime tells 三点 the time from 两点建议, 一点儿 and 四点五. The hour
// stands at j, 点 at k.
func (r *timeReader) pointIsTime(j, k int) bool {
	if inWord("这那第有几每哪", r.w(j-1)) {
		return false
	}
	if _, digit := hanDigit(r.w(k + 1)); digit || kindAt(r.toks, k+1) == Number && glued(r.toks, k) {
		return false
	}
	if inWord("建要意原想好儿点心个餐菜评击赞也都不没问说优缺特", r.w(k+1)) {
		return false
	}
	if r.w(j) != "一" || k != j+1 {
		return true
	}
	if j == 0 && k+1 == len(r.toks) {
		return true
	}
	return inWord("前后左到至见出之以", r.w(k+1)) || inWord("在到从约是于至", r.w(j-1))
}

// lackingFirst reads 差五分三点 and 差一刻九点.
func (r *timeReader) lackingFirst(first, i int, half halfDay) (timeExpr, bool) {
	m, j := smallNumber(r.toks, i+1)
	if j == i+1 || m < 1 || m > 59 {
		return timeExpr{}, false
	}
	switch r.w(j) {
	case "刻":
		m *= 15
	case "分":
		if r.w(j+1) == "钟" {
			j++
		}
	default:
		return timeExpr{}, false
	}
	if r.w(j+1) == "到" {
		j++
	}
	e, ok := r.hourZh(first, j+1, half)
	if !ok || e.m != 0 || m > 59 {
		return e, false
	}
	r.earlier(&e, m)
	e.score = 1
	return e, true
}

// earlier takes minutes off a time.
func (r *timeReader) earlier(e *timeExpr, minutes int) {
	v := (r.minutes(*e) + 24*60 - minutes) % (24 * 60)
	e.h, e.m = v/60, v%60
	if e.half != anyHalf {
		e.half = clock24
	}
}
