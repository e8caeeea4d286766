package faulttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
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
	old := newManager(t, store, session.Options{Keys: keyring(t, "old")})
	now := time.Now().Add(p.after)
	both := session.Options{Schema: p.schema.Schema, Migrations: p.schema.Migrations, Keys: keyring(t, "new", "old"), Log: session.LogOptions{Age: time.Hour, Turns: 1000}, Now: func() time.Time { return now }}
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
func look(ctx context.Context, m *session.Manager) (*outcome, error) {
	w := &outcome{}
	export, err := m.Export(ctx, staged.Key.Tenant, staged.User)
	if err != nil {
		return nil, err
	}
	if w.gone = len(export.Sessions) == 0; w.gone {
		return w, nil
	}
	w.state = export.Sessions[0].State
	for _, e := range export.Sessions[0].Log {
		w.events = append(w.events, e.Event)
		var n int
		if _, err := fmt.Sscanf(e.Message, staged.Key.ID+" m%d", &n); err == nil {
			w.turns = append(w.turns, n)
		}
	}
	return w, wholeExport(export)
}
