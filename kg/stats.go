package kg

import "context"

// Stats says what a graph holds.
type Stats struct {
	Facts      int              `json:"facts"`
	Statements int              `json:"statements"` // facts, each counted once for every source that states it
	Things     int              `json:"things"`     // things that have facts
	Predicates []PredicateStats `json:"predicates"` // by name
}

// PredicateStats says what a graph holds of one predicate. These are the
// figures by which [Graph.Find] chooses where to begin.
type PredicateStats struct {
	Name     string `json:"name"`
	Facts    int    `json:"facts"`
	Subjects int    `json:"subjects"` // things that have a value; where it equals Facts, none has two
	Objects  int    `json:"objects"`  // distinct values
}

// Stats returns what the graph holds.
func (g *Graph) Stats(ctx context.Context) (Stats, error) {
	s, err := g.read(ctx, "stats")
	if err != nil {
		return Stats{}, err
	}
	out := Stats{Facts: s.facts, Statements: s.quads, Things: s.subjects}
	for _, n := range s.byName {
		p := s.preds[n]
		if p.facts == 0 {
			continue
		}
		ps := PredicateStats{Name: p.name, Facts: p.facts, Subjects: p.subjects}
		for _, c := range p.posts.chunks {
			ps.Objects += len(c.objects)
		}
		out.Predicates = append(out.Predicates, ps)
	}
	return out, nil
}
