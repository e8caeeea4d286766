// Package faulttest tests what becomes of conversations when things fail: a
// session.Manager over a store, with clients who send their messages again until
// they hear of an answer. Package sessiontest tests the store alone.
//
//	func TestFaults(t *testing.T) {
//		faulttest.Run(t, sessiontest.Harness{Open: func(t *testing.T) session.Store { return mystore.New(t.TempDir()) }})
//	}
//
// Each test counts what was acknowledged, and looks for it at the end: nothing
// of it may be lost, nothing in another conversation or at another tenant's, and
// nothing may count twice. A [Load] does so with whatever a program does to a
// store besides: [Start] has the manager in a process that is killed, [RunNetwork]
// and [RunRestart] are for stores that have a server.
package faulttest

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

var lasting = flag.Duration("session.faults", time.Second, "how long each test with random faults in it goes on")

// For is how long a test with random faults is to go on: the flag
// -session.faults, a second without it.
func For() time.Duration { return *lasting }

// Run runs all tests of managers over a store, each in a subtest on a store of
// its own. They take some five seconds, and with the flag -session.faults
// longer.
func Run(t *testing.T, h sessiontest.Harness) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, session.Store)
	}{
		{"Random", random},
		{"EveryCall", everyCall},
		{"Orders", orders},
		{"Slow", slow},
		{"Panics", panics},
		{"Damage", damage},
		{"Names", names},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, h.Open(t)) })
	}
}

// of is what a store is called in what tests log.
func of(store session.Store) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(fmt.Sprintf("%T", store), "*"), ".")
	return strings.Replace(name, "session", "memory", 1)
}
