package schemaorg

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/kg"
)

func FuzzLoad(f *testing.F) {
	f.Add(`{"@context":"https://schema.org","@type":"ProductGroup","productGroupID":"g","hasVariant":[{"sku":"1","offers":{"price":"1,000","priceCurrency":"元"}},{"@id":"_:b"}]}`, true)
	f.Add(`[{`+head+`"isVariantOf":{"@id":"q","isVariantOf":{"@id":"p"}}},{"@context":{"@vocab":"http://schema.org/","@language":"zh"},"@type":["HowTo"],"step":{"@list":["a",{"position":2}]}}]`, false)
	f.Add(`{"@context":"http://schema.org","@graph":[{"@type":"FAQPage","mainEntity":{"name":"q","acceptedAnswer":{"text":"a"}}},{"@reverse":{"hasVariant":{"sku":7}},"weight":{"@type":"QuantitativeValue","value":"5","unitCode":"KGM"}}]}`, true)
	f.Add("{"+head+`"totalTime":"PT5M","releaseDate":"2026-01-02","width":"1.2 cm","additionalProperty":{"name":"a@b","value":[1,"x",true]}}`+"\n{}\n", true)
	f.Fuzz(func(t *testing.T, doc string, skip bool) {
		ctx := context.Background()
		g := newGraph(t)
		opts := &Options{LoadOptions: kg.LoadOptions{Source: "s", Replace: true, SkipBadRows: skip}}
		report, err := Load(ctx, g, strings.NewReader(doc), opts)
		if err != nil && (g.Len() != 0 || report.Facts != 0) {
			t.Fatalf("failed with %v, and loaded %d facts", err, g.Len())
		}
		if err != nil {
			return
		}
		if len(report.Errors) > 0 && !skip {
			t.Fatalf("bad rows are no error: %+v", report)
		}
		var once, twice bytes.Buffer
		if err := g.WriteNQuads(ctx, &once); err != nil {
			t.Fatal(err)
		}
		report, err = Load(ctx, g, strings.NewReader(doc), opts)
		if err != nil || report.Diff.Things != (kg.DiffCount{}) {
			t.Fatalf("loaded again: %v, %+v", err, report.Diff)
		}
		if err := g.WriteNQuads(ctx, &twice); err != nil {
			t.Fatal(err)
		}
		if once.String() != twice.String() {
			t.Fatalf("loaded again:\n%s\nbefore:\n%s", twice.String(), once.String())
		}
	})
}
