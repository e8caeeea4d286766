package kg

import (
	"context"
	"slices"
)

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
	several  bool     // a thing may have several values
	required bool     // what has no value is not wanted
	expect   int      // about how many entries will be met
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
func (w *columnWalk) part(lo, hi int, yield func(key float64, n node) bool) (whole bool) {
	whole = true
	each := func(key float64, l link) bool {
		whole = yield(key, l.subject)
		return whole
	}
	if w.sets != nil {
		w.sliceSets(w.sets, lo, hi, each)
		return whole
	}
	w.slice(lo, hi, func(keys []float64, links []link) bool {
		for i := range keys {
			if !each(keys[i], links[i]) {
				return false
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
	for _, l := range p.allLists() {
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
