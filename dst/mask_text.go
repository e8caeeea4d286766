package dst

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A secret is one form in which a sensitive value may stand in a text.
type secret struct {
	key   string // its letters and digits, folded
	exact string // the value as it is written, where it begins or ends with other signs, as passwords do
	slot  string // "" where it is not known
	weak  bool   // too short to be looked for in any text, see Mask.Every
}

// A veil is a part of a text that is sensitive, in bytes.
type veil struct {
	start, end int
	slot       string
}

// Bounds on the forms that are looked for, in letters and digits; a Chinese
// character counts for two.
const (
	leastSecret = 3
	wholeNumber = 5 // from which on a value with a digit is found in the midst of a word or number,
	wholeSecret = 7 // and any value
	leastClip   = 6 // of the beginning of a value, where a text breaks off
)

// word enters one form of a value. Of a number with a country's code, those
// without it are forms, too.
func (m Mask) word(slot, value string) Mask {
	if m.slots == nil {
		return m
	}
	key, exact := letters(value), strings.TrimSpace(value)
	n := weight(key)
	if first, _ := utf8.DecodeRuneInString(exact); first == '+' || letters(string(first)) != "" {
		if last, _ := utf8.DecodeLastRuneInString(exact); letters(string(last)) != "" {
			exact = "" // its letters tell where it is
		}
	}
	if exact != "" {
		n = max(n, utf8.RuneCountInString(exact))
	}
	add := func(key string) {
		x := secret{key, exact, slot, n < leastSecret || isYesNo(m.slots[slot])}
		if n > 0 && !slices.Contains(m.words, x) {
			m.words = append(slices.Clip(m.words), x)
		}
	}
	add(key)
	if strings.HasPrefix(strings.TrimSpace(value), "+") {
		for i := 1; i <= 3 && len(key)-i >= wholeSecret; i++ {
			add(key[i:])
		}
	}
	return m
}

func isYesNo(s *Slot) bool {
	if s == nil {
		return false
	}
	_, ok := s.Type.(*YesNo)
	return ok
}

func weight(key string) int {
	n := 0
	for _, r := range key {
		n++
		if text.IsHan(r) {
			n++
		}
	}
	return n
}

// letters are the letters and digits of a text, folded.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r = text.FoldRune(r); unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// Text returns a text with [Masked] in the place of sensitive values. Values of
// one or two letters or digits, or one Chinese character, would be found
// everywhere and are left, and so are yes and no: [Mask.Every] takes them out.
func (m Mask) Text(s string) string { return hide(s, merged(m.veils(s, false)), nil) }

// Every is [Mask.Text] that takes out even the shortest values, for texts that
// are known to tell some.
func (m Mask) Every(s string) string { return hide(s, merged(m.veils(s, true)), nil) }

// Turn returns the message without the words of sensitive values, and the
// decisions without these values and in their right places in that message. What
// rests on words that are taken out is taken out, too.
func (m Mask) Turn(message string, decisions []Decision) (string, []Decision) {
	if m.slots == nil {
		return message, decisions
	}
	veils := m.turn(message, decisions)
	out := make([]Decision, len(decisions))
	for i, d := range decisions {
		out[i] = m.Decision(d)
		if !d.Evidence.standsIn(message) {
			continue
		}
		o := &out[i]
		o.Evidence.Start, o.Evidence.End = moved(d.Evidence.Start, veils, false), moved(d.Evidence.End, veils, true)
		if slices.ContainsFunc(veils, func(v veil) bool { return v.start < d.Evidence.End && d.Evidence.Start < v.end }) {
			o.Act, o.Evidence.Text = cover(o.Act), Masked
			for j := range o.Alternatives {
				o.Alternatives[j].Act = cover(o.Alternatives[j].Act)
			}
		}
	}
	if len(out) == 0 {
		out = decisions
	}
	return hide(message, veils, nil), out
}

// cover hides the value of an act whatever its slot.
func cover(a Act) Act {
	if a.Value != "" && a.Value != DontCare {
		a.Value = Masked
	}
	return a
}

// turn lists what is sensitive in a message of which decisions were taken.
func (m Mask) turn(message string, decisions []Decision) []veil {
	veils := append(m.veils(message, false), m.typed(message)...)
	for _, d := range decisions {
		if m.Hides(d.Act) && d.Evidence.standsIn(message) {
			veils = append(veils, veil{d.Evidence.Start, d.Evidence.End, d.Act.Slot})
		}
	}
	return merged(veils)
}

// A spelling is a text as its letters and digits, with the place of each.
type spelling struct {
	runes      []rune
	upper      []bool
	start, end []int
}

func spell(s string) spelling {
	var out spelling
	for i, r := range s {
		if f := text.FoldRune(r); unicode.IsLetter(f) || unicode.IsDigit(f) {
			out.runes = append(out.runes, f)
			out.upper = append(out.upper, unicode.IsUpper(r))
			out.start = append(out.start, i)
			_, n := utf8.DecodeRuneInString(s[i:])
			out.end = append(out.end, i+n)
		}
	}
	return out
}

// breaks reports whether a word or number may begin before rune i.
func (p spelling) breaks(i int) bool {
	if i == 0 || i == len(p.runes) || p.end[i-1] != p.start[i] {
		return true
	}
	a, b := p.runes[i-1], p.runes[i]
	return text.IsHan(a) || text.IsHan(b) || unicode.IsDigit(a) != unicode.IsDigit(b) || p.upper[i] && !p.upper[i-1]
}

// veils finds the forms of sensitive values in a text, with weak even the
// shortest.
func (m Mask) veils(s string, weak bool) []veil {
	if len(m.words) == 0 || s == "" {
		return nil
	}
	p := spell(s)
	var out []veil
	for _, w := range m.words {
		if !w.weak || weak {
			out = w.spelt(s, p, w.exactly(s, out))
		}
	}
	return out
}

// exactly finds the value in a text as it is written.
func (w secret) exactly(s string, out []veil) []veil {
	for at := 0; w.exact != ""; {
		i := strings.Index(s[at:], w.exact)
		if i < 0 {
			break
		}
		at += i + len(w.exact)
		out = append(out, veil{at - len(w.exact), at, w.slot})
	}
	return out
}

// spelt finds the value's letters and digits in a text, or the beginning of
// them where the text breaks off.
func (w secret) spelt(s string, p spelling, out []veil) []veil {
	key, least := []rune(w.key), wholeSecret
	if strings.ContainsFunc(w.key, unicode.IsDigit) {
		least = wholeNumber
	}
	for i := 0; i < len(p.runes) && len(key) > 0; i++ {
		n := len(key)
		if rest := len(p.runes) - i; rest < n && rest >= leastClip {
			n = rest
		}
		if i+n > len(p.runes) || !slices.Equal(p.runes[i:i+n], key[:n]) {
			continue
		}
		if n >= least || p.breaks(i) && p.breaks(i+n) {
			start := p.start[i]
			if start > 0 && s[start-1] == '+' { // of a country's code
				start--
			}
			out = append(out, veil{start, p.end[i+n-1], w.slot})
		}
	}
	return out
}

// merged sorts veils and joins those that touch.
func merged(veils []veil) []veil {
	slices.SortStableFunc(veils, func(a, b veil) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var out []veil
	for _, v := range veils {
		if n := len(out); n > 0 && v.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, v.end)
			out[n-1].slot = cmp.Or(out[n-1].slot, v.slot)
			continue
		}
		out = append(out, v)
	}
	return out
}

// hide puts placeholders in the place of veils: [Masked], or what word says of
// their slot.
func hide(s string, veils []veil, word func(slot string) string) string {
	if len(veils) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, v := range veils {
		b.WriteString(s[at:v.start])
		if word != nil && v.slot != "" {
			b.WriteString(word(v.slot))
		} else {
			b.WriteString(Masked)
		}
		at = v.end
	}
	b.WriteString(s[at:])
	return b.String()
}

// moved is where a place in a text is once veils are over it: within one, its
// beginning, or its end.
func moved(at int, veils []veil, end bool) int {
	shift := 0
	for _, v := range veils {
		if v.start >= at {
			break
		}
		if at < v.end { // within
			if !end {
				return v.start + shift
			}
			return v.start + shift + len(Masked)
		}
		shift += len(Masked) - (v.end - v.start)
	}
	return at + shift
}
