package kg

import (
	"context"
	"slices"
	"sort"
)

// plan is a query bound to a snapshot.
type plan struct {
	s     *snapshot
	conds []cond // as written, for Why
	lists [][]node
	rest  []cond // conditions that no list stands for
	score map[node]float64
}

// match returns the things that satisfy the plan, by id. It starts from the
// smallest set at hand, intersects it with the other lists, and checks what is
// left of the conditions one thing at a time, until it has the given number.
func (p *plan) match(ctx context.Context, most int) ([]node, error) {
	s := p.s
	base := s.subjects
	slices.SortFunc(p.lists, func(a, b []node) int { return len(a) - len(b) })
	if len(p.lists) > 0 {
		base = p.lists[0]
	}
	rest := p.rest
	if i := p.driver(len(base)); i >= 0 {
		c := rest[i]
		base = s.collect(&c)
		if c.op != All { // of All only the first value was looked at
			rest = slices.Delete(slices.Clone(rest), i, i+1)
		}
		if len(p.lists) > 0 {
			base = intersect(base, p.lists[0])
		}
	}
	for i := 1; i < len(p.lists); i++ {
		base = intersect(base, p.lists[i])
	}
	out := make([]node, 0, min(len(base), 1024))
	every := p.lookEvery()
	for i, n := range base {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if s.isSubject(n) && s.holdsAll(n, rest) {
			if out = append(out, n); len(out) == most {
				break
			}
		}
	}
	return out, ctx.Err()
}

// lookEvery is the number of things after which to look at the context again,
// where the conditions of each are checked.
func (p *plan) lookEvery() int {
	every := 1024
	for i := range p.conds {
		every = min(every, lookEvery(p.conds[i].path))
	}
	return every
}

func (s *snapshot) isSubject(n node) bool {
	return int(n) < s.things && s.first[n] < s.first[n+1]
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
	switch {
	case c.op == Has && h.known:
		return s.byPred[h.pred].subjects, true
	case c.op == Eq && len(c.values) == 1 && c.values[0].kind != Number && h.known:
		return s.subjectsOf(h.pred, s.node(c.values[0])), true
	case !h.known && c.op != Ne && c.op != HasNot:
		return nil, true
	}
	return nil, false
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
	p := &s.byPred[h.pred]
	switch {
	case c.op == Has || h.inverse:
		n = len(p.posts)
	default:
		for _, v := range c.drivers() {
			if v.kind == Number {
				for i := range p.columns {
					lo, hi := p.columns[i].span(v, c.comparison())
					n += hi - lo
				}
			} else if c.comparison() == Eq {
				n += len(s.subjectsOf(h.pred, s.node(v)))
			} else {
				n += len(p.posts)
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
// the condition, ascending; for All, to one that equals the first value.
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
	p := &s.byPred[h.pred]
	var out []node
	if h.inverse { // the values are the subjects of p, references all
		for _, n := range p.subjects {
			if satisfies(&s.values[n], c.comparison(), c.drivers()) {
				for _, r := range s.factsWith(n, h.pred) {
					out = append(out, r.object)
				}
			}
		}
		return s.distinct(out)
	}
	if c.op == Has {
		return p.subjects
	}
	for _, v := range c.drivers() {
		switch {
		case v.kind == Number:
			for i := range p.columns {
				lo, hi := p.columns[i].span(v, c.comparison())
				out = append(out, p.columns[i].subjects[lo:hi]...)
			}
		case c.comparison() == Eq:
			out = append(out, s.subjectsOf(h.pred, s.node(v))...)
		default:
			one := []Value{v}
			for i, o := range p.objects {
				if satisfies(&s.values[o], c.op, one) {
					out = append(out, p.posts[p.start[i]:p.start[i+1]]...)
				}
			}
		}
	}
	return s.distinct(out)
}

// back returns the values from which the hop leads into set.
func (s *snapshot) back(h hop, set []node) []node {
	if !h.known {
		return nil
	}
	var out []node
	for _, n := range set {
		if !h.inverse {
			out = append(out, s.subjectsOf(h.pred, n)...)
			continue
		}
		for _, r := range s.factsWith(n, h.pred) {
			out = append(out, r.object)
		}
	}
	return s.distinct(out)
}

// distinct sorts nodes, dropping duplicates. It may reuse the slice.
func (s *snapshot) distinct(list []node) []node {
	if len(list) < len(s.values)/32 || len(list) < 256 {
		slices.Sort(list)
		return slices.Compact(list)
	}
	marked := make([]uint64, (len(s.values)+63)/64)
	for _, n := range list {
		marked[n/64] |= 1 << (n % 64)
	}
	out := list[:0]
	for w, bits := range marked {
		for b := node(0); bits != 0; b, bits = b+1, bits>>1 {
			if bits&1 != 0 {
				out = append(out, node(w)*64+b)
			}
		}
	}
	return out
}

// span returns the part of the column whose numbers stand in the relation op
// to v.
func (c *column) span(v Value, op Op) (lo, hi int) {
	if !convertible(c.unit, v.text) {
		return 0, 0
	}
	at := func(least int) int { // the first entry that compares with v as least or more
		return sort.Search(len(c.nums), func(i int) bool {
			r, _ := compareNumbers(Value{kind: Number, num: c.nums[i], text: c.unit}, v)
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
		return at(1), len(c.nums)
	default: // Ge
		return at(0), len(c.nums)
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
