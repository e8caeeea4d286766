package faulttest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// soon is when what nothing keeps must be done, on a machine that has much else
// to do.
const soon = 10 * time.Second

// slow has the store, and then the program, take long over one conversation:
// others do not wait for it, nor does the same id of another tenant.
func slow(t *testing.T, store session.Store) {
	t.Run("store", func(t *testing.T) {
		wipe(t, store)
		held := newHold()
		m := newManager(t, calls{store, func(ctx context.Context, c call, do func(context.Context) error) error {
			if c.key == staged.Key {
				if err := held.wait(ctx); err != nil {
					return fmt.Errorf("%s: %w", c.key, err)
				}
			}
			return do(ctx)
		}}, session.Options{})
		others(t, m, held, Over(m))
	})
	t.Run("play", func(t *testing.T) {
		wipe(t, store)
		held := newHold()
		m := newManager(t, store, session.Options{})
		others(t, m, held, func(ctx context.Context, r Request) (Reply, error) {
			out, err := m.Turn(ctx, r.Key, session.Message{ID: r.ID(), User: r.User}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
				if r.Key == staged.Key {
					if err := held.wait(ctx); err != nil {
						return session.Answer{}, fmt.Errorf("%s: %w", r.Key, err)
					}
				}
				return r.play(ctx, c)
			})
			return Reply{Seq: out.Seq, Text: string(out.Reply)}, err
		})
	})
}

// hold keeps those who wait until it is let go.
type hold struct {
	came chan struct{} // somebody waits
	open chan struct{}
	once sync.Once
}

func newHold() *hold { return &hold{came: make(chan struct{}), open: make(chan struct{})} }

func (h *hold) wait(ctx context.Context) error {
	h.once.Do(func() { close(h.came) })
	select {
	case <-h.open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// others talk while one conversation is held.
func others(t *testing.T, m *session.Manager, held *hold, send Send) {
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	var wg sync.WaitGroup
	next := func(n int) {
		r := staged
		r.N = n
		wg.Go(func() {
			_, err := send(t.Context(), r)
			for errors.Is(err, session.ErrLimit) { // others came before it
				time.Sleep(time.Millisecond)
				_, err = send(t.Context(), r)
			}
			if err != nil {
				t.Errorf("message %d of the conversation that was held: %v", n, err)
			}
		})
	}
	next(1)
	<-held.came
	unhindered(ctx, t, send)
	tooLate(ctx, t, send)
	if _, err := m.Sweep(ctx); err != nil {
		t.Errorf("sweeping meanwhile: %v", err)
	}
	for n := 2; n <= 8; n++ { // as many as may wait
		next(n)
	}
	full(ctx, t, send)
	close(held.open)
	wg.Wait()
	if c, err := m.Get(ctx, staged.Key); err != nil || c.State.Turn != 8 {
		t.Errorf("of 8 messages %d count, %v", c.State.Turn, err)
	}
}

// unhindered has many conversations go on, also the one with the same id of
// another tenant.
func unhindered(ctx context.Context, t *testing.T, send Send) {
	for i := range 20 {
		for _, tenant := range []string{"east", "west"} {
			r := Request{Key: session.Key{Tenant: tenant, ID: fmt.Sprintf("c%d-0", i)}, User: "u1", N: 1}
			if r.Key == staged.Key {
				continue
			}
			if _, err := send(ctx, r); err != nil {
				t.Errorf("%s, while another one is held: %v", r.Key, err)
			}
		}
	}
}

// tooLate sends a message whose time is over while it waits.
func tooLate(ctx context.Context, t *testing.T, send Send) {
	short, done := context.WithTimeout(ctx, 20*time.Millisecond)
	defer done()
	began := time.Now()
	late := staged
	late.N = 99
	if _, err := send(short, late); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), late.Key.String()) || time.Since(began) > soon {
		t.Errorf("a message whose time is over while it waits, after %v: %v", time.Since(began), err)
	}
}

// full sends messages until one is told that too many wait.
func full(ctx context.Context, t *testing.T, send Send) {
	for {
		try, cancel := context.WithTimeout(ctx, 5*time.Millisecond)
		r := staged
		r.N = 99
		_, err := send(try, r)
		cancel()
		var limit *session.LimitError
		if errors.As(err, &limit) {
			if limit.What != "waiting" || limit.Key != staged.Key {
				t.Errorf("the limit is %+v", limit)
			}
			return
		}
		time.Sleep(5 * time.Millisecond) // for those who are to wait
		if ctx.Err() != nil {
			t.Errorf("nobody is told that too many wait: %v", err)
			return
		}
	}
}

// panics has programs end a turn in every way but with an answer: the
// conversation is free again, and nothing of the turn counts.
func panics(t *testing.T, store session.Store) {
	one := func(string) session.Limits {
		return session.Limits{Session: session.Quota{Waiting: 1}, Tenant: session.Quota{Waiting: 1}}
	}
	m := newManager(t, store, session.Options{Limits: one})
	for n, bad := range []session.Play{
		func(context.Context, session.Conversation) (session.Answer, error) { panic("a fault of the test") },
		func(context.Context, session.Conversation) (session.Answer, error) {
			runtime.Goexit()
			panic("unreachable")
		},
		func(context.Context, session.Conversation) (session.Answer, error) { return session.Answer{}, errFault },
	} {
		r := staged
		r.N = n + 1
		over := make(chan struct{})
		go func() {
			defer close(over)
			defer func() { _ = recover() }()
			if _, err := m.Turn(t.Context(), r.Key, session.Message{ID: r.ID(), User: r.User}, bad); err == nil {
				t.Errorf("play %d: no error", n)
			}
		}()
		<-over
		ctx, cancel := context.WithTimeout(t.Context(), soon)
		reply, err := Over(m)(ctx, r)
		cancel()
		if err != nil || reply.Seq != uint64(n+1) {
			t.Errorf("the message after play %d failed: %+v, %v", n, reply, err)
		}
	}
}
