package recommend

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// shopFacts is a small bilingual catalogue.
func shopFacts() []kg.Fact {
	var out []kg.Fact
	add := func(s, p string, o kg.Value) {
		out = append(out, kg.Fact{Subject: s, Predicate: p, Object: o, Source: "shop"})
	}
	brand := func(id, en, zh string) {
		add(id, "kind", kg.Text("brand"))
		add(id, "name@en", kg.Text(en))
		add(id, "name@zh", kg.Text(zh))
	}
	brand("apple", "Apple", "苹果")
	brand("xiaomi", "Xiaomi", "小米")
	brand("lenovo", "Lenovo", "联想")
	thing := func(id, kind, brand, en, zh string, price, rating float64, features ...string) {
		add(id, "kind", kg.Text(kind))
		add(id, "brand", kg.Ref(brand))
		add(id, "name@en", kg.Text(en))
		add(id, "name@zh", kg.Text(zh))
		add(id, "price", kg.Num(price, "CNY"))
		add(id, "rating", kg.Num(rating, ""))
		for _, f := range features {
			add(id, "feature", kg.Text(f))
		}
	}
	thing("p15-128", "phone", "apple", "Apple iPhone 15 128 GB", "苹果 iPhone 15 128GB", 4999, 4.7, "nfc", "waterproof")
	thing("p15-256", "phone", "apple", "Apple iPhone 15 256 GB", "苹果 iPhone 15 256GB", 5999, 4.8, "nfc", "waterproof")
	for _, id := range []string{"p15-128", "p15-256"} {
		add(id, "alias", kg.Text("iPhone 15"))
		add(id, "alias", kg.Text("苹果15"))
	}
	thing("mi14", "phone", "xiaomi", "Xiaomi 14", "小米 14", 3999, 4.6, "nfc")
	thing("redmi13", "phone", "xiaomi", "Redmi 13", "红米 13", 999, 4.2)
	thing("legion", "laptop", "lenovo", "Lenovo Legion 5", "联想拯救者 5", 7999, 4.5)
	thing("air", "laptop", "apple", "MacBook Air", "苹果笔记本 Air", 8999, 4.9)
	thing("case15", "accessory", "apple", "Silicone Case", "硅胶保护壳", 399, 4.4)
	add("case15", "fits", kg.Ref("p15-128"))
	add("case15", "fits", kg.Ref("p15-256"))
	add("p15-128", "battery_mah", kg.Num(3349, "mAh"))
	return out
}

func shopSchema() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Aliases: []string{"shop"},
		Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "category", Required: true, Ask: map[string]string{"en": "What are you looking for: a phone or a laptop?", "zh": "您想买手机还是笔记本？"},
				Type: &dst.Enum{Values: []dst.Option{
					{Value: "phone", Synonyms: []string{"mobile"}, Labels: map[string]string{"en": "phone", "zh": "手机"}},
					{Value: "laptop", Synonyms: []string{"notebook"}, Labels: map[string]string{"en": "laptop", "zh": "笔记本"}},
					{Value: "accessory", Synonyms: []string{"accessories"}, Labels: map[string]string{"en": "accessory", "zh": "配件"}},
				}}},
			{Name: "brand", Aliases: []string{"品牌"}, Ask: map[string]string{"en": "Do you have a brand in mind?", "zh": "有喜欢的品牌吗？"}},
			{Name: "price", Aliases: []string{"cost", "how much", "价格", "多少钱", "预算"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "rating", Aliases: []string{"评分"}, Type: &dst.Number{Unit: "分", Min: 0, Max: 5}},
			{Name: "feature", Aliases: []string{"功能"}, Multi: true, Type: &dst.Enum{Values: []dst.Option{
				{Value: "nfc", Labels: map[string]string{"en": "NFC", "zh": "NFC"}},
				{Value: "waterproof", Labels: map[string]string{"en": "waterproofing", "zh": "防水"}},
			}}},
			{Name: "battery", Aliases: []string{"电池", "电池容量"}, RequestOnly: true},
			{Name: "accessories", Aliases: []string{"accessories that fit", "适配配件", "配件推荐"}, RequestOnly: true},
		},
		Intents: []dst.Intent{{Name: "buy"}, {Name: "help"}},
	}}}
}

func shopConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	if err := g.Add(context.Background(), shopFacts()...); err != nil {
		t.Fatal(err)
	}
	return Config{
		Schema: shopSchema(), Graph: g,
		Bindings: []Binding{{
			KindSlot: "category",
			Slots:    map[string]string{"battery": "battery_mah", "accessories": "^fits"},
			Show:     []string{"price", "rating"},
			Order:    []kg.Order{{Predicate: "rating", Desc: true}},
		}},
		Scope: map[string]string{"en": "I can help you choose a phone or a laptop.", "zh": "我可以帮您挑选手机和笔记本。"},
	}
}

func shopAgent(t testing.TB) *Agent {
	t.Helper()
	a, err := New(context.Background(), shopConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTry(t *testing.T) {
	for _, conv := range [][]string{
		{"hi", "I want a phone under 5000, not Apple", "how much is the first one?", "does it have NFC?", "anything else?", "thanks"},
		{"你好", "我想买手机，预算5000以内", "第一个电池多大", "有没有防水", "好的谢谢"},
		{"iPhone 15多少钱？", "iPhone 15", "iPhone 99 有吗", "手机 300以下"},
		{"I'd like something nice", "a laptop", "what accessories fit the iPhone 15?", "repeat", "start over"},
		{"what is the weather", "我要转人工"},
	} {
		a := shopAgent(t)
		var s dst.State
		for _, u := range conv {
			r, next, err := a.Reply(context.Background(), s, u)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("U: %s\nB: %s\n   %s\n%s", u, r.Text, dst.FormatActs(r.Acts), r.Trace)
			s = next
		}
	}
}
