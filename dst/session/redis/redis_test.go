package redis_test

import (
	"context"
	"crypto/rand"
	"os"
	"testing"

	goredis "github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

// silent keeps the client from logging each connection that it does not get,
// which are many while a server is restarted.
type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

func init() { goredis.SetLogger(silent{}) }

// server is the URL of the server for tests.
func server(t testing.TB) string {
	t.Helper()
	u := os.Getenv("SLOTGRAPH_REDIS")
	if u == "" {
		t.Skip("SLOTGRAPH_REDIS is not set: it is the URL of a Redis server for tests")
	}
	return u
}

// direct is a client of the test's own, for what is done by hand.
func direct(t testing.TB) *goredis.Client {
	t.Helper()
	options, err := goredis.ParseURL(server(t))
	if err != nil {
		t.Fatal(err)
	}
	c := goredis.NewClient(options)
	t.Cleanup(func() { c.Close() })
	return c
}

// nodes calls all servers that a client has.
type nodes func(ctx context.Context, do func(context.Context, *goredis.Client) error) error

func single(c *goredis.Client) nodes {
	return func(ctx context.Context, do func(context.Context, *goredis.Client) error) error { return do(ctx, c) }
}

// prefix is one of the test's own, with characters that mean something in
// patterns. Its keys are deleted with the test.
func prefix(t testing.TB, all nodes) string {
	t.Helper()
	random := rand.Text()
	t.Cleanup(func() {
		if err := all(context.Background(), func(ctx context.Context, c *goredis.Client) error { // the test's own is done
			it := c.Scan(ctx, 0, "*"+random+"*", 1000).Iterator()
			for it.Next(ctx) {
				c.Del(ctx, it.Val())
			}
			return it.Err()
		}); err != nil {
			t.Error(err)
		}
	})
	return "test*[" + random + `]?\:`
}

// open opens a store, that is closed with the test.
func open(t testing.TB, url string, opts *redis.Options) *redis.Store {
	t.Helper()
	s, err := redis.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// harness makes stores with a function.
func harness(all nodes, at func(t *testing.T, prefix string) session.Store) sessiontest.Harness {
	prefixes := map[session.Store]string{}
	again := func(t *testing.T, p string) session.Store {
		s := at(t, p)
		prefixes[s] = p
		return s
	}
	return sessiontest.Harness{
		Open: func(t *testing.T) session.Store { return again(t, prefix(t, all)) },
		Reopen: func(t *testing.T, old session.Store) session.Store {
			old.(*redis.Store).Close()
			return again(t, prefixes[old])
		},
		Second: func(t *testing.T, first session.Store) session.Store { return again(t, prefixes[first]) },
	}
}

func TestStore(t *testing.T) {
	u := server(t)
	sessiontest.Run(t, harness(single(direct(t)), func(t *testing.T, p string) session.Store {
		return open(t, u, &redis.Options{Prefix: p})
	}))
}

// TestCluster has a store in a cluster, which refuses what concerns keys of
// several slots.
func TestCluster(t *testing.T) {
	u := os.Getenv("SLOTGRAPH_REDIS_CLUSTER")
	if u == "" {
		t.Skip("SLOTGRAPH_REDIS_CLUSTER is not set: it is the URL of a node of a Redis cluster for tests")
	}
	options, err := goredis.ParseClusterURL(u)
	if err != nil {
		t.Fatal(err)
	}
	cluster := goredis.NewClusterClient(options)
	t.Cleanup(func() { cluster.Close() })
	sessiontest.Run(t, harness(cluster.ForEachMaster, func(t *testing.T, p string) session.Store {
		s, err := redis.New(t.Context(), cluster, &redis.Options{Prefix: p})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}))
}
