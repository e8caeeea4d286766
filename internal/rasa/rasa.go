// Package rasa reads how Rasa's training data annotate entities in a message.
package rasa

import (
	"regexp"
	"strings"
)

// A Mark is an annotation: [Words](Short), [Words]{…} or [Words][{…},{…}].
type Mark struct {
	Source string // as it was written
	Words  string
	Short  string // entity, or entity:value; "" in the long forms
	List   string // a JSON list of objects; "" in the short form
}

var annotated = regexp.MustCompile(`\[([^\]]+)\](?:\(([^)]+)\)|(\{[^}]*\})|\[(\{.*?\})\])`)

// Plain returns the message as the customer would write it, and its annotations
// in order.
func Plain(text string) (string, []Mark) {
	var b strings.Builder
	var marks []Mark
	at := 0
	for _, m := range annotated.FindAllStringSubmatchIndex(text, -1) {
		mark := Mark{Source: text[m[0]:m[1]], Words: text[m[2]:m[3]]}
		switch {
		case m[4] >= 0:
			mark.Short = text[m[4]:m[5]]
		case m[6] >= 0:
			mark.List = "[" + text[m[6]:m[7]] + "]"
		default:
			mark.List = "[" + text[m[8]:m[9]] + "]"
		}
		marks = append(marks, mark)
		b.WriteString(text[at:m[0]] + mark.Words)
		at = m[1]
	}
	return b.String() + text[at:], marks
}
