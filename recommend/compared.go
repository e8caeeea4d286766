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
	w, own := judged[lang][measure]
	if !own {
		w = sized[lang][sizes[measure]]
	}
	i := 0
	if more {
		i = 2
	}
	if n > 2 {
		i++
	}
	switch {
	case lang == "zh" && own:
		return comparativeWords{w[i], w[i], w[i]}
	case lang == "zh":
		return comparativeWords{"%s" + w[i], "%s" + w[i], "%s" + w[i]}
	case own:
		return comparativeWords{"is " + w[i], "are " + w[i], "is " + w[i]}
	}
	return comparativeWords{"has the " + w[i] + " %s", "have the " + w[i] + " %s", "has a " + w[i] + " %s"}
}

// judged are the words that say of a thing itself that it has less or more of a
// measure, each of two things and of several.
var judged = map[string]map[string][4]string{
	"en": {
		string(text.Currency): {"cheaper", "the cheapest", "more expensive", "the most expensive"},
		string(text.Mass):     {"lighter", "the lightest", "heavier", "the heaviest"},
		moment:                {"older", "the oldest", "newer", "the newest"},
	},
	"zh": {
		string(text.Currency): {"更便宜", "最便宜", "更贵", "最贵"},
		string(text.Mass):     {"更轻", "最轻", "更重", "最重"},
		moment:                {"更早", "最早", "更新", "最新"},
	},
}

// sizes are the measures that are not simply high or low.
var sizes = map[string]string{
	string(text.Length): "large", string(text.Area): "large", string(text.Volume): "large", string(text.Data): "large", string(text.Charge): "large",
	string(text.Duration): "long",
}

// sized are the words that say it of what the thing has.
var sized = map[string]map[string][4]string{
	"en": {
		"":      {"lower", "lowest", "higher", "highest"},
		"large": {"smaller", "smallest", "larger", "largest"},
		"long":  {"shorter", "shortest", "longer", "longest"},
	},
	"zh": {
		"":      {"更低", "最低", "更高", "最高"},
		"large": {"更小", "最小", "更大", "最大"},
		"long":  {"更短", "最短", "更长", "最长"},
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
