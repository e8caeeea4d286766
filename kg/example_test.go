package kg_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/slotgraph/slotgraph/kg"
)

var ctx = context.Background()

// shop returns a small graph.
func shop() *kg.Graph {
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	err = g.Add(ctx,
		kg.Fact{Subject: "p1", Predicate: "kind", Object: kg.Text("phone")},
		kg.Fact{Subject: "p1", Predicate: "name", Object: kg.Text("Nova 12")},
		kg.Fact{Subject: "p1", Predicate: "name@zh", Object: kg.Text("新星 12")},
		kg.Fact{Subject: "p1", Predicate: "price", Object: kg.Num(4999, "元")},
		kg.Fact{Subject: "p1", Predicate: "memory", Object: kg.Num(8, "GB")},
		kg.Fact{Subject: "p1", Predicate: "brand", Object: kg.Ref("nova")},
		kg.Fact{Subject: "p2", Predicate: "kind", Object: kg.Text("phone")},
		kg.Fact{Subject: "p2", Predicate: "name", Object: kg.Text("Luna 3")},
		kg.Fact{Subject: "p2", Predicate: "price", Object: kg.Num(2999, "CNY")},
		kg.Fact{Subject: "p2", Predicate: "memory", Object: kg.Num(6144, "MB")},
		kg.Fact{Subject: "nova", Predicate: "country", Object: kg.Text("China")},
		kg.Fact{Subject: "c1", Predicate: "kind", Object: kg.Text("case")},
		kg.Fact{Subject: "c1", Predicate: "accessory_of", Object: kg.Ref("p1")},
	)
	if err != nil {
		log.Fatal(err)
	}
	return g
}

func ExampleGraph_Find() {
	g := shop()
	defer g.Close()
	hits, err := g.Find(ctx, kg.Query{
		Kind: "phone",
		Where: []kg.Condition{
			{Predicate: "memory", Op: kg.Ge, Values: []kg.Value{kg.Num(8192, "MB")}},
			{Predicate: "brand/country", Op: kg.Eq, Values: []kg.Value{kg.Text("China")}},
			{Predicate: "^accessory_of", Op: kg.Has},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, h := range hits {
		fmt.Println(h.ID)
		for _, f := range h.Why {
			fmt.Println(" ", f)
		}
	}
	// Output:
	// p1
	//   p1 memory 8 GB
	//   p1 brand nova
	//   nova country China
	//   c1 accessory_of p1
}

func ExampleGraph_Count() {
	g := shop()
	defer g.Close()
	n, err := g.Count(ctx, kg.Query{Kind: "phone", Where: []kg.Condition{{Predicate: "price", Op: kg.Lt, Values: []kg.Value{kg.Num(4000, "元")}}}})
	fmt.Println(n, err)
	// Output: 1 <nil>
}

func ExampleGraph_Facets() {
	g := shop()
	defer g.Close()
	facets, err := g.Facets(ctx, kg.Query{}, "kind")
	fmt.Println(facets, err)
	// Output: [{phone 2} {case 1}] <nil>
}

func ExampleGraph_Domain() {
	g := shop()
	defer g.Close()
	prices, err := g.Domain(ctx, "phone", "price")
	fmt.Println(prices, err)
	// Output: [2999 CNY 4999 CNY] <nil>
}

func ExampleGraph_Facts() {
	g := shop()
	defer g.Close()
	facts, err := g.Facts(ctx, "p1", "price", "brand")
	fmt.Println(facts, err)
	// Output: [p1 brand nova p1 price 4999 CNY] <nil>
}

func ExampleGraph_Values() {
	g := shop()
	defer g.Close()
	country, err := g.Values(ctx, "c1", "accessory_of/brand/country")
	fmt.Println(country, err)
	// Output: [China] <nil>
}

func ExampleGraph_Subjects() {
	g := shop()
	defer g.Close()
	ids, err := g.Subjects(ctx, "accessory_of", kg.Ref("p1"))
	fmt.Println(ids, err)
	// Output: [c1] <nil>
}

func ExampleGraph_Name() {
	g := shop()
	defer g.Close()
	fmt.Println(g.Name(ctx, "p1", "zh"), g.Name(ctx, "p1", "en"), g.Name(ctx, "nova", "en"))
	// Output: 新星 12 Nova 12 nova
}

func ExampleGraph_Update() {
	g := shop()
	defer g.Close()
	// The price changes and the case goes, at once for every reader.
	err := g.Update(ctx, func(b *kg.Batch) error {
		b.Remove(kg.Fact{Subject: "p1", Predicate: "price", Object: kg.Num(4999, "CNY")})
		b.Add(kg.Fact{Subject: "p1", Predicate: "price", Object: kg.Num(4599, "CNY")})
		b.RemoveSubject("c1")
		return nil
	})
	price, _ := g.Values(ctx, "p1", "price")
	fmt.Println(price, g.Len(), err)
	// Output: [4599 CNY] 11 <nil>
}

func ExampleGraph_Link() {
	g := shop()
	defer g.Close()
	text := "新星12和 luna 哪个好"
	links, err := g.Link(ctx, text, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range links {
		for _, c := range l.Candidates {
			fmt.Printf("%q %s %.2f\n", text[l.Start:l.End], c.ID, c.Score)
		}
	}
	// Output:
	// "新星12" p1 1.00
	// "luna" p2 0.80
}

func ExampleGraph_Search() {
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	err = g.Add(ctx,
		kg.Fact{Subject: "h1", Predicate: "body", Object: kg.Text("收到商品七天内可以申请退款。")},
		kg.Fact{Subject: "h2", Predicate: "body", Object: kg.Text("下单后48小时内发货。")})
	if err != nil {
		log.Fatal(err)
	}
	hits, err := g.Search(ctx, "怎么退款？", nil)
	fmt.Println(hits[0].ID, hits[0].Why, err)
	// Output: h1 [h1 body 收到商品七天内可以申请退款。] <nil>
}

func ExampleGraph_LoadJSON() {
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	// The mapping is data: it may stand in a file beside the export.
	mapping, err := kg.ReadMapping(strings.NewReader(`{
		"rows": "data.products", "id": "sku", "kind": "phone", "source": "shop.json", "fields": [
			{"path": "title", "predicate": "name"},
			{"path": "price.amount", "predicate": "price", "type": "number", "unit_path": "price.currency", "required": true},
			{"path": "colors", "predicate": "color"}]}`))
	if err != nil {
		log.Fatal(err)
	}
	export := `{"data": {"products": [
		{"sku": "p1", "title": "Nova 12", "price": {"amount": 4999, "currency": "RMB"}, "colors": ["red", "blue"]},
		{"sku": "p2", "title": "Luna 3", "price": {"amount": "abc"}}]}}`
	_, err = g.LoadJSON(ctx, strings.NewReader(export), mapping)
	fmt.Println(err)
	mapping.SkipBadRows = true
	report, err := g.LoadJSON(ctx, strings.NewReader(export), mapping)
	fmt.Println(report.Rows, report.Facts, report.Errors, err)
	price, _ := g.Facts(ctx, "p1", "price")
	fmt.Println(price[0], "from", price[0].Source)
	// Output:
	// kg: load JSON: nothing was loaded, 1 bad rows, the first: row 1, path price.amount: "abc" is not a number
	// 1 5 [row 1, path price.amount: "abc" is not a number] <nil>
	// p1 price 4999 CNY from shop.json row 0
}

func ExampleGraph_LoadCSV() {
	g, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	report, err := g.LoadCSV(ctx, strings.NewReader("sku,price,colors\np1,\"¥4,999\",red|blue\n"), kg.Mapping{
		ID: "sku",
		Fields: []kg.Field{
			{Path: "price", Type: kg.NumberField},
			{Path: "colors", Predicate: "color", Split: "|"},
		}})
	facts, _ := g.Facts(ctx, "p1")
	fmt.Println(report.Rows, facts, err)
	// Output: 1 [p1 color red p1 color blue p1 price 4999 CNY] <nil>
}

func ExampleGraph_WriteNQuads() {
	g := shop()
	defer g.Close()
	var file strings.Builder
	if err := g.WriteNQuads(ctx, &file); err != nil {
		log.Fatal(err)
	}
	copied, err := kg.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer copied.Close()
	report, err := copied.LoadNQuads(ctx, strings.NewReader(file.String()))
	line, _, _ := strings.Cut(file.String(), "\n")
	fmt.Println(line)
	fmt.Println(report.Facts == g.Len(), err)
	// Output:
	// <c1> <accessory_of> <p1> .
	// true <nil>
}

func ExampleGraph_Mermaid() {
	g := shop()
	defer g.Close()
	if err := g.Mermaid(ctx, []string{"c1"}, 1, os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// graph LR
	//   n0(["c1"])
	//   n1(["Nova 12<br>p1"])
	//   n2["case"]
	//   n0 -->|"accessory_of"| n1
	//   n0 -->|"kind"| n2
}

func ExampleGraph_DOT() {
	g := shop()
	defer g.Close()
	if err := g.DOT(ctx, []string{"nova"}, 1, os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// digraph {
	//   rankdir=LR;
	//   n0 [label="nova", shape=ellipse];
	//   n1 [label="China", shape=box];
	//   n0 -> n1 [label="country"];
	// }
}

func ExampleGraph_View() {
	g := shop()
	defer g.Close()
	err := g.View(ctx, func(qs graph.QuadStore) error {
		return path.StartPath(qs, quad.IRI("c1")).Out(quad.IRI("accessory_of")).Out(quad.IRI("brand")).
			Iterate(ctx).EachValue(qs, func(v quad.Value) { fmt.Println(v) })
	})
	fmt.Println(err)
	// Output:
	// <nova>
	// <nil>
}

func ExampleValue() {
	v := kg.Num(8, "gb")
	n, unit, ok := v.Number()
	fmt.Println(v, n, unit, ok, v == kg.Num(8, "GB"))
	fmt.Println(kg.Ref("p1").IsRef(), kg.Text("p1") == kg.Ref("p1"), kg.Bool(true).Kind())
	// Output:
	// 8 GB 8 GB true true
	// true false bool
}

func ExampleCondition() {
	fmt.Println(kg.Condition{Predicate: "price", Op: kg.Le, Values: []kg.Value{kg.Num(900, "元")}})
	fmt.Println(kg.Condition{Predicate: "image", Op: kg.HasNot})
	// Output:
	// price <= 900 CNY
	// hasnot image
}
