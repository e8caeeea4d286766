package kg_test

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

func ExampleGraph_Paths() {
	g := shop()
	defer g.Close()
	paths, err := g.Paths(ctx, "c1", "nova", nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range paths {
		fmt.Println(p)
		fmt.Println(p.Predicate(), p.Facts())
	}
	// Output:
	// c1 accessory_of p1 brand nova
	// accessory_of/brand [c1 accessory_of p1 p1 brand nova]
}

func ExampleGraph_Neighbours() {
	g := shop()
	defer g.Close()
	relations, err := g.Neighbours(ctx, "nova", &kg.NeighbourOptions{Limit: 1})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range relations {
		fmt.Println(r.Predicate, r.Back, r.Count, r.Facts)
	}
	// Output:
	// country false 1 [nova country China]
	// brand true 1 [p1 brand nova]
}

func ExampleGraph_Compare() {
	g := shop()
	defer g.Close()
	c, err := g.Compare(ctx, []string{"p1", "p2"}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Join(c.Names, " or "))
	for _, row := range c.Differ {
		fmt.Println(row.Predicate, row.Values, "least:", row.Least, "greatest:", row.Greatest)
	}
	for _, row := range c.Same {
		fmt.Println("both:", row.Predicate, row.Values[0])
	}
	// Output:
	// Nova 12 or Luna 3
	// brand [[nova] []] least: [] greatest: []
	// memory [[8 GB] [6 GB]] least: [1] greatest: [0]
	// price [[4999 CNY] [2999 CNY]] least: [1] greatest: [0]
	// both: kind [phone]
}

func ExampleGraph_Picture() {
	g := shop()
	defer g.Close()
	p, err := g.Picture(ctx, []string{"nova"}, 1, &kg.PictureOptions{Incoming: 1})
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(p.Nodes[0]); err != nil {
		log.Fatal(err)
	}
	for _, e := range p.Edges {
		fmt.Println(p.Nodes[e.From].Value, e.Predicate, p.Nodes[e.To].Value)
	}
	// Output:
	// {"value":{"ref":"nova"},"steps":0}
	// nova country China
	// p1 brand nova
}

func ExamplePicture_HTML() {
	g := shop()
	defer g.Close()
	p, err := g.Picture(ctx, []string{"p1"}, 2, &kg.PictureOptions{Incoming: 5, Rim: true, Lang: "zh"})
	if err != nil {
		log.Fatal(err)
	}
	var page strings.Builder // a file, or the answer to a request
	err = p.HTML(&page, &kg.PageOptions{Lang: "zh", Title: "图谱"})
	fmt.Println(strings.HasPrefix(page.String(), "<!DOCTYPE html>\n<html lang=\"zh\""), err)
	// Output:
	// true <nil>
}
