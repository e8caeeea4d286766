package kg

import (
	"context"
	"slices"
)

// order is an Order bound to a snapshot.
type order struct {
	path []hop
	desc bool
}

// first returns the first things of the result, in its order: most of them, or
// all.
func (p *plan) first(ctx context.Context, most int) ([]node, error) {
	if len(p.orders) == 0 && p.score == nil {
		return p.match(ctx, most)
	}
	if found, ok, err := p.walkColumn(ctx, most); ok || err != nil {
		return found, err
	}
	if most != all && most <= fewFirst && len(p.orders) > 0 {
		if w, ok := p.scan(); ok {
			return p.leading(ctx, &w, most)
		}
	}
	found, err := p.match(ctx, all)
	if err != nil {
		return nil, err
	}
	return p.sort(ctx, found, most)
}

// fewFirst is up to how many first things are kept in order while the others
// go by.
const fewFirst = 64

// leading returns the first things of a scan, in the plan's order.
func (p *plan) leading(ctx context.Context, w *scan, most int) ([]node, error) {
	width := len(p.orders)
	keys := make([]node, (most+1)*width) // a row for each of best, and one for the thing that is looked at
	best := make([]ranked, 0, most+1)
	next := ranked{}
	err := w.each(ctx, 1, func(n node) bool {
		next.node = n
		p.appendKeys(keys[next.row*width:next.row*width], n)
		at := len(best)
		for at > 0 && p.compareRanked(keys, next, best[at-1]) < 0 {
			at--
		}
		if at == most {
			return true
		}
		best = slices.Insert(best, at, next)
		if next.row = len(best); len(best) > most {
			next.row, best = best[most].row, best[:most]
		}
		return true
	})
	out := make([]node, len(best))
	for i, r := range best {
		out[i] = r.node
	}
	return out, err
}

// ranked is a thing with the row of its keys.
type ranked struct {
	node node
	row  int
}

func (p *plan) compareRanked(keys []node, a, b ranked) int {
	w := len(p.orders)
	if c := p.compareKeys(keys[a.row*w:(a.row+1)*w], keys[b.row*w:(b.row+1)*w]); c != 0 {
		return c
	}
	return p.s.compareIDs(a.node, b.node)
}

// sort sorts things found, which come by id, and returns the first of them.
func (p *plan) sort(ctx context.Context, found []node, most int) ([]node, error) {
	if len(p.orders) == 0 {
		slices.SortStableFunc(found, func(a, b node) int { return -compareFloat(p.score[a], p.score[b]) })
		return cut(found, most), ctx.Err()
	}
	keys := make([]node, 0, len(found)*len(p.orders)) // the values to sort by, or none
	every := p.lookEvery()
	for i, n := range found {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		keys = p.appendKeys(keys, n)
	}
	at := make([]int, len(found))
	for i := range at {
		at[i] = i
	}
	w := len(p.orders)
	slices.SortFunc(at, func(a, b int) int {
		if c := p.compareKeys(keys[a*w:(a+1)*w], keys[b*w:(b+1)*w]); c != 0 {
			return c
		}
		return a - b
	})
	at = cut(at, most)
	out := make([]node, len(at))
	for i, j := range at {
		out[i] = found[j]
	}
	return out, ctx.Err()
}

func cut[T any](list []T, most int) []T {
	if most == all {
		return list
	}
	return list[:min(most, len(list))]
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// appendKeys appends the value of a thing for each order.
func (p *plan) appendKeys(keys []node, n node) []node {
	for i := range p.orders {
		keys = append(keys, p.s.extreme(n, p.orders[i].path, p.orders[i].desc))
	}
	return keys
}

func (p *plan) compareKeys(a, b []node) int {
	for i := range p.orders {
		if c := p.s.compareKeys(a[i], b[i], p.orders[i].desc); c != 0 {
			return c
		}
	}
	return 0
}

// extreme returns the least or the greatest value at the end of the path.
func (s *snapshot) extreme(n node, path []hop, greatest bool) node {
	if len(path) == 1 && path[0].known && !path[0].inverse && s.preds[path[0].pred].forward != nil {
		return s.preds[path[0].pred].forward.of(n)
	}
	best := none
	s.walk(n, path, func(v node) bool {
		if best == none || (rank(s.value(v), s.value(best)) < 0) != greatest {
			best = v
		}
		return true
	})
	return best
}

func (s *snapshot) compareKeys(a, b node, desc bool) int {
	switch {
	case a == b:
		return 0
	case a == none:
		return 1
	case b == none:
		return -1
	}
	c := rankSize(s.value(a), s.value(b))
	if desc {
		return -c
	}
	return c
}
