package kg

import (
	"context"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

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

// takes reports whether the score may be among the best. Of equals all may: what
// decides between them is the id, and documents come in no order.
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
		return score == b.heap[0]
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
