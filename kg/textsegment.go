package kg

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"sort"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Why not one bleve index, searched by bleve? Its scores depend on how the
// documents lie in its segments, and so on the history of the graph and on when
// a merge happened to end; its index in memory never merges segments at all; and
// a replica could not give the same order as the graph that it follows. So each
// segment here is a bleve index of one batch, which never changes, and bleve
// tells where which term occurs how often. BM25 is made from that, over all
// segments and without the documents that are gone (textSearch).

// textSegment is an inverted index of the texts of some things, which are its
// documents, numbered as bleve numbers them: in no order. It is immutable.
type textSegment struct {
	reader  index.IndexReader
	often   *oftenTerms
	ids     string   // of all documents, one behind the other
	ends    []uint32 // where each of them ends
	order   []uint32 // the documents by id
	fields  []string // predicates that have texts, by number
	first   []uint32 // document i has the lengths[first[i]:first[i+1]]
	lengths []fieldLength
}

// fieldLength is the number of terms of one predicate of a document.
type fieldLength struct{ field, length uint32 }

func (t *textSegment) docs() int { return len(t.ends) }

func (t *textSegment) id(doc uint32) string {
	from := uint32(0)
	if doc > 0 {
		from = t.ends[doc-1]
	}
	return t.ids[from:t.ends[doc]]
}

// find returns the document of an id.
func (t *textSegment) find(id string) (doc uint32, ok bool) {
	i, ok := sort.Find(t.docs(), func(i int) int { return cmp.Compare(id, t.id(t.order[i])) })
	if !ok {
		return 0, false
	}
	return t.order[i], true
}

func (t *textSegment) lengthsOf(doc uint32) []fieldLength {
	return t.lengths[t.first[doc]:t.first[doc+1]]
}

// take makes an index of one batch the segment's and closes it, so that none of
// its goroutines and locks remain: the reader outlives it. Nobody counts the
// snapshots, searches and merges that have the segment, but the garbage
// collector knows; after the last one the reader lets go of the files that it
// has mapped. There is nobody left then to tell of an error, and nothing is lost
// by it.
func (t *textSegment) take(idx bleve.Index) error {
	adv, err := idx.Advanced()
	if err == nil {
		t.reader, err = adv.Reader()
	}
	if err == nil {
		runtime.AddCleanup(t, func(r index.IndexReader) { _ = r.Close() }, t.reader)
	}
	if err = errors.Join(err, idx.Close()); err != nil {
		return explain(err)
	}
	t.often = &oftenTerms{lists: map[fieldTerm][]times{}}
	n, err := t.reader.DocCount()
	if err == nil && n != uint64(t.docs()) {
		err = damaged("an index of %d documents, want %d", n, t.docs())
	}
	return explain(err)
}

// renumber turns the numbers of the documents, which are their ids in bleve,
// into the numbers that bleve gave them.
func (t *textSegment) renumber() error {
	all, err := t.reader.DocIDReaderAll()
	if err != nil {
		return explain(err)
	}
	old := *t
	ids := make([]byte, 0, len(t.ids))
	t.ends, t.order = make([]uint32, 0, len(old.ends)), make([]uint32, len(old.ends))
	t.first, t.lengths = append(make([]uint32, 0, len(old.first)), 0), make([]fieldLength, 0, len(old.lengths))
	for doc, err := all.Next(); doc != nil || err != nil; doc, err = all.Next() {
		var name string
		if err == nil {
			name, err = t.reader.ExternalID(doc)
		}
		n, bad := strconv.Atoi(name)
		if err = errors.Join(err, bad); err != nil {
			return errors.Join(explain(err), all.Close())
		}
		t.order[n] = uint32(len(t.ends))
		ids = append(ids, old.id(uint32(n))...)
		t.ends = append(t.ends, uint32(len(ids)))
		t.lengths = append(t.lengths, old.lengthsOf(uint32(n))...)
		t.first = append(t.first, uint32(len(t.lengths)))
	}
	t.ids = string(ids)
	return explain(all.Close())
}

// times is a set of documents in which a term occurs so many times at least;
// the sets of a document add up to how often it does.
type times struct {
	docs *roaring.Bitmap
	n    uint32
}

// postings returns where a term occurs in the wanted fields, nil for all.
func (t *textSegment) postings(ctx context.Context, term string, wanted []bool) ([]times, error) {
	var out []times
	for i, name := range t.fields {
		if wanted != nil && !wanted[i] {
			continue
		}
		key := fieldTerm{i, term}
		if lists := t.often.get(key); lists != nil {
			out = append(out, lists...)
			continue
		}
		r, err := t.reader.TermFieldReader(ctx, []byte(term), fieldPrefix+name, true, false, false)
		if err != nil {
			return nil, explain(err)
		}
		n := r.Count()
		lists, err := readTimes(r, n)
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, explain(err)
		}
		if n >= oftenLeast {
			t.often.put(key, lists)
		}
		out = append(out, lists...)
	}
	runtime.KeepAlive(t) // what is closed with it
	return out, nil
}

// readTimes returns the n documents of a reader, a set for each bit of the
// number of times that the term occurs.
func readTimes(r index.TermFieldReader, n uint64) (out []times, err error) {
	if n == 0 {
		return nil, nil
	}
	var sets [32][]uint32
	sets[0] = make([]uint32, 0, n) // most documents have it once
	var at index.TermFieldDoc
	doc, err := r.Next(&at)
	for ; err == nil && doc != nil; doc, err = r.Next(&at) {
		number := uint32(doc.ID.Value())
		for bit, n := 0, uint32(doc.Freq); n > 0; bit, n = bit+1, n>>1 {
			if n&1 == 1 {
				sets[bit] = append(sets[bit], number)
			}
		}
	}
	for bit, docs := range sets {
		if len(docs) > 0 {
			set := roaring.New()
			set.AddMany(docs)
			out = append(out, times{set, 1 << bit})
		}
	}
	return out, err
}

// textPart is a segment less the documents that are gone or are newer in
// another part. It is immutable.
type textPart struct {
	*textSegment
	gone  *roaring.Bitmap // nil for none
	alive int             // documents that are not gone
	total []uint64        // of the lengths of these, by field
}

func newTextPart(t *textSegment) *textPart {
	p := &textPart{textSegment: t, alive: t.docs(), total: make([]uint64, len(t.fields))}
	for _, l := range t.lengths {
		p.total[l.field] += uint64(l.length)
	}
	return p
}

// terms is the length of all documents that are not gone.
func (p *textPart) terms() uint64 {
	sum := uint64(0)
	for _, n := range p.total {
		sum += n
	}
	return sum
}

// holds returns the document of an id, false where there is none or it is gone.
func (p *textPart) holds(id string) (doc uint32, ok bool) {
	doc, ok = p.find(id)
	return doc, ok && (p.gone == nil || !p.gone.Contains(doc))
}

// without returns the part less some documents that it holds.
func (p *textPart) without(docs []uint32) *textPart {
	if len(docs) == 0 {
		return p
	}
	next := &textPart{textSegment: p.textSegment, gone: roaring.New(), alive: p.alive - len(docs), total: slices.Clone(p.total)}
	if p.gone != nil {
		next.gone = p.gone.Clone()
	}
	next.gone.AddMany(docs)
	for _, d := range docs {
		for _, l := range p.lengthsOf(d) {
			next.total[l.field] -= uint64(l.length)
		}
	}
	return next
}

// appendIDs appends the ids of the documents that are not gone.
func (p *textPart) appendIDs(out []string) []string {
	for d := range uint32(p.docs()) {
		if p.gone == nil || !p.gone.Contains(d) {
			out = append(out, p.id(d))
		}
	}
	return out
}
