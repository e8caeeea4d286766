package kg

import "slices"

// stepExpr is where one step leads from a set: to the objects of its members,
// or inversely to the subjects.
type stepExpr struct {
	from    nodeExpr // nil for all nodes
	via     []Value  // nil for all predicates
	inverse bool
}

func (e stepExpr) bind(s *snapshot) nodeSet {
	t := &stepSet{s: s, inverse: e.inverse, every: e.via == nil}
	if e.from != nil {
		t.from = e.from.bind(s)
	}
	if t.every {
		for i := range s.preds {
			t.hops = append(t.hops, edge{uint32(i), none})
		}
	}
	var seen []node
	for i := range e.via {
		n := s.node(e.via[i])
		if n == none || slices.Contains(seen, n) {
			continue
		}
		seen = append(seen, n)
		for _, p := range s.quadPredicates(n) {
			t.addEdge(p, n)
		}
	}
	return t
}

// An edge is a predicate of facts that the quads of the step may have.
type edge struct {
	pred uint32
	only node // the predicate that the quads must have, none for any
}

// addEdge adds what quads with the predicate term there are among those of
// pred.
func (t *stepSet) addEdge(pred uint32, term node) {
	for i := range t.hops {
		if t.hops[i].pred == pred { // of a text that is tagged and one that is not, both
			t.hops[i].only = none
			return
		}
	}
	if p := t.s.preds[pred]; p.term == p.base {
		term = none
	}
	t.hops = append(t.hops, edge{pred, term})
}

type stepSet struct {
	s       *snapshot
	from    nodeSet // nil for all
	hops    []edge
	every   bool // hops are all predicates
	inverse bool

	asked int // how often from was looked into
	// known is from by number, once that was often: with every way to a node,
	// and with one for an evaluation of sets.
	known [2][]node
}

// quads is the number of ways along a row from a member of from.
func (t *stepSet) quads(r *evaluation, h edge, w row) int {
	if h.only != none && t.s.quadPredicate(w) != h.only {
		return 0
	}
	return r.quads(w)
}

// fixed returns the nodes to start from where these are known.
func (t *stepSet) fixed() (fixedSet, bool) {
	f, ok := t.from.(fixedSet)
	return f, ok
}

// posting returns the object whose subjects are the set as they lie in the
// postings, none where there is more to it.
func (t *stepSet) posting() node {
	if f, ok := t.fixed(); ok && t.inverse && len(f) == 1 && len(t.hops) == 1 && t.hops[0].only == none {
		return f[0]
	}
	return none
}

func (*stepSet) open() bool { return false }

func (t *stepSet) single(r *evaluation) bool {
	if len(t.hops) > 1 || r.plural() {
		return false
	}
	if f, ok := t.fixed(); ok && len(f) < 2 || len(t.hops) == 0 {
		return true
	}
	p := t.s.preds[t.hops[0].pred]
	return t.inverse && p.subjects == p.facts && (t.from == nil || t.from.single(r))
}

func (t *stepSet) gather(r *evaluation, g *bag) {
	switch {
	case t.from == nil || t.from.open():
		for _, h := range t.hops {
			if t.gatherAll(r, h, g); r.cut || r.err != nil {
				return
			}
		}
	default:
		from := r.inner(t.from, false)
		for _, n := range from.nodes {
			if t.inverse {
				t.gatherBack(r, n, g)
			} else {
				t.gatherOn(r, n, g)
			}
			if r.full(g) {
				return
			}
		}
	}
}

// gatherBack adds the subjects of an object.
func (t *stepSet) gatherBack(r *evaluation, object node, g *bag) {
	for _, h := range t.hops {
		t.putSubjects(r, h, object, t.s.preds[h.pred].posts.of(object), 1, g)
	}
}

// putSubjects adds the subjects of an object, each so many times.
func (t *stepSet) putSubjects(r *evaluation, h edge, object node, subjects []node, times int, g *bag) {
	if len(subjects) == 0 || h.only != none && t.s.quadPredicate(row{predicate: h.pred, object: object}) != h.only {
		return
	}
	if r.sets || !r.plural() {
		for range times {
			g.list(subjects)
		}
		return
	}
	for _, n := range subjects {
		for range times * t.statements(n, h.pred, object) {
			g.one(n)
		}
	}
}

// statements is the number of sources of a fact that is there.
func (t *stepSet) statements(n node, pred uint32, object node) int {
	for _, w := range t.s.factsWith(n, pred) {
		if w.object == object {
			return statements(&t.s.origins, w.origin)
		}
	}
	return 0
}

// gatherOn adds the objects of a subject.
func (t *stepSet) gatherOn(r *evaluation, subject node, g *bag) {
	if t.every {
		for _, w := range t.s.rows.of(subject) {
			for range r.quads(w) {
				g.one(w.object)
			}
		}
		return
	}
	for _, h := range t.hops {
		for _, w := range t.s.factsWith(subject, h.pred) {
			for range t.quads(r, h, w) {
				g.one(w.object)
			}
		}
	}
}

// waysBetween is the number of quads of a fact that is there.
func (t *stepSet) waysBetween(r *evaluation, h edge, subject, object node) int {
	if h.only != none && t.s.quadPredicate(row{predicate: h.pred, object: object}) != h.only {
		return 0
	}
	if r.sets || !r.plural() {
		return 1
	}
	return t.statements(subject, h.pred, object)
}

// ways looks at the facts of the node.
func (t *stepSet) ways(r *evaluation, n node) int {
	total := 0
	if t.inverse {
		rows := t.s.rows.of(n)
		for _, h := range t.hops {
			for _, w := range with(rows, h.pred) {
				if ways := t.fromWays(r, w.object); ways > 0 {
					if total += ways * t.quads(r, h, w); r.sets && total > 0 {
						return 1
					}
				}
			}
		}
		return total
	}
	for _, h := range t.hops {
		for _, subject := range t.s.preds[h.pred].posts.of(n) {
			if ways := t.fromWays(r, subject); ways > 0 {
				if total += ways * t.waysBetween(r, h, subject, n); r.sets && total > 0 {
					return 1
				}
			}
			if r.stopped() {
				return total
			}
		}
	}
	return total
}

// fromWays is the number of ways to n in from. Where that is asked often, from
// is listed.
func (t *stepSet) fromWays(r *evaluation, n node) int {
	if t.from == nil {
		return 1
	}
	if _, fixed := t.fixed(); fixed || t.from.open() {
		return t.from.ways(r, n)
	}
	t.asked++
	known := t.known[oneIf(r.sets)]
	if known == nil && t.asked*listFactor >= t.from.estimate() {
		from := r.inner(t.from, false)
		known = append(make([]node, 0, len(from.nodes)), from.nodes...)
		slices.Sort(known)
		t.known[oneIf(r.sets)] = known
	}
	if known == nil || r.err != nil {
		return t.from.ways(r, n)
	}
	at, _ := slices.BinarySearch(known, n)
	ways := 0
	for ; at < len(known) && known[at] == n; at++ {
		ways++
	}
	return ways
}
