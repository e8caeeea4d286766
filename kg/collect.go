package kg

import (
	"cmp"
	"slices"
)

// list returns the things that satisfy c where they lie ready as one list.
func (s *snapshot) list(c *cond) (postList, bool) {
	if len(c.path) != 1 || c.path[0].inverse {
		return postList{}, false
	}
	h := c.path[0]
	if !h.known {
		return postList{}, c.op != Ne && c.op != HasNot
	}
	if c.op != Eq || slices.ContainsFunc(c.values, func(v Value) bool { return v.kind == Number || v.kind == Moment }) {
		return postList{}, false
	}
	var list postList
	for _, v := range c.values {
		more := s.withValue(h.pred, v)
		switch {
		case len(more.nodes) == 0:
		case len(list.nodes) == 0:
			list = more
		default:
			return postList{}, false
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
				n += len(s.withValue(h.pred, v).nodes)
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
// the condition; for All, to one that equals the first value.
func (s *snapshot) collect(c *cond) gathering {
	last := len(c.path) - 1
	g := s.collectLast(c.path[last], c)
	for i := last - 1; i >= 0; i-- {
		g = s.back(c.path[i], g.distinct(int(s.terms.n)))
	}
	return g
}

func (s *snapshot) collectLast(h hop, c *cond) (g gathering) {
	if !h.known {
		return g
	}
	p := s.preds[h.pred]
	switch {
	case h.inverse:
		return s.collectInverse(h.pred, c)
	case c.op == Has:
		for _, subjects := range p.posts.each {
			g.list(subjects)
		}
		return g
	}
	for _, v := range c.drivers() {
		switch {
		case v.kind == Number || v.kind == Moment:
			s.collectSpan(&g, p, v, c.comparison())
		case c.comparison() == Eq:
			g.list(s.withValue(h.pred, v).nodes)
		default:
			one := []Value{v}
			for o, subjects := range p.posts.each {
				if s.satisfies(o, c.op, one) {
					g.list(subjects)
				}
			}
		}
	}
	return g
}

// collectInverse gathers the objects of subjects that satisfy the condition,
// references all.
func (s *snapshot) collectInverse(pred uint32, c *cond) (g gathering) {
	for n, rows := range s.rows.each {
		if rows = with(rows, pred); len(rows) > 0 && s.satisfies(n, c.comparison(), c.drivers()) {
			for _, r := range rows {
				g.one(r.object)
			}
		}
	}
	return g
}

// collectSpan gathers the subjects whose numbers or times stand in the relation
// op to v.
func (s *snapshot) collectSpan(g *gathering, p *predicate, v Value, op Op) {
	for _, col := range p.columns {
		lo, hi := s.span(col, v, op)
		col.slice(lo, hi, func(_ []float64, links []link) bool {
			for _, l := range links {
				g.one(l.subject)
			}
			return true
		})
	}
}

// back returns the values from which the hop leads into set.
func (s *snapshot) back(h hop, set []node) (g gathering) {
	if !h.known {
		return g
	}
	for _, n := range set {
		if !h.inverse {
			g.list(s.subjectsOf(h.pred, n))
			continue
		}
		for _, r := range s.factsWith(n, h.pred) {
			g.one(r.object)
		}
	}
	return g
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
