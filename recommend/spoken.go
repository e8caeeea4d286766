package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// strayWords is how many words of the other language a text may hold on top of
// what the request itself says in it: "OK", 耳机 in an English sentence.
const strayWords = 3

// checkLanguage refuses a text in another language than the request's. What
// the request's data say stands in any language, for a catalogue may have only
// English names.
func checkLanguage(r Request, s string) error {
	if !slices.Contains(languages, r.Lang) {
		return nil
	}
	for _, known := range r.told() {
		if known != "" {
			s = strings.ReplaceAll(s, known, " ")
		}
	}
	counts := map[string]int{}
	for _, t := range text.Tokens(s) {
		switch t.Kind {
		case text.Han:
			counts["zh"]++
		case text.Word:
			counts["en"]++
		}
	}
	for _, lang := range languages {
		if lang != r.Lang && counts[lang] > strayWords && counts[lang] > counts[r.Lang] {
			return &Failure{Cause: CauseLanguage, Detail: "the text is in " + languageNames[lang] + ", asked for was " + languageNames[r.Lang]}
		}
	}
	return nil
}

var languageNames = map[string]string{"en": "English", "zh": "Chinese"}

// told lists what the request's data say, the longest first.
func (r Request) told() []string {
	var out []string
	facts := func(facts []Fact) {
		for _, f := range facts {
			out = append(out, f.Thing, f.Attribute, f.Value)
		}
	}
	facts(r.Wishes)
	facts(r.Facts)
	for _, s := range r.Steps {
		out = append(append(out, s.Thing, s.Text), s.Lines...)
		facts(s.Bounds)
		out = append(out, names(s.Items)...)
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(out)
}
