package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/kg/postgres"
)

var ctx = context.Background()

// server returns the DSN of a server on which the tests may do what they want,
// as a URL, and a connection to it.
func server(t testing.TB) (*url.URL, *sql.DB) {
	dsn := os.Getenv("SLOTGRAPH_POSTGRES")
	if dsn == "" {
		t.Skip("SLOTGRAPH_POSTGRES is not set: it is the URL of a PostgreSQL server for tests, whose user may do everything")
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return u, db
}

// schema returns the DSN of a new schema, and a connection to it.
func schema(t testing.TB) (string, *sql.DB) {
	u, admin := server(t)
	name := "test_" + strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, t.Name()))
	name = pq.QuoteIdentifier(fmt.Sprintf("%.30s_%x", name, time.Now().UnixNano()))
	run(t, admin, "CREATE SCHEMA "+name)
	t.Cleanup(func() { run(t, admin, "DROP SCHEMA "+name+" CASCADE") })
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	db, err := sql.Open("postgres", u.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return u.String(), db
}

func run(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

func open(t testing.TB, dsn string) *postgres.Store {
	t.Helper()
	qs, err := postgres.Open(ctx, dsn, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := qs.Close(); err != nil {
			t.Error(err)
		}
	})
	return qs
}

func newGraph(t testing.TB) *kg.Graph {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

// quadsOf returns the quads of a store, sorted.
func quadsOf(t testing.TB, qs graph.QuadStore) []string {
	t.Helper()
	var out []string
	add := func(q quad.Quad) error { out = append(out, fmt.Sprintf("%#v", q)); return nil }
	if r, ok := qs.(interface {
		EachQuad(context.Context, func(quad.Quad) error) error
	}); ok {
		if err := r.EachQuad(ctx, add); err != nil {
			t.Fatal(err)
		}
	} else {
		it := qs.QuadsAllIterator()
		defer it.Close()
		for it.Next(ctx) {
			add(qs.Quad(it.Result()))
		}
	}
	slices.Sort(out)
	return out
}

// counts fails where cayley's counter of a value is not the number of places
// in which it stands, or a value stands nowhere.
func counts(t testing.TB, db *sql.DB) {
	t.Helper()
	var wrong int
	err := db.QueryRow(`SELECT count(*) FROM nodes WHERE refs = 0 OR refs <> (SELECT count(*) FROM quads WHERE subject_hash = hash)
		+ (SELECT count(*) FROM quads WHERE predicate_hash = hash)
		+ (SELECT count(*) FROM quads WHERE object_hash = hash)
		+ (SELECT count(*) FROM quads WHERE label_hash = hash)`).Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d values are counted wrongly, %v", wrong, err)
	}
}

func sync0(t testing.TB, m *kg.Mirror) {
	t.Helper()
	if added, removed, err := m.Sync(ctx); added != 0 || removed != 0 || err != nil {
		t.Errorf("a Sync without changes: %d, %d, %v", added, removed, err)
	}
}
