package bolt

import (
	"errors"
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// bbolt panics on pages that are damaged, and reads a mapped file, so that one
// that somebody has cut short faults. All that calls it does so in guarded.

// guarded makes an error of a panic and of a fault.
func (s *Store) guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a page of %s is damaged (%v), restore a backup of it: %w", s.path, p, session.ErrCorrupt)
		}
	}()
	return do()
}

// begin starts a transaction. Where that panics the database keeps locks that
// nobody can free: those that come after must not wait for them.
func (s *Store) begin(writable bool) (tx *bbolt.Tx, err error) {
	if !writable { // the committer may wait for ever, who waits for it looks at broken
		s.begins.Lock()
		defer s.begins.Unlock()
	}
	select {
	case <-s.broken:
		return nil, s.why
	default:
	}
	if !writable && s.closed.Load() {
		return nil, session.ErrClosed
	}
	err = s.guarded(func() (err error) {
		tx, err = s.db.Begin(writable)
		return err
	})
	switch {
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return nil, session.ErrClosed
	case errors.Is(err, session.ErrCorrupt):
		s.stuck.Store(true)
		if !writable { // a writer keeps only the lock of writers
			s.why = err
			close(s.broken)
		}
	case errors.Is(err, berrors.ErrInvalidMapping):
		return nil, fmt.Errorf("%s could not be mapped into memory, open it anew: %w", s.path, err)
	}
	return tx, err
}

// view runs a function in a transaction that reads.
func (s *Store) view(do func(*bbolt.Tx) error) error {
	tx, err := s.begin(false)
	if err != nil {
		return err
	}
	defer s.end(tx)
	return s.guarded(func() error { return do(tx) })
}

// end gives a transaction up, unless it has ended.
func (s *Store) end(tx *bbolt.Tx) {
	select {
	case <-s.broken: // and its lock kept
		return
	default:
	}
	err := s.guarded(func() error {
		if err := tx.Rollback(); !errors.Is(err, berrors.ErrTxClosed) {
			return err
		}
		return nil
	})
	if err != nil {
		s.stuck.Store(true)
	}
}

// bucket is a bucket that every file has. It panics where there is none, as
// bbolt does on what is damaged.
func bucket(tx *bbolt.Tx, name []byte) *bbolt.Bucket {
	b := tx.Bucket(name)
	if b == nil {
		panic(fmt.Sprintf("no bucket %q", name))
	}
	return b
}
