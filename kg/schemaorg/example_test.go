package schemaorg_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/kg/schemaorg"
)

const page = `{"@context": "https://schema.org/", "@type": "ProductGroup", "@id": "https://shop.example/nova",
  "name": [{"@value": "Nova 12", "@language": "en"}, {"@value": "新星 12", "@language": "zh"}],
  "brand": {"@type": "Brand", "name": "Nova"},
  "weight": {"@type": "QuantitativeValue", "value": 180, "unitCode": "GRM"},
  "additionalProperty": {"@type": "PropertyValue", "name": "memory", "value": "8", "unitText": "GB"},
  "hasVariant": [
    {"@type": "Product", "sku": "n12-red", "color": "red",
     "offers": {"@type": "Offer", "price": "4999.00", "priceCurrency": "CNY", "availability": "https://schema.org/InStock"}},
    {"@type": "Product", "sku": "n12-blue", "color": "blue",
     "offers": {"@type": "Offer", "price": "5099.00", "priceCurrency": "CNY", "availability": "https://schema.org/OutOfStock"}}]}`

func ExampleLoad() {
	ctx := context.Background()
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	report, err := schemaorg.Load(ctx, g, strings.NewReader(page), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Rows, "row,", report.Facts, "facts")
	hits, err := g.Find(ctx, kg.Query{Kind: "product", Where: []kg.Condition{
		{Predicate: "in_stock", Values: []kg.Value{kg.Bool(true)}},
		{Predicate: "memory", Op: kg.Ge, Values: []kg.Value{kg.Num(8, "GB")}},
		{Predicate: "brand/name", Values: []kg.Value{kg.Text("Nova")}}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, h := range hits {
		fmt.Println(g.Name(ctx, h.ID, "zh"), h.Why)
	}
	// Output:
	// 1 row, 32 facts
	// 新星 12 [n12-red in_stock true n12-red memory 8 GB n12-red brand brand:Nova brand:Nova name Nova]
}

// A second load of the source says what became different.
func ExampleLoad_replace() {
	ctx := context.Background()
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	opts := &schemaorg.Options{LoadOptions: kg.LoadOptions{Source: "shop.jsonld", Replace: true}}
	for _, doc := range []string{page, strings.Replace(page, "4999", "4599", 1)} {
		report, err := schemaorg.Load(ctx, g, strings.NewReader(doc), opts)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%+v\n", report.Diff.Things)
		if report.Diff.Things.Changed > 0 {
			c := report.Diff.Changes[0]
			fmt.Println(c.Subject, c.Predicate, c.Old, c.New)
		}
	}
	// Output:
	// {Added:4 Changed:0 Gone:0}
	// {Added:0 Changed:1 Gone:0}
	// n12-red price [4999 CNY] [4599 CNY]
}

func ExampleLoad_faq() {
	ctx := context.Background()
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	doc := `{"@context": "https://schema.org", "@graph": [
	  {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "How long is the warranty?",
	    "acceptedAnswer": {"@type": "Answer", "text": "Two years."}}]},
	  {"@type": "HowTo", "name": "Reset the phone", "totalTime": "PT2M", "step": ["Hold the button", {"@type": "HowToStep", "text": "Let go"}]}]}`
	if _, err := schemaorg.Load(ctx, g, strings.NewReader(doc), &schemaorg.Options{LoadOptions: kg.LoadOptions{Source: "help"}}); err != nil {
		log.Fatal(err)
	}
	hits, err := g.Find(ctx, kg.Query{Kind: "question", Text: "warranty"})
	if err != nil {
		log.Fatal(err)
	}
	answers, err := g.Values(ctx, hits[0].ID, "answer/text")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answers)
	steps, err := g.Find(ctx, kg.Query{Kind: "how_to_step", Order: []kg.Order{{Predicate: "position"}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range steps {
		words, err := g.Values(ctx, s.ID, "text")
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(words[0])
	}
	// Output:
	// [Two years.]
	// Hold the button
	// Let go
}
