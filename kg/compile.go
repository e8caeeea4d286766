package kg

import (
	"cmp"
	"slices"
	"strings"
)

// compile makes a snapshot of facts, which must be distinct. Facts with the
// same subject and predicate keep their order.
func compile(facts []Fact) *snapshot {
	c := &snapshot{sources: []string{""}}
	c.number(facts)
	c.sortRows()
	c.indexPredicates()
	return c
}

// number gives dense numbers to values, predicates and sources.
func (c *snapshot) number(facts []Fact) {
	c.nodes = make(map[Value]node, len(facts)/2)
	c.predIDs = map[string]uint32{}
	sources := map[string]uint32{"": 0}
	c.rows = make([]row, len(facts))
	see := func(v Value) node {
		n, ok := c.nodes[v]
		if !ok {
			n = node(len(c.values))
			c.nodes[v] = n
			c.values = append(c.values, v)
		}
		return n
	}
	last, lastNode := "", none // facts come by subject, mostly
	for i, f := range facts {
		if lastNode == none || f.Subject != last {
			last, lastNode = f.Subject, see(Ref(f.Subject))
		}
		p, ok := c.predIDs[f.Predicate]
		if !ok {
			p = uint32(len(c.preds))
			c.predIDs[f.Predicate] = p
			c.preds = append(c.preds, f.Predicate)
		}
		src, ok := sources[f.Source]
		if !ok {
			src = uint32(len(c.sources))
			sources[f.Source] = src
			c.sources = append(c.sources, f.Source)
		}
		c.rows[i] = row{lastNode, p, see(f.Object), src}
	}
	c.renumber()
}

// renumber puts things first, by id, and sorts the predicates.
func (c *snapshot) renumber() {
	old := make([]node, len(c.values))
	for i := range old {
		old[i] = node(i)
	}
	slices.SortFunc(old, func(a, b node) int {
		va, vb := &c.values[a], &c.values[b]
		if va.kind == Thing && vb.kind == Thing {
			return strings.Compare(va.text, vb.text)
		}
		if va.kind == Thing || vb.kind == Thing {
			return cmp.Compare(va.kind, vb.kind) // Thing is the least kind that is met
		}
		return cmp.Compare(a, b)
	})
	values, fresh := make([]Value, len(old)), make([]node, len(old))
	for n, o := range old {
		values[n] = c.values[o]
		fresh[o] = node(n)
		c.nodes[values[n]] = node(n)
		if values[n].kind == Thing {
			c.things = n + 1
		}
	}
	c.values = values
	preds := slices.Clone(c.preds)
	slices.Sort(preds)
	freshPred := make([]uint32, len(preds))
	for n, p := range preds {
		freshPred[c.predIDs[p]] = uint32(n)
	}
	for n, p := range preds {
		c.predIDs[p] = uint32(n)
	}
	c.preds = preds
	for i, r := range c.rows {
		c.rows[i] = row{fresh[r.subject], freshPred[r.predicate], fresh[r.object], r.source}
	}
}

// sortRows sorts the rows by subject and predicate and keeps their order
// otherwise, by two stable counting sorts.
func (c *snapshot) sortRows() {
	tmp := make([]row, len(c.rows))
	countingSort(c.rows, tmp, len(c.preds), func(r row) uint32 { return r.predicate })
	c.first = countingSort(tmp, c.rows, c.things, func(r row) uint32 { return r.subject })
	for n := range c.things {
		if c.first[n] < c.first[n+1] {
			c.subjects = append(c.subjects, node(n))
		}
	}
}

// countingSort sorts in by key into out, stably, and returns where each key
// starts, with one more entry at the end.
func countingSort(in, out []row, keys int, key func(row) uint32) []uint32 {
	start := make([]uint32, keys+1)
	for _, r := range in {
		start[key(r)+1]++
	}
	for k := range keys {
		start[k+1] += start[k]
	}
	next := slices.Clone(start)
	for _, r := range in {
		k := key(r)
		out[next[k]] = r
		next[k]++
	}
	return start
}

// indexPredicates builds the index of each predicate.
func (c *snapshot) indexPredicates() {
	byObject, byPred := make([]row, len(c.rows)), make([]row, len(c.rows))
	countingSort(c.rows, byObject, len(c.values), func(r row) uint32 { return r.object })
	start := countingSort(byObject, byPred, len(c.preds), func(r row) uint32 { return r.predicate })
	c.byPred = make([]predicateIndex, len(c.preds))
	for p := range c.byPred {
		c.byPred[p] = c.indexPredicate(byPred[start[p]:start[p+1]])
	}
}

// indexPredicate indexes the rows of one predicate, which come by object, then
// subject.
func (c *snapshot) indexPredicate(rows []row) predicateIndex {
	p := predicateIndex{posts: make([]node, len(rows))}
	byUnit := map[string]*column{}
	for i, r := range rows {
		p.posts[i] = r.subject
		if i == 0 || rows[i-1].object != r.object {
			p.objects = append(p.objects, r.object)
			p.start = append(p.start, uint32(i))
		}
		if v := &c.values[r.object]; v.kind == Number {
			col := byUnit[v.text]
			if col == nil {
				col = &column{unit: v.text}
				byUnit[v.text] = col
			}
			col.nums = append(col.nums, v.num)
			col.subjects = append(col.subjects, r.subject)
		}
	}
	p.start = append(p.start, uint32(len(rows)))
	p.subjects = slices.Clone(p.posts)
	slices.Sort(p.subjects)
	p.subjects = slices.Compact(p.subjects)
	for _, col := range byUnit {
		col.sort()
		p.columns = append(p.columns, *col)
	}
	slices.SortFunc(p.columns, func(a, b column) int { return strings.Compare(a.unit, b.unit) })
	return p
}

// sort sorts the column by number, then subject.
func (c *column) sort() {
	at := make([]int, len(c.nums))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.nums[a], c.nums[b]), cmp.Compare(c.subjects[a], c.subjects[b]))
	})
	nums, subjects := make([]float64, len(at)), make([]node, len(at))
	for i, j := range at {
		nums[i], subjects[i] = c.nums[j], c.subjects[j]
	}
	c.nums, c.subjects = nums, subjects
}
