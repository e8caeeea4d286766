package recommend

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// A reaction is what the user says to a step that was told.
type reaction uint8

const (
	noReaction reaction = iota
	itHelped
	itFailed
	itWasTried
	itIsDone // the step was taken, and nothing is said of what came of it
	wait     // the user is about to try
	goBack
	sayAgain
	allSteps
	oneStep // the step of a number
)

// Cues for what became of a step. Where several stand in a message the last
// says how it ended.
var (
	helpedCue = alternatives(`it works`, `works? (?:now|again|fine|great|perfectly)`, `working (?:now|again|fine)`, `worked`, `that did it`, `did the trick`, `fixed`, `solved`, `resolved`, `helped`, `all good`, `back to normal`,
		`好了`, `可以了`, `行了`, `解决了`, `已解决`, `搞定`, `修好`, `恢复正常`, `正常了`, `有用`, `管用`, `有效`, `起作用了`, `没问题了`, `成功了`, `能\p{Han}{1,4}了`)
	failedCue = alternatives(`(?:did|does|do|has|have)(?:n't| not)? (?:help|work|fix|solve|change|helped|worked)`, `(?:is|was)(?:n't| not) (?:working|fixed|solved)`, `not (?:working|fixed|solved|better|really|yet)`,
		`nothing (?:help|work|chang)\w*`, `no (?:luck|use|change|difference|better|good|success|effect)`, `same (?:problem|issue|thing)`, `still (?:no|not|nothing|won't|can't|doesn't|does not|isn't|is not|the same|broken|bad)`, `to no avail`, `in vain`, `without success`,
		`没用`, `没有用`, `不管用`, `还是(?:不|没|一样|这样|老样|那样|充不|打不|连不|开不|用不)`, `还不行`, `不行`, `没有?效果`, `[没未](?:有)?解决`, `解决不了`, `[没未](?:有)?(?:修)?好`, `都没`, `没有?变化`, `没反应`, `没有?改善`, `一样的问题`, `[不没]起作用`, `没作用`, `无效`, `没有?帮助`, `依然`, `依旧`, `仍然`)
	// weaklyFailed say so only where nothing else is understood of the message.
	weaklyFailed = alternatives(`still`, `what else`, `anything else`, `another (?:idea|way)`, `还是`, `下一个`, `还有别的`, `别的办法`, `其他办法`, `还有吗`, `换个办法`)
	triedCue     = alternatives(`tried`, `already (?:did|done)`, `(?:did|done) (?:that|it|this) (?:already|before)`, `试过`, `试了`, `做过了?`, `已经\p{Han}{1,4}[了过]`, `\p{Han}过了`, `[换试重清关拔插](?:[启理机]|新\p{Han})?过`)
	doneCue      = alternatives(`done`, `did (?:it|that)`, `finished`, `next(?: step)?`, `now what`, `what now`, `then what`, `and then`, `下一步`, `然后呢`, `接下来`, `接着呢`, `[做弄搞]完`, `完成`, `(?:换|关|清|清理|插|装|设置|更新|重启)好了`)
	waitCue      = alternatives(`let me try`, `(?:i'll|i will|going to) try`, `trying`, `wait`, `hold on`, `one moment`, `我?试试`, `试一下`, `去试`, `等一?下`, `稍等`, `等会`)
	backCue      = alternatives(`go back`, `previous step`, `step before`, `one step back`, `上一?步`, `上一?个步骤`, `退回`)
	againCue     = alternatives(`say (?:it|that) again`, `which step`, `what was (?:that|it)`, `再说一[遍次]`, `哪一步`)
	allCue       = alternatives(`all (?:the |of the |your )?steps`, `every step`, `everything at once`, `all at once`, `(?:list|tell me|show me) (?:them )?all`, `一次性?(?:都|全)?[说讲给告]`, `(?:全部|所有)的?(?:步骤|方法|办法)`, `(?:都|全部|一起)(?:告诉我|说出?来|列出来)`)
	stepCue      = regexp.MustCompile(`\bstep (\d|one|two|three|four|five)\b|\b(first|second|third|fourth|fifth) step\b|第([一二三四五\d])步|步骤([一二三四五\d])`)
	// backToIt takes up a problem again that was left.
	backToIt = alternatives(`(?:back to|return to|continue with|go on with|about) [^,.;!?]{0,30}(?:problem|issue|trouble|troubleshooting)`, `(?:the|my|that) (?:\w+ ){0,2}(?:problem|issue) (?:from before|again)`,
		`(?:刚才|之前|刚刚|前面|先前|上面)[^，。！？]{0,8}(?:问题|故障|毛病)`, `(?:回到|继续|接着)[^，。！？]{0,10}(?:问题|故障|排查|解决|步骤)`)
)

// alternatives matches any of the patterns, those in letters as whole words.
func alternatives(patterns ...string) *regexp.Regexp {
	var out []string
	for _, p := range patterns {
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(p, "(?:")); first < utf8.RuneSelf && unicode.IsLetter(first) {
			p = `\b` + p + `\b`
		}
		out = append(out, p)
	}
	return regexp.MustCompile(strings.Join(out, "|"))
}

// acknowledged are messages that take a step in without saying how it went.
var acknowledged = []string{"ok", "okay", "k", "alright", "all right", "sure", "fine", "got it", "right", "好", "好的", "好吧", "行", "可以", "嗯", "哦", "知道了", "明白了", "收到"}

// longMessage is the number of characters from which a message rather tells
// something anew than answers a question.
const longMessage = 240

// reaction reads what the message says to the step told last; n is the number
// of the step that it asks for.
func (t *turn) reaction() (r reaction, n int) {
	folded := text.Fold(t.text)
	if utf8.RuneCountInString(folded) > longMessage {
		return noReaction, 0
	}
	if allCue.MatchString(folded) {
		return allSteps, 0
	}
	if m := stepCue.FindStringSubmatch(folded); m != nil {
		return oneStep, numbered(strings.Join(m[1:], ""))
	}
	if r := t.outcome(folded); r != noReaction {
		return r, 0
	}
	switch {
	case t.said(dst.Request):
		return noReaction, 0 // "is it still in stock?"
	case backCue.MatchString(folded):
		return goBack, 0
	case t.said(dst.Repeat), againCue.MatchString(folded):
		return sayAgain, 0
	case triedCue.MatchString(folded):
		return itWasTried, 0
	case t.elsewhere() && !t.intent.help && !doneCue.MatchString(folded):
		return noReaction, 0
	case weaklyFailed.MatchString(folded), t.said(dst.More), t.said(dst.Deny):
		return itFailed, 0
	case acknowledges(folded), waitCue.MatchString(folded):
		return wait, 0
	case doneCue.MatchString(folded):
		return itIsDone, 0
	case t.said(dst.Affirm):
		return itHelped, 0
	}
	return noReaction, 0
}

// outcome reads whether the step helped: the last cue for either says. One that
// looks for something else besides ("不行了，我想买个新的") is none.
func (t *turn) outcome(folded string) reaction {
	if t.said(dst.Request) && t.selectedAny() != "" || t.intent.want != "" && t.elsewhere() {
		return noReaction
	}
	out, at := noReaction, -1
	failed, done := failedCue.FindAllStringIndex(folded, -1), doneCue.FindAllStringIndex(folded, -1)
	if len(failed) > 0 {
		out, at = itFailed, failed[len(failed)-1][1]
	}
	for _, m := range helpedCue.FindAllStringIndex(folded, -1) {
		switch {
		case within(failed, m), partOf(done, m), isAsked(folded[m[1]:]):
		case m[1] > at && negated(folded[:m[0]]):
			out, at = itFailed, m[1]
		case m[1] > at:
			out, at = itHelped, m[1]
		}
	}
	return out
}

// within reports whether a span shares a byte with one of others.
func within(others [][]int, m []int) bool {
	for _, x := range others {
		if m[0] < x[1] && x[0] < m[1] {
			return true
		}
	}
	return false
}

// partOf reports whether a span is part of a longer one of others.
func partOf(others [][]int, m []int) bool {
	for _, x := range others {
		if x[0] <= m[0] && m[1] <= x[1] {
			return true
		}
	}
	return false
}

// isAsked reports whether what follows a cue makes a question of it: 好了吗.
func isAsked(rest string) bool {
	for _, mark := range []string{"吗", "?", "没", "么"} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

var negation = regexp.MustCompile(`(?:n't|\bnot|\bno|\bnever|\bnothing|\bhardly)(?: \w+)?\s*$|[没不未别][有是]?$`)

func negated(before string) bool { return negation.MatchString(before) }

func acknowledges(folded string) bool {
	bare := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range acknowledged {
		if bare == w {
			return true
		}
	}
	return false
}

var numerals = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}

func numbered(word string) int { return numeral(word, numerals) }
