package postgres_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	osexec "os/exec"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func network(t *testing.T) sessiontest.Network {
	u, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	return sessiontest.Network{Server: u.Host, Open: func(t *testing.T) func(string) session.Store {
		name := schema(t)
		return func(address string) session.Store {
			at := *u
			at.Host = address
			return open(t, with(t, at.String(), "pool_max_conns", "4"), &postgres.Options{Schema: name})
		}
	}}
}

func TestNetwork(t *testing.T) { sessiontest.RunNetwork(t, network(t)) }

// TestRestart restarts the server at once, as after a crash.
func TestRestart(t *testing.T) {
	sessiontest.RunRestart(t, network(t), restart(t))
}

// restart does that, with the command that the tests are given for it.
func restart(t *testing.T) func() error {
	server(t)
	command := os.Getenv("SLOTGRAPH_POSTGRES_RESTART")
	if command == "" {
		t.Skip("SLOTGRAPH_POSTGRES_RESTART is not set: it is the command that restarts the server of SLOTGRAPH_POSTGRES")
	}
	return func() error {
		if out, err := osexec.Command("bash", "-c", command).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command, err, out)
		}
		return nil
	}
}

// TestDamage has tables changed by hand.
func TestDamage(t *testing.T) {
	name := schema(t)
	s := open(t, server(t), &postgres.Options{Schema: name})
	key := session.Key{ID: "c"}
	c := session.Change{Record: session.Record{Key: key, User: "ann", Version: 1, Expires: time.Now(), Data: []byte("state")}, Append: []session.Entry{{Seq: 1}, {Seq: 2}}}
	if err := s.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	byHand := func(sql string) { exec(t, fmt.Sprintf(sql, quoted(name))) }
	byHand("DELETE FROM %s.session") // the log goes with it
	for e, err := range s.Log(t.Context(), key, 0) {
		t.Errorf("the log of nothing has %v, %v", e, err)
	}
	byHand("ALTER TABLE %s.session RENAME data TO other")
	_, err := s.Load(t.Context(), key)
	wantText(t, err, "loading c", "were dropped or changed")
	byHand("ALTER TABLE %s.session RENAME other TO data")
	byHand("ALTER TABLE %s.session ALTER expires TYPE timestamptz USING NULL")
	if err := s.Save(t.Context(), c); err == nil || errors.Is(err, session.ErrConflict) {
		t.Errorf("Save into a table that was changed: %v", err)
	}
	byHand("ALTER TABLE %s.session ALTER expires TYPE bigint USING NULL")
	if err := s.Save(t.Context(), c); err != nil {
		t.Errorf("Save into a table that is as it was: %v", err)
	}
	byHand("DROP SCHEMA %s CASCADE")
	wantText(t, s.Save(t.Context(), c), "saving c", "were dropped or changed")
}
