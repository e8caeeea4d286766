package kg

import (
	"context"
	"slices"
)

// A scan goes through the things that satisfy a plan, none twice, without
// putting them into a list first: along the shortest list or a part of a
// column, looking each up in the other lists and checking what is left. They
// come in no order of use.
type scan struct {
	s     *snapshot
	list  []node     // the things to look at, or
	span  columnPart // the part of a column whose subjects to look at
	sets  []bitset   // the entries of that part to look at; none for all
	lists []postList // in all of which a thing must be
	rest  []check    // which must hold of it

	unsure bool // a thing of list may have no facts: an id that was asked for
}

// columnPart is a part of a column no thing of which stands in it twice.
type columnPart struct {
	*column
	lo, hi int
}

// What looking at a thing costs, about, in looks at a set: to find it in a list
// without a set, and to check a condition. Of a set of a column's entries, so
// many are passed over in that time.
const (
	lookCost  = 8
	checkCost = 8
	passed    = 16
)

// scan returns the cheapest way through the things of the plan, false where
// they have to be gathered first.
func (p *plan) scan() (scan, bool) {
	lists := p.allLists()
	best, rest := scan{s: p.s, lists: lists, unsure: len(p.lists) == 0}, p.rest
	cost, ok := 0, false
	if len(lists) > 0 {
		best.list, best.lists = lists[0].nodes, lists[1:]
		cost, ok = len(lists[0].nodes)*(1+checkCost*len(p.rest)), true
	}
	for i := range p.rest {
		span, left, single := p.span(i)
		if n := p.spanCost(span.hi-span.lo, lists, len(left)); single && (!ok || n < cost) {
			cost, ok = n, true
			best.list, best.span, best.lists, rest = nil, span, lists, left
		}
	}
	if ok {
		best.rest = p.s.checks(rest)
	}
	best.useSets()
	return best, ok
}

// spanCost is what it costs to look at the entries of a part of a column.
func (p *plan) spanCost(entries int, lists []postList, checks int) int {
	look, dense := 1, len(lists) > 0
	for _, l := range lists {
		look++
		if l.set == nil {
			look, dense = look+lookCost, false
		}
	}
	if !dense {
		return entries * (look + checkCost*checks/2)
	}
	share := float64(len(lists[0].nodes)) / float64(max(p.s.subjects, 1))
	return entries/passed + int(share*float64(entries))*checkCost*checks
}

// useSets puts sets of the column's entries in the place of the lists, where
// all of them are dense.
func (w *scan) useSets() {
	if w.span.column == nil || len(w.lists) == 0 {
		return
	}
	sets := make([]bitset, len(w.lists))
	for i, l := range w.lists {
		if l.set == nil {
			return
		}
		if sets[i] = w.span.setOf(l.set); sets[i] == nil {
			return
		}
	}
	w.sets, w.lists = sets, nil
}

// span returns the part of a column that stands for condition i of the rest and
// for all others that bound the same column, and the conditions that are left.
func (p *plan) span(i int) (columnPart, []cond, bool) {
	span, ok := p.s.single(&p.rest[i])
	if !ok {
		return span, nil, false
	}
	var rest []cond
	for j := range p.rest {
		if j == i {
			continue
		}
		other, ok := p.s.single(&p.rest[j])
		if !ok || other.column != span.column {
			rest = append(rest, p.rest[j])
			continue
		}
		span.lo = max(span.lo, other.lo)
		span.hi = max(span.lo, min(span.hi, other.hi))
	}
	return span, rest, true
}

// single returns the part of a column that stands for a condition, where the
// predicate has one column and no thing has two values of it.
func (s *snapshot) single(c *cond) (columnPart, bool) {
	h := c.path[0]
	if len(c.path) != 1 || h.inverse || !h.known || len(c.values) != 1 || c.op == Ne || c.op == All {
		return columnPart{}, false
	}
	pred, v := s.preds[h.pred], c.values[0]
	if pred.facts != pred.subjects || len(pred.columns) != 1 || pred.columns[0].len() != pred.facts || v.kind != Number && v.kind != Moment {
		return columnPart{}, false
	}
	lo, hi := s.span(pred.columns[0], v, c.op)
	return columnPart{pred.columns[0], lo, max(lo, hi)}, true
}

// len is the number of things that are looked at.
func (w *scan) len() int {
	switch {
	case w.span.column == nil:
		return len(w.list)
	case w.sets != nil:
		return countRange(w.sets, w.span.lo, w.span.hi)
	}
	return w.span.hi - w.span.lo
}

// each yields the things, of those to look at every step-th, until yield
// returns false.
func (w *scan) each(ctx context.Context, step int, yield func(node) bool) error {
	looked := 0
	at := func(n node) bool {
		if looked++; looked%1024 == 0 && ctx.Err() != nil {
			return false
		}
		return !w.admits(n) || yield(n)
	}
	skip := 0
	switch {
	case w.span.column == nil:
		for i := 0; i < len(w.list); i += step {
			if !at(w.list[i]) {
				break
			}
		}
	case w.sets != nil:
		w.span.sliceSets(w.sets, w.span.lo, w.span.hi, func(_ float64, l link) bool {
			if skip--; skip >= 0 {
				return true
			}
			skip = step - 1
			return at(l.subject)
		})
	default:
		w.span.slice(w.span.lo, w.span.hi, func(_ []float64, links []link) bool {
			for ; skip < len(links); skip += step {
				if !at(links[skip].subject) {
					return false
				}
			}
			skip -= len(links)
			return true
		})
	}
	return ctx.Err()
}

func (w *scan) admits(n node) bool {
	for i := range w.lists {
		if !w.lists[i].has(n) {
			return false
		}
	}
	if w.unsure && !w.s.isSubject(n) {
		return false
	}
	for i := range w.rest {
		if !w.rest[i].holds(w.s, n) {
			return false
		}
	}
	return true
}

func (l *postList) has(n node) bool {
	if l.set != nil {
		return l.set.has(n)
	}
	_, ok := slices.BinarySearch(l.nodes, n)
	return ok
}
