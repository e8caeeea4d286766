package postgres_test

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

// server is the URL of the server for tests.
func server(t testing.TB) string {
	t.Helper()
	u := os.Getenv("SLOTGRAPH_POSTGRES")
	if u == "" {
		t.Skip("SLOTGRAPH_POSTGRES is not set: it is the URL of a PostgreSQL server for tests, whose user may do everything")
	}
	return u
}

// schema is the name of a schema of the test's own, that is dropped with it.
func schema(t testing.TB) string {
	t.Helper()
	name := "session_" + rand.Text()
	t.Cleanup(func() { exec(t, "DROP SCHEMA IF EXISTS "+pgx.Identifier{name}.Sanitize()+" CASCADE") })
	return name
}

// exec does something by hand.
func exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	ctx := context.Background() // the test's own is done when it cleans up
	conn, err := pgx.Connect(ctx, server(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// open opens a store, that is closed with the test.
func open(t testing.TB, url string, opts *postgres.Options) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// with is a URL with a parameter more.
func with(t testing.TB, server, name, value string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// harness opens stores whose pools have so many connections.
func harness(connections string) sessiontest.Harness {
	schemas := map[session.Store]string{}
	at := func(t *testing.T, name string) session.Store {
		s := open(t, with(t, server(t), "pool_max_conns", connections), &postgres.Options{Schema: name})
		schemas[s] = name
		return s
	}
	return sessiontest.Harness{
		Open: func(t *testing.T) session.Store { return at(t, schema(t)) },
		Reopen: func(t *testing.T, old session.Store) session.Store {
			old.(*postgres.Store).Close()
			return at(t, schemas[old])
		},
		Second: func(t *testing.T, first session.Store) session.Store { return at(t, schemas[first]) },
	}
}

func TestStore(t *testing.T) {
	server(t)
	t.Run("many connections", func(t *testing.T) { sessiontest.Run(t, harness("8")) })
	t.Run("one connection", func(t *testing.T) { sessiontest.Run(t, harness("1")) })
}

// TestNew has the store in a pool of the program's, with a schema that is not
// there yet and an odd name.
func TestNew(t *testing.T) {
	pool, err := pgxpool.New(t.Context(), server(t))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	name := `it's "odd" ` + schema(t)
	t.Cleanup(func() { exec(t, "DROP SCHEMA IF EXISTS "+pgx.Identifier{name}.Sanitize()+" CASCADE") })
	s, err := postgres.New(t.Context(), pool, &postgres.Options{Schema: name})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), session.Change{Record: session.Record{Key: session.Key{ID: "c"}, Version: 1}}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := pool.Ping(t.Context()); err != nil {
		t.Errorf("Close has closed the program's pool: %v", err)
	}
}
