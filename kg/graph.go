package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
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
	// Now is the clock by which facts are dated, time.Now by default.
	Now func() time.Time
}

// A Graph is a set of facts with indexes over them. It is safe for concurrent
// use: reads never wait for writes, each read sees the state after some whole
// batch of writes, and a read that starts after a write returned sees it.
type Graph struct {
	names []string
	kind  string
	now   func() time.Time
	snap  atomic.Pointer[snapshot]

	mu     sync.Mutex // guards what follows, and all writing
	text   *textIndex
	closed bool

	compileLeast int // compileLeast, but in tests
}

// New returns an empty graph. opts may be nil.
func New(opts *Options) (*Graph, error) {
	g := &Graph{names: []string{"name", "alias"}, kind: "kind", now: time.Now, compileLeast: compileLeast}
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
	}
	var err error
	if g.text, err = newTextIndex(); err != nil {
		return nil, fmt.Errorf("kg: new graph: %w", err)
	}
	s := emptySnapshot()
	if s.text, err = g.text.reader(); err != nil {
		return nil, fmt.Errorf("kg: new graph: %w", err)
	}
	s.links = newLinkIndex(s, g.names)
	g.snap.Store(s)
	return g, nil
}

// Close releases the indexes. Reads and writes that start afterwards fail with
// [ErrClosed]; closing again does nothing.
func (g *Graph) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	g.snap.Store(nil)
	if err := g.text.close(); err != nil {
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
