package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// What one transaction takes at most: a bound of the time and the memory that
// it needs.
const (
	batchWrites = 1024
	batchBytes  = 16 << 20
)

// queue holds the writes that wait for a transaction, in the order in which they
// came.
type queue struct {
	mu      sync.Mutex
	waiting []*write
	closed  bool
	wake    chan struct{} // has room for one
}

func (q *queue) init() { q.wake = make(chan struct{}, 1) }

func (q *queue) add(w *write) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.waiting = append(q.waiting, w)
	q.signal()
	return true
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.signal()
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// next waits for writes and takes what one transaction takes; none means that
// no more will come.
func (q *queue) next() []*write {
	for {
		// Those whose writes have just been saved are about to come with their next
		// ones: let them run before the first of them has a transaction for itself.
		runtime.Gosched()
		if batch, closed := q.take(); len(batch) > 0 || closed {
			return batch
		}
		<-q.wake
	}
}

func (q *queue) take() (batch []*write, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n, size := 0, 0
	for n < len(q.waiting) && n < batchWrites && (n == 0 || size+q.waiting[n].size <= batchBytes) {
		size += q.waiting[n].size
		n++
	}
	batch = q.waiting[:n:n]
	if q.waiting = q.waiting[n:]; len(q.waiting) == 0 {
		q.waiting = nil
	}
	return batch, q.closed
}

// submit hands a write to the committer and waits for its result. A write whose
// context ends before its transaction begins is left out.
func (s *Store) submit(w *write) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.check(); err != nil {
		return err
	}
	if !s.queue.add(w) {
		return w.failed(session.ErrClosed)
	}
	select {
	case err := <-w.done:
		return err
	case <-w.ctx.Done():
		return w.ctx.Err()
	case <-s.broken:
		return w.failed(s.why)
	}
}

func (w *write) failed(err error) error { return fmt.Errorf("bolt: %s: %w", w.what, err) }

// Save implements [session.Store].
func (s *Store) Save(ctx context.Context, c session.Change) error {
	return s.submit(newSave(ctx, c))
}

func newSave(ctx context.Context, c session.Change) *write {
	w := newWrite(ctx, "save", c.Record.Key)
	w.prev, w.head, w.trim = c.Prev, headOf(c.Record), c.Trim
	w.value = sealRecord(w.record, w.head, c.Record.Data)
	w.size = len(w.value)
	for _, e := range c.Append {
		k := logKey(w.record, e.Seq)
		w.log = append(w.log, pair{k, sealEntry(k, e.Data)})
		w.size += len(e.Data)
	}
	return w
}

// Delete implements [session.Store].
func (s *Store) Delete(ctx context.Context, key session.Key, version uint64) error {
	w := newWrite(ctx, "delete", key)
	w.prev = version
	return s.submit(w)
}

// commitAll is the committer: the one goroutine that writes.
func (s *Store) commitAll() {
	defer close(s.done)
	for {
		batch := s.queue.next()
		if len(batch) == 0 {
			return
		}
		err := s.commit(batch)
		if errors.Is(err, session.ErrCorrupt) && len(batch) > 1 { // who is it?
			for _, w := range batch {
				w.finish(s.commit([]*write{w}))
			}
			continue
		}
		for _, w := range batch {
			w.finish(err)
		}
	}
}

func (w *write) finish(err error) {
	if err == nil {
		err = w.result
	}
	if err != nil {
		err = w.failed(err)
	}
	w.done <- err
}

// commit carries writes out in one transaction. An error is that of all of them.
func (s *Store) commit(batch []*write) error {
	if s.refused != nil {
		return s.refused
	}
	tx, err := s.begin(true)
	if err != nil {
		return s.refuse(err, s.stuck.Load())
	}
	err = s.guarded(func() error {
		pages, err := s.precheck(tx)
		if err != nil {
			return err
		}
		changes := 0
		for _, w := range batch {
			if w.result = w.ctx.Err(); w.result != nil {
				continue
			}
			if err := w.apply(tx, pages); err != nil {
				return fmt.Errorf("a page of %s is damaged, restore a backup of it: %w: %w", s.path, err, session.ErrCorrupt)
			}
			if w.result == nil {
				changes++
			}
		}
		if changes == 0 {
			return nil
		}
		return tx.Commit()
	})
	s.end(tx)
	switch {
	case s.stuck.Load():
		return s.refuse(errors.Join(err, fmt.Errorf("%s is damaged, restore a backup of it: %w", s.path, session.ErrCorrupt)), true)
	case err == nil || errors.Is(err, session.ErrCorrupt):
		return err
	}
	return s.writeError(err)
}

// refuse lets no write in any more.
func (s *Store) refuse(err error, forGood bool) error {
	if forGood {
		s.refused = fmt.Errorf("no more is saved until the store is opened anew: %w", err)
	}
	return err
}

// writeError says what an error of a commit means. Nothing of the transaction is
// referred to by what is on the disk, so that the next one may succeed, unless
// it was a sync that failed: then nobody knows what the disk has of what the
// pages in memory show, and to build on them could damage what was saved before.
func (s *Store) writeError(err error) error {
	text := err.Error()
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		written := errors.Is(err, full) && isWrite(err)
		if resized := !errors.Is(err, full) && strings.Contains(text, full.Error()); written || resized {
			if resized { // bbolt gives the text alone
				err = fmt.Errorf("%s: %w", strings.TrimSuffix(text, ": "+full.Error()), full)
			}
			return fmt.Errorf("nothing was saved, as there is no room for %s; make room on its disk or raise the limit, saves will go on then: %w", s.path, err)
		}
	}
	if isWrite(err) || errors.Is(err, berrors.ErrMaxSizeReached) || strings.Contains(text, "resize") || strings.Contains(text, "mmap") {
		return fmt.Errorf("nothing was saved in %s: %w", s.path, err)
	}
	return s.refuse(fmt.Errorf("%s could not be synced to its disk, look at the disk first: %w", s.path, err), true)
}

func isWrite(err error) bool {
	var path *fs.PathError
	return errors.As(err, &path) && path.Op == "write"
}
