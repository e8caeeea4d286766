package text

import (
	"strings"

	"github.com/shopspring/decimal"
)

// hanDigit returns the digit that a numeral stands for.
func hanDigit(s string) (int64, bool) {
	switch s {
	case "零", "〇":
		return 0, true
	case "一", "壹":
		return 1, true
	case "二", "两", "贰", "兩":
		return 2, true
	case "三", "叁":
		return 3, true
	case "四", "肆":
		return 4, true
	case "五", "伍":
		return 5, true
	case "六", "陆", "陸":
		return 6, true
	case "七", "柒":
		return 7, true
	case "八", "捌":
		return 8, true
	case "九", "玖":
		return 9, true
	}
	return 0, false
}

// hanPower returns the power of ten of a multiplier, or 0.
func hanPower(s string) int {
	switch s {
	case "十", "拾":
		return 1
	case "百", "佰":
		return 2
	case "千", "仟":
		return 3
	case "万", "萬":
		return 4
	case "亿", "億":
		return 8
	}
	return 0
}

// hanNumber reads a number that begins with a Chinese numeral.
func hanNumber(toks []Token, i int) (NumberSpan, bool) {
	w := toks[i].Text
	if w == "半" {
		return hanHalf(toks, i)
	}
	if w == "几" || w == "数" || w == "上" || w == "成" || w == "好" {
		return NumberSpan{Last: skipPowers(toks, i+1)}, false // 几十, 上千: no value
	}
	if w == "俩" || w == "仨" {
		v := whole(2)
		if w == "仨" {
			v = whole(3)
		}
		pronoun := inWord("我你他她它们咱这那", at(toks, i-1)) // 我俩, 这俩菜
		return NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: v, High: v, Weak: true, Part: pronoun}, true
	}
	if w == "零" && at(toks, i+1) == "下" {
		return NumberSpan{}, false // a minus: see signed
	}
	if w == "百" && at(toks, i-1) == "之" && at(toks, i-2) == "分" && at(toks, i-3) == "百" { // 百分之百
		v := decimal.New(100, 0)
		return NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: v, High: v}, true
	}
	n, ok := hanInteger(toks, i)
	if !ok {
		return n, false
	}
	if hanDozen(toks, n.Last) && !n.Range {
		n.Value = n.Value.Mul(decimal.New(12, 0))
		n.High, n.Last, n.Core, n.Scale = n.Value, n.Last+1, n.Last+1, 0
		return n, true
	}
	if at(toks, n.Last) == "几" || at(toks, i-1) == "第" || at(toks, i-1) == "初" || weekdayAt(toks, i) {
		return n, false
	}
	n = hanDecimals(toks, n)
	n = signed(toks, n)
	guardHan(toks, i, &n)
	return n, true
}

func skipPowers(toks []Token, i int) int {
	for hanPower(at(toks, i)) > 0 {
		i++
	}
	return i
}

// weekdayAt reports whether the numeral at i names a day of the week.
func weekdayAt(toks []Token, i int) bool {
	switch at(toks, i-1) {
	case "周":
		return true
	case "期":
		return at(toks, i-2) == "星"
	case "拜":
		return at(toks, i-2) == "礼"
	}
	return false
}

// hanHalf reads 半, which is a number only where a unit follows.
func hanHalf(toks []Token, i int) (NumberSpan, bool) {
	n := NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: half, High: half, Weak: true}
	if hanDozen(toks, i+1) {
		six := decimal.New(6, 0)
		return NumberSpan{First: i, Last: i + 2, Core: i + 2, Value: six, High: six}, true
	}
	_, digit := hanDigit(at(toks, i-1))
	idiom := at(toks, i+1) == "天" && inWord("了老好", at(toks, i-1)) // 找了半天
	n.Part = digit || idiom || at(toks, i-1) == "点" || at(toks, i-1) == "大" || at(toks, i-1) == "多"
	return n, true
}

// hanDozen reports whether the 打 at i is a dozen and no verb (一打开).
func hanDozen(toks []Token, i int) bool {
	return at(toks, i) == "打" && glued(toks, i-1) && !inWord("开电扫折包算字听车印工架球游卡仗破断动死倒发造击败扰招表出进下上起的手量", at(toks, i+1))
}

// mixedNumber continues digits with Chinese multipliers: 3千, 2.5万, 1万2.
func mixedNumber(toks []Token, n NumberSpan) NumberSpan {
	if hanPower(at(toks, n.Last)) == 0 {
		return n
	}
	places := -int(n.Value.Exponent())
	if places < 0 || places > 6 || n.Value.NumDigits() > 12 {
		return n
	}
	r := hanReader{toks: toks, i: n.Last, places: places, cur: n.Value.CoefficientInt64(), has: true, seen: true}
	r.run()
	m := r.number(n.First)
	return m
}

// hanInteger reads a whole number in numerals, a digit string (二〇二六) or a
// pair of neighbours (两三千).
func hanInteger(toks []Token, i int) (NumberSpan, bool) {
	run := 0
	for run < 64 {
		if _, ok := hanDigit(at(toks, i+run)); !ok {
			break
		}
		run++
	}
	if run > 18 {
		return NumberSpan{Last: i + run}, false
	}
	if run >= 2 {
		if n, ok := neighbours(toks, i, run); ok {
			return n, true
		}
		if n, ok := digitString(toks, i, run); ok {
			return n, true
		}
	}
	if run == 0 && hanPower(toks[i].Text) != 1 {
		return bareHundred(toks, i)
	}
	r := hanReader{toks: toks, i: i}
	r.run()
	if !r.seen {
		return NumberSpan{}, false
	}
	return r.number(i), true
}

// bareHundred reads 百元, 千元: a price class, and no number anywhere else.
func bareHundred(toks []Token, i int) (NumberSpan, bool) {
	p := hanPower(toks[i].Text)
	if p == 0 || at(toks, i+1) != "元" && at(toks, i+1) != "块" {
		return NumberSpan{}, false
	}
	v := decimal.New(1, int32(p))
	return NumberSpan{First: i, Last: i + 1, Core: i + 1, Value: v, High: v, Weak: true}, true
}

// neighbours reads two neighbouring digits as a range: 两三千, 七八个, 三五百.
func neighbours(toks []Token, i, run int) (NumberSpan, bool) {
	a, _ := hanDigit(toks[i].Text)
	b, _ := hanDigit(toks[i+1].Text)
	if run != 2 || a == 0 || b != a+1 && (a != 3 || b != 5) || at(toks, i+2) == "点" || at(toks, i+2) == "年" {
		return NumberSpan{}, false
	}
	n := NumberSpan{First: i, Last: i + 2, Core: i + 2, Range: true, Value: whole(a), High: whole(b)}
	p, j := 0, i+2
	for ; hanPower(at(toks, j)) > 0 && p <= 12; j++ {
		p += hanPower(toks[j].Text)
	}
	if p > 0 {
		n.scale(p, j)
	}
	return n, true
}

// digitString reads numerals one by one, as in years and numbers of rooms.
func digitString(toks []Token, i, run int) (NumberSpan, bool) {
	if hanPower(at(toks, i+run)) > 0 {
		return NumberSpan{}, false
	}
	var v int64
	for j := i; j < i+run; j++ {
		d, _ := hanDigit(toks[j].Text)
		v = v*10 + d
	}
	n := decimal.New(v, 0)
	return NumberSpan{First: i, Last: i + run, Core: i + run, Value: n, High: n, Weak: run == 2 || run >= 8, Part: v == 11}, true
}

// hanDecimals reads 三点五. Where 半, 钟, 刻 or a two-digit minute follows, it
// is a time of day and the number stays whole.
func hanDecimals(toks []Token, n NumberSpan) NumberSpan {
	if at(toks, n.Last) != "点" || n.Range {
		return n
	}
	var frac int64
	j := n.Last + 1
	for ; j-n.Last <= 8; j++ {
		d, ok := hanDigit(at(toks, j))
		if !ok || at(toks, j) == "两" {
			break
		}
		frac = frac*10 + d
	}
	k := j - n.Last - 1
	if k == 0 || hanPower(at(toks, j)) == 1 || at(toks, j) == "刻" || k > 1 && at(toks, j) == "分" {
		return n
	}
	n.Value = n.Value.Add(decimal.New(frac, int32(-k)))
	n.High, n.Last, n.Core, n.Scale = n.Value, j, j, 0
	p := 0
	for ; hanPower(at(toks, j)) > 0 && p <= 12; j++ {
		p += hanPower(toks[j].Text)
	}
	if p > 0 {
		n.scale(p, j)
	}
	return n
}

// guardHan marks numerals that are more likely part of a word.
func guardHan(toks []Token, i int, n *NumberSpan) {
	next, prev := at(toks, n.Last), at(toks, i-1)
	if next == "分" && at(toks, n.Last+1) == "之" || prev == "之" && at(toks, i-2) == "分" && at(toks, i-3) != "百" {
		n.Part = true // fractions have no exact decimal
		return
	}
	if n.Last-i > 1 {
		if toks[i].Text == "十" && n.Last-i == 2 {
			n.Weak = n.Weak || prev == "国" // no value is lost: 国庆十一
		}
		return
	}
	switch toks[i].Text {
	case "一", "壹":
		n.Weak = true
		n.Part = inWord(yiAfter, next) || inWord(yiBefore, prev) || prev == "一"
	case "十":
		n.Weak = next == "分" && at(toks, n.Last+1) != "钟"
		n.Part = inWord("足字全佳", next)
	}
	if next == "" || kindAt(toks, n.Last) != Han || unitAt(toks, n.Last) != nil || inWord(afterNumber, next) {
		return
	}
	n.tail = !n.Part
	n.Part = true
}

// Characters that turn 一 into a word: 一下, 一些, 一般; 唯一, 第一, 万一.
const (
	yiAfter  = "下些般样起直定切共旦边带路律向会流致再概度生面体时番系行方心手半点道加汽"
	yiBefore = "第唯万统专单同每这那某哪任逐不初之其另"
)

// afterNumber are the characters that may follow a number without making it a
// part of a word: cues, particles, and what joins a range.
const afterNumber = "以左上内到至或和与多来余的吧就也行可起之呢啊嘛哦了给够吗都要半"

func inWord(set, s string) bool { return s != "" && strings.Contains(set, s) }
