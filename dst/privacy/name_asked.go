package privacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// asking are words in a question for a name.
var asking = [...]string{"name", "姓名", "名字", "称呼", "贵姓", "叫什么"}

// answering is what stands between such a question and the name: who answers,
// in transcripts, and how answers begin.
var answering = regexp.MustCompile(`^\s*(?:(?:[a-z]+(?: [a-z0-9]+)?|\p{Han}{1,4}) ?: ?)?` +
	`(?:(?:yes|yeah|yep|sure|ok|okay|of course|um|uh|so|well|hi|it's|its|it is|that's|that is|that would be|this is|i am|i'm|嗯|好的|好|是的|是|对|哦|我叫|我是|叫)(?:[ ,.]+|\b))*`)

const reachQuestion = 40 // bytes before a question mark that are looked at

// namesAsked reads the names with which questions for one are answered: "may I
// have your name? CUSTOMER: yes it's …".
func (c *scan) namesAsked() {
	for i := 0; i < len(c.low); i++ {
		k := strings.IndexByte(c.low[i:], '?')
		if k < 0 {
			return
		}
		from := i
		i += k
		question := c.low[max(from, i-reachQuestion):i]
		if !slices.ContainsFunc(asking[:], func(w string) bool { return strings.Contains(question, w) }) {
			continue
		}
		start := i + 1 + len(answering.FindString(c.low[i+1:min(len(c.low), i+1+2*reachQuestion)]))
		if end := c.answer(start); end > 0 {
			c.add(start, end, Name)
		}
	}
}

// answer returns the end of the name at i that has a clause to itself, or 0.
func (c *scan) answer(i int) int {
	r, _ := c.after(i)
	if text.IsHan(r) {
		end, _ := c.nameHan(i, true)
		if n := utf8.RuneCountInString(c.s[i:max(i, end)]); n < 2 || text.IsHan(runeAt(c.s, end)) && !goesOn(c.s[end:]) {
			return 0
		}
		return c.title(end)
	}
	if !unicode.IsUpper(r) && !givenNames[c.word(i)] || c.shouted() {
		return 0
	}
	w := c.word(i)
	end := c.nameLatin(i, true)
	if end == 0 || !c.clauseEnds(end) || noPerson[w] || ordinary[w] || describes(w) && !strings.Contains(c.s[i:end], " ") {
		return 0
	}
	return end
}
