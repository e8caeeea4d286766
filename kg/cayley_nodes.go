package kg

import "github.com/cayleygraph/cayley/graph"

// NodesAllIterator iterates over all terms that are in use.
func (qs *quadStore) NodesAllIterator() graph.Iterator {
	s := qs.snapshot()
	r := &refs{name: "slotgraph(all nodes)", size: graph.Size{Size: int64(s.terms.n)}}
	r.scan = func() func([]graph.Ref) []graph.Ref {
		left := s.live().appendTo(nil)
		return func(buf []graph.Ref) []graph.Ref {
			for _, n := range left[:min(256, len(left))] {
				buf = append(buf, s.ref(n))
			}
			left = left[min(256, len(left)):]
			return buf
		}
	}
	r.has = func(ref graph.Ref) bool {
		n := s.nodeOf(ref)
		return n != none && s.inUse(n)
	}
	return r.AsLegacy()
}

// live returns the terms that are part of some quad. It looks at all of them.
func (s *snapshot) live() bitset {
	b := newBits(int(s.terms.n))
	for n, rows := range s.rows.each {
		b.set(n)
		for _, r := range rows {
			b.set(r.object)
			b.set(s.quadPredicate(r))
			for o := r.origin; o != 0; o = s.origins.at(o).rest {
				if label := s.origins.at(o).label; label != none {
					b.set(label)
				}
			}
		}
	}
	return b
}

func (s *snapshot) liveCount() int { return len(s.live().appendTo(nil)) }

// inUse reports whether a term is part of some quad. Of labels all count that
// ever were: to know better, every fact would have to be looked at.
func (s *snapshot) inUse(n node) bool {
	if s.isSubject(n) {
		return true
	}
	for _, p := range s.preds {
		if p.facts > 0 && (p.term == n || p.base == n || len(p.posts.of(n)) > 0) {
			return true
		}
	}
	return s.isLabel(n)
}

func (s *snapshot) isLabel(n node) bool {
	for o := uint32(1); o < s.origins.n; o++ {
		if s.origins.at(o).label == n {
			return true
		}
	}
	return false
}
