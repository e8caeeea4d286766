package postgres

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// Cayley counts for each value in how many places of quads it stands, and
// removes it when that is none. Here the server counts what it did insert and
// remove, under a lock that keeps other writers out (not readers), so that the
// counts are right whoever writes.
const (
	lockTables = "LOCK TABLE nodes, quads IN SHARE ROW EXCLUSIVE MODE"

	theQuads = ` (SELECT s, p, o, NULLIF(l, '') AS l
		FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS t (s, p, o, l)) AS t `
	places = ` (SELECT h, count(*) AS n FROM (
			SELECT subject_hash AS h FROM done UNION ALL SELECT predicate_hash FROM done UNION ALL
			SELECT object_hash FROM done UNION ALL SELECT label_hash FROM done) AS part
		WHERE h IS NOT NULL GROUP BY h)`

	// insertQuads writes values too, once, with their counts: foreign keys are
	// looked at when the statement is over.
	insertQuads = "WITH done AS (INSERT INTO quads (" + hashColumns + ", ts) SELECT s, p, o, l, now() FROM" + theQuads +
		"ON CONFLICT DO NOTHING RETURNING " + hashColumns + `),
		places AS` + places + `,
		counted AS (INSERT INTO nodes (hash, refs, ` + valueColumns + `)
			SELECT hash, n, NULLIF(value, ''), value_string, datatype, language, iri, bnode, value_int, value_bool, value_float, value_time
			FROM unnest($5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::boolean[],
				$12::bigint[], $13::boolean[], $14::double precision[], $15::timestamptz[])
				AS v (hash, ` + valueColumns + `) JOIN places ON hash = h
			ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs)
		SELECT count(*) FROM done`

	deleteQuads = "WITH done AS (DELETE FROM quads USING" + theQuads + `
			WHERE subject_hash = s AND predicate_hash = p AND object_hash = o AND label_hash IS NOT DISTINCT FROM l
			RETURNING ` + hashColumns + `),
		places AS` + places + `,
		counted AS (UPDATE nodes SET refs = refs - n FROM places WHERE hash = h)
		SELECT count(*) FROM done`

	// deleteNodes does not trust the counts that were there before.
	deleteNodes = `DELETE FROM nodes WHERE hash = ANY($1::bytea[]) AND refs <= 0
		AND NOT EXISTS (SELECT FROM quads WHERE subject_hash = hash)
		AND NOT EXISTS (SELECT FROM quads WHERE predicate_hash = hash)
		AND NOT EXISTS (SELECT FROM quads WHERE object_hash = hash)
		AND NOT EXISTS (SELECT FROM quads WHERE label_hash = hash)`
)

// deadlock is the code of what can happen beside a writer that takes the tables
// in another order, as cayley's own does. The server undoes one of the two.
const deadlock = "40P01"

// changes are the deltas of one transaction, by the place of each among them. Of
// several for one quad the last counts.
type changes struct{ add, remove map[graph.QuadHash]int }

func gather(in []graph.Delta, ignore graph.IgnoreOpts) (changes, error) {
	c := changes{map[graph.QuadHash]int{}, map[graph.QuadHash]int{}}
	for i, d := range in {
		var id graph.QuadHash
		for _, dir := range quad.Directions {
			if v := d.Quad.Get(dir); v != nil {
				id.Set(dir, graph.HashOf(v))
			} else if dir != quad.Label {
				return c, fmt.Errorf("quad %s has no %s", d.Quad, dir)
			}
		}
		switch d.Action {
		case graph.Add:
			if _, twice := c.add[id]; twice && !ignore.IgnoreDup {
				return c, &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
			}
			c.add[id] = i
			delete(c.remove, id)
		case graph.Delete:
			c.remove[id] = i
			delete(c.add, id)
		default:
			return c, &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
		}
	}
	return c, nil
}

// inOrder returns the quads in the order of the deltas.
func inOrder(quads map[graph.QuadHash]int) []graph.QuadHash {
	return slices.SortedFunc(maps.Keys(quads), func(a, b graph.QuadHash) int { return cmp.Compare(quads[a], quads[b]) })
}

// ApplyDeltasContext writes one transaction: all of it, or nothing where it
// returns an error. Quads that are there already, or are not there, are a
// *[graph.DeltaError] unless they are to be ignored. It takes memory in
// proportion to the deltas; some 10,000 at a time are good.
func (s *Store) ApplyDeltasContext(ctx context.Context, in []graph.Delta, ignore graph.IgnoreOpts) error {
	err := s.apply(ctx, in, ignore)
	for range 3 {
		if e := (*pq.Error)(nil); !errors.As(err, &e) || e.Code != deadlock {
			break
		}
		err = s.apply(ctx, in, ignore)
	}
	if _, bare := err.(*graph.DeltaError); err == nil || bare { // cayley looks for the bare one
		return err
	}
	return fmt.Errorf("kg/postgres: write: %w", err)
}

func (s *Store) apply(ctx context.Context, in []graph.Delta, ignore graph.IgnoreOpts) error {
	c, err := gather(in, ignore)
	if err != nil || len(c.add)+len(c.remove) == 0 {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := c.write(ctx, tx, in, ignore); err != nil {
		return err
	}
	return tx.Commit()
}

func (c *changes) write(ctx context.Context, tx *sql.Tx, in []graph.Delta, ignore graph.IgnoreOpts) error {
	if _, err := tx.ExecContext(ctx, lockTables); err != nil {
		return err
	}
	if len(c.remove) > 0 {
		n, touched, err := onQuads(ctx, tx, deleteQuads, c.remove)
		if err != nil {
			return err
		}
		if n != len(c.remove) && !ignore.IgnoreMissing {
			return &graph.DeltaError{Err: graph.ErrQuadNotExist}
		}
		// Values that come back in this batch are written below.
		if _, err := tx.ExecContext(ctx, deleteNodes, touched); err != nil {
			return err
		}
	}
	if len(c.add) == 0 {
		return nil
	}
	values, err := valuesOf(in, c.add)
	if err != nil {
		return err
	}
	n, _, err := onQuads(ctx, tx, insertQuads, c.add, values.args()...)
	if err == nil && n != len(c.add) && !ignore.IgnoreDup {
		err = &graph.DeltaError{Err: graph.ErrQuadExists}
	}
	return err
}

// valuesOf returns the values of the quads that are added.
func valuesOf(in []graph.Delta, add map[graph.QuadHash]int) (cols columns, err error) {
	values := map[graph.ValueHash]quad.Value{}
	for _, id := range inOrder(add) {
		for _, dir := range quad.Directions {
			if v := in[add[id]].Quad.Get(dir); v != nil {
				values[id.Get(dir)] = v
			}
		}
	}
	for _, h := range slices.SortedFunc(maps.Keys(values), func(a, b graph.ValueHash) int { return bytes.Compare(a[:], b[:]) }) {
		v, err := valueRow(values[h])
		if err != nil {
			return cols, err
		}
		cols.add(h[:], v)
	}
	return cols, nil
}

// onQuads runs a statement on quads, which takes further arguments behind them,
// and returns how many it did something to
// and the values that stand in all of them.
func onQuads(ctx context.Context, tx *sql.Tx, statement string, quads map[graph.QuadHash]int, more ...any) (n int, touched pq.ByteaArray, err error) {
	var part [4]pq.ByteaArray
	seen := map[graph.ValueHash]bool{}
	for _, id := range inOrder(quads) {
		for i, h := range id.Dirs() {
			if !h.Valid() {
				part[i] = append(part[i], nil)
				continue
			}
			part[i] = append(part[i], h[:])
			if !seen[h] {
				seen[h] = true
				touched = append(touched, h[:])
			}
		}
	}
	err = tx.QueryRowContext(ctx, statement, append([]any{part[0], part[1], part[2], part[3]}, more...)...).Scan(&n)
	return n, touched, err
}
