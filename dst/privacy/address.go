package privacy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// addresses reads postal addresses: those that are built as one, and what
// stands behind words such as 收货地址 and "ship to".
func (c *scan) addresses() {
	first := len(c.out)
	if c.digits || c.han {
		c.built()
	}
	if c.han {
		c.placesHan()
		c.houses()
	}
	if c.digits && (c.upper || c.lower) {
		c.streets()
	}
	c.join(first)
}

// built takes the addresses that package text finds.
func (c *scan) built() {
	if !c.digits && !strings.ContainsAny(c.s, "号栋弄") {
		return
	}
	if !c.lower && !c.upper && !strings.ContainsAny(c.s, "路街道巷弄里村镇乡苑园") && !strings.Contains(c.s, "小区") && !strings.Contains(c.s, "胡同") {
		return // no street: the tokens need not be cut
	}
	toks := c.toks()
	for _, a := range text.FindAddresses(toks) {
		start, end := toks[a.First].Start, toks[a.Last-1].End
		if isLetter(toks[a.First+1].Text[0]) && isDigit(c.s[start]) {
			c.street(start, end)
			continue
		}
		if a.Score < 1 && c.inside(start, end) && !c.addressCue(start) {
			continue
		}
		c.add(c.headHan(start, end), c.tailHan(end), Address)
	}
}

// headHan leaves out the words before a Chinese address that say that one
// follows: 它位于….
func (c *scan) headHan(start, end int) int {
	s := c.s[start:min(end, start+6*len("位"))]
	for _, w := range [...]string{"位于", "坐落", "就在", "地址", "附近的", "住的"} {
		if i := strings.LastIndex(s, w); i >= 0 {
			return start + i + len(w)
		}
	}
	return start
}

// tailHan takes in the part of a building and the door behind a Chinese
// address: 西塔3005, B座12层.
func (c *scan) tailHan(end int) int {
	for range 3 {
		m := tailHan.FindString(c.s[end:min(len(c.s), end+24)])
		if m == "" || c.unitAt(end+len(m)) {
			break
		}
		end += len(m)
	}
	return c.building(end)
}

// building takes in the name of a building at the end of a clause: 和信商座.
func (c *scan) building(end int) int {
	n, last := 0, rune(0)
	i := end
	for i < end+8 && isLetter(c.byteAt(i)) { // TCL大厦
		i++
	}
	for ; n < 10; n++ {
		r, k := c.after(i)
		if !text.IsHan(r) || strings.ContainsRune("我你您他她的了吗呢吧请在是有没能不要到和跟与附", r) && n > 0 {
			break
		}
		i, last = i+k, r
	}
	if n >= 2 && !text.IsHan(runeAt(c.s, i)) && strings.ContainsRune("座厦城院园府苑馆庭轩阁楼塔心场寓际区村湾居墅堡", last) {
		return i
	}
	return end
}

var tailHan = regexp.MustCompile(`^[ ,-]?(?:[东南西北中]?[塔座翼侧门区栋楼][A-Za-z]?\d{1,5}(?:室|号|层|楼|房|铺|户)?|[A-Z]?\d{2,5}(?:室|层|楼|房|铺|户)|[东南西北中][塔座翼区门])`)

// inside reports whether the street word before the number may as well be a
// common noun: 店里2楼, 味道3号.
func (c *scan) inside(start, end int) bool {
	s := c.s[start:end]
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i < 0 {
		i = strings.IndexAny(s, "一二三四五六七八九十")
	}
	r, n := utf8.DecodeLastRuneInString(s[:max(i, 0)])
	before, _ := utf8.DecodeLastRuneInString(s[:max(i-n, 0)])
	switch r {
	case '里', '村':
		return true
	case '道':
		return strings.ContainsRune("味频跑通赛轨管渠知报说打地隧茶柔过弯车航一几这那", before)
	case '园':
		return strings.ContainsRune("公校乐物果田家菜花", before)
	}
	return false
}

// addressWords stand before an address.
var addressWords = []string{
	"地址", "住址", "住在", "家住", "住", "寄到", "寄往", "寄给", "寄回", "寄去", "送到", "送往", "送去", "送货到", "发到", "发往", "发去", "邮到", "邮寄到", "配送到", "派送到", "位于", "家在", "搬到", "搬去", "上门到", "改到", "改成", "改为", "换到", "换成", "居住地", "户籍", "收货",
	"address", "live at", "living at", "lives at", "deliver to", "delivered to", "delivery to", "ship to", "shipped to", "shipping to", "send to", "send it to", "sent to", "send them to", "deliver it to", "ship it to", "moved to", "moving to", "located at", "reside at", "post it to", "mail it to", "i'm at", "i am at", "home at", "bill to", "picked up at", "pick up from", "pickup at", "house at", "office at", "apartment at", "collect from", "stay at", "staying at", "address to", "addressed to", "goes to", "go to", "sent it to", "delivered it to", "come to",
}

// addressCue reports whether a word for an address stands before i.
func (c *scan) addressCue(i int) bool {
	s := c.low[max(0, i-32):i]
	for range 4 {
		s = strings.TrimRight(s, " :=.\"'\n")
		for _, w := range addressWords {
			if strings.HasSuffix(s, w) && wordStarts(s, len(s)-len(w)) {
				return true
			}
		}
		n := 0
		for _, w := range [...]string{"是", "为", "到", "在", "了", "请", "成", "写", "is", "my", "at", "the", "to"} {
			if strings.HasSuffix(s, w) && wordStarts(s, len(s)-len(w)) {
				n = len(w)
			}
		}
		if n == 0 {
			return false
		}
		s = s[:len(s)-n]
	}
	return false
}

// join makes one of addresses that stand side by side: 阳光花园 3栋502.
func (c *scan) join(first int) {
	found := merge(c.out[first:], len(c.s))
	out := c.out[:first]
	for _, m := range found {
		if n := len(out); n > first && strings.Trim(c.s[out[n-1].End:m.Start], " ,()") == "" && m.Start-out[n-1].End <= 3 {
			out[n-1].End = m.End
			continue
		}
		out = append(out, m)
	}
	c.out = out
}
