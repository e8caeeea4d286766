package kg

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
)

// A segment is made of bleve's parts: a dictionary of keys (vellum) and the
// postings of each (roaring). How often a term occurs is in its keys, so that a
// search works on sets of documents alone. A key is
//
//	term, 0, the predicate's number in the segment and a bit (four bytes)
//
// and has the documents where the number of times that the term occurs in the
// texts of the predicate has that bit. All keys of a term lie side by side. No
// term has a byte 0: control characters are symbols to the tokenizer.

// bitsOfCount is the room that the bit takes in the last part of a key.
const bitsOfCount = 5

// oneDoc marks the values of keys that have one document: it is the rest of the
// value. Other values are places in the postings.
const oneDoc = 1 << 63

// textPosting says that a document has a key.
type textPosting struct{ term, tail, doc uint32 }

// segmentBuilder gathers the postings of a segment.
type segmentBuilder struct {
	s        *snapshot
	seg      *textSegment
	number   map[uint32]uint32 // of a predicate of s in the segment
	words    tokenizer
	terms    []string
	termAt   map[string]uint32
	found    []uint32 // the terms of one predicate of one thing
	postings []textPosting
	ids      strings.Builder
}

// buildSegment makes the segment of some things, whose ids ascend, nil where
// none of them has texts.
func buildSegment(ctx context.Context, s *snapshot, ids []string) (*textSegment, error) {
	b := segmentBuilder{s: s, seg: &textSegment{first: []uint32{0}}, number: map[uint32]uint32{}, termAt: map[string]uint32{}}
	for i, id := range ids {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b.add(id)
	}
	if len(b.postings) == 0 {
		return nil, nil
	}
	b.seg.ids = b.ids.String()
	b.sortPostings()
	if err := b.writePostings(); err != nil {
		return nil, explain(err)
	}
	return b.seg, ctx.Err()
}

// add makes the document of a thing, if it has texts.
func (b *segmentBuilder) add(id string) {
	doc, before := uint32(len(b.seg.ends)), len(b.seg.lengths)
	rows := b.s.rows.of(b.s.thing(id))
	for i := 0; i < len(rows); {
		pred := rows[i].predicate
		b.found = b.found[:0]
		for ; i < len(rows) && rows[i].predicate == pred; i++ {
			if v := b.s.terms.at(rows[i].object).plain(); v.kind == String {
				b.find(v.text)
			}
		}
		if len(b.found) > 0 {
			field := b.numberOf(pred)
			b.seg.lengths = append(b.seg.lengths, fieldLength{field, uint32(len(b.found))})
			b.count(doc, field)
		}
	}
	if len(b.seg.lengths) == before {
		return
	}
	b.ids.WriteString(id)
	b.seg.ends = append(b.seg.ends, uint32(b.ids.Len()))
	b.seg.first = append(b.seg.first, uint32(len(b.seg.lengths)))
}

// find appends the terms of a text to found.
func (b *segmentBuilder) find(txt string) {
	for _, t := range b.words.termsOf(txt) {
		n, ok := b.termAt[t]
		if !ok {
			n = uint32(len(b.terms))
			b.terms = append(b.terms, t)
			b.termAt[t] = n
		}
		b.found = append(b.found, n)
	}
}

// count makes the postings of what was found in one predicate of a document.
func (b *segmentBuilder) count(doc, field uint32) {
	slices.Sort(b.found)
	for i := 0; i < len(b.found); {
		from := i
		for i < len(b.found) && b.found[i] == b.found[from] {
			i++
		}
		for bit, n := uint32(0), i-from; n > 0; bit, n = bit+1, n>>1 {
			if n&1 == 1 {
				b.postings = append(b.postings, textPosting{b.found[from], field<<bitsOfCount | bit, doc})
			}
		}
	}
}

func (b *segmentBuilder) numberOf(pred uint32) uint32 {
	n, ok := b.number[pred]
	if !ok {
		n = uint32(len(b.seg.fields))
		b.number[pred] = n
		b.seg.fields = append(b.seg.fields, b.s.preds[pred].name)
	}
	return n
}

// sortPostings puts the terms into their order, and the postings into that of
// their keys and documents.
func (b *segmentBuilder) sortPostings() {
	order := make([]uint32, len(b.terms))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(b.terms[x], b.terms[y]) })
	rank, terms := make([]uint32, len(order)), make([]string, len(order))
	for i, t := range order {
		rank[t], terms[i] = uint32(i), b.terms[t]
	}
	b.terms = terms
	start := make([]int, len(terms)+1)
	for _, p := range b.postings {
		start[rank[p.term]+1]++
	}
	for i := range terms {
		start[i+1] += start[i]
	}
	out, next := make([]textPosting, len(b.postings)), slices.Clone(start)
	for _, p := range b.postings {
		p.term = rank[p.term]
		out[next[p.term]] = p
		next[p.term]++
	}
	for i := range terms {
		if run := out[start[i]:start[i+1]]; len(run) > 1 {
			slices.SortFunc(run, func(x, y textPosting) int {
				return cmp.Or(cmp.Compare(x.tail, y.tail), cmp.Compare(x.doc, y.doc))
			})
		}
	}
	b.postings = out
}

// writePostings writes the dictionary and the postings of the segment.
func (b *segmentBuilder) writePostings() error {
	var dict, lists bytes.Buffer
	fst, err := vellum.New(&dict, &vellum.BuilderOpts{Encoder: 1, RegistryTableSize: min(len(b.terms)/4+1, 10_000), RegistryMRUSize: 2})
	if err != nil {
		return err
	}
	var key []byte
	var docs []uint32
	for list := b.postings; len(list) > 0; {
		p := list[0]
		docs = docs[:0]
		for len(list) > 0 && list[0].term == p.term && list[0].tail == p.tail {
			docs = append(docs, list[0].doc)
			list = list[1:]
		}
		value := oneDoc | uint64(p.doc)
		if len(docs) > 1 {
			value = uint64(lists.Len())
			set := roaring.BitmapOf(docs...)
			set.RunOptimize()
			if _, err := set.WriteTo(&lists); err != nil {
				return err
			}
		}
		key = append(append(key[:0], b.terms[p.term]...), 0)
		key = binary.BigEndian.AppendUint32(key, p.tail)
		if err := fst.Insert(key, value); err != nil {
			return err
		}
	}
	if err := fst.Close(); err != nil {
		return err
	}
	b.seg.lists = slices.Clip(lists.Bytes())
	return b.seg.load(slices.Clip(dict.Bytes()))
}
