package recommend

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// bikesConfig is a shop of six bicycles, with a slot of plain counts beside
// prices and weights, and names that differ by a number.
func bikesConfig(tb testing.TB) Config {
	tb.Helper()
	g, err := kg.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	bike := func(id, en, zh, sort, colour string, price, weight, gears float64) {
		for p, v := range map[string]kg.Value{
			"kind": kg.Text("bike"), "name@en": kg.Text(en), "name@zh": kg.Text(zh), "sort": kg.Text(sort), "colour": kg.Text(colour),
			"price": kg.Num(price, "CNY"), "weight": kg.Num(weight, "kg"), "gears": kg.Num(gears, ""),
		} {
			if err := g.Add(context.Background(), kg.Fact{Subject: id, Predicate: p, Object: v, Source: "bikes"}); err != nil {
				tb.Fatal(err)
			}
		}
	}
	bike("b1", "Swift 3", "雨燕3", "road", "red", 4200, 8.9, 20)
	bike("b2", "Swift 5", "雨燕5", "road", "black", 6900, 7.8, 22)
	bike("b3", "Goat", "山羊", "mountain", "green", 3900, 13.5, 12)
	bike("b4", "Bear", "大熊", "mountain", "black", 8900, 11.9, 12)
	bike("b5", "Lane", "小巷", "city", "red", 1500, 15.2, 7)
	bike("b6", "Bolt", "闪电", "city", "white", 5900, 21, 7)
	option := func(value, en, zh string) dst.Option {
		return dst.Option{Value: value, Labels: map[string]string{"en": en, "zh": zh}}
	}
	return Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much", "价格", "多少钱"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "weight", Aliases: []string{"heavy", "重量", "多重"}, Type: &dst.Number{Unit: "kg"}},
			{Name: "gears", Aliases: []string{"变速"}, Type: &dst.Number{}},
			{Name: "colour", Aliases: []string{"颜色"}, Type: &dst.Enum{Values: []dst.Option{option("red", "red", "红色"), option("black", "black", "黑色"), option("green", "green", "绿色"), option("white", "white", "白色")}}},
			{Name: "sort", Aliases: []string{"类型"}, Type: &dst.Enum{Values: []dst.Option{option("road", "road bike", "公路车"), option("mountain", "mountain bike", "山地车"), option("city", "city bike", "城市车")}}},
		}}}},
		Bindings: []Binding{{Kind: "bike", Show: []string{"price"}, Order: []kg.Order{{Predicate: "price"}}}},
	}
}
