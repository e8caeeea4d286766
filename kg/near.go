package kg

// What pictures, paths and comparisons read of one state of the graph: the
// facts about a thing (factsOf), those that point to it, and how many there are.

// pointing returns the facts that have the thing as their object, by predicate,
// then subject, at most so many of each predicate, and for each predicate that
// has any, how many there are.
func (s *snapshot) pointing(id string, most int) (facts []Fact, counts []predicateCount) {
	n := s.thing(id)
	if n == none {
		return nil, nil
	}
	for pred, name := range s.preds {
		subjects := s.subjectsOf(uint32(pred), n)
		if len(subjects) == 0 {
			continue
		}
		counts = append(counts, predicateCount{name, len(subjects)})
		for _, from := range subjects[:min(len(subjects), most)] {
			if r, ok := s.row(from, uint32(pred), n); ok {
				facts = append(facts, s.fact(r))
			}
		}
	}
	return facts, counts
}

// A predicateCount is how many facts there are of a predicate.
type predicateCount struct {
	predicate string
	count     int
}

func total(counts []predicateCount) int {
	n := 0
	for _, c := range counts {
		n += c.count
	}
	return n
}

// degree is how many facts are about the thing or point to it.
func (s *snapshot) degree(id string) int {
	_, counts := s.pointing(id, 0)
	return len(s.facts(s.thing(id))) + total(counts)
}
