package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
)

// Options are the options of [Open] and [New].
type Options struct {
	// Prefix is what all keys begin with; "" is "slotgraph:". It has no braces. Stores
	// with different prefixes have nothing to do with each other, unless one begins
	// with the other.
	Prefix string
	// RequireDurable has Open and New fail where the server may lose what it has
	// acknowledged, or does not tell.
	RequireDurable bool
	// Log gets a warning instead. nil: nobody does.
	Log *slog.Logger
}

// A Store is a [session.Store] in Redis. It is safe for concurrent use, by this
// program and others.
type Store struct {
	client redis.UniversalClient
	own    bool // the client is closed with the store
	prefix string
	closed atomic.Bool
}

var _ session.Store = (*Store)(nil)

// errURL does not say what is wrong with the URL: that may show its password.
var errURL = errors.New("it cannot be parsed (it is not shown here for the password in it); it is to look like redis://user:password@host:6379/0, or rediss:// for TLS, with what is special in them percent-encoded")

// Open connects to the one server of a URL, redis://user:password@host:port/db.
// The URL may have the parameters of [redis.ParseURL]. For a cluster, or for
// sentinels, make a client and call [New]. opts may be nil.
func Open(ctx context.Context, url string, opts *Options) (*Store, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("session/redis: reading the URL of the server: %w", errURL)
	}
	options.ContextTimeoutEnabled = true
	client := redis.NewClient(options)
	s, err := New(ctx, client, opts)
	if err != nil {
		client.Close()
		return nil, err
	}
	s.own = true
	return s, nil
}

// New makes a store of a client that the caller has, and that Close leaves open.
// It tries out what it will need of the server. opts may be nil.
func New(ctx context.Context, client redis.UniversalClient, opts *Options) (*Store, error) {
	if opts == nil {
		opts = &Options{}
	}
	s := &Store{client: client, prefix: opts.Prefix}
	if s.prefix == "" {
		s.prefix = "slotgraph:"
	}
	if strings.ContainsAny(s.prefix, "{}") {
		return nil, fmt.Errorf("session/redis: the prefix %q has braces, which say where in a cluster a key is", s.prefix)
	}
	if c, ok := client.(*redis.ClusterClient); ok && c.Options().ReadOnly {
		return nil, errors.New("session/redis: the client reads from replicas, which may be behind: turn off ReadOnly, RouteByLatency and RouteRandomly")
	}
	if err := s.checkLayout(ctx); err != nil {
		return nil, failed(ctx, fmt.Sprintf("looking for the layout of the keys %s*", s.prefix), err)
	}
	if err := s.try(ctx); err != nil {
		return nil, failed(ctx, "trying out what the server can, and lets this user do (Redis 6 or newer is needed)", err)
	}
	if err := s.checkDurable(ctx, opts); err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes the client that [Open] made; the store is not to be used any more.
func (s *Store) Close() error {
	if s.closed.Swap(true) || !s.own {
		return nil
	}
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("session/redis: closing: %w", err)
	}
	return nil
}

// ask calls the server, and returns once the context is done: the client by
// itself waits for an answer to come, or for its own timeouts. What do returns
// after that is nobody's any more.
func ask[T any](ctx context.Context, s *Store, do func() (T, error)) (T, error) {
	var none T
	if s.closed.Load() {
		return none, session.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if ctx.Done() == nil {
		return do()
	}
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := do()
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// once is a command that the client does not send again after the connection was
// lost: it may have been done.
type once struct{ *redis.Cmd }

// NoRetry implements [redis.Cmder].
func (once) NoRetry() bool { return true }

// run runs a script; one that writes is not sent again by itself.
func (s *Store) run(ctx context.Context, what script, keys []string, args ...any) (any, error) {
	return ask(ctx, s, func() (any, error) {
		cmd := call(ctx, "EVALSHA", what.hash, keys, args)
		err := s.process(ctx, what, cmd)
		if redis.HasErrorPrefix(err, "NOSCRIPT") { // the server was started anew: it was not done
			cmd = call(ctx, "EVAL", what.source, keys, args)
			err = s.process(ctx, what, cmd)
		}
		return cmd.Val(), err
	})
}

func call(ctx context.Context, command, what string, keys []string, args []any) *redis.Cmd {
	all := []any{command, what, len(keys)}
	for _, key := range keys {
		all = append(all, key)
	}
	cmd := redis.NewCmd(ctx, append(all, args...)...)
	cmd.SetFirstKeyPos(3)
	return cmd
}

func (s *Store) process(ctx context.Context, what script, cmd *redis.Cmd) error {
	if what.reads {
		return s.client.Process(ctx, cmd)
	}
	return s.client.Process(ctx, once{cmd})
}

// nodes calls the servers that there are, one or several.
func (s *Store) nodes(ctx context.Context, do func(ctx context.Context, node *redis.Client) error) error {
	switch c := s.client.(type) {
	case *redis.Client:
		return do(ctx, c)
	case *redis.ClusterClient:
		return c.ForEachMaster(ctx, do)
	case *redis.Ring:
		return c.ForEachShard(ctx, do)
	}
	return fmt.Errorf("a client of type %T is not known here: it is to be a *redis.Client, *redis.ClusterClient or *redis.Ring", s.client)
}
