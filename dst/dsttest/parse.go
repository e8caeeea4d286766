package dsttest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A lineKind is what a line of a transcript is.
type lineKind uint8

const (
	blankLine lineKind = iota
	commentLine
	headLine
	botLine
	clockLine
	langLine
	actsLine
	servicesLine
	userLine
	hearLine
	actLine
	nextLine
	errorLine
	stateLine
	holdsLine
	lacksLine
	anyLine
)

// settings and expectations by their words.
var (
	flushWords = map[string]lineKind{
		"bot": botLine, "clock": clockLine, "lang": langLine, "acts": actsLine,
		"services": servicesLine, "user": userLine, "hear": hearLine,
	}
	indentedWords = map[string]lineKind{
		"next": nextLine, "error": errorLine, "state": stateLine, "holds": holdsLine, "lacks": lacksLine,
	}
)

// A line is one line of a transcript.
type line struct {
	n    int // from 1
	raw  string
	kind lineKind
	arg  string // what follows the word
}

// A script is a transcript that has been read. The lines are kept, so that it
// can be written again with other expectations.
type script struct {
	file          string
	eol           string
	lines         []line
	conversations []conversation
}

type conversation struct {
	name  string
	line  int // that of "=="
	turns []scriptTurn
}

// A scriptTurn is what the user says once, with all that belongs to it.
type scriptTurn struct {
	said   int // index of the line that says it, the last one of several
	under  int // index behind its last expectation
	bot    []dst.Act
	botSet bool
	clock  time.Time // zero: as before
	lang   string
	turn   dst.Turn // without the bot's acts
}

const clockForm = "2006-01-02 15:04"

// parse reads a transcript. Its error names all that is wrong, a line each.
func parse(file, text string) (*script, error) {
	s := &script{file: file, eol: "\n"}
	if strings.Contains(text, "\r\n") {
		s.eol = "\r\n"
	}
	p := &parser{s: s}
	for n, raw := range splitLines(text) {
		p.add(n+1, raw)
	}
	p.end()
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return s, nil
}

// splitLines cuts a text into lines without their ends. The end of the last
// line may be missing.
func splitLines(text string) []string {
	text = strings.TrimPrefix(text, "\uFEFF")
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], "\r")
	}
	return lines
}

// A parser puts lines together to turns.
type parser struct {
	s     *script
	errs  []error
	open  scriptTurn        // the turn whose settings are being read
	set   map[lineKind]bool // the settings it has
	setAt int               // line of the first of them
	file  time.Time         // the clock of the whole file
	block bool              // expectations may follow
	seen  map[lineKind]bool // those of which there is one
}

func (p *parser) fail(n int, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", p.s.file, n, fmt.Errorf(format, args...)))
}

func (p *parser) add(n int, raw string) {
	l := line{n: n, raw: raw}
	indented := strings.HasPrefix(raw, " ") || strings.HasPrefix(raw, "\t")
	trimmed := strings.TrimSpace(raw)
	switch {
	case trimmed == "":
	case strings.HasPrefix(trimmed, "#"):
		l.kind = commentLine
	case indented:
		p.indented(&l, trimmed)
	default:
		p.flush(&l, trimmed)
	}
	p.s.lines = append(p.s.lines, l)
}

// flush reads a line that begins at the first column.
func (p *parser) flush(l *line, text string) {
	if name, ok := strings.CutPrefix(text, "=="); ok {
		p.dangling()
		l.kind, l.arg = headLine, strings.TrimSpace(name)
		p.s.conversations = append(p.s.conversations, conversation{name: l.arg, line: l.n})
		p.open, p.set, p.block = scriptTurn{clock: p.file}, nil, false
		return
	}
	word, arg, ok := strings.Cut(text, ":")
	if said, quick := strings.CutPrefix(text, ">"); quick {
		word, arg, ok = "user", said, true
	}
	kind, known := flushWords[word]
	if !ok || !known {
		p.fail(l.n, "unknown line %q; at the first column stand ==, user:, >, hear:, bot:, clock:, lang:, acts:, services: and #, and what is expected is indented below the user's line", text)
		return
	}
	l.kind, l.arg = kind, strings.TrimSpace(arg)
	if err := p.setting(l); err != nil {
		p.fail(l.n, "%s: %w", word, err)
	}
}

// say closes the open turn: the user's words are its last setting.
func (p *parser) say() {
	if len(p.s.conversations) == 0 {
		p.s.conversations = append(p.s.conversations, conversation{})
	}
	n := len(p.s.lines)
	p.open.said, p.open.under = n, n+1
	c := &p.s.conversations[len(p.s.conversations)-1]
	c.turns = append(c.turns, p.open)
	p.open, p.set, p.block, p.seen = scriptTurn{}, nil, true, map[lineKind]bool{}
}

// indented reads an expectation.
func (p *parser) indented(l *line, text string) {
	if !p.block {
		p.fail(l.n, "%q is indented, as what is expected of a user's line, but no such line stands before it", text)
		return
	}
	c := &p.s.conversations[len(p.s.conversations)-1]
	c.turns[len(c.turns)-1].under = len(p.s.lines) + 1
	l.kind, l.arg = actLine, text
	var err error
	word, arg, ok := strings.Cut(text, ":")
	if text == "..." {
		l.kind = anyLine
	} else if kind, known := indentedWords[word]; ok && known {
		l.kind, l.arg = kind, strings.TrimSpace(arg)
		err = p.expectation(l)
	} else {
		_, err = dst.ParseAct(text)
	}
	if err != nil {
		p.fail(l.n, "%w", err)
	}
}

func (p *parser) expectation(l *line) error {
	if p.seen[l.kind] && (l.kind == nextLine || l.kind == errorLine || l.kind == stateLine) {
		return fmt.Errorf("%q: the turn has one already", strings.TrimSpace(l.raw))
	}
	p.seen[l.kind] = true
	switch l.kind {
	case nextLine:
		_, err := dst.ParseAct(l.arg)
		return err
	case holdsLine, lacksLine:
		_, err := parseWanted(l.arg)
		return err
	}
	return nil
}

// dangling reports settings that no words of the user follow.
func (p *parser) dangling() {
	if len(p.set) > 0 {
		p.fail(p.setAt, "what is set here needs a line of the user's after it")
	}
}

func (p *parser) end() {
	p.dangling()
	for i := range p.s.conversations {
		c := &p.s.conversations[i]
		if c.name == "" {
			c.name = fmt.Sprintf("conversation %d", i+1)
		}
		if len(c.turns) == 0 {
			p.fail(c.line, "in this conversation nothing is said")
		}
	}
}
