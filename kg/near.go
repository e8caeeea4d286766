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
	for _, pred := range s.byName {
		subjects := s.subjectsOf(pred, n)
		if len(subjects) == 0 {
			continue
		}
		counts = append(counts, predicateCount{s.preds[pred].name, len(subjects)})
		for _, t := range s.triplesWith(nil, pred, n, subjects[:min(len(subjects), most)]) {
			facts = append(facts, s.fact(t))
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
