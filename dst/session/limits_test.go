package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

func wantLimit(t *testing.T, err error, scope, what string, retry time.Duration) {
	t.Helper()
	var limit *session.LimitError
	if !errors.As(err, &limit) || !errors.Is(err, session.ErrLimit) {
		t.Fatalf("the error is %v, want a limit on the %s's %s", err, scope, what)
	}
	if limit.Scope != scope || limit.What != what || limit.Retry != retry || !strings.Contains(err.Error(), "shop") {
		t.Errorf("the limit is %+v, want %s %s %v: %v", limit, scope, what, retry, err)
	}
}

func limited(l session.Limits) func(string) session.Limits {
	return func(tenant string) session.Limits {
		if tenant == "shop" {
			return l
		}
		return session.Limits{}
	}
}

func TestMessageSize(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: limited(session.Limits{Message: 100})})
	send := func(tenant string, size int) error {
		_, err := d.Turn(t.Context(), session.Key{Tenant: tenant, ID: "c"}, session.Message{Size: size}, d.answer("pizza"))
		return err
	}
	if err := send("shop", 100); err != nil {
		t.Error(err)
	}
	wantLimit(t, send("shop", 101), "session", "message", 0)
	if err := send("other", 101); err != nil {
		t.Error(err)
	}
	if err := send("other", dst.MaxMessage+1); !errors.Is(err, session.ErrLimit) {
		t.Errorf("a novel: %v", err)
	}
}

func TestRates(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: limited(session.Limits{
		Session: session.Quota{Turns: 2, Burst: 3}, Tenant: session.Quota{Turns: 10, Burst: 5},
	})})
	send := func(k session.Key) error {
		_, err := d.Turn(t.Context(), k, session.Message{}, d.answer("pizza"))
		return err
	}
	for range 3 {
		if err := send(key("a")); err != nil {
			t.Error(err)
		}
	}
	wantLimit(t, send(key("a")), "session", "rate", 500*time.Millisecond)
	for range 2 {
		if err := send(key("b")); err != nil {
			t.Errorf("another conversation: %v", err)
		}
	}
	wantLimit(t, send(key("b")), "tenant", "rate", 100*time.Millisecond)
	if err := send(session.Key{Tenant: "other", ID: "a"}); err != nil {
		t.Errorf("another tenant: %v", err)
	}
	d.clock.forward(500 * time.Millisecond)
	if err := send(key("a")); err != nil {
		t.Errorf("after half a second: %v", err)
	}
}

// What a conversation that is flooded is refused takes nothing from the others
// of its tenant.
func TestFlood(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: limited(session.Limits{
		Session: session.Quota{Turns: 1}, Tenant: session.Quota{Turns: 10},
	})})
	for i := range 1000 {
		_, err := d.Turn(t.Context(), key("flood"), session.Message{}, d.answer("pizza"))
		if i > 0 {
			wantLimit(t, err, "session", "rate", time.Second)
		}
	}
	for i := range 9 {
		if _, err := d.Turn(t.Context(), key(string(rune('a'+i))), session.Message{}, d.answer("pizza")); err != nil {
			t.Errorf("conversation %d: %v", i, err)
		}
	}
}

// A conversation that is flooded refuses what is too much, and keeps no other
// waiting.
func TestWaiting(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	hold, held := make(chan struct{}), make(chan struct{}, 8)
	done := make(chan error, 8)
	for range 8 {
		go func() {
			err := session.ErrLimit
			for errors.Is(err, session.ErrLimit) { // the messages below may come in between
				_, err = d.Turn(t.Context(), key("flood"), session.Message{}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
					held <- struct{}{}
					<-hold
					return d.answer("pizza")(ctx, c)
				})
			}
			done <- err
		}()
	}
	<-held
	var err error
	for err == nil { // until all eight are in
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		_, err = d.Turn(ctx, key("flood"), session.Message{}, d.answer("pizza"))
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
	}
	wantLimit(t, err, "session", "waiting", 0)
	d.say(t, key("calm"), "sushi")
	close(hold)
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if c, err := d.Get(t.Context(), key("flood")); err != nil || c.State.Turn != 8 {
		t.Errorf("%d turns were played, %v", c.State.Turn, err)
	}
}

func TestTenantWaiting(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: limited(session.Limits{Tenant: session.Quota{Waiting: 1}})})
	_, err := d.Turn(t.Context(), key("a"), session.Message{}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		_, err := d.Turn(ctx, key("b"), session.Message{}, d.answer("pizza"))
		wantLimit(t, err, "tenant", "waiting", 0)
		return d.answer("pizza")(ctx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
	d.say(t, key("b"), "pizza")
}

func TestTokens(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: limited(session.Limits{
		Session: session.Quota{Tokens: 100}, Tenant: session.Quota{Tokens: 150, Per: time.Hour},
	})})
	spend := func(id string, tokens, want int64) {
		t.Helper()
		_, err := d.Turn(t.Context(), key(id), session.Message{}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
			if c.Tokens != want {
				t.Errorf("%s may use %d tokens, want %d", id, c.Tokens, want)
			}
			p, err := d.answer("pizza")(ctx, c)
			p.Tokens = tokens
			return p, err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	spend("a", 40, 100)
	spend("a", 70, 60)
	spend("a", 0, 0)
	spend("b", 10, 40)
	spend("c", 0, 30)
	d.clock.forward(time.Hour)
	spend("a", 0, 0) // its own are spent for good
	spend("b", 0, 90)
	if _, err := d.Turn(t.Context(), session.Key{Tenant: "other", ID: "a"}, session.Message{}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		if c.Tokens >= 0 {
			t.Errorf("without a limit there are %d tokens", c.Tokens)
		}
		return d.answer("pizza")(ctx, c)
	}); err != nil {
		t.Fatal(err)
	}
}
