package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// zhTitles follow names.
var zhTitles = []string{"先生", "女士", "小姐", "太太", "师傅", "老师", "经理", "总监", "总", "医生", "大夫", "教授", "同学", "阿姨", "夫人", "律师", "老板", "主任", "女生", "先森", "姐", "哥", "叔", "姨"}

// title takes in the title that stands at i.
func (c *scan) title(i int) int {
	for _, t := range zhTitles {
		if strings.HasPrefix(c.s[i:], t) && (t != "总" || !c.total(i+len(t))) && !(t == "小姐" && strings.HasPrefix(c.s[i:], "小姐姐")) && !(len(t) == len("姐") && t != "总" && c.kin(i+len(t))) {
			return i + len(t)
		}
	}
	return i
}

// kin reports whether what stands at i goes on a word for relatives: 姐妹, 哥们.
func (c *scan) kin(i int) bool {
	r, _ := c.after(i)
	return r != 0 && strings.ContainsRune("姐哥妹弟夫们叔姨伦特", r)
}

// total reports whether 总 is the beginning of a word: 总额, 总共.
func (c *scan) total(i int) bool {
	r, _ := c.after(i)
	return r != 0 && strings.ContainsRune("额共价数计量部统是会结和体览算得要监裁觉在能店行社公机线站厂台之不想有还是体共长代", r)
}

// beforeTitle reads the name before the title at i: 王先生, 欧阳娜娜女士.
func (c *scan) beforeTitle(i int) {
	end := c.title(i)
	if end == i || strings.HasPrefix(c.s[end:], "牌") || strings.HasPrefix(c.s[end:], "装") || c.shopNamed(end) {
		return
	}
	var at [5]int // where the characters before the title begin
	n := 0
	for j := i; n < 4 && j > 0; n++ {
		r, k := c.before(j)
		if !text.IsHan(r) {
			break
		}
		j -= k
		at[n] = j
	}
	for k := min(n, 4) - 1; k >= 0; k-- {
		s := c.s[at[k]:i]
		m, double := surname(s)
		r, _ := utf8.DecodeRuneInString(s)
		given := (len(s) - m) / len("王")
		kin := end-i == len("姐") && c.s[i:end] != "总" && (given > 0 || frequent[r])
		if m == 0 || given > 2 || kin || weakSurnames[r] && !frequent[r] && !double && !c.addressed(at[k], given) || given > 0 && noName(s+c.s[i:end], false) {
			continue
		}
		if given > 0 && !c.nameBegins(at[k]) || given == 0 && !c.surnameBegins(at[k]) || strings.ContainsAny(s[m:], "的了是和跟与给找请位个") {
			continue
		}
		c.add(at[k], end, Name)
		return
	}
	if n == 0 {
		c.latinTitled(i, end)
	}
}

// shopNamed reports whether the word for a shop follows the title that ends at i:
// 王小姐奶茶店.
func (c *scan) shopNamed(i int) bool {
	if goesOn(c.s[i:]) {
		return false
	}
	for n := 0; n < 4 && text.IsHan(runeAt(c.s, i)); n++ {
		if i += len("店"); n > 0 && strings.ContainsRune("店城馆坊铺", runeAt(c.s, i-len("店"))) {
			return true
		}
	}
	return false
}

// latinTitled reads a name in Latin letters before a title: Lee先生.
func (c *scan) latinTitled(i, end int) {
	switch c.s[i:end] {
	case "先生", "女士", "小姐", "太太", "老师", "医生", "同学":
	default:
		return
	}
	from := i
	for r, k := c.before(from); nameLetter(r); r, k = c.before(from) {
		from -= k
	}
	w := c.word(from)
	if r, _ := c.after(from); i-from < 2 || i-from > 24 || !unicode.IsUpper(r) || noPerson[w] || stopWords[w] || greets[w] || ordinary[w] {
		return
	}
	c.add(from, end, Name)
}

// addressed reports whether a surname that is a word as well stands alone
// before its title at the beginning of a clause: 于先生.
func (c *scan) addressed(i, given int) bool {
	r, _ := c.before(i)
	return given == 0 && !text.IsHan(r) && !strings.ContainsRune("和向来位连时权全单应成有从每班车", runeAt(c.s, i))
}

// nameBegins reports whether a name with its given name may begin at i: behind
// anything but a character, or a word that names follow.
func (c *scan) nameBegins(i int) bool {
	r, _ := c.before(i)
	return r == 0 || !text.IsHan(r) || strings.ContainsRune("给找是叫和跟与请向由被让我的到了人对为联系及帮位", r)
}

// surnameBegins reports whether the surname at i is not the end of a word: 时尚
// 女士.
func (c *scan) surnameBegins(i int) bool {
	r, n := c.before(i)
	if r == 0 || !text.IsHan(r) {
		return true
	}
	return !zhWords[c.s[i-n:i+utf8.RuneLen(runeAt(c.s, i))]]
}

// surnameTold reads 我姓王, 免贵姓欧阳.
func (c *scan) surnameTold(i, end int) {
	if r, _ := c.before(i); r != 0 && strings.ContainsRune("百同改随复", r) {
		return
	}
	if n, double := surname(c.s[end:]); n > 0 && (double || c.nameStops(end+n) || c.title(end+n) > end+n) {
		c.add(end, c.title(end+n), Name)
	}
}
