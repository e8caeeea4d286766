package kg

func (t *stepSet) estimate() int {
	f, fixed := t.fixed()
	n := 0
	for _, h := range t.hops {
		p := t.s.preds[h.pred]
		switch {
		case fixed && len(f) <= 16 && t.inverse:
			for _, m := range f {
				n += len(p.posts.of(m))
			}
		case fixed && len(f) <= 16:
			for _, m := range f {
				n += len(t.s.factsWith(m, h.pred))
			}
		case t.from == nil:
			n += p.facts
		case t.from.open():
			n += t.estimateOpen(p)
		default:
			n += min(p.facts, t.estimateFrom(p))
		}
	}
	return n
}

// estimateOpen is about how many facts of p have an end in from.
func (t *stepSet) estimateOpen(p *predicate) int {
	if spans, ok := t.spans(p); ok {
		n := 0
		for _, sp := range spans {
			n += sp.hi - sp.lo
		}
		return n
	}
	return p.facts/2 + 1
}

// estimateFrom is about how many facts of p there are for each node of from
// together.
func (t *stepSet) estimateFrom(p *predicate) int {
	each := 8
	if !t.inverse && p.subjects > 0 {
		each = (p.facts + p.subjects - 1) / p.subjects
	}
	return each*t.from.estimate() + 1
}

// gatherAll goes through the facts of a predicate, where from is all nodes or
// a set to look into.
func (t *stepSet) gatherAll(r *evaluation, h edge, g *bag) {
	p := t.s.preds[h.pred]
	if t.inverse {
		t.gatherSubjects(r, h, g)
		return
	}
	for object, subjects := range p.posts.each {
		times := 0
		for _, n := range subjects {
			if ways := t.fromWays(r, n); ways > 0 {
				times += ways * t.waysBetween(r, h, n, object)
			}
			if r.sets && times > 0 || r.stopped() {
				break
			}
		}
		for range times {
			g.one(object)
		}
		if r.full(g) {
			return
		}
	}
}

// gatherSubjects goes through the objects of a predicate; where from is a range
// of numbers or times, through those only which lie in it.
func (t *stepSet) gatherSubjects(r *evaluation, h edge, g *bag) {
	p := t.s.preds[h.pred]
	put := func(object node, subjects []node) bool {
		if times := t.fromWays(r, object); times > 0 {
			t.putSubjects(r, h, object, subjects, times, g)
		}
		return !r.full(g)
	}
	spans, ok := t.spans(p)
	if !ok {
		p.posts.each(put)
		return
	}
	for _, sp := range spans {
		if !t.gatherSpan(r, h, sp, g) {
			return
		}
	}
	for _, n := range t.s.oddFloats() {
		if !put(n, p.posts.of(n)) {
			return
		}
	}
}

// gatherSpan adds the subjects in a part of a column, and reports whether more
// are wanted.
func (t *stepSet) gatherSpan(r *evaluation, h edge, sp columnSpan, g *bag) bool {
	going := true
	sp.col.slice(sp.lo, sp.hi, func(_ []float64, links []link) bool {
		for _, l := range links {
			for range t.fromWays(r, l.object) * t.waysBetween(r, h, l.subject, l.object) {
				g.one(l.subject)
			}
			if r.full(g) {
				going = false
				return false
			}
		}
		return true
	})
	return going
}
