package sessiontest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A Network is what [RunNetwork] and [RunRestart] need of a store that has a
// server.
type Network struct {
	// Server is where it is, host:port.
	Server string
	// Open returns what opens stores on the same data, which are empty to begin with,
	// by way of an address: that of the server, or of a Proxy. They are closed by the
	// test's Cleanup.
	Open func(t *testing.T) func(address string) session.Store
}

// RunNetwork runs a store over a network with faults: whatever it does, what was
// acknowledged is there, all else is there wholly or not at all, and all works
// again afterwards. It takes a few seconds.
func RunNetwork(t *testing.T, n Network) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, network)
	}{
		{"CutBefore", func(t *testing.T, n network) { n.cuts(t, false) }},
		{"CutAnswered", func(t *testing.T, n network) { n.cuts(t, true) }},
		{"Split", split},
		{"Stall", stall},
		{"Load", flaky},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, open := NewProxy(t, n.Server), n.Open(t)
			test.run(t, network{proxy: p, open: open, direct: open(n.Server), through: open(p.Addr())})
		})
	}
}

// RunRestart restarts the server while there is a load on it: what was
// acknowledged is there, and all works again by itself.
func RunRestart(t *testing.T, n Network, restart func() error) {
	t.Helper()
	open := n.Open(t)
	stores := []session.Store{open(n.Server), open(n.Server)}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var load Load
	done := make(chan struct{})
	go func() {
		defer close(done)
		load.Run(ctx, stores...)
	}()
	for range 3 {
		load.waitFor(t, 200)
		if err := restart(); err != nil {
			t.Errorf("restarting the server: %v", err)
		}
	}
	load.waitFor(t, 200)
	stop()
	<-done
	t.Logf("%d saves were acknowledged; %d errors, such as %v", load.Acknowledged(), len(load.Errors()), load.Errors()[:min(2, len(load.Errors()))])
	checkErrors(t, load.Errors())
	for _, s := range append(stores, open(n.Server)) {
		load.Check(t, s)
	}
}

// waitFor waits until so many more saves are acknowledged.
func (l *Load) waitFor(t *testing.T, more int) {
	t.Helper()
	end := time.Now().Add(30 * time.Second)
	for want := l.Acknowledged() + more; l.Acknowledged() < want; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the store does not work any more: %d of %d saves, and %d errors: %v", l.Acknowledged(), want, len(l.Errors()), l.Errors()[max(0, len(l.Errors())-1):])
		}
	}
}

// checkErrors: an error says what was done to which conversation.
func checkErrors(t *testing.T, errs []error) {
	t.Helper()
	for _, err := range errs {
		if text := err.Error(); !strings.Contains(text, "load0/c") && !strings.Contains(text, "load1/c") {
			t.Errorf("the error does not say which conversation: %s", text)
			return
		}
	}
}

// network is a store by way of a proxy, and the same without it.
type network struct {
	proxy           *Proxy
	open            func(address string) session.Store
	direct, through session.Store
}

// cuts plays a scenario again and again, and cuts the connection at another
// write each time, until it has no more writes.
func (n network) cuts(t *testing.T, answered bool) {
	cuts := 0
	for i := 1; i <= 100; i++ {
		n.proxy.Set(Fault{Cut: i, Answered: answered})
		sc := scenario{network: n, key: id("shop", fmt.Sprintf("cut%d", i)), model: session.NewMemory()}
		sc.play(t)
		if t.Failed() {
			t.Fatalf("this was with write %d cut", i)
		}
		if !n.proxy.HasCut() {
			break
		}
		cuts++
	}
	if cuts < 5 || cuts == 100 {
		t.Errorf("%d writes were cut", cuts)
	}
	t.Logf("%d writes were cut", cuts)
}

// split has everything come in single bytes, and late.
func split(t *testing.T, n network) {
	n.proxy.Set(Fault{Split: 1})
	sc := scenario{network: n, key: id("shop", "split"), model: session.NewMemory(), sound: true}
	sc.play(t)
	n.proxy.Set(Fault{Delay: 5 * time.Millisecond, Split: 7})
	sc.key.ID = "late"
	sc.play(t)
}

// stall has nothing come at all: the context ends it.
func stall(t *testing.T, n network) {
	key := id("shop", "stall")
	s := suite{Store: n.direct, ctx: t.Context()}
	s.mustSave(t, change(key, 1, "x"))
	if _, err := n.through.Load(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	n.proxy.Set(Fault{Stall: true})
	c := change(key, 2, "y")
	c.Prev, c.Append = 1, entries(1, "a")
	for what, do := range map[string]func(ctx context.Context) error{
		"Load":   func(ctx context.Context) error { _, err := n.through.Load(ctx, key); return err },
		"Save":   func(ctx context.Context) error { return n.through.Save(ctx, c) },
		"Delete": func(ctx context.Context) error { return n.through.Delete(ctx, key, 77) },
		"Log":    func(ctx context.Context) error { return lastError(n.through.Log(ctx, key, 0)) },
		"List": func(ctx context.Context) error {
			return lastError(n.through.List(ctx, session.Filter{AllTenants: true}))
		},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		start := time.Now()
		wantError(t, what+" when nothing comes", do(ctx), context.DeadlineExceeded)
		cancel()
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		wantError(t, what+" when nothing comes", do(ctx), context.Canceled)
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s took %v to see that its context was done", what, d)
		}
	}
	n.proxy.Set(Fault{})
	n.works(t)
	if got, err := snapshot(t.Context(), n.direct, key); err != nil || got != `1 "x"` && got != `2 "y" 1:a` {
		t.Errorf("what is there: %s, %v", got, err)
	}
}

// works waits until the store does again.
func (n network) works(t *testing.T) {
	t.Helper()
	var err error
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err = n.through.Load(t.Context(), id("", "nobody")); errors.Is(err, session.ErrNotFound) {
			return
		}
	}
	t.Fatalf("the store does not work any more: %v", err)
}

// flaky cuts connections at random while there is a load.
func flaky(t *testing.T, n network) {
	stores := []session.Store{n.through, n.open(n.proxy.Addr()), n.direct}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var load Load
	done := make(chan struct{})
	go func() {
		defer close(done)
		load.Run(ctx, stores...)
	}()
	cuts := 0
	for end := time.Now().Add(time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if n.proxy.HasCut() {
			cuts++
		}
		n.proxy.Set(Fault{Cut: 1 + rand.IntN(10), Answered: rand.IntN(2) == 0, Refuse: rand.IntN(10) == 0, Split: rand.IntN(3) * 10})
	}
	n.proxy.Set(Fault{})
	n.works(t)
	load.waitFor(t, 50)
	stop()
	<-done
	t.Logf("%d saves were acknowledged; %d connections were cut; %d errors", load.Acknowledged(), cuts, len(load.Errors()))
	if cuts == 0 {
		t.Error("no connection was cut")
	}
	checkErrors(t, load.Errors())
	load.Check(t, n.direct)
}
