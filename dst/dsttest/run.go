package dsttest

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// Users have an -update of their own, so the flags bear the package's name.
var (
	updateFlag    = flag.Bool("dsttest.update", false, "rewrite what dialogue transcripts expect")
	coverFlag     = flag.Bool("dsttest.cover", false, "print which slots, operators and questions dialogue transcripts touch")
	coverFileFlag = flag.String("dsttest.coverfile", "", "append the coverage of dialogue transcripts to this `file`")
)

// Run plays the transcripts in the files that the patterns match (see
// [filepath.Glob]) and reports each turn that differs from what they expect,
// with its file and line. Conversations are subtests where t is a [testing.T].
// It returns what the transcripts cover. A pattern that matches no file is an
// error, and so is a file that cannot be read.
func Run(t testing.TB, tracker *dst.Tracker, patterns ...string) *Coverage {
	t.Helper()
	return RunWith(t, tracker, nil, patterns...)
}

// RunWith is [Run] with options; nil are the default ones.
func RunWith(t testing.TB, tracker *dst.Tracker, opt *Options, patterns ...string) *Coverage {
	t.Helper()
	all := newCoverage(tracker.Schema())
	for _, file := range files(t, patterns) {
		if c := runFile(t, tracker, opt, file); c != nil {
			all.Add(c)
		}
	}
	report(t, all)
	return all
}

func files(t testing.TB, patterns []string) []string {
	t.Helper()
	var out []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		switch {
		case err != nil:
			t.Errorf("dsttest: pattern %q: %v", pattern, err)
		case len(found) == 0:
			t.Errorf("dsttest: no transcript matches %q", pattern)
		}
		out = append(out, found...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// runFile plays one file, and rewrites it where that is asked for.
func runFile(t testing.TB, tracker *dst.Tracker, opt *Options, file string) *Coverage {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("dsttest: %v", err)
		return nil
	}
	s, err := parse(file, string(text))
	if err != nil {
		t.Errorf("dsttest: reading a transcript:\n%v", err)
		return nil
	}
	p, err := newPlayer(tracker, s, opt)
	if err != nil {
		t.Errorf("dsttest: a transcript and its schema:\n%v", err)
		return nil
	}
	ctx := context.Background()
	got := make([][]outcome, len(s.conversations))
	for i, c := range s.conversations {
		sub(t, filepath.Base(file)+"/"+c.name, func(t testing.TB) {
			t.Helper()
			if got[i], err = p.play(ctx, c); err != nil {
				t.Errorf("dsttest: %v", err)
				return
			}
			p.report(t, c, got[i])
		})
	}
	if out := s.update(got); *updateFlag && out != string(text) {
		if err := os.WriteFile(file, []byte(out), 0o666); err != nil {
			t.Errorf("dsttest: %v", err)
		}
	}
	return p.cover
}

// sub runs f as a subtest where t can have any.
func sub(t testing.TB, name string, f func(testing.TB)) {
	t.Helper()
	if r, ok := t.(interface {
		Run(string, func(*testing.T)) bool
	}); ok {
		r.Run(name, func(t *testing.T) { f(t) })
		return
	}
	f(t)
}

// report reports the turns of a conversation that are not as expected. What is
// about to be updated is no problem; an assertion is never updated.
func (p *player) report(t testing.TB, c conversation, got []outcome) {
	t.Helper()
	for i, turn := range c.turns {
		said := p.s.lines[turn.said]
		if d := p.compare(turn, got[i]); d != "" && !*updateFlag {
			t.Errorf("%s:%d: %s\n%s", p.s.file, said.n, said.raw, d)
		}
		if d := p.assert(turn, got[i]); d != "" {
			t.Errorf("%s:%d: %s\n%s", p.s.file, said.n, said.raw, d)
		}
	}
}
