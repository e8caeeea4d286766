package text

// readZh reads a Chinese date at token i, which may begin with digits.
func (r *dateReader) readZh(i int) (dateExpr, bool) {
	if e, ok := r.yearMonthDay(i); ok {
		return e, true
	}
	if !r.today.IsZero() {
		switch r.w(i) {
		case "今", "明", "后", "昨", "前", "大":
			if r.w(i+1) != "年" {
				return r.zhNamed(i)
			}
		case "这", "本", "下", "上", "当":
			return r.zhDetermined(i)
		case "月", "年":
			return r.zhEdge(i, i, 0)
		case "过", "再":
			return r.zhPass(i)
		}
		if y, j := r.zhYear(i); j > i && j < len(r.toks) {
			if e, ok := r.holiday(j); ok { // 明年国庆
				e.first, e.y = i, y
				return e, true
			}
		}
		if e, ok := r.zhLater(i); ok {
			return e, true
		}
		if e, ok := r.holiday(i); ok {
			return e, true
		}
	}
	if e, ok := r.zhWeekday(i, i, 0); ok {
		return e, true
	}
	return r.zhDay(i)
}

// yearMonthDay reads 2026年11月24日, 二〇二六年十一月, 明年3月5号, 11月24.
func (r *dateReader) yearMonthDay(i int) (dateExpr, bool) {
	e := dateExpr{first: i, score: 1}
	y, j := r.zhYear(i)
	m, k := smallNumber(r.toks, j)
	if _, digit := hanDigit(r.w(i - 1)); digit || hanPower(r.w(i-1)) > 0 {
		return e, false // 十三月
	}
	if r.w(i-1) == "历" && inWord("农阴", r.w(i-2)) {
		return e, false // a lunar date
	}
	if k == j || r.w(k) != "月" || m < 1 || m > 12 || r.w(k+1) == "租" || r.w(k+1) == "供" {
		return e, false
	}
	e.y, e.m = y, m
	k++
	if r.w(k) == "份" {
		e.last = k + 1
		e.score = 0.6
		return e, true
	}
	d, last := smallNumber(r.toks, k)
	switch u := r.w(last); {
	case last > k && (u == "号" || u == "日") && r.dayWord(last):
		e.d, e.last = d, last+1
	case last > k && kindAt(r.toks, last) != Number && unitAt(r.toks, last) == nil && u != ":":
		e.d, e.last, e.score = d, last, 0.8
	case inWord("底末初中", r.w(k)) || r.w(k+1) == "旬" && inWord("上下", r.w(k)):
		return r.zhMonthPart(e, k)
	default:
		if e.last, e.score = k, 0.5; y != 0 {
			e.score = 0.9
		}
		return e, true
	}
	_, ok := day(max(e.y, 2000), e.m, e.d)
	return e, ok
}

// zhMonthPart reads 11月底 and 11月初.
func (r *dateReader) zhMonthPart(e dateExpr, k int) (dateExpr, bool) {
	from, to, ok := r.resolve(e, r.today)
	if e.last = k + 1; !ok {
		return e, false
	}
	e.y, e.m, e.score = 0, 0, 0.5
	if a, b, ok := r.tenth(k, from); ok {
		e.at, e.to, e.last = a, b, k+2
		return e, true
	}
	switch r.w(k) {
	case "初":
		e.at = from
	case "中":
		e.at = from.AddDate(0, 0, 14)
	default:
		e.at = to
	}
	return e, true
}

// zhYear reads 2026年, 26年, 二〇二六年, 今年, 明年 before a month.
func (r *dateReader) zhYear(i int) (y, last int) {
	if r.w(i+1) == "年" && !r.today.IsZero() {
		switch r.w(i) {
		case "今", "本":
			return r.today.Year(), i + 2
		case "明":
			return r.today.Year() + 1, i + 2
		case "后":
			return r.today.Year() + 2, i + 2
		case "去":
			return r.today.Year() - 1, i + 2
		}
	}
	if v, ok := plainInt(r.w(i), 4); ok && r.w(i+1) == "年" {
		switch len(r.w(i)) {
		case 2:
			return 2000 + v, i + 2
		case 4:
			return v, i + 2
		}
		return 0, i
	}
	v, n := 0, 0
	for ; n < 4; n++ {
		d, ok := hanDigit(r.w(i + n))
		if !ok {
			break
		}
		v = v*10 + int(d)
	}
	switch {
	case r.w(i+n) != "年":
	case n == 4:
		return v, i + 5
	case n == 2:
		return 2000 + v, i + 3
	}
	return 0, i
}

// dayWord reports whether the 号 or 日 at i ends a date and is no number of a
// house or line (3号线) nor a length of time (三日游).
func (r *dateReader) dayWord(i int) bool {
	next := r.w(i + 1)
	if r.w(i) == "日" {
		return !inWord("游内后之间租均式料用常语本", next) || next == "后" && r.w(i+2) == ""
	}
	return !inWord("线楼院店门厅桌房馆码机台库仓坑球线路地车队铺弄段", next)
}

// zhDay reads 24号, 二十四日.
func (r *dateReader) zhDay(i int) (dateExpr, bool) {
	d, j := smallNumber(r.toks, i)
	if j == i || kindAt(r.toks, i) == Word {
		return dateExpr{}, false
	}
	if d >= 1 && d <= 31 && r.listedDay(j) {
		return dateExpr{first: i, last: j, d: d, score: 0.8}, true
	}
	if d < 1 || d > 31 || r.w(j) != "号" && r.w(j) != "日" || !r.dayWord(j) {
		if r.today.IsZero() || d < 1 || d > 31 {
			return dateExpr{}, false
		}
		return r.dayRange(i, d, j)
	}
	if prev := r.w(i - 1); inWord("路街道巷弄栋区村里第月.-/", prev) && prev != "" || kindAt(r.toks, i-1) == Number || weekdayAt(r.toks, i) {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: j + 1, d: d, score: 0.9}
	if r.w(j) == "日" {
		e.score = 0.7
	}
	return e, true
}

// listedDay reports whether a second day follows that bears the 号 of both:
// 25、26号, 5或6号.
func (r *dateReader) listedDay(i int) bool {
	switch r.w(i) {
	case ",", "或", "和":
		_, last := smallNumber(r.toks, i+1)
		return last > i+1 && r.w(last) == "号" && r.dayWord(last)
	}
	return false
}

// zhDays are the days around today by their first character.
var zhDays = map[string]int{"今": 0, "明": 1, "后": 2, "昨": -1, "前": -2}

// zhNamed reads 今天, 明日, 大后天, 今晚, 明早.
func (r *dateReader) zhNamed(i int) (dateExpr, bool) {
	e := dateExpr{first: i, score: 1}
	j, more := i, 0
	if r.w(i) == "大" {
		j, more = i+1, 1
	}
	days, ok := zhDays[r.w(j)]
	if !ok {
		return e, false
	}
	if more != 0 && days != 2 && days != -2 {
		return e, false
	}
	if days < 0 {
		more = -more
	}
	e.last = j + 2
	if more == 0 && days == 1 && r.w(j+1) == "后" && r.w(j+2) == "天" { // 明后天
		e.at, e.to, e.last, e.score = r.today.AddDate(0, 0, 1), r.today.AddDate(0, 0, 2), j+3, 0.9
		return e, true
	}
	switch u := r.w(j + 1); {
	case u == "天":
	case u == "日" && days != 2 && days != -2 && r.w(j+2) != "头":
	case u == "儿" && r.w(j+2) != "子":
		if r.w(j+2) == "个" {
			e.last++
		}
	case (u == "晚" || u == "早" || u == "夜") && (days == 0 || days == 1 || days == -1):
		e.score, e.last = 0.8, j+2
		if r.w(j+2) == "上" {
			e.last++
		}
	default:
		return e, false
	}
	e.at = r.today.AddDate(0, 0, days+more)
	return e, true
}
