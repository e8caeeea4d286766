package kgbench

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/slotgraph/slotgraph/kg"
)

// bleveRival filters products by keyword and numeric fields; it has no hops,
// and no names to find.
type bleveRival struct {
	index  bleve.Index
	list   []string
	counts []count
	n      int
}

const bleveBatch = 1000

var keywordFields = []string{"kind", "brand", "category", "colour"}

func bleveMapping() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range keywordFields {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors = keyword.Name, false, false, false
		f.DocValues = name == "colour" // for the facets
		doc.AddFieldMappingsAt(name, f)
	}
	price := bleve.NewNumericFieldMapping()
	price.Store, price.IncludeInAll = false, false // doc values, for the order
	doc.AddFieldMappingsAt("price", price)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.StoreDynamic, m.DocValuesDynamic, m.IndexDynamic = false, false, false
	return m
}

// loadBleve indexes the products, whose facts come together.
func loadBleve(ctx context.Context, facts []kg.Fact) (_ *bleveRival, err error) {
	index, err := bleve.NewUsing("", bleveMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("load bleve: %w", err)
	}
	b := &bleveRival{index: index}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("load bleve: %w", err), index.Close())
		}
	}()
	batch := index.NewBatch()
	for len(facts) > 0 {
		n := 1
		for n < len(facts) && facts[n].Subject == facts[0].Subject {
			n++
		}
		if n == factsOfProduct {
			if err := batch.Index(facts[0].Subject, bleveDocument(facts[:n])); err != nil {
				return nil, err
			}
		}
		if facts = facts[n:]; batch.Size() >= bleveBatch || len(facts) == 0 {
			if err := errors.Join(ctx.Err(), index.Batch(batch)); err != nil {
				return nil, err
			}
			batch.Reset()
		}
	}
	return b, nil
}

func bleveDocument(facts []kg.Fact) map[string]any {
	doc := map[string]any{}
	for _, f := range facts {
		if x, _, ok := f.Object.Number(); ok {
			doc[f.Predicate] = x
		} else {
			doc[f.Predicate] = f.Object.String()
		}
	}
	return doc
}

func term(field, value string) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	return q
}

func prices64(least, most *float64) query.Query {
	inclusive := true
	q := bleve.NewNumericRangeInclusiveQuery(least, most, &inclusive, &inclusive)
	q.SetField("price")
	return q
}

func (q *question) bleveThree() []query.Query {
	return []query.Query{term("brand", q.brand), term("category", q.category), term("colour", q.colour)}
}

func (b *bleveRival) search(ctx context.Context, q query.Query, size int, more func(*bleve.SearchRequest)) error {
	r := bleve.NewSearchRequestOptions(q, size, 0, false)
	r.Score = "none"
	if more != nil {
		more(r)
	}
	found, err := b.index.SearchInContext(ctx, r)
	if err != nil {
		return err
	}
	b.n, b.list, b.counts = int(found.Total), b.list[:0], b.counts[:0]
	for _, h := range found.Hits {
		b.list = append(b.list, h.ID)
	}
	if f := found.Facets["colour"]; f != nil {
		for _, t := range f.Terms.Terms() {
			b.counts = append(b.counts, count{t.Term, t.Count})
		}
		slices.SortFunc(b.counts, byCount)
	}
	return nil
}

func (b *bleveRival) rival() *rival {
	const most = 1000 // hits, more than any selective query has
	return &rival{name: bleveName, update: b.update, close: b.index.Close, probes: map[string]probe{
		three: {func(ctx context.Context, q *question) error {
			return b.search(ctx, bleve.NewConjunctionQuery(q.bleveThree()...), most, nil)
		}, ids(&b.list)},
		threeRange: {func(ctx context.Context, q *question) error {
			return b.search(ctx, bleve.NewConjunctionQuery(append(q.bleveThree(), prices64(nil, &q.price))...), most, nil)
		}, ids(&b.list)},
		rangeCount: {func(ctx context.Context, q *question) error { return b.search(ctx, prices64(nil, &q.any), 0, nil) }, number(&b.n)},
		rangeFirst: {func(ctx context.Context, q *question) error {
			return b.search(ctx, prices64(&q.any, nil), 10, func(r *bleve.SearchRequest) { r.SortBy([]string{"price", "_id"}) })
		}, func() []string { return b.list }},
		facets: {func(ctx context.Context, q *question) error {
			return b.search(ctx, bleve.NewConjunctionQuery(term("category", q.shelf), prices64(nil, &q.price)), 0, func(r *bleve.SearchRequest) {
				r.AddFacet("colour", bleve.NewFacetRequest("colour", len(colours)))
			})
		}, tally(&b.counts)},
	}}
}

func (b *bleveRival) update(_ context.Context, _, after []kg.Fact) error {
	return b.index.Index(after[0].Subject, bleveDocument(after))
}
