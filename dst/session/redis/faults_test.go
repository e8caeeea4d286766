package redis_test

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func network(t *testing.T) sessiontest.Network {
	u, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	return sessiontest.Network{Server: u.Host, Open: func(t *testing.T) func(string) session.Store {
		p := prefix(t, single(direct(t)))
		return func(address string) session.Store {
			at := *u
			at.Host = address
			return open(t, at.String(), &redis.Options{Prefix: p})
		}
	}}
}

func TestNetwork(t *testing.T) { sessiontest.RunNetwork(t, network(t)) }

// TestRestart kills the server and starts it anew.
func TestRestart(t *testing.T) {
	sessiontest.RunRestart(t, network(t), restart(t))
}

// restart does that, with the command that the tests are given for it.
func restart(t *testing.T) func() error {
	server(t)
	command := os.Getenv("SLOTGRAPH_REDIS_RESTART")
	if command == "" {
		t.Skip("SLOTGRAPH_REDIS_RESTART is not set: it is the command that kills the server of SLOTGRAPH_REDIS and starts it anew")
	}
	return func() error {
		if out, err := exec.Command("bash", "-c", command).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command, err, out)
		}
		return nil
	}
}
