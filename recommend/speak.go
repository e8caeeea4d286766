package recommend

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// errRefused stops a generator whose text cannot stand.
var errRefused = errors.New("the text is refused")

// A speaker takes a generated text piece by piece, checks it sentence by
// sentence, and hands on what stands. What it has handed on is always the
// beginning of what is left of the text in the end.
type speaker struct {
	k       *checker
	each    func(Chunk) error // nil where the text is not streamed
	raw     string            // the beginning of a character
	buf     string            // no whole sentence yet
	gap     string            // white space since the last sentence that stands
	out     strings.Builder
	runes   int
	verdict Verdict
	stopped error // of each
}

// push takes the next piece. Its error is that of each, or errRefused.
func (p *speaker) push(piece string) error {
	switch {
	case p.stopped != nil:
		return p.stopped
	case p.verdict.Refused != "":
		return errRefused
	}
	piece = p.raw + piece
	n := wholeRunes(piece)
	p.raw, piece = piece[n:], printable(strings.ToValidUTF8(piece[:n], ""))
	p.runes += utf8.RuneCountInString(piece)
	if limit := p.k.r.Limits.Runes; limit > 0 && p.runes > limit {
		p.verdict.Refused = fmt.Sprintf("the generated text has more than %d characters", limit)
		return errRefused
	}
	p.buf += piece
	return p.speak(false)
}

// speak checks the sentences that are whole.
func (p *speaker) speak(final bool) error {
	for {
		n := sentenceEnd(p.buf, final)
		if n == 0 {
			return nil
		}
		s := p.buf[:n]
		p.buf = p.buf[n:]
		words := strings.TrimSpace(s)
		p.gap = wider(p.gap, s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsSpace))])
		if p.verdict.Refused = p.k.refuses(words); p.verdict.Refused != "" {
			return errRefused
		}
		said := p.k.sentence(words)
		p.verdict.Sentences = append(p.verdict.Sentences, said)
		if len(said.Claims) > 0 {
			continue
		}
		if err := p.say(words); err != nil {
			return err
		}
	}
}

// say hands on a sentence that stands.
func (p *speaker) say(words string) error {
	if p.out.Len() > 0 {
		words = p.gap + words
	}
	p.gap = ""
	p.out.WriteString(words)
	if p.each == nil {
		return nil
	}
	p.stopped = p.each(Chunk{Text: words})
	return p.stopped
}

// wider is the white space between two sentences between which others were cut.
func wider(a, b string) string {
	if strings.Count(b, "\n") >= strings.Count(a, "\n") && b != "" {
		return b
	}
	return a
}

// finish checks what is left in the end and what the text has to say. Of a
// text that broke off, the last sentence is left out unless it is whole.
func (p *speaker) finish(whole bool) Verdict {
	if p.verdict.Refused == "" && whole {
		_ = p.speak(true) // the error stays in the verdict or in stopped
	}
	v := &p.verdict
	v.Text = p.out.String()
	if whole && v.Refused == "" && len(v.Sentences) == 0 {
		v.Refused = "the generator returned an empty text"
	}
	v.Missing = p.k.missing(v)
	return *v
}

// wholeRunes is the length of s without the beginning of a character at its end.
func wholeRunes(s string) int {
	for i := 1; i <= min(len(s), utf8.UTFMax-1); i++ {
		if b := s[len(s)-i]; utf8.RuneStart(b) {
			if !utf8.FullRuneInString(s[len(s)-i:]) {
				return len(s) - i
			}
			break
		}
	}
	return len(s)
}
