package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// zhKin are words for people near to a customer, zhServed for people at work:
// names follow both.
const (
	zhKin = `妈 妈妈 母亲 爸 爸爸 父亲 老婆 老公 妻子 丈夫 媳妇 太太 爱人 室友 舍友 同事 同学 朋友 闺蜜 邻居 儿子 女儿 闺女 孩子 宝宝 哥 哥哥 姐 姐姐 弟 弟弟 妹 妹妹
		爷爷 奶奶 外公 外婆 姥姥 姥爷 男朋友 女朋友 男友 女友 未婚妻 未婚夫 表哥 表姐 表弟 表妹 侄子 侄女 外甥 助理 秘书 房东 租客 领导 老板`
	zhServed = `专员 客服 顾问 导游 司机 护士 店长 管家 业务员 快递员 骑手 配送员 维修员 安装员 销售员 导购 接线员 客户 家属 房客 客户经理 理财经理 大堂经理 柜员 中介 教练 医生 大夫 前台 师傅 主管 门卫 店员 服务员 营业员 收银员 保安 员工 工作人员 甲方代表 乙方代表`
)

// latinBehind returns the end of the name in Latin letters at i, behind a Chinese
// cue, or 0. Behind a weak one it begins with a given name; behind 给 and 找,
// which goods follow too, with one that is no other word.
func (c *scan) latinBehind(i int, cue zhCue) int {
	end := c.nameLatin(i, cue.strong)
	switch w := c.word(i); {
	case cue.strong:
		return end
	case !givenNames[w], end == 0:
		return 0
	case len(cue.word) > len("给"):
		return end
	case cue.word != "给" && cue.word != "找", ambiguous[w], c.brandGoesOn(end), strings.HasPrefix(c.s[end:], "的") && !owned(c.s[end:]):
		return 0
	}
	return end
}

// brandGoesOn reports whether another word with a capital follows: 找Tom Ford.
func (c *scan) brandGoesOn(end int) bool {
	r, _ := c.after(c.skip(end, 1, " "))
	return unicode.IsUpper(r)
}

// describedHan reads a name at the end of a clause in which people say who they
// are: 我是昨天打过电话的张伟. Of what they bought the same is said.
func (c *scan) describedHan(i int) (start, end int) {
	j := i
	for j < len(c.s) && j < i+60 && (text.IsHan(runeAt(c.s, j)) || isAlnum(c.s[j])) {
		j += utf8.RuneLen(runeAt(c.s, j))
	}
	clause := c.s[i:min(j, len(c.s))]
	k := strings.LastIndex(clause, "的")
	if k < 0 || strings.ContainsAny(clause[:k], "买用要订吃选喝") {
		return i, 0
	}
	start = i + k + len("的")
	if end, sure := c.nameHan(start, false); sure && end == j {
		return start, end
	}
	return i, 0
}

// wishes stand behind the name of somebody who is to get a card.
var wishes = [...]string{"生日快乐", "生日", "新婚", "早日康复", "百年好合", "毕业快乐", "母亲节", "父亲节"}

// wished reads the name in 祝佳怡生日快乐, at i behind 祝.
func (c *scan) wished(i int) {
	j := i
	for n := 1; n <= 4 && text.IsHan(runeAt(c.s, j)); n++ {
		j += len("祝")
		if n < 2 || !slices.ContainsFunc(wishes[:], func(w string) bool { return strings.HasPrefix(c.s[j:], w) }) {
			continue
		}
		if strings.ContainsAny(c.s[i:j], "你您我他她们妈爸爷奶公婆宝贝老家哥姐弟妹女儿子师亲友的各位") || goesOn(c.s[i:]) {
			return
		}
		c.add(i, j, Name)
		return
	}
}
