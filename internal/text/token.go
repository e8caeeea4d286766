package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind is the class of a [Token].
type Kind uint8

const (
	Word   Kind = iota // letters of one non-Han script run, with inner apostrophes: "don't"
	Number             // digits with inner points and commas: "1,299.5"
	Han                // one Chinese character
	Symbol             // one other visible rune: punctuation, currency sign, emoji
)

// A Token is a piece of a text. Start and End are byte offsets into the text
// as given; Text is the folded form of what stands there.
type Token struct {
	Start, End int
	Text       string
	Kind       Kind
}

// Tokens cuts s into tokens. White space separates and is dropped; letters and
// digits are always cut apart ("iphone15" is two tokens); every Han character
// stands alone. Invalid bytes become Symbol tokens of one byte.
func Tokens(s string) []Token {
	return AppendTokens(make([]Token, 0, len(s)/3+1), s)
}

// AppendTokens appends the tokens of s to out.
func AppendTokens(out []Token, s string) []Token {
	low := lower(s)
	for i := 0; i < len(s); {
		raw, n := utf8.DecodeRuneInString(s[i:])
		r := FoldRune(raw)
		switch {
		case unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B':
			i += n
		case IsHan(r):
			out = append(out, Token{i, i + n, same(s[i:i+n], raw, r), Han})
			i += n
		case unicode.IsDigit(r):
			end := scanNumber(s, i)
			out = append(out, Token{i, end, Fold(low[i:end]), Number})
			i = end
		case unicode.IsLetter(r):
			end := scanWord(s, i)
			out = append(out, Token{i, end, Fold(low[i:end]), Word})
			i = end
		default:
			text := s[i : i+n]
			if raw != utf8.RuneError {
				text = same(text, raw, r)
			}
			out = append(out, Token{i, i + n, text, Symbol})
			i += n
		}
	}
	return out
}

// lower is s with the capitals A to Z in lower case, which takes one allocation
// for all words of a message, or none.
func lower(s string) string {
	capital := func(c byte) bool { return 'A' <= c && c <= 'Z' }
	i := 0
	for i < len(s) && !capital(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		if capital(c) {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// same is the folded rune as a string, which is a piece of the text itself
// where folding changed nothing: most runes cost no allocation.
func same(piece string, raw, folded rune) string {
	if raw == folded {
		return piece
	}
	return string(folded)
}

// scanNumber returns the end of the digits at i; a point or comma belongs to
// them only between two digits, a full-width comma only before three of them:
// it separates clauses.
func scanNumber(s string, i int) int {
	for i < len(s) {
		r, n := folded(s, i)
		if unicode.IsDigit(r) {
			i += n
			continue
		}
		if r == '.' || r == ',' {
			if next, _ := folded(s, i+n); unicode.IsDigit(next) && s[i:i+n] != "。" && s[i:i+n] != "、" && (s[i:i+n] != "，" || threeDigits(s, i+n)) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

// threeDigits reports whether exactly three digits stand at i.
func threeDigits(s string, i int) bool {
	for range 3 {
		r, n := folded(s, i)
		if !unicode.IsDigit(r) {
			return false
		}
		i += n
	}
	r, _ := folded(s, i)
	return !unicode.IsDigit(r)
}

// scanWord returns the end of the word at i; an apostrophe belongs to it only
// between two letters.
func scanWord(s string, i int) int {
	for i < len(s) {
		r, n := folded(s, i)
		if !IsHan(r) && (unicode.IsLetter(r) || unicode.Is(unicode.M, r)) {
			i += n
			continue
		}
		if r == '\'' {
			if next, _ := folded(s, i+n); unicode.IsLetter(next) && !IsHan(next) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

func folded(s string, i int) (rune, int) {
	if i >= len(s) {
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return FoldRune(r), n
}

// Language returns "zh" where s holds Han characters that are not a mere
// foreign name in a longer Latin sentence, "en" where it holds Latin letters,
// and "" where it holds neither (numbers, symbols, nothing).
func Language(s string) string { return languageOf(CountWords(s)) }

// LanguageOf is [Language] of a text that is cut into tokens already.
func LanguageOf(tokens []Token) string {
	han, words := 0, 0
	for _, t := range tokens {
		switch t.Kind {
		case Han:
			han++
		case Word:
			words++
		}
	}
	return languageOf(han, words)
}

// CountWords returns how many tokens of s are Han characters and how many are words.
func CountWords(s string) (han, words int) {
	for i := 0; i < len(s); {
		r, n := folded(s, i)
		switch {
		case IsHan(r):
			han++
			i += n
		case unicode.IsDigit(r):
			i = scanNumber(s, i)
		case unicode.IsLetter(r):
			words++
			i = scanWord(s, i)
		default:
			i += n
		}
	}
	return han, words
}

func languageOf(han, words int) string {
	switch {
	case han == 0 && words == 0:
		return ""
	case han > words:
		return "zh"
	case han*2 >= words && words <= 4:
		return "zh" // "给我看看 iPhone 15 Pro Max": product names in Latin letters are normal in Chinese
	default:
		return "en"
	}
}
