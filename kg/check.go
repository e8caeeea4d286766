package kg

import "math"

// A check is a condition made ready to be looked at for many things: where the
// predicate has a column by subject, a comparison with what stands there.
type check struct {
	cond *cond

	numbers numbers // the number lies from lo to hi
	lo, hi  float64

	direct  forward // the object is one of objects
	objects []node

	not bool // or not, of either
}

func (s *snapshot) checks(conds []cond) []check {
	out := make([]check, len(conds))
	for i := range conds {
		out[i] = s.check(&conds[i])
	}
	return out
}

func (s *snapshot) check(c *cond) check {
	slow := check{cond: c}
	if len(c.path) != 1 || c.path[0].inverse || !c.path[0].known || len(c.values) == 0 || c.op == All {
		return slow
	}
	p := s.preds[c.path[0].pred]
	switch {
	case p.forward == nil:
		return slow
	case p.numbers != nil && c.op != Ne && len(c.values) == 1:
		return s.numberCheck(p, c)
	case c.op != Eq && c.op != Ne:
		return slow
	}
	out := check{direct: p.forward, not: c.op == Ne}
	for _, v := range c.values {
		if v.kind == Number || v.kind == Moment {
			return slow
		}
		if n := s.node(termIn(p, v)); n != none {
			out.objects = append(out.objects, n)
		}
	}
	return out
}

func (s *snapshot) numberCheck(p *predicate, c *cond) check {
	v, unit := c.values[0], p.columns[0].unit
	if v.kind != Number || unit != v.text && unit != "" && v.text != "" {
		return check{cond: c}
	}
	out := check{numbers: p.numbers, lo: math.Inf(-1), hi: math.Inf(1)}
	switch c.op {
	case Eq:
		out.lo, out.hi = v.num, v.num
	case Lt:
		out.hi = math.Nextafter(v.num, math.Inf(-1))
	case Le:
		out.hi = v.num
	case Gt:
		out.lo = math.Nextafter(v.num, math.Inf(1))
	case Ge:
		out.lo = v.num
	default:
		return check{cond: c}
	}
	return out
}

func (c *check) holds(s *snapshot, n node) bool {
	switch {
	case c.numbers != nil:
		num := c.numbers.of(n)
		return c.lo <= num && num <= c.hi // not NaN
	case c.direct != nil:
		o := c.direct.of(n)
		for _, object := range c.objects {
			if o == object {
				return !c.not
			}
		}
		return c.not
	}
	return s.holds(n, c.cond)
}
