package kg

import (
	"math/bits"
	"slices"
)

// gathering collects nodes from lists, each of which comes by number, and one
// by one.
type gathering struct {
	runs  [][]node // lists of others, not to be written to
	nodes []node
	mixed bool // nodes are not by number
}

func (g *gathering) list(list []node) {
	if len(list) > 0 {
		g.runs = append(g.runs, list)
	}
}

func (g *gathering) one(n node) {
	g.mixed = g.mixed || len(g.nodes) > 0 && g.nodes[len(g.nodes)-1] >= n
	g.nodes = append(g.nodes, n)
}

// within returns the nodes that are in all of the lists, by number, none twice.
// What is not in them is left out before anything is sorted. all is the number
// of nodes that there are.
func (g *gathering) within(lists []postList, all int) []node {
	if len(lists) == 0 {
		return g.distinct(all)
	}
	var out gathering
	for _, run := range g.runs {
		out.list(inAll(run, lists))
	}
	if len(g.nodes) > 0 {
		nodes := gathering{nodes: g.nodes, mixed: g.mixed}
		out.list(inAll(nodes.distinct(all), lists))
	}
	return out.distinct(all)
}

// inAll returns the nodes of a list that are in all of the others, in a new
// slice.
func inAll(list []node, lists []postList) []node {
	var own []node
	for _, other := range lists {
		if other.set == nil {
			list = intersect(list, other.nodes)
			own = list
			continue
		}
		if own == nil {
			own = make([]node, 0, len(list)/4+8)
		}
		own = own[:0] // what is kept goes no further than what was looked at
		for _, n := range list {
			if other.set.has(n) {
				own = append(own, n)
			}
		}
		list = own
	}
	return list
}

// distinct returns the nodes by number, none twice. It may be somebody's list.
func (g *gathering) distinct(all int) []node {
	switch {
	case len(g.runs) == 0 && !g.mixed:
		return g.nodes
	case len(g.runs) == 1 && len(g.nodes) == 0:
		return g.runs[0]
	case len(g.runs) == 2 && len(g.nodes) == 0:
		return union(g.runs[0], g.runs[1])
	}
	list := slices.Concat(append(g.runs, g.nodes)...)
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

// union returns what is in either of two ascending lists.
func union(a, b []node) []node {
	out := make([]node, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// bitset is a set of nodes.
type bitset []uint64

func newBits(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(n node)      { b[n/64] |= 1 << (n % 64) }
func (b bitset) has(n node) bool { return b[n/64]&(1<<(n%64)) != 0 }

// appendTo appends the nodes of the set, by number.
func (b bitset) appendTo(out []node) []node {
	for w, word := range b {
		for ; word != 0; word &= word - 1 {
			out = append(out, node(w*64+bits.TrailingZeros64(word)))
		}
	}
	return out
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
