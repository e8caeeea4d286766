package kg

import (
	"context"
	"encoding/binary"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
	zap "github.com/blevesearch/zapx/v17"
)

// The segments of the full-text index are bleve's (its format zap), but what a
// posting says is put into its key, so that a search works on sets of documents
// alone and never reads a posting by itself. A key is
//
//	term, 0, the number of the predicate in the segment (uvarint), bit
//
// and has the documents where the number of times that the term occurs in the
// texts of the predicate has that bit. All of a term lie side by side. No term
// has a byte 0: tokens of control characters are symbols, which are left out.

// textField is the one field of all documents.
const textField = "t"

// segmentBuilder gathers the documents of a segment.
type segmentBuilder struct {
	s      *snapshot
	seg    *textSegment
	number map[uint32]uint32 // of a predicate of s in the segment
	words  tokenizer
	counts map[string]uint32 // terms of one predicate of one thing
	docs   []index.Document
	ids    strings.Builder
	key    []byte
	keys   strings.Builder // all that were made, in large pieces
}

// buildSegment makes the segment of some things, whose ids ascend, nil where
// none of them has texts.
func buildSegment(ctx context.Context, s *snapshot, ids []string) (*textSegment, error) {
	b := segmentBuilder{s: s, seg: &textSegment{first: []uint32{0}}, number: map[uint32]uint32{}, counts: map[string]uint32{}}
	b.docs = make([]index.Document, 0, len(ids))
	for i, id := range ids {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b.add(id)
	}
	if len(b.docs) == 0 {
		return nil, nil
	}
	b.seg.ids = b.ids.String()
	made, _, err := (&zap.ZapPlugin{}).New(b.docs)
	if err != nil {
		return nil, explain(err)
	}
	b.seg.zap = made.(*zap.SegmentBase) // which is what New makes
	return b.seg, ctx.Err()
}

// add makes the document of a thing, if it has texts.
func (b *segmentBuilder) add(id string) {
	doc := textDocument{}
	rows := b.s.rows.of(b.s.thing(id))
	for i := 0; i < len(rows); {
		pred := rows[i].predicate
		length := uint32(0)
		clear(b.counts)
		for ; i < len(rows) && rows[i].predicate == pred; i++ {
			txt, _ := b.s.value(rows[i].object).Text()
			for _, t := range b.words.termsOf(txt) {
				b.counts[t]++
				length++
			}
		}
		if length == 0 {
			continue
		}
		if doc.keys == nil {
			doc.keys = make(index.TokenFrequencies, 2*len(b.counts))
		}
		number := b.numberOf(pred)
		b.seg.lengths = append(b.seg.lengths, fieldLength{number, length})
		for t, n := range b.counts {
			b.put(doc.keys, t, number, n)
		}
	}
	if doc.keys == nil {
		return
	}
	b.docs = append(b.docs, &doc)
	b.ids.WriteString(id)
	b.seg.ends = append(b.seg.ends, uint32(b.ids.Len()))
	b.seg.first = append(b.seg.first, uint32(len(b.seg.lengths)))
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

// once is what a key says: that it is there.
var once = &index.TokenFreq{}

// put makes the keys of a term that occurs n times.
func (b *segmentBuilder) put(keys index.TokenFrequencies, term string, field, n uint32) {
	for bit := byte(0); n != 0; bit, n = bit+1, n>>1 {
		if n&1 == 0 {
			continue
		}
		b.key = append(b.key[:0], term...)
		b.key = append(binary.AppendUvarint(append(b.key, 0), uint64(field)), bit)
		const piece = 1 << 14
		if b.keys.Cap()-b.keys.Len() < len(b.key) {
			b.keys = strings.Builder{}
			b.keys.Grow(max(piece, len(b.key)))
		}
		from := b.keys.Len()
		b.keys.Write(b.key)
		keys[b.keys.String()[from:]] = once
	}
}

// textDocument is a thing as zap wants it. It has no id of its own: things are
// known by their place in the segment.
type textDocument struct {
	keys index.TokenFrequencies
}

func (d *textDocument) VisitFields(visit index.FieldVisitor) {
	visit(noID)
	visit((*keyField)(d))
}

func (d *textDocument) ID() string                                 { return "" }
func (d *textDocument) Size() int                                  { return 0 }
func (d *textDocument) VisitComposite(index.CompositeFieldVisitor) {}
func (d *textDocument) HasComposite() bool                         { return false }
func (d *textDocument) NumPlainTextBytes() uint64                  { return 0 }
func (d *textDocument) AddIDField()                                {}
func (d *textDocument) StoredFieldsBytes() uint64                  { return 0 }
func (d *textDocument) Indexed() bool                              { return true }

type keyField textDocument

func (f *keyField) Name() string                                     { return textField }
func (f *keyField) Value() []byte                                    { return nil }
func (f *keyField) ArrayPositions() []uint64                         { return nil }
func (f *keyField) EncodedFieldType() byte                           { return 't' }
func (f *keyField) Analyze()                                         {}
func (f *keyField) Options() index.FieldIndexingOptions              { return index.IndexField | index.SkipFreqNorm }
func (f *keyField) AnalyzedLength() int                              { return 0 }
func (f *keyField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.keys }
func (f *keyField) NumPlainTextBytes() uint64                        { return 0 }

// noID is the field that zap wants of every document, empty.
var noID = emptyField{}

type emptyField struct{}

func (emptyField) Name() string                                     { return "_id" }
func (emptyField) Value() []byte                                    { return nil }
func (emptyField) ArrayPositions() []uint64                         { return nil }
func (emptyField) EncodedFieldType() byte                           { return 't' }
func (emptyField) Analyze()                                         {}
func (emptyField) Options() index.FieldIndexingOptions              { return index.StoreField }
func (emptyField) AnalyzedLength() int                              { return 0 }
func (emptyField) AnalyzedTokenFrequencies() index.TokenFrequencies { return nil }
func (emptyField) NumPlainTextBytes() uint64                        { return 0 }
