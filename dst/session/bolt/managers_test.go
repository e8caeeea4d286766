package bolt

import (
	"path/filepath"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/faulttest"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func TestManagerFaults(t *testing.T) {
	faulttest.Run(t, sessiontest.Harness{Open: func(t *testing.T) session.Store { return unsynced(t, filepath.Join(t.TempDir(), "sessions.db")) }})
}

// TestManagerProcess is the process that TestManagerKilled kills.
func TestManagerProcess(t *testing.T) {
	faulttest.Serve(t, func(path string) (session.Store, error) { return Open(path, nil) })
}

// TestManagerKilled kills a program with a manager, again and again, while its
// customers talk.
func TestManagerKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts programs")
	}
	path := filepath.Join(t.TempDir(), "sessions.db")
	p := faulttest.Start(t, "TestManagerProcess", path)
	var load faulttest.Load
	load.RunKilled(t, p)
	p.Stop()
	load.Check(t, "bolt: processes killed", faulttest.NewManager(t, unsynced(t, path)))
}
