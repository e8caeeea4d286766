package kg

// walk visits the values that the path leads to from n, a value as often as
// there are ways to it, with the rows on the way; it stops when visit returns
// false, and reports whether it went to the end. The trail is only valid
// during the visit.
func (s *snapshot) walk(n node, path []hop, trail []row, visit func(value node, trail []row) bool) bool {
	if len(path) == 0 {
		return visit(n, trail)
	}
	h := path[0]
	if !h.known {
		return true
	}
	if h.inverse {
		for _, subject := range s.subjectsOf(h.pred, n) {
			r, _ := s.row(subject, h.pred, n)
			if !s.walk(subject, path[1:], append(trail, r), visit) {
				return false
			}
		}
		return true
	}
	for _, r := range s.factsWith(n, h.pred) {
		if !s.walk(r.object, path[1:], append(trail, r), visit) {
			return false
		}
	}
	return true
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
		for _, r := range s.factsWith(n, path[0].pred) {
			if satisfies(&s.values[r.object], op, values) {
				return true
			}
		}
		return false
	}
	return !s.walk(n, path, nil, func(v node, _ []row) bool { return !satisfies(&s.values[v], op, values) })
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

// why returns the facts that make the conditions hold for n.
func (s *snapshot) why(n node, conds []cond) []Fact {
	var out []Fact
	seen := map[row]bool{}
	for i := range conds {
		c := &conds[i]
		one := func(op Op, values []Value) {
			s.walk(n, c.path, nil, func(v node, trail []row) bool {
				if !satisfies(&s.values[v], op, values) {
					return true
				}
				for _, r := range trail {
					if !seen[r] {
						seen[r] = true
						out = append(out, s.fact(r))
					}
				}
				return c.op != Has
			})
		}
		switch c.op {
		case All:
			for i := range c.values {
				one(Eq, c.values[i:i+1])
			}
		case Ne:
			one(Has, nil)
		case HasNot:
		default:
			one(c.op, c.values)
		}
	}
	return out
}
