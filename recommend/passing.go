package recommend

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// passing hands on the text of a model, without what stands around it. The
// beginning is held back until it shows the language, so that nothing is shown
// of a text in the wrong one.
type passing struct {
	r       Request
	each    func(Chunk) error // may be nil
	thought unthinking
	text    strings.Builder // all of it
	passed  int             // bytes of text handed on
}

// enoughWords show the language of a text: words, or Chinese characters.
const enoughWords = 12

func (p *passing) push(piece string) error {
	piece = p.thought.next(piece)
	if p.text.Len() == 0 {
		piece = strings.TrimLeft(piece, " \t\r\n")
	}
	if piece == "" {
		return nil
	}
	p.text.WriteString(piece)
	if err := checkLength(p.r, p.text.String()); err != nil {
		return err
	}
	if p.passed == 0 && len(text.Tokens(p.text.String())) < enoughWords {
		return nil
	}
	return p.pass()
}

// pass hands on what has not been yet.
func (p *passing) pass() error {
	s := p.whole()
	if p.passed == 0 {
		if err := checkLanguage(p.r, s); err != nil {
			return err
		}
	}
	if len(s) <= p.passed {
		return nil
	}
	rest := s[p.passed:]
	p.passed = len(s)
	if p.each == nil {
		return nil
	}
	return p.each(Chunk{Text: rest})
}

// whole is the text without the white space at its end, which may be the end.
func (p *passing) whole() string { return strings.TrimRight(p.text.String(), " \t\r\n") }

func (p *passing) finish() error {
	if err := p.push(p.thought.rest()); err != nil {
		return err
	}
	s := p.whole()
	if s == "" {
		return &Failure{Cause: CauseUnusable, Detail: "the text is empty"}
	}
	if err := checkLanguage(p.r, s); err != nil {
		return err
	}
	return p.pass()
}

// unthinking leaves out what a reasoning model thinks aloud before its answer,
// between <think> and </think>, though the marks may come in pieces.
type unthinking struct {
	held string // not handed out yet
	in   bool   // the thinking has begun,
	done bool   // the answer has
}

const thinkStart, thinkEnd = "<think>", "</think>"

func (u *unthinking) next(piece string) string {
	if u.done {
		return piece
	}
	u.held += piece
	if !u.in {
		start := strings.TrimLeft(u.held, " \t\r\n")
		switch {
		case strings.HasPrefix(start, thinkStart):
			u.in, u.held = true, start[len(thinkStart):]
		case strings.HasPrefix(thinkStart, start):
			return ""
		default:
			u.done = true
			return u.held
		}
	}
	if _, after, ok := strings.Cut(u.held, thinkEnd); ok {
		u.done = true
		return after
	}
	u.held = u.held[max(0, len(u.held)-len(thinkEnd)+1):]
	return ""
}

// rest is what was held at the end of the text; [unthinking.next] lets it pass.
func (u *unthinking) rest() string {
	if u.done || u.in {
		return ""
	}
	rest := u.held
	u.held, u.done = "", true
	return rest
}
