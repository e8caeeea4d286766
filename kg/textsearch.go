package kg

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

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
			lists, err := p.postings(ctx, t, wanted)
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
