package sessiontest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// scenario is the life of a conversation over a network, beside a store in
// memory that says what has to be there.
type scenario struct {
	network
	key   session.Key
	model *session.Memory
	sound bool // no error is expected
}

func (sc *scenario) play(t *testing.T) {
	t.Helper()
	sc.save(t, 1, 0, "a", "b")
	sc.save(t, 2, 0, "c")
	sc.read(t)
	sc.save(t, 3, 3, "d")
	sc.list(t)
	sc.change(t, "Delete", func(s session.Store) error { return s.Delete(t.Context(), sc.key, 0) })
	sc.save(t, 4, 0, "e")
	sc.read(t)
	sc.works(t)
}

// save goes on with whatever is there.
func (sc *scenario) save(t *testing.T, version, trim uint64, add ...string) {
	t.Helper()
	old, err := sc.model.Load(t.Context(), sc.key)
	if err != nil && !errors.Is(err, session.ErrNotFound) {
		t.Fatal(err)
	}
	next := uint64(1)
	for e, err := range sc.model.Log(t.Context(), sc.key, 0) {
		if err != nil {
			t.Fatal(err)
		}
		next = e.Seq + 1
	}
	c := change(sc.key, version, strings.Join(add, ""))
	c.Record.User, c.Prev, c.Trim, c.Append = sc.key.ID, old.Version, trim, entries(next, add...)
	sc.change(t, fmt.Sprintf("Save of version %d", version), func(s session.Store) error { return s.Save(t.Context(), c) })
}

// change does something to the conversation: after an error it is as it was, or
// as it was to be.
func (sc *scenario) change(t *testing.T, what string, do func(session.Store) error) {
	t.Helper()
	before := sc.state(t, sc.model)
	err, modelErr := do(sc.through), do(sc.model)
	got, after := sc.state(t, sc.direct), sc.state(t, sc.model)
	switch {
	case err == nil && (modelErr != nil || got != after):
		t.Errorf("%s: there is %s, want %s, %v", what, got, after, modelErr)
	case err == nil || modelErr != nil && errors.Is(err, session.ErrNotFound): // there is nothing to delete
	case sc.sound || errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrNotFound):
		t.Errorf("%s: unexpected: %v", what, err)
	case !strings.Contains(err.Error(), sc.key.String()):
		t.Errorf("%s: the error does not say that it was %s: %v", what, sc.key, err)
	case got != before && got != after:
		t.Errorf("%s: there is %s, want %s or %s", what, got, before, after)
	}
	sc.adopt(t)
}

// adopt makes the model what is there.
func (sc *scenario) adopt(t *testing.T) {
	t.Helper()
	if err := sc.model.Delete(t.Context(), sc.key, 0); err != nil && !errors.Is(err, session.ErrNotFound) {
		t.Fatal(err)
	}
	r, log, err := both(t.Context(), sc.direct, sc.key)
	if err != nil {
		t.Fatal(err)
	}
	if r.Version == 0 {
		return
	}
	c := session.Change{Record: r, Append: log}
	if err := sc.model.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// read has what is there, or an error.
func (sc *scenario) read(t *testing.T) {
	t.Helper()
	got, err := snapshot(t.Context(), sc.through, sc.key)
	if want := sc.state(t, sc.model); err == nil && got != want {
		t.Errorf("it reads %s, want %s", got, want)
	}
	if err != nil && (sc.sound || !strings.Contains(err.Error(), sc.key.String())) {
		t.Errorf("reading %s: unexpected: %v", sc.key, err)
	}
}

func (sc *scenario) list(t *testing.T) {
	t.Helper()
	want := 0
	if sc.state(t, sc.model) != "nothing" {
		want = 1
	}
	got := 0
	for r, err := range sc.through.List(t.Context(), session.Filter{Tenant: sc.key.Tenant, User: sc.key.ID}) {
		if err != nil {
			if sc.sound {
				t.Error(err)
			}
			return
		}
		if got++; r.Key != sc.key {
			t.Errorf("List of the user %s has %s", sc.key.ID, r.Key)
		}
	}
	if got != want {
		t.Errorf("List has %d conversations, want %d", got, want)
	}
}

func (sc *scenario) state(t *testing.T, s session.Store) string {
	t.Helper()
	text, err := snapshot(t.Context(), s, sc.key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// snapshot is all of a conversation on one line.
func snapshot(ctx context.Context, s session.Store, key session.Key) (string, error) {
	r, log, err := both(ctx, s, key)
	text := fmt.Sprintf("%d %q", r.Version, r.Data)
	if r.Version == 0 {
		text = "nothing"
	}
	for _, e := range log {
		text += fmt.Sprintf(" %d:%s", e.Seq, e.Data)
	}
	return text, err
}

// both reads a record, which is without a version if there is none, and its log,
// at a time when nothing comes in between: what was given up may still be done.
func both(ctx context.Context, s session.Store, key session.Key) (r session.Record, log []session.Entry, err error) {
	for {
		if r, err = s.Load(ctx, key); err != nil && !errors.Is(err, session.ErrNotFound) {
			return r, nil, err
		}
		log = nil
		for e, err := range s.Log(ctx, key, 0) {
			if err != nil {
				return r, nil, err
			}
			log = append(log, e)
		}
		again, err := s.Load(ctx, key)
		if err != nil && !errors.Is(err, session.ErrNotFound) {
			return r, nil, err
		}
		if again.Version == r.Version {
			return r, log, nil
		}
	}
}

func lastError[T any](seq iter.Seq2[T, error]) (last error) {
	for _, err := range seq {
		last = err
	}
	return last
}
