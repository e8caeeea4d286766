package kg

import (
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// catalogue returns a graph of n generated products, with 12 facts each.
func catalogue(n int) []Fact {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var facts []Fact
	for i := range 40 {
		brand := fmt.Sprintf("brand%d", i)
		facts = append(facts, Fact{Subject: brand, Predicate: "country", Object: Text(pick("中国", "Japan", "USA", "Deutschland"))})
	}
	for i := range n {
		id := fmt.Sprintf("p%d", i)
		add := func(predicate string, v Value) {
			facts = append(facts, Fact{Subject: id, Predicate: predicate, Object: v})
		}
		brand := r.IntN(40)
		add("kind", Text(pick("phone", "laptop", "tablet", "camera", "watch")))
		add("name", Text(fmt.Sprintf("%s%d %s %d", pick("Nova", "Luna", "Aero", "Zen", "Pixelo"), brand, pick("Pro", "Max", "Air", "Lite"), i)))
		add("name@zh", Text(fmt.Sprintf("%s%s %d", pick("新星", "月光", "清风", "晨曦", "远山"), pick("旗舰版", "青春版", "典藏版"), i)))
		add("brand", Ref(fmt.Sprintf("brand%d", brand)))
		add("color", Text(pick("red", "blue", "black", "white", "green")))
		add("color", Text(pick("gold", "silver", "purple")))
		add("price", Num(float64(100+r.IntN(9900)), "CNY"))
		add("memory", Num(float64(int(4)<<r.IntN(4)), "GB"))
		add("weight", Num(float64(100+r.IntN(2000)), "g"))
		add("rating", Num(float64(r.IntN(50))/10, ""))
		add("stock", Bool(r.IntN(4) > 0))
		add("accessory_of", Ref(fmt.Sprintf("p%d", r.IntN(n))))
	}
	return facts
}

var benchGraph = sync.OnceValue(func() *Graph {
	g, err := New(nil)
	if err == nil {
		err = g.Add(context.Background(), catalogue(10_000)...)
	}
	if err != nil {
		log.Fatal(err)
	}
	return g
})

func BenchmarkFind(b *testing.B) {
	brand := Condition{"brand", Eq, []Value{Ref("brand7")}}
	color := Condition{"color", Eq, []Value{Text("red")}}
	price := Condition{"price", Lt, []Value{Num(3000, "CNY")}}
	for _, c := range []struct {
		name string
		q    Query
	}{
		{"3conditions", Query{Kind: "phone", Where: []Condition{brand, color}, Limit: 10}},
		{"3conditions+range", Query{Kind: "phone", Where: []Condition{brand, color, price}, Limit: 10}},
		{"range", Query{Where: []Condition{price}, Limit: 10}},
		{"twoHops", Query{Where: []Condition{{"brand/country", Eq, []Value{Text("中国")}}}, Limit: 10}},
		{"twoHops+3conditions", Query{Kind: "phone", Where: []Condition{{"brand/country", Eq, []Value{Text("中国")}}, color, price}, Limit: 10}},
		{"order", Query{Kind: "phone", Order: []Order{{"price", false}}, Limit: 10}},
		{"text", Query{Text: "nova7 pro", Limit: 10}},
	} {
		b.Run(c.name, func(b *testing.B) {
			g := benchGraph()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := g.Find(context.Background(), c.q); err != nil {
					b.Fatal(err)
				}
			}
			n, _ := g.Count(context.Background(), c.q)
			b.ReportMetric(float64(n), "hits")
		})
	}
}

func BenchmarkCount(b *testing.B) {
	g := benchGraph()
	q := Query{Where: []Condition{{"price", Lt, []Value{Num(200, "CNY")}}}}
	for b.Loop() {
		if _, err := g.Count(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	g := benchGraph()
	b.ReportAllocs()
	for b.Loop() {
		if f, err := g.Facts(context.Background(), "p77"); err != nil || len(f) == 0 {
			b.Fatal(err)
		}
	}
}

func BenchmarkLink(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"message", "你好，我想买新星旗舰版77，或者 nova7 pro 也行"},
		{"typo", "do you have the pixeol 12 pro in stock"},
		{"10kChars", strings.Repeat("你好，我想买新星旗舰版77，这款手机有什么颜色可以选择呢？谢谢您的帮助，再见！", 250)},
	} {
		b.Run(c.name, func(b *testing.B) {
			g := benchGraph()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := g.Link(context.Background(), c.text, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	g := benchGraph()
	for b.Loop() {
		if _, err := g.Search(context.Background(), "新星典藏版 red", nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	facts := catalogue(10_000)
	for b.Loop() {
		g, err := New(nil)
		if err == nil {
			err = g.Add(context.Background(), facts...)
		}
		if err != nil {
			b.Fatal(err)
		}
		g.Close()
	}
	b.ReportMetric(float64(len(facts)), "facts")
}

// BenchmarkUpdate is one price among 10,000 products.
func BenchmarkUpdate(b *testing.B) {
	g := newGraph(b, catalogue(10_000)...)
	n := 0.0
	for b.Loop() {
		err := g.Update(context.Background(), func(batch *Batch) error {
			batch.Remove(Fact{Subject: "p77", Predicate: "offer", Object: Num(n, "CNY")})
			n++
			batch.Add(Fact{Subject: "p77", Predicate: "offer", Object: Num(n, "CNY")})
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteNQuads(b *testing.B) {
	g := benchGraph()
	for b.Loop() {
		if err := g.WriteNQuads(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadCrossWOZ(b *testing.B) {
	for b.Loop() {
		loadCrossWOZ(b)
	}
}
