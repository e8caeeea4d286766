package faulttest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// spoiled is a store that cannot read one record itself.
type spoiled struct{ session.Store }

var errSpoiled = fmt.Errorf("%s: the page is damaged: %w", staged.Key, session.ErrCorrupt)

func (s spoiled) Load(ctx context.Context, key session.Key) (session.Record, error) {
	if key == staged.Key {
		if _, err := s.Store.Load(ctx, key); err == nil {
			return session.Record{}, errSpoiled
		}
	}
	return s.Store.Load(ctx, key)
}

func (s spoiled) List(ctx context.Context, f session.Filter) iter.Seq2[session.Record, error] {
	return func(yield func(session.Record, error) bool) {
		var last error
		for r, err := range s.Store.List(ctx, f) {
			if err == nil && r.Key == staged.Key {
				last = errSpoiled
			} else if !yield(r, err) {
				return
			}
		}
		if last != nil {
			yield(session.Record{}, last)
		}
	}
}

// spoil has the store itself fail to read a record: what is done to all
// conversations is done to all others, and says which one was left out.
func (w *ward) spoil(t *testing.T) {
	store := spoiled{w.store}
	later := func() time.Time { return time.Now().Add(2 * time.Hour) }
	m := newManager(t, store, session.Options{Keys: keyring(t, "newer", "new"), Log: session.LogOptions{Age: time.Hour}, Now: later})
	n, _, err := m.Rekey(t.Context())
	if n != len(patients)-1 || !errors.Is(err, errSpoiled) {
		t.Errorf("Rekey: %d, %v", n, err)
	}
	for _, p := range patients[1:] {
		p.N = patientTurns + 1
		if _, err := Over(m)(t.Context(), p); err != nil {
			t.Error(err)
		}
	}
	m = newManager(t, store, session.Options{Keys: keyring(t, "newer"), Log: session.LogOptions{Age: time.Hour}, Now: func() time.Time { return later().Add(2 * time.Hour) }})
	if swept, err := m.Sweep(t.Context()); swept.Compacted != len(patients)-1 || !errors.Is(err, errSpoiled) {
		t.Errorf("Sweep: %+v, %v", swept, err)
	}
	if receipt, err := m.Erase(t.Context(), staged.Key.Tenant, "u1"); len(receipt.Sessions) != 1 || !errors.Is(err, errSpoiled) {
		t.Errorf("Erase: %+v, %v", receipt, err)
	}
	if _, err := m.Delete(t.Context(), staged.Key); err != nil {
		t.Errorf("Delete: %v", err)
	}
	w.erase(t, 0)
}
