package kg

import "slices"

// bag collects nodes with their number: one comes as often as there are ways to
// it.
type bag struct {
	nodes   []node
	borrows bool // nodes is somebody's list, not to be written to
	mixed   bool // nodes are not by number
}

// list adds nodes, which come by number.
func (b *bag) list(list []node) {
	switch {
	case len(list) == 0:
	case len(b.nodes) == 0:
		b.nodes, b.borrows = list, true
	default:
		b.own()
		b.mixed = true
		b.nodes = append(b.nodes, list...)
	}
}

func (b *bag) one(n node) {
	b.own()
	b.mixed = b.mixed || len(b.nodes) > 0 && b.nodes[len(b.nodes)-1] >= n
	b.nodes = append(b.nodes, n)
}

func (b *bag) own() {
	if b.borrows {
		b.nodes, b.borrows = slices.Clone(b.nodes), false
	}
}

// distinct returns the nodes by number, none twice. all is the number of nodes
// that there are.
func (b *bag) distinct(all int) []node {
	if !b.mixed {
		return b.nodes
	}
	g := gathering{nodes: b.nodes, mixed: true}
	return g.distinct(all)
}
