package kg

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Sync makes facts all that a source says, in one batch: they are added, and
// facts that the source gave before and gives no longer go. What other sources
// say is left alone. Facts without a source of their own get this one; the
// others must have it with a row or line number behind it ("shop.json row 17"),
// which makes no difference to a fact: one that stands in another row than
// before is the same, and keeps the source with which it was first stored.
func (g *Graph) Sync(ctx context.Context, source string, facts ...Fact) (Diff, error) {
	const doing = "sync"
	if source == "" {
		return Diff{}, fmt.Errorf("kg: %s: no source; name whose facts these are", doing)
	}
	facts = slices.Clone(facts)
	for i := range facts {
		f := &facts[i]
		if f.Source == "" {
			f.Source = source
		}
		if err := f.check(); err != nil {
			return Diff{}, fmt.Errorf("kg: %s: %w", doing, err)
		}
		if !ofSource(f.Source, source) {
			return Diff{}, fmt.Errorf("kg: %s: fact %q is of source %q, not of %q", doing, clip(f.String()), clip(f.Source), clip(source))
		}
	}
	d, err := g.sync(ctx, source, facts, func(string) bool { return false })
	if err != nil {
		return Diff{}, fmt.Errorf("kg: %s: %w", doing, err)
	}
	return d, nil
}

// ofSource reports whether a fact's source is the given one, or a row or line
// of it.
func ofSource(s, source string) bool {
	rest, ok := strings.CutPrefix(s, source)
	if !ok || rest == "" {
		return ok
	}
	number, ok := strings.CutPrefix(rest, " row ")
	if !ok {
		number, ok = strings.CutPrefix(rest, " line ")
	}
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// sync replaces what a source says by valid facts, except that the things for
// which keep holds lose nothing.
//
// This is the one place that decides which facts go: those stored under the
// source and not given now.
func (g *Graph) sync(ctx context.Context, source string, facts []Fact, keep func(subject string) bool) (Diff, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return Diff{}, ErrClosed
	}
	given := make(map[Fact]bool, len(facts))
	for _, f := range facts {
		given[f.key()] = true
	}
	old := g.snap.Load()
	var changes []change
	n := 0
	for f := range old.all {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return Diff{}, ctx.Err()
		}
		if ofSource(f.Source, source) && !given[f.key()] && !keep(f.Subject) {
			changes = append(changes, change{fact: f, remove: true})
		}
	}
	for _, f := range facts {
		changes = append(changes, change{fact: f})
	}
	if err := g.commit(ctx, changes); err != nil {
		return Diff{}, err
	}
	touched := make([]string, len(changes))
	for i, c := range changes {
		touched[i] = c.fact.Subject
	}
	slices.Sort(touched)
	return diffOf(slices.Compact(touched), old.factsOf, g.snap.Load().factsOf), nil
}
