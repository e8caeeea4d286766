package kg

import (
	"context"
	"errors"
	"slices"
)

// write makes one batch of the edits that fill gives the writer. Whatever fails
// or is cancelled leaves everything as it was.
func (g *Graph) write(ctx context.Context, fill func(*writer) error) error {
	return g.writeThen(ctx, fill, nil)
}

// writeThen is write, and tells then, where it is not nil, what the batch
// changed.
func (g *Graph) writeThen(ctx context.Context, fill func(*writer) error, then func(w *writer, changes []subjectChange, next *snapshot)) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return ErrClosed
	}
	if g.readOnly {
		return ErrReadOnly
	}
	w := g.writer(g.snap.Load())
	if err := fill(w); err != nil {
		return err
	}
	changes := w.fold()
	if len(changes) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	next, err := g.commit(ctx, w, changes)
	if err == nil && then != nil {
		then(w, changes, next)
	}
	return err
}

// compileOver is the share of the facts, one in so many, from which a batch
// is cheaper to compile than to apply.
const compileOver = 8

// compileLeast is the number of facts from which that is looked at: compiling
// fewer takes no time, and leaves nothing behind.
const compileLeast = 2000

// next makes the snapshot after the changes.
func (g *Graph) next(w *writer, changes []subjectChange) *snapshot {
	if len(changes) == 0 {
		return w.s
	}
	touched := 0
	for _, c := range changes {
		touched += len(c.old) + len(c.rows)
	}
	if all := w.s.facts + touched; all < g.compileLeast || touched > all/compileOver {
		return w.compile(changes)
	}
	next := w.apply(changes)
	next.touched += touched
	return next
}

// commit makes the snapshot after the changes and publishes it. What has
// reached the journal stands.
func (g *Graph) commit(ctx context.Context, w *writer, changes []subjectChange) (*snapshot, error) {
	old, next := w.s, g.next(w, changes)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	next.text = old.text
	ids := w.textSubjects(changes)
	if len(ids) > 0 {
		var err error
		if next.text, err = old.text.update(ctx, next, ids, g.merges.running); err != nil {
			return nil, err
		}
	}
	var record []byte
	behind := g.running != nil && !g.running.caughtUp
	if g.keep != nil || behind {
		record = w.encode(changes)
	}
	if g.keep != nil {
		before := g.keep.journal.size
		if err := g.keep.journal.write(record); err != nil {
			return nil, err
		}
		g.keep.since += g.keep.journal.size - before
	}
	if behind {
		g.running.missed = append(g.running.missed, record)
	}
	next.links = g.changeLinks(w, changes, next)
	g.snap.Store(next)
	g.touchedTexts(ids)
	if g.wantsCompaction(next) {
		_, err := g.compact(false)
		g.background = errors.Join(g.background, err)
	}
	return next, nil
}

// rowsOf yields the rows that a batch takes from a subject, and those that it
// gives it.
func rowsOf(c subjectChange) func(func(r row, added bool) bool) {
	return func(yield func(row, bool) bool) {
		if without(c.old, c.rows, func(r row) bool { return yield(r, false) }) {
			without(c.rows, c.old, func(r row) bool { return yield(r, true) })
		}
	}
}

// without yields the rows of a that are not in b, and reports whether it went
// to the end.
func without(a, b []row, yield func(row) bool) bool {
	has := func(r row) bool {
		return slices.ContainsFunc(with(b, r.predicate), func(o row) bool { return o.object == r.object })
	}
	if len(b) > manyRows {
		all := make(map[[2]uint32]bool, len(b))
		for _, r := range b {
			all[[2]uint32{r.predicate, r.object}] = true
		}
		has = func(r row) bool { return all[[2]uint32{r.predicate, r.object}] }
	}
	for _, r := range a {
		if !has(r) && !yield(r) {
			return false
		}
	}
	return true
}

// textSubjects returns the ids of the subjects whose texts change, sorted.
func (w *writer) textSubjects(changes []subjectChange) []string {
	var ids []string
	for _, c := range changes {
		for r := range rowsOf(c) {
			if w.dict.terms.at(r.object).plain().kind == String {
				ids = append(ids, idOf(w.dict.terms.at(c.subject)))
				break
			}
		}
	}
	slices.Sort(ids)
	return ids
}
