package privacy

import (
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// namesHan reads names in Chinese characters, behind cues and before titles.
func (c *scan) namesHan() {
	for i, r := range c.s {
		is := classOf(r)
		if is&titleClass != 0 {
			c.beforeTitle(i)
		}
		if is&cueClass == 0 {
			continue
		}
		end := i + utf8.RuneLen(r)
		for _, cue := range zhNameCues[r] {
			if strings.HasSuffix(c.s[:end], cue.word) && !c.partOfWord(end-len(cue.word), cue) {
				c.behindCue(end, cue)
			}
		}
		switch r {
		case '姓':
			c.surnameTold(i, end)
		case '祝':
			c.wished(end)
		}
	}
}

// partOfWord reports whether a cue is the end of something else: 商品名字,
// 品牌名.
func (c *scan) partOfWord(i int, cue zhCue) bool {
	s := c.s[max(0, i-12):i]
	words := []string{"商品", "产品", "品牌", "店铺", "公司", "型号", "文件", "网站", "游戏", "宠物", "用户", "改", "歌曲", "店", "的产品", "这款", "套餐", "活动", "酒店", "颜色", "小区"}
	if !cue.strong {
		words = []string{"不", "别", "还", "就", "如果", "要"}
		if cue.word != "是" && cue.word != "给" {
			words = words[:2]
		}
	}
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// behindCue reads the name behind a cue.
func (c *scan) behindCue(i int, cue zhCue) {
	if onlyColon[cue.word] && !cue.strong && c.byteAt(i) != ':' {
		return
	}
	from := i
	if cue.label {
		i = c.past(i, zhVerbs)
	}
	i = c.past(c.skip(i, 1, " "), zhQuotes)
	end := c.personHan(i, cue)
	if r, _ := c.after(i); end > 0 && i == from && cue.label && weakSurnames[r] && !frequent[r] && !c.nameStops(end) {
		return
	}
	if end == 0 && cue.strong && (strings.ContainsAny(c.s[from:i], ":=") || strings.HasSuffix(c.s[:i], "叫") || strings.HasSuffix(c.s[:i], "是")) {
		end = c.foreignHan(i)
	}
	if end == 0 && cue.strong {
		end = c.transcribedHan(i)
	}
	if end == 0 {
		end = c.latinBehind(i, cue)
	}
	if end == 0 && cue.word == "我是" {
		i, end = c.describedHan(i)
	}
	if end <= i {
		return
	}
	c.add(i, c.title(end), Name)
	if cue.strong || onlyColon[cue.word] {
		c.listed(end)
	}
}

// past returns where none of the words stands any more, from i on.
func (c *scan) past(i int, words []string) int {
	for again := true; again; {
		again = false
		for _, w := range words {
			if strings.HasPrefix(c.s[i:], w) {
				i, again = i+len(w), true
			}
		}
	}
	return i
}

// personHan returns the end of the name with a surname at i, or 0 where the cue
// is too weak for it.
func (c *scan) personHan(i int, cue zhCue) int {
	end, sure := c.nameHan(i, cue.strong)
	if end > 0 && (cue.strong || sure) {
		return end
	}
	r, _ := c.after(i)
	fits := end > 0 && c.nameStops(end) && !role(c.s[i:end])
	switch {
	case fits && frequent[r] && (ofPersons[cue.word] || owned(c.s[end:]) || c.ofName(i)):
		return end
	case fits && end == i+len("于晓雯") && strings.ContainsRune("于任万常易温文路游费左", r) && ofPersons[cue.word]:
		return end
	}
	if called[cue.word] {
		return c.nickname(i)
	}
	return 0
}

// ofName reports whether names are spoken of shortly before i.
func (c *scan) ofName(i int) bool {
	s := c.s[max(0, i-48):i]
	return strings.Contains(s, "名字") || strings.Contains(s, "姓名")
}

// listed reads further names behind one: 张三和李四.
func (c *scan) listed(end int) {
	for range 4 {
		j := end
		for _, and := range [...]string{"、", "和", "与", ","} {
			if strings.HasPrefix(c.s[end:], and) {
				j = end + len(and)
			}
		}
		next, _ := c.nameHan(j, true)
		if next == 0 && strings.HasSuffix(c.s[:j], "、") {
			next = c.foreignHan(j)
		}
		if j == end || next == 0 || !c.nameStops(next) || role(c.s[j:next]) {
			return
		}
		c.add(j, c.title(next), Name)
		end = next
	}
}

// nameHan returns the end of a name that begins with a surname at i, or 0, and
// whether it can be told from other words without a strong cue.
func (c *scan) nameHan(i int, strong bool) (end int, sure bool) {
	s := c.s[i:]
	if first := runeAt(s, 0); (first == '小' || first == '老') && !strong {
		t := s[len("小"):]
		r, n := utf8.DecodeRuneInString(t)
		if known, _ := surname(t); known == n && n > 1 && !weakSurnames[r] && c.nameStops(i+len("小")+n) {
			return i + len("小") + n, true
		}
		return 0, false
	}
	n, double := surname(s)
	if n == 0 {
		return 0, false
	}
	first, _ := utf8.DecodeRuneInString(s)
	if noName(s, strong && !double) {
		return 0, false
	}
	j, given := i+n, 0
	for given < 2 && j < len(c.s) {
		r, k := utf8.DecodeRuneInString(c.s[j:])
		if !text.IsHan(r) || given > 0 && goesOn(c.s[j:]) && !strings.HasSuffix(c.s[:j], string(r)) && !c.lastOfName(r, j+k) || given == 0 && (c.title(j) > j || !strong && goesOn(c.s[j:]) && !strings.ContainsRune(givenFirst, r)) {
			break
		}
		j, given = j+k, given+1
	}
	if end := c.spaced(j); given == 0 && strong && end > j {
		return end, true
	}
	if given == 0 {
		titled := c.title(j) > j
		return j, titled || strong && double
	}
	sure = (!weakSurnames[first] || double) && c.nameStops(j) && !role(c.s[i:j])
	return j, sure
}

// spaced returns the end of a given name of one character with a blank before
// it, as in tables: 张 伟.
func (c *scan) spaced(i int) int {
	if c.byteAt(i) != ' ' {
		return i
	}
	r, n := c.after(i + 1)
	if end := i + 1 + n; text.IsHan(r) && !text.IsHan(runeAt(c.s, end)) {
		return end
	}
	return i
}

// lastOfName reports whether a character that may begin what follows a name
// belongs to it: nothing follows, and it ends no clause otherwise (李福来).
func (c *scan) lastOfName(r rune, end int) bool {
	return !text.IsHan(runeAt(c.s, end)) && !strings.ContainsRune("的了吗呢啊吧哦哈呀说用我你您他她先电手买卖退换查问付吃看听改", r)
}

// ofPersons are weak cues that persons follow rather than things.
var ofPersons = wordSet("我是 名叫 这里是 这边是 叫我 本人 称呼我 喊我 转给 交给 联系 找 我和 我跟 署名 落款")

// called are the cues that say how somebody likes to be called.
var called = wordSet("叫我 称呼我 喊我")

// owned reports whether something of a person's follows: 的订单.
func owned(s string) bool {
	t, ok := strings.CutPrefix(s, "的")
	for _, w := range [...]string{"订单", "包裹", "快递", "手机", "电话", "号", "账", "地址", "卡", "预", "票", "家"} {
		if ok && strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// nameStops reports whether a name may end at i: at the end of a clause or
// before a word that follows names.
func (c *scan) nameStops(i int) bool {
	r, _ := c.after(i)
	return r == 0 || !text.IsHan(r) || goesOn(c.s[i:])
}

// foreignHan reads a name of any characters, as far as the clause goes, if it
// is no longer than a name: 阿依古丽, 买买提·艾力.
func (c *scan) foreignHan(i int) int {
	n, j := 0, i
	for j < len(c.s) && n < 9 && text.IsHan(runeAt(c.s, j)) {
		j, n = j+len("阿"), n+1
	}
	if n >= 5 && n <= 8 && transcribed(c.s[i:j]) {
		return j
	}
	n, j = 0, i
	for j < len(c.s) && n < 16 {
		r, k := utf8.DecodeRuneInString(c.s[j:])
		if !text.IsHan(r) && r != '·' || n > 1 && goesOn(c.s[j:]) && !strings.Contains(c.s[j:min(len(c.s), j+12)], "·") {
			break
		}
		j, n = j+k, n+1
	}
	dotted := strings.Contains(c.s[i:j], "·")
	if strings.HasPrefix(c.s[j:], "的") || n < 2 || n > 4 && !dotted || n > 15 || noName(c.s[i:], true) || role(c.s[i:j]) || text.IsHan(runeAt(c.s, j)) && n > 3 && !goesOn(c.s[j:]) {
		return 0
	}
	return j
}

// transcribedHan returns the end of three to eight characters at i that all are
// those of transcribed names, with nothing behind them that goes on, or 0.
func (c *scan) transcribedHan(i int) int {
	j, n := i, 0
	for n <= 8 && text.IsHan(runeAt(c.s, j)) && (n < 3 || !goesOn(c.s[j:])) {
		j, n = j+len("阿"), n+1
	}
	if n < 3 || n > 8 || !c.nameStops(j) || !transcribed(c.s[i:j]) {
		return 0
	}
	return j
}

// transcribed reports whether nearly all of the characters are those that names
// of other languages are transcribed with: 阿布都热西提.
func transcribed(s string) bool {
	n, odd := 0, 0
	for _, r := range s {
		if n++; !strings.ContainsRune("阿艾买提古丽麦尔布都热西力木江汗克孜依吐逊卡哈斯娜拉扎巴图格根其萨仁呼德勒乌云达瓦央金次多吉卓玛旺堆姆尼平措约翰史密肉孜合迪努尔比帕夏伊不拉赛亚罕沙地牙生居来库万", r) {
			odd++
		}
	}
	return odd <= n/5
}

// runeAt is the rune at i, [utf8.RuneError] behind the text.
func runeAt(s string, i int) rune {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return r
}
