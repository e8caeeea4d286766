package recommend

import (
	"encoding/json"
	"strings"
)

// PromptData is what the templates of a [Prompt] see of a [Request]. Whatever
// customers, products or articles say is [Quoted].
type PromptData struct {
	Lang   string // "en" or "zh"
	User   Quoted // the message that is answered
	Wishes []PromptFact
	Steps  []PromptStep // what to say, in order
	Facts  []PromptFact // what it rests on
	Runes  int          // most characters; 0 for no limit
	Style  string       // wishes of the developer's about the wording
	JSON   bool         // the answer is to be an object {"text": …, "facts": […]}

	Problem Quoted // with the last answer, for "repair"
}

// A PromptStep is one thing to say.
type PromptStep struct {
	Kind  StepKind
	Draft Quoted // as [Template] words it
}

// A PromptFact is a fact, or a wish, whose Value is then all of it in words.
type PromptFact struct {
	ID                      string // "" for a wish
	Thing, Attribute, Value Quoted
}

// Quoted is text of strangers. A template, and anything else that prints it by
// package fmt, gets it as one JSON string: no quote, line break, tag or other
// delimiter in it ends it, so that a model can tell it from instructions.
type Quoted string

// String returns the text as a JSON string, with <, > and & escaped besides.
func (q Quoted) String() string {
	b, err := json.Marshal(strings.ToValidUTF8(string(q), "\uFFFD"))
	if err != nil {
		return `""` // cannot be: any text has a JSON form
	}
	return breaks.Replace(string(b))
}

// breaks are what ends a line for some readers and JSON leaves as it is, and
// marks that change the direction in which what follows is shown.
var breaks = strings.NewReplacer("\u0085", `\u0085`, "\u200e", `\u200e`, "\u200f", `\u200f`,
	"\u202a", `\u202a`, "\u202b", `\u202b`, "\u202c", `\u202c`, "\u202d", `\u202d`, "\u202e", `\u202e`,
	"\u2066", `\u2066`, "\u2067", `\u2067`, "\u2068", `\u2068`, "\u2069", `\u2069`)
