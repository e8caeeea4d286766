package bolt

import (
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
