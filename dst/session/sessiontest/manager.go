package sessiontest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// managers are some on the store, on several if it may be opened twice.
func managers(t *testing.T, s suite) (out []*session.Manager) {
	t.Helper()
	keys, err := session.NewKeyring(nil, session.Secret{Name: "k", Key: bytes.Repeat([]byte{7}, 32)})
	if err != nil {
		t.Fatal(err)
	}
	stores := []session.Store{s.Store}
	if s.Second != nil {
		stores = append(stores, s.Second(t, s.Store))
	}
	for _, store := range stores {
		m, err := session.New(store, &session.Options{Keys: keys, Conflicts: 1000})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

// managed has managers on the store: turns that come at once are each kept once,
// and erased with their user.
func managed(t *testing.T, s suite) {
	const workers, turns, conversations = 4, 15, 3
	all := managers(t, s)
	answer := func(_ context.Context, c session.Conversation) (session.Answer, error) {
		return session.Answer{State: c.State, Reply: fmt.Append(nil, c.Turns+1)}, nil
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range 2 * turns { // each one twice
				msg := session.Message{ID: fmt.Sprint(w, "-", i/2), User: "ann"}
				out, err := all[w%len(all)].Turn(s.ctx, id("shop", fmt.Sprint(i/2%conversations)), msg, answer)
				if err != nil || string(out.Reply) != fmt.Sprint(out.Seq) {
					t.Errorf("turn %s: answer %q to turn %d, %v", msg.ID, out.Reply, out.Seq, err)
				}
			}
		})
	}
	wg.Wait()
	last := all[len(all)-1]
	for i := range conversations {
		if c, err := last.Get(s.ctx, id("shop", fmt.Sprint(i))); err != nil || c.Turns != workers*turns/conversations {
			t.Errorf("conversation %d has %d turns, %v; want %d", i, c.Turns, err, workers*turns/conversations)
		}
	}
	if r, err := last.Erase(s.ctx, "shop", "ann"); err != nil || len(r.Sessions) != conversations {
		t.Errorf("Erase removes %d conversations, %v", len(r.Sessions), err)
	}
	for i := range conversations {
		if _, err := s.Load(s.ctx, id("shop", fmt.Sprint(i))); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("conversation %d after Erase: %v", i, err)
		}
	}
}
