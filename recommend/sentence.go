package recommend

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentenceEnd is how many bytes of s its first sentence takes, white space
// before it included, 0 where s does not hold a whole one yet. A line is a
// sentence at most, so that rows of tables and entries of lists stand alone.
// final says that nothing follows s.
func sentenceEnd(s string, final bool) int {
	start := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	for i := start; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\n':
			return i - n
		case strings.ContainsRune("。！？!?…", r), r == '.' && !innerPoint(s[start:i], s[i:]):
			if end := afterMark(s, i); end < len(s) || final {
				return end
			}
			return 0 // a bracket or a digit may follow
		}
	}
	if final && start < len(s) {
		return len(s)
	}
	return 0
}

// abbreviations end in a point that ends no sentence.
var abbreviations = map[string]bool{"e.g": true, "i.e": true, "vs": true, "approx": true, "no": true, "mr": true, "ms": true, "mrs": true, "dr": true, "st": true, "incl": true, "ca": true, "resp": true, "max": true, "min": true}

// innerPoint reports whether the point at the end of said ends no sentence: it
// stands in a number, an address or an abbreviation, or marks a list entry.
func innerPoint(said, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if rest != "" && !unicode.IsSpace(next) && !strings.ContainsRune(closers, next) && next < utf8.RuneSelf {
		return true
	}
	word := said[:len(said)-1]
	if i := strings.LastIndexFunc(word, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(*:：；，、", r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(word[i:])
		word = word[i+n:]
	}
	number := word != "" && strings.Trim(word, "0123456789") == ""
	before := strings.TrimRight(said[:len(said)-1-len(word)], " *(")
	inline := number && len(word) == 1 && (strings.HasSuffix(before, ":") || strings.HasSuffix(before, "：") || strings.Contains(before, string(word[0]-1)+". "))
	return abbreviated(strings.ToLower(word), rest) || (inline || number && strings.Trim(said, "0123456789. \t*#-_") == "") && rest != ""
}

// closers may follow the mark that ends a sentence and belong to it.
const closers = `"'”’」』)）]】*_.。!！?？…~～`

// afterMark is the end of the marks that follow the one that ends a sentence.
func afterMark(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(closers, r) {
			break
		}
		i += n
	}
	return i
}

// abbreviated reports whether the point behind a word belongs to it: that of
// "no." does before a number alone.
func abbreviated(word, rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return abbreviations[word] && (word != "no" || rest != "" && rest[0] >= '0' && rest[0] <= '9')
}
