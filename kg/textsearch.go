package kg

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

type textQuery struct {
	text   string
	fields []string // predicates; none is all
	all    bool     // every term must be met, not just one
	within []string // only these things, where it is not nil
	most   int      // where it is positive, hits that are not among the best so many may be left out
}

// The parameters of BM25, as most have them.
const (
	bm25K = 1.2
	bm25B = 0.75
)

// textHit is a thing that has the terms of a query. It is of use as long as
// the reader is.
type textHit struct {
	score float64
	part  *textPart
	doc   uint32
}

func (h *textHit) id() string { return h.part.id(h.doc) }

// compareTextHits puts the better first, and equals by id.
func compareTextHits(a, b textHit) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return strings.Compare(a.id(), b.id())
}

// textSearch is one search of a reader.
type textSearch struct {
	r       *textReader
	all     bool
	narrow  bool // not all documents with some term match
	terms   []string
	found   [][]found // by part and term
	matches []*roaring.Bitmap
	fields  map[string]bool // nil for all
	mean    float64         // length of a document
	idf     []float64       // by term
}

// found is where a term occurs in a part.
type found struct {
	lists []times
	any   *roaring.Bitmap // in which of the documents in force
}

// search returns what matches a query, by part and document. The score is BM25
// over the wanted predicates as if they were one text.
func (r *textReader) search(ctx context.Context, q textQuery) ([]textHit, error) {
	s := textSearch{r: r, all: q.all, narrow: q.all || q.within != nil, terms: queryTerms(q.text)}
	if len(s.terms) == 0 {
		return nil, ctx.Err()
	}
	if len(q.fields) > 0 {
		s.fields = map[string]bool{}
		for _, f := range q.fields {
			s.fields[f] = true
		}
	}
	if err := s.find(ctx); err != nil {
		return nil, fmt.Errorf("search text: %w", err)
	}
	s.match(q.within)
	s.weigh()
	size := 0
	for _, m := range s.matches {
		size += int(m.GetCardinality())
	}
	best := bestScores{most: q.most}
	if q.most > 0 && q.most < size/4 {
		size = 4 * q.most
	}
	hits := make([]textHit, 0, size)
	for i := range r.parts {
		var err error
		if hits, err = s.score(ctx, i, hits, &best); err != nil {
			return nil, err
		}
	}
	return hits, ctx.Err()
}

// wanted says which fields of a part count, nil for all.
func (s *textSearch) wanted(p *textPart) []bool {
	if s.fields == nil {
		return nil
	}
	out := make([]bool, len(p.fields))
	for i, f := range p.fields {
		out[i] = s.fields[f]
	}
	return out
}

// find looks the terms up in all parts.
func (s *textSearch) find(ctx context.Context) error {
	for _, p := range s.r.parts {
		wanted := s.wanted(p)
		in := make([]found, len(s.terms))
		for i, t := range s.terms {
			lists, err := p.postings(t, wanted)
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			in[i] = found{lists, p.union(lists)}
		}
		s.found = append(s.found, in)
	}
	return nil
}

// union returns the documents in force that are in any of the lists, which it
// may share with them.
func (p *textPart) union(lists []times) *roaring.Bitmap {
	if len(lists) == 0 {
		return roaring.New()
	}
	out := lists[0].docs
	if len(lists) > 1 {
		out = out.Clone()
		for _, l := range lists[1:] {
			out.Or(l.docs)
		}
	}
	if p.gone != nil {
		out = roaring.AndNot(out, p.gone)
	}
	return out
}

// match finds the documents to score, of each part.
func (s *textSearch) match(within []string) {
	s.matches = make([]*roaring.Bitmap, len(s.r.parts))
	for i, in := range s.found {
		some := make([]*roaring.Bitmap, len(in))
		for t, f := range in {
			some[t] = f.any
		}
		if s.all {
			slices.SortFunc(some, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
			s.matches[i] = roaring.FastAnd(some...)
		} else {
			s.matches[i] = roaring.FastOr(some...)
		}
	}
	if within == nil {
		return
	}
	only := make([]*roaring.Bitmap, len(s.r.parts))
	for i := range only {
		only[i] = roaring.New()
	}
	for _, id := range within {
		for i, p := range s.r.parts {
			if d, ok := p.holds(id); ok {
				only[i].Add(d)
				break
			}
		}
	}
	for i := range only {
		s.matches[i].And(only[i])
	}
}

// weigh sums up the statistics of all parts. They are whole numbers, so that
// their sum does not depend on how the documents lie in parts.
func (s *textSearch) weigh() {
	total := uint64(0)
	for _, p := range s.r.parts {
		for i, n := range p.total {
			if s.fields == nil || s.fields[p.fields[i]] {
				total += n
			}
		}
	}
	docs := float64(s.r.docs)
	s.mean = float64(total) / docs
	s.idf = make([]float64, len(s.terms))
	for t := range s.terms {
		n := uint64(0)
		for _, in := range s.found {
			n += in[t].any.GetCardinality()
		}
		s.idf[t] = math.Log1p((docs - float64(n) + 0.5) / (float64(n) + 0.5))
	}
}

// scores is room to score the documents of a part in, by number; all zero when
// it lies in the pool.
type scores struct {
	sum  []float64
	norm []float64 // what the length of a document puts beside a term's count
	n    []uint32  // how often the term occurs
}

var scoresPool = sync.Pool{New: func() any { return &scores{} }}

func (b *scores) grow(docs int) {
	if len(b.sum) < docs {
		*b = scores{make([]float64, docs), make([]float64, docs), make([]uint32, docs)}
	}
}

// bestScores holds the best scores that were seen, so many at most.
type bestScores struct {
	most int       // if positive; else there is no limit
	heap []float64 // the least first
}

// takes reports whether the score may be among the best.
func (b *bestScores) takes(score float64) bool {
	if b.most <= 0 {
		return true
	}
	if len(b.heap) < b.most {
		if b.heap = append(b.heap, score); len(b.heap) == b.most {
			slices.Sort(b.heap) // which makes it a heap
		}
		return true
	}
	if score <= b.heap[0] {
		return score == b.heap[0] // of equals the id decides
	}
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < len(b.heap) && b.heap[child+1] < b.heap[child] {
			child++
		}
		if child >= len(b.heap) || b.heap[child] >= score {
			b.heap[i] = score
			return true
		}
		b.heap[i], i = b.heap[child], child
	}
}

// score appends the matches of a part with their scores, where they may be
// among the best. Terms add to a score in the order of the query.
func (s *textSearch) score(ctx context.Context, part int, hits []textHit, best *bestScores) ([]textHit, error) {
	p, docs := s.r.parts[part], s.matches[part].ToArray()
	if len(docs) == 0 {
		return hits, ctx.Err()
	}
	b := scoresPool.Get().(*scores)
	defer scoresPool.Put(b)
	b.grow(p.docs())
	s.lengths(p, docs, b.norm)
	var err error
	for t, f := range s.found[part] {
		if err = ctx.Err(); err != nil {
			break
		}
		s.addTerm(f, part, s.idf[t]*(bm25K+1), b)
	}
	for _, d := range docs {
		if best.takes(b.sum[d]) {
			hits = append(hits, textHit{b.sum[d], p, d})
		}
		b.sum[d] = 0
	}
	return hits, err
}

// lengths sets the norms of documents.
func (s *textSearch) lengths(p *textPart, docs []uint32, norm []float64) {
	wanted := s.wanted(p)
	for _, d := range docs {
		length := 0
		for _, l := range p.lengthsOf(d) {
			if wanted == nil || wanted[l.field] {
				length += int(l.length)
			}
		}
		norm[d] = bm25K * (1 - bm25B + bm25B*float64(length)/s.mean)
	}
}

// addTerm adds what one term gives to the scores of the matches that have it.
func (s *textSearch) addTerm(f found, part int, weight float64, b *scores) {
	if len(f.lists) == 0 {
		return
	}
	docs := f.any
	if s.narrow { // else all of them are matches
		docs = roaring.And(docs, s.matches[part])
	}
	if len(f.lists) == 1 { // in most cases
		n := float64(f.lists[0].n)
		each(docs, func(d uint32) { b.sum[d] += weight * n / (n + b.norm[d]) })
		return
	}
	for _, l := range f.lists {
		each(roaring.And(docs, l.docs), func(d uint32) { b.n[d] += l.n })
	}
	each(docs, func(d uint32) {
		n := float64(b.n[d])
		b.sum[d] += weight * n / (n + b.norm[d])
		b.n[d] = 0
	})
}

// each calls do for each document of a set.
func each(set *roaring.Bitmap, do func(doc uint32)) {
	var docs [512]uint32
	it := set.ManyIterator()
	for n := it.NextMany(docs[:]); n > 0; n = it.NextMany(docs[:]) {
		for _, d := range docs[:n] {
			do(d)
		}
	}
}

// best yields hits, the best first, at the cost of those that are taken. It
// reorders them.
func best(hits []textHit) func(yield func(textHit) bool) {
	return func(yield func(textHit) bool) {
		for i := len(hits)/2 - 1; i >= 0; i-- {
			sink(hits, i)
		}
		for rest := hits; len(rest) > 0; sink(rest, 0) {
			if !yield(rest[0]) {
				return
			}
			last := len(rest) - 1
			rest[0] = rest[last]
			rest = rest[:last]
		}
	}
}

// sink moves a hit down to where those below it are not better.
func sink(heap []textHit, i int) {
	for {
		top := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if compareTextHits(heap[child], heap[top]) < 0 {
				top = child
			}
		}
		if top == i {
			return
		}
		heap[i], heap[top] = heap[top], heap[i]
		i = top
	}
}
