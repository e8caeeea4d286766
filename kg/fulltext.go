package kg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// textIndex is the writing side of the full-text index, a bleve index in
// memory with one document for each thing that has texts. Graph.mu guards it.
// Searches go through readers, each of which sees one state for ever.
type textIndex struct {
	bleve    bleve.Index
	segments int // written since the index was built; nothing merges them
}

const (
	allField     = "all" // every text of a thing
	fieldPrefix  = "p:"  // and the texts of each predicate
	textBatch    = 4000  // documents in one segment
	maxSegments  = 24    // more than this, and the index is built anew
	scoringModel = index.BM25Scoring
)

var textMapping = newTextMapping()

func newTextMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.StoreDynamic, m.DocValuesDynamic = false, false
	m.DefaultMapping = bleve.NewDocumentDisabledMapping() // documents are made by hand
	m.ScoringModel = scoringModel
	return m
}

func newTextIndex() (*textIndex, error) {
	b, err := bleve.NewUsing("", textMapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("make the text index: %w", explain(err))
	}
	return &textIndex{bleve: b}, nil
}

func (t *textIndex) close() error {
	if err := t.bleve.Close(); err != nil {
		return fmt.Errorf("close the text index: %w", explain(err))
	}
	return nil
}

// update brings the documents of the given things to their state in s and
// returns a reader that sees it. Where it fails, readers made before still see
// the old state, and the next update builds the index anew.
func (t *textIndex) update(s *snapshot, ids []string) (*textReader, error) {
	if t.segments+1+len(ids)/textBatch > maxSegments {
		return t.rebuild(s)
	}
	if err := t.write(s, ids); err != nil {
		t.stale()
		return nil, err
	}
	return t.reader()
}

// stale has the next update build the index anew.
func (t *textIndex) stale() { t.segments = maxSegments }

func (t *textIndex) rebuild(s *snapshot) (*textReader, error) {
	fresh, err := newTextIndex()
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, s.subjects)
	for _, n := range s.allSubjects() {
		ids = append(ids, s.id(n))
	}
	if err := fresh.write(s, ids); err != nil {
		return nil, errors.Join(err, fresh.close())
	}
	old := *t
	*t = *fresh
	t.segments = 0
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	return r, old.close() // its readers live on
}

func (t *textIndex) write(s *snapshot, ids []string) error {
	for len(ids) > 0 {
		n := min(len(ids), textBatch)
		b := t.bleve.NewBatch()
		for _, id := range ids[:n] {
			doc := textDocument(s, id)
			if doc == nil {
				b.Delete(id)
			} else if err := b.IndexAdvanced(doc); err != nil {
				return fmt.Errorf("index the texts of %s: %w", clip(id), explain(err))
			}
		}
		if err := t.bleve.Batch(b); err != nil {
			return fmt.Errorf("index the texts of %d things: %w", n, explain(err))
		}
		t.segments++
		ids = ids[n:]
	}
	return nil
}

// textDocument returns the texts of a thing, nil where it has none. The texts
// of one predicate are one field, a line each.
func textDocument(s *snapshot, id string) *document.Document {
	var doc *document.Document
	rows := s.inOrder(s.rows.of(s.thing(id)))
	for i := 0; i < len(rows); {
		pred := rows[i].predicate
		var texts []byte
		for ; i < len(rows) && rows[i].predicate == pred; i++ {
			if txt, ok := s.value(rows[i].object).Text(); ok {
				texts = append(append(texts, txt...), '\n')
			}
		}
		if len(texts) == 0 {
			continue
		}
		if doc == nil {
			doc = document.NewDocument(id)
			doc.AddField(document.NewCompositeField(allField, true, nil, nil))
		}
		doc.AddField(document.NewTextFieldCustom(fieldPrefix+s.preds[pred].name, nil, texts, index.IndexField, analyzer{}))
	}
	return doc
}

// textReader searches one state of the text index. It is safe for concurrent
// use, and needs no closing: all it holds is memory.
type textReader struct {
	index.IndexReader
}

func (t *textIndex) reader() (*textReader, error) {
	adv, err := t.bleve.Advanced()
	if err != nil {
		return nil, fmt.Errorf("read the text index: %w", explain(err))
	}
	r, err := adv.Reader()
	if err != nil {
		return nil, fmt.Errorf("read the text index: %w", explain(err))
	}
	return &textReader{r}, nil
}

type textQuery struct {
	text   string
	fields []string // predicates; none is all
	all    bool     // every term must be met, not just one
}

type textHit struct {
	id    string
	score float64
}

// search returns the best hits, ties by id: all of them, or, where most is
// positive, at least so many and all that are as good as the last.
func (r *textReader) search(ctx context.Context, q textQuery, most int) ([]textHit, error) {
	terms := queryTerms(q.text)
	if len(terms) == 0 {
		return nil, ctx.Err()
	}
	docs, err := r.DocCount()
	if err != nil {
		return nil, fmt.Errorf("search text: %w", explain(err))
	}
	docs = min(docs, math.MaxInt32)
	for size := uint64(most) + 16; most > 0 && size < docs; size *= 4 {
		hits, err := r.top(ctx, terms, q, int(size))
		if err != nil || len(hits) < int(size) {
			return hits, err
		}
		if last := hits[len(hits)-1].score; hits[most-1].score > last { // the tie at the end is cut, and not wanted
			return slices.DeleteFunc(hits, func(h textHit) bool { return h.score == last }), nil
		}
	}
	if docs == 0 {
		return nil, ctx.Err()
	}
	return r.top(ctx, terms, q, int(docs))
}

// top returns the best hits of the given number; among equals at the end it is
// left to bleve which ones.
func (r *textReader) top(ctx context.Context, terms []string, q textQuery, size int) (hits []textHit, err error) {
	model := func() string { return scoringModel }
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey, search.GetScoringModelCallbackFn(model))
	searcher, err := termsQuery(terms, q).Searcher(ctx, r.IndexReader, textMapping, search.SearcherOptions{})
	if err != nil {
		return nil, fmt.Errorf("search text: %w", explain(err))
	}
	defer func() {
		if cerr := searcher.Close(); cerr != nil && err == nil {
			hits, err = nil, fmt.Errorf("search text: %w", explain(cerr))
		}
	}()
	found := collector.NewTopNCollector(size, 0, search.SortOrder{&search.SortScore{Desc: true}})
	if err := found.Collect(ctx, searcher, r.IndexReader); err != nil {
		return nil, fmt.Errorf("search text: %w", explain(err))
	}
	for _, m := range found.Results() {
		hits = append(hits, textHit{m.ID, m.Score})
	}
	slices.SortFunc(hits, func(a, b textHit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.id, b.id))
	})
	return hits, ctx.Err()
}

func termsQuery(terms []string, q textQuery) query.Query {
	fields := []string{allField}
	if len(q.fields) > 0 {
		fields = fields[:0]
		for _, f := range q.fields {
			fields = append(fields, fieldPrefix+f)
		}
	}
	each := make([]query.Query, len(terms))
	for i, t := range terms {
		in := make([]query.Query, len(fields))
		for j, f := range fields {
			tq := query.NewTermQuery(t)
			tq.SetField(f)
			in[j] = tq
		}
		if each[i] = in[0]; len(in) > 1 {
			each[i] = query.NewDisjunctionQuery(in)
		}
	}
	if q.all {
		return query.NewConjunctionQuery(each)
	}
	return query.NewDisjunctionQuery(each)
}

// explain makes sure that an error of bleve says something: one of them prints
// as an empty string.
func explain(err error) error {
	if err != nil && err.Error() == "" {
		return fmt.Errorf("unnamed error %T of the text index: %w", err, err)
	}
	return err
}
