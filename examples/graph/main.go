// Graph loads a shop's export into a knowledge graph, asks it for products with
// the reasons, and finds the products that a customer's message names.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

const export = `{"data": {"products": [
  {"sku": "n12", "title": {"en": "Nova 12", "zh": "新星12"}, "maker": "nova", "price": {"amount": 4999, "currency": "RMB"}, "ram": "8 GB", "colors": ["black", "blue"]},
  {"sku": "n12p", "title": {"en": "Nova 12 Pro", "zh": "新星12 Pro"}, "maker": "nova", "price": {"amount": "6,499", "currency": "RMB"}, "ram": "12 GB", "colors": ["black"]},
  {"sku": "l3", "title": {"en": "Luna 3", "zh": "月光3"}, "maker": "luna", "price": {"amount": 2999, "currency": "RMB"}, "ram": "6 GB", "colors": ["white", "blue"]}]}}`

// The mapping is data, and could as well stand in a file beside the export.
const mapping = `{"rows": "data.products", "id": "sku", "kind": "phone", "source": "shop.json", "fields": [
  {"path": "title.en", "predicate": "name", "required": true},
  {"path": "title.zh", "predicate": "name@zh"},
  {"path": "maker", "predicate": "brand", "type": "ref"},
  {"path": "price.amount", "predicate": "price", "type": "number", "unit_path": "price.currency", "required": true},
  {"path": "ram", "predicate": "memory", "type": "number"},
  {"path": "colors", "predicate": "color"}]}`

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, w io.Writer) error {
	g, err := kg.New(nil)
	if err != nil {
		return err
	}
	defer g.Close()
	m, err := kg.ReadMapping(strings.NewReader(mapping))
	if err != nil {
		return err
	}
	report, err := g.LoadJSON(ctx, strings.NewReader(export), m)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "loaded %d products, %d facts\n", report.Rows, report.Facts)

	hits, err := g.Find(ctx, kg.Query{Kind: "phone", Where: []kg.Condition{
		{Predicate: "price", Op: kg.Le, Values: []kg.Value{kg.Num(5000, "元")}},
		{Predicate: "color", Op: kg.Eq, Values: []kg.Value{kg.Text("blue"), kg.Text("red")}},
	}, Order: []kg.Order{{Predicate: "memory", Desc: true}}})
	if err != nil {
		return err
	}
	for _, h := range hits {
		fmt.Fprintf(w, "%s (%s), because\n", g.Name(ctx, h.ID, "en"), g.Name(ctx, h.ID, "zh"))
		for _, f := range h.Why {
			fmt.Fprintf(w, "  %s  [%s]\n", f, f.Source)
		}
	}

	message := "新星12 pro和 lunna 3 哪个好？"
	links, err := g.Link(ctx, message, nil)
	if err != nil {
		return err
	}
	for _, l := range links {
		best := l.Candidates[0]
		fmt.Fprintf(w, "%q names %s, score %.2f\n", message[l.Start:l.End], g.Name(ctx, best.ID, "en"), best.Score)
	}
	return nil
}
