package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Add adds facts in one batch. A fact that is there already is left as it is.
func (g *Graph) Add(ctx context.Context, facts ...Fact) error {
	return g.update(ctx, "add", func(b *Batch) error { b.Add(facts...); return nil })
}

// Remove removes facts in one batch, whatever their source. A fact that is not
// there is no error.
func (g *Graph) Remove(ctx context.Context, facts ...Fact) error {
	return g.update(ctx, "remove", func(b *Batch) error { b.Remove(facts...); return nil })
}

// Update collects the changes that fn makes to the batch and applies them at
// once: readers see all of them or none. Where fn or a change fails, or the
// context is cancelled, nothing changes. fn must not write to the graph itself;
// what it reads is the state before the batch.
func (g *Graph) Update(ctx context.Context, fn func(*Batch) error) error {
	return g.update(ctx, "update", fn)
}

// A Batch is a list of changes, applied in the order in which they are made.
type Batch struct {
	changes []change
	err     error
}

type change struct {
	fact   Fact
	remove bool
	all    bool // remove every fact of the subject
	void   bool // a later change of the same fact took its place
}

// Add adds facts. An invalid one makes the whole update fail.
func (b *Batch) Add(facts ...Fact) {
	b.changes = slices.Grow(b.changes, len(facts))
	for _, f := range facts {
		if err := f.check(); err != nil && b.err == nil {
			b.err = err
		}
		b.changes = append(b.changes, change{fact: f})
	}
}

// Remove removes facts.
func (b *Batch) Remove(facts ...Fact) {
	for _, f := range facts {
		b.changes = append(b.changes, change{fact: f, remove: true})
	}
}

// RemoveSubject removes every fact whose subject is one of the ids. Facts of
// other things that refer to it stay.
func (b *Batch) RemoveSubject(ids ...string) {
	for _, id := range ids {
		b.changes = append(b.changes, change{fact: Fact{Subject: id}, all: true})
	}
}

func (g *Graph) update(ctx context.Context, doing string, fn func(*Batch) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("kg: %s: %w", doing, err)
	}
	var b Batch
	if err := fn(&b); err != nil {
		return fmt.Errorf("kg: %s: %w", doing, err)
	}
	if b.err != nil {
		return fmt.Errorf("kg: %s: %w", doing, b.err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return fmt.Errorf("kg: %s: %w", doing, ErrClosed)
	}
	if err := g.commit(ctx, b.changes); err != nil {
		return fmt.Errorf("kg: %s: %w", doing, err)
	}
	return nil
}

// commit applies changes to the store and the indexes and publishes them. The
// new snapshot is made first and the store written last, so that whatever
// fails or is cancelled leaves everything as it was.
func (g *Graph) commit(ctx context.Context, changes []change) error {
	old := g.snap.Load()
	d, err := old.diff(ctx, changes)
	if err != nil {
		return err
	}
	if len(d.added) == 0 && len(d.removed) == 0 {
		return nil
	}
	next := compile(d.apply(old))
	if err := ctx.Err(); err != nil {
		return err
	}
	if next.links = old.links; d.touches(func(f Fact) bool { return g.isName(f.Predicate) }) {
		next.links = newLinkIndex(next, g.names)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	written := make(chan error, 1)
	go func() { written <- g.store.apply(d.added, d.removed, len(next.rows), next.all) }()
	next.text = old.text
	if ids := d.textSubjects(); len(ids) > 0 {
		next.text, err = g.text.update(next, ids)
	}
	if serr := <-written; serr != nil {
		g.text.stale() // of a state that never came to be
		return errors.Join(serr, err)
	}
	if err != nil {
		return g.rollback(d, old, err)
	}
	g.snap.Store(next)
	return nil
}

// rollback undoes a batch in the store whose text could not be indexed.
func (g *Graph) rollback(d delta, old *snapshot, cause error) error {
	if err := g.store.apply(d.removed, d.added, len(old.rows), old.all); err != nil {
		return fmt.Errorf("%w; and undoing the batch: %w", cause, err)
	}
	return cause
}

// isName reports whether the predicate is a name predicate or a language
// variant of one.
func (g *Graph) isName(predicate string) bool {
	base, _ := splitLang(predicate)
	return slices.Contains(g.names, base) || slices.Contains(g.names, predicate)
}

// delta is the net effect of a batch: facts that were not there and facts that
// were.
type delta struct {
	added, removed []Fact
	gone           map[Fact]bool // keys of removed
}

// diff reduces changes to their net effect on s.
func (s *snapshot) diff(ctx context.Context, changes []change) (delta, error) {
	want := make(map[Fact]int, len(changes)) // key -> index of the last change
	var list []change
	put := func(c change) {
		k := c.fact.key()
		if i, ok := want[k]; !ok {
			want[k] = len(list)
			list = append(list, c)
		} else if list[i].remove || c.remove { // of two adds the first holds: it has the first source
			list[i].void = true
			want[k] = len(list)
			list = append(list, c)
		}
	}
	bySubject := map[string][]Fact{} // adds of this batch, kept only for RemoveSubject
	wipes := slices.ContainsFunc(changes, func(c change) bool { return c.all })
	for i, c := range changes {
		if i%4096 == 0 && ctx.Err() != nil {
			return delta{}, ctx.Err()
		}
		if !c.all {
			if put(c); wipes && !c.remove {
				bySubject[c.fact.Subject] = append(bySubject[c.fact.Subject], c.fact)
			}
			continue
		}
		for _, f := range append(s.factsOf(c.fact.Subject), bySubject[c.fact.Subject]...) {
			put(change{fact: f, remove: true})
		}
	}
	d := delta{gone: map[Fact]bool{}}
	for _, c := range list {
		if c.void {
			continue
		}
		switch f, there := s.stored(c.fact); {
		case c.remove && there:
			d.removed = append(d.removed, f)
			d.gone[f.key()] = true
		case !c.remove && !there:
			d.added = append(d.added, c.fact)
		}
	}
	return d, nil
}

// apply returns the facts of s after the batch, each subject's in the order in
// which they were added.
func (d delta) apply(s *snapshot) []Fact {
	out := make([]Fact, 0, len(s.rows)+len(d.added)-len(d.removed))
	for f := range s.all {
		if len(d.gone) > 0 && d.gone[f.key()] {
			continue
		}
		out = append(out, f)
	}
	return append(out, d.added...)
}

func (d delta) touches(is func(Fact) bool) bool {
	return slices.ContainsFunc(d.added, is) || slices.ContainsFunc(d.removed, is)
}

// textSubjects returns the subjects whose texts change, in order.
func (d delta) textSubjects() []string {
	var ids []string
	for _, f := range d.added {
		if f.Object.kind == String {
			ids = append(ids, f.Subject)
		}
	}
	for _, f := range d.removed {
		if f.Object.kind == String {
			ids = append(ids, f.Subject)
		}
	}
	slices.SortFunc(ids, strings.Compare)
	return slices.Compact(ids)
}
