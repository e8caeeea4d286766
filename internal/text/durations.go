package text

import "github.com/shopspring/decimal"

// A Span is a length of time: months, whose days vary, and seconds.
type Span struct {
	Months  int
	Seconds int64
}

// A DurationSpan is a length of time as it stands in a text.
type DurationSpan struct {
	First, Last int // tokens [First, Last)
	Low, High   Span
	Range       bool
	Score       float64 // in (0, 1]

	// LowAt and HighAt are the tokens [first, last) of the two ends of a range
	// that names both; zero otherwise.
	LowAt, HighAt [2]int
}

var (
	durationSet = NewUnitSet([]*Unit{unitNames["second"][0], unitNames["month"][0], unitNames["night"][0]}, nil)
	daySeconds  = int64(86400)
	monthDays   = decimal.New(30, 0)
)

// FindDurations returns the lengths of time of a text in order; they never
// overlap. nums are the numbers of the text (see [FindNumbers]). Nights are
// days, half a month is fifteen days. "a second", "a minute" and "an hour"
// behind a price or a count ("$50 an hour") are left out.
func FindDurations(toks []Token, nums []NumberSpan) []DurationSpan {
	var out []DurationSpan
	add := func(d DurationSpan) {
		if n := len(out); n > 0 && out[n-1].merge(toks, d) {
			return
		}
		out = append(out, d)
	}
	i, end := 0, 0
	EachQuantity(toks, nums, durationSet, func(q Quantity) {
		for ; i < q.First; i++ {
			if d, ok := articleDuration(toks, i); ok && d.First >= end {
				add(d)
				i, end = d.Last-1, d.Last
			}
		}
		if d, ok := quantityDuration(toks, q); ok && d.First >= end {
			add(d)
			i, end = max(i, q.Last), q.Last
		}
	})
	for ; i < len(toks); i++ {
		if d, ok := articleDuration(toks, i); ok && d.First >= end {
			add(d)
			i = d.Last - 1
		}
	}
	return out
}

// spanOf turns an amount of a unit into a span.
func spanOf(v decimal.Decimal, u *Unit) Span {
	switch v = v.Mul(u.Factor).Round(6); u.Base { // a third of a year was rounded
	case "month":
		rest := v.Sub(v.Truncate(0)).Mul(monthDays).Round(0).IntPart()
		return Span{Months: int(v.IntPart()), Seconds: rest * daySeconds}
	case "night":
		return Span{Seconds: v.Mul(decimal.New(daySeconds, 0)).Round(0).IntPart()}
	}
	return Span{Seconds: v.Round(0).IntPart()}
}

var (
	mostYears = decimal.New(200, 0)     // of a length: 2026年 is a date
	mostUnits = decimal.New(100_000, 0) // of anything
)

// quantityDuration takes a quantity for a length of time.
func quantityDuration(toks []Token, q Quantity) (DurationSpan, bool) {
	if !q.Own || q.Unit == nil || q.Part || q.Low.IsNegative() || q.High.GreaterThan(mostUnits) || notLength(toks, q) {
		return DurationSpan{}, false
	}
	d := DurationSpan{First: q.First, Last: q.Last, Low: spanOf(q.Low, q.Unit), High: spanOf(q.High, q.Unit), Range: q.Range, Score: 1, LowAt: q.LowAt, HighAt: q.HighAt}
	if at(toks, q.Last-1) == "分" && q.Low.Equal(q.High) && q.Unit.Name == "min" {
		d.Score = 0.3 // a rating more often
	}
	return d, true
}

// notLength reports whether the unit belongs to a date or a time of day.
func notLength(toks []Token, q Quantity) bool {
	prev, next := at(toks, q.First-1), at(toks, q.Last)
	switch at(toks, q.Last-1) {
	case "日":
		return prev == "月" || next == "" || !inWord("游内行期间之以后前", next)
	case "年":
		_, last := smallNumber(toks, q.Last)
		return q.High.GreaterThan(mostYears) || next == "级" || last > q.Last && at(toks, last) == "月"
	case "分", "秒":
		return prev == "点" || prev == "时" || next == "之"
	case "周":
		return next == "岁" || next == "年"
	case "晚":
		return next == "上" || next == "点"
	case "hours", "hrs":
		return len(at(toks, q.First)) == 4 && kindAt(toks, q.First) == Number && q.Last-q.First == 2 // 1530 hours
	}
	return false
}

// merge joins a smaller length behind a greater one: "1 year and 2 weeks",
// 三天两夜, which is three days.
func (d *DurationSpan) merge(toks []Token, e DurationSpan) bool {
	j := d.Last
	if w := at(toks, j); e.First > j && (w == "and" || w == "," || w == "零" || w == "又") {
		j++
	}
	if d.Range || e.Range || e.First != j || e.Score < 1 {
		return false
	}
	day, night := at(toks, d.Last-1), at(toks, e.Last-1)
	if (day == "天" || day == "日" || day == "days") && (night == "夜" || night == "晚" || night == "nights") {
		d.Last = e.Last
		return true
	}
	if e.Low.Months > 0 && d.Low.Seconds > 0 || d.Low.Months > 0 && e.Low.Months >= d.Low.Months || d.Low.Months == 0 && e.Low.Seconds >= d.Low.Seconds {
		return false
	}
	d.Low.Months += e.Low.Months
	d.Low.Seconds += e.Low.Seconds
	d.High, d.Last = d.Low, e.Last
	return true
}

// articleDuration reads what needs no number: "an hour and a half", "a week",
// "a day or two", "a quarter of an hour", "a fortnight", 一刻钟.
func articleDuration(toks []Token, i int) (DurationSpan, bool) {
	switch at(toks, i) {
	case "a", "an":
	case "quarter", "quarters":
		return quarterHours(toks, i)
	case "刻":
		return quarterHours(toks, i)
	default:
		return DurationSpan{}, false
	}
	j := i + 1
	u, n := matchUnit(toks, j, durationSet.wants)
	fortnight := at(toks, j) == "fortnight"
	if fortnight {
		u, n = unitNames["week"][0], 1
	}
	if n == 0 || !durationSet.wants(u) || len(at(toks, j)) < 3 || u.Name == "s" {
		return DurationSpan{}, false
	}
	score := articleScore(at(toks, i-1), u)
	if score == 0 {
		return DurationSpan{}, false
	}
	v := one
	if fortnight {
		v = decimal.New(2, 0)
	}
	d := DurationSpan{First: i, Last: j + n, Score: score}
	if w := at(toks, d.Last); w == "and" && at(toks, d.Last+1) == "a" && at(toks, d.Last+2) == "half" {
		v, d.Last, d.Score = v.Add(half), d.Last+3, 1
	}
	d.Low = spanOf(v, u)
	d.High = d.Low
	if at(toks, d.Last) == "or" && at(toks, d.Last+1) == "two" && (d.Last+2 >= len(toks) || unitAt(toks, d.Last+2) == nil) {
		d.High, d.Range, d.Last, d.Score = spanOf(whole(2), u), true, d.Last+2, 1
	}
	return d, true
}

var one = decimal.New(1, 0)

// articleScore judges "an hour" by the word before it: 0 where it says how
// often or at what price.
func articleScore(prev string, u *Unit) float64 {
	switch prev {
	case "", ",", "for", "about", "around", "in", "within", "only", "just", "least", "most", "than", "take", "takes", "took", "need", "stay", "approximately",
		"nearly", "over", "under", "last", "lasts", "spend", "roughly", "almost", "to", "maybe", "after", "every", "staying", "spending", "of":
		if u.Name == "min" {
			return scoreUnlikely
		}
		return 0.9
	case "once", "twice", "times", "time", "dollars", "bucks", "euros", "pounds", "yuan", "rmb", "cents", "miles", "per", "what", "such":
		return 0
	}
	if _, number := enUnit(prev); number || prev[0] >= '0' && prev[0] <= '9' {
		return 0
	}
	return scoreUnlikely
}

const scoreUnlikely = 0.3

// quarterHours reads "a quarter of an hour", "three quarters of an hour" and
// 三刻钟.
func quarterHours(toks []Token, i int) (DurationSpan, bool) {
	v, first := 1, i
	if at(toks, i) == "刻" {
		if at(toks, i+1) != "钟" || i == 0 {
			return DurationSpan{}, false
		}
		d, ok := hanDigit(at(toks, i-1))
		if !ok || d < 1 || d > 3 || at(toks, i-2) == "点" {
			return DurationSpan{}, false
		}
		s := Span{Seconds: d * 900}
		return DurationSpan{First: i - 1, Last: i + 2, Low: s, High: s, Score: 1}, true
	}
	switch w := at(toks, i-1); {
	case w == "a":
		first = i - 1
	case w == "three" || w == "3":
		v, first = 3, i-1
	}
	j := i + 1
	if at(toks, j) == "of" && (at(toks, j+1) == "an" || at(toks, j+1) == "the") {
		j += 2
	}
	if at(toks, j) != "hour" {
		return DurationSpan{}, false
	}
	s := Span{Seconds: int64(v) * 900}
	return DurationSpan{First: first, Last: j + 1, Low: s, High: s, Score: 1}, true
}
