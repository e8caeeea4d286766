package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/lib/pq"
)

// makeTables makes cayley's tables where they are missing, once where several
// programs come at the same time.
func (s *Store) makeTables(ctx context.Context) (err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	there, err := tablesThere(ctx, conn)
	if err != nil || there {
		return errors.Join(err, labelIndex(ctx, conn))
	}
	const key = 0x736c6f74 // of a lock among programs with this package
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", key); err != nil {
		return err
	}
	defer func() {
		_, unlock := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", key)
		err = errors.Join(err, unlock)
	}()
	if there, err := tablesThere(ctx, conn); err != nil {
		return err
	} else if !there {
		if err := csql.Init(flavor, s.name, graph.Options{}); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
	}
	return labelIndex(ctx, conn)
}

// tablesThere reports whether the schema has cayley's tables. Others of those
// names are an error.
func tablesThere(ctx context.Context, conn *sql.Conn) (bool, error) {
	var nodes, quads bool
	err := conn.QueryRowContext(ctx, "SELECT to_regclass('nodes') IS NOT NULL, to_regclass('quads') IS NOT NULL").Scan(&nodes, &quads)
	if err != nil || !nodes && !quads {
		return false, err
	}
	if nodes != quads {
		return false, errors.New("one of the tables nodes and quads is there and the other is not; choose another schema with search_path=NAME in the DSN")
	}
	_, err = conn.ExecContext(ctx, "SELECT hash, refs, "+valueColumns+" FROM nodes LIMIT 0")
	if err == nil {
		_, err = conn.ExecContext(ctx, "SELECT horizon, "+hashColumns+", ts FROM quads LIMIT 0")
	}
	var e *pq.Error
	if errors.As(err, &e) && e.Code == "42703" {
		return false, fmt.Errorf("the tables nodes and quads are not cayley's; choose another schema with search_path=NAME in the DSN: %w", err)
	}
	return true, err
}

// labelIndex makes an index that cayley does not: without it the foreign key of
// the labels makes the removal of one value read all quads. Somebody who may not
// do it, or only read, goes without.
func labelIndex(ctx context.Context, conn *sql.Conn) error {
	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT to_regclass('quads_label_index') IS NOT NULL").Scan(&there); err != nil || there {
		return err
	}
	_, err := conn.ExecContext(ctx, "CREATE INDEX IF NOT EXISTS quads_label_index ON quads (label_hash) WHERE label_hash IS NOT NULL")
	var e *pq.Error
	if errors.As(err, &e) {
		switch e.Code {
		case "42501", "25006", "23505", "42P07": // no right; read only; made by another just now
			return nil
		}
	}
	return err
}
