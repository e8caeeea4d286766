package redis_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	goredis "github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// TestNew has the store in a client of the program's.
func TestNew(t *testing.T) {
	c := direct(t)
	p := prefix(t, single(c))
	s, err := redis.New(t.Context(), c, &redis.Options{Prefix: p})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), session.Change{Record: session.Record{Key: session.Key{ID: "c"}, Version: 1}}); err != nil {
		t.Fatal(err)
	}
	if c.Exists(t.Context(), p+"s:{/c}").Val() == 0 {
		t.Error("the record is not where the package says")
	}
	s.Close()
	if err := c.Ping(t.Context()).Err(); err != nil {
		t.Errorf("Close has closed the program's client: %v", err)
	}
	_, err = redis.New(t.Context(), c, &redis.Options{Prefix: "a{b}"})
	wantText(t, err, "braces")
	cluster := goredis.NewClusterClient(&goredis.ClusterOptions{Addrs: []string{"127.0.0.1:1"}, ReadOnly: true})
	defer cluster.Close()
	_, err = redis.New(t.Context(), cluster, nil)
	wantText(t, err, "reads from replicas")
}

func TestLayouts(t *testing.T) {
	c := direct(t)
	p := prefix(t, single(c))
	var wg sync.WaitGroup
	for range 8 { // at once
		wg.Go(func() {
			s, err := redis.Open(t.Context(), server(t), &redis.Options{Prefix: p})
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	wg.Wait()
	if got := c.Get(t.Context(), p+"layout").Val(); got != "1" {
		t.Errorf("the layout is noted as %q", got)
	}
	c.Set(t.Context(), p+"layout", "7", 0)
	_, err := redis.Open(t.Context(), server(t), &redis.Options{Prefix: p})
	wantText(t, err, `it is "7", and this program knows "1": upgrade the program`)
}

// TestOpenErrors: none of them shows the password.
func TestOpenErrors(t *testing.T) {
	for bad, want := range map[string]string{
		"redis://bot:se/secret@host/x":                "cannot be parsed",
		"redis://bot:%zzsecret@host":                  "cannot be parsed",
		"http://bot:secret@host":                      "cannot be parsed",
		"redis://bot:secret@127.0.0.1:1/0":            "cannot be reached",
		strings.Replace(server(t), "@", "secret@", 1): "user or password are wrong",
	} {
		_, err := redis.Open(t.Context(), bad, nil)
		wantText(t, err, "session/redis: ", want)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

// user makes a user of Redis, and returns a URL with it.
func user(t *testing.T, c *goredis.Client, rules ...any) string {
	t.Helper()
	name := "user" + rand.Text()
	if err := c.Do(t.Context(), append([]any{"ACL", "SETUSER", name, "on", ">secret"}, rules...)...).Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Do(context.Background(), "ACL", "DELUSER", name) })
	u, err := url.Parse(server(t))
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(name, "secret")
	return u.String()
}

// TestRights has users that may do too little, which shows before anything is
// saved, and one that may do what the package says.
func TestRights(t *testing.T) {
	c := direct(t)
	p := prefix(t, single(c))
	for _, rules := range [][]any{
		{"allkeys", "+@all", "-rpush"}, {"allkeys", "+@all", "-evalsha", "-eval"}, {"allkeys", "+@all", "-pexpireat"},
		{"allkeys", "+@all", "-persist"}, {"allkeys", "+@all", "-ltrim"}, {"allkeys", "+@all", "-set", "-setnx"}, {"~other:*", "+@all"},
	} {
		_, err := redis.Open(t.Context(), user(t, c, rules...), &redis.Options{Prefix: p})
		wantText(t, err, "session/redis: ", "by ACL")
	}
	var log bytes.Buffer
	u := user(t, c, "~"+strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`).Replace(p)+"*", "+@read", "+@write", "+@scripting", "+@connection", "+time")
	s := open(t, u, &redis.Options{Prefix: p, Log: slog.New(slog.NewTextHandler(&log, nil))})
	r := session.Record{Key: session.Key{ID: "c"}, User: "ann", Version: 1}
	if err := s.Save(t.Context(), session.Change{Record: r, Append: []session.Entry{{Seq: 1}}}); err != nil {
		t.Error(err)
	}
	if ids, err := listError(t, s); err != nil || ids != "c" {
		t.Errorf("List: %s, %v", ids, err)
	}
	if err := logError(t, s, r.Key); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "does not tell its settings") {
		t.Errorf("no warning that the server does not tell its settings: %s", log.String())
	}
	_, err := redis.Open(t.Context(), u, &redis.Options{Prefix: p, RequireDurable: true})
	wantText(t, err, "does not tell its settings")
}

// set changes a setting of the server for the time of a test.
func set(t *testing.T, c *goredis.Client, name, value string) {
	t.Helper()
	old := c.ConfigGet(t.Context(), name).Val()[name]
	if err := c.ConfigSet(t.Context(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.ConfigSet(context.Background(), name, old) })
}

// TestSettings changes those of the server, one after the other, and back. It
// needs a server that nobody else uses, as TestRestart does.
func TestSettings(t *testing.T) {
	c := direct(t)
	if os.Getenv("SLOTGRAPH_REDIS_RESTART") == "" {
		t.Skip("SLOTGRAPH_REDIS_RESTART is not set, so that others may use the server of SLOTGRAPH_REDIS too")
	}
	durable := &redis.Options{Prefix: prefix(t, single(c)), RequireDurable: true}
	if _, err := redis.Open(t.Context(), server(t), durable); err != nil {
		t.Skipf("the server is not durable to begin with: %v", err)
	}
	t.Run("appendfsync", func(t *testing.T) {
		set(t, c, "appendfsync", "everysec")
		_, err := redis.Open(t.Context(), server(t), durable)
		wantText(t, err, `appendfsync is "everysec", not "always"`)
	})
	s := open(t, server(t), durable)
	first := session.Change{Record: session.Record{Key: session.Key{ID: "c"}, Version: 1, Data: []byte("x")}, Append: []session.Entry{{Seq: 1}}}
	if err := s.Save(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	next := session.Change{Record: first.Record, Prev: 1, Trim: 5, Append: []session.Entry{{Seq: 2}}}
	next.Record.Version = 2
	for name, want := range map[string]string{"maxmemory": "memory (maxmemory) is full", "min-replicas-to-write": "too few replicas"} {
		t.Run(name, func(t *testing.T) {
			set(t, c, name, "1")
			wantText(t, s.Save(t.Context(), next), "saving c", want)
			if r, err := s.Load(t.Context(), first.Record.Key); err != nil || r.Version != 1 {
				t.Errorf("after it there is version %d, %v", r.Version, err)
			}
			if err := logError(t, s, first.Record.Key); err != nil {
				t.Error(err)
			}
		})
	}
	if err := s.Save(t.Context(), next); err != nil {
		t.Errorf("once there is room again: %v", err)
	}
}

// TestScriptsGone has a server that has forgotten the scripts.
func TestScriptsGone(t *testing.T) {
	c := direct(t)
	s := open(t, server(t), &redis.Options{Prefix: prefix(t, single(c))})
	for version := range uint64(3) {
		if err := c.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		r := session.Record{Key: session.Key{ID: "c"}, Version: version + 1}
		if err := s.Save(t.Context(), session.Change{Record: r, Prev: version}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Save(t.Context(), session.Change{Record: session.Record{Key: session.Key{ID: "c"}, Version: 9}}); !errors.Is(err, session.ErrConflict) {
		t.Errorf("a stale save: %v", err)
	}
}
