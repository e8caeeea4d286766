package kg

import (
	"cmp"
	"context"
	mathbits "math/bits"
	"slices"
)

// plan is a query bound to a snapshot.
type plan struct {
	s      *snapshot
	conds  []cond   // as written, for Why
	checks []cond   // all that must hold of a thing, the kind among them
	lists  [][]node // things that satisfy some of checks, by number
	sets   [][]node // the things asked for by id or text, by number
	rest   []cond   // checks that no list stands for
	orders []order
	score  map[node]float64
}

// count returns the number of things that satisfy the plan where that can be
// read off an index.
func (p *plan) count() (int, bool) {
	if len(p.sets) > 0 || len(p.checks) > 1 {
		return 0, false
	}
	if len(p.checks) == 0 {
		return p.s.subjects, true
	}
	c := &p.checks[0]
	if len(p.lists) == 1 {
		return len(p.lists[0]), true
	}
	h := c.path[0]
	if len(c.path) > 1 || h.inverse || !h.known || len(c.values) > 1 || c.op == Ne || c.op == HasNot {
		return 0, false
	}
	switch pred := p.s.preds[h.pred]; {
	case c.op == Has:
		return pred.subjects, true
	case pred.facts == pred.subjects && (c.values[0].kind == Number || c.values[0].kind == Moment):
		return p.s.estimate(c)
	}
	return 0, false
}

// match returns the things that satisfy the plan, by id. It starts from the
// smallest set at hand, intersects it with the other lists, and checks what is
// left of the conditions one thing at a time, until it has the given number.
func (p *plan) match(ctx context.Context, most int) ([]node, error) {
	s := p.s
	base, rest := p.base()
	out := make([]node, 0, min(len(base), 1024))
	every := p.lookEvery()
	for i, n := range base {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(out) == most && n < s.sorted { // further ones come later in the result; those without order may not
			continue
		}
		if s.isSubject(n) && s.holdsAll(n, rest) {
			out = append(out, n)
		}
	}
	if out = s.byID(out); most != all {
		out = out[:min(most, len(out))]
	}
	return out, ctx.Err()
}

// base returns the things to look at, by number, and the conditions to check of
// each.
func (p *plan) base() ([]node, []cond) {
	s := p.s
	lists := append(slices.Clone(p.lists), p.sets...)
	slices.SortFunc(lists, func(a, b []node) int { return len(a) - len(b) })
	size := s.subjects
	if len(lists) > 0 {
		size = len(lists[0])
	}
	rest := p.rest
	var base []node
	switch i := p.driver(size); {
	case i >= 0:
		c := rest[i]
		base = s.collect(&c)
		if c.op != All { // of All only the first value was looked at
			rest = slices.Delete(slices.Clone(rest), i, i+1)
		}
	case len(lists) > 0:
		base, lists = lists[0], lists[1:]
	default:
		base = make([]node, 0, s.subjects)
		for n := range s.rows.each {
			base = append(base, n)
		}
	}
	for _, list := range lists {
		base = intersect(base, list)
	}
	return base, rest
}

// lookEvery is the number of things after which to look at the context again,
// where the conditions of each are checked.
func (p *plan) lookEvery() int {
	every := 1024
	for i := range p.conds {
		every = min(every, lookEvery(p.conds[i].path))
	}
	for i := range p.orders {
		every = min(every, lookEvery(p.orders[i].path))
	}
	return every
}

func (s *snapshot) holdsAll(n node, conds []cond) bool {
	for i := range conds {
		if !s.holds(n, &conds[i]) {
			return false
		}
	}
	return true
}

// driver returns the condition of rest to start from, and -1 where starting
// from a list of the given size and checking each thing is cheaper.
func (p *plan) driver(size int) int {
	best, at := size/2, -1 // to gather a thing costs about half as much as to check one
	for i := range p.rest {
		if n, ok := p.s.estimate(&p.rest[i]); ok && n < best {
			best, at = n, i
		}
	}
	return at
}

// list returns the things that satisfy c where they lie ready as one list.
func (s *snapshot) list(c *cond) ([]node, bool) {
	if len(c.path) != 1 || c.path[0].inverse {
		return nil, false
	}
	h := c.path[0]
	if !h.known {
		return nil, c.op != Ne && c.op != HasNot
	}
	if c.op != Eq || slices.ContainsFunc(c.values, func(v Value) bool { return v.kind == Number || v.kind == Moment }) {
		return nil, false
	}
	var list []node
	for _, v := range c.values {
		more := s.withValue(h.pred, v)
		switch {
		case len(more) == 0:
		case len(list) == 0:
			list = more
		default:
			return nil, false
		}
	}
	return list, true
}

// estimate guesses how many things collect would gather for c, and reports
// false where it cannot gather them.
func (s *snapshot) estimate(c *cond) (int, bool) {
	if c.op == Ne || c.op == HasNot {
		return 0, false
	}
	h := c.path[len(c.path)-1]
	if !h.known {
		return 0, true
	}
	n := 0
	p := s.preds[h.pred]
	switch {
	case c.op == Has || h.inverse:
		n = p.facts
	default:
		for _, v := range c.drivers() {
			switch {
			case v.kind == Number || v.kind == Moment:
				for _, col := range p.columns {
					lo, hi := s.span(col, v, c.comparison())
					n += hi - lo
				}
			case c.comparison() == Eq:
				n += len(s.withValue(h.pred, v))
			default:
				n += p.facts
			}
		}
	}
	for range c.path[1:] {
		n = n*8 + 8
	}
	return n, true
}

// drivers are the values by which collect gathers.
func (c *cond) drivers() []Value {
	if c.op == All {
		return c.values[:1]
	}
	return c.values
}

// comparison is the operator by which collect gathers.
func (c *cond) comparison() Op {
	if c.op == All {
		return Eq
	}
	return c.op
}

// collect gathers the values from which the path leads to one that satisfies
// the condition, by number; for All, to one that equals the first value. The
// result may be a list of the snapshot's own.
func (s *snapshot) collect(c *cond) []node {
	last := len(c.path) - 1
	set := s.collectLast(c.path[last], c)
	for i := last - 1; i >= 0; i-- {
		set = s.back(c.path[i], set)
	}
	return set
}

func (s *snapshot) collectLast(h hop, c *cond) []node {
	if !h.known {
		return nil
	}
	p := s.preds[h.pred]
	var g gathering
	if h.inverse { // the values are the subjects of p, references all
		for n, rows := range s.rows.each {
			if rows = with(rows, h.pred); len(rows) > 0 && s.satisfies(n, c.comparison(), c.drivers()) {
				for _, r := range rows {
					g.one(r.object)
				}
			}
		}
		return g.distinct(int(s.terms.n))
	}
	if c.op == Has {
		for _, subjects := range p.posts.each {
			g.list(subjects)
		}
		return g.distinct(int(s.terms.n))
	}
	for _, v := range c.drivers() {
		switch {
		case v.kind == Number || v.kind == Moment:
			for _, col := range p.columns {
				lo, hi := s.span(col, v, c.comparison())
				col.slice(lo, hi, func(_ []float64, links []link) bool {
					for _, l := range links {
						g.one(l.subject)
					}
					return true
				})
			}
		case c.comparison() == Eq:
			g.list(s.withValue(h.pred, v))
		default:
			one := []Value{v}
			for o, subjects := range p.posts.each {
				if s.satisfies(o, c.op, one) {
					g.list(subjects)
				}
			}
		}
	}
	return g.distinct(int(s.terms.n))
}

// back returns the values from which the hop leads into set.
func (s *snapshot) back(h hop, set []node) []node {
	if !h.known {
		return nil
	}
	var g gathering
	for _, n := range set {
		if !h.inverse {
			g.list(s.subjectsOf(h.pred, n))
			continue
		}
		for _, r := range s.factsWith(n, h.pred) {
			g.one(r.object)
		}
	}
	return g.distinct(int(s.terms.n))
}

// gathering collects nodes from lists, each of which comes by number.
type gathering struct {
	nodes   []node
	borrows bool // nodes is somebody's list
	mixed   bool // nodes are not by number
}

func (g *gathering) list(list []node) {
	switch {
	case len(list) == 0:
	case len(g.nodes) == 0:
		g.nodes, g.borrows = list, true
	default:
		g.own()
		g.mixed = true
		g.nodes = append(g.nodes, list...)
	}
}

func (g *gathering) one(n node) {
	g.own()
	g.mixed = g.mixed || len(g.nodes) > 0 && g.nodes[len(g.nodes)-1] >= n
	g.nodes = append(g.nodes, n)
}

func (g *gathering) own() {
	if g.borrows {
		g.nodes, g.borrows = slices.Clone(g.nodes), false
	}
}

// distinct returns the nodes by number, none twice. all is the number of nodes
// that there are.
func (g *gathering) distinct(all int) []node {
	list := g.nodes
	if !g.mixed {
		return list
	}
	if len(list) < all/32 || len(list) < 256 {
		slices.Sort(list)
		return slices.Compact(list)
	}
	marked := newBits(all)
	for _, n := range list {
		marked.set(n)
	}
	return marked.appendTo(list[:0])
}

// bits is a set of nodes.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(n node)      { b[n/64] |= 1 << (n % 64) }
func (b bits) has(n node) bool { return b[n/64]&(1<<(n%64)) != 0 }

// appendTo appends the nodes of the set, by number.
func (b bits) appendTo(out []node) []node {
	for w, word := range b {
		for ; word != 0; word &= word - 1 {
			out = append(out, node(w*64+mathbits.TrailingZeros64(word)))
		}
	}
	return out
}

// span returns the part of the column whose values stand in the relation op to
// v.
func (s *snapshot) span(c *column, v Value, op Op) (lo, hi int) {
	if c.kind != v.kind || c.kind == Number && !convertible(c.unit, v.text) {
		return 0, 0
	}
	at := func(least int) int { // the first entry that compares with v as least or more
		return c.search(func(key float64, l link) bool {
			r := 0
			if c.kind == Moment {
				r = cmp.Or(cmp.Compare(key, v.num), cmp.Compare(s.terms.at(l.object).aux, v.aux))
			} else {
				r, _ = compareNumbers(Value{kind: Number, num: key, text: c.unit}, v)
			}
			return r >= least
		})
	}
	switch op {
	case Eq:
		return at(0), at(1)
	case Lt:
		return 0, at(0)
	case Le:
		return 0, at(1)
	case Gt:
		return at(1), c.len()
	default: // Ge
		return at(0), c.len()
	}
}

// intersect returns what two ascending lists share, in a new slice. It gallops
// through the longer one.
func intersect(a, b []node) []node {
	if len(a) > len(b) {
		a, b = b, a
	}
	out := make([]node, 0, len(a))
	for _, n := range a {
		step := 1
		for step < len(b) && b[step] < n {
			step *= 2
		}
		lo := step / 2
		i, found := slices.BinarySearch(b[lo:min(step+1, len(b))], n)
		b = b[lo+i:]
		if found {
			out = append(out, n)
		}
		if len(b) == 0 {
			break
		}
	}
	return out
}
