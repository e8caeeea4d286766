package dsttest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// setting takes a line at the first column into the turn that is open.
func (p *parser) setting(l *line) (err error) {
	switch {
	case l.kind == userLine:
		p.open.turn.User = unquote(l.arg)
		p.say()
		return nil
	case l.kind == hearLine:
		return p.hear(l)
	case p.set[l.kind]:
		return errors.New("the turn has one already")
	}
	if p.set == nil {
		p.set, p.setAt = map[lineKind]bool{}, l.n
	}
	p.set[l.kind], p.block = true, false
	switch l.kind {
	case botLine:
		p.open.botSet = true
		p.open.bot, err = dst.ParseActs(l.arg)
	case actsLine:
		p.open.turn.Acts, err = dst.ParseActs(l.arg)
	case langLine:
		p.open.lang = l.arg
		if l.arg != "en" && l.arg != "zh" {
			err = fmt.Errorf("%q is neither en nor zh", l.arg)
		}
	case clockLine:
		err = p.clock(l.arg)
	case servicesLine:
		for name := range strings.SplitSeq(l.arg, ";") {
			p.open.turn.Services = append(p.open.turn.Services, strings.TrimSpace(name))
		}
	}
	return err
}

func (p *parser) clock(arg string) error {
	at, err := time.Parse(clockForm, arg)
	if err != nil {
		if at, err = time.Parse(time.DateOnly, arg); err != nil {
			return fmt.Errorf("%q is no time; write it as %s", arg, clockForm)
		}
	}
	if len(p.s.conversations) == 0 {
		p.file = at
		delete(p.set, clockLine) // it is the file's, and needs no words after it
	}
	p.open.clock = at
	return nil
}

// hear takes a hypothesis. Several lines in a row are one turn.
func (p *parser) hear(l *line) error {
	number, text, _ := strings.Cut(l.arg, " ")
	chance, err := strconv.ParseFloat(number, 64)
	if err != nil || !(chance >= 0 && chance <= 1) {
		return fmt.Errorf("%q is no probability; write hear: 0.7 what was heard", number)
	}
	h := dst.Hypothesis{Text: unquote(strings.TrimSpace(text)), P: chance}
	if n := len(p.s.lines); n > 0 && p.s.lines[n-1].kind == hearLine && p.block {
		c := &p.s.conversations[len(p.s.conversations)-1]
		t := &c.turns[len(c.turns)-1]
		t.turn.Hypotheses = append(t.turn.Hypotheses, h)
		t.said, t.under = n, n+1
		return nil
	}
	p.open.turn.Hypotheses = []dst.Hypothesis{h}
	p.say()
	return nil
}

// unquote reads the words of a user: as they stand, or a Go string literal.
func unquote(s string) string {
	if strings.HasPrefix(s, `"`) {
		if out, err := strconv.Unquote(s); err == nil {
			return out
		}
	}
	return s
}

// quote is the inverse of unquote.
func quote(s string) string {
	control := func(r rune) bool { return unicode.IsControl(r) || r == '\uFEFF' || r == unicode.ReplacementChar }
	if unquote(s) != s || s != strings.TrimSpace(s) || strings.ContainsFunc(s, control) {
		return strconv.Quote(s)
	}
	return s
}
