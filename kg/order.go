package kg

import (
	"context"
	"math/bits"
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
	err := w.each(ctx, 0, 1, func(n node) bool {
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

// walkColumn finds the first things by following the column of the first order
// from its end, where the values have just one column and few things need to be
// looked at, as for "the cheapest". Otherwise it reports false.
func (p *plan) walkColumn(ctx context.Context, most int) ([]node, bool, error) {
	w, ok := p.walkable(most)
	if !ok {
		return nil, false, nil
	}
	look := p.looker(&w)
	var found []node
	var last float64
	steps, budget := 0, 4*w.expect+1024
	byID := len(p.orders) == 1 && w.kind == Number // things of one key come in the order of the result
	var err error
	complete := w.each(p.orders[0].desc, func(key float64, n node) bool {
		if len(found) >= most && (key != last || byID && n < p.s.sorted) {
			return key == last
		}
		if steps++; steps%256 == 0 {
			err = ctx.Err()
		}
		if err != nil || steps > budget {
			found = nil
			return false
		}
		if look.admits(n) && !(w.several && slices.Contains(found, n)) {
			found, last = append(found, n), key
		}
		return true
	})
	if err != nil || len(found) < most && !(complete && w.required) {
		return nil, false, err
	}
	slices.Sort(found)
	found, err = p.sort(ctx, p.s.byID(found), most)
	return found, true, err
}

// columnWalk is a part of a column, to be followed.
type columnWalk struct {
	*column
	lo, hi   int
	sets     []bitset // of the entries to look at; none for all
	several  bool // a thing may have several values
	required bool // what has no value is not wanted
	expect   int  // about how many entries will be met
}

// walkable returns the column of the first order, and what of it the conditions
// leave.
func (p *plan) walkable(most int) (columnWalk, bool) {
	if most == all || len(p.orders) == 0 || len(p.orders[0].path) != 1 {
		return columnWalk{}, false
	}
	h := p.orders[0].path[0]
	if h.inverse || !h.known {
		return columnWalk{}, false
	}
	pred := p.s.preds[h.pred]
	if len(pred.columns) != 1 || pred.columns[0].len() != pred.facts {
		return columnWalk{}, false
	}
	w := columnWalk{column: pred.columns[0], several: pred.facts != pred.subjects}
	w.hi = w.len()
	found := p.s.subjects // at most so many things will be found
	for i := range p.checks {
		c := &p.checks[i]
		if len(c.path) == 1 && c.path[0] == h && c.op != Ne && c.op != HasNot {
			w.required = true
			if !w.several && c.op != Has && c.op != All && len(c.values) == 1 {
				lo, hi := p.s.span(w.column, c.values[0], c.op)
				w.lo, w.hi = max(w.lo, lo), min(w.hi, hi)
				continue
			}
		}
		if n, ok := p.s.estimate(c); ok {
			found = min(found, n)
		}
	}
	for _, set := range p.sets {
		found = min(found, len(set))
	}
	span := max(w.hi-w.lo, 0)
	share := float64(found) / float64(max(p.s.subjects, 1)) // of the span that is found, were it all even
	w.expect = int(float64(most) / max(share, 1e-6))
	return w, span == 0 || w.expect < found || w.expect < span/4 && found == p.s.subjects
}

// each yields the entries by key, from the greatest on where desc is set, those
// of one key by subject, and reports whether it went to the end. Values of a
// second are one key.
func (w *columnWalk) each(desc bool, yield func(key float64, n node) bool) bool {
	part := func(lo, hi int) bool { return w.part(lo, hi, yield) }
	if !desc {
		return part(w.lo, w.hi)
	}
	for hi := w.hi; hi > w.lo; {
		last, _ := w.entry(hi - 1)
		lo := max(w.lo, w.search(func(key float64, _ link) bool { return key >= last }))
		if !part(lo, hi) {
			return false
		}
		hi = lo
	}
	return true
}

// part yields the entries from lo to hi that are in the sets, if there are any.
func (w *columnWalk) part(lo, hi int, yield func(key float64, n node) bool) bool {
	whole, place := true, lo
	w.slice(lo, hi, func(keys []float64, links []link) bool {
		start := place
		place += len(links)
		if w.sets == nil {
			for i := range keys {
				if whole = yield(keys[i], links[i].subject); !whole {
					return false
				}
			}
			return true
		}
		for word := start / 64; word*64 < place; word++ {
			for left := rangeWord(w.sets, word, start, place); left != 0; left &= left - 1 {
				i := word*64 + bits.TrailingZeros64(left) - start
				if whole = yield(keys[i], links[i].subject); !whole {
					return false
				}
			}
		}
		return true
	})
	return whole
}

// looker returns what is left to look at of each entry: dense lists become sets
// of the column's entries.
func (p *plan) looker(w *columnWalk) scan {
	look := scan{s: p.s, rest: p.s.checks(p.rest)}
	for _, set := range p.sets {
		look.lists = append(look.lists, postList{nodes: set})
	}
	for _, l := range p.lists {
		if l.set != nil {
			if set := w.setOf(l.set); set != nil {
				w.sets = append(w.sets, set)
				continue
			}
		}
		look.lists = append(look.lists, l)
	}
	return look
}
