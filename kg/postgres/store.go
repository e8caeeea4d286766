package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"

	"github.com/slotgraph/slotgraph/kg"
)

type stock = csql.QuadStore

// Store is a graph of cayley's in a PostgreSQL database. It is safe for
// concurrent use.
type Store struct {
	*stock
	db   *sql.DB
	name string // in connectors
}

// Cayley returns cayley's own store on the same database, whose queries run on
// the server. It is closed with s.
func (s *Store) Cayley() graph.QuadStore { return s.stock }

// OptimizeShape leaves a query as it is: those that are made for the server
// run on cayley's own store only.
func (s *Store) OptimizeShape(q shape.Shape) (shape.Shape, bool) { return q, false }

// Close ends the connections.
func (s *Store) Close() error {
	connectors.Delete(s.name)
	err := s.db.Close()
	if s.stock != nil {
		err = errors.Join(err, s.stock.Close())
	}
	return err
}

// Stats counts the values and quads. Cayley's own keeps a count that others'
// writes make wrong.
func (s *Store) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	if !exact {
		return s.stock.Stats(ctx, false)
	}
	st := graph.Stats{Nodes: graph.Size{Exact: true}, Quads: graph.Size{Exact: true}}
	row := s.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM nodes), (SELECT count(*) FROM quads)")
	if err := row.Scan(&st.Nodes.Size, &st.Quads.Size); err != nil {
		return graph.Stats{}, fmt.Errorf("kg/postgres: count: %w", err)
	}
	return st, nil
}

// EachQuad hands all quads to fn, in the order in which they were written and as
// of one moment. It holds all values in memory meanwhile.
func (s *Store) EachQuad(ctx context.Context, fn func(quad.Quad) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("kg/postgres: read: %w", err)
	}
	defer tx.Rollback() // it has nothing to commit
	values, err := readValues(ctx, tx)
	if err != nil {
		return fmt.Errorf("kg/postgres: read the values: %w", err)
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+hashColumns+" FROM quads ORDER BY horizon")
	if err != nil {
		return fmt.Errorf("kg/postgres: read the quads: %w", err)
	}
	defer rows.Close()
	var hash [4]sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&hash[0], &hash[1], &hash[2], &hash[3]); err != nil {
			return fmt.Errorf("kg/postgres: read the quads: %w", err)
		}
		var part [4]quad.Value
		for i, h := range hash {
			v, ok := values[string(h)]
			if part[i] = v; !ok && (len(h) > 0 || i < 3) {
				return fmt.Errorf("kg/postgres: read the quads: one has the value %x, which is in no row of nodes", []byte(h))
			}
		}
		if err := fn(quad.Quad{Subject: part[0], Predicate: part[1], Object: part[2], Label: part[3]}); err != nil {
			return err
		}
	}
	if err := errors.Join(rows.Err(), ctx.Err()); err != nil {
		return fmt.Errorf("kg/postgres: read the quads: %w", err)
	}
	return nil
}

// ApplyDeltas writes one transaction.
func (s *Store) ApplyDeltas(in []graph.Delta, ignore graph.IgnoreOpts) error {
	return s.ApplyDeltasContext(context.Background(), in, ignore)
}

// NewQuadWriter returns a writer that makes one transaction of each WriteQuads,
// and ignores quads that are there already.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return kg.NewQuadWriter(s), nil }
