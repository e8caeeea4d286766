package faulttest

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

// between sends each message to any of some managers, which share a store as
// replicas do.
func between(managers ...*session.Manager) Send {
	return func(ctx context.Context, r Request) (Reply, error) {
		return Over(managers[rand.IntN(len(managers))])(ctx, r)
	}
}

// RunNetwork has clients talk to two managers whose connections to the server of
// their store are cut, delayed and refused, at any write, before and after the
// server has answered.
func RunNetwork(t *testing.T, name string, n sessiontest.Network) {
	proxy, open := sessiontest.NewProxy(t, n.Server), n.Open(t)
	a, b := NewManager(t, open(proxy.Addr())), NewManager(t, open(proxy.Addr()))
	load := &Load{Seed: rand.Uint64()}
	cuts := 0
	during(t, load, func() {
		time.Sleep(time.Duration(1+rand.IntN(10)) * time.Millisecond)
		if proxy.HasCut() {
			cuts++
		}
		f := sessiontest.Fault{Cut: 1 + rand.IntN(60), Answered: rand.IntN(2) == 0, Refuse: rand.IntN(20) == 0}
		if rand.IntN(10) == 0 {
			f.Delay = time.Duration(rand.IntN(2000)) * time.Microsecond
		}
		proxy.Set(f)
	}, func() { proxy.Set(sessiontest.Fault{}) }, between(a, b))
	if cuts == 0 {
		t.Error("no connection was cut")
	}
	t.Logf("%d connections were cut", cuts)
	load.Check(t, name+": connections cut", NewManager(t, open(n.Server)))
}

// RunRestart has clients talk to two managers while the server of their store is
// restarted.
func RunRestart(t *testing.T, name string, n sessiontest.Network, restart func() error) {
	open := n.Open(t)
	load := &Load{Seed: rand.Uint64(), For: 2 * For()}
	restarts := 0
	during(t, load, func() {
		time.Sleep(time.Duration(200+rand.IntN(200)) * time.Millisecond)
		if err := restart(); err != nil {
			t.Error(err)
		}
		restarts++
	}, func() {}, between(NewManager(t, open(n.Server)), NewManager(t, open(n.Server))))
	t.Logf("%d restarts", restarts)
	load.Check(t, name+": server restarted", NewManager(t, open(n.Server)))
}

// during runs a load, and does something again and again as long as clients
// begin messages; then it is mended, so that all are answered.
func during(t *testing.T, load *Load, do, mend func(), send Send) {
	var doer sync.WaitGroup
	doer.Go(func() {
		for end := time.Now().Add(or(load.For, For())); time.Now().Before(end) && !t.Failed(); {
			do()
		}
		mend()
	})
	load.Run(t, send)
	doer.Wait()
}
