package kg

import (
	"context"
	"slices"
)

// plan is a query bound to a snapshot.
type plan struct {
	s      *snapshot
	conds  []cond     // as written, for Why
	checks []cond     // all that must hold of a thing, the kind among them
	lists  []postList // things that satisfy some of checks, by number
	sets   [][]node   // the things asked for by id or text, by number
	rest   []cond     // checks that no list stands for
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
		return len(p.lists[0].nodes), true
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
	base, rest, subjects := p.base()
	out := make([]node, 0, min(len(base), 1024))
	every := p.lookEvery()
	for i, n := range base {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(out) == most && n < s.sorted { // further ones come later in the result; those without order may not
			continue
		}
		if (subjects || s.isSubject(n)) && s.holdsAll(n, rest) {
			out = append(out, n)
		}
	}
	if out = s.byID(out); most != all {
		out = out[:min(most, len(out))]
	}
	return out, ctx.Err()
}

// base returns the things to look at, by number, the conditions to check of
// each, and whether all of them are known to have facts.
func (p *plan) base() (base []node, rest []cond, subjects bool) {
	lists := p.allLists()
	size := p.s.subjects
	if len(lists) > 0 {
		size = len(lists[0].nodes)
	}
	subjects = len(p.lists) > 0
	switch i := p.driver(size); {
	case i >= 0:
		c := p.rest[i]
		rest = p.rest
		if c.op != All { // of All only the first value is looked at
			rest = slices.Delete(slices.Clone(rest), i, i+1)
		}
		g := p.s.collect(&c)
		return g.within(lists, int(p.s.terms.n)), rest, subjects || !c.path[0].inverse
	case len(lists) > 0:
		g := gathering{runs: [][]node{lists[0].nodes}}
		return g.within(lists[1:], 0), p.rest, subjects
	}
	base = make([]node, 0, p.s.subjects)
	for n := range p.s.rows.each {
		base = append(base, n)
	}
	return base, p.rest, true
}

// allLists returns the lists and the sets, the shortest first.
func (p *plan) allLists() []postList {
	lists := slices.Clone(p.lists)
	for _, set := range p.sets {
		lists = append(lists, postList{nodes: set})
	}
	slices.SortStableFunc(lists, func(a, b postList) int { return len(a.nodes) - len(b.nodes) })
	return lists
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
