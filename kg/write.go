package kg

import (
	"context"
	"fmt"
	"slices"
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
	fact Fact // of removeSubject the subject alone, of sweep the source alone
	op   op
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

// Remove removes facts, whoever states them.
func (b *Batch) Remove(facts ...Fact) {
	for _, f := range facts {
		b.changes = append(b.changes, change{fact: f, op: removeFact})
	}
}

// RemoveSubject removes every fact whose subject is one of the ids. Facts of
// other things that refer to it stay.
func (b *Batch) RemoveSubject(ids ...string) {
	for _, id := range ids {
		b.changes = append(b.changes, change{fact: Fact{Subject: id}, op: removeSubject})
	}
}

// Sync makes facts all that a source states: what the graph has from it
// besides goes, unless another source states it too. The source of each fact
// is the source itself, which one without a source gets, or a row of it
// ("products.json row 17").
func (b *Batch) Sync(source string, facts ...Fact) {
	if source == "" && b.err == nil {
		b.err = fmt.Errorf("sync wants the name of a source")
	}
	b.changes = append(b.changes, change{fact: Fact{Source: source}, op: sweep})
	facts = slices.Clone(facts)
	for i := range facts {
		if facts[i].Source == "" {
			facts[i].Source = source
		}
		f := facts[i]
		if !ofSource(f.Source, source) && b.err == nil {
			b.err = fmt.Errorf("fact %q has source %q, which is no row of %q", clip(f.String()), clip(f.Source), clip(source))
		}
	}
	b.Add(facts...)
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
	if err := g.write(ctx, func(w *writer) error { return w.number(ctx, b.changes) }); err != nil {
		return fmt.Errorf("kg: %s: %w", doing, err)
	}
	return nil
}
