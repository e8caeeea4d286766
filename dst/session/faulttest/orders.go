package faulttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A stage has actors, each with a process of its own, of which one at a time does
// the next call of the store: every order in which their calls may come is one
// list of choices.
type stage struct {
	choices []int // of the actor that is next, among those that are not done
	widths  []int // among how many it was chosen
	pick    func(n int) int
	parked  chan *actor
	waiting []*actor
}

type actor struct {
	i    int
	next chan struct{}
	done bool
}

// around waits until the actor may do its next call.
func (s *stage) around(a *actor) around {
	return func(ctx context.Context, c call, do func(context.Context) error) error {
		if c.what != "next" {
			s.parked <- a
			<-a.next
		}
		return do(ctx)
	}
}

// play has the actors do what they do, to the end.
func (s *stage) play(actors []func(around)) {
	s.parked = make(chan *actor)
	for i, do := range actors {
		a := &actor{i: i, next: make(chan struct{})}
		go func() {
			defer func() { a.done = true; s.parked <- a }()
			do(s.around(a))
		}()
	}
	for running := len(actors); ; {
		for ; running > 0; running-- {
			if a := <-s.parked; !a.done {
				s.waiting = append(s.waiting, a)
			}
		}
		if len(s.waiting) == 0 {
			return
		}
		slices.SortFunc(s.waiting, func(a, b *actor) int { return a.i - b.i })
		n := s.choose(len(s.waiting))
		a := s.waiting[n]
		s.waiting = append(s.waiting[:n:n], s.waiting[n+1:]...)
		running = 1
		a.next <- struct{}{}
	}
}

func (s *stage) choose(n int) int {
	at := len(s.widths)
	s.widths = append(s.widths, n)
	if at == len(s.choices) {
		s.choices = append(s.choices, s.pick(n))
	}
	return s.choices[at]
}

// following are the choices of the next order, nil after the last.
func (s *stage) following() []int {
	for at := len(s.choices) - 1; at >= 0; at-- {
		if s.choices[at]+1 < s.widths[at] {
			return append(s.choices[:at:at], s.choices[at]+1)
		}
	}
	return nil
}

// A play is what several processes do at once to a conversation that has some
// turns, and what must be so in the end.
type play struct {
	name   string
	actors []func(ctx context.Context, m *session.Manager) error
	check  func(w *wings) error
}

// wings are what can be seen after a play.
type wings struct {
	turns  []int // messages that the log answers, in its order
	events []session.Event
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

// each checks that messages count once each, after those that were there.
func each(there int, more ...int) func(*wings) error {
	return func(w *wings) error {
		count := map[int]int{}
		for _, n := range w.turns {
			count[n]++
		}
		for n := 1; n <= there; n++ {
			more = append(more[:len(more):len(more)], n)
		}
		for _, n := range more {
			if count[n] != 1 && !compacted(w) {
				return fmt.Errorf("message %d counts %d times", n, count[n])
			}
		}
		return nil
	}
}

func compacted(w *wings) bool { return len(w.events) > 0 && w.events[0] == session.EventCompacted }

const stagedTurns = 2

func plays() []play {
	undo := func(ctx context.Context, m *session.Manager) error { _, err := m.Undo(ctx, staged.Key, 1); return err }
	compact := func(ctx context.Context, m *session.Manager) error { return m.Compact(ctx, staged.Key) }
	erase := func(ctx context.Context, m *session.Manager) error {
		_, err := m.Erase(ctx, staged.Key.Tenant, staged.User)
		return err
	}
	export := func(ctx context.Context, m *session.Manager) error {
		out, err := m.Export(ctx, staged.Key.Tenant, staged.User)
		if err == nil {
			err = wholeExport(out)
		}
		return err
	}
	rekey := func(ctx context.Context, m *session.Manager) error {
		_, failed, err := m.Rekey(ctx)
		return failedAny(err, failed)
	}
	type acts = []func(context.Context, *session.Manager) error
	return []play{
		{"two messages", acts{sending(3), sending(4)}, each(stagedTurns, 3, 4)},
		{"one message twice", acts{sending(3), sending(3)}, each(stagedTurns, 3)},
		{"one message twice, and another", acts{sending(3), sending(3), sending(4)}, each(stagedTurns, 3, 4)},
		{"a message and undo", acts{sending(3), undo}, each(stagedTurns, 3)},
		{"undo twice", acts{undo, undo}, each(stagedTurns)},
		{"a message and compact", acts{sending(3), compact}, each(0)},
		{"a message and rekey", acts{sending(3), rekey}, each(0)},
		{"a message and erase", acts{sending(3), erase}, erased},
		{"two messages and erase", acts{sending(3), sending(4), erase}, erased},
		{"a message and export", acts{sending(3), export}, each(stagedTurns, 3)},
		{"erase and export", acts{erase, export}, func(w *wings) error {
			if !w.gone {
				return errors.New("it is still there")
			}
			return nil
		}},
		{"undo, compact and a message", acts{undo, compact, sending(3)}, each(0)},
	}
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

// erased checks that nothing is left of what was before.
func erased(w *wings) error {
	for _, n := range w.turns {
		if n <= stagedTurns {
			return fmt.Errorf("message %d is still there", n)
		}
	}
	return nil
}

// orders tries the orders in which the calls of several processes may come: all
// of them, or as many as there is time for, chosen at random.
func orders(t *testing.T, store session.Store) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	tried, all := 0, 0
	list := plays()
	for _, p := range list {
		began := time.Now()
		s := &stage{pick: func(int) int { return 0 }}
		for whole := true; ; {
			if err := playOnce(t, store, p, s); err != nil {
				t.Fatalf("%s, in the order %v: %v", p.name, s.choices, err)
			}
			tried++
			next := s.following()
			if whole && next == nil {
				all++
				break
			}
			if time.Since(began) > For()/6 {
				break
			}
			if whole = whole && time.Since(began) < For()/12; whole {
				s = &stage{choices: next, pick: func(int) int { return 0 }}
			} else {
				s = &stage{pick: random.IntN}
			}
		}
	}
	t.Logf("%-34s tried %d of %d plays of two and three processes, of %d plays all that there are", of(store)+": orders of calls", tried, len(list), all)
}

// playOnce plays in one order, on a conversation made anew.
func playOnce(t *testing.T, store session.Store, p play, s *stage) error {
	wipe(t, store)
	ctx := t.Context()
	old, both := newManager(t, store, session.Options{Keys: keyring(t, "old")}), session.Options{Keys: keyring(t, "new", "old")}
	for n := range stagedTurns {
		if err := sending(n+1)(ctx, old); err != nil {
			return err
		}
	}
	errs := make([]error, len(p.actors))
	var actors []func(around)
	for i, do := range p.actors {
		actors = append(actors, func(a around) {
			m := newManager(t, calls{store, a}, both)
			for try := 0; try < 10; try++ {
				if errs[i] = do(ctx, m); !errors.Is(errs[i], session.ErrConflict) {
					break
				}
			}
		})
	}
	s.play(actors)
	for i, err := range errs {
		if err != nil && !errors.Is(err, session.ErrNotFound) && !errors.Is(err, session.ErrTrimmed) {
			return fmt.Errorf("actor %d: %w", i+1, err)
		}
	}
	w, err := look(ctx, newManager(t, store, both))
	if err != nil {
		return err
	}
	return p.check(w)
}

// look checks that the conversation is whole, and says what is in its log.
func look(ctx context.Context, m *session.Manager) (*wings, error) {
	w := &wings{}
	export, err := m.Export(ctx, staged.Key.Tenant, staged.User)
	if err != nil {
		return nil, err
	}
	if w.gone = len(export.Sessions) == 0; w.gone {
		return w, nil
	}
	for _, e := range export.Sessions[0].Log {
		w.events = append(w.events, e.Event)
		var n int
		if _, err := fmt.Sscanf(e.Message, staged.Key.ID+" m%d", &n); err == nil {
			w.turns = append(w.turns, n)
		}
	}
	return w, wholeExport(export)
}
