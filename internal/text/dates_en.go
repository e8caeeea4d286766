package text

import "time"

var enWeekdays = map[string]int{
	"monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3, "weds": 3, "thursday": 4, "thu": 4,
	"thur": 4, "thurs": 4, "friday": 5, "fri": 5, "saturday": 6, "sat": 6, "sunday": 7, "sun": 7,
}

var enOrdinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

type holiday struct {
	words []string
	m, d  int
}

// holidays are days of the year that have one date everywhere, longer names
// before shorter ones.
var holidays = []holiday{
	{[]string{"new", "year's", "eve"}, 12, 31}, {[]string{"new", "years", "eve"}, 12, 31},
	{[]string{"new", "year's", "day"}, 1, 1}, {[]string{"new", "years", "day"}, 1, 1}, {[]string{"new", "year's"}, 1, 1},
	{[]string{"christmas", "eve"}, 12, 24}, {[]string{"christmas", "day"}, 12, 25}, {[]string{"christmas"}, 12, 25},
	{[]string{"boxing", "day"}, 12, 26}, {[]string{"xmas"}, 12, 25}, {[]string{"halloween"}, 10, 31},
	{[]string{"valentine's", "day"}, 2, 14}, {[]string{"valentines", "day"}, 2, 14},
	{[]string{"independence", "day"}, 7, 4}, {[]string{"fourth", "of", "july"}, 7, 4},
	{[]string{"元", "旦"}, 1, 1}, {[]string{"情", "人", "节"}, 2, 14}, {[]string{"三", "八", "节"}, 3, 8}, {[]string{"妇", "女", "节"}, 3, 8},
	{[]string{"五", "一"}, 5, 1}, {[]string{"劳", "动", "节"}, 5, 1}, {[]string{"六", "一"}, 6, 1}, {[]string{"儿", "童", "节"}, 6, 1},
	{[]string{"教", "师", "节"}, 9, 10}, {[]string{"国", "庆"}, 10, 1}, {[]string{"光", "棍", "节"}, 11, 11}, {[]string{"双", "十", "一"}, 11, 11},
	{[]string{"双", "十", "二"}, 12, 12}, {[]string{"平", "安", "夜"}, 12, 24}, {[]string{"圣", "诞"}, 12, 25}, {[]string{"跨", "年", "夜"}, 12, 31},
	{[]string{"万", "圣", "节"}, 10, 31},
}

// holidaysBy holds the holidays by their first word.
var holidaysBy = func() map[string][]holiday {
	m := map[string][]holiday{}
	for _, h := range holidays {
		m[h.words[0]] = append(m[h.words[0]], h)
	}
	return m
}()

// dateWords are the words and characters that a date may begin with; most of a
// text is settled by one look here.
var dateWords = func() map[string]bool {
	m := wordSet(`the today tonight tomorrow tmr tmrw tomorow tommorow tommorrow yesterday later day this next last coming
following weekend in after within end a an one 今 明 后 昨 前 大 这 本 下 上 当 月 年 过 再 去 周 星 礼 半 廿 零 〇 一 二 两 三 四 五 六 七 八 九 十 壹 贰 叁 肆
伍 陆 柒 捌 玖 拾`)
	for w := range months {
		m[w] = true
	}
	for w := range enWeekdays {
		m[w] = true
	}
	for w := range enOrdinals {
		m[w] = true
	}
	for w := range enUnits {
		m[w] = true
	}
	for w := range holidaysBy {
		m[w] = true
	}
	return m
}()

func (r *dateReader) holiday(i int) (dateExpr, bool) {
	for _, h := range holidaysBy[r.w(i)] {
		n := 0
		for n < len(h.words) && r.w(i+n) == h.words[n] {
			n++
		}
		if n < len(h.words) {
			continue
		}
		e := dateExpr{first: i, last: i + n, m: h.m, d: h.d, score: 0.9}
		if r.toks[i].Kind == Han {
			if n == 2 && hanPower(r.w(i+1)) == 0 { // 五一 and 六一 are numbers elsewhere
				if _, num := hanDigit(r.w(i)); num && !r.holidayNumber(i) {
					return e, false
				}
			}
			if r.w(e.last) == "节" {
				e.last++
			}
		}
		return e, true
	}
	return dateExpr{}, false
}

// holidayNumber reports whether 五一 or 六一 at i is the holiday and no number.
func (r *dateReader) holidayNumber(i int) bool {
	_, before := hanDigit(r.w(i - 1))
	_, behind := hanDigit(r.w(i + 2))
	next := r.w(i + 2)
	return !before && !behind && hanPower(r.w(i-1)) == 0 && hanPower(next) == 0 && kindAt(r.toks, i+2) != Number &&
		r.w(i-1) != "第" && !weekdayAt(r.toks, i) && next != "." && (unitAt(r.toks, i+2) == nil || next == "节")
}

// readEn reads an English date at token i.
func (r *dateReader) readEn(i int) (dateExpr, bool) {
	w := r.w(i)
	if m := months[w]; m > 0 {
		return r.monthFirst(i, m)
	}
	if d := enWeekdays[w]; d > 0 {
		return r.weekday(i, d)
	}
	if e, ok := r.ordinalDay(i); ok {
		return e, true
	}
	if r.today.IsZero() {
		return r.dayMonth(i)
	}
	switch w {
	case "today", "tonight", "tomorrow", "tmr", "tmrw", "tomorow", "tommorow", "tommorrow", "yesterday", "later":
		return r.enNamed(i)
	case "day":
		return r.aroundNamed(i)
	case "this", "next", "last", "coming", "following":
		return r.determined(i)
	case "weekend":
		return dateExpr{first: i, last: i + 1, at: r.weekend(0), score: 0.7}, true
	case "in", "after", "within":
		return r.inPeriod(i)
	case "end":
		return r.endOf(i)
	}
	if e, ok := r.holiday(i); ok {
		return e, true
	}
	if e, ok := r.fromNow(i); ok {
		return e, true
	}
	return r.dayMonth(i)
}

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
	if t := enUnits[r.w(i)]; t == 20 || t == 30 {
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

// year reads a year behind a date, with an optional comma.
func (r *dateReader) year(i int) (y, last int) {
	j := i
	if r.w(j) == "," {
		j++
	}
	v, ok := plainInt(r.w(j), 4)
	if !ok || len(r.w(j)) != 4 || v < 1900 || v > 2199 {
		return 0, i
	}
	return v, j + 1
}

// monthFirst reads "November 24th, 2026", "Nov 24", "November 2026", "in
// November". "may" and "march" are months only where a day or a year follows
// or a preposition goes before.
func (r *dateReader) monthFirst(i, m int) (dateExpr, bool) {
	e := dateExpr{first: i, last: i + 1, m: m, score: 1}
	j := i + 1
	if r.w(j) == "." {
		j++
	}
	if r.w(j) == "the" {
		j++
	}
	d, last := r.ordinal(j)
	if last == j {
		if d, last = smallNumber(r.toks, j); last > j && (r.w(last) == ":" || r.w(last) == "pm" || r.w(last) == "am" || j > i+2) {
			last = j
		}
	}
	if last > j && d >= 1 && d <= 31 {
		e.d, e.last = d, last
		e.y, e.last = r.year(e.last)
		_, ok := day(max(e.y, 2000), m, d)
		return e, ok
	}
	if e.y, last = r.year(i + 1); e.y != 0 {
		e.last = last
		return e, true
	}
	switch r.w(i - 1) {
	case "in", "of", "by", "until", "mid", "early", "late", "during":
		e.score = 0.6
	case "next", "this", "last", "coming":
		e.score, e.first = 0.6, i-1
	default:
		e.score = 0.5
		if w := r.w(i); w == "may" || w == "march" || w == "mar" || w == "jan" || w == "dec" || w == "sep" || w == "jun" {
			return e, false
		}
	}
	return e, true
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
			if len(r.toks) > 1 && months[r.w(i+1)] == 0 {
				return e, false
			}
		default:
			if months[r.w(i+1)] == 0 {
				return e, false
			}
		}
	}
	if r.today.IsZero() {
		return e, true
	}
	if r.w(i+1) == "next" && r.w(i+2) == "week" {
		e.at, e.wday, e.last = r.inWeek(1, d), 0, i+3
	}
	if r.w(i+1) == "this" && r.w(i+2) == "week" {
		e.at, e.wday, e.last = r.inWeek(0, d), 0, i+3
	}
	return e, true
}

// determined reads "this friday", "next week", "next weekend", "next month",
// "this evening".
func (r *dateReader) determined(i int) (dateExpr, bool) {
	j, weeks := i+1, 0
	switch r.w(i) {
	case "next":
		weeks = 1
	case "last":
		weeks = -1
	case "coming", "following":
		weeks = 9 // the first one after today
	case "this":
		if r.w(j) == "coming" || r.w(j) == "upcoming" {
			j, weeks = j+1, 9
		}
	}
	e := dateExpr{first: i, last: j + 1, score: 1}
	w := r.w(j)
	if d := enWeekdays[w]; d > 0 {
		if weeks == 9 {
			e.wday = d
		} else {
			e.at = r.inWeek(weeks, d)
		}
		return e, true
	}
	if months[w] > 0 {
		e, ok := r.monthFirst(j, months[w])
		e.first = i
		return e, ok
	}
	weeks %= 9
	switch w {
	case "weekend":
		e.at = r.weekend(weeks)
	case "week":
		if d := enWeekdays[r.w(j+1)]; d > 0 {
			e.at, e.last = r.inWeek(weeks, d), j+2
			return e, true
		}
		e.score = 0.5
		e.at, e.to = r.week(weeks)
	case "month":
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
var enNamedDays = map[string]int{"tomorrow": 1, "tmr": 1, "tmrw": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "yesterday": -1}

// enNamed reads "today", "later today", "tomorrow".
func (r *dateReader) enNamed(i int) (dateExpr, bool) {
	e := dateExpr{first: i, last: i + 1, at: r.today, score: 1}
	switch r.w(i) {
	case "today":
	case "tonight":
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

// period reads "3 days", "a week", "a couple of weeks".
func (r *dateReader) period(i int) (months, days, last int) {
	v, j := smallNumber(r.toks, i)
	if j == i {
		if r.w(i) != "a" && r.w(i) != "an" && r.w(i) != "one" {
			return 0, 0, i
		}
		if v, j = 1, i+1; r.w(j) == "couple" {
			if v, j = 2, j+1; r.w(j) == "of" {
				j++
			}
		}
	}
	switch r.w(j) {
	case "day", "days":
		return 0, v, j + 1
	case "week", "weeks":
		return 0, 7 * v, j + 1
	case "fortnight":
		return 0, 14 * v, j + 1
	case "month", "months":
		return v, 0, j + 1
	case "year", "years":
		return 12 * v, 0, j + 1
	}
	return 0, 0, i
}

// inPeriod reads "in 3 days", "in a week's time".
func (r *dateReader) inPeriod(i int) (dateExpr, bool) {
	if r.w(i) != "in" {
		return dateExpr{}, false
	}
	m, d, last := r.period(i + 1)
	if last == i+1 || r.w(last) == "or" {
		return dateExpr{}, false
	}
	return dateExpr{first: i, last: last, at: r.later(m, d), score: 0.8}, true
}

// fromNow reads "3 days from now", "a week from today", "two weeks later", "a
// week from friday", "3 days ago".
func (r *dateReader) fromNow(i int) (dateExpr, bool) {
	m, d, last := r.period(i)
	if last == i {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: last + 1, at: r.later(m, d), score: 0.9}
	switch r.w(last) {
	case "later", "hence":
		return e, true
	case "ago":
		e.at, e.score = r.later(-m, -d), 0.6
		return e, true
	case "from", "after":
		switch w := r.w(last + 1); {
		case w == "now" || w == "today":
			e.last = last + 2
			return e, true
		case w == "tomorrow":
			e.last, e.at = last+2, e.at.AddDate(0, 0, 1)
			return e, true
		case enWeekdays[w] > 0 && m == 0:
			next, _, _ := r.resolve(dateExpr{wday: enWeekdays[w]}, r.today)
			e.last, e.at = last+2, next.AddDate(0, 0, d)
			return e, true
		}
	}
	return e, false
}

// endOf reads "end of the month", "end of this month", "end of next month".
func (r *dateReader) endOf(i int) (dateExpr, bool) {
	if r.w(i+1) != "of" || r.w(i+3) != "month" {
		return dateExpr{}, false
	}
	months := 0
	switch r.w(i + 2) {
	case "next":
		months = 1
	case "the", "this":
	default:
		return dateExpr{}, false
	}
	return dateExpr{first: i, last: i + 4, at: r.month(months+1).AddDate(0, 0, -1), score: 0.6}, true
}

// ordinalDay reads "24th of November 2026", "8th of this month", "the 8th".
func (r *dateReader) ordinalDay(i int) (dateExpr, bool) {
	start := i
	if r.w(i) == "the" {
		start++
	}
	d, last := r.ordinal(start)
	if last == start || d < 1 || d > 31 {
		return dateExpr{}, false
	}
	e := dateExpr{first: start, last: last, d: d, score: 0.6}
	j := last
	if r.w(j) == "of" {
		j++
	}
	if m := months[r.w(j)]; m > 0 && (j > last || !(r.w(j) == "may" && kindAt(r.toks, j+1) == Word)) {
		e.m, e.score, e.last = m, 1, j+1
		e.y, e.last = r.year(e.last)
		_, ok := day(max(e.y, 2000), m, d)
		return e, ok
	}
	if j > last {
		return r.ofMonth(e, j)
	}
	if i == start && enOrdinals[r.w(i)] > 0 && last == i+1 || kindAt(r.toks, start) == Word && r.w(last-1) != "" && d < 11 && d != 0 {
		return e, false // "second", "the first": an item of a list
	}
	if !r.afterOrdinal(last) {
		return e, false
	}
	if i < start {
		e.first, e.score = i, 0.8
	} else if r.w(i-1) == "on" || len(r.toks) == last-i {
		e.score = 0.8
	}
	return e, true
}

// ofMonth reads the end of "8th of this month".
func (r *dateReader) ofMonth(e dateExpr, j int) (dateExpr, bool) {
	if r.today.IsZero() {
		return e, false
	}
	months := 0
	switch w := r.w(j); {
	case w == "the" && (r.w(j+1) == "next" || r.w(j+1) == "following"):
		j, months = j+1, 1
	case w == "next":
		months = 1
	case w == "the" && (r.w(j+1) == "current" || r.w(j+1) == "same"):
		j++
	case w == "this", w == "the", w == "current":
	default:
		return e, false
	}
	if r.w(j+1) != "month" {
		return e, false
	}
	first := r.month(months)
	at, ok := day(first.Year(), int(first.Month()), e.d)
	e.at, e.last, e.score = at, j+2, 1
	return e, ok
}

// afterOrdinal reports whether "the 8th" stands for a day before token i: no
// noun follows it ("the 2nd floor").
func (r *dateReader) afterOrdinal(i int) bool {
	if kindAt(r.toks, i) != Word {
		return r.w(i) != "-"
	}
	switch r.w(i) {
	case "at", "to", "until", "till", "through", "in", "please", "for", "and", "or", "if", "works", "work", "is", "would", "will", "around",
		"by", "from", "with", "after", "before", "instead", "thanks", "i", "we", "it", "evening", "morning", "afternoon", "night", "then",
		"sounds", "should", "too", "but", "of", "as", "on", "onwards", "not", "there", "so", "my", "we'll", "i'll", "can", "about":
		return true
	}
	return false
}

// dayMonth reads "24 November 2026", and "24-26 November" as a range.
func (r *dateReader) dayMonth(i int) (dateExpr, bool) {
	v, j := smallNumber(r.toks, i)
	if j == i || v < 1 || v > 31 {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, d: v, score: 1}
	m := months[r.w(j)]
	if m == 0 || r.w(j) == "may" && kindAt(r.toks, j+1) == Word && kindAt(r.toks, i) != Number {
		return r.dayRange(i, v, j)
	}
	e.m, e.last = m, j+1
	e.y, e.last = r.year(e.last)
	_, ok := day(max(e.y, 2000), m, v)
	return e, ok
}

// dayRange reads the bare first day of "24-26 November" and 5到8号.
func (r *dateReader) dayRange(i, v, j int) (dateExpr, bool) {
	k := r.separator(j)
	if k < 0 || r.today.IsZero() {
		return dateExpr{}, false
	}
	w, last := smallNumber(r.toks, k)
	if last == k || w <= v || w > 31 {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: last, d: w, score: 1}
	switch u := r.w(last); {
	case months[u] > 0:
		e.m, e.last = months[u], last+1
		e.y, e.last = r.year(e.last)
	case (u == "号" || u == "日") && r.dayWord(last):
		e.last, e.score = last+1, 0.9
	default:
		return e, false
	}
	to, _, ok := r.resolve(e, r.today)
	if !ok {
		return e, false
	}
	e.at, ok = day(to.Year(), int(to.Month()), v)
	e.to = to
	return e, ok
}
