package faulttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// badNames are none, as ids, as tenants, and those from the third on as users.
var badNames = []string{"a/b", "../../etc/passwd", "a\nb", "a\x00b", "\x1b[2J", "a\u202eb", " a", "\xff", strings.Repeat("a", 256)}

// names gives what is no name to everything that takes one: the store is never
// asked. And names that look alike are kept apart.
func names(t *testing.T, store session.Store) {
	asked := 0
	m := newManager(t, calls{store, func(ctx context.Context, _ call, do func(context.Context) error) error {
		asked++
		return do(ctx)
	}}, session.Options{})
	for i, name := range badNames {
		for _, key := range []session.Key{{Tenant: "east", ID: name}, {Tenant: name, ID: "c1-0"}} {
			all := everything(t.Context(), m, key)
			_, all["Delete"] = m.Delete(t.Context(), key)
			for what, err := range all {
				if !errors.Is(err, session.ErrName) {
					t.Errorf("%s of %q: %v", what, key, err)
				}
			}
		}
		_, export := m.Export(t.Context(), name, "u1")
		_, erase := m.Erase(t.Context(), name, "u1")
		unsure := error(nil)
		for _, unsure = range m.Unsure(t.Context(), name, 1) {
		}
		errs := []error{export, erase, unsure}
		if i > 1 {
			_, export = m.Export(t.Context(), "east", name)
			_, erase = m.Erase(t.Context(), "east", name)
			_, turn := m.Turn(t.Context(), staged.Key, session.Message{User: name}, staged.play)
			errs = append(errs, export, erase, turn)
		}
		for j, err := range errs {
			if !errors.Is(err, session.ErrName) || strings.ContainsAny(err.Error(), "\n\x00\x1b\u202e") {
				t.Errorf("of a tenant or user %q, %d: %v", name, j, err)
			}
		}
	}
	if asked > 0 {
		t.Errorf("the store was asked %d times", asked)
	}
	alike(t, newManager(t, store, session.Options{}))
	somebody(t, newManager(t, store, session.Options{}))
}

// everything does all that there is to do with one conversation.
func everything(ctx context.Context, m *session.Manager, key session.Key) map[string]error {
	out := map[string]error{"Compact": m.Compact(ctx, key)}
	_, out["Turn"] = m.Turn(ctx, key, session.Message{ID: "m", User: "u1"}, staged.play)
	_, out["Get"] = m.Get(ctx, key)
	_, out["Undo"] = m.Undo(ctx, key, 1)
	_, out["AsOf"] = m.AsOf(ctx, key, 1)
	_, out["AsOfTime"] = m.AsOfTime(ctx, key, time.Now())
	out["Log"] = readLog(ctx, m, key)
	return out
}

func readLog(ctx context.Context, m *session.Manager, key session.Key) error {
	for _, err := range m.Log(ctx, key) {
		if err != nil {
			return err
		}
	}
	return nil
}

// alike has conversations with names that a store may take for one another.
func alike(t *testing.T, m *session.Manager) {
	keys := []session.Key{
		{Tenant: "ab", ID: "c"}, {Tenant: "a", ID: "bc"}, {ID: "abc"}, {Tenant: "abc", ID: "abc"}, {Tenant: "a:b", ID: "c"}, {Tenant: "a", ID: "b:c"},
		{Tenant: "A", ID: "bc"}, {Tenant: "a", ID: "%"}, {Tenant: "a", ID: "*"}, {Tenant: "a", ID: "é"}, {Tenant: "a", ID: "e\u0301"},
	}
	for round := range 2 {
		for i, key := range keys {
			r := Request{Key: key, User: "u1", N: round + 1}
			if reply, err := Over(m)(t.Context(), r); err != nil || reply.Seq != uint64(round+1) {
				t.Errorf("message %d of %q (%d): %+v, %v", round+1, key, i, reply, err)
			}
		}
	}
	for i, key := range keys {
		receipt, err := m.Delete(t.Context(), key)
		if err != nil || receipt.Entries != 2 {
			t.Errorf("deleting %q: %+v, %v", key, receipt, err)
		}
		for j, other := range keys {
			_, err := m.Get(t.Context(), other)
			if gone := errors.Is(err, session.ErrNotFound); gone != (j <= i) {
				t.Errorf("once %q is deleted, %q: %v", key, other, err)
			}
		}
	}
}

// somebody else's conversation shows nothing, and stays as it is.
func somebody(t *testing.T, m *session.Manager) {
	if _, err := Over(m)(t.Context(), staged); err != nil {
		t.Fatal(err)
	}
	other := staged
	other.User = "u2"
	other.N = 7
	reply, err := Over(m)(t.Context(), other)
	if !errors.Is(err, session.ErrUser) || fmt.Sprint(reply) != fmt.Sprint(Reply{}) || strings.Contains(err.Error(), "u1") {
		t.Errorf("somebody else is told %+v, %v", reply, err)
	}
	if c, err := m.Get(t.Context(), staged.Key); err != nil || c.Turns != 1 {
		t.Errorf("after it: %+v, %v", c, err)
	}
}
