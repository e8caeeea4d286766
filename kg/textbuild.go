package kg

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// fieldPrefix keeps the fields of predicates apart from bleve's own, "_id".
const fieldPrefix = "p:"

// textMapping is of no documents: they are made by hand.
var textMapping = newTextMapping()

func newTextMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	return m
}

// textField is what all texts of one predicate of a thing are to bleve: a field
// that was analyzed before. Bleve's own fields make objects of each occurrence
// of each term, which is half the work of making a segment.
type textField struct {
	name   string
	length int // terms in it
	terms  index.TokenFrequencies
}

func (f *textField) Name() string                                     { return f.name }
func (f *textField) Value() []byte                                    { return nil } // which is for fields that are stored
func (f *textField) ArrayPositions() []uint64                         { return nil }
func (f *textField) EncodedFieldType() byte                           { return 't' }
func (f *textField) Analyze()                                         {}
func (f *textField) Options() index.FieldIndexingOptions              { return index.IndexField }
func (f *textField) AnalyzedLength() int                              { return f.length }
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *textField) NumPlainTextBytes() uint64                        { return 0 } // which is for statistics
func (f *textField) Size() int                                        { return 0 } // likewise

// textTerm is a term of a segment.
type textTerm struct {
	text string
	once index.TokenFreq // what all fields share that have it once
}

// segmentBuilder gathers the documents of a segment.
type segmentBuilder struct {
	s      *snapshot
	seg    *textSegment
	docs   []*document.Document
	number map[uint32]uint32 // of a predicate of s in the segment
	names  []string          // of the fields in bleve
	words  tokenizer
	known  map[string]*textTerm
	found  []*textTerm // the terms of one field
	ids    strings.Builder
}

// buildSegment makes the segment of some things, whose ids ascend, nil where
// none of them has texts.
func buildSegment(ctx context.Context, s *snapshot, ids []string) (*textSegment, error) {
	if len(ids) == 0 {
		return nil, ctx.Err()
	}
	b := segmentBuilder{s: s, seg: &textSegment{first: []uint32{0}}, number: map[uint32]uint32{}, known: map[string]*textTerm{}}
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
	if err := b.index(); err != nil {
		return nil, fmt.Errorf("index %d documents: %w", len(b.docs), explain(err))
	}
	return b.seg, ctx.Err()
}

// index has bleve index the documents.
func (b *segmentBuilder) index() error {
	idx, err := bleve.NewUsing("", textMapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	batch := idx.NewBatch()
	for _, doc := range b.docs {
		err = errors.Join(err, batch.IndexAdvanced(doc))
	}
	if err == nil {
		err = idx.Batch(batch)
	}
	if err != nil {
		return errors.Join(err, idx.Close())
	}
	if err := b.seg.take(idx); err != nil {
		return err
	}
	return b.seg.renumber()
}

// add makes the document of a thing, if it has texts: one field for each
// predicate, with the terms of all its texts. Documents are named by their
// number among those of the segment.
func (b *segmentBuilder) add(id string) {
	var doc *document.Document
	rows := b.s.rows.of(b.s.thing(id))
	for i := 0; i < len(rows); {
		pred := rows[i].predicate
		b.found = b.found[:0]
		for ; i < len(rows) && rows[i].predicate == pred; i++ {
			if v := b.s.terms.at(rows[i].object).plain(); v.kind == String {
				b.find(v.text)
			}
		}
		if len(b.found) == 0 {
			continue
		}
		if doc == nil {
			doc = document.NewDocument(strconv.Itoa(len(b.docs)))
		}
		field := b.numberOf(pred)
		b.seg.lengths = append(b.seg.lengths, fieldLength{field, uint32(len(b.found))})
		doc.AddField(&textField{b.names[field], len(b.found), b.count()})
	}
	if doc == nil {
		return
	}
	b.docs = append(b.docs, doc)
	b.ids.WriteString(id)
	b.seg.ends = append(b.seg.ends, uint32(b.ids.Len()))
	b.seg.first = append(b.seg.first, uint32(len(b.seg.lengths)))
}

// find appends the terms of a text to found.
func (b *segmentBuilder) find(txt string) {
	for _, t := range b.words.termsOf(txt) {
		term := b.known[t]
		if term == nil {
			term = &textTerm{text: strings.Clone(t)}
			term.once.Term = []byte(t)
			term.once.SetFrequency(1)
			b.known[term.text] = term
		}
		b.found = append(b.found, term)
	}
}

// count says how often each of the terms was found.
func (b *segmentBuilder) count() index.TokenFrequencies {
	out := make(index.TokenFrequencies, len(b.found))
	for _, term := range b.found {
		switch n := out[term.text]; n {
		case nil:
			out[term.text] = &term.once
		case &term.once:
			n = &index.TokenFreq{Term: term.once.Term}
			n.SetFrequency(2)
			out[term.text] = n
		default:
			n.SetFrequency(n.Frequency() + 1)
		}
	}
	return out
}

func (b *segmentBuilder) numberOf(pred uint32) uint32 {
	n, ok := b.number[pred]
	if !ok {
		n = uint32(len(b.seg.fields))
		b.number[pred] = n
		b.seg.fields = append(b.seg.fields, b.s.preds[pred].name)
		b.names = append(b.names, fieldPrefix+b.s.preds[pred].name)
	}
	return n
}
