package bolt

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Options says how a store is opened; the zero value is what it is without.
type Options struct {
	Timeout time.Duration // how long Open waits for the lock of the file; 0: one second
	Mode    fs.FileMode   // of a file that is made; 0: 0600, for its owner alone
	NoSync  bool          // saves are not synced: what was saved last goes where the machine fails, and the file with it; for tests
}

// A Store is a [session.Store] in a file. It is safe for concurrent use.
type Store struct {
	db   *bbolt.DB
	path string
	file *os.File // the database's own

	begins sync.Mutex    // held while a transaction that reads begins
	broken chan struct{} // closed when none can begin any more
	why    error         // set before broken is closed
	stuck  atomic.Bool   // the database keeps a lock for ever: it cannot be closed

	closed atomic.Bool
	queue  queue
	done   chan struct{} // closed when the committer has ended
	over   sync.Once

	// Of the committer alone.
	refused   error   // why there are no more writes
	unchecked *leaves // that precheck has yet to look at
}

// mapped is how much of the file is mapped from the start, where that costs
// nothing: as long as the file is smaller, no save waits for a Backup to end.
const mapped = 1 << 30

// Open opens the store in a file, which it makes if it is not there. Options may
// be nil.
//
// A file that another program has written, or a newer version of this one, is
// refused, as is one that is damaged, with an error that is session.ErrCorrupt.
// Where the file is open already the error says so, after Options.Timeout.
func Open(path string, o *Options) (*Store, error) {
	if o == nil {
		o = &Options{}
	}
	s := &Store{path: path, broken: make(chan struct{}), done: make(chan struct{}), unchecked: &leaves{}}
	s.queue.init()
	if err := s.open(*o); err != nil {
		return nil, fmt.Errorf("bolt: open %s: %w", path, err)
	}
	go s.commitAll()
	return s, nil
}

func (s *Store) open(o Options) error {
	settings := &bbolt.Options{
		Timeout:      cmp.Or(o.Timeout, time.Second),
		NoSync:       o.NoSync,
		NoStatistics: true,
		FreelistType: bbolt.FreelistMapType,
		OpenFile: func(name string, flag int, mode fs.FileMode) (f *os.File, err error) {
			s.file, err = os.OpenFile(name, flag, mode)
			return s.file, err
		},
	}
	if strconv.IntSize == 64 && runtime.GOOS != "windows" { // which makes the file as large
		settings.InitialMmapSize = mapped
	}
	info, err := os.Stat(s.path)
	fresh := errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
	if err == nil && !fresh { // look before a byte of it changes
		if err := s.inspect(*settings); err != nil {
			return err
		}
	}
	err = s.guarded(func() (err error) {
		s.db, err = bbolt.Open(s.path, cmp.Or(o.Mode, 0o600), settings)
		return err
	})
	if err == nil {
		err = s.prepare()
	}
	if err == nil && fresh && !o.NoSync {
		err = syncFolder(filepath.Dir(s.path))
	}
	if err != nil {
		s.release()
		return openError(err)
	}
	return nil
}

// syncFolder makes sure that the name of a new file is there after a crash.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" { // where folders cannot be synced
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// release closes the database, or where it cannot be closed its file, having
// freed its lock.
func (s *Store) release() error {
	if s.db != nil && !s.stuck.Load() {
		return s.db.Close()
	}
	if s.file == nil || s.file.Fd() == ^uintptr(0) { // bbolt has closed it
		return nil
	}
	return errors.Join(unlock(s.file), s.file.Close())
}

// Close waits for the saves that are under way, and for a Backup, and closes the
// file. Whatever is called after it returns session.ErrClosed.
func (s *Store) Close() error {
	var err error
	s.over.Do(func() {
		s.closed.Store(true)
		s.queue.close()
		select {
		case <-s.done:
		case <-s.broken: // the committer may wait for ever
		}
		if err = s.release(); err != nil {
			err = fmt.Errorf("bolt: close %s: %w", s.path, err)
		}
	})
	return err
}

// Backup writes a copy of the file as it is at this moment, which Open takes.
// The store can be used meanwhile; its file grows for what is saved, as nothing
// of what is being copied is overwritten. A slow writer should be given a copy in
// a local file instead.
func (s *Store) Backup(w io.Writer) error {
	kept := &errorKeeper{Writer: w}
	err := s.view(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(kept)
		return cmp.Or(kept.err, err)
	})
	if err != nil {
		return fmt.Errorf("bolt: backup of %s: %w", s.path, err)
	}
	return nil
}

// errorKeeper keeps the error of a writer, of which bbolt gives the text alone.
type errorKeeper struct {
	io.Writer
	err error
}

func (k *errorKeeper) Write(b []byte) (int, error) {
	n, err := k.Writer.Write(b)
	k.err = err
	return n, err
}

var _ session.Store = (*Store)(nil)
