package text

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
	{[]string{"boxing", "day"}, 12, 26}, {[]string{"xmas", "eve"}, 12, 24}, {[]string{"xmas", "day"}, 12, 25}, {[]string{"xmas"}, 12, 25}, {[]string{"halloween"}, 10, 31},
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

// holidayNumber reports whether 五一 or 六一 at i is the holiday and no number.
func (r *dateReader) holidayNumber(i int) bool {
	_, before := hanDigit(r.w(i - 1))
	_, behind := hanDigit(r.w(i + 2))
	next := r.w(i + 2)
	return !before && !behind && hanPower(r.w(i-1)) == 0 && hanPower(next) == 0 && kindAt(r.toks, i+2) != Number &&
		r.w(i-1) != "第" && !weekdayAt(r.toks, i) && next != "." && (unitAt(r.toks, i+2) == nil || next == "节")
}

// holiday reads the name of a holiday at token i.
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
		if r.toks[i].Kind == Word {
			e.y, e.last = r.year(e.last)
		}
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
