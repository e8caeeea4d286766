package kg_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// newGraph returns an empty graph.
func newGraph() *kg.Graph {
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	return g
}

// The red and the blue one are variants of a phone, and have its brand.
func ExampleMapping_group() {
	g := newGraph()
	defer g.Close()
	mapping := kg.Mapping{ID: "id", Group: "model", Fields: []kg.Field{
		{Path: "name"}, {Path: "brand"}, {Path: "color"}, {Path: "price", Type: kg.NumberField, Unit: "CNY"}}}
	export := `[{"id": "nova", "name": "Nova 12", "brand": "Nova", "price": 4999},
	  {"id": "nova-red", "model": "nova", "color": "red"},
	  {"id": "nova-blue", "model": "nova", "color": "blue", "price": 5199}]`
	if _, err := g.LoadJSON(ctx, strings.NewReader(export), mapping); err != nil {
		log.Fatal(err)
	}
	facts, err := g.Facts(ctx, "nova-blue")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(facts)
	_, err = g.LoadJSON(ctx, strings.NewReader(`[{"id": "a", "model": "b"}, {"id": "b", "model": "a"}]`), mapping)
	fmt.Println(err)
	// Output:
	// [nova-blue brand Nova nova-blue color blue nova-blue name Nova 12 nova-blue price 5199 CNY nova-blue variant_of nova]
	// kg: load JSON: nothing was loaded, 2 bad rows, the first: row 0, path model: variants in a circle: a -> b -> a
}

// Each night's export replaces that of the night before.
func ExampleMapping_replace() {
	g := newGraph()
	defer g.Close()
	mapping := kg.Mapping{ID: "id", Source: "export.csv", Replace: true, Fields: []kg.Field{
		{Path: "name"}, {Path: "price", Type: kg.NumberField, Unit: "CNY"}}}
	for _, export := range []string{"id,name,price\np1,Nova,4999\np2,Luna,2999\n", "id,name,price\np3,Sol,999\np1,Nova,4599\n"} {
		report, err := g.LoadCSV(ctx, strings.NewReader(export), mapping)
		if err != nil {
			log.Fatal(err)
		}
		d := report.Diff
		fmt.Println("added", d.Added, "changed", d.Changed, "gone", d.Gone)
		if d.Values.Changed > 0 {
			fmt.Println(d.Changes[0])
		}
	}
	// Output:
	// added [p1 p2] changed [] gone []
	// added [p3] changed [p1] gone [p2]
	// {p1 price [4999 CNY] [4599 CNY]}
}

func ExampleMapping_shapes() {
	g := newGraph()
	defer g.Close()
	mapping := kg.Mapping{ID: "id", Kind: "phone", SkipBadRows: true, Fields: []kg.Field{{Path: "price", Type: kg.NumberField}},
		Shapes: []kg.Shape{{Kind: "phone", Properties: []kg.Property{
			{Predicate: "price", Required: true, MaxCount: 1, Unit: "CNY", Min: kg.Num(1, "")}}}}}
	export := `[{"id": 1, "price": "4999元"}, {"id": 2, "price": "0元"}, {"id": 3, "price": "5 kg"}, {"id": 4}]`
	report, err := g.LoadJSON(ctx, strings.NewReader(export), mapping)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Rows, "row loaded")
	for _, e := range report.Errors {
		fmt.Println(e)
	}
	// Output:
	// 1 row loaded
	// row 1, path price: "0 CNY": it is less than 1 CNY
	// row 2, path price: "5 kg": its unit does not convert into CNY
	// row 3, path price: there is no value, and one is required
}

func ExampleGraph_Validate() {
	g := shop()
	defer g.Close()
	shapes, err := kg.ReadShapes(strings.NewReader(`[
	  {"kind": "phone", "properties": [{"predicate": "memory", "unit": "GB", "min": 8}, {"predicate": "brand", "required": true, "exists": true}]},
	  {"kind": "case", "properties": [{"predicate": "accessory_of", "ref_kind": "phone"}], "closed": true}]`))
	if err != nil {
		log.Fatal(err)
	}
	violations, err := g.Validate(ctx, shapes...)
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range violations {
		fmt.Println(v)
	}
	// Output:
	// p2 memory 6144 MB: it is less than 8 GB
	// p2 brand: there is no value, and one is required
}

func ExampleGraph_Sync() {
	g := shop()
	defer g.Close()
	stock := func(id string, n float64) kg.Fact {
		return kg.Fact{Subject: id, Predicate: "stock", Object: kg.Num(n, "")}
	}
	for _, facts := range [][]kg.Fact{{stock("p1", 3), stock("p2", 1)}, {stock("p1", 2)}} {
		d, err := g.Sync(ctx, "warehouse", facts...)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%+v %v\n", d.Values, d.Changes)
	}
	// Output:
	// {Added:2 Changed:0 Gone:0} [{p1 stock [] [3]} {p2 stock [] [1]}]
	// {Added:0 Changed:1 Gone:1} [{p1 stock [3] [2]} {p2 stock [1] []}]
}

// LoadRows loads what a reader of another format, or a database, gives.
func ExampleGraph_LoadRows() {
	g := newGraph()
	defer g.Close()
	rows := func(yield func(kg.Row, error) bool) {
		for i, line := range []string{"p1 4999", "p2 cheap"} {
			r := kg.Row{Number: i}
			var price float64
			if _, err := fmt.Sscan(line, &r.ID, &price); err != nil {
				r.Errors = []kg.RowError{{Path: "price", Reason: "it is not a number"}}
			}
			r.Facts = []kg.Fact{{Predicate: "price", Object: kg.Num(price, "CNY")}}
			if !yield(r, nil) {
				return
			}
		}
	}
	report, err := g.LoadRows(ctx, rows, kg.LoadOptions{Source: "prices.txt", SkipBadRows: true})
	fmt.Println(report.Rows, report.Errors, err)
	// Output: 1 [row 1, path price: it is not a number] <nil>
}

func ExampleWithProgress() {
	g := newGraph()
	defer g.Close()
	export := strings.NewReader("id,name\np1,Nova\np2,Luna\n")
	watched := kg.WithProgress(context.Background(), func(p kg.Progress) {
		fmt.Printf("%d facts, %d of %d bytes\n", p.Facts, p.Bytes, p.Total)
	})
	if _, err := g.LoadCSV(watched, export, kg.Mapping{ID: "id", Fields: []kg.Field{{Path: "name"}}}); err != nil {
		log.Fatal(err)
	}
	// Output: 2 facts, 24 of 24 bytes
}
