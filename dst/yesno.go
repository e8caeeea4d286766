package dst

import (
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// YesNo is a slot type for questions that are answered with yes or no. It
// reads the answer itself ("yeah", "not really", 不用了); phrases that name the
// slot ("with wifi", 要早餐) belong to the tracker.
//
// An answer that is the whole message scores 1, one that opens it 0.9, one
// that closes it 0.6 and one in its midst 0.3. Words that only hold a yes or no
// ("no problem", "not sure", 是不是, 没问题, 无所谓) are not taken for one.
//
// YesNo is safe for concurrent use.
type YesNo struct {
	Yes, No string // the canonical values; empty means "yes" and "no"
}

// yesNoTerms are answers; IDs below. What must not be read as an answer stands
// beside them and wins where it is longer.
const (
	yesNoYes = iota
	yesNoNo
	yesNoNeither
)

var (
	yesNoLexicon = newYesNoLexicon()
	yesNoParse   = map[string]int{
		"true": yesNoYes, "1": yesNoYes, "y": yesNoYes, "t": yesNoYes, "on": yesNoYes,
		"false": yesNoNo, "0": yesNoNo, "n": yesNoNo, "f": yesNoNo, "off": yesNoNo, "none": yesNoNo,
	}
)

func newYesNoLexicon() *text.Lexicon {
	var terms []text.Term
	for id, words := range [][]string{yesNoYes: yesWords, yesNoNo: noWords, yesNoNeither: neitherWords} {
		for _, w := range words {
			terms = append(terms, text.Term{Text: w, ID: int32(id), Score: 1})
		}
	}
	return text.NewLexicon(terms, 0)
}

var yesWords = []string{
	"yes", "yeah", "yea", "yep", "yup", "yes please", "yes i do", "yes it is", "yes i would", "yes that's right",
	"sure", "sure thing", "of course", "definitely", "absolutely", "certainly", "indeed", "correct", "that's correct",
	"that's right", "that is right", "that is correct", "right", "exactly", "affirmative", "ok", "okay", "alright",
	"all right", "please do", "i do", "i would", "i'd like that", "i would like that", "that would be great",
	"that works", "works for me", "sounds good", "sounds great", "perfect", "go ahead", "uh huh", "true", "no problem", "why not",
	"是", "是的", "是啊", "是呀", "是滴", "对", "对的", "对啊", "对呀", "没错", "正确", "好", "好的", "好啊", "好呀", "好滴", "行", "行啊", "行的", "可以",
	"可以的", "可以啊", "可", "嗯", "嗯嗯", "恩", "要", "要的", "需要", "需要的", "想要", "有", "有的", "当然", "当然了", "当然可以", "必须", "必须的", "肯定",
	"肯定的", "没问题", "没有问题", "ok的", "同意", "确认", "确定", "愿意", "中", "成", "妥", "得嘞", "来吧",
}

var noWords = []string{
	"no", "nope", "nah", "no thanks", "no thank you", "no i don't", "no it isn't", "not really", "not at all", "not necessary",
	"not needed", "never", "negative", "i don't", "i do not", "i'd rather not", "i would rather not", "don't", "no need", "not this time",
	"no way", "incorrect", "that's wrong", "that is wrong", "that's not right", "that's incorrect", "wrong", "false", "not required",
	"i don't need it", "i don't need that", "don't need it", "don't need that", "doesn't need to", "absolutely not", "definitely not", "of course not",
	"i don't think so", "not now", "no please", "none",
	"不", "不是", "不是的", "不对", "不要", "不要了", "不用", "不用了", "不需要", "不必", "不必了", "没有", "没", "没有了", "不行", "不可以", "不好", "不能",
	"否", "非", "算了", "不了", "不想", "不想要", "用不着", "错", "错了", "不同意", "不愿意", "不确认", "别", "别了", "不成", "没必要", "免了", "还是算了", "还是不要了", "还是不用了", "那算了",
}

// neitherWords hold a yes or no and are none.
var neitherWords = []string{
	"not sure", "no idea", "no preference", "no matter", "no more", "no less", "no later", "no earlier", "no longer", "no worries",
	"no one", "no where", "not yet", "i'm not sure", "don't care", "i don't care", "don't mind", "i don't mind", "don't know", "i don't know",
	"doesn't matter", "does not matter", "right now", "right away", "right there", "right next", "on the right", "make sure", "be sure", "do i",
	"i would like", "i would like to", "i'd like to", "i do not care", "i do not mind", "i do not know", "i don't have", "no particular", "don't have a preference", "i don't have a preference", "i don't have any preference", "sure about", "no smoking", "non", "no rush", "no hurry", "no 1", "no one else",
	"i would prefer", "i would rather", "i would love", "i do need", "i do want", "go ahead and", "all right reserved", "i don't want", "i don't need", "i don't like",
	"是不是", "是否", "还是", "有没有", "要不要", "可不可以", "行不行", "好不好", "对不对", "能不能", "需不需要", "用不用", "可以吗", "行吗", "好吗", "对吗",
	"是吗", "有吗", "要吗", "需要吗", "无所谓", "不限", "不在乎", "不介意", "都可以", "都行", "随便", "不知道", "不清楚", "不确定", "不一定", "没关系", "没事",
	"不错", "不过", "不同", "不仅", "不但", "不论", "不管", "不少", "不多", "不太", "不会", "不到", "不超过", "不低于", "不高于", "不少于", "不多于", "不小于", "不大于", "不贵",
	"差不多", "是什么", "有什么", "有哪些", "好吃", "好玩", "好看", "好喝", "好用", "要求", "最好", "比较好", "很好", "较好", "不好吃", "好评", "爱好", "刚好", "正好", "只要", "主要", "重要",
	"可能", "可爱", "可靠", "可口", "行程", "行李", "旅行", "银行", "步行", "自行", "进行", "流行", "出行", "飞行", "同行", "行业", "对于", "对面", "针对", "相对", "绝对", "对比", "对了", "对象",
	"中国", "中午", "中间", "中心", "中餐", "中式", "中等", "其中", "集中", "中档", "中关村", "中山", "初中", "高中", "中学", "中文", "成人", "完成", "成都", "成为", "成功", "变成", "组成", "妥当",
	"没有要求", "没什么", "没啥", "没想好", "别的", "别人", "特别", "区别", "级别", "分别", "非常", "除非", "非要", "是非", "错过", "有点", "有些", "有关", "有名", "所有", "只有", "还有", "具有", "拥有", "有限", "有时", "有人", "有空", "没有吗",
	"总是", "但是", "于是", "可是", "就是", "不是很", "也是", "或是", "要是", "如果是", "想要一", "想要找", "需要一", "要一", "肯定有", "必须有", "确定一下", "确认一下", "确认下", "来吧台", "不要太", "别太",
}

// Find implements [Type].
func (y *YesNo) Find(t *Text) []Mention {
	found := yesNoLexicon.Find(t.tokens)
	if len(found) == 0 {
		return nil
	}
	first, last := yesNoTrim(t.tokens)
	var out []Mention
	for _, m := range yesNoJoined(t.tokens, found) {
		if m.ID == yesNoNeither || m.Score < 0.7 {
			continue
		}
		out = append(out, t.mention(m.First, m.Last, y.value(int(m.ID)), yesNoScore(t.tokens, m, first, last)))
	}
	return out
}

// yesNoJoined joins answers that say the same side by side: "yeah sure", 好的，
// 可以.
func yesNoJoined(toks []text.Token, found []text.Match) []text.Match {
	n := 0
	for _, m := range found {
		if n > 0 && found[n-1].ID == m.ID && m.Score >= 0.7 && found[n-1].Score >= 0.7 && m.ID != yesNoNeither {
			if gap := found[n-1].Last; gap == m.First || gap+1 == m.First && toks[gap].Text == "," {
				found[n-1].Last = m.Last
				continue
			}
		}
		found[n] = m
		n++
	}
	return found[:n]
}

// yesNoTrim returns the tokens [first, last) that are more than punctuation
// and final particles.
func yesNoTrim(toks []text.Token) (first, last int) {
	last = len(toks)
	for first < last && yesNoNoise(toks[first].Text) {
		first++
	}
	for last > first && yesNoNoise(toks[last-1].Text) {
		last--
	}
	return first, last
}

func yesNoNoise(w string) bool {
	switch w {
	case ",", ".", "!", ";", "~", "-", "呢", "吧", "哦", "啊", "呀", "了", "的", "嘛", "哈", "please", "thanks", "oh", "um", "well", "so", "哦哦", "谢", "您", "你", "我", "那", "thank", "you":
		return true
	}
	return false
}

func yesNoScore(toks []text.Token, m text.Match, first, last int) float64 {
	starts, ends := m.First <= first, m.Last >= last
	stop := m.Last >= len(toks) || yesNoStop(toks, m)
	switch {
	case starts && ends:
		return 1
	case starts && stop:
		return 0.9
	case ends && (m.First == 0 || toks[m.First-1].Kind == text.Symbol):
		return scoreBare
	}
	return scoreWeak
}

// yesNoStop reports whether the answer is over where the mention ends: at
// punctuation, a space in Chinese, or before a new clause.
func yesNoStop(toks []text.Token, m text.Match) bool {
	next := toks[m.Last]
	if next.Kind == text.Symbol {
		return true
	}
	if toks[m.Last-1].Kind == text.Han {
		if next.Start > toks[m.Last-1].End {
			return true
		}
		switch next.Text {
		case "的", "了", "啊", "呀", "吧", "我", "就", "谢", "请", "哦", "嘛", "呢", "那":
			return true
		}
		return false
	}
	switch next.Text {
	case "i", "please", "it", "that", "thanks", "thank", "we", "but", "and", "the", "this", "sir", "you", "can", "could", "they":
		return true
	}
	return next.Kind == text.Han
}

func (y *YesNo) value(id int) string {
	switch {
	case id == yesNoYes && y.Yes != "":
		return y.Yes
	case id == yesNoYes:
		return "yes"
	case y.No != "":
		return y.No
	}
	return "no"
}

// Parse implements [Parser]: any answer, and what databases and APIs write:
// true, false, 1, 0, 是, 否, 有, 没有.
func (y *YesNo) Parse(value string, now time.Time) (string, bool) {
	key := text.Key(value)
	for id := yesNoYes; id <= yesNoNo; id++ {
		if v := y.value(id); text.SameKey(v, value) {
			return v, true
		}
	}
	if id, ok := yesNoParse[key]; ok {
		return y.value(id), true
	}
	return parseWhole(y, value, now, 1)
}

// Format implements [Formatter]: "yes" and "no", 是 and 否.
func (y *YesNo) Format(value, lang string) string {
	v, ok := y.Parse(value, time.Time{})
	if !ok {
		return value
	}
	if yes := v == y.value(yesNoYes); lang == "zh" {
		if yes {
			return "是"
		}
		return "否"
	} else if yes {
		return "yes"
	}
	return "no"
}
