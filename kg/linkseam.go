package kg

import (
	"iter"
	"slices"
)

// nameFacts yields the names in the snapshot.
func (s *snapshot) nameFacts(predicates []string) iter.Seq[nameFact] {
	return func(yield func(nameFact) bool) {
		for _, p := range s.preds {
			rank := nameRank(predicates, p.name)
			if rank < 0 {
				continue
			}
			for o, subjects := range p.posts.each {
				txt, ok := s.value(o).Text()
				for _, n := range subjects {
					if ok && !yield(nameFact{s.id(n), txt, rank}) {
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

// nameChanges returns the names that a batch takes away and those that it
// gives.
func (w *writer) nameChanges(changes []subjectChange, predicates []string) (removed, added []nameFact) {
	ranks := make([]int, len(w.preds))
	for i, p := range w.preds {
		ranks[i] = nameRank(predicates, p.name)
	}
	for _, c := range changes {
		for r, isNew := range rowsOf(c) {
			txt, ok := w.dict.terms.at(r.object).plain().Text()
			if !ok || ranks[r.predicate] < 0 {
				continue
			}
			name := nameFact{idOf(w.dict.terms.at(c.subject)), txt, ranks[r.predicate]}
			if isNew {
				added = append(added, name)
			} else {
				removed = append(removed, name)
			}
		}
	}
	return removed, added
}

// linkBatch is the number of changed names from which the index is made anew.
const linkBatch = 20_000

// changeLinks returns the name index after a batch. Graph.mu is held.
func (g *Graph) changeLinks(w *writer, changes []subjectChange, next *snapshot) *linkIndex {
	removed, added := w.nameChanges(changes, g.names)
	switch n := len(removed) + len(added); {
	case n == 0:
		return w.s.links
	case n > linkBatch:
		g.linking = nil // whatever runs is of no use any more
		return newLinkIndex(next.nameFacts(g.names), g.synonyms)
	}
	x := w.s.links.with(removed, added)
	if g.linking != nil {
		g.linking.missed = append(g.linking.missed, missedNames{removed, added})
	} else if x.wantsCompact() {
		g.compactLinks(x)
	}
	return x
}

// linkCompaction folds the overlays of a name index in the background.
type linkCompaction struct {
	missed []missedNames // by batches since it began; Graph.mu guards them
}

type missedNames struct{ removed, added []nameFact }

func (g *Graph) compactLinks(x *linkIndex) {
	run := &linkCompaction{}
	g.linking = run
	g.workers.Go(func() {
		x = x.compact()
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.linking != run || g.closed {
			return
		}
		g.linking = nil
		for _, m := range run.missed {
			x = x.with(m.removed, m.added)
		}
		s := *g.snap.Load()
		s.links = x
		g.snap.Store(&s)
	})
}
