package postgres_test

import (
	"context"
	"fmt"
	"os"
	osexec "os/exec"
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

func TestManagerRestart(t *testing.T) {
	n := network(t)
	command := os.Getenv("SLOTGRAPH_POSTGRES_RESTART")
	if command == "" {
		t.Skip("SLOTGRAPH_POSTGRES_RESTART is not set: it is the command that restarts the server of SLOTGRAPH_POSTGRES")
	}
	faulttest.RunRestart(t, "postgres", n, func() error {
		if out, err := osexec.Command("bash", "-c", command).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command, err, out)
		}
		return nil
	})
}

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
