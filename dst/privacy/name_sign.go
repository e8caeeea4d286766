package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// closings stand behind the name of who has written a letter.
var closings = [...]string{"敬上", "敬启", "谨上", "拜上", "亲笔", "谨启", "呈上"}

// thanking stand before it.
var thanking = [...]string{"谢谢", "感谢", "多谢", "谢啦", "谢了", "敬礼", "祝好", "拜托", "顺颂商祺", "辛苦了", "您了", "你了"}

// formal of them close a letter, with nothing but the name behind.
var formal = wordSet("敬礼 祝好 顺颂商祺")

// greeted are greetings behind which people say who they are: 您好，付明远，….
var greeted = [...]string{"你好", "您好", "哈喽", "hi", "hello"}

// namesGreeting reads the name in a clause of its own behind the greeting that a
// message begins with.
func (c *scan) namesGreeting() {
	for _, w := range greeted {
		if !strings.HasPrefix(c.low, w) {
			continue
		}
		i := c.skip(len(w), 2, " ,.!")
		if end, sure := c.nameHan(i, false); i > len(w) && sure && strings.IndexByte(",. ", c.byteAt(end)) >= 0 && end-i > len("王明") {
			c.add(i, end, Name)
		}
		return
	}
}

// namesSigned reads the name at the end of a message: "… in the box. -Ann",
// 魏敏敬上, 谢谢！张伟明; and, in Chinese, behind the greeting that it begins with.
func (c *scan) namesSigned() {
	end := len(strings.TrimRight(c.s, " .!~。！～\n\r"))
	c.dashed(end)
	if !c.han {
		return
	}
	c.namesGreeting()
	for _, w := range closings {
		if strings.HasSuffix(c.s[:end], w) {
			end -= len(w)
			if start := c.clauseHan(end); c.whole(start, end) {
				c.add(start, end, Name)
			}
			return
		}
	}
	start := c.clauseHan(end)
	before := strings.TrimRight(c.s[:start], " ,.!~-。！，～…\n\r")
	dashed := strings.HasSuffix(c.s[:start], "-")
	if before == c.s[:start] {
		return
	}
	for _, w := range thanking {
		if dashed || strings.HasSuffix(before, w) {
			if c.signedHan(start) > 0 || formal[w] && c.whole(start, end) {
				c.add(start, end, Name)
			}
			return
		}
	}
}

// clauseHan returns where the Chinese characters begin that end at end, at most
// five back.
func (c *scan) clauseHan(end int) int {
	start := end
	for r, n := c.before(start); text.IsHan(r) && end-start < 5*n; r, n = c.before(start) {
		start -= n
	}
	return start
}

// whole reports whether a family name and one or two characters stand in
// [i, end).
func (c *scan) whole(i, end int) bool {
	n, _ := surname(c.s[i:end])
	given := (end - i - n) / len("王")
	return n > 0 && given >= 1 && given <= 2 && !noName(c.s[i:end], true)
}

// dashed reads one to three words in capitals behind a dash, before which a
// sentence ends.
func (c *scan) dashed(end int) {
	k := strings.LastIndexByte(c.s[max(0, end-40):end], '-')
	if k < 0 {
		return
	}
	k += max(0, end-40)
	i := c.skip(k+1, 1, " ")
	before := strings.TrimRight(c.s[:k], " -")
	r, _ := c.after(i)
	if before == "" || strings.IndexByte(".!?\n,)", before[len(before)-1]) < 0 || !unicode.IsUpper(r) || c.shouted() {
		return
	}
	w := c.word(i)
	if c.nameLatin(i, false) != end || len(w) < 3 && !givenNames[w] {
		return
	}
	for w := range strings.FieldsSeq(c.low[i:end]) {
		if ordinary[w] || noPerson[w] || describes(w) {
			return
		}
	}
	c.add(i, end, Name)
}

// signedHan returns the end of the name in Chinese characters at i with which a
// message ends, or 0: with a surname, or as friends call one (小雨).
func (c *scan) signedHan(i int) int {
	end := i
	for n := 0; n < 5 && text.IsHan(runeAt(c.s, end)); n++ {
		end += utf8.RuneLen(runeAt(c.s, end))
	}
	if end == i || strings.Trim(c.s[end:], " .!~。！～\n\r") != "" {
		return 0
	}
	if last, sure := c.nameHan(i, false); sure && last == end {
		return end
	}
	if c.nickname(i) == end {
		return end
	}
	return 0
}

// nickname returns the end of what friends call somebody at i, or 0: 小雨, 阿杰,
// 乐乐.
func (c *scan) nickname(i int) int {
	first, second := runeAt(c.s, i), runeAt(c.s, i+len("小"))
	end := i + 2*len("小")
	if !text.IsHan(first) || !text.IsHan(second) || !c.nameStops(end) || goesOn(c.s[i:]) || noName(c.s[i:], true) {
		return 0
	}
	call := strings.ContainsRune("小阿", first) && !strings.ContainsRune("姨胶里号白时编姐哥孩米度爱心费弟妹婆公叔伯伴鲜区票吃程店事偷气", second)
	double := first == second && !strings.ContainsRune("谢拜哈嘻嘿呵么爸妈哥姐弟妹爷奶叔伯姑舅宝亲辛天常刚好慢快等看试想问说嗯啊哦呜唉行对是多少早人", first)
	if call || double {
		return end
	}
	return 0
}
