package store

import (
	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// Ranking puts in order what fits equally well.
var Ranking = []kg.Order{{Predicate: "rating", Desc: true}, {Predicate: "sold", Desc: true}}

// config is the bot, but for the data and the model of intents.
func config(w words, device dst.Type) recommend.Config {
	return recommend.Config{
		Schema: schema(w, device),
		Bindings: []recommend.Binding{{
			Service:  "Shop",
			KindSlot: "category",
			Slots:    map[string]string{"accessories": "^accessory_of"}, // other slots read the predicate of their own name
			Show:     []string{"price", "rating"},
			Order:    Ranking,
			Ask:      []string{"uses", "price", "brand"},
		}},
		Help:      &recommend.Help{Kind: "article", Plain: "terms", About: "about", Intents: []string{"help", "policy"}},
		Critiques: map[string]recommend.Critique{"cheaper": {Slot: "Shop.price"}},
		Compare:   []string{"compare"},
		Labels:    w.labels(),
		Phrases: map[string]map[string]recommend.Phrase{"uses": {
			"en": {Yes: "is good for %s", No: "is not listed as good for %s"},
			"zh": {Yes: "适合%s", No: "没有标明适合%s"},
		}},
		Persona: map[string]string{
			"en": "I am the assistant of a small electronics shop.",
			"zh": "我是数码小店的客服。",
		},
		Scope: map[string]string{
			"en": "I can help you choose a phone, a laptop, a tablet or an accessory, tell you about our products, and solve problems with them.",
			"zh": "我可以帮您挑选手机、笔记本、平板和配件，介绍商品，也可以帮您解决使用问题。",
		},
	}
}

// schema says what the shop's bot talks about. A slot is named after the
// predicate of the graph that it reads (see data/mapping.json); what customers
// call it, and the words for closed values, come from data/synonyms.json.
func schema(w words, device dst.Type) dst.Schema {
	slots := []dst.Slot{
		{Name: "name", Names: true},
		{Name: "category", Required: true, Type: category{w.enum("categories", "accessory_types")}, Ask: map[string]string{
			"en": "What are you looking for: a phone, a laptop, a tablet or an accessory?",
			"zh": "您想看手机、笔记本、平板，还是配件？"}},
		{Name: "price", Type: &dst.Money{Currency: "CNY"}, Plain: dst.Around, Ask: map[string]string{
			"en": "How much would you like to spend?",
			"zh": "您的预算大概是多少？"}},
		{Name: "uses", Type: w.enum("uses"), Multi: true, Ask: map[string]string{
			"en": "What will you mainly use it for?",
			"zh": "主要用来做什么呢？"}},
		{Name: "accessory_of", Type: device},
		{Name: "brand", Ask: map[string]string{
			"en": "Do you have a brand in mind?",
			"zh": "有偏爱的品牌吗？"}},
		{Name: "series", Type: w.enum("series")},
		{Name: "os", Type: w.enum("os")},
		{Name: "memory_gb", Type: &dst.Number{Unit: "GB", Min: 1, Max: 64}},
		{Name: "storage_gb", Type: &dst.Number{Unit: "GB", Min: 32, Max: 8192}},
		{Name: "screen_inch", Type: &dst.Number{Unit: "inch", Min: 1, Max: 20}},
		{Name: "weight_g", Type: &dst.Number{Unit: "g", Min: 5, Max: 5000}, Plain: dst.Around},
		{Name: "battery_mah", Type: &dst.Number{Unit: "mAh", Min: 1000}, Plain: dst.Around},
		{Name: "battery_hours", Type: &dst.Number{Unit: "hour", Min: 1, Max: 10000}},
		{Name: "charge_w", Type: &dst.Number{Unit: "W", Min: 5}},
		{Name: "camera_mp", Type: &dst.Number{Unit: "mp", Min: 5}},
		{Name: "refresh_hz", Type: &dst.Number{Unit: "Hz", Min: 30}},
		{Name: "colours", Type: w.enum("colours"), Ask: map[string]string{
			"en": "Which colour would you like?",
			"zh": "想要什么颜色？"}},
		{Name: "features", Type: w.enum("features"), Multi: true},
		{Name: "ports", Type: w.enum("ports"), Multi: true},
		{Name: "material", Type: w.enum("materials")},
		{Name: "rating", Type: score{&dst.Number{Unit: "分", Max: 5}}},

		{Name: "chip", RequestOnly: true},
		{Name: "gpu", RequestOnly: true},
		{Name: "length_cm", RequestOnly: true},
		{Name: "sold", RequestOnly: true},
		{Name: "released", RequestOnly: true},
		{Name: "warranty_months", RequestOnly: true},
		{Name: "stock_count", RequestOnly: true},
		{Name: "description", RequestOnly: true},
		{Name: "similar", RequestOnly: true},
		{Name: "accessories", RequestOnly: true},
	}
	for i := range slots {
		slots[i].Aliases = w.attribute(slots[i].Name)
	}
	return dst.Schema{Services: []dst.Service{{
		Name:    "Shop",
		Aliases: w.all("categories", "accessory_types"),
		Slots:   slots,
		Intents: []dst.Intent{{Name: "buy"}},
	}, orderService(w)}}
}
