package recommend

import (
	"context"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// storeFacts is the catalogue of shopFacts with what more a store has: things
// of two kinds, weights, colours, days of release, and articles that inform.
func storeFacts() []kg.Fact {
	out := shopFacts()
	add := func(s, p string, o kg.Value) {
		out = append(out, kg.Fact{Subject: s, Predicate: p, Object: o, Source: "store"})
	}
	day := func(s string) kg.Value {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			panic(err)
		}
		return kg.Time(d)
	}
	for id, x := range map[string]struct {
		grams    float64
		released string
		series   string
		colours  []string
	}{
		"p15-128": {171, "2023-09-22", "iphone", []string{"black", "blue"}},
		"p15-256": {171, "2023-09-22", "iphone", []string{"black"}},
		"mi14":    {188, "2023-10-26", "mi", []string{"white", "black"}},
		"redmi13": {205, "2024-06-01", "redmi", []string{"blue"}},
		"legion":  {2400, "2024-01-10", "legion", []string{"black"}},
		"air":     {1240, "2024-03-08", "macbook", []string{"white"}},
	} {
		add(id, "weight_g", kg.Num(x.grams, "g"))
		add(id, "released", day(x.released))
		add(id, "series", kg.Text(x.series))
		for _, c := range x.colours {
			add(id, "colour", kg.Text(c))
		}
	}
	for _, x := range []struct {
		id, kind, en, zh string
		price            float64
		colour           string
		fits             []string
	}{
		{"case14", "case", "Bumper Case", "防摔保护壳", 59, "black", []string{"mi14"}},
		{"brick", "charger", "Swift Charger 30W", "快充充电器 30W", 119, "white", []string{"p15-128", "p15-256", "mi14", "redmi13", "air"}},
		{"brick2", "charger", "Turbo Charger 65W", "急速充电器 65W", 159, "black", []string{"legion", "air"}},
	} {
		add(x.id, "kind", kg.Text("accessory"))
		add(x.id, "kind", kg.Text(x.kind))
		add(x.id, "name@en", kg.Text(x.en))
		add(x.id, "name@zh", kg.Text(x.zh))
		add(x.id, "price", kg.Num(x.price, "CNY"))
		add(x.id, "rating", kg.Num(4, ""))
		add(x.id, "colour", kg.Text(x.colour))
		for _, f := range x.fits {
			add(x.id, "fits", kg.Ref(f))
		}
	}
	add("case15", "kind", kg.Text("case"))
	add("case15", "colour", kg.Text("white"))
	words := func(id, predicate, en, zh string) {
		add(id, predicate+"@en", kg.Text(en))
		add(id, predicate+"@zh", kg.Text(zh))
	}
	add("returns", "kind", kg.Text("article"))
	add("returns", "kind", kg.Text("terms"))
	words("returns", "title", "Returns", "退货")
	add("returns", "symptom", kg.Ref("return"))
	words("return", "text", "Returning a product", "退货和换货")
	for _, p := range []string{"how do I return a product", "怎么退货", "how long is the warranty", "保修多久"} {
		add("return", "phrase", kg.Text(p))
	}
	add("return", "cause", kg.Ref("return.mind"))
	add("return", "cause", kg.Ref("return.fault"))
	words("return.mind", "text", "You changed your mind", "不想要了")
	words("return.fault", "text", "It is faulty", "有质量问题")
	for id, s := range map[string][2]string{
		"return.mind.1":  {"Send it back within 7 days.", "7天内寄回。"},
		"return.fault.1": {"We pay the postage.", "运费我们承担。"},
	} {
		words(id, "text", s[0], s[1])
		add(id[:len(id)-2], "step", kg.Ref(id))
	}
	add("slow", "kind", kg.Text("article"))
	words("slow", "title", "Charging is slow", "充电慢")
	add("slow", "symptom", kg.Ref("slow-charge"))
	words("slow-charge", "text", "Why does the device take so long to charge?", "设备为什么充得慢？")
	for _, p := range []string{"it takes hours to charge", "my phone charges slowly", "充电特别慢"} {
		add("slow-charge", "phrase", kg.Text(p))
	}
	add("slow-charge", "cause", kg.Ref("cable"))
	words("redmi13", "description", "A big phone for little money.", "大屏实惠。")
	add("p15-128", "warranty", kg.Num(12, "month"))
	return out
}

func storeSchema() dst.Schema {
	s := shopSchema()
	sv := &s.Services[0]
	kinds := sv.Slots[1].Type.(*dst.Enum)
	kinds.Values = append(kinds.Values,
		dst.Option{Value: "case", Synonyms: []string{"cases"}, Labels: map[string]string{"en": "case", "zh": "保护壳"}},
		dst.Option{Value: "charger", Synonyms: []string{"chargers"}, Labels: map[string]string{"en": "charger", "zh": "充电器"}})
	sv.Slots = append(sv.Slots,
		dst.Slot{Name: "series", Type: dst.NewGazetteer(dst.Entry{Value: "iphone", Aliases: []string{"iPhone"}}, dst.Entry{Value: "macbook", Aliases: []string{"MacBook"}})},
		dst.Slot{Name: "weight", Aliases: []string{"how heavy", "重量", "多重"}, Type: &dst.Number{Unit: "g", Min: 5}},
		dst.Slot{Name: "colour", Aliases: []string{"colour", "颜色"}, Ask: map[string]string{"en": "Which colour would you like?", "zh": "想要什么颜色？"}, Type: &dst.Enum{Values: []dst.Option{
			{Value: "black", Labels: map[string]string{"en": "black", "zh": "黑色"}},
			{Value: "white", Labels: map[string]string{"en": "white", "zh": "白色"}},
			{Value: "blue", Labels: map[string]string{"en": "blue", "zh": "蓝色"}},
		}}},
		dst.Slot{Name: "fits", Aliases: []string{"what it fits", "适配机型"}, Type: dst.NewGazetteer(dst.Entry{Value: "p15-128"})},
		dst.Slot{Name: "released", Aliases: []string{"release date", "上市时间"}, RequestOnly: true},
		dst.Slot{Name: "description", Aliases: []string{"tell me about", "介绍"}, RequestOnly: true},
		dst.Slot{Name: "warranty", Aliases: []string{"warranty", "保修"}, RequestOnly: true},
	)
	return s
}

func storeConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	if err := g.Add(context.Background(), storeFacts()...); err != nil {
		t.Fatal(err)
	}
	return Config{
		Schema: storeSchema(), Graph: g,
		Bindings: []Binding{{
			KindSlot: "category",
			Slots:    map[string]string{"battery": "battery_mah", "accessories": "^fits", "weight": "weight_g"},
			Show:     []string{"price", "rating"},
			Order:    []kg.Order{{Predicate: "rating", Desc: true}},
		}},
		Labels:    map[string]map[string]string{"分": {"en": ""}, "fits": {"zh": "适配机型", "en": "compatible models"}},
		Phrases:   map[string]map[string]Phrase{"colour": {"en": {"comes in %s", "does not come in %s"}, "zh": {"有%s的", "没有%s的"}}},
		Critiques: map[string]Critique{"cheaper": {Slot: "price"}},
		Compare:   []string{"compare"},
		Help:      &Help{Kind: "article", Plain: "terms", Intents: []string{"help", "terms"}},
		Persona:   map[string]string{"en": "I am the store's assistant.", "zh": "我是小店客服。"},
		Scope:     map[string]string{"en": "I can help you choose a phone or a laptop.", "zh": "我可以帮您挑选手机和笔记本。"},
	}
}
