package sessiontest

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

func logs(t *testing.T, s suite) {
	key := id("shop", "c1")
	c := change(key, 1, "x")
	c.Append = entries(1, "a", "b")
	s.mustSave(t, c)
	c = change(key, 2, "y")
	c.Prev, c.Append = 1, entries(3, "c")
	s.mustSave(t, c)
	s.mustSave(t, session.Change{Record: session.Record{Key: key, Version: 3}, Prev: 2}) // without an entry
	for from, want := range map[uint64]string{0: "1:a 2:b 3:c", 1: "1:a 2:b 3:c", 3: "3:c", 4: ""} {
		if got := s.log(t, key, from); got != want {
			t.Errorf("Log from %d: %q, want %q", from, got, want)
		}
	}
	for e, err := range s.Log(s.ctx, key, 0) { // left early, and the store called in between
		if err != nil || e.Seq != 1 {
			t.Errorf("the first entry is %d, %v", e.Seq, err)
		}
		s.mustLoad(t, key)
		break
	}
}

func logTrim(t *testing.T, s suite) {
	key := id("shop", "c1")
	c := change(key, 1, "x")
	c.Append = entries(1, "a", "b", "c", "d")
	s.mustSave(t, c)
	c = change(key, 2, "x")
	c.Prev, c.Append, c.Trim = 1, entries(5, "e"), 3
	s.mustSave(t, c)
	if got := s.log(t, key, 0); got != "3:c 4:d 5:e" {
		t.Errorf("the log after Trim 3: %s", got)
	}
	c = change(key, 3, "x")
	c.Prev, c.Append, c.Trim = 2, entries(6, "f"), 100
	s.mustSave(t, c)
	if got := s.log(t, key, 0); got != "6:f" {
		t.Errorf("the log after a Trim of all before: %s", got)
	}
	c = change(key, 4, "x")
	c.Prev, c.Append, c.Trim = 3, entries(1, "g"), 7 // numbers may begin anew once all is gone
	s.mustSave(t, c)
	if got := s.log(t, key, 0); got != "1:g" {
		t.Errorf("the log that begins anew: %s", got)
	}
}

// logOfConflict: what is not saved leaves the log as it is.
func logOfConflict(t *testing.T, s suite) {
	key := id("shop", "c1")
	c := change(key, 1, "x")
	c.Append = entries(1, "a")
	s.mustSave(t, c)
	c = change(key, 2, "y")
	c.Prev, c.Append, c.Trim = 9, entries(2, "b"), 2
	wantError(t, "Save", s.Save(s.ctx, c), session.ErrConflict)
	if got := s.log(t, key, 0); got != "1:a" {
		t.Errorf("the log after a conflict: %s, want 1:a", got)
	}
}
