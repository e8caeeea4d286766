package kg

import (
	"context"
	"fmt"
	"slices"
)

// NeighbourOptions bounds what [Graph.Neighbours] returns. The zero value of a
// field means its default.
type NeighbourOptions struct {
	// Limit is how many facts are returned of each predicate and direction, 10 by
	// default. The counts are of all.
	Limit int
	// Predicates are the only ones looked at, where there are any: "brand" for the
	// facts about the thing, "^brand" for those that point to it.
	Predicates []string
}

// A Relation is the facts of one predicate about a thing, or with Back those
// that point to it.
type Relation struct {
	Predicate string `json:"predicate"`
	Back      bool   `json:"back,omitempty"`
	Facts     []Fact `json:"facts"` // the first ones
	Count     int    `json:"count"` // of all
}

// Neighbours returns what is said about a thing and what points to it, by
// predicate: first the facts about it in the order of [Graph.Facts], then those
// that point to it, sorted by subject. An unknown id has none. opts may be nil.
func (g *Graph) Neighbours(ctx context.Context, id string, opts *NeighbourOptions) ([]Relation, error) {
	s, err := g.read(ctx, "neighbours")
	if err != nil {
		return nil, err
	}
	var o NeighbourOptions
	if opts != nil {
		o = *opts
	}
	if o.Limit <= 0 {
		o.Limit = 10
	}
	var out []Relation
	for _, f := range s.factsOf(id) {
		if last := len(out) - 1; last >= 0 && out[last].Predicate == f.Predicate {
			out[last].take(f, o.Limit)
		} else if o.wants(f.Predicate) {
			out = append(out, Relation{Predicate: f.Predicate, Facts: []Fact{f}, Count: 1})
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("kg: neighbours: %w", err)
	}
	facts, counts := s.pointing(id, o.Limit)
	for _, c := range counts {
		r := Relation{Predicate: c.predicate, Back: true, Count: c.count}
		n := min(c.count, o.Limit)
		r.Facts, facts = facts[:n:n], facts[n:]
		if o.wants("^" + c.predicate) {
			out = append(out, r)
		}
	}
	return out, nil
}

func (o *NeighbourOptions) wants(predicate string) bool {
	return len(o.Predicates) == 0 || slices.Contains(o.Predicates, predicate)
}

func (r *Relation) take(f Fact, limit int) {
	if r.Count++; len(r.Facts) < limit {
		r.Facts = append(r.Facts, f)
	}
}
