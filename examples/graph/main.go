// Graph loads a shop's export into a knowledge graph that is kept on disk, asks
// it for products with the reasons, finds the products that a customer's message
// names and compares them, and takes the next day's export, saying what changed.
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

// A day later the Nova 12 is cheaper, and the Luna 3 is sold out.
const nextExport = `{"data": {"products": [
  {"sku": "n12", "title": {"en": "Nova 12", "zh": "新星12"}, "maker": "nova", "price": {"amount": 4599, "currency": "RMB"}, "ram": "8 GB", "colors": ["black", "blue"]},
  {"sku": "n12p", "title": {"en": "Nova 12 Pro", "zh": "新星12 Pro"}, "maker": "nova", "price": {"amount": "6,499", "currency": "RMB"}, "ram": "12 GB", "colors": ["black"]}]}}`

// The mapping is data, and could as well stand in a file beside the export.
const mapping = `{"rows": "data.products", "id": "sku", "kind": "phone", "source": "shop.json", "replace": true, "fields": [
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
	dir, err := os.MkdirTemp("", "graph")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m, err := kg.ReadMapping(strings.NewReader(mapping))
	if err != nil {
		return err
	}
	if err := today(ctx, w, dir, m); err != nil {
		return err
	}
	return tomorrow(ctx, w, dir, m)
}

// today fills the graph and asks it.
func today(ctx context.Context, w io.Writer, dir string, m kg.Mapping) error {
	g, err := kg.Open(dir, nil)
	if err != nil {
		return err
	}
	defer g.Close()
	report, err := g.LoadJSON(ctx, strings.NewReader(export), m)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "loaded %d products, %d facts\n", report.Rows, report.Facts)
	if err := find(ctx, w, g); err != nil {
		return err
	}
	message := "新星12 pro和 lunna 3 哪个好？"
	links, err := g.Link(ctx, message, nil)
	if err != nil {
		return err
	}
	var named []string
	for _, l := range links {
		best := l.Candidates[0]
		fmt.Fprintf(w, "%q names %s, score %.2f\n", message[l.Start:l.End], g.Name(ctx, best.ID, "en"), best.Score)
		named = append(named, best.ID)
	}
	c, err := g.Compare(ctx, named, nil)
	if err != nil {
		return err
	}
	for _, row := range c.Differ {
		fmt.Fprintf(w, "  %s: %v\n", row.Predicate, row.Values)
	}
	return nil
}

// find asks for phones and says why they were found.
func find(ctx context.Context, w io.Writer, g *kg.Graph) error {
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
	return nil
}

// tomorrow opens the graph again and takes the next export.
func tomorrow(ctx context.Context, w io.Writer, dir string, m kg.Mapping) error {
	g, err := kg.Open(dir, nil)
	if err != nil {
		return err
	}
	defer g.Close()
	report, err := g.LoadJSON(ctx, strings.NewReader(nextExport), m)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "the next day: changed %v, gone %v\n", report.Diff.Changed, report.Diff.Gone)
	for _, c := range report.Diff.Changes {
		if len(c.New) > 0 {
			fmt.Fprintf(w, "  %s %s: %v, was %v\n", c.Subject, c.Predicate, c.New, c.Old)
		}
	}
	return nil
}
