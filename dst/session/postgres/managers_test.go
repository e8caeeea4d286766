package postgres_test

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/faulttest"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
)

func TestManagerFaults(t *testing.T) {
	server(t)
	faulttest.Run(t, harness("8"))
	t.Run("Network", func(t *testing.T) { faulttest.RunNetwork(t, "postgres", network(t)) })
}

func TestManagerRestart(t *testing.T) { faulttest.RunRestart(t, "postgres", network(t), restart(t)) }

// TestManagerProcess is what TestManagerKilled kills.
func TestManagerProcess(t *testing.T) {
	faulttest.Serve(t, func(where string) (session.Store, error) {
		url, schema, _ := strings.Cut(where, " ")
		return postgres.Open(context.Background(), url, &postgres.Options{Schema: schema})
	})
}

// TestManagerKilled has two processes share a store, and kills one of them now
// and then.
func TestManagerKilled(t *testing.T) {
	url, name := with(t, server(t), "pool_max_conns", "4"), schema(t)
	where := url + " " + name
	a, b := faulttest.Start(t, "TestManagerProcess", where), faulttest.Start(t, "TestManagerProcess", where)
	var load faulttest.Load
	load.RunKilled(t, a, b)
	load.Check(t, "postgres: processes killed", faulttest.NewManager(t, open(t, url, &postgres.Options{Schema: name})))
}
