package kg

import "slices"

// step visits the values that one hop leads to from n, each once, with the row
// on the way; it stops when visit returns false, and reports whether it went to
// the end.
func (s *snapshot) step(n node, h hop, visit func(next node, way triple) bool) bool {
	if !h.known {
		return true
	}
	if h.inverse {
		for _, subject := range s.subjectsOf(h.pred, n) {
			for _, r := range s.factsWith(subject, h.pred) {
				if r.object == n {
					if !visit(subject, triple{subject, r}) {
						return false
					}
					break
				}
			}
		}
		return true
	}
	for _, r := range s.factsWith(n, h.pred) {
		if !visit(r.object, triple{n, r}) {
			return false
		}
	}
	return true
}

// A place is a node with so many hops still to go.
type place struct {
	at   node
	left int
}

// places returns an empty record of places for a path, nil for one of which
// each way is looked at: up to two hops, those are no more than the graph's
// facts. Longer ones may be its square and cube.
func places(path []hop) map[place]bool {
	if len(path) <= 2 {
		return nil
	}
	return map[place]bool{}
}

// walk visits the values that the path leads to from n, some more than once; it
// stops when visit returns false, and reports whether it went to the end. It
// takes time in proportion to the facts that it meets, not to the ways.
func (s *snapshot) walk(n node, path []hop, visit func(value node) bool) bool {
	return s.walkOn(n, path, places(path), visit)
}

func (s *snapshot) walkOn(n node, path []hop, seen map[place]bool, visit func(value node) bool) bool {
	if len(path) == 0 {
		return visit(n)
	}
	if seen != nil {
		here := place{n, len(path)}
		if seen[here] {
			return true
		}
		seen[here] = true
	}
	return s.step(n, path[0], func(next node, _ triple) bool { return s.walkOn(next, path[1:], seen, visit) })
}

// lookEvery is the number of things after which to look at the context again,
// where each is followed along the paths.
func lookEvery(paths ...[]hop) int {
	for _, p := range paths {
		if len(p) > 1 {
			return 1
		}
	}
	return 1024
}

// holds reports whether the condition holds for one thing.
func (s *snapshot) holds(n node, c *cond) bool {
	if c.op == All {
		for i := range c.values {
			if !s.any(n, c.path, Eq, c.values[i:i+1]) {
				return false
			}
		}
		return true
	}
	switch c.op {
	case Ne:
		return !s.any(n, c.path, Eq, c.values)
	case HasNot:
		return !s.any(n, c.path, Has, nil)
	}
	return s.any(n, c.path, c.op, c.values)
}

// any reports whether some value at the end of the path satisfies op.
func (s *snapshot) any(n node, path []hop, op Op, values []Value) bool {
	if len(path) == 1 && !path[0].inverse { // by far the most frequent
		if !path[0].known {
			return false
		}
		if p := s.preds[path[0].pred]; p.forward != nil {
			if p.numbers != nil && op != Has && len(values) == 1 && values[0].kind == Number {
				return p.compareNumber(n, op, &values[0])
			}
			o := p.forward.of(n)
			return o != none && s.satisfies(o, op, values)
		}
		for _, r := range s.factsWith(n, path[0].pred) {
			if s.satisfies(r.object, op, values) {
				return true
			}
		}
		return false
	}
	return !s.walk(n, path, func(v node) bool { return !s.satisfies(v, op, values) })
}

func (s *snapshot) satisfies(n node, op Op, values []Value) bool {
	v := s.terms.at(n)
	if v.kind > Moment {
		p := v.plain()
		v = &p
	}
	return satisfies(v, op, values)
}

// satisfies reports whether one value satisfies Eq (any of values), an
// ordering operator, or Has.
func satisfies(v *Value, op Op, values []Value) bool {
	switch op {
	case Has:
		return true
	case Eq:
		for i := range values {
			if equal(*v, values[i]) {
				return true
			}
		}
		return false
	}
	c, ok := compare(*v, values[0])
	if !ok {
		return false
	}
	switch op {
	case Lt:
		return c < 0
	case Le:
		return c <= 0
	case Gt:
		return c > 0
	case Ge:
		return c >= 0
	}
	return false
}

// A witness gathers the facts on the ways to values that satisfy a condition,
// each once.
type witness struct {
	*snapshot
	op     Op
	want   []Value
	first  bool // one way will do
	proved map[place]bool
	trail  []triple
	named  []triple // of one thing
	known  map[triple]bool
	facts  []Fact // of all things, one behind the other
}

// why returns the facts that make the conditions hold for n.
func (w *witness) why(n node, conds []cond) []Fact {
	from := len(w.facts)
	w.named, w.known = w.named[:0], nil
	for i := range conds {
		c := &conds[i]
		switch c.op {
		case All:
			for i := range c.values {
				w.add(n, c.path, Eq, c.values[i:i+1])
			}
		case Ne: // all the values together
			w.add(n, c.path, Has, nil)
		case HasNot:
		case Has:
			w.first = true
			w.add(n, c.path, Has, nil)
			w.first = false
		default:
			w.add(n, c.path, c.op, c.values)
		}
	}
	if len(w.facts) == from {
		return nil
	}
	return w.facts[from:len(w.facts):len(w.facts)]
}

func (w *witness) add(n node, path []hop, op Op, values []Value) {
	w.op, w.want = op, values
	if len(path) == 1 && !path[0].inverse {
		for _, r := range w.factsWith(n, path[0].pred) {
			if path[0].known && w.satisfies(r.object, op, values) {
				w.nameOne(triple{n, r})
				if w.first {
					return
				}
			}
		}
		return
	}
	w.proved = places(path)
	w.follow(n, path)
}

// follow names the facts of the trail and of the ways on from it that lead to
// a value that satisfies the condition, and reports whether there is one.
func (w *witness) follow(n node, path []hop) bool {
	here := place{n, len(path)}
	found, known := w.proved[here]
	if len(path) == 0 {
		found, known = w.satisfies(n, w.op, w.want), true
	}
	if known { // what comes after it is named already
		if found {
			w.name()
		}
		return found
	}
	w.step(n, path[0], func(next node, way triple) bool {
		w.trail = append(w.trail, way)
		found = w.follow(next, path[1:]) || found
		w.trail = w.trail[:len(w.trail)-1]
		return !(found && w.first)
	})
	if w.proved != nil {
		w.proved[here] = found
	}
	return found
}

func (w *witness) name() {
	for _, t := range w.trail {
		w.nameOne(t)
	}
}

// manyNamed is the number of facts from which a map finds them faster.
const manyNamed = 32

func (w *witness) nameOne(t triple) {
	if len(w.named) < manyNamed {
		if slices.Contains(w.named, t) {
			return
		}
	} else {
		if w.known == nil {
			w.known = make(map[triple]bool, 2*manyNamed)
			for _, t := range w.named {
				w.known[t] = true
			}
		}
		if w.known[t] {
			return
		}
		w.known[t] = true
	}
	w.named = append(w.named, t)
	w.facts = append(w.facts, w.fact(t))
}
