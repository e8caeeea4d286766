package redis_test

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/faulttest"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

func TestManagerFaults(t *testing.T) {
	u := server(t)
	faulttest.Run(t, harness(single(direct(t)), func(t *testing.T, p string) session.Store { return open(t, u, &redis.Options{Prefix: p}) }))
	t.Run("Network", func(t *testing.T) { faulttest.RunNetwork(t, "redis", network(t)) })
}

func TestManagerRestart(t *testing.T) { faulttest.RunRestart(t, "redis", network(t), restart(t)) }

// TestManagerProcess is what TestManagerKilled kills.
func TestManagerProcess(t *testing.T) {
	faulttest.Serve(t, func(where string) (session.Store, error) {
		url, prefix, _ := strings.Cut(where, " ")
		return redis.Open(context.Background(), url, &redis.Options{Prefix: prefix})
	})
}

// TestManagerKilled has two processes share a store, and kills one of them now
// and then.
func TestManagerKilled(t *testing.T) {
	u, p := server(t), prefix(t, single(direct(t)))
	a, b := faulttest.Start(t, "TestManagerProcess", u+" "+p), faulttest.Start(t, "TestManagerProcess", u+" "+p)
	var load faulttest.Load
	load.RunKilled(t, a, b)
	load.Check(t, "redis: processes killed", faulttest.NewManager(t, open(t, u, &redis.Options{Prefix: p})))
}
