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
	changes := make([]change, 1, len(facts)+1)
	changes[0] = change{fact: Fact{Source: source}, op: sweep}
	for _, f := range facts {
		changes = append(changes, change{fact: f})
	}
	var touched []string
	var old, now *snapshot
	err := g.writeThen(ctx, func(w *writer) error {
		w.keep = keep
		return w.number(ctx, changes)
	}, func(w *writer, changed []subjectChange, next *snapshot) {
		for _, c := range changed {
			touched = append(touched, idOf(w.dict.terms.at(c.subject)))
		}
		old, now = w.s, next
	})
	if err != nil || len(touched) == 0 {
		return Diff{}, err
	}
	slices.Sort(touched)
	return diffOf(touched, old.factsOf, now.factsOf), nil
}
