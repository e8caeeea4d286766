package kg

import "math"

// forward holds, for a predicate of which no subject has two values, the object
// of each subject by its number, so that it need not be looked for among the
// subject's rows. Its pages are shared between versions.
type forward []*[pageSize]node

// forwardOver is the share of all things, one in so many, from which a
// predicate has one.
const forwardOver = 16

func (f forward) of(n node) node {
	if int(n>>pageBits) >= len(f) || f[n>>pageBits] == nil {
		return none
	}
	return f[n>>pageBits][n%pageSize]
}

// put sets the object of a subject, in a page of its own: one that is not in
// old.
func (f *forward) put(old forward, subject, object node) {
	at := int(subject >> pageBits)
	for len(*f) <= at {
		*f = append(*f, nil)
	}
	if p := (*f)[at]; p == nil || at < len(old) && p == old[at] {
		fresh := new([pageSize]node)
		if p != nil {
			*fresh = *p
		} else {
			for i := range fresh {
				fresh[i] = none
			}
		}
		(*f)[at] = fresh
	}
	(*f)[at][subject%pageSize] = object
}

// change returns the column after the changes, after which each subject has
// one value at most.
func (f forward) change(changes []linkChange) forward {
	out := append(make(forward, 0, len(f)+1), f...)
	for _, c := range changes {
		if c.remove {
			out.put(f, c.subject, none)
		}
	}
	for _, c := range changes {
		if !c.remove {
			out.put(f, c.subject, c.object)
		}
	}
	return out
}

// numbers holds, for a predicate with a forward column whose values are numbers
// of one unit, the number of each subject: one look at memory less.
type numbers []*[pageSize]float64

// of returns the number of a subject, and NaN where it has none.
func (f numbers) of(n node) float64 {
	if int(n>>pageBits) >= len(f) || f[n>>pageBits] == nil {
		return math.NaN()
	}
	return f[n>>pageBits][n%pageSize]
}

// numbersOf returns the numbers of the forward column. Pages that it shares
// with the one that was are taken over.
func (s *snapshot) numbersOf(p *predicate, was *predicate) numbers {
	if p.forward == nil || len(p.columns) != 1 || p.columns[0].kind != Number || p.columns[0].len() != p.facts {
		return nil
	}
	out := make(numbers, len(p.forward))
	for i, page := range p.forward {
		switch {
		case page == nil:
		case was != nil && i < len(was.numbers) && page == was.forward[i]:
			out[i] = was.numbers[i]
		default:
			out[i] = new([pageSize]float64)
			for j, object := range page {
				out[i][j] = math.NaN()
				if object != none {
					out[i][j] = s.terms.at(object).num
				}
			}
		}
	}
	return out
}

// compareNumber reports whether the number of a subject stands in the relation
// op to v.
func (p *predicate) compareNumber(n node, op Op, v *Value) bool {
	num := p.numbers.of(n)
	if num != num {
		return false
	}
	unit := p.columns[0].unit
	if unit != v.text && unit != "" && v.text != "" {
		own := Value{kind: Number, num: num, text: unit}
		return satisfies(&own, op, []Value{*v})
	}
	switch op {
	case Eq:
		return num == v.num
	case Lt:
		return num < v.num
	case Le:
		return num <= v.num
	case Gt:
		return num > v.num
	}
	return num >= v.num // Ge
}
