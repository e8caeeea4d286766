package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slotgraph/slotgraph/dst/session"
)

// Options are the options of [Open] and [New].
type Options struct {
	// Schema is where the tables are; "" is "slotgraph". It is made where it is not
	// there. Stores with different schemas have nothing to do with each other.
	Schema string
	// RequireDurable has Open and New fail where the server may lose in a crash what
	// it has acknowledged.
	RequireDurable bool
	// Log gets a warning instead. nil: nobody does.
	Log *slog.Logger
}

// A Store is a [session.Store] in PostgreSQL. It is safe for concurrent use, by
// this program and others.
type Store struct {
	pool   *pgxpool.Pool
	own    bool // the pool is closed with the store
	schema string
	sql    statements
	closed atomic.Bool
}

var _ session.Store = (*Store)(nil)

// errURL does not say what is wrong with the URL: that may show its password.
var errURL = errors.New("it cannot be parsed (it is not shown here for the password in it); it is to look like postgres://user:password@host:5432/database, with what is special in them percent-encoded")

// Open connects to the database of a URL, postgres://user:password@host/database,
// and makes the tables where they are not there. The URL may have the parameters
// of [pgxpool.ParseConfig]. opts may be nil.
func Open(ctx context.Context, url string, opts *Options) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("session/postgres: reading the URL of the database: %w", errURL)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("session/postgres: making a pool of connections: %w", err)
	}
	s, err := New(ctx, pool, opts)
	if err != nil {
		pool.Close()
		return nil, err
	}
	s.own = true
	return s, nil
}

// New makes a store of connections that the caller has, and that Close leaves
// open. It makes the tables where they are not there. opts may be nil.
func New(ctx context.Context, pool *pgxpool.Pool, opts *Options) (*Store, error) {
	if opts == nil {
		opts = &Options{}
	}
	s := &Store{pool: pool, schema: opts.Schema}
	if s.schema == "" {
		s.schema = "slotgraph"
	}
	if len(s.schema) > 63 || strings.ContainsRune(s.schema, 0) {
		return nil, fmt.Errorf("session/postgres: the schema %.80q is no name: it may have 63 bytes, and no NUL", s.schema)
	}
	s.sql = newStatements(pgx.Identifier{s.schema}.Sanitize())
	if err := s.prepare(ctx); err != nil {
		return nil, s.failed(ctx, fmt.Sprintf("looking for the tables in schema %q", s.schema), err)
	}
	if err := s.checkDurable(ctx, opts); err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes the connections that [Open] made; the store is not to be used any
// more. It waits for what is under way.
func (s *Store) Close() error {
	if !s.closed.Swap(true) && s.own {
		s.pool.Close()
	}
	return nil
}

// checkDurable looks whether what is acknowledged survives a crash.
func (s *Store) checkDurable(ctx context.Context, opts *Options) error {
	if !opts.RequireDurable && opts.Log == nil {
		return nil
	}
	var off []string
	err := s.read(ctx, func() error {
		return s.pool.QueryRow(ctx, `SELECT coalesce(array_agg(name ORDER BY name), '{}') FROM pg_settings
			WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'`).Scan(&off)
	})
	switch {
	case err != nil:
		return s.failed(ctx, "asking the server for its settings", err)
	case len(off) == 0:
		return nil
	case opts.RequireDurable:
		return fmt.Errorf("session/postgres: the server may lose in a crash what it has acknowledged: turn on %s", strings.Join(off, ", "))
	}
	opts.Log.WarnContext(ctx, "session/postgres: the server may lose in a crash what it has acknowledged", "off", off)
	return nil
}
