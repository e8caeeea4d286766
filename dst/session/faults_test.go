package session_test

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/faulttest"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func TestFaults(t *testing.T) {
	faulttest.Run(t, sessiontest.Harness{Open: func(*testing.T) session.Store { return session.NewMemory() }})
}
