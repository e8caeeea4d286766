package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// What the bucket of the format says.
const (
	program = "slotgraph/dst/session/bolt"
	layout  = 1 // of the buckets, their keys and values
)

var (
	programKey = []byte("program")
	layoutKey  = []byte("layout")
)

// inspect looks at a file that is there without writing to it.
func (s *Store) inspect(settings bbolt.Options) error {
	settings.ReadOnly, settings.InitialMmapSize = true, 0
	err := s.guarded(func() (err error) {
		s.db, err = bbolt.Open(s.path, 0, &settings)
		return err
	})
	if err == nil {
		err = s.view(func(tx *bbolt.Tx) error {
			var err error
			if s.unchecked, err = checkPages(tx, s.file); err == nil {
				_, err = checkFormat(tx)
			}
			return err
		})
	}
	if err != nil {
		err = openError(err)
	}
	err = errors.Join(err, s.release())
	s.db = nil
	return err
}

// checkFormat reports whether a file is one of this package; new is one in which
// there is nothing yet.
func checkFormat(tx *bbolt.Tx) (fresh bool, err error) {
	b := tx.Bucket(formatBucket)
	if b == nil {
		if k, _ := tx.Cursor().First(); k == nil {
			return true, nil
		}
	}
	if b == nil || string(b.Get(programKey)) != program {
		return false, errors.New("another program's database is in it")
	}
	found, err := strconv.Atoi(string(b.Get(layoutKey)))
	switch {
	case err != nil:
		return false, fmt.Errorf("its layout is %q: %w", b.Get(layoutKey), session.ErrCorrupt)
	case found != layout:
		return false, fmt.Errorf("its layout is %d, and this version of the program knows %d: use the version that wrote it, or a newer one", found, layout)
	}
	for _, name := range [][]byte{recordsBucket, logBucket, usersBucket, expiryBucket} {
		bucket(tx, name)
	}
	return false, nil
}

// prepare makes the buckets of a new file.
func (s *Store) prepare() error {
	fresh := false
	err := s.view(func(tx *bbolt.Tx) (err error) {
		fresh, err = checkFormat(tx)
		return err
	})
	if err != nil || !fresh {
		return err
	}
	return s.guarded(func() error { return s.db.Update(makeBuckets) })
}

func makeBuckets(tx *bbolt.Tx) error {
	for _, name := range [][]byte{formatBucket, recordsBucket, logBucket, usersBucket, expiryBucket} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	b := tx.Bucket(formatBucket)
	return errors.Join(b.Put(programKey, []byte(program)), b.Put(layoutKey, []byte(strconv.Itoa(layout))))
}

// openError says what an error of opening means.
func openError(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("it is open already, in this program or in another one, which has to close it first: %w", err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum),
		strings.Contains(err.Error(), "file size too small"): // which is an error of no name
		return fmt.Errorf("it is no database, or one whose first pages are damaged (%w): %w", err, session.ErrCorrupt)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the program must be allowed to read and write it: %w", err)
	}
	return err
}
