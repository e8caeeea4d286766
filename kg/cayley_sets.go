package kg

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/shape"
)

// A nodeExpr is a set of nodes in terms, a nodeSet the same bound to one
// snapshot. Nodes count as often as there are ways to them: cayley gives the
// object of two quads twice, and programs ask for Unique where they want it
// once.
type nodeExpr interface {
	bind(s *snapshot) nodeSet
}

type nodeSet interface {
	// estimate is about how many nodes there are.
	estimate() int
	// open reports whether the set is made to be looked into: to list it takes
	// a look at every node.
	open() bool
	// single reports whether there is never more than one way.
	single(r *evaluation) bool
	// gather lists the nodes, each as often as there are ways; in an evaluation of
	// sets at least once.
	gather(r *evaluation, g *bag)
	// ways is the number of ways to n; in an evaluation of sets 1 stands for many.
	ways(r *evaluation, n node) int
}

// An evaluation lists sets.
type evaluation struct {
	s     *snapshot
	ctx   context.Context
	err   error // of the context; what was gathered is not to be used then
	looks int
	sets  bool // ways do not matter
	most  int  // stop the outermost listing at so many, 0 for never
	cut   bool // that was done
}

func newEvaluation(ctx context.Context, s *snapshot) *evaluation {
	return &evaluation{s: s, ctx: ctx, err: ctx.Err()}
}

// stopped looks at the context now and then.
func (r *evaluation) stopped() bool {
	if r.looks++; r.looks%512 == 0 && r.err == nil {
		r.err = r.ctx.Err()
	}
	return r.err != nil
}

// full reports whether the outermost listing has enough.
func (r *evaluation) full(g *bag) bool {
	if r.most > 0 && len(g.nodes) >= r.most {
		r.cut = true
	}
	return r.cut || r.stopped()
}

// plural reports whether some fact has several sources, and thus several
// quads.
func (r *evaluation) plural() bool { return r.s.quads != r.s.facts }

// quads is the number of quads of a row.
func (r *evaluation) quads(w row) int {
	if r.sets || !r.plural() {
		return 1
	}
	return statements(&r.s.origins, w.origin)
}

// list returns the nodes of a set by number, none twice.
func (r *evaluation) list(set nodeSet) []node {
	g := r.inner(set, true)
	return g.distinct(int(r.s.terms.n))
}

// inner lists a set that others are made of, to its end.
func (r *evaluation) inner(set nodeSet, sets bool) bag {
	was := *r
	r.sets, r.most, r.cut = sets || was.sets, 0, false
	var g bag
	set.gather(r, &g)
	r.sets, r.most, r.cut = was.sets, was.most, was.cut
	return g
}

// has reports whether there is a way to n.
func (r *evaluation) has(set nodeSet, n node) bool {
	was := r.sets
	r.sets = true
	ways := set.ways(r, n)
	r.sets = was
	return ways > 0
}

// fixedExpr is some terms.
type fixedExpr []Value

func (f fixedExpr) bind(s *snapshot) nodeSet {
	out := make(fixedSet, 0, len(f))
	for i := range f {
		if n := s.node(f[i]); n != none {
			out = append(out, n)
		}
	}
	return out
}

type fixedSet []node

func (f fixedSet) estimate() int { return len(f) }
func (fixedSet) open() bool      { return false }

func (f fixedSet) single(*evaluation) bool {
	for i, n := range f {
		if slices.Contains(f[:i], n) {
			return false
		}
	}
	return true
}

func (f fixedSet) gather(_ *evaluation, g *bag) {
	for _, n := range f {
		g.one(n)
	}
}

func (f fixedSet) ways(_ *evaluation, n node) int {
	ways := 0
	for _, m := range f {
		if m == n {
			ways++
		}
	}
	return ways
}

// unionExpr is what any of the parts has.
type unionExpr []nodeExpr

func (u unionExpr) bind(s *snapshot) nodeSet { return unionSet(bindAll(u, s)) }

func bindAll(list []nodeExpr, s *snapshot) []nodeSet {
	out := make([]nodeSet, len(list))
	for i, e := range list {
		out[i] = e.bind(s)
	}
	return out
}

type unionSet []nodeSet

func (u unionSet) estimate() int {
	n := 0
	for _, p := range u {
		n += p.estimate()
	}
	return n
}

func (u unionSet) open() bool            { return slices.ContainsFunc(u, nodeSet.open) }
func (unionSet) single(*evaluation) bool { return false }

func (u unionSet) gather(r *evaluation, g *bag) {
	for _, p := range u {
		if p.gather(r, g); r.full(g) {
			return
		}
	}
}

func (u unionSet) ways(r *evaluation, n node) int {
	ways := 0
	for _, p := range u {
		if ways += p.ways(r, n); r.sets && ways > 0 {
			return 1
		}
	}
	return ways
}

// uniqueExpr has each node of a set once.
type uniqueExpr struct{ of nodeExpr }

func (u uniqueExpr) bind(s *snapshot) nodeSet { return uniqueSet{u.of.bind(s)} }

type uniqueSet struct{ nodeSet }

func (uniqueSet) single(*evaluation) bool          { return true }
func (u uniqueSet) gather(r *evaluation, g *bag)   { g.list(r.list(u.nodeSet)) }
func (u uniqueSet) ways(r *evaluation, n node) int { return oneIf(r.has(u.nodeSet, n)) }

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// exceptExpr is all nodes but those of a set.
type exceptExpr struct{ of nodeExpr }

func (e exceptExpr) bind(s *snapshot) nodeSet { return exceptSet{e.of.bind(s), int(s.terms.n)} }

type exceptSet struct {
	of  nodeSet
	all int
}

func (e exceptSet) estimate() int         { return e.all }
func (exceptSet) open() bool              { return true }
func (exceptSet) single(*evaluation) bool { return true }

func (e exceptSet) gather(r *evaluation, g *bag) {
	gone := r.list(e.of)
	for _, n := range r.s.live().appendTo(nil) {
		for len(gone) > 0 && gone[0] < n {
			gone = gone[1:]
		}
		if len(gone) == 0 || gone[0] != n {
			g.one(n)
		}
	}
}

func (e exceptSet) ways(r *evaluation, n node) int { return oneIf(!r.has(e.of, n)) }

// filterExpr has the nodes of a set, of all where it is nil, that pass tests.
type filterExpr struct {
	of    nodeExpr
	tests []shape.Comparison
}

func (f filterExpr) bind(s *snapshot) nodeSet {
	out := filterSet{tests: f.tests, s: s}
	if f.of != nil {
		out.of = f.of.bind(s)
	}
	return out
}

type filterSet struct {
	of    nodeSet
	tests []shape.Comparison
	s     *snapshot
}

func (f filterSet) estimate() int {
	if f.of == nil {
		return int(f.s.terms.n)
	}
	return f.of.estimate()/2 + 1
}

func (f filterSet) open() bool                { return f.of == nil || f.of.open() }
func (f filterSet) single(r *evaluation) bool { return f.of == nil || f.of.single(r) }

func (f filterSet) passes(n node) bool {
	v := f.s.terms.at(n)
	for i := range f.tests {
		if !holdsFor(&f.tests[i], v) {
			return false
		}
	}
	return true
}

func (f filterSet) gather(r *evaluation, g *bag) {
	var from []node
	if f.of == nil {
		from = r.s.live().appendTo(nil)
	} else {
		list := r.inner(f.of, false)
		from = list.nodes
	}
	for _, n := range from {
		if f.passes(n) {
			g.one(n)
		}
		if r.full(g) {
			return
		}
	}
}

func (f filterSet) ways(r *evaluation, n node) int {
	if !f.passes(n) {
		return 0
	}
	if f.of == nil {
		return 1
	}
	return f.of.ways(r, n)
}
