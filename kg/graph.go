package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
)

// ErrClosed is wrapped by the errors of a graph that was closed.
var ErrClosed = errors.New("graph is closed")

// Options changes how a graph reads its facts. The zero value of a field means
// its default.
type Options struct {
	// NamePredicates hold the names of things, the most official first. Each
	// stands for its language variants too: "name" covers "name@zh". The
	// default is "name" and "alias".
	NamePredicates []string
	// KindPredicate holds what [Query.Kind] is compared with, "kind" by default.
	KindPredicate string
	// Synonyms are words that mean the same in names, for [Graph.Link].
	Synonyms []Synonyms
	// ReadOnly refuses writes ([ErrReadOnly]); [Graph.ReadSnapshot] still works.
	ReadOnly bool
	// Recover has [Open] go back to the last good state where files are damaged.
	Recover bool
	// Now is the clock by which facts are dated, time.Now by default.
	Now func() time.Time
}

// A Graph is a set of facts with indexes over them. It is safe for concurrent
// use: reads never wait for writes, each read sees the state after some whole
// batch of writes, and a read that starts after a write returned sees it.
type Graph struct {
	names     []string
	kind      string
	synonyms  *synonymTable
	now       func() time.Time
	readOnly  bool
	recovered error
	snap      atomic.Pointer[snapshot]

	mu      sync.Mutex // guards what follows, and all writing
	merges  textMerges
	keep    *keeper // nil for a graph in memory
	lock    *flock.Flock
	running *compaction     // nil for none
	linking *linkCompaction // nil for none
	workers sync.WaitGroup  // of both
	closed  bool
	// background is what went wrong there and has not been told to anybody.
	background error

	compileLeast int // compileLeast, but in tests
	textLeast    int // likewise
}

// New returns an empty graph in memory. opts may be nil.
func New(opts *Options) (*Graph, error) {
	g, err := newGraphWith(opts)
	if err != nil {
		return nil, fmt.Errorf("kg: new graph: %w", err)
	}
	return g, nil
}

func newGraphWith(opts *Options) (*Graph, error) {
	g := &Graph{names: []string{"name", "alias"}, kind: "kind", now: time.Now, compileLeast: compileLeast, textLeast: textLeast}
	if opts != nil {
		if len(opts.NamePredicates) > 0 {
			g.names = slices.Clone(opts.NamePredicates)
		}
		if opts.KindPredicate != "" {
			g.kind = opts.KindPredicate
		}
		if opts.Now != nil {
			g.now = opts.Now
		}
		g.readOnly = opts.ReadOnly
	}
	var synonyms []Synonyms
	if opts != nil {
		synonyms = opts.Synonyms
	}
	var err error
	if g.synonyms, err = newSynonymTable(synonyms, g.names); err != nil {
		return nil, err
	}
	s := emptySnapshot()
	s.text = newTextReader(nil)
	g.indexNames(s)
	g.snap.Store(s)
	return g, nil
}

// indexNames makes the name index of a snapshot that does not follow from the
// one before.
func (g *Graph) indexNames(s *snapshot) {
	g.linking = nil // whatever runs is of no use any more
	s.links = newLinkIndex(s.nameFacts(g.names), g.synonyms)
}

// Close waits for what runs in the background, releases the indexes and closes
// the files. Reads and writes that start afterwards fail with
// [ErrClosed]; closing again does nothing.
func (g *Graph) Close() error {
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return nil
	}
	g.closed = true
	if g.merges.stop != nil {
		g.merges.stop()
	}
	g.mu.Unlock()
	g.workers.Wait()
	g.merges.group.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.snap.Store(nil)
	err := g.background
	if g.keep != nil && g.keep.journal.file != nil {
		err = errors.Join(err, g.keep.journal.file.Close())
	}
	if g.lock != nil {
		err = errors.Join(err, g.lock.Unlock())
	}
	if err != nil {
		return fmt.Errorf("kg: close: %w", err)
	}
	return nil
}

// read returns the snapshot that one read works on.
func (g *Graph) read(ctx context.Context, doing string) (*snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	s := g.snap.Load()
	if s == nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, ErrClosed)
	}
	return s, nil
}

// Len returns the number of facts, 0 for a closed graph. A fact that several
// sources state counts once.
func (g *Graph) Len() int {
	if s := g.snap.Load(); s != nil {
		return s.facts
	}
	return 0
}
