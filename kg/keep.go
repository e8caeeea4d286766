package kg

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// keeper keeps a graph on disk. Of each generation there is a snapshot and the
// journal of the batches since; the files of the last but one generation stay
// until the next, so that damage to the newest loses nothing that the older
// ones still tell. Graph.mu guards it.
type keeper struct {
	disk    disk
	gen     uint64
	journal journal
	since   int64                   // bytes of journals since the last snapshot
	saved   int64                   // bytes of that snapshot
	cut     error                   // what was left out at the end of the last journal
	texts   map[*textSegment]uint64 // files of the text index; not guarded: only compactions, one at a time, use it
	// readOnly leaves the folder as it is.
	readOnly bool
}

func snapshotName(gen uint64) string { return fmt.Sprintf("graph-%08d.snapshot", gen) }
func journalName(gen uint64) string  { return fmt.Sprintf("graph-%08d.journal", gen) }

// generations lists what a folder holds.
type generations struct {
	snapshots, journals []uint64 // ascending
	leftovers           []string // files that were being written
}

func listGenerations(d disk) (g generations, err error) {
	names, err := d.list()
	if err != nil {
		return g, err
	}
	for _, name := range names {
		base, kind, _ := strings.Cut(name, ".")
		digits, ours := strings.CutPrefix(base, "graph-")
		gen, err := strconv.ParseUint(digits, 10, 64)
		switch {
		case !ours || err != nil:
		case kind == "snapshot":
			g.snapshots = append(g.snapshots, gen)
		case kind == "journal":
			g.journals = append(g.journals, gen)
		case kind == "snapshot.new":
			g.leftovers = append(g.leftovers, name)
		}
	}
	slices.Sort(g.snapshots)
	slices.Sort(g.journals)
	return g, nil
}

// load returns the last state of a folder, and opens the end of its journal.
// With recover it goes back to the last good state where the newest files are
// damaged; lost then says what was left out.
func (k *keeper) load(g *Graph, recover bool) (s *snapshot, lost error, err error) {
	files, err := listGenerations(k.disk)
	if err != nil {
		return nil, nil, err
	}
	s, base := emptySnapshot(), uint64(0)
	for i := len(files.snapshots) - 1; i >= 0; i-- {
		base = files.snapshots[i]
		if s, err = k.readSnapshot(base); err == nil {
			break
		}
		err = fmt.Errorf("%s: %w", snapshotName(base), err)
		if !recover || !errors.Is(err, ErrDamaged) {
			return nil, nil, err
		}
		lost = errors.Join(lost, err)
		if i == 0 {
			return nil, nil, fmt.Errorf("no snapshot is whole: %w", lost)
		}
	}
	if len(files.snapshots) == 0 && len(files.journals) > 0 && files.journals[0] > 0 {
		return nil, nil, damaged("there is %s, and no snapshot before it", journalName(files.journals[0]))
	}
	s, more, err := k.replay(g, s, base, files.journals, recover)
	if lost = errors.Join(lost, more); err != nil {
		return nil, nil, err
	}
	for _, name := range files.leftovers {
		if k.readOnly {
			break
		}
		if err := k.disk.remove(name); err != nil {
			return nil, nil, err
		}
	}
	return s, lost, nil
}

func (k *keeper) readSnapshot(gen uint64) (*snapshot, error) {
	r, err := k.disk.read(snapshotName(gen))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	counted := &countingReader{r: r}
	s, err := readSnapshot(counted)
	k.saved = counted.n
	return s, err
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// replay applies the journals from base on to s, and opens the end of the last.
func (k *keeper) replay(g *Graph, s *snapshot, base uint64, journals []uint64, recover bool) (_ *snapshot, lost, err error) {
	w := g.writer(s)
	k.gen = base
	var size int64
	exists, expect := false, base
	for _, gen := range journals {
		if gen < base {
			continue
		}
		if gen != expect {
			return nil, nil, damaged("%s is missing", journalName(expect))
		}
		k.gen, exists, expect = gen, true, gen+1
		if size, err = k.replayOne(w, gen); err != nil {
			err = fmt.Errorf("%s: %w", journalName(gen), err)
			if !recover || !errors.Is(err, ErrDamaged) {
				return nil, nil, err
			}
			lost = err
			break
		}
		k.since += size
	}
	s = g.next(w, w.replayed())
	if lost != nil { // what is behind the damage stays for whoever wants to look at it
		k.gen = slices.Max(append(journals, k.gen)) + 1
		exists = false
	}
	if !k.readOnly {
		err = k.openJournal(exists, size)
	}
	return s, lost, err
}

// openJournal opens the journal of the generation, behind the bytes of it that
// stand, or makes it.
func (k *keeper) openJournal(exists bool, size int64) (err error) {
	if exists {
		k.journal.size = size
		k.journal.file, err = k.disk.append(journalName(k.gen), size)
		return err
	}
	k.journal = journal{}
	if k.journal.file, err = k.disk.create(journalName(k.gen)); err == nil {
		err = k.disk.sync()
	}
	return err
}

func (k *keeper) replayOne(w *writer, gen uint64) (int64, error) {
	r, err := k.disk.read(journalName(gen))
	if err != nil {
		return 0, err
	}
	defer r.Close()
	k.journal.number = 0
	counted := &countingReader{r: r}
	size, err := replayJournal(counted, &k.journal.number, w.replay)
	if cut := counted.n - size; err == nil && cut > 0 {
		k.cut = fmt.Errorf("%s: the last %d bytes are no whole batch, as after a crash; they were left out", journalName(gen), cut)
	}
	return size, err
}

// rotate begins a new generation: batches from here on go to its journal. The
// snapshot of the state before them follows with save.
func (k *keeper) rotate() error {
	file, err := k.disk.create(journalName(k.gen + 1))
	if err == nil {
		err = k.disk.sync()
	}
	if err != nil {
		return fmt.Errorf("begin %s: %w", journalName(k.gen+1), err)
	}
	old := k.journal
	k.gen++
	k.journal = journal{file: file}
	return old.file.Close() // all of it has reached the disk
}

// save writes the snapshot with which a generation begins. It may run while
// batches are being written.
func save(d disk, gen uint64, s *snapshot) (size int64, err error) {
	name := snapshotName(gen)
	file, err := d.create(name + ".new")
	if err != nil {
		return 0, err
	}
	counted := &countingWriter{w: file}
	err = writeSnapshot(counted, s)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return 0, errors.Join(fmt.Errorf("write %s: %w", name, err), d.remove(name+".new"))
	}
	if err = d.rename(name+".new", name); err == nil {
		err = d.sync()
	}
	return counted.n, err
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// forget removes the generations before the last but one snapshot.
func (k *keeper) forget() error {
	files, err := listGenerations(k.disk)
	if err != nil || len(files.snapshots) < 2 {
		return err
	}
	keep := files.snapshots[len(files.snapshots)-2]
	for _, gen := range files.snapshots {
		if gen < keep {
			err = errors.Join(err, k.disk.remove(snapshotName(gen)))
		}
	}
	for _, gen := range files.journals {
		if gen < keep {
			err = errors.Join(err, k.disk.remove(journalName(gen)))
		}
	}
	return err
}
