package postgres_test

import (
	"bytes"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
)

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// wantText checks that an error says all of it.
func wantText(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q: %v", part, err)
		}
	}
}

// TestStartAtOnce has many programs make the tables of a new schema.
func TestStartAtOnce(t *testing.T) {
	name := schema(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := postgres.Open(t.Context(), server(t), &postgres.Options{Schema: name})
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	wg.Wait()
}

func TestLayouts(t *testing.T) {
	name := schema(t)
	s := open(t, server(t), &postgres.Options{Schema: name})
	key := session.Key{ID: "c"}
	if err := s.Save(t.Context(), session.Change{Record: session.Record{Key: key, Version: 1}}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ sql, want string }{
		{"UPDATE %s.session_layout SET version = 7", "they have layout 7, and this program knows layout 1: upgrade the program"},
		{"DELETE FROM %s.session_layout", "session_layout is empty"},
		{"DROP TABLE %s.session_layout", `relation "session" already exists`},
	} {
		exec(t, strings.ReplaceAll(test.sql, "%s", quoted(name)))
		_, err := postgres.Open(t.Context(), server(t), &postgres.Options{Schema: name})
		wantText(t, err, "session/postgres: looking for the tables in schema", name, test.want)
	}
	if _, err := s.Load(t.Context(), key); err != nil {
		t.Errorf("what was saved is not there any more: %v", err)
	}
}

// TestRights has a user that may use the tables and nothing else.
func TestRights(t *testing.T) {
	name := schema(t)
	role := quoted("role_" + name)
	u, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword("role_"+name, "secret word")
	exec(t, "CREATE ROLE "+role+" LOGIN PASSWORD 'secret word'")
	t.Cleanup(func() { exec(t, "DROP ROLE "+role) })
	t.Cleanup(func() { exec(t, "DROP OWNED BY "+role) })
	_, err = postgres.Open(t.Context(), u.String(), &postgres.Options{Schema: name})
	wantText(t, err, "creating the schema", "permission denied", "grant the user")

	open(t, server(t), &postgres.Options{Schema: name})
	exec(t, "GRANT USAGE ON SCHEMA "+quoted(name)+" TO "+role)
	exec(t, "GRANT SELECT ON ALL TABLES IN SCHEMA "+quoted(name)+" TO "+role)
	s := open(t, u.String(), &postgres.Options{Schema: name})
	c := session.Change{Record: session.Record{Key: session.Key{ID: "c"}, Version: 1}, Append: []session.Entry{{Seq: 1}}}
	wantText(t, s.Save(t.Context(), c), "saving c", "permission denied", "grant the user")
	exec(t, "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "+quoted(name)+" TO "+role)
	if err := s.Save(t.Context(), c); err != nil {
		t.Error(err)
	}
	if err := s.Delete(t.Context(), c.Record.Key, 0); err != nil {
		t.Error(err)
	}
}

// TestOpenErrors: none of them shows the password.
func TestOpenErrors(t *testing.T) {
	u := server(t)
	for _, bad := range []string{
		"postgres://bot:secret@/x?sslmode=nonsense", "postgres://bot:se/secret@host/x", "postgres://bot:%zzsecret@host/x",
		"host=a password='secret", "postgres://bot:secret@127.0.0.1:1/x", strings.Replace(u, "@", "secret@", 1),
	} {
		_, err := postgres.Open(t.Context(), bad, nil)
		wantText(t, err, "session/postgres: ")
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
	_, err := postgres.Open(t.Context(), u, &postgres.Options{Schema: strings.Repeat("x", 64)})
	wantText(t, err, "is no name")
}

// TestDurable has a server that is told not to wait for its disk, by the URL.
func TestDurable(t *testing.T) {
	var log bytes.Buffer
	u := with(t, server(t), "synchronous_commit", "off")
	open(t, u, &postgres.Options{Schema: schema(t), Log: slog.New(slog.NewTextHandler(&log, nil))})
	if !strings.Contains(log.String(), "may lose in a crash") || !strings.Contains(log.String(), "synchronous_commit") {
		t.Errorf("the warning: %s", log.String())
	}
	_, err := postgres.Open(t.Context(), u, &postgres.Options{Schema: schema(t), RequireDurable: true})
	wantText(t, err, "may lose in a crash", "synchronous_commit")
}
