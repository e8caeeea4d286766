package dsttest

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

var (
	//go:embed phrases/en.txt
	phrasesEN string
	//go:embed phrases/zh.txt
	phrasesZH string
	//go:embed phrases/customers_en.txt
	customersEN string
	//go:embed phrases/customers_zh.txt
	customersZH string

	phrases   = map[string]map[string][]string{"en": readPhrases(phrasesEN), "zh": readPhrases(phrasesZH)}
	customers = map[string]map[string][]string{"en": readPhrases(customersEN), "zh": readPhrases(customersZH)} // what only they say
)

// readPhrases reads lines of the form "move = phrase | phrase".
func readPhrases(text string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(text) {
		move, list, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(list, " | ") {
			out[move] = append(out[move], strings.TrimSpace(phrase))
		}
	}
	return out
}

// say phrases a move. The pairs fill its places: "{v}", "red".
func say(r *rand.Rand, lang, move string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(pick(r, phrases[lang][move]))
}

// slotWord is a word that a user has for a slot, in the language if there is one.
func slotWord(r *rand.Rand, slot dst.Slot, lang string, describe bool) string {
	words := []string{spoken(slot.Name)}
	for _, alias := range slot.Aliases {
		if !asks(alias) {
			words = append(words, alias)
		}
	}
	if d := strings.ToLower(strings.TrimRight(slot.Description, ".。 ")); describe && d != "" && len(strings.Fields(d)) <= 5 {
		words = append(words, d)
	}
	return pick(r, inLang(words, lang))
}

// asks reports whether an alias is a question of its own: "how much", 多少钱.
func asks(alias string) bool {
	return slices.ContainsFunc([]string{"how ", "where", "what ", "when ", "which ", "多", "哪", "什么", "几", "吗"}, func(w string) bool { return strings.Contains(strings.ToLower(alias)+" ", w) })
}

// spoken makes words of an identifier: check_in_date, checkInDate.
func spoken(name string) string {
	var b strings.Builder
	last := ' '
	for _, c := range name {
		switch {
		case c == '_' || c == '-':
			c = ' '
		case unicode.IsUpper(c) && unicode.IsLower(last):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(c))
		last = c
	}
	return strings.TrimSpace(b.String())
}

// serviceWord is a word for what a service deals in, "" for a service without
// any. Its name, often an identifier, is said only where it has no aliases, and
// none that is the value of a slot, too: a shop that goes by "laptop".
func serviceWord(r *rand.Rand, service dst.Service, lang string) string {
	var words []string
	if len(service.Aliases) > 0 {
		words = slices.DeleteFunc(slices.Clone(inLang(service.Aliases, lang)), func(word string) bool {
			return slices.ContainsFunc(service.Slots, func(slot dst.Slot) bool { return !free(slot) && isValue(slot.Type, word) })
		})
	}
	if len(words) == 0 {
		return singular(spoken(strings.TrimRight(service.Name, "_0123456789")))
	}
	return pick(r, words)
}

// isValue reports whether the type takes all of the word for a value.
func isValue(typ dst.Type, word string) bool {
	return slices.ContainsFunc(typ.Find(dst.NewText(word, time.Time{})), func(m dst.Mention) bool { return m.End-m.Start == len(word) })
}

func singular(word string) string {
	if strings.HasSuffix(word, "ss") || len(word) < 4 {
		return word
	}
	return strings.TrimSuffix(word, "s")
}

// typo misspells one word of a text, in a way that leaves it readable: two
// letters swapped, or a Chinese character doubled.
func typo(r *rand.Rand, text string) string {
	runes := []rune(text)
	var at []int
	for i := 1; i+2 < len(runes); i++ {
		inner := unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i]) && unicode.IsLetter(runes[i+1]) && unicode.IsLetter(runes[i+2])
		if inner && runes[i] != runes[i+1] && !chinese(string(runes[i-1:i+3])) || chinese(string(runes[i])) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return text
	}
	i := pick(r, at)
	if chinese(string(runes[i])) {
		return string(slices.Insert(runes, i, runes[i]))
	}
	runes[i], runes[i+1] = runes[i+1], runes[i]
	return string(runes)
}
