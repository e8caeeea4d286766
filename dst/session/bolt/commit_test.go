package bolt

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// held opens a store whose committer is busy until release is called, so that
// what is saved meanwhile is in the queue.
func held(t *testing.T) (s *Store, release func()) {
	s = unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	tx, err := s.db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	s.queue.add(newWrite(t.Context(), "delete", id("", "nobody")))
	waitFor(t, s, 0)
	return s, func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}

func waiting(s *Store) int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return len(s.queue.waiting)
}

// waitFor waits until so many writes are in the queue.
func waitFor(t *testing.T, s *Store, n int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); waiting(s) != n; time.Sleep(50 * time.Microsecond) {
		if time.Now().After(end) {
			t.Fatalf("%d writes are queued, want %d", waiting(s), n)
		}
	}
}

// queued waits until n more writes are in the queue.
func queued(t *testing.T, s *Store, n int, do func()) {
	t.Helper()
	before := waiting(s)
	do()
	waitFor(t, s, before+n)
}

func lastTx(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.view(func(tx *bbolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGroupCommit(t *testing.T) {
	s, release := held(t)
	before := lastTx(t, s)
	const n = 300
	errs := make([]error, n)
	var wg sync.WaitGroup
	save := func(i int, c session.Change) {
		wg.Go(func() { errs[i] = s.Save(t.Context(), c) })
	}
	queued(t, s, n, func() {
		for i := range n {
			c := count(counter(i), 0)
			if i%10 == 3 {
				c.Prev = 77 // nothing has that version
			}
			save(i, c)
		}
	})
	release()
	wg.Wait()
	for i, err := range errs {
		if want := i%10 == 3; want != errors.Is(err, session.ErrConflict) || !want && err != nil {
			t.Errorf("save %d: %v", i, err)
		}
	}
	if took := lastTx(t, s) - before; took != 1 {
		t.Errorf("%d saves took %d transactions, want one", n, took)
	}
	for i, at := range allCounted(t, s, n) {
		if want := uint64(min(1, (i+7)%10)); at != want {
			t.Errorf("%s is at %d, want %d", counter(i), at, want)
		}
	}
}

// Several saves of one conversation in one transaction are done in the order in
// which they came: each finds what the one before left.
func TestGroupOrder(t *testing.T) {
	s, release := held(t)
	var wg sync.WaitGroup
	key := counter(1)
	const n = 20
	for i := range uint64(n) {
		queued(t, s, 1, func() {
			wg.Go(func() {
				if err := s.Save(t.Context(), count(key, i)); err != nil {
					t.Errorf("save %d: %v", i, err)
				}
			})
		})
	}
	queued(t, s, 1, func() {
		wg.Go(func() { wantError(t, "a stale save", s.Save(t.Context(), count(key, 3)), session.ErrConflict) })
	})
	queued(t, s, 1, func() {
		wg.Go(func() {
			if err := s.Delete(t.Context(), counter(1), n); err != nil {
				t.Error(err)
			}
		})
	})
	queued(t, s, 1, func() {
		wg.Go(func() {
			if err := s.Save(t.Context(), count(key, 0)); err != nil {
				t.Errorf("save after the delete: %v", err)
			}
		})
	})
	release()
	wg.Wait()
	if at, err := countedTo(t.Context(), s, key); err != nil || at != 1 {
		t.Errorf("%s is at %d, %v", key, at, err)
	}
}

// A save whose context ends in the queue is not done.
func TestCancelledInQueue(t *testing.T) {
	s, release := held(t)
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	queued(t, s, 1, func() {
		wg.Go(func() { wantError(t, "Save", s.Save(ctx, count(counter(1), 0)), context.Canceled) })
	})
	cancel()
	release()
	wg.Wait()
	if err := s.Save(t.Context(), count(counter(2), 0)); err != nil { // after all that was queued
		t.Error(err)
	}
	if got := allCounted(t, s, 3); got[1] != 0 || got[2] != 1 {
		t.Errorf("the conversations are at %d, want 0 0 1", got)
	}
}

func TestCloseWaits(t *testing.T) {
	s, release := held(t)
	var wg sync.WaitGroup
	const n = 10
	queued(t, s, n, func() {
		for i := range n {
			wg.Go(func() {
				if err := s.Save(t.Context(), count(counter(i), 0)); err != nil {
					t.Errorf("a save that was queued before Close: %v", err)
				}
			})
		}
	})
	wg.Go(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for !s.closed.Load() {
		time.Sleep(50 * time.Microsecond)
	}
	wantError(t, "Save after Close", s.Save(t.Context(), count(counter(n), 0)), session.ErrClosed)
	release()
	wg.Wait()
	again := unsynced(t, s.path)
	for i, at := range allCounted(t, again, n) {
		if at != 1 {
			t.Errorf("%s is at %d after reopening", counter(i), at)
		}
	}
}

func TestBackupOfClosed(t *testing.T) {
	s := unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantError(t, "Backup", s.Backup(nil), session.ErrClosed)
}

// After a sync that failed nobody knows what the disk has: what was saved can be
// read, and no more is saved.
func TestSyncFails(t *testing.T) {
	s := unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	if _, err := countOn(t.Context(), s, counter(0)); err != nil {
		t.Fatal(err)
	}
	wantError(t, "a write that fails", s.writeError(&fs.PathError{Op: "write", Path: s.path, Err: syscall.EIO}), syscall.EIO, s.path, "nothing was saved")
	if _, err := countOn(t.Context(), s, counter(0)); err != nil {
		t.Errorf("after a write that failed: %v", err)
	}
	wantError(t, "a sync that fails", s.writeError(syscall.EIO), syscall.EIO, s.path, "synced")
	wantError(t, "a save after it", s.Save(t.Context(), count(counter(0), 2)), syscall.EIO, "opened anew")
	wantError(t, "a delete after it", s.Delete(t.Context(), counter(0), 0), syscall.EIO, "opened anew")
	if n, err := countedTo(t.Context(), s, counter(0)); n != 2 || err != nil {
		t.Errorf("reading after it: %d, %v", n, err)
	}
}
