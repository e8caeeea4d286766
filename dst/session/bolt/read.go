package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// What is read in one transaction: none is open while its results are yielded.
const (
	listPage = 256     // records
	logPage  = 1 << 20 // bytes, so that a log comes from one moment nearly always
)

// Load implements [session.Store].
func (s *Store) Load(ctx context.Context, key session.Key) (r session.Record, err error) {
	if err := ctx.Err(); err != nil {
		return session.Record{}, err
	}
	k := recordKey(key)
	err = s.view(func(tx *bbolt.Tx) error {
		value := bucket(tx, recordsBucket).Get(k)
		if value == nil {
			return session.ErrNotFound
		}
		h, data, err := unsealRecord(k, value)
		if err == nil {
			r = h.record(key)
			r.Data = bytes.Clone(data)
		}
		return err
	})
	if err != nil {
		return session.Record{}, fmt.Errorf("bolt: load %s: %w", key, err)
	}
	return r, nil
}

// Log implements [session.Store].
func (s *Store) Log(ctx context.Context, key session.Key, from uint64) iter.Seq2[session.Entry, error] {
	return func(yield func(session.Entry, error) bool) {
		record := recordKey(key)
		for at := logKey(record, from); at != nil; {
			var page []session.Entry
			err := ctx.Err()
			if err == nil {
				err = s.view(func(tx *bbolt.Tx) (err error) {
					page, at, err = readLog(bucket(tx, logBucket).Cursor(), record, at)
					return err
				})
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(session.Entry{}, fmt.Errorf("bolt: log of %s: %w", key, err))
				return
			}
		}
	}
}

// readLog reads a page of a log from a key on, and says where the next begins;
// nil is its end.
func readLog(c *bbolt.Cursor, record, at []byte) (page []session.Entry, next []byte, err error) {
	size := 0
	var last []byte
	for k, v := c.Seek(at); k != nil && bytes.HasPrefix(k, record) && len(k) == len(record)+8; k, v = c.Next() {
		if size > logPage {
			return page, bytes.Clone(k), nil
		}
		e, err := unsealEntry(k, v)
		if err == nil {
			err = ascends(k, at, last)
		}
		if err != nil {
			return page, nil, err
		}
		last = k
		page = append(page, e)
		size += len(v)
	}
	return page, nil, nil
}

// ascends reports a key that comes at the wrong place, as in a damaged page: who
// goes on after it might go round for ever.
func ascends(k, from, last []byte) error {
	if bytes.Compare(k, from) < 0 || last != nil && bytes.Compare(k, last) <= 0 {
		return fmt.Errorf("keys are out of order: %w", session.ErrCorrupt)
	}
	return nil
}

// List implements [session.Store]. A damaged record does not keep those after it
// from coming; the error comes at the end.
func (s *Store) List(ctx context.Context, filter session.Filter) iter.Seq2[session.Record, error] {
	return func(yield func(session.Record, error) bool) {
		l := newLister(filter)
		for !l.done {
			l.page = nil
			err := ctx.Err()
			if err == nil {
				err = s.view(l.next)
			}
			for _, r := range l.page {
				if !yield(r, nil) {
					return
				}
			}
			if err != nil {
				l.failed, l.done = err, true
			}
		}
		if l.failed != nil {
			yield(session.Record{}, fmt.Errorf("bolt: list: %w", l.failed))
		}
	}
}

// lister goes through the keys of records that a filter may admit: through the
// records themselves, through a user's in the index of users, or through those
// that expire, which it collects first because their index has another order.
type lister struct {
	filter session.Filter
	bucket []byte
	prefix []byte // of the keys to go through
	cut    int    // bytes of these before the record's key
	at     []byte // where the next page begins
	sorted [][]byte
	page   []session.Record
	failed error // of the first damaged record
	done   bool
}

func newLister(f session.Filter) *lister {
	l := &lister{filter: f, bucket: recordsBucket}
	if f.User != "" {
		l.bucket, l.prefix = usersBucket, appendName(nil, f.User)
		l.cut = len(l.prefix)
	}
	if !f.AllTenants {
		l.prefix = appendName(l.prefix, f.Tenant)
	}
	l.at = l.prefix
	return l
}

// next reads a page.
func (l *lister) next(tx *bbolt.Tx) error {
	records := bucket(tx, recordsBucket)
	if l.filter.User == "" && !l.filter.Expired.IsZero() {
		if l.sorted == nil {
			l.sorted = l.expired(tx)
		}
		n := min(listPage, len(l.sorted))
		for _, k := range l.sorted[:n] {
			l.look(k, records.Get(k))
		}
		l.sorted = l.sorted[n:]
		l.done = len(l.sorted) == 0
		return nil
	}
	c := bucket(tx, l.bucket).Cursor()
	n, last := 0, []byte(nil)
	for k, v := c.Seek(l.at); k != nil && bytes.HasPrefix(k, l.prefix); k, v = c.Next() {
		if err := ascends(k, l.at, last); err != nil {
			return err
		}
		last = k
		if n++; n > listPage {
			l.at = bytes.Clone(k)
			return nil
		}
		if l.cut > 0 {
			k = k[l.cut:]
			v = records.Get(k)
		}
		l.look(k, v)
	}
	l.done = true
	return nil
}

// expired is the keys of the records that may have expired, in order.
func (l *lister) expired(tx *bbolt.Tx) [][]byte {
	var keys [][]byte
	last := expiryPrefix(l.filter.Expired.UnixMilli())
	c := bucket(tx, expiryBucket).Cursor()
	for k, _ := c.First(); len(k) > len(last) && bytes.Compare(k[:len(last)], last) <= 0; k, _ = c.Next() {
		if record := k[len(last):]; bytes.HasPrefix(record, l.prefix) {
			keys = append(keys, bytes.Clone(record))
		}
	}
	slices.SortFunc(keys, bytes.Compare)
	return slices.CompactFunc(keys, bytes.Equal) // what a damaged record left behind
}

// look takes a record that the filter admits. There may be none where an index
// refers to one that was damaged and deleted.
func (l *lister) look(k, value []byte) {
	if value == nil {
		return
	}
	key, err := parseRecordKey(k)
	var h head
	if err == nil {
		h, _, err = unsealRecord(k, value)
	}
	if err != nil {
		if l.failed == nil {
			l.failed = fmt.Errorf("%s: %w", key, err)
		}
		return
	}
	if r := h.record(key); l.filter.Admits(r) {
		l.page = append(l.page, r)
	}
}
