package kg

import (
	"cmp"
	"math"
	"slices"
)

// interExpr is what all of the parts have.
type interExpr []nodeExpr

func (i interExpr) bind(s *snapshot) nodeSet {
	parts := bindAll(i, s)
	type sized struct {
		nodeSet
		size int
	}
	list := make([]sized, len(parts))
	for j, p := range parts {
		if list[j] = (sized{p, p.estimate()}); p.open() {
			list[j].size = math.MaxInt
		}
	}
	slices.SortStableFunc(list, func(a, b sized) int { return cmp.Compare(a.size, b.size) })
	for j := range list {
		parts[j] = list[j].nodeSet
	}
	return interSet(parts)
}

// interSet is ordered by size, open sets last.
type interSet []nodeSet

func (i interSet) estimate() int { return i[0].estimate() }
func (i interSet) open() bool    { return i[0].open() }

func (i interSet) single(r *evaluation) bool {
	for _, p := range i {
		if !p.single(r) {
			return false
		}
	}
	return true
}

func (i interSet) gather(r *evaluation, g *bag) {
	list := i.list(r)
	if r.sets || i.single(r) {
		g.list(list)
		return
	}
	for _, n := range list {
		for range i.ways(r, n) {
			g.one(n)
		}
		if r.stopped() {
			return
		}
	}
}

func (i interSet) ways(r *evaluation, n node) int {
	ways := 1
	for _, p := range i {
		if ways *= p.ways(r, n); ways == 0 {
			return 0
		}
	}
	return ways
}

// list returns what the parts share. It starts from the smallest, intersects
// it with those that lie ready or are soon listed, and looks the nodes that
// are left up in the others.
func (i interSet) list(r *evaluation) []node {
	list := r.list(i[0])
	for _, p := range i[1:] {
		if len(list) == 0 || r.err != nil {
			return nil
		}
		if ready(p) || !p.open() && p.estimate() < listFactor*len(list) {
			list = intersect(list, r.list(p))
			continue
		}
		kept := make([]node, 0, len(list))
		for _, n := range list {
			if r.has(p, n) {
				kept = append(kept, n)
			}
			if r.stopped() {
				return nil
			}
		}
		list = kept
	}
	return list
}

// listFactor is how much faster a set lists a node than looks one up.
const listFactor = 8

// ready reports whether the set is one list of the snapshot's own.
func ready(p nodeSet) bool {
	t, ok := p.(*stepSet)
	return ok && t.posting() != none
}
