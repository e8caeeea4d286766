// Package sessiontest tests stores of conversations: what a session.Manager
// relies on, for whoever keeps them in a database of their own.
//
//	func TestStore(t *testing.T) {
//		sessiontest.Run(t, sessiontest.Harness{Open: func(t *testing.T) session.Store { return mystore.New(t.TempDir()) }})
//	}
//
// [RunNetwork] and [RunRestart] are for stores that have a server; [Proxy] and
// [Load], of which they are made, for tests that know more of one.
package sessiontest

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A Harness is what [Run] needs of a store.
type Harness struct {
	// Open returns an empty store, to be closed by the test's Cleanup.
	Open func(t *testing.T) session.Store
	// Reopen returns a store with what was saved in another one that Open or Reopen
	// returned, which it closes, as after the program was started anew; nil: the
	// store forgets with the program.
	Reopen func(t *testing.T, old session.Store) session.Store
	// Second returns a further store on the same data as another one, as another
	// program has it; nil: there is but one at a time.
	Second func(t *testing.T, first session.Store) session.Store
}

// Run runs all tests of a store, each in a subtest on a store of its own. They
// take a few seconds on a store that answers within a millisecond.
func Run(t *testing.T, h Harness) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.run(t, suite{Harness: h, Store: h.Open(t), ctx: t.Context()})
		})
	}
}

var tests = []struct {
	name string
	run  func(*testing.T, suite)
}{
	{"Missing", missing},
	{"RoundTrip", roundTrip},
	{"Swap", swap},
	{"CreateOnce", createOnce},
	{"Log", logs},
	{"LogTrim", logTrim},
	{"LogOfConflict", logOfConflict},
	{"LogMany", logMany},
	{"TrimAll", trimAll},
	{"Delete", deletes},
	{"Anew", anew},
	{"Tenants", tenants},
	{"List", list},
	{"ListMany", listMany},
	{"ListWhileWriting", listWhileWriting},
	{"Users", users},
	{"Expires", expires},
	{"Times", times},
	{"Names", names},
	{"Bytes", binaryData},
	{"Large", large},
	{"Aliasing", aliasing},
	{"Cancelled", cancelled},
	{"ErrorTexts", errorTexts},
	{"Counters", counters},
	{"UnderLoad", underLoad},
	{"Race", race},
	{"Reopen", reopen},
	{"Second", second},
	{"Manager", managed},
	{"Closed", closed},
}

// suite is a store under test.
type suite struct {
	Harness
	session.Store
	ctx context.Context
}
