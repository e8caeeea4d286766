package dst

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// FreeText is a slot type without a grammar of its own: names, addresses,
// order numbers. With a Pattern it finds the matches, which score 1; the first
// group that took part, if there is any, is the value. Without one it reports
// the whole message, trimmed of white space and of punctuation at its end,
// with the score 0.2: an answer to a question, and nothing else.
type FreeText struct {
	Pattern *regexp.Regexp
	MaxLen  int // of a value, in characters; 0 means 200
}

const (
	freeTextScore  = 0.2
	freeTextMaxLen = 200
)

// Find implements [Type].
func (f *FreeText) Find(t *Text) []Mention {
	if f.Pattern == nil {
		start, end := freeTextTrim(t.Raw)
		if !f.fits(t.Raw[start:end]) {
			return nil
		}
		return []Mention{{Start: start, End: end, Value: t.Raw[start:end], Score: freeTextScore}}
	}
	var out []Mention
	for _, m := range f.Pattern.FindAllStringSubmatchIndex(t.Raw, -1) {
		start, end := m[0], m[1]
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] >= 0 {
				start, end = m[g], m[g+1]
				break
			}
		}
		if f.fits(t.Raw[start:end]) {
			out = append(out, Mention{Start: start, End: end, Value: t.Raw[start:end], Score: 1})
		}
	}
	return out
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

// Parse implements [Parser]: any text of one value, trimmed.
func (f *FreeText) Parse(value string, _ time.Time) (string, bool) {
	v := strings.TrimSpace(value)
	if !f.fits(v) {
		return "", false
	}
	if f.Pattern != nil {
		if m := f.Pattern.FindStringIndex(v); m == nil || m[0] != 0 || m[1] != len(v) {
			return "", false
		}
	}
	return v, true
}
