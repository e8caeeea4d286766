package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A write is a Save or a Delete on its way to the disk. It holds nothing of what
// the caller gave: who stops waiting may change that.
type write struct {
	ctx    context.Context
	what   string // for errors
	record []byte // key of the record
	prev   uint64 // what the version must be
	head   head
	value  []byte // of the record; nil: it is deleted
	log    []pair // new entries
	trim   uint64
	size   int

	result error // set by apply
	done   chan error
}

type pair struct{ key, value []byte }

func newWrite(ctx context.Context, what string, key session.Key) *write {
	return &write{ctx: ctx, what: what + " " + key.String(), record: recordKey(key), done: make(chan error, 1)}
}

// check reports what bbolt would refuse in the middle of a transaction.
func (w *write) check() error {
	if n := len(userKey(w.head.user, w.record)); n > bbolt.MaxKeySize {
		return fmt.Errorf("bolt: %.100s…: tenant, id and user have %d bytes together, which is too much: %w", w.what, n, session.ErrName)
	}
	if len(w.value) > bbolt.MaxValueSize || slices.ContainsFunc(w.log, func(p pair) bool { return len(p.value) > bbolt.MaxValueSize }) {
		return fmt.Errorf("bolt: %s: a value of 2 GB and more has no place in the store", w.what)
	}
	return nil
}

// apply carries a write out in a transaction and sets its result. An error means
// that the transaction may hold half of it, and must not be committed.
func (w *write) apply(tx *bbolt.Tx, pages *precheck) error {
	records := bucket(tx, recordsBucket)
	old, found, err := w.stored(records)
	if err == nil {
		err = w.compare(old, found)
	}
	if err == nil {
		err = w.look(pages, old)
	}
	w.result = err
	switch {
	case err != nil:
		return nil
	case w.value == nil:
		return errors.Join(w.index(tx, old, head{}), cut(tx, w.record, ^uint64(0), true), records.Delete(w.record))
	}
	return errors.Join(w.index(tx, old, w.head), records.Put(w.record, w.value), w.append(tx, found))
}

// look looks at the pages that the write will change.
func (w *write) look(pages *precheck, old head) error {
	err := errors.Join(pages.key(recordsBucket, w.record), pages.key(logBucket, logKey(w.record, 0)))
	for _, p := range w.log {
		err = errors.Join(err, pages.key(logBucket, p.key))
	}
	for _, h := range []head{old, w.head} {
		if h.user != "" {
			err = errors.Join(err, pages.key(usersBucket, userKey(h.user, w.record)))
		}
		if h.expires != 0 {
			err = errors.Join(err, pages.key(expiryBucket, expiryKey(h.expires, w.record)))
		}
	}
	return err
}

// stored is the head of what is there. A damaged record has none, which is an
// error but for who deletes whatever there is.
func (w *write) stored(records *bbolt.Bucket) (h head, found bool, err error) {
	value := records.Get(w.record)
	if value == nil {
		return head{}, false, nil
	}
	h, _, err = unsealRecord(w.record, value)
	if err != nil && w.value == nil && w.prev == 0 {
		return head{}, true, nil
	}
	return h, true, err
}

func (w *write) compare(old head, found bool) error {
	switch {
	case w.value == nil && !found:
		return session.ErrNotFound
	case w.value == nil && (w.prev == 0 || w.prev == old.version):
		return nil
	case old.version != w.prev:
		return session.ErrConflict
	}
	return nil
}

// index moves a record in the indexes from where its old head is to where its
// new one is.
func (w *write) index(tx *bbolt.Tx, old, next head) error {
	var errs []error
	if old.user != next.user {
		users := bucket(tx, usersBucket)
		if old.user != "" {
			errs = append(errs, users.Delete(userKey(old.user, w.record)))
		}
		if next.user != "" {
			errs = append(errs, users.Put(userKey(next.user, w.record), indexed))
		}
	}
	if (old.expires == 0) != (next.expires == 0) || old.expires>>expiryWindow != next.expires>>expiryWindow {
		expiry := bucket(tx, expiryBucket)
		if old.expires != 0 {
			errs = append(errs, expiry.Delete(expiryKey(old.expires, w.record)))
		}
		if next.expires != 0 {
			errs = append(errs, expiry.Put(expiryKey(next.expires, w.record), indexed))
		}
	}
	return errors.Join(errs...)
}

func (w *write) append(tx *bbolt.Tx, found bool) error {
	var errs []error
	if found && w.trim > 0 {
		errs = append(errs, cut(tx, w.record, w.trim, false))
	}
	if len(w.log) > 0 {
		log := bucket(tx, logBucket)
		for _, p := range w.log {
			errs = append(errs, log.Put(p.key, p.value))
		}
	}
	return errors.Join(errs...)
}

// cut deletes the entries of a log before a number, or all. It collects them
// first: a cursor that deletes skips.
func cut(tx *bbolt.Tx, record []byte, trim uint64, all bool) error {
	log := bucket(tx, logBucket)
	var keys [][]byte
	c := log.Cursor()
	for k, _ := c.Seek(record); k != nil && bytes.HasPrefix(k, record) && len(k) == len(record)+8; k, _ = c.Next() {
		if !all && binary.BigEndian.Uint64(k[len(record):]) >= trim {
			break
		}
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := log.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
