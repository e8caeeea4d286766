package privacy

import (
	"strings"
	"unicode/utf8"
)

// phone reports whether a number is one of a telephone. Which digits make one
// is known for mainland China and North America; elsewhere the way in which it
// is written counts: a plus, a leading zero and groups, or a word before it.
func (c *scan) phone(d *number) bool {
	s := d.digits()
	plus := c.s[d.start] == '+' || strings.HasPrefix(c.s[d.start:], "(+")
	if d.before == '¥' || d.before == '$' || d.before == '€' || d.before == '£' || hotline(s, plus) && !mobile(d, s) || d.dated() {
		return false
	}
	if plus {
		return len(s) >= 8 && len(s) <= 15 && s[0] != '0'
	}
	if d.label == other || d.before == '#' && d.label != Phone {
		return false
	}
	switch {
	case mobile(d, s), landline(d, s), american(d, s):
		return true
	case strings.HasPrefix(s, "00") && len(s) >= 11 && len(s) <= 17 && s[2] != '0' && d.groups[0].len() != 3:
		return len(d.groups) > 1 || d.label == Phone || strings.HasPrefix(s, "0086")
	case d.label == Phone:
		return labelled(d, s)
	case s[0] == '0' && s[1] != '0':
		return trunk(d, s)
	case len(s) == 10 && d.before == 0 && c.skip(d.end, 3, " .!") == len(c.s): // an answer to a question
		return len(d.groups) == 1 && area(s)
	}
	return false
}

// hotline reports whether a number is one that businesses give to everybody.
func hotline(s string, plus bool) bool {
	if plus {
		s = strings.TrimPrefix(s, "86")
	}
	switch {
	case len(s) == 10 && (s[:3] == "400" || s[:3] == "800"), strings.HasPrefix(s, "0800"), strings.HasPrefix(s, "0808"), strings.HasPrefix(s, "00800"):
		return true
	}
	s = strings.TrimPrefix(s, "1")
	return len(s) == 10 && s[0] == '8' && s[1] == s[2] && strings.IndexByte("08765432", s[1]) >= 0
}

// mobile reads the mobile numbers of mainland China: 138 1234 5678, +86…,
// 0086….
func mobile(d *number, s string) bool {
	g := d.groups
	if t, ok := strings.CutPrefix(s, "0086"); ok {
		s = t
	} else if t, ok := strings.CutPrefix(s, "86"); ok && len(t) == 11 {
		s = t
		if g[0].len() == 2 {
			g = g[1:]
		}
	}
	if len(s) != 11 || s[0] != '1' || s[1] < '3' || len(g) == 0 {
		return false
	}
	return len(g) == 1 || len(g) <= 4 && g[0].len() >= 3 && d.least() >= 2
}

// landline reads those of mainland China with their area code, and an
// extension: 010-62345678-801.
func landline(d *number, s string) bool {
	if s[0] != '0' {
		return false
	}
	code := 4
	if s[1] == '1' && s[2] == '0' || s[1] == '2' {
		code = 3
	} else if s[1] < '3' {
		return false
	}
	local := len(s) - code
	if len(d.groups) >= 3 && d.groups[0].len() == code && (d.groups[1].len() == 7 || d.groups[1].len() == 8) {
		return len(d.groups) == 3 && d.groups[2].len() <= 6 // with an extension
	}
	if local != 7 && local != 8 || s[code] < '2' {
		return false
	}
	return len(d.groups) == 1 || d.groups[0].len() == code && d.least() >= 3 && len(d.groups) <= 3
}

// american reads the numbers of North America, which need their groups.
func american(d *number, s string) bool {
	if len(s) == 11 && s[0] == '1' && (d.sizes(1, 3, 3, 4) || d.sizes(1, 10) || d.sizes(1, 3, 7)) {
		return area(s[1:])
	}
	return len(s) == 10 && (d.sizes(3, 3, 4) || d.sizes(3, 7)) && area(s)
}

// area reports whether ten digits could be a number of North America.
func area(s string) bool { return s[0] >= '2' && s[1] != '9' && s[3] >= '2' }

// trunk reads what begins with the 0 of a national number: 020 7946 0958.
func trunk(d *number, s string) bool {
	if len(s) < 9 || len(s) > 12 {
		return false
	}
	if len(d.groups) == 1 {
		return len(s) == 10 || len(s) == 11
	}
	first, rest := d.groups[0].len(), *d
	if first == 1 && d.groups[0].start > d.start { // (0)20 7946 0958
		first, rest.groups = 1+d.groups[1].len(), d.groups[1:]
	}
	return first >= 2 && first <= 5 && rest.least() >= 2 && len(d.groups) <= 6
}

// labelled reads any number behind a word for a telephone.
func labelled(d *number, s string) bool {
	if len(s) > 15 || len(d.groups) > 6 || len(d.groups) > 1 && d.groups[0].len() >= 7 || d.least() < 2 && d.groups[0].len() > 1 {
		return false
	}
	if len(d.groups) == 1 && len(s) == 8 && (s[:2] == "19" || s[:2] == "20") && s[4] <= '1' && s[6] <= '3' {
		return false // 20241124
	}
	return !(len(s) == 8 && d.sizes(4, 4) && year(s[:4]) && year(s[4:]))
}

func year(s string) bool { return s[:2] == "19" || s[:2] == "20" }

// dated reports whether the groups begin as a date does: 2024-11-24, 24/11/2024.
func (d *number) dated() bool {
	if len(d.groups) < 3 {
		return false
	}
	at := func(i int) int { return d.groups[i].len() }
	s := d.digits()
	switch {
	case at(0) == 4 && at(1) <= 2 && at(2) <= 2:
		return year(s)
	case at(0) <= 2 && at(1) <= 2 && at(2) == 4:
		return year(s[at(0)+at(1):])
	}
	return false
}

// extension takes in an extension behind a number: ext. 12, 转801, x12.
func (c *scan) extension(end int) int {
	i := c.skip(end, 2, " ,(")
	for _, w := range [...]string{"extension", "ext.", "ext", "分机号", "分机", "转分机", "转", "x"} {
		if !strings.HasPrefix(c.low[i:], w) {
			continue
		}
		j := c.skip(i+len(w), 3, " :.-")
		k := j
		for k < j+6 && isDigit(c.byteAt(k)) {
			k++
		}
		if k > j && !isDigit(c.byteAt(k)) {
			if c.byteAt(i-1) == '(' && c.byteAt(k) == ')' {
				k++
			}
			return k
		}
	}
	return end
}

// numerals are the Chinese ones of telephone numbers, of three bytes each.
const numerals = "一幺三四五六七八九零〇二"

// spokenPhones reads mobile numbers in Chinese numerals: 一三八零零….
func (c *scan) spokenPhones() {
	n, start, end := 0, 0, 0
	flush := func() {
		if n == 11 {
			c.add(start, end, Phone)
		}
		n = 0
	}
	for i, r := range c.s {
		k := -1
		if classOf(r)&numeralClass != 0 || r == '〇' {
			k = strings.IndexRune(numerals, r) / 3
		}
		switch {
		case r == ' ' || r == '-':
			continue
		case k < 0:
			flush()
			continue
		case n == 0:
			start = i
		}
		if n == 0 && k > 1 || n == 1 && (k < 2 || k > 8) {
			n = 100 // no number as long as the run goes on
		}
		n++
		end = i + utf8.RuneLen(r)
	}
	flush()
}
