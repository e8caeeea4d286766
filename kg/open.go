package kg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrLocked is wrapped by the error of Open for a folder that another graph, of
// this process or another, has open.
var ErrLocked = errors.New("another graph has the folder open")

// ErrReadOnly is wrapped by the errors of writes to a graph with
// [Options.ReadOnly].
var ErrReadOnly = errors.New("graph is read only")

// Open returns the graph that is kept in a folder, an empty one where the
// folder is empty or missing. Each batch is on the disk when the write returns
// (in a journal, which from time to time gives way to a new snapshot, written
// in the background), so that neither a crash nor a power cut loses it; a batch
// that was being written when that happened is there whole or not at all.
//
// A file that was changed or cut since is refused, with an error that wraps
// [ErrDamaged] and says which and where. With [Options.Recover], Open goes back
// to the last good state instead, writes that anew, and reports what was left
// out through [Graph.Recovered]. One graph may have a folder open for writing
// ([ErrLocked]); with [Options.ReadOnly] any number may, beside it, and each
// sees the state of when it was opened.
//
// The end of a journal is different: what is no whole batch there is taken for
// one that a crash cut off before it was acknowledged, and is left out; Recovered
// tells of it.
//
// The larger parts of the full-text index lie beside the graph, in text-*.segment
// and text-*.bleve. Where they are missing, damaged or behind, the index is made
// of the texts themselves, which takes a little longer and is no error.
//
// The folder is made, but not its parents. opts may be nil.
func Open(dir string, opts *Options) (*Graph, error) {
	g, err := open(dir, opts)
	if err != nil {
		return nil, fmt.Errorf("kg: open %s: %w", dir, err)
	}
	return g, nil
}

func open(dir string, opts *Options) (*Graph, error) {
	g, err := newGraphWith(opts)
	if err != nil {
		return nil, err
	}
	if !g.readOnly {
		if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			return nil, errors.Join(err, g.Close())
		}
		g.lock = flock.New(filepath.Join(dir, "lock"))
		if ok, err := g.lock.TryLock(); err != nil {
			return nil, errors.Join(err, g.Close())
		} else if !ok {
			return nil, errors.Join(ErrLocked, g.Close())
		}
	}
	if err := g.keepIn(folder(dir), opts != nil && opts.Recover); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// keepIn loads the graph from a disk and keeps it there from now on.
func (g *Graph) keepIn(d disk, recover bool) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	k := &keeper{disk: d, readOnly: g.readOnly}
	s, lost, err := k.load(g, recover)
	if err != nil {
		return err
	}
	g.recovered = errors.Join(lost, k.cut)
	if lost != nil && !g.readOnly {
		s = s.compact()
		if k.saved, err = save(d, k.gen, s); err != nil {
			return fmt.Errorf("write the state that was recovered: %w", err)
		}
		k.since = 0
	}
	if s.text, k.texts, err = loadTexts(context.Background(), d, s); err != nil {
		return err
	}
	g.indexNames(s)
	if !g.readOnly {
		g.keep = k
		g.background = saveTexts(d, s, k.texts, g.textLeast) // or else it is made again when the folder is opened the next time
	}
	g.snap.Store(s)
	g.mergeTexts()
	return nil
}

// Recovered says what [Open] left out because it was damaged, and what it took
// for a batch that a crash had cut off, nil where it was nothing.
func (g *Graph) Recovered() error { return g.recovered }
