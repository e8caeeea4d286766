package dsttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// Options adjusts how transcripts are played. The zero value is the default.
type Options struct {
	// At makes the tracker for a time that a transcript sets with "clock:".
	// The default is a tracker for the same schema that has only its clock
	// set: give your own where yours has further options.
	At func(now time.Time) (*dst.Tracker, error)
	// Say is what the bot does in a state, where the transcript has no "bot:"
	// line. The default is Tracker.Next alone.
	Say func(dst.State) []dst.Act
}

// Play plays a transcript and returns it with the expectations that the
// tracker fulfils: what -dsttest.update writes. The name stands in errors, as
// that of a file. Comments, assertions and all else stay as they are.
func Play(ctx context.Context, tracker *dst.Tracker, name, transcript string, opt *Options) (string, error) {
	s, err := parse(name, transcript)
	if err != nil {
		return "", fmt.Errorf("dsttest: %w", err)
	}
	p, err := newPlayer(tracker, s, opt)
	if err != nil {
		return "", fmt.Errorf("dsttest: %w", err)
	}
	got := make([][]outcome, len(s.conversations))
	for i, c := range s.conversations {
		if got[i], err = p.play(ctx, c); err != nil {
			return "", fmt.Errorf("dsttest: %w", err)
		}
	}
	return s.update(got), nil
}

// An outcome is what came of one turn.
type outcome struct {
	acts  []string
	next  string
	err   string // "" where there was none
	state dst.State
	now   time.Time // as the transcript sets it
}

// A player plays the conversations of one script.
type player struct {
	s       *script
	opt     Options
	tracker *dst.Tracker
	schema  dst.Schema
	at      map[time.Time]*dst.Tracker
	cover   *Coverage
}

// newPlayer checks all that the script says against the schema.
func newPlayer(tracker *dst.Tracker, s *script, opt *Options) (*player, error) {
	p := &player{s: s, tracker: tracker, schema: tracker.Schema(), at: map[time.Time]*dst.Tracker{}}
	if opt != nil {
		p.opt = *opt
	}
	if p.opt.At == nil {
		p.opt.At = func(now time.Time) (*dst.Tracker, error) {
			return dst.NewTracker(p.schema, &dst.TrackerOptions{Now: func() time.Time { return now }})
		}
	}
	p.cover = newCoverage(p.schema)
	var errs []error
	for _, c := range s.conversations {
		for _, t := range c.turns {
			errs = append(errs, p.check(t)...)
		}
	}
	return p, errors.Join(errs...)
}

// check reports acts and assertions that the schema knows nothing of. The
// user's acts are left to the tracker: a transcript may pin its error.
func (p *player) check(t scriptTurn) (errs []error) {
	if err := p.schema.Check(t.bot...); err != nil {
		errs = append(errs, fmt.Errorf("%s:%d: bot: %w", p.s.file, p.s.lines[t.said].n, err))
	}
	for _, l := range p.s.lines[t.said:t.under] {
		if l.kind != holdsLine && l.kind != lacksLine {
			continue
		}
		list, err := parseWanted(l.arg)
		for _, w := range list {
			err = errors.Join(err, w.check(p.schema))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", p.s.file, l.n, err))
		}
	}
	return errs
}

// play plays one conversation. Its error is that of the context or of a clock
// that no tracker could be made for; what the tracker reports is an outcome.
func (p *player) play(ctx context.Context, c conversation) ([]outcome, error) {
	out := make([]outcome, 0, len(c.turns))
	tracker, s, now := p.tracker, dst.State{}, time.Time{}
	p.cover.Conversations++
	for i, t := range c.turns {
		if !t.clock.IsZero() {
			now = t.clock
			var err error
			if tracker, err = p.trackerAt(t.clock); err != nil {
				return nil, fmt.Errorf("%s:%d: clock: %w", p.s.file, p.s.lines[t.said].n, err)
			}
		}
		if t.lang != "" {
			s.Lang = t.lang
		}
		s = p.botTurn(tracker, s, t, i == 0)
		before := s
		next, decisions, err := tracker.Update(ctx, s, t.turn)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s = next
		o := outcome{state: s, next: tracker.Next(s).String(), now: now}
		if err != nil {
			o.err = oneLine(err.Error())
		}
		for _, d := range decisions {
			o.acts = append(o.acts, d.Act.String())
		}
		p.cover.turn(before, decisions)
		out = append(out, o)
	}
	if p.opt.Say == nil {
		p.cover.said(s, []dst.Act{tracker.Next(s)}) // the last line of the transcript shows it
	}
	return out, nil
}

// botTurn takes in what the bot does before a turn of the user.
func (p *player) botTurn(tracker *dst.Tracker, s dst.State, t scriptTurn, first bool) dst.State {
	switch {
	case t.botSet:
		return p.says(s, t.bot)
	case first:
		return s
	case p.opt.Say != nil:
		return p.says(s, p.opt.Say(s))
	}
	return p.says(s, []dst.Act{tracker.Next(s)})
}

func (p *player) says(s dst.State, acts []dst.Act) dst.State {
	s = s.Said(acts...)
	p.cover.said(s, acts)
	return s
}

func (p *player) trackerAt(now time.Time) (*dst.Tracker, error) {
	if t := p.at[now]; t != nil {
		return t, nil
	}
	t, err := p.opt.At(now)
	if err != nil {
		return nil, err
	}
	p.at[now] = t
	return t, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// golden are the lines that an outcome leads to; state says whether the line
// of the whole state is among them.
func (o outcome) golden(state bool) []string {
	var out []string
	if o.err != "" {
		out = append(out, "error: "+o.err)
	} else {
		out = append(out, o.acts...)
	}
	out = append(out, "next: "+o.next)
	if state {
		out = append(out, strings.TrimSuffix("state: "+terms(o.state), " "))
	}
	return out
}

// expected are the lines of a turn that update rewrites, the state last, and
// whether that is one of them.
func (s *script) expected(t scriptTurn) (lines []string, state bool) {
	var last []string
	for _, l := range s.lines[t.said+1 : t.under] {
		switch text := goldenText(l); {
		case text == "":
		case l.kind == stateLine:
			last, state = []string{text}, true
		default:
			lines = append(lines, text)
		}
	}
	return append(lines, last...), state
}

// goldenText is a line as golden writes it, "" for one that update leaves alone.
func goldenText(l line) string {
	switch l.kind {
	case actLine:
		return actText(l.arg)
	case nextLine:
		return "next: " + actText(l.arg)
	case errorLine:
		return "error: " + l.arg
	case stateLine:
		return strings.TrimSuffix("state: "+l.arg, " ")
	}
	return ""
}

// actText is the usual form of an act, which has been read before.
func actText(s string) string {
	a, err := dst.ParseAct(s)
	if err != nil {
		return s
	}
	return a.String()
}

// compare says how the outcome differs from what the script expects of the
// turn, "" where it does not.
func (p *player) compare(t scriptTurn, o outcome) string {
	want, state := p.s.expected(t)
	got := o.golden(state)
	switch {
	case t.under == t.said+1:
		return "    nothing is expected here; with -dsttest.update the test writes what the tracker does:\n" + diff(nil, got)
	case len(want) == 0:
		return ""
	case state && len(want) == 1: // it alone is asked for, as an assertion is
		got = got[len(got)-1:]
	}
	if slices.Equal(want, got) {
		return ""
	}
	return diff(want, got)
}

// assert says which assertions of the turn are not met, "" where all are.
func (p *player) assert(t scriptTurn, o outcome) string {
	var problems []string
	for _, l := range p.s.lines[t.said+1 : t.under] {
		if l.kind != holdsLine && l.kind != lacksLine {
			continue
		}
		list, _ := parseWanted(l.arg) // it has been read before
		for _, w := range list {
			if w.met(place{p.schema, o.now}, o.state) == (l.kind == holdsLine) {
				continue
			}
			problems = append(problems, fmt.Sprintf("    line %d: %s, but %s", l.n, strings.TrimSpace(l.raw), found(w, o.state)))
		}
	}
	return strings.Join(problems, "\n")
}

// found says what a state has instead of what was wanted.
func found(w wanted, s dst.State) string {
	switch f := w.forms[0]; f.Kind {
	case dst.Want:
		return fmt.Sprintf("the open intents are %q", s.Intents)
	case dst.Request:
		return fmt.Sprintf("asked about is %q", s.Requested)
	case dst.Select:
		return fmt.Sprintf("in focus is %v", s.Focus)
	}
	if len(s.Constraints) == 0 {
		return "the state holds nothing"
	}
	return "the state holds " + terms(s)
}
