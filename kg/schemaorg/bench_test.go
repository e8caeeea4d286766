package schemaorg

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/kg"
)

// BenchmarkLoad reads JSON Lines of products with an offer, a rating and two
// properties. A last, bad row keeps the load from writing.
func BenchmarkLoad(b *testing.B) {
	const n = 2000
	var doc strings.Builder
	for i := range n {
		fmt.Fprintf(&doc, `{"@context":"https://schema.org/","@type":"Product","sku":"p%d","name":"Phone %d","brand":{"@type":"Brand","name":"B%d"},"color":"c%d",`+
			`"offers":{"@type":"Offer","price":%d,"priceCurrency":"CNY","availability":"InStock"},"aggregateRating":{"ratingValue":4,"reviewCount":%d},`+
			`"additionalProperty":[{"@type":"PropertyValue","name":"memory","value":8,"unitText":"GB"},{"@type":"PropertyValue","name":"nfc","value":true}]}`+"\n", i, i, i%50, i%9, i, i)
	}
	doc.WriteString("bad\n")
	b.SetBytes(int64(doc.Len()))
	facts := 0
	ctx := kg.WithProgress(context.Background(), func(p kg.Progress) { facts = p.Facts })
	g := newGraph(b)
	for b.Loop() {
		if _, err := Load(ctx, g, strings.NewReader(doc.String()), nil); err == nil {
			b.Fatal("the bad row was loaded")
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(facts*b.N)/b.Elapsed().Seconds(), "facts/s")
}
