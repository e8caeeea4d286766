package dst

import (
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Email is a slot type for e-mail addresses, in the form in which they are
// compared: in lower case and half width. It reads "Ann.Lee@example.com" and,
// with a score of 0.7, what is spelt out: "ann dot lee at example dot com".
//
// It takes plain addresses: no quoted local part, no comments, ASCII letters.
// Email is safe for concurrent use.
type Email struct{}

const scoreSpelt = 0.7

// Find implements [Type].
func (e *Email) Find(t *Text) []Mention {
	if !strings.ContainsAny(t.Raw, "@＠") {
		return emailSpelt(t)
	}
	s, offsets := text.Narrow(t.Raw)
	var out []Mention
	end := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '@' {
			continue
		}
		a, b := i, i+1
		for a > end && emailLocal(s[a-1]) {
			a--
		}
		for a < i && s[a] == '.' {
			a++
		}
		for b < len(s) && emailDomain(s[b]) {
			b++
		}
		for b > i && (s[b-1] == '.' || s[b-1] == '-') {
			b--
		}
		if !emailValid(s[a:b], i-a) {
			continue
		}
		out = append(out, Mention{Start: original(offsets, a), End: original(offsets, b), Value: strings.ToLower(s[a:b]), Score: 1})
		end, i = b, b-1
	}
	return out
}

// original maps an offset in a narrowed text back.
func original(offsets []int, i int) int {
	if offsets == nil {
		return i
	}
	return offsets[i]
}

func emailLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func emailLocal(c byte) bool {
	return emailLetter(c) || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) >= 0
}

func emailDomain(c byte) bool { return emailLetter(c) || c == '.' || c == '-' }

// emailValid checks an address whose sign stands at the index.
func emailValid(s string, sign int) bool {
	local, domain := s[:sign], s[sign+1:]
	if local == "" || len(local) > 64 || len(domain) > 253 || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	top := labels[len(labels)-1]
	return len(labels) > 1 && len(top) > 1 && strings.IndexFunc(top, func(r rune) bool { return r >= '0' && r <= '9' }) < 0
}

// emailSpelt reads "ann dot lee at example dot com".
func emailSpelt(t *Text) []Mention {
	var out []Mention
	for i := 1; i+3 < len(t.tokens); i++ {
		if t.tokens[i].Text != "at" {
			continue
		}
		first, last := i-1, i+2
		for first >= 2 && t.tokens[first-1].Text == "dot" {
			first -= 2
		}
		for last+1 < len(t.tokens) && t.tokens[last].Text == "dot" {
			last += 2
		}
		if last == i+2 {
			continue
		}
		var b strings.Builder
		for j := first; j < last; j++ {
			switch w := t.tokens[j].Text; {
			case j == i:
				b.WriteByte('@')
			case w == "dot":
				b.WriteByte('.')
			default:
				b.WriteString(w)
			}
		}
		v := b.String()
		if emailTop[t.tokens[last-1].Text] && emailValid(v, strings.IndexByte(v, '@')) {
			out = append(out, t.mention(first, last, v, scoreSpelt))
			i = last - 1
		}
	}
	return out
}

// emailTop are the top-level domains that a spelt-out address may end in; in
// text anything may stand behind "dot".
var emailTop = map[string]bool{"com": true, "net": true, "org": true, "edu": true, "gov": true, "io": true, "cn": true, "uk": true, "de": true, "co": true, "me": true, "info": true}

// Parse implements [Parser]: it accepts one address.
func (e *Email) Parse(value string, now time.Time) (string, bool) {
	return parseWhole(e, value, now, scoreSpelt)
}
