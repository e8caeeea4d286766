package dst

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// FreeText is a slot type without a grammar of its own. With a Pattern it finds
// the matches, which score 1: order numbers, codes, plates; the first group
// that took part, if there is any, is the value. Full-width letters and digits
// match as half-width ones. Without a Pattern it reports the whole message,
// trimmed of white space and of punctuation at its end, with the score 0.2: an
// answer to a question, and nothing else.
//
// A FreeText must not be changed or copied once in use, and is then safe for
// concurrent use.
type FreeText struct {
	Pattern   *regexp.Regexp
	Normalize func(string) string // brings a match into canonical form, for example strings.ToUpper; nil leaves it as it is
	MaxLen    int                 // of a value, in characters; 0 means 200

	once  sync.Once
	digit bool // every match of Pattern holds a digit
}

const (
	freeTextScore  = 0.2
	freeTextMaxLen = 200
)

// Find implements [Type].
func (f *FreeText) Find(t *Text) []Mention {
	if f.Pattern != nil {
		return f.matches(t)
	}
	start, end := freeTextTrim(t.Raw)
	if !f.fits(t.Raw[start:end]) {
		return nil
	}
	return []Mention{{Start: start, End: end, Value: t.Raw[start:end], Score: freeTextScore}}
}

func (f *FreeText) matches(t *Text) []Mention {
	f.once.Do(func() {
		re, err := syntax.Parse(f.Pattern.String(), syntax.Perl)
		f.digit = err == nil && needsDigit(re)
	})
	if f.digit && !t.hasDigit() {
		return nil
	}
	s, offsets := text.Narrow(t.Raw)
	var out []Mention
	for _, m := range f.Pattern.FindAllStringSubmatchIndex(s, -1) {
		start, end := m[0], m[1]
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] >= 0 {
				start, end = m[g], m[g+1]
				break
			}
		}
		if v := f.normal(s[start:end]); f.fits(v) && start < end {
			out = append(out, Mention{Start: original(offsets, start), End: original(offsets, end), Value: v, Score: 1})
		}
	}
	return out
}

// needsDigit reports whether every match of the expression holds an ASCII
// digit: most messages hold none, and then need no look.
func needsDigit(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral:
		return strings.ContainsAny(string(re.Rune), "0123456789")
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] < '0' || re.Rune[i+1] > '9' {
				return false
			}
		}
		return len(re.Rune) > 0
	case syntax.OpCapture, syntax.OpPlus:
		return needsDigit(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min > 0 && needsDigit(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if needsDigit(sub) {
				return true
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !needsDigit(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// hasDigit reports whether the text holds digits.
func (t *Text) hasDigit() bool {
	for i := range t.tokens {
		if t.tokens[i].Kind == text.Number {
			return true
		}
	}
	return false
}

func (f *FreeText) normal(s string) string {
	if f.Normalize == nil {
		return s
	}
	return f.Normalize(s)
}

func (f *FreeText) fits(s string) bool {
	limit := f.MaxLen
	if limit <= 0 {
		limit = freeTextMaxLen
	}
	return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= limit
}

func freeTextTrim(s string) (start, end int) {
	trimmed := strings.TrimLeft(s, " \t\r\n\u3000")
	start = len(s) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " \t\r\n\u3000.。!！?？,，;；~")
	return start, start + len(trimmed)
}

// Parse implements [Parser]: any text of one value, trimmed; with a Pattern one
// that is a match from end to end.
func (f *FreeText) Parse(value string, _ time.Time) (string, bool) {
	v := strings.TrimSpace(value)
	if f.Pattern != nil {
		v, _ = text.Narrow(v)
		if m := f.Pattern.FindStringIndex(v); m == nil || m[0] != 0 || m[1] != len(v) {
			return "", false
		}
		v = f.normal(v)
	}
	if !f.fits(v) {
		return "", false
	}
	return v, true
}
