package recommend

import (
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// comparative words say which of two things has more or less of something.
type comparativeWords struct {
	one, many string // "is lighter", "are lighter"; "%s" is the label of what is compared
	any       string // "is lighter", "has a lower %s"
}

// comparison chooses the words for n things of which one has the most or least.
func comparison(measure string, more bool, n int, lang string) comparativeWords {
	w, ok := verdicts[lang][measure]
	if ok = ok && measure != ""; !ok {
		w = verdicts[lang][""]
	}
	i := 0
	if more {
		i = 2
	}
	if n > 2 {
		i++
	}
	if lang == "zh" {
		return comparativeWords{w[i], w[i], w[i]}
	}
	if ok {
		return comparativeWords{"is " + w[i], "are " + w[i], "is " + w[i]}
	}
	return comparativeWords{"has the " + w[i] + " %s", "have the " + w[i] + " %s", "has a " + w[i] + " %s"}
}

// verdicts are the words for less and more of a measure, each of two things
// and of several.
var verdicts = map[string]map[string][4]string{
	"en": {
		string(text.Currency): {"cheaper", "the cheapest", "more expensive", "the most expensive"},
		string(text.Mass):     {"lighter", "the lightest", "heavier", "the heaviest"},
		moment:                {"older", "the oldest", "newer", "the newest"},
		"":                    {"lower", "lowest", "higher", "highest"},
	},
	"zh": {
		string(text.Currency): {"更便宜", "最便宜", "更贵", "最贵"},
		string(text.Mass):     {"更轻", "最轻", "更重", "最重"},
		moment:                {"更早", "最早", "更新", "最新"},
		"":                    {"%s更低", "%s最低", "%s更高", "%s最高"},
	},
}

// phrase says what none of the things does or is.
func (w comparativeWords) phrase(label string) string { return filled(w.any, label) }

func filled(words, label string) string {
	if strings.Contains(words, "%s") {
		return fmt.Sprintf(words, label)
	}
	return words
}

// sentence says that these things have the most or least.
func (w comparativeWords) sentence(things []string, label, lang string) string {
	words := w.one
	if len(things) > 1 {
		words = w.many
	}
	if lang == "zh" && strings.Contains(words, "%s") {
		words = "的" + words
	}
	words = filled(words, label)
	if lang == "zh" {
		return joined(things, lang) + words + "。"
	}
	return joined(things, lang) + " " + words + "."
}
