package postgres

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// layout is the layout of the tables that this package makes and knows.
const layout = 1

// tables makes what layout says. Text is compared bytewise, as session.Key.Compare
// does. Versions are unsigned: they are kept as the signed number with the same
// bits, and only ever compared for equality.
const tables = `
CREATE TABLE {s}.session (
	tenant  text COLLATE "C" NOT NULL,
	id      text COLLATE "C" NOT NULL,
	owner   text COLLATE "C" NOT NULL,
	version bigint NOT NULL CHECK (version <> 0),
	expires bigint,
	data    bytea NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE INDEX session_owner ON {s}.session (owner, tenant, id) WHERE owner <> '';
CREATE INDEX session_expires ON {s}.session (expires) WHERE expires IS NOT NULL;
CREATE TABLE {s}.session_log (
	tenant text COLLATE "C" NOT NULL,
	id     text COLLATE "C" NOT NULL,
	seq    bigint NOT NULL CHECK (seq > 0),
	data   bytea NOT NULL,
	PRIMARY KEY (tenant, id, seq),
	FOREIGN KEY (tenant, id) REFERENCES {s}.session ON DELETE CASCADE
);
CREATE TABLE {s}.session_layout (version integer NOT NULL)`

// prepare makes the tables where they are not there, and refuses those of
// another layout. Several programs may start at once.
func (s *Store) prepare(ctx context.Context) error {
	found := 0
	err := s.read(ctx, func() (err error) {
		found, err = s.layout(ctx, s.pool)
		return err
	})
	if err != nil || found == layout {
		return err
	}
	if found != 0 {
		return newLayout(found)
	}
	return s.create(ctx)
}

func newLayout(found int) error {
	return fmt.Errorf("they have layout %d, and this program knows layout %d: upgrade the program, or give it another schema; nothing was changed", found, layout)
}

// layout is the layout of the tables that are there, 0 for none. It looks into
// the catalog itself: what to_regclass answers may be from before the lock.
func (s *Store) layout(ctx context.Context, q interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}) (int, error) {
	var there bool
	const look = `SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = $1 AND c.relname = 'session_layout')`
	if err := q.QueryRow(ctx, look, s.schema).Scan(&there); err != nil || !there {
		return 0, err
	}
	version := 0
	err := q.QueryRow(ctx, s.sql.layout).Scan(&version)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, errors.New("session_layout is empty, and it should have the number of the layout: somebody has changed the tables")
	}
	return version, err
}

// create makes the tables. Of several programs one does, while the others wait
// and find them.
func (s *Store) create(ctx context.Context) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		name := fnv.New64a()
		name.Write([]byte("slotgraph/dst/session/postgres " + s.schema))
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(name.Sum64())); err != nil {
			return err
		}
		found, err := s.layout(ctx, tx)
		switch {
		case err != nil || found == layout:
			return err
		case found != 0:
			return newLayout(found)
		}
		if err := s.createSchema(ctx, tx); err != nil {
			return fmt.Errorf("creating the schema: %w", err)
		}
		if _, err := tx.Exec(ctx, s.sql.tables); err != nil {
			return fmt.Errorf("creating the tables: %w", err)
		}
		_, err = tx.Exec(ctx, s.sql.setLayout, layout)
		return err
	})
}

// createSchema asks first: CREATE SCHEMA IF NOT EXISTS needs the right to create
// one even where it exists.
func (s *Store) createSchema(ctx context.Context, tx pgx.Tx) error {
	var there bool
	err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)", s.schema).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = tx.Exec(ctx, s.sql.createSchema)
	return err
}

// code is the SQLSTATE of an error, "" where the server said nothing.
func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
