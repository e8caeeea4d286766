package postgres

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/slotgraph/slotgraph/dst/session"
)

// statements are what the store asks of the server.
type statements struct {
	create, update, remove, exists string
	load, log, list                string
	tables, createSchema, layout   string
	setLayout                      string
}

// savedLog is the part of a save after the record's: it does nothing where that
// was not saved. All parts see the tables as they were before, which is why
// entries that are replaced are not trimmed.
const savedLog = `, trimmed AS (
	DELETE FROM {s}.session_log l USING saved s
	WHERE l.tenant = s.tenant AND l.id = s.id AND l.seq < $6 AND l.seq <> ALL ($7::bigint[])
), added AS (
	INSERT INTO {s}.session_log (tenant, id, seq, data)
	SELECT s.tenant, s.id, e.seq, e.data FROM saved s, unnest($7::bigint[], $8::bytea[]) AS e (seq, data)
	ON CONFLICT (tenant, id, seq) DO UPDATE SET data = excluded.data
)
SELECT count(*) FROM saved`

func newStatements(schema string) statements {
	in := func(sql string) string { return strings.ReplaceAll(sql, "{s}", schema) }
	return statements{
		create: in(`WITH saved AS (
			INSERT INTO {s}.session (tenant, id, owner, version, expires, data) VALUES ($1, $2, $3, $4, $5, $9)
			ON CONFLICT DO NOTHING RETURNING tenant, id
		)` + savedLog),
		update: in(`WITH saved AS (
			UPDATE {s}.session SET owner = $3, version = $4, expires = $5, data = $9
			WHERE tenant = $1 AND id = $2 AND version = $10 RETURNING tenant, id
		)` + savedLog),
		remove:       in(`DELETE FROM {s}.session WHERE tenant = $1 AND id = $2 AND ($3::bigint = 0 OR version = $3)`),
		exists:       in(`SELECT EXISTS (SELECT FROM {s}.session WHERE tenant = $1 AND id = $2)`),
		load:         in(`SELECT owner, version, expires, data FROM {s}.session WHERE tenant = $1 AND id = $2`),
		log:          in(`SELECT seq, data FROM {s}.session_log WHERE tenant = $1 AND id = $2 AND seq >= $3 ORDER BY seq LIMIT $4`),
		list:         in(`SELECT tenant, id, owner, version, expires FROM {s}.session WHERE (tenant, id) > ($1, $2)`),
		tables:       in(tables),
		createSchema: in(`CREATE SCHEMA {s}`),
		layout:       in(`SELECT version FROM {s}.session_layout`),
		setLayout:    in(`INSERT INTO {s}.session_layout VALUES ($1)`),
	}
}

// Save implements [session.Store], with one statement.
func (s *Store) Save(ctx context.Context, c session.Change) error {
	what := "saving " + c.Record.Key.String()
	r := &c.Record
	if r.Version == 0 {
		return wrap(what, "", fmt.Errorf("its version is 0"))
	}
	seqs, data := make([]int64, len(c.Append)), make([][]byte, len(c.Append))
	for i, e := range c.Append {
		if e.Seq == 0 || e.Seq > math.MaxInt64 {
			return wrap(what, "", fmt.Errorf("entry number %d of its log: numbers go from 1 to %d", e.Seq, int64(math.MaxInt64)))
		}
		seqs[i], data[i] = int64(e.Seq), notNil(e.Data)
	}
	var expires *int64
	if !r.Expires.IsZero() {
		ms := r.Expires.UnixMilli()
		expires = &ms
	}
	sql, args := s.sql.create, []any{r.Key.Tenant, r.Key.ID, r.User, int64(r.Version), expires, signed(c.Trim), seqs, data, notNil(r.Data)}
	if c.Prev != 0 {
		sql, args = s.sql.update, append(args, int64(c.Prev))
	}
	saved := 0
	err := s.write(ctx, func() error { return s.pool.QueryRow(ctx, sql, args...).Scan(&saved) })
	if err == nil && saved == 0 {
		err = session.ErrConflict
	}
	return s.failed(ctx, what, err)
}

// notNil is for columns that are never null.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// signed is the number of an entry in the database, which has none above the
// greatest.
func signed(seq uint64) int64 { return int64(min(seq, math.MaxInt64)) }

// Delete implements [session.Store]. The log goes with the record, by the foreign
// key.
func (s *Store) Delete(ctx context.Context, key session.Key, version uint64) error {
	deleted := int64(0)
	err := s.write(ctx, func() error {
		tag, err := s.pool.Exec(ctx, s.sql.remove, key.Tenant, key.ID, int64(version))
		deleted = tag.RowsAffected()
		return err
	})
	if err == nil && deleted == 0 {
		err = s.notDeleted(ctx, key, version)
	}
	return s.failed(ctx, "deleting "+key.String(), err)
}

// notDeleted says why nothing was deleted. It asks anew: whoever deletes waits
// for another one that does, but does not see what that one has done.
func (s *Store) notDeleted(ctx context.Context, key session.Key, version uint64) error {
	if version == 0 {
		return session.ErrNotFound
	}
	there := false
	err := s.read(ctx, func() error { return s.pool.QueryRow(ctx, s.sql.exists, key.Tenant, key.ID).Scan(&there) })
	switch {
	case err != nil:
		return err
	case there:
		return session.ErrConflict
	}
	return session.ErrNotFound
}
