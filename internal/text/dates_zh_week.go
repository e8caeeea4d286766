package text

// zhWeekWord returns the token behind 周, 星期 or 礼拜 at i, or i.
func (r *dateReader) zhWeekWord(i int) int {
	switch r.w(i) {
	case "周":
		return i + 1
	case "星":
		if r.w(i+1) == "期" {
			return i + 2
		}
	case "礼":
		if r.w(i+1) == "拜" {
			return i + 2
		}
	}
	return i
}

// zhWeekday reads 周五, 星期天, 周末, with the week word at j, weeks from now
// and everything from i on in the span. Where i = j the week is not said.
func (r *dateReader) zhWeekday(i, j, weeks int) (dateExpr, bool) {
	k := r.zhWeekWord(j)
	if k == j {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: k + 1, score: 0.95}
	d := 0
	switch w := r.w(k); {
	case w == "日" || w == "天":
		d = 7
	case w == "末":
		d = 6
	case kindAt(r.toks, k) == Number:
		d, _ = plainInt(w, 1)
	case w != "两":
		v, ok := hanDigit(w)
		if ok {
			d = int(v)
		}
	}
	if d < 1 || d > 7 || hanPower(r.w(k+1)) > 0 || d == 7 && r.w(k) != "日" && r.w(k) != "天" && r.w(k) != "7" && r.w(k) != "七" {
		return e, false
	}
	if _, digit := hanDigit(r.w(j - 1)); i == j && !weekdayAt(r.toks, j-1) && (digit || kindAt(r.toks, j-1) == Number || hanPower(r.w(j-1)) > 0) {
		return e, false // 三周日: no weekday, a number of weeks
	}
	if r.w(j-1) == "每" {
		e.score = 0.3
	}
	if i == j {
		if e.wday = d; r.w(k) == "末" && !r.today.IsZero() {
			e.wday, e.at, e.score = 0, r.weekend(0), 0.8
		}
		return e, true
	}
	e.at = r.inWeek(weeks, d)
	return e, true
}

// zhPeriod reads 三天, 两周, 一个月, 半个月, 一年.
func (r *dateReader) zhPeriod(i int) (months, days, last int) {
	v, j := smallNumber(r.toks, i)
	if r.w(i) == "半" && r.w(i+1) == "个" && r.w(i+2) == "月" {
		return 0, 15, i + 3
	}
	if r.w(i) == "半" && r.w(i+1) == "年" {
		return 6, 0, i + 2
	}
	if j == i {
		return 0, 0, i
	}
	if r.w(j) == "天" || r.w(j) == "日" {
		return 0, v, j + 1
	}
	if r.w(j) == "年" {
		return 12 * v, 0, j + 1
	}
	if r.w(j) == "个" {
		j++
		if r.w(j) == "月" {
			return v, 0, j + 1
		}
	}
	if k := r.zhWeekWord(j); k > j {
		return 0, 7 * v, k
	}
	return 0, 0, i
}

// zhLater reads 三天后, 两周以后, 一个月之后, 3天前.
func (r *dateReader) zhLater(i int) (dateExpr, bool) {
	m, d, j := r.zhPeriod(i)
	if j == i {
		return dateExpr{}, false
	}
	k := j
	if r.w(k) == "之" || r.w(k) == "以" {
		k++
	}
	e := dateExpr{first: i, last: k + 1, score: 0.95}
	switch r.w(k) {
	case "后":
		e.at = r.later(m, d)
	case "前":
		e.at, e.score = r.later(-m, -d), 0.6
	default:
		return e, false
	}
	return e, true
}

// zhPass reads 过三天, 再过两周.
func (r *dateReader) zhPass(i int) (dateExpr, bool) {
	j := i + 1
	if r.w(i) == "再" {
		if r.w(j) != "过" {
			return dateExpr{}, false
		}
		j++
	}
	m, d, last := r.zhPeriod(j)
	if last == j || at(r.toks, j) == "两" && r.w(j+1) == "天" {
		return dateExpr{}, false // 过两天: some day soon
	}
	if r.w(last) == "后" {
		last++
	}
	return dateExpr{first: i, last: last, at: r.later(m, d), score: 0.8}, true
}

// zhDetermined reads 这周五, 下下个星期一, 下个月5号, 本月底, 下周.
func (r *dateReader) zhDetermined(i int) (dateExpr, bool) {
	n, j := 0, i
	switch r.w(i) {
	case "下":
		if i > 0 && r.w(i-1) == "一" {
			return dateExpr{}, false // 查一下周五: 一下 is "just"
		}
		for n = 0; n < 4 && r.w(j) == "下"; j++ {
			n++
		}
	case "上":
		for n = 0; n > -4 && r.w(j) == "上"; j++ {
			n--
		}
	default:
		j++
	}
	if n > 3 || n < -3 {
		return dateExpr{}, false
	}
	if r.w(j) == "个" {
		j++
	}
	if r.w(j) == "月" {
		return r.zhMonth(i, j, n)
	}
	if r.w(i) == "当" {
		return dateExpr{}, false
	}
	if e, ok := r.zhWeekday(i, j, n); ok {
		return e, true
	}
	last := r.zhWeekWord(j)
	if last == j || inWord("边围年期岁长转", r.w(last)) {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: last, score: 0.5}
	e.at, e.to = r.week(n)
	return e, true
}

// zhMonth reads what follows 下个月: a day, its beginning or end, or nothing.
func (r *dateReader) zhMonth(i, j, months int) (dateExpr, bool) {
	d, k := smallNumber(r.toks, j+1)
	if k > j+1 && (r.w(k) == "号" || r.w(k) == "日") && r.dayWord(k) {
		first := r.month(months)
		at, ok := day(first.Year(), int(first.Month()), d)
		return dateExpr{first: i, last: k + 1, at: at, d: d, score: 1}, ok
	}
	if e, ok := r.zhEdge(i, j, months); ok {
		return e, true
	}
	if k > j+1 || r.w(j+1) == "租" {
		return dateExpr{}, false
	}
	from := r.month(months)
	return dateExpr{first: i, last: j + 1, at: from, to: from.AddDate(0, 1, -1), score: 0.5}, true
}

// zhEdge reads 月底, 月初, 月中 and 年底, the month word standing at j.
func (r *dateReader) zhEdge(i, j, months int) (dateExpr, bool) {
	e := dateExpr{first: i, last: j + 2, score: 0.5}
	if prev := r.w(i - 1); i == j && (prev == "正" || prev == "每" || prev == "个" || prev == "几") {
		return e, false
	}
	if r.w(j) == "年" {
		if r.w(j+1) != "底" && r.w(j+1) != "末" {
			return e, false
		}
		e.at, _ = day(r.today.Year(), 12, 31)
		return e, !e.at.IsZero()
	}
	if from, to, ok := r.tenth(j+1, r.month(months)); ok {
		e.at, e.to, e.last = from, to, j+3
		return e, true
	}
	switch r.w(j + 1) {
	case "底", "末":
		e.at = r.month(months+1).AddDate(0, 0, -1)
	case "初":
		if e.at = r.month(months); months == 0 && r.today.Day() > 10 {
			e.at = r.month(1)
		}
	case "中":
		e.at = r.month(months).AddDate(0, 0, 14)
	default:
		return e, false
	}
	return e, true
}
