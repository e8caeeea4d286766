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
	add("charge", "kind", kg.Text("article"))
	add("charge", "title@en", kg.Text("Phone will not charge"))
	add("charge", "title@zh", kg.Text("手机充不进电"))
	add("charge", "symptom", kg.Ref("no-charge"))
	words := func(id, en, zh string) {
		add(id, "text@en", kg.Text(en))
		add(id, "text@zh", kg.Text(zh))
	}
	words("no-charge", "The phone does not charge", "手机充不进电")
	for _, p := range []string{"my phone won't charge", "it doesn't charge when I plug it in", "手机充不上电", "插上充电器没反应"} {
		add("no-charge", "phrase", kg.Text(p))
	}
	add("no-charge", "cause", kg.Ref("cable"))
	add("no-charge", "cause", kg.Ref("port"))
	words("cable", "The cable is damaged", "数据线损坏")
	words("port", "There is dust in the port", "充电口有灰尘")
	add("cable", "step", kg.Ref("cable.1"))
	add("port", "step", kg.Ref("port.1"))
	add("port", "step", kg.Ref("port.2"))
	words("cable.1", "Try another cable.", "换一根数据线。")
	words("port.1", "Switch the phone off.", "先关机。")
	words("port.2", "Clean the port for 15 seconds.", "清理充电口15秒。")
	return out
}

func shopSchema() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Aliases: []string{"shop"},
		Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "category", Aliases: []string{"类别"}, Required: true, Ask: map[string]string{"en": "What are you looking for: a phone or a laptop?", "zh": "您想买手机还是笔记本？"},
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
		Help:  &Help{Kind: "article"},
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

// cityConfig has two services whose things are near one another.
func cityConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	add := func(s, p string, o kg.Value) {
		facts = append(facts, kg.Fact{Subject: s, Predicate: p, Object: o, Source: "city"})
	}
	place := func(id, kind, en, zh string, rating, price float64, phone string, features ...string) {
		add(id, "kind", kg.Text(kind))
		add(id, "name@en", kg.Text(en))
		add(id, "name@zh", kg.Text(zh))
		add(id, "rating", kg.Num(rating, ""))
		add(id, "price", kg.Num(price, "CNY"))
		add(id, "phone", kg.Text(phone))
		for _, f := range features {
			add(id, "facility", kg.Text(f))
		}
	}
	place("h1", "hotel", "Lakeside Hotel", "湖畔酒店", 4.8, 680, "010-5550101", "wifi", "pool")
	place("h2", "hotel", "Garden Inn", "花园旅馆", 4.3, 320, "010-5550102", "wifi")
	place("h3", "hotel", "Grand Plaza", "大都会饭店", 4.9, 1280, "010-5550103", "wifi", "pool", "gym")
	place("r1", "restaurant", "Noodle House", "老王面馆", 4.5, 45, "010-5550201")
	place("r2", "restaurant", "Duck Palace", "烤鸭宫", 4.7, 180, "010-5550202")
	for _, n := range [][2]string{{"h1", "r1"}, {"h1", "r2"}, {"h2", "r1"}} {
		add(n[0], "near_restaurant", kg.Ref(n[1]))
		add(n[1], "near_hotel", kg.Ref(n[0]))
	}
	add("cab", "kind", kg.Text("taxi"))
	add("cab", "plate", kg.Text("B-12345"))
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	order := []kg.Order{{Predicate: "rating", Desc: true}}
	show := []string{"price", "rating"}
	return Config{Schema: citySchema(), Graph: g, Bindings: []Binding{
		{Service: "Hotel", Kind: "hotel", Order: order, Show: show},
		{Service: "Restaurant", Kind: "restaurant", Order: order, Show: show},
		{Service: "Taxi", Kind: "taxi", Slots: map[string]string{"from": "", "to": "", "pickup_phone": "$from/phone"}},
	}}
}

func citySchema() dst.Schema {
	slots := func(more ...dst.Slot) []dst.Slot {
		return append([]dst.Slot{
			{Name: "name", Names: true, Aliases: []string{"名字", "名称"}},
			{Name: "rating", Aliases: []string{"评分"}, Type: &dst.Number{Unit: "分", Max: 5}},
			{Name: "price", Aliases: []string{"how much", "价格", "多少钱"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "phone", Aliases: []string{"phone number", "电话", "电话号码"}, RequestOnly: true},
		}, more...)
	}
	return dst.Schema{Services: []dst.Service{
		{Name: "Hotel", Aliases: []string{"hotel", "hotels", "酒店"}, Slots: slots(
			dst.Slot{Name: "facility", Aliases: []string{"facilities", "设施"}, Multi: true, Type: &dst.Enum{Values: []dst.Option{
				{Value: "wifi", Labels: map[string]string{"zh": "无线网络"}, Synonyms: []string{"无线网"}}, {Value: "pool", Labels: map[string]string{"en": "a pool", "zh": "泳池"}},
				{Value: "gym", Labels: map[string]string{"en": "a gym", "zh": "健身房"}},
			}}},
			dst.Slot{Name: "near_restaurant", Of: "Restaurant", Role: dst.NearRole, Aliases: []string{"restaurants nearby", "周边餐馆"}})},
		{Name: "Restaurant", Aliases: []string{"restaurant", "restaurants", "餐馆"}, Slots: slots(
			dst.Slot{Name: "near_hotel", Of: "Hotel", Role: dst.NearRole, Aliases: []string{"hotels nearby", "周边酒店"}})},
		{Name: "Taxi", Aliases: []string{"taxi", "cab", "出租车"}, Slots: []dst.Slot{
			{Name: "from", Of: "Hotel", Role: dst.FromRole}, {Name: "to", Of: "Restaurant", Role: dst.ToRole},
			{Name: "plate", Aliases: []string{"plate number", "车牌"}, RequestOnly: true},
			{Name: "pickup_phone", Aliases: []string{"phone of the pickup", "出发地电话"}, RequestOnly: true},
		}},
	}}
}
