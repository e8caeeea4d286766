package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/slotgraph/slotgraph/dst/session"
)

// How much is fetched at once. Between two pages no connection is held: whoever
// ranges over them may use the store, with a pool of one connection too.
const (
	logPage  = 64
	listPage = 500
)

// Load implements [session.Store].
func (s *Store) Load(ctx context.Context, key session.Key) (session.Record, error) {
	var r session.Record
	err := s.read(ctx, func() error {
		row := row{Record: session.Record{Key: key}}
		err := s.pool.QueryRow(ctx, s.sql.load, key.Tenant, key.ID).Scan(&row.User, &row.version, &row.expires, &row.Data)
		r = row.record()
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = session.ErrNotFound
	}
	if err != nil {
		return session.Record{}, s.failed(ctx, "loading "+key.String(), err)
	}
	return r, nil
}

// row is a record as it is read.
type row struct {
	session.Record
	version int64
	expires *int64
}

func (r *row) record() session.Record {
	r.Version = uint64(r.version)
	if r.expires != nil {
		r.Expires = time.UnixMilli(*r.expires)
	}
	return r.Record
}

// Log implements [session.Store]. It reads a few dozen entries at once.
func (s *Store) Log(ctx context.Context, key session.Key, from uint64) iter.Seq2[session.Entry, error] {
	return func(yield func(session.Entry, error) bool) {
		for from := signed(from); ; {
			page, err := pages(ctx, s, s.sql.log, []any{key.Tenant, key.ID, from, logPage}, func(r pgx.CollectableRow) (session.Entry, error) {
				var seq int64
				var data []byte
				err := r.Scan(&seq, &data)
				return session.Entry{Seq: uint64(seq), Data: data}, err
			})
			if err != nil {
				yield(session.Entry{}, s.failed(ctx, "reading the log of "+key.String(), err))
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
			}
			if len(page) < logPage {
				return
			}
			from = int64(page[len(page)-1].Seq) + 1
		}
	}
}

// pages reads all rows of a query, which has a limit, and gives the connection
// back.
func pages[T any](ctx context.Context, s *Store, sql string, args []any, scan pgx.RowToFunc[T]) (page []T, err error) {
	err = s.read(ctx, func() error {
		rows, err := s.pool.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		page, err = pgx.CollectRows(rows, scan)
		return err
	})
	return page, err
}

// List implements [session.Store]. It reads a few hundred records at once, each
// time from the key on at which it was. What has a user or an expiry in the
// filter comes from an index.
func (s *Store) List(ctx context.Context, filter session.Filter) iter.Seq2[session.Record, error] {
	return func(yield func(session.Record, error) bool) {
		sql, args := s.listing(filter)
		for {
			page, err := pages(ctx, s, sql, args, func(r pgx.CollectableRow) (session.Record, error) {
				var row row
				err := r.Scan(&row.Key.Tenant, &row.Key.ID, &row.User, &row.version, &row.expires)
				return row.record(), err
			})
			if err != nil {
				yield(session.Record{}, s.failed(ctx, "listing conversations", err))
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
			}
			if len(page) < listPage {
				return
			}
			last := page[len(page)-1].Key
			args[0], args[1] = last.Tenant, last.ID
		}
	}
}

// listing is the query for a page of what the filter asks for; its first two
// arguments are the key after which it begins, of which none is the first.
func (s *Store) listing(f session.Filter) (sql string, args []any) {
	sql, args = s.sql.list, []any{"", ""}
	add := func(condition string, arg any) {
		args = append(args, arg)
		sql += fmt.Sprintf(" AND "+condition, len(args))
	}
	if !f.AllTenants {
		add("tenant = $%d", f.Tenant)
	}
	if f.User != "" {
		add("owner <> '' AND owner = $%d", f.User)
	}
	if !f.Expired.IsZero() {
		add("expires <= $%d", f.Expired.UnixMilli())
	}
	return fmt.Sprintf("%s ORDER BY tenant, id LIMIT %d", sql, listPage), args
}
