package dsttest

import (
	"slices"
	"strings"
)

const indent = "    "

// update writes the script with the outcomes as its expectations. A
// conversation without outcomes, which was not run, stays as it is.
func (s *script) update(got [][]outcome) string {
	var b strings.Builder
	write := func(raw string) { b.WriteString(raw + s.eol) }
	at := 0
	for i, c := range s.conversations {
		for j, t := range c.turns[:len(got[i])] {
			for ; at <= t.said; at++ {
				write(s.lines[at].raw)
			}
			for _, raw := range s.block(t, got[i][j]) {
				write(raw)
			}
			at = t.under
		}
	}
	for ; at < len(s.lines); at++ {
		write(s.lines[at].raw)
	}
	return b.String()
}

// block writes the expectations of a turn. Lines that still hold stay where
// they are, with the comments around them, and so do assertions.
func (s *script) block(t scriptTurn, o outcome) []string {
	want, state := s.expected(t)
	pending := o.golden(state)
	lines := s.lines[t.said+1 : t.under]
	if slices.Equal(want, pending) {
		return raws(lines)
	}
	var out []string
	upTo := func(n int) {
		for _, text := range pending[:n] {
			out = append(out, margin(lines)+text)
		}
		pending = pending[n:]
	}
	for _, l := range lines {
		switch l.kind {
		case anyLine:
		case blankLine, commentLine:
			out = append(out, l.raw)
		case holdsLine, lacksLine:
			upTo(len(pending)) // assertions close a block
			out = append(out, l.raw)
		default:
			if n := slices.Index(pending, goldenText(l)); n >= 0 {
				upTo(n)
				out = append(out, l.raw)
				pending = pending[1:]
			} else if l.kind != actLine { // another of its kind takes its place
				upTo(1 + slices.IndexFunc(pending, func(text string) bool { return sameWord(text, goldenText(l)) }))
			}
		}
	}
	upTo(len(pending))
	return out
}

func sameWord(a, b string) bool {
	x, _, _ := strings.Cut(a, ":")
	y, _, _ := strings.Cut(b, ":")
	return x == y
}

// margin is how the expectations of a block are indented. Comments may stand
// anywhere, so they do not count.
func margin(lines []line) string {
	for _, l := range lines {
		if l.kind != blankLine && l.kind != commentLine {
			return l.raw[:len(l.raw)-len(strings.TrimLeft(l.raw, " \t"))]
		}
	}
	return indent
}

func raws(lines []line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.raw
	}
	return out
}
