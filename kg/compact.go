package kg

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// A graph is compiled anew in the background when the batches since the last
// time have touched half as many facts as it has: terms that are no longer in
// use go, and things lie in the order of their ids again. For a graph on disk,
// the same goes for its journal, in bytes, and the result is written as the
// snapshot of a new generation.

const (
	compactShare = 2       // of the facts, or of the bytes of the snapshot, one in so many
	journalLeast = 4 << 20 // bytes of journal before a snapshot is written
)

// compaction is one run in the background.
type compaction struct {
	missed   [][]byte // records of the batches since it began, until it has caught up; Graph.mu guards them
	caughtUp bool
	gen      uint64 // that it begins, of a graph on disk
	asked    bool   // somebody waits for the error
	done     chan struct{}
	err      error // set before done is closed
}

// wantsCompaction reports whether the state is due for compiling anew.
func (g *Graph) wantsCompaction(s *snapshot) bool {
	if g.running != nil {
		return false
	}
	if s.touched > max(g.compileLeast, s.facts/compactShare) {
		return true
	}
	return g.keep != nil && g.keep.since > max(journalLeast, g.keep.saved/compactShare)
}

// compact starts a compaction of the current state. Graph.mu is held.
func (g *Graph) compact(asked bool) (*compaction, error) {
	s := g.snap.Load()
	if g.keep != nil {
		if err := g.keep.rotate(); err != nil {
			return nil, err
		}
	}
	c := &compaction{asked: asked, done: make(chan struct{})}
	if g.keep != nil {
		c.gen = g.keep.gen
	}
	g.running = c
	g.workers.Go(func() {
		defer close(c.done)
		c.err = g.runCompaction(c, s)
		g.mu.Lock()
		defer g.mu.Unlock()
		g.running = nil
		if c.err != nil && g.keep != nil {
			g.keep.since = 0 // try again when as much has been written once more
		}
		if !c.asked {
			g.background = errors.Join(g.background, c.err)
		}
	})
	return c, nil
}

func (g *Graph) runCompaction(c *compaction, s *snapshot) error {
	s = s.compact()
	if err := g.catchUp(c, s); err != nil || g.keep == nil {
		return err
	}
	keep := g.keep // which stays what it is
	size, err := save(keep.disk, c.gen, s)
	if err != nil {
		return err // the journals before it still tell all
	}
	g.mu.Lock()
	keep.saved, keep.since = size, keep.journal.size
	err = keep.forget()
	g.mu.Unlock()
	return errors.Join(err, saveTexts(keep.disk, g.snap.Load(), keep.texts, g.textLeast))
}

// catchUp applies to s what was written meanwhile and publishes the result.
func (g *Graph) catchUp(c *compaction, s *snapshot) error {
	const few = 32
	for {
		g.mu.Lock()
		missed := c.missed
		c.missed = nil
		last := len(missed) < few
		if !last {
			g.mu.Unlock()
		}
		next, err := g.replayAll(s, missed)
		if last {
			c.caughtUp = true
			if err == nil && !g.closed {
				now := g.snap.Load()
				next.links, next.text = now.links, now.text
				g.snap.Store(next)
			}
			g.mu.Unlock()
		}
		if last || err != nil {
			return err
		}
		s = next
	}
}

// replayAll returns the state after some records.
func (g *Graph) replayAll(s *snapshot, records [][]byte) (*snapshot, error) {
	w := g.writer(s)
	for _, r := range records {
		if err := w.replay(r); err != nil {
			return nil, err
		}
	}
	return g.next(w, w.replayed()), nil
}

// Checkpoint compiles the graph anew, which frees what deleted facts took, and
// writes a snapshot where it is kept on disk, so that it opens without
// replaying a journal. Reads and writes go on meanwhile. Graphs do all this by
// themselves, in the background, when enough has changed; an error that it met
// there is returned by the next Checkpoint or by Close.
func (g *Graph) Checkpoint(ctx context.Context) error {
	c, err := g.startCheckpoint(ctx)
	if err == nil {
		select {
		case <-c.done:
			err = c.err
		case <-ctx.Done():
			err = ctx.Err() // it goes on in the background
		}
	}
	if err != nil {
		return fmt.Errorf("kg: checkpoint: %w", err)
	}
	return nil
}

// startCheckpoint starts a compaction when the one that is running has ended.
func (g *Graph) startCheckpoint(ctx context.Context) (*compaction, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g.mu.Lock()
		switch {
		case g.closed:
			g.mu.Unlock()
			return nil, ErrClosed
		case g.readOnly:
			g.mu.Unlock()
			return nil, ErrReadOnly
		case g.running == nil:
			c, err := g.compact(true)
			err = errors.Join(err, g.background)
			g.background = nil
			g.mu.Unlock()
			return c, err
		}
		running := g.running
		g.mu.Unlock()
		select {
		case <-running.done:
		case <-ctx.Done():
		}
	}
}

// WriteSnapshot writes the state of the graph in the form in which Open keeps
// it: checksummed, with the origins and times of all facts. It is what
// [Graph.ReadSnapshot] reads.
func (g *Graph) WriteSnapshot(ctx context.Context, w io.Writer) error {
	s, err := g.read(ctx, "write snapshot")
	if err != nil {
		return err
	}
	if err := writeSnapshot(cancelWriter{ctx, w}, s.compact()); err != nil {
		return fmt.Errorf("kg: write snapshot: %w", err)
	}
	return nil
}

type cancelWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c cancelWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}

// ReadSnapshot replaces all that the graph holds by a snapshot, at once: reads
// that have begun see what was there before, later ones the snapshot. A
// snapshot that is damaged ([ErrDamaged]) changes nothing. It works on a graph
// with [Options.ReadOnly], since that is how a replica follows the graph that
// it is a copy of; a graph that is kept on disk is refused.
func (g *Graph) ReadSnapshot(ctx context.Context, r io.Reader) error {
	s, err := readSnapshot(cancelReader{ctx, r})
	if err == nil {
		err = g.replace(ctx, s)
	}
	if err != nil {
		return fmt.Errorf("kg: read snapshot: %w", err)
	}
	return nil
}

// cancelReader ends with the context.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

func (c cancelReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

func (g *Graph) replace(ctx context.Context, s *snapshot) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return ErrClosed
	}
	if g.keep != nil {
		return errors.New("the graph is kept on disk; write to it, or open the snapshot's own folder")
	}
	if g.running != nil {
		return errors.New("a checkpoint is running; try again when it has ended")
	}
	old := g.snap.Load()
	ids := changedTexts(old, s)
	var err error
	if s.text, err = old.text.update(ctx, s, ids, g.merges.running); err != nil {
		return err
	}
	g.indexNames(s)
	if err := ctx.Err(); err != nil {
		return err
	}
	g.snap.Store(s)
	g.touchedTexts(ids)
	return nil
}
