package kg

import (
	"context"
	"fmt"
	"slices"
)

// A Facet is a value and how many things have it.
type Facet struct {
	Value Value `json:"value"`
	Count int   `json:"count"`
}

// Domain returns the distinct values that things of a kind ("" is any) have of
// a predicate or path, sorted: numbers by size, then times, texts, references.
func (g *Graph) Domain(ctx context.Context, kind, predicate string) ([]Value, error) {
	facets, err := g.facets(ctx, "domain", Query{Kind: kind}, predicate)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(facets, func(a, b Facet) int { return rank(a.Value, b.Value) })
	out := make([]Value, len(facets))
	for i, f := range facets {
		out[i] = f.Value
	}
	return out, nil
}

// Facets returns the values that the things found by a query have of a
// predicate or path, the most frequent first, then in the order of Domain.
// Limit and Offset of the query make no difference.
func (g *Graph) Facets(ctx context.Context, q Query, predicate string) ([]Facet, error) {
	facets, err := g.facets(ctx, "facets", q, predicate)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(facets, func(a, b Facet) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return rank(a.Value, b.Value)
	})
	return facets, nil
}

func (g *Graph) facets(ctx context.Context, doing string, q Query, predicate string) ([]Facet, error) {
	s, err := g.read(ctx, doing)
	if err != nil {
		return nil, err
	}
	path, err := s.path(predicate)
	if err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	p, err := g.plan(ctx, s, q)
	if err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	found, err := p.match(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	counts, err := s.countEnds(ctx, found, path)
	if err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	at := make(map[Value]int, len(counts)) // several terms of cayley's may be one value
	out := make([]Facet, 0, len(counts))
	for n, count := range counts {
		v := s.value(n)
		if i, ok := at[v]; ok {
			out[i].Count += count
			continue
		}
		at[v] = len(out)
		out = append(out, Facet{v, count})
	}
	return out, nil
}

// countEnds counts how many of the things, which come in any order, lead to
// each value.
func (s *snapshot) countEnds(ctx context.Context, things []node, path []hop) (map[node]int, error) {
	if len(path) == 1 && path[0].known && !path[0].inverse && len(things) > s.preds[path[0].pred].facts/postedOver {
		return s.countPosted(ctx, things, path[0].pred)
	}
	counts := map[node]int{}
	var values []node
	every := lookEvery(path)
	for i, n := range things {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		values = s.appendEnds(values[:0], n, path)
		for _, v := range values {
			counts[v]++
		}
	}
	return counts, ctx.Err()
}

// postedOver is how many facts of a predicate can be looked up in a set in the
// time in which the values of one thing are counted.
const postedOver = 16

// countPosted counts by looking through all facts of the predicate, which is
// faster where there are many things.
func (s *snapshot) countPosted(ctx context.Context, things []node, pred uint32) (map[node]int, error) {
	set := newBits(int(s.terms.n))
	for _, n := range things {
		set.set(n)
	}
	counts := map[node]int{}
	for _, c := range s.preds[pred].posts.chunks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i, o := range c.objects {
			n := 0
			for _, subject := range c.subjects[c.start[i]:c.start[i+1]] {
				n += int(set[subject/64] >> (subject % 64) & 1)
			}
			if n > 0 {
				counts[o] = n
			}
		}
	}
	return counts, nil
}
