// Package phone holds the slot type for telephone numbers. It stands apart from
// package dst because the numbering plans of all countries that it brings along
// (github.com/nyaruka/phonenumbers) add nine megabytes to a program. Importing
// it also makes the kind "phone" known to [dst.ReadSchema] and [dst.For], whose
// "unit" is then the region.
package phone

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

func init() {
	dst.RegisterKind("phone", func(unit string) (dst.Type, error) { return &Phone{Region: unit}, nil })
}

// Phone is a slot type for telephone numbers, in the form of E.164:
// "+8613812345678". It reads numbers as they are written in the region and,
// with a plus, those of all others; grouped by blanks, dashes, points and
// brackets; in full width; and in Chinese numerals (一三八…, with 幺 for one).
//
// Only numbers that the numbering plan of their country has are found. They
// score 1, and 0.6 where a short number without any grouping may be anything
// else. Phone is safe for concurrent use.
type Phone struct {
	Region string // ISO 3166 code of the country whose numbers go without a country code: "CN", "US"; "" knows none
}

const (
	minDigits  = 7
	maxDigits  = 15
	maxGroups  = 6 // of a number; further ones begin another
	scoreShort = 0.6
	sureDigits = 10 // that are a telephone number without any grouping
)

// A group is a run of digits, with its offsets in the narrowed text.
type group struct{ start, end int }

// Find implements [dst.Type].
func (p *Phone) Find(t *dst.Text) []dst.Mention {
	if !enoughDigits(t.Raw) {
		return nil
	}
	s, offsets := text.Narrow(t.Raw)
	original := func(i int) int {
		if offsets == nil {
			return i
		}
		return offsets[i]
	}
	var out []dst.Mention
	for i := 0; i < len(s); {
		chain, end := groupsAt(s, i)
		for k := 0; k < len(chain); {
			m, used := p.first(s, chain[k:])
			if used > 0 {
				m.Start, m.End = original(m.Start), original(m.End)
				out = append(out, m)
			}
			k += max(used, 1)
		}
		i = end
	}
	return out
}

// enoughDigits is a quick look for what every number has.
func enoughDigits(s string) bool {
	n := 0
	for _, r := range s {
		if _, ok := digit(r); ok || r >= '０' && r <= '９' {
			if n++; n == minDigits {
				return true
			}
		}
	}
	return false
}

// digit returns the digit that a character stands for.
func digit(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r), r >= '0' && r <= '9'
	}
	if i := strings.IndexRune("零〇一幺二三四五六七八九", r); i >= 0 {
		return "001123456789"[i/3], true
	}
	return 0, false
}

// groupsAt returns the groups of digits that stand at i or behind it with
// nothing but separators between them, and where to go on.
func groupsAt(s string, i int) (chain []group, end int) {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if _, ok := digit(r); ok {
			break
		}
		i += n
	}
	for i < len(s) {
		g := group{i, i}
		for g.end < len(s) {
			r, n := utf8.DecodeRuneInString(s[g.end:])
			if _, ok := digit(r); !ok {
				break
			}
			g.end += n
		}
		chain = append(chain, g)
		if i = g.end; i == len(s) {
			break
		}
		j := i
		for j < len(s) && j < i+3 && strings.IndexByte(" -.()", s[j]) >= 0 {
			j++
		}
		if r, _ := utf8.DecodeRuneInString(s[j:]); j == i {
			break
		} else if _, ok := digit(r); !ok {
			break
		}
		i = j
	}
	return chain, i
}

// first reads the longest number that begins with the first group, and returns
// how many groups it took.
func (p *Phone) first(s string, chain []group) (dst.Mention, int) {
	start := opened(s, chain[0].start)
	if touched(s, start) {
		return dst.Mention{}, 0
	}
	for n := min(len(chain), maxGroups); n > 0; n-- {
		end := chain[n-1].end
		if n == len(chain) && end < len(s) && letter(s[end]) {
			continue
		}
		number, digits := dial(s[start:end])
		if digits < minDigits || digits > maxDigits || n > 1 && grouping(chain[:n]) {
			continue
		}
		if v, ok := p.canonical(number); ok {
			score := 1.0
			if n == 1 && digits < sureDigits && number[0] != '+' {
				score = scoreShort
			}
			return dst.Mention{Start: start, End: end, Value: v, Score: score}, n
		}
	}
	return dst.Mention{}, 0
}

// opened takes in a plus and an opening bracket before the digits.
func opened(s string, i int) int {
	if i > 0 && s[i-1] == '(' {
		i--
	}
	if i > 0 && s[i-1] == '+' {
		i--
	}
	if i > 0 && s[i-1] == '(' {
		i--
	}
	return i
}

// touched reports whether something before i makes the digits a part of a code,
// an amount or a decimal.
func touched(s string, i int) bool {
	if i == 0 {
		return false
	}
	c := s[i-1]
	return letter(c) || c >= '0' && c <= '9' || strings.IndexByte("$€£¥#_/@=.", c) >= 0 || strings.HasSuffix(s[:i], "¥")
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '@' }

// grouping reports whether groups are too small to be those of a number:
// "4 5 6 7 8 9 10" is a list.
func grouping(chain []group) bool {
	small := 0
	for _, g := range chain {
		if g.end-g.start == 1 {
			small++
		}
	}
	return small > 1
}

// dial reduces a number to digits with a plus.
func dial(s string) (number string, digits int) {
	var b strings.Builder
	for _, r := range s {
		if r == '+' && b.Len() == 0 {
			b.WriteByte('+')
		}
		if d, ok := digit(r); ok {
			b.WriteByte(d)
			digits++
		}
	}
	return b.String(), digits
}

func (p *Phone) canonical(number string) (string, bool) {
	n, err := phonenumbers.Parse(number, p.Region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// Parse implements [dst.Parser]: it accepts one number.
func (p *Phone) Parse(value string, now time.Time) (string, bool) {
	v := strings.TrimSpace(value)
	ms := p.Find(dst.NewText(v, now))
	if len(ms) != 1 || ms[0].Start != 0 || ms[0].End != len(v) {
		return "", false
	}
	return ms[0].Value, true
}

// Format implements [dst.Formatter]: a number of the region as it is written
// there ("138 1234 5678"), others with their country code ("+1 408-971-8523").
func (p *Phone) Format(value, _ string) string {
	n, err := phonenumbers.Parse(value, p.Region)
	if err != nil || !strings.HasPrefix(value, "+") {
		return value
	}
	if phonenumbers.GetRegionCodeForNumber(n) == p.Region {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
