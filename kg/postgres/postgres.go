// Package postgres opens graphs that cayley keeps in PostgreSQL, so that a
// [kg.Graph] can be loaded from there and mirrored to there:
//
//	store, err := postgres.Open(ctx, "postgres://shop@db.example/graph", nil)
//	…
//	defer store.Close()
//	n, err := g.LoadQuadStore(ctx, store)                    // or
//	added, removed, err := kg.NewMirror(g, store).Sync(ctx)
//
// The tables are those of cayley v0.7.7's own backend, so that its tools and
// other programs can read and write them too. The store reads and writes in
// bulk, in a few statements for each transaction in place of several for each
// quad, and it keeps away what is wrong with cayley's own: a lost connection or
// a cancelled context is an error, and never an early end; the counts by which
// unused values are found stay right when several programs write; and every
// value comes back as it was written, among them texts with a NUL byte and the
// nanoseconds of a quad.Time; bytes that are no UTF-8 are refused. Cayley's own
// queries ([Store.Cayley]) keep their flaws, such as an early end without an
// error: load a graph for the queries of package kg.
//
// What cayley holds to be one value is one value here: see [kg.NewMirror].
//
// Several graphs in one database take a schema each: add search_path=NAME to
// the DSN.
//
// [kg.Graph]: https://pkg.go.dev/github.com/slotgraph/slotgraph/kg#Graph
// [kg.NewMirror]: https://pkg.go.dev/github.com/slotgraph/slotgraph/kg#NewMirror
package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	cpostgres "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/lib/pq"
)

// Options of Open; nil is the same as none of them.
type Options struct {
	// MaxConns is the number of connections that reading and writing in bulk may
	// take together, 4 where it is 0. Cayley's own queries take as many again.
	MaxConns int
}

// ErrUnreachable is wrapped by the errors of Open where no server answers.
var ErrUnreachable = errors.New("no PostgreSQL server answers")

// ErrDenied is wrapped by the errors of Open where the server knows the user
// not, or by another password.
var ErrDenied = errors.New("the server denies the user access")

// ErrNoDatabase is wrapped by the errors of Open where the server has no
// database of that name.
var ErrNoDatabase = errors.New("there is no such database")

// flavor is the name by which cayley knows these stores, and driverName the one
// of the driver behind them.
const (
	flavor     = "slotgraph-postgres"
	driverName = "slotgraph-postgres"
)

// connectors are the open stores' ways to their servers, by the name that
// cayley has for them in place of the DSN: it writes that to the log when a
// server cannot be reached, and the password with it.
var (
	connectors sync.Map
	opened     atomic.Uint64
)

type byName struct{}

// Open connects to the store of that name.
func (byName) Open(name string) (driver.Conn, error) {
	c, ok := connectors.Load(name)
	if !ok {
		return nil, errors.New("the store is closed")
	}
	return c.(driver.Connector).Connect(context.Background())
}

func init() {
	sql.Register(driverName, byName{})
	csql.Register(flavor, csql.Registration{
		Driver:             driverName,
		HashType:           "BYTEA",
		BytesType:          "BYTEA",
		HorizonType:        "BIGSERIAL",
		TimeType:           "timestamp with time zone",
		QueryDialect:       cpostgres.QueryDialect,
		ConditionalIndexes: true,
		FillFactor:         true,
		Error:              cpostgres.ConvError,
		RunTx:              cpostgres.RunTxPostgres,
		Estimated: func(table string) string {
			return "SELECT reltuples::BIGINT FROM pg_class WHERE oid = '" + table + "'::regclass;"
		},
	})
}

// Open opens the graph in a database, and makes its tables where they are
// missing. The DSN is that of libpq, as a URL (postgres://user:password@host/db)
// or as words (host=… user=…); what it does not say comes from the environment
// (PGHOST, PGPASSWORD, …). No error tells the password.
//
// The store is safe for concurrent use. Close it when it is no longer needed.
// opts may be nil.
func Open(ctx context.Context, dsn string, opts *Options) (*Store, error) {
	cfg, err := pq.NewConfig(dsn)
	if err != nil { // which may hold the DSN, and so is left out
		return nil, errors.New("kg/postgres: open: the DSN cannot be read: want postgres://user@host:port/database or host=… dbname=…")
	}
	s, err := open(ctx, cfg, opts)
	if err != nil {
		where := net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port)))
		return nil, fmt.Errorf("kg/postgres: open database %q on %s as %q: %w", cfg.Database, where, cfg.User, explain(err))
	}
	return s, nil
}

func open(ctx context.Context, cfg pq.Config, opts *Options) (*Store, error) {
	connector, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, err
	}
	s := &Store{db: sql.OpenDB(connector), name: fmt.Sprint("store ", opened.Add(1))}
	connectors.Store(s.name, connector)
	conns := 4
	if opts != nil && opts.MaxConns > 0 {
		conns = opts.MaxConns
	}
	s.db.SetMaxOpenConns(conns)
	if err := s.start(ctx, conns); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context, conns int) error {
	if err := s.db.PingContext(ctx); err != nil {
		return err
	}
	if err := s.makeTables(ctx); err != nil {
		return err
	}
	own, err := csql.New(flavor, s.name, graph.Options{"maxopenconnections": conns})
	if err != nil {
		return err
	}
	s.stock = own.(*csql.QuadStore)
	return nil
}

// explain says what an error of the driver's means for the caller of Open.
func explain(err error) error {
	var network *net.OpError
	var server *pq.Error
	switch {
	case errors.Is(err, pq.ErrSSLNotSupported):
		return fmt.Errorf("%w (sslmode=disable in the DSN does without)", err)
	case errors.As(err, &network):
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	case errors.As(err, &server):
		switch server.Code {
		case "57P03", "53300": // starting up or shutting down; no connection left
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		case "28P01", "28000":
			return fmt.Errorf("%w: %w", ErrDenied, err)
		case "3D000":
			return fmt.Errorf("%w: %w", ErrNoDatabase, err)
		}
	}
	return err
}
