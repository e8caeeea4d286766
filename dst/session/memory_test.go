package session_test

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func TestMemory(t *testing.T) {
	sessiontest.Run(t, sessiontest.Harness{Open: func(*testing.T) session.Store { return session.NewMemory() }})
}
