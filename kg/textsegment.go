package kg

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
)

// textSegment is an inverted index of the texts of some things, which are its
// documents, numbered by id. It is immutable.
type textSegment struct {
	keys    *vellum.FST
	dict    []byte   // keys as bytes
	lists   []byte   // the documents of those keys that have several
	ids     string   // of all documents, one behind the other
	ends    []uint32 // where each of them ends
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
	i, ok := sort.Find(t.docs(), func(i int) int { return cmp.Compare(id, t.id(uint32(i))) })
	return uint32(i), ok
}

func (t *textSegment) lengthsOf(doc uint32) []fieldLength {
	return t.lengths[t.first[doc]:t.first[doc+1]]
}

// times is a set of documents in which a term occurs so many times at least;
// the sets of a document add up to how often it does.
type times struct {
	docs *roaring.Bitmap
	n    uint32
}

// load sets the dictionary.
func (t *textSegment) load(dict []byte) (err error) {
	t.dict = dict
	t.keys, err = vellum.Load(dict)
	return err
}

// postings returns where a term occurs in the wanted fields, nil for all.
func (t *textSegment) postings(term string, wanted []bool) ([]times, error) {
	from := append([]byte(term), 0)
	to := append([]byte(term), 1)
	var out []times
	it, err := t.keys.Iterator(from, to)
	for ; err == nil; err = it.Next() {
		key, value := it.Current()
		if len(key) != len(from)+4 {
			return nil, fmt.Errorf("unreadable key %q", clip(string(key)))
		}
		tail := binary.BigEndian.Uint32(key[len(from):])
		if wanted != nil && !wanted[tail>>bitsOfCount] {
			continue
		}
		docs := roaring.New()
		if value&oneDoc != 0 {
			docs.Add(uint32(value))
		} else if _, err := docs.FromBuffer(t.lists[value:]); err != nil {
			return nil, explain(err)
		}
		out = append(out, times{docs, 1 << (tail & (1<<bitsOfCount - 1))})
	}
	if err != vellum.ErrIteratorDone {
		return nil, explain(err)
	}
	return out, nil
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
