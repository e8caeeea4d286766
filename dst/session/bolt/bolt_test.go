package bolt

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

// unsynced opens a store for a test: what it asserts does not depend on the
// disk, which a sync would ask.
func unsynced(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, &Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	sessiontest.Run(t, sessiontest.Harness{
		Open: func(t *testing.T) session.Store { return unsynced(t, filepath.Join(t.TempDir(), "sessions.db")) },
		Reopen: func(t *testing.T, old session.Store) session.Store {
			s := old.(*Store)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return unsynced(t, s.path)
		},
	})
}

// A log that does not come in one transaction is trimmed while it comes.
func TestLogPages(t *testing.T) {
	s := unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	const n = 3000
	c := session.Change{Record: session.Record{Key: counter(0), Version: 1}}
	for i := range uint64(n) {
		c.Append = append(c.Append, session.Entry{Seq: i + 1, Data: bytes.Repeat([]byte{byte(i)}, logPage/n*2)})
	}
	if err := s.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	next := uint64(n / 10)
	for e, err := range s.Log(t.Context(), counter(0), next) {
		if err != nil || e.Seq != next || e.Data[0] != byte(next-1) {
			t.Fatalf("entry %d is number %d with %d bytes, %v", next, e.Seq, len(e.Data), err)
		}
		if next++; e.Seq == n/3 { // what has come is not needed any more
			trim := session.Change{Record: session.Record{Key: counter(0), Version: 2}, Prev: 1, Trim: n / 3}
			if err := s.Save(t.Context(), trim); err != nil {
				t.Fatal(err)
			}
		}
	}
	if next != n+1 {
		t.Errorf("the log ends before entry %d of %d", next, n)
	}
}
