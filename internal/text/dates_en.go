package text

import "strings"

var enWeekdays = map[string]int{
	"monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3, "weds": 3, "thursday": 4, "thu": 4,
	"thur": 4, "thurs": 4, "friday": 5, // and how they are often misspelt
	"wendesday": 3, "wednsday": 3, "wensday": 3, "wedensday": 3, "wednessday": 3, "tusday": 2, "tuseday": 2, "teusday": 2, "thrusday": 4,
	"thursady": 4, "thirsday": 4, "thurday": 4, "firday": 5, "fridy": 5, "saterday": 6, "satuday": 6, "sunady": 7, "mondy": 1, "fri": 5, "saturday": 6, "sat": 6, "sunday": 7, "sun": 7,
}

var enOrdinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// dateWords are the words and characters that a date may begin with; most of a
// text is settled by one look here.
var dateWords = func() map[string]bool {
	m := wordSet(`the today tonight tomorrow tmr tmrw tomorow tommorow tommorrow yesterday later day this next last coming
following today's tonight's tomorrow's tmw tomrrow tomorrrow weekend in after within end a an one 今 明 后 昨 前 大 这 本 下 上 当 月 年 过 再 去 周 星 礼 半 廿 零 〇 一 二 两 三 四 五 六 七 八 九 十 壹 贰 叁 肆
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
	for w := range holidaysBy {
		m[w] = true
	}
	return m
}()

// readEn reads an English date at token i.
func (r *dateReader) readEn(i int) (dateExpr, bool) {
	w := r.w(i)
	if m := months[w]; m > 0 {
		return r.monthFirst(i, m)
	}
	if d := enWeekdays[w]; d > 0 {
		return r.weekday(i, d)
	}
	if e, ok := r.nthOf(i); ok {
		return e, true
	}
	if e, ok := r.ordinalDay(i); ok {
		return e, true
	}
	if r.today.IsZero() {
		return r.dayMonth(i)
	}
	switch w {
	case "today", "today's", "tonight", "tonight's", "later":
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
	if enNamedDays[w] != 0 {
		return r.enNamed(i)
	}
	if e, ok := r.holiday(i); ok {
		return e, true
	}
	if e, ok := r.fromNow(i); ok {
		return e, true
	}
	return r.dayMonth(i)
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
	if last == j && j <= i+2 {
		if d, last = smallNumber(r.toks, j); r.w(last) == ":" || r.w(last) == "pm" || r.w(last) == "am" {
			last = j
		}
	}
	if last > j && d >= 1 && d <= 31 {
		e.d, e.last = d, last
		if r.w(last) == "of" && r.w(last+1) == "this" && r.w(last+2) == "month" {
			e.last = last + 3
			return e, true
		}
		e.y, e.last = r.year(e.last)
		_, ok := day(max(e.y, 2000), m, d)
		return e, ok
	}
	if e.y, last = r.year(i + 1); e.y != 0 {
		e.last = last
		return e, true
	}
	return r.bareMonth(e)
}

// bareMonth judges a month without a day by the word before it.
func (r *dateReader) bareMonth(e dateExpr) (dateExpr, bool) {
	i := e.first
	switch r.w(i - 1) {
	case "in", "of", "by", "until", "mid", "early", "late", "during":
		if e.score = 0.6; ordinalSuffix[r.w(i-2)] || enOrdinals[r.w(i-2)] > 0 {
			return e, false // the 30th of February
		}
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
	if r.w(j) == "day" && r.w(j+1) == "of" {
		j++
	}
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
	w := r.w(i)
	return afterOrdinals[w] || len(w) > 4 && (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ly")) && w != "building" && w != "meeting" && w != "wedding"
}

var afterOrdinals = wordSet(`at to until till through in please for and or if works work is was would will around by from with after before
instead thanks thank i we it evening morning afternoon night then sounds should too but of as on onwards onward not there so my we'll i'll can
could about because since due up near that this these which who when where what how itself first actually the a an do does did are were have
has had may might must shall they you he she there's it's i'd we'd you'd i'm we're looks look seems available convenient related also just
only maybe suit suits fit fits ok okay yes no now also because when while without via through unless i've let's let again today tomorrow all`)

// dayMonth reads "24 November 2026", and "24-26 November" as a range.
func (r *dateReader) dayMonth(i int) (dateExpr, bool) {
	v, j := smallNumber(r.toks, i)
	if j == i || v < 1 || v > 31 || r.w(i-1) == ":" && glued(r.toks, i-1) {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, d: v, score: 1}
	m := months[r.w(j)]
	if _, last := r.ordinal(j + 1); m != 0 && last > j+1 {
		return e, false // "at 10 March 1st"
	}
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
	e := dateExpr{first: i, last: last, d: w, score: 1, fromAt: [2]int{i, j}}
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
	e.to, e.toAt = to, [2]int{k, e.last}
	return e, ok
}
