package privacy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// asked is a question for a name, with who answers and how answers begin, as in
// transcripts: "may I have your name? CUSTOMER: yes it's …".
var asked = regexp.MustCompile(`(?:\bname(?: [a-z]+){0,4}|姓名|名字|称呼|贵姓|叫什么(?:名字)?)(?:是|是什么|呢|吗|呀|啊|您)?[ ,]{0,2}(?:please)? ?\?\s*` +
	`(?:(?:[a-z]+(?: [a-z0-9]+)?|\p{Han}{1,4}) ?: ?)?` +
	`(?:(?:yes|yeah|yep|sure|ok|okay|of course|um|uh|so|well|hi|it's|its|it is|that's|that is|that would be|this is|i am|i'm|嗯|好的|好|是的|是|对|哦|我叫|我是|叫)(?:[ ,.]+|\b))*`)

// namesAsked reads the names with which questions for one are answered.
func (c *scan) namesAsked() {
	if !strings.Contains(c.s, "?") {
		return
	}
	for _, m := range asked.FindAllStringIndex(c.low, -1) {
		if end := c.answer(m[1]); end > 0 {
			c.add(m[1], end, Name)
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
