package kg

import (
	"slices"
	"strings"
)

// apply makes the snapshot after the changes of a batch. It costs time in
// proportion to them, and to the tables of pages and chunks that it copies.
func (w *writer) apply(changes []subjectChange) *snapshot {
	next := *w.s
	next.terms, next.origins = w.dict.terms, w.origins
	next.byName, next.predIDs = w.byName(), w.predIDs
	next.rows = w.s.rows.replace(changes)
	next.preds = slices.Clone(w.preds)
	for n, d := range w.deltas(changes, &next) {
		if d != nil && len(d.links) > 0 {
			next.preds[n] = next.changePredicate(w.preds[n], d)
		}
	}
	return &next
}

// predicateDelta is what a batch changes of one predicate.
type predicateDelta struct {
	links    []linkChange
	subjects int // more, or fewer
}

// deltas sorts the changes by predicate, nil for one without, and counts them
// into next.
func (w *writer) deltas(changes []subjectChange, next *snapshot) []*predicateDelta {
	out := make([]*predicateDelta, len(w.preds))
	of := func(pred uint32) *predicateDelta {
		if out[pred] == nil {
			out[pred] = &predicateDelta{}
		}
		return out[pred]
	}
	for _, c := range changes {
		next.facts += len(c.rows) - len(c.old)
		next.subjects += sign(len(c.rows)) - sign(len(c.old))
		for _, r := range c.old {
			next.quads -= statements(&w.origins, r.origin)
		}
		for _, r := range c.rows {
			next.quads += statements(&w.origins, r.origin)
		}
		c.byPredicate(func(pred uint32, old, now []row) {
			d := of(pred)
			d.subjects += sign(len(now)) - sign(len(old))
			d.compare(c.subject, old, now)
		})
	}
	return out
}

// byPredicate visits the predicates of the old and the new rows, with those that
// have it.
func (c *subjectChange) byPredicate(visit func(pred uint32, old, now []row)) {
	for old, now := c.old, c.rows; len(old) > 0 || len(now) > 0; {
		pred := gone
		if len(old) > 0 {
			pred = old[0].predicate
		}
		if len(now) > 0 {
			pred = min(pred, now[0].predicate)
		}
		n, m := run(old, pred), run(now, pred)
		visit(pred, old[:n], now[:m])
		old, now = old[n:], now[m:]
	}
}

func sign(n int) int { return min(n, 1) }

// run is the number of rows at the start that have the predicate.
func run(rows []row, pred uint32) int {
	n := 0
	for n < len(rows) && rows[n].predicate == pred {
		n++
	}
	return n
}

// compare adds the changes from the old rows of a subject and predicate to the
// new ones.
func (d *predicateDelta) compare(subject node, old, now []row) {
	objects := func(rows []row) []node {
		out := make([]node, len(rows))
		for i, r := range rows {
			out[i] = r.object
		}
		slices.Sort(out)
		return out
	}
	a, b := objects(old), objects(now)
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			d.links = append(d.links, linkChange{link{a[0], subject}, true})
			a = a[1:]
		case len(a) == 0 || b[0] < a[0]:
			d.links = append(d.links, linkChange{link{b[0], subject}, false})
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
}

// changePredicate returns the predicate after its changes.
func (s *snapshot) changePredicate(old *predicate, d *predicateDelta) *predicate {
	p := *old
	p.subjects += d.subjects
	byColumn := map[columnKey][]columnChange{}
	for _, l := range d.links {
		if l.remove {
			p.facts--
		} else {
			p.facts++
		}
		v := s.terms.at(l.object)
		if kind, unit, ok := columnOf(v); ok {
			k := columnKey{kind, unit}
			byColumn[k] = append(byColumn[k], columnChange{v.num, l})
		}
	}
	if len(d.links) > 0 {
		slices.SortFunc(d.links, func(a, b linkChange) int { return compareLinks(a.link, b.link) })
		p.posts = old.posts.change(d.links)
		if p.forward != nil {
			p.forward = old.forward.change(d.links)
		}
		if p.facts != p.subjects {
			p.forward = nil
		}
	}
	if len(byColumn) > 0 {
		p.columns = s.changeColumns(old.columns, byColumn)
	}
	p.numbers = s.numbersOf(&p, old)
	return &p
}

func (s *snapshot) changeColumns(old []*column, changes map[columnKey][]columnChange) []*column {
	out := make([]*column, 0, len(old)+len(changes))
	for _, c := range old {
		k := columnKey{c.kind, c.unit}
		if list := changes[k]; list != nil {
			c = s.changeColumn(c, list)
			delete(changes, k)
		}
		if c.len() > 0 {
			out = append(out, c)
		}
	}
	for k, list := range changes {
		out = append(out, s.changeColumn(&column{kind: k.kind, unit: strings.Clone(k.unit)}, list))
	}
	slices.SortFunc(out, compareColumns)
	return out
}

func (s *snapshot) changeColumn(c *column, changes []columnChange) *column {
	aux := s.aux(c.kind)
	slices.SortFunc(changes, func(a, b columnChange) int { return compareColumnEntries(aux, a.key, a.link, b.key, b.link) })
	return c.change(changes, aux)
}
