package kg

import (
	"cmp"
	"slices"
	"strings"
)

// compile makes a snapshot of facts, which must be distinct. Facts with the
// same subject and predicate keep their order.
func compile(facts []Fact) *snapshot {
	s := &snapshot{sources: []string{""}}
	s.number(facts)
	s.sortRows()
	s.indexPredicates()
	return s
}

// number gives dense numbers to values, predicates and sources.
func (s *snapshot) number(facts []Fact) {
	s.nodes = make(map[Value]node, len(facts)/2)
	s.predIDs = map[string]uint32{}
	sources := map[string]uint32{"": 0}
	s.rows = make([]row, len(facts))
	see := func(v Value) node {
		n, ok := s.nodes[v]
		if !ok {
			n = node(len(s.values))
			s.nodes[v] = n
			s.values = append(s.values, v)
		}
		return n
	}
	last, lastNode := "", none // facts come by subject, mostly
	for i, f := range facts {
		if lastNode == none || f.Subject != last {
			last, lastNode = f.Subject, see(Ref(f.Subject))
		}
		p, ok := s.predIDs[f.Predicate]
		if !ok {
			p = uint32(len(s.preds))
			s.predIDs[f.Predicate] = p
			s.preds = append(s.preds, f.Predicate)
		}
		src, ok := sources[f.Source]
		if !ok {
			src = uint32(len(s.sources))
			sources[f.Source] = src
			s.sources = append(s.sources, f.Source)
		}
		s.rows[i] = row{lastNode, p, see(f.Object), src}
	}
	s.renumber()
}

// renumber puts things first, by id, and sorts the predicates.
func (s *snapshot) renumber() {
	old := make([]node, len(s.values))
	for i := range old {
		old[i] = node(i)
	}
	slices.SortFunc(old, func(a, b node) int {
		va, vb := &s.values[a], &s.values[b]
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
		values[n] = s.values[o]
		fresh[o] = node(n)
		s.nodes[values[n]] = node(n)
		if values[n].kind == Thing {
			s.things = n + 1
		}
	}
	s.values = values
	preds := slices.Clone(s.preds)
	slices.Sort(preds)
	freshPred := make([]uint32, len(preds))
	for n, p := range preds {
		freshPred[s.predIDs[p]] = uint32(n)
	}
	for n, p := range preds {
		s.predIDs[p] = uint32(n)
	}
	s.preds = preds
	for i, r := range s.rows {
		s.rows[i] = row{fresh[r.subject], freshPred[r.predicate], fresh[r.object], r.source}
	}
}

// sortRows sorts the rows by subject and predicate and keeps their order
// otherwise, by two stable counting sorts.
func (s *snapshot) sortRows() {
	tmp := make([]row, len(s.rows))
	countingSort(s.rows, tmp, len(s.preds), func(r row) uint32 { return r.predicate })
	s.first = countingSort(tmp, s.rows, s.things, func(r row) uint32 { return r.subject })
	for n := range s.things {
		if s.first[n] < s.first[n+1] {
			s.subjects = append(s.subjects, node(n))
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
func (s *snapshot) indexPredicates() {
	byObject, byPred := make([]row, len(s.rows)), make([]row, len(s.rows))
	countingSort(s.rows, byObject, len(s.values), func(r row) uint32 { return r.object })
	start := countingSort(byObject, byPred, len(s.preds), func(r row) uint32 { return r.predicate })
	s.byPred = make([]predicateIndex, len(s.preds))
	for p := range s.byPred {
		s.byPred[p] = s.indexPredicate(byPred[start[p]:start[p+1]])
	}
}

// indexPredicate indexes the rows of one predicate, which come by object, then
// subject.
func (s *snapshot) indexPredicate(rows []row) predicateIndex {
	p := predicateIndex{posts: make([]node, len(rows))}
	byUnit := map[string]*column{}
	for i, r := range rows {
		p.posts[i] = r.subject
		if i == 0 || rows[i-1].object != r.object {
			p.objects = append(p.objects, r.object)
			p.start = append(p.start, uint32(i))
		}
		if v := &s.values[r.object]; v.kind == Number {
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
