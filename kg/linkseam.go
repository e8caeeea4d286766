package kg

import (
	"iter"
	"slices"
)

// nameFacts yields the names in the snapshot.
func (s *snapshot) nameFacts(predicates []string) iter.Seq[nameFact] {
	return func(yield func(nameFact) bool) {
		for p, pred := range s.preds {
			rank := nameRank(predicates, pred)
			if rank < 0 {
				continue
			}
			index := &s.byPred[p]
			for i, o := range index.objects {
				txt, ok := s.values[o].Text()
				for _, n := range index.posts[index.start[i]:index.start[i+1]] {
					if ok && !yield(nameFact{s.values[n].text, txt, rank}) {
						return
					}
				}
			}
		}
	}
}

// nameRank returns the place of a predicate, or of the one that it is a language
// variant of, among the name predicates; -1 for another.
func nameRank(predicates []string, pred string) int {
	if rank := slices.Index(predicates, pred); rank >= 0 {
		return rank
	}
	base, _ := splitLang(pred)
	return slices.Index(predicates, base)
}

// nameFactsOf returns the names among facts.
func nameFactsOf(facts []Fact, predicates []string) []nameFact {
	var out []nameFact
	for _, f := range facts {
		if rank := nameRank(predicates, f.Predicate); rank >= 0 {
			if txt, ok := f.Object.Text(); ok {
				out = append(out, nameFact{f.Subject, txt, rank})
			}
		}
	}
	return out
}
