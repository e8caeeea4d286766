package kg

import (
	"slices"
	"strings"
)

// compile makes a snapshot anew of the state before a batch and its changes.
// Terms, predicates and origins that are no longer in use are left out; things
// are numbered in the order of their ids, predicates in that of their names.
func (w *writer) compile(changes []subjectChange) *snapshot {
	c := compiler{s: w.s, oldTerms: w.dict.terms, oldOrigins: w.origins, oldPreds: w.preds, byName: w.byName()}
	return c.compile(changes)
}

// compact is the same state compiled anew, without what is no longer in use.
func (s *snapshot) compact() *snapshot {
	c := compiler{s: s, oldTerms: s.terms, oldOrigins: s.origins, oldPreds: s.preds, byName: s.byName}
	return c.compile(nil)
}

func (c *compiler) compile(changes []subjectChange) *snapshot {
	c.gather(changes)
	c.mark()
	next := &snapshot{predIDs: map[string]uint32{}, facts: len(c.triples)}
	c.numberTerms(next)
	c.numberPredicates(next)
	c.numberOrigins(next)
	for i := range c.triples {
		t := &c.triples[i]
		next.quads += statements(&c.oldOrigins, t.origin)
		*t = triple{c.terms[t.subject], row{c.preds[t.predicate], c.terms[t.object], c.origins[t.origin]}}
	}
	next.build(c.triples)
	return next
}

// emptySnapshot returns the state of a graph without facts.
func emptySnapshot() *snapshot {
	w := &writer{s: &snapshot{dict: newDict(0)}, dict: newDict(0)}
	return w.compile(nil)
}

type compiler struct {
	s          *snapshot // before the changes
	oldTerms   paged[Value]
	oldOrigins paged[origin]
	oldPreds   []*predicate
	byName     []uint32

	triples []triple
	terms   []node   // old number -> new, none where it is not in use
	preds   []uint32 // likewise
	origins []uint32
}

// gather lists the facts after the batch.
func (c *compiler) gather(changes []subjectChange) {
	size := c.s.facts
	for _, ch := range changes {
		size += len(ch.rows) - len(ch.old)
	}
	c.triples = make([]triple, 0, size)
	put := func(n node, rows []row) {
		for _, r := range rows {
			c.triples = append(c.triples, triple{n, r})
		}
	}
	for n, rows := range c.s.rows.each {
		for len(changes) > 0 && changes[0].subject < n {
			put(changes[0].subject, changes[0].rows)
			changes = changes[1:]
		}
		if len(changes) > 0 && changes[0].subject == n {
			rows = changes[0].rows
			changes = changes[1:]
		}
		put(n, rows)
	}
	for _, ch := range changes {
		put(ch.subject, ch.rows)
	}
}

// mark finds what is in use.
func (c *compiler) mark() {
	c.terms = make([]node, c.oldTerms.n)
	c.preds = make([]uint32, len(c.oldPreds))
	c.origins = make([]uint32, c.oldOrigins.n)
	for _, t := range c.triples {
		c.terms[t.subject], c.terms[t.object], c.preds[t.predicate] = 1, 1, 1
		for o := t.origin; o != 0 && c.origins[o] == 0; o = c.oldOrigins.at(o).rest {
			c.origins[o] = 1
			if label := c.oldOrigins.at(o).label; label != none {
				c.terms[label] = 1
			}
		}
	}
	for i, p := range c.oldPreds {
		if c.preds[i] != 0 {
			c.terms[p.term], c.terms[p.base] = 1, 1
		}
	}
}

// numberTerms makes the dictionary of next: things by id, then the others in
// the order in which they came. All text lies in one piece of memory.
func (c *compiler) numberTerms(next *snapshot) {
	var things, late, others []node
	bytes := 0
	for n := range c.oldTerms.n {
		if c.terms[n] == 0 {
			continue
		}
		v := c.oldTerms.at(n)
		bytes += len(v.text)
		switch {
		case v.kind != Thing:
			others = append(others, n)
		case n < c.s.sorted:
			things = append(things, n)
		default:
			late = append(late, n)
		}
	}
	slices.SortFunc(late, func(a, b node) int { return strings.Compare(c.oldTerms.at(a).text, c.oldTerms.at(b).text) })
	things = mergeSorted(things, late, func(a, b node) bool { return c.oldTerms.at(a).text < c.oldTerms.at(b).text })
	next.sorted = node(len(things))
	next.dict = newDict(len(things) + len(others) + pageSize)
	var text strings.Builder
	text.Grow(bytes)
	for _, n := range append(things, others...) {
		v := *c.oldTerms.at(n)
		from := text.Len()
		text.WriteString(v.text)
		v.text = text.String()[from:]
		c.terms[n] = next.dict.add(v)
	}
	next.terms = next.dict.terms
}

func mergeSorted(a, b []node, less func(a, b node) bool) []node {
	if len(b) == 0 {
		return a
	}
	out := make([]node, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if less(b[0], a[0]) {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

func (c *compiler) numberPredicates(next *snapshot) {
	for _, old := range c.byName {
		if c.preds[old] == 0 {
			continue
		}
		p := c.oldPreds[old]
		n := uint32(len(next.preds))
		c.preds[old] = n
		next.predIDs[p.name] = n
		next.byName = append(next.byName, n)
		next.preds = append(next.preds, &predicate{name: p.name, lang: p.lang, term: c.terms[p.term], base: c.terms[p.base]})
	}
}

// numberOrigins numbers the origins in use; the rest of a chain is older and
// comes first.
func (c *compiler) numberOrigins(next *snapshot) {
	next.origins.append(origin{label: none})
	for o := uint32(1); o < c.oldOrigins.n; o++ {
		if c.origins[o] == 0 {
			continue
		}
		v := *c.oldOrigins.at(o)
		if v.label != none {
			v.label = c.terms[v.label]
		}
		if v.rest != 0 {
			v.rest = c.origins[v.rest]
		}
		c.origins[o] = next.origins.n
		next.origins.append(v)
	}
}

// build indexes facts, those of one subject and predicate in the order in
// which they were added.
func (s *snapshot) build(facts []triple) {
	tmp := make([]triple, len(facts))
	countingSort(facts, tmp, len(s.preds), func(t triple) uint32 { return t.predicate })
	first := countingSort(tmp, facts, int(s.terms.n), func(t triple) uint32 { return t.subject })
	rows := make([]row, len(facts))
	for i, t := range facts {
		rows[i] = t.row
		newSubject := i == 0 || facts[i-1].subject != t.subject
		if newSubject {
			s.subjects++
		}
		if newSubject || facts[i-1].predicate != t.predicate {
			s.preds[t.predicate].subjects++
		}
	}
	last := len(first) - 1
	for last > 0 && first[last-1] == first[last] {
		last--
	}
	s.rows = newRowTable(rows, first[:last+1])
	countingSort(facts, tmp, int(s.terms.n), func(t triple) uint32 { return t.object })
	start := countingSort(tmp, facts, len(s.preds), func(t triple) uint32 { return t.predicate })
	for i, p := range s.preds {
		s.indexPredicate(p, facts[start[i]:start[i+1]])
	}
}

// countingSort sorts in by key into out, stably, and returns where each key
// starts, with one more entry at the end.
func countingSort(in, out []triple, keys int, key func(triple) uint32) []uint32 {
	start := make([]uint32, keys+1)
	for _, t := range in {
		start[key(t)+1]++
	}
	for k := range keys {
		start[k+1] += start[k]
	}
	next := slices.Clone(start)
	for _, t := range in {
		k := key(t)
		out[next[k]] = t
		next[k]++
	}
	return start
}

// indexPredicate indexes the facts of one predicate, which come by object, then
// subject.
func (s *snapshot) indexPredicate(p *predicate, facts []triple) {
	p.facts = len(facts)
	links := make([]link, len(facts))
	entries := map[columnKey][]columnEntry{}
	for i, t := range facts {
		links[i] = link{t.object, t.subject}
		v := s.terms.at(t.object)
		if kind, unit, ok := columnOf(v); ok {
			k := columnKey{kind, unit}
			entries[k] = append(entries[k], columnEntry{v.num, links[i]})
		}
	}
	p.posts = newPostings(links)
	if p.facts == p.subjects && p.facts > s.subjects/forwardOver {
		p.forward = forward{}
		for _, l := range links {
			p.forward.put(nil, l.subject, l.object)
		}
	}
	for k, list := range entries {
		aux := s.aux(k.kind)
		slices.SortFunc(list, func(a, b columnEntry) int { return compareColumnEntries(aux, a.key, a.link, b.key, b.link) })
		b := columnBuilder{column: &column{kind: k.kind, unit: k.unit}}
		for _, e := range list {
			b.put(e.key, e.link)
		}
		b.flush()
		p.columns = append(p.columns, b.column)
	}
	slices.SortFunc(p.columns, compareColumns)
	p.numbers = s.numbersOf(p, nil)
}

type columnKey struct {
	kind Kind
	unit string
}

type columnEntry struct {
	key float64
	link
}

// aux is what orders the values of a column that have one key: times within a
// second; nothing for numbers.
func (s *snapshot) aux(kind Kind) func(node) uint32 {
	if kind != Moment {
		return nil
	}
	return func(n node) uint32 { return s.terms.at(n).aux }
}
