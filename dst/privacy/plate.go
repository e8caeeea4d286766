package privacy

import (
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

const (
	provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
	plateEnds = "学警港澳挂使领试超"
)

// plates reads licence plates: 京A·12345, 粤B D12345 of electric cars, 粤Z1234港,
// and those of embassies.
func (c *scan) plates() {
	for i, r := range c.s {
		if classOf(r)&provinceClass == 0 {
			continue
		}
		n := utf8.RuneLen(r)
		end := 0
		switch {
		case r == '使' || r == '领':
			end = c.embassy(i, i+n)
		default:
			end = c.plate(i, i+n)
		}
		if end > 0 {
			c.add(i, end, Plate)
		}
	}
}

// plate returns the end of the plate whose province stands in [i, from), or 0.
func (c *scan) plate(i, from int) int {
	j := c.skip(from, 1, " ")
	letter := c.byteAt(j)
	if !plateLetter(letter) {
		return 0
	}
	j++
	if strings.HasPrefix(c.s[j:], "·") {
		j += len("·")
	} else {
		j = c.skip(j, 1, " -.")
	}
	start, letters := j, 0
	for j-start < 6 && (isDigit(c.byteAt(j)) || plateLetter(c.byteAt(j))) {
		if plateLetter(c.s[j]) {
			letters++
		}
		j++
	}
	if isAlnum(c.byteAt(j)) {
		return 0
	}
	last := 0
	if r, n := c.after(j); strings.ContainsRune(plateEnds, r) && r != 0 {
		if next, _ := c.after(j + n); j-start == 4 || !text.IsHan(next) {
			last = n
		}
	}
	marked := c.label(i) == Plate
	switch n := j - start; {
	case n == 6 && (letters == 0 || !electric(c.s[start:j])), n < 4 || n == 4 && last == 0:
		return 0
	case letters > 2 && !marked, j-start-letters < 2, !marked && c.newModel(i):
		return 0
	}
	return j + last
}

func plateLetter(b byte) bool { return isLetter(b) && strings.IndexByte("IOio", b) < 0 }

// electric reports whether six signs are those of an electric car: one or two
// letters before digits, or one behind them.
func electric(s string) bool {
	return isLetter(s[0]) && isDigits(s[2:5]) || isLetter(s[5]) && isDigits(s[:5])
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// newModel reports whether the sign of the province is the end of a word: 最新,
// 全新, 阿里云.
func (c *scan) newModel(i int) bool {
	r, _ := c.before(i)
	return r != 0 && strings.ContainsRune("最全崭更上里讯为型刷翻创焕革", r)
}

// embassy reads 使123456 and 224578使.
func (c *scan) embassy(i, from int) int {
	j := from
	for j < from+6 && isDigit(c.byteAt(j)) {
		j++
	}
	if j == from+6 && !isAlnum(c.byteAt(j)) {
		return j
	}
	return 0
}
