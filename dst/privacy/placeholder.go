package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxKind  = 40 // bytes of the kind in a placeholder
	maxCount = 6  // digits of its number
	maxName  = maxKind + maxCount + 12
)

// brackets are the pairs that placeholders may stand in.
var brackets = [...]struct{ open, end string }{{"[", "]"}, {`\[`, `\]`}, {"【", "】"}, {"［", "］"}}

// each visits what looks like a placeholder, in any form, with its name in the
// usual form. A placeholder holds no bracket, so that what is found in a piece
// of a text does not depend on what stands around the piece, as long as the
// piece ends at brackets.
func each(s string, visit func(start, end int, name string)) {
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b == '[' || b == '\\' || b == "【"[0] || b == "［"[0]:
			if end, name := bracketed(s, i); end > 0 {
				visit(i, end, name)
				i = end
				continue
			}
			i++
		case wordByte(b):
			end := i
			for end < len(s) && wordByte(s[end]) {
				end++
			}
			if name := s[i:end]; b >= 'A' && b <= 'Z' && isName(name) && strings.ToUpper(name) == name {
				visit(i, end, name)
			}
			i = end
		default:
			i++
		}
	}
}

// wordByte reports whether a byte is a part of a name without brackets.
func wordByte(b byte) bool { return isAlnum(b) || b == '_' }

// bracketed reads a placeholder in brackets at i.
func bracketed(s string, i int) (end int, name string) {
	for _, p := range brackets {
		if !strings.HasPrefix(s[i:], p.open) {
			continue
		}
		from := i + len(p.open)
		k := strings.Index(s[from:min(len(s), from+maxName)], p.end)
		if k < 0 {
			continue
		}
		if name := usual(s[from : from+k]); isName(name) {
			return from + k + len(p.end), name
		}
	}
	return 0, ""
}

// usual brings what stands in brackets into the usual form: PHONE_1.
func usual(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), `\_`, "_")
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(s))
}

// isName reports whether s is a kind, a line and a number.
func isName(s string) bool {
	k := strings.LastIndexByte(s, '_')
	if k <= 0 || len(s) > maxKind+1+maxCount || len(s)-k-1 > maxCount || k == len(s)-1 || !isDigits(s[k+1:]) || s[k+1] == '0' {
		return false
	}
	return strings.IndexFunc(s[:k], func(r rune) bool { return !inName(r) }) < 0
}

// inName reports whether a rune may stand in a kind.
func inName(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// cut is at most n bytes of s, with no rune cut apart.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// open returns where the beginning of a placeholder stands at the end of s that
// the next piece may complete, or len(s). The byte stood before s.
func (r *Redaction) open(s string, before byte) int {
	from := max(0, len(s)-maxName-4)
	for i := from; i < len(s); i++ {
		b := s[i]
		switch {
		case b == '[' || b == '\\' || b == "【"[0] || b == "［"[0]:
			if r.unclosed(s[i:]) {
				return i
			}
		case wordByte(b) && (i == 0 && !wordByte(before) || i > 0 && !wordByte(s[i-1])):
			if b >= 'A' && b <= 'Z' && r.begins(s[i:]) {
				return i
			}
		}
	}
	return len(s)
}

// unclosed reports whether s may be the beginning of a placeholder in brackets.
func (r *Redaction) unclosed(s string) bool {
	for _, p := range brackets {
		if strings.HasPrefix(p.open, s) {
			return true
		}
		if inner, ok := strings.CutPrefix(s, p.open); ok {
			for k := 1; k < len(p.end); k++ { // half a bracket
				if t, half := strings.CutSuffix(inner, p.end[:k]); half && r.begins(usual(t)) {
					return true
				}
			}
			if !strings.Contains(inner, p.end) && r.begins(usual(strings.TrimSuffix(whole(inner), `\`))) {
				return true
			}
		}
	}
	return false
}

// begins reports whether a name that was given out begins with s.
func (r *Redaction) begins(s string) bool {
	for name := range r.texts {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	return false
}

// whole is s without the piece of a rune that may stand at its end.
func whole(s string) string {
	for k := 1; k < utf8.UTFMax && k <= len(s); k++ {
		if utf8.RuneStart(s[len(s)-k]) {
			if !utf8.FullRuneInString(s[len(s)-k:]) {
				return s[:len(s)-k]
			}
			break
		}
	}
	return s
}
