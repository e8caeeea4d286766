package faulttest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// quiet is a test that fails unheard.
type quiet struct {
	testing.TB
	failed atomic.Bool
}

func (*quiet) Helper()                    {}
func (*quiet) Logf(string, ...any)        {}
func (q *quiet) Errorf(string, ...any)    { q.failed.Store(true) }
func (*quiet) Failed() bool               { return false } // the load goes on
func (q *quiet) Context() context.Context { return q.TB.Context() }

// run has a load with a store and a way to send that are wrong.
func run(t *testing.T, store session.Store, send func(m *session.Manager) Send) (Result, bool) {
	q := &quiet{TB: t}
	l := &Load{Seed: 1, For: 100 * time.Millisecond, Clients: 3, Messages: 20}
	m := NewManager(t, store)
	l.Run(q, send(m))
	return l.Check(q, "wrong", m), q.failed.Load()
}

// forgetful acknowledges a save at times and goes back to what was.
type forgetful struct {
	session.Store
	saves atomic.Int64
}

func (f *forgetful) Save(ctx context.Context, c session.Change) error {
	if f.saves.Add(1)%10 == 0 {
		return nil
	}
	return f.Store.Save(ctx, c)
}

// A load finds what is lost, mixed and doubled, and nothing where nothing is.
func TestLoadFinds(t *testing.T) {
	if r, failed := run(t, session.NewMemory(), Over); failed || r.Acknowledged == 0 || r.Lost+r.Mixed+r.Doubled != 0 {
		t.Errorf("of a store that is right: %v", r)
	}
	if r, failed := run(t, &forgetful{Store: session.NewMemory()}, Over); !failed || r.Lost == 0 {
		t.Errorf("of a store that forgets: %v", r)
	}
	var n atomic.Int64
	turn := func(m *session.Manager, ctx context.Context, r Request, id string, play session.Play) (Reply, error) {
		out, err := m.Turn(ctx, r.Key, session.Message{ID: id, User: r.User}, play)
		return Reply{Seq: out.Seq, Text: string(out.Reply)}, err
	}
	r, failed := run(t, session.NewMemory(), func(m *session.Manager) Send {
		return func(ctx context.Context, r Request) (Reply, error) {
			reply, err := turn(m, ctx, r, r.ID(), r.play)
			if n.Add(1)%50 == 0 {
				_, _ = turn(m, ctx, r, r.ID()+" ", r.play) // as if its id were not known
			}
			return reply, err
		}
	})
	if !failed || r.Doubled == 0 {
		t.Errorf("of a manager that plays messages twice: %v", r)
	}
	r, failed = run(t, session.NewMemory(), func(m *session.Manager) Send {
		return func(ctx context.Context, r Request) (Reply, error) {
			play := r.play
			if n.Add(1)%50 == 0 {
				other := r
				other.Key.Tenant = map[string]string{"east": "west", "west": "east"}[r.Key.Tenant]
				play = other.play
			}
			return turn(m, ctx, r, r.ID(), play)
		}
	})
	if !failed || r.Mixed == 0 {
		t.Errorf("of a manager that mixes tenants: %v", r)
	}
}

// The orders of two that have two calls each are six.
func TestStageOrders(t *testing.T) {
	store := session.NewMemory()
	seen := map[string]bool{}
	for s := (&stage{pick: func(int) int { return 0 }}); s != nil; {
		order := ""
		actor := func(name string) func(around) {
			return func(a around) {
				for range 2 {
					err := a(t.Context(), call{"load", staged.Key}, func(ctx context.Context) error {
						order += name
						_, err := store.Load(ctx, staged.Key)
						return err
					})
					if !errors.Is(err, session.ErrNotFound) {
						t.Error(err)
					}
				}
			}
		}
		s.play([]func(around){actor("a"), actor("b")})
		seen[order] = true
		next := s.following()
		s = &stage{choices: next, pick: s.pick}
		if next == nil {
			s = nil
		}
	}
	if got := fmt.Sprint(len(seen), seen["aabb"], seen["abab"], seen["bbaa"]); got != "6 true true true" {
		t.Errorf("the orders are %v", seen)
	}
}
