package recommend

import (
	"context"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// gearConfig is a small shop whose things have colours, weights, days, yes/no
// facts, pages and a warranty.
func gearConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	add := func(s, p string, o kg.Value) {
		facts = append(facts, kg.Fact{Subject: s, Predicate: p, Object: o, Source: "gear"})
	}
	jacket := func(id, en, zh string, price, grams float64, proof bool, day time.Time, colours ...string) {
		add(id, "kind", kg.Text("jacket"))
		add(id, "name@en", kg.Text(en))
		add(id, "name@zh", kg.Text(zh))
		add(id, "price", kg.Num(price, "USD"))
		add(id, "weight", kg.Num(grams, "g"))
		add(id, "waterproof", kg.Bool(proof))
		add(id, "released", kg.Time(day))
		for _, c := range colours {
			add(id, "colour", kg.Text(c))
		}
	}
	on := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	jacket("alpine", "Alpine Shell", "雪山冲锋衣", 189, 420, true, on(2024, 3, 5), "red", "blue")
	jacket("parka", "City Parka", "城市派克大衣", 249, 980, false, on(2023, 11, 20), "black")
	jacket("vest", "Trail Vest", "越野马甲", 79, 210, false, on(2025, 1, 15), "green", "black")
	add("alpine", "warranty", kg.Text("2 years"))
	add("alpine", "page", kg.Text("https://gear.example/alpine-shell"))
	add("parka", "page", kg.Text("https://gear.example/city-parka"))
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	return Config{Schema: gearSchema(), Graph: g, Bindings: []Binding{{
		Kind: "jacket", Show: []string{"price", "weight", "colour", "waterproof", "released", "warranty", "page"}, Order: []kg.Order{{Predicate: "price"}},
	}}, Labels: map[string]map[string]string{"2 years": {"zh": "两年"}, "released": {"en": "release date", "zh": "上市日期"}, "page": {"en": "web page", "zh": "网页"}},
		Now: func() time.Time { return on(2025, 6, 2) }}
}

func gearSchema() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Aliases: []string{"jacket", "jackets", "外套"},
		Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"cost", "价格", "多少钱"}, Type: &dst.Money{Currency: "USD"}},
			{Name: "weight", Aliases: []string{"重量", "how heavy"}, Type: &dst.Number{Unit: "g"}},
			{Name: "colour", Aliases: []string{"color", "颜色"}, Multi: true, Ask: map[string]string{"en": "Which colour would you like?", "zh": "您想要什么颜色？"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "red", Labels: map[string]string{"zh": "红色"}}, {Value: "blue", Labels: map[string]string{"zh": "蓝色"}},
				{Value: "black", Labels: map[string]string{"zh": "黑色"}}, {Value: "green", Labels: map[string]string{"zh": "绿色"}},
			}}},
			{Name: "waterproof", Aliases: []string{"防水"}, Type: &dst.YesNo{}},
			{Name: "released", Aliases: []string{"release date", "上市日期", "上市时间"}, RequestOnly: true},
			{Name: "warranty", Aliases: []string{"质保", "保修"}, RequestOnly: true},
			{Name: "page", Aliases: []string{"web page", "link", "网页", "链接"}, RequestOnly: true},
		},
	}}}
}
