package faulttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// A play is what several processes do at once to a conversation that has some
// turns, and what must be so in the end.
type play struct {
	name   string
	actors []func(ctx context.Context, m *session.Manager) error
	check  func(w *outcome) error
	after  time.Duration   // since the turns
	schema session.Options // with which they all act
}

// An outcome is what can be seen after a play.
type outcome struct {
	turns  []int // messages that the log answers, in its order
	events []session.Event
	state  dst.State
	gone   bool
}

// staged is the conversation of plays.
var staged = Request{Key: session.Key{Tenant: "east", ID: "c1-0"}, User: "u1"}

func sending(n int) func(context.Context, *session.Manager) error {
	r := Request{Key: staged.Key, User: staged.User, N: n}
	return func(ctx context.Context, m *session.Manager) error {
		reply, err := Over(m)(ctx, r)
		if err == nil && !reply.Gone && !strings.HasPrefix(reply.Text, fmt.Sprintf("%s %s %d ", r.conversation(), r.user(), n)) {
			return fmt.Errorf("%w: the reply to message %d is %q", errWrong, n, reply.Text)
		}
		return err
	}
}

// each checks that messages count once each, after those that were there: in the
// log as far as it reaches back, and in the state where nothing was undone.
func each(there int, more ...int) func(*outcome) error {
	for n := 1; n <= there; n++ {
		more = append(more, n)
	}
	return func(w *outcome) error {
		count := map[int]int{}
		for _, n := range w.turns {
			count[n]++
		}
		for _, n := range more {
			if count[n] != 1 && !compacted(w) {
				return fmt.Errorf("message %d counts %d times", n, count[n])
			}
		}
		if there > 0 && w.state.Turn != len(more) && !slices.Contains(w.events, session.EventUndo) {
			return fmt.Errorf("of %d messages %d count", len(more), w.state.Turn)
		}
		return nil
	}
}

func compacted(w *outcome) bool { return len(w.events) > 0 && w.events[0] == session.EventCompacted }

const stagedTurns = 2

func plays() []play {
	none := session.Options{}
	type acts = []func(context.Context, *session.Manager) error
	return []play{
		{"two messages", acts{sending(3), sending(4)}, each(stagedTurns, 3, 4), 0, none},
		{"one message twice", acts{sending(3), sending(3)}, each(stagedTurns, 3), 0, none},
		{"one message twice, and another", acts{sending(3), sending(3), sending(4)}, each(stagedTurns, 3, 4), 0, none},
		{"a message and undo", acts{sending(3), undoing}, each(stagedTurns, 3), 0, none},
		{"undo twice", acts{undoing, undoing}, each(stagedTurns), 0, none},
		{"a message and compact", acts{sending(3), compacting}, each(stagedTurns, 3), 0, none},
		{"a message and rekey", acts{sending(3), rekeying}, each(stagedTurns, 3), 0, none},
		{"a message and erase", acts{sending(3), erasing}, anew, 0, none},
		{"two messages and erase", acts{sending(3), sending(4), erasing}, anew, 0, none},
		{"a message and export", acts{sending(3), exporting}, each(stagedTurns, 3), 0, none},
		{"erase and export", acts{erasing, exporting}, gone, 0, none},
		{"undo, compact and a message", acts{undoing, compacting, sending(3)}, each(0), 0, none},
		{"a message and sweep of an old log", acts{sending(3), sweeping}, each(stagedTurns, 3), 2 * time.Hour, none},
		{"a message and sweep when the time is over", acts{sending(3), sweeping}, only(3), 1000 * time.Hour, none},
		{"a message and migrate", acts{sending(3), migrating}, each(stagedTurns, 3), 0, migrated(none)},
		{"a message, migrate and undo", acts{sending(3), migrating, undoing}, each(stagedTurns, 3), 0, migrated(none)},
		{"one message twice when the time is over", acts{sending(3), sending(3)}, only(3), 1000 * time.Hour, none},
	}
}

func undoing(ctx context.Context, m *session.Manager) error {
	_, err := m.Undo(ctx, staged.Key, 1)
	return err
}

func compacting(ctx context.Context, m *session.Manager) error { return m.Compact(ctx, staged.Key) }

func erasing(ctx context.Context, m *session.Manager) error {
	_, err := m.Erase(ctx, staged.Key.Tenant, staged.User)
	return err
}

func exporting(ctx context.Context, m *session.Manager) error {
	out, err := m.Export(ctx, staged.Key.Tenant, staged.User)
	if err != nil {
		return err
	}
	return wholeExport(out)
}

func rekeying(ctx context.Context, m *session.Manager) error {
	_, failed, err := m.Rekey(ctx)
	return failedAny(err, failed)
}

func migrating(ctx context.Context, m *session.Manager) error {
	out, err := m.Migrate(ctx, false)
	return failedAny(err, out.Failed)
}

func sweeping(ctx context.Context, m *session.Manager) error {
	out, err := m.Sweep(ctx)
	return failedAny(err, out.Failed)
}

// wholeExport checks that a log that was exported leads to the state that was.
func wholeExport(e session.Export) error {
	for _, s := range e.Sessions {
		if len(s.Log) == 0 {
			return fmt.Errorf("%w: the export of %s has no log", errWrong, s.ID)
		}
		if state := fold(s.Log); text(state) != text(s.State) {
			return fmt.Errorf("%w: the state that is exported is %s, and its log leads to %s", errWrong, text(s.State), text(state))
		}
	}
	return nil
}

// only checks that a message counts once, and nothing is left of what was before.
func only(n int) func(*outcome) error {
	return func(w *outcome) error {
		if len(w.turns) != 1 || w.turns[0] != n {
			return fmt.Errorf("the log answers %d, want %d alone", w.turns, n)
		}
		return nil
	}
}

// gone checks that nothing is there.
func gone(w *outcome) error {
	if !w.gone {
		return errors.New("it is still there")
	}
	return nil
}

// anew checks that nothing is left of what was before.
func anew(w *outcome) error {
	for _, n := range w.turns {
		if n <= stagedTurns {
			return fmt.Errorf("message %d is still there", n)
		}
	}
	return nil
}
