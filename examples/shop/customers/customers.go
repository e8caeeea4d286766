// Package customers has invented customers of the demo shop: what they look for
// comes from its graph, how they speak of it from here.
package customers

import (
	"context"

	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/simulate"
)

// Simulate lets n customers buy in the shop, English and Chinese ones in turn.
func Simulate(ctx context.Context, shop *store.Shop, n int, seed uint64) (dsttest.CustomerReport, error) {
	return simulateWith(ctx, shop, simulate.Bot(shop.Agent), n, seed)
}

func simulateWith(ctx context.Context, shop *store.Shop, bot dsttest.Bot, n int, seed uint64) (dsttest.CustomerReport, error) {
	opt, err := simulate.Options(ctx, shop.Agent, recommend.Binding{
		Service: "Shop", KindSlot: "category", Slots: map[string]string{"accessories": "^accessory_of"}})
	if err != nil {
		return dsttest.CustomerReport{}, err
	}
	for slot, words := range speech {
		words.Values = append(words.Values, opt.Words[slot].Values...)
		opt.Words[slot] = words
	}
	opt.Asks, opt.N, opt.Seed = asks, n, seed
	return dsttest.SimulateCustomers(ctx, bot, shop.Agent.Schema(), opt)
}

// asks are the slots that customers ask about.
var asks = []string{"Shop.price", "Shop.brand", "Shop.memory_gb", "Shop.storage_gb", "Shop.screen_inch", "Shop.weight_g",
	"Shop.battery_mah", "Shop.colours", "Shop.rating", "Shop.chip", "Shop.warranty_months", "Shop.stock_count", "Shop.os", "Shop.released"}

// both words a slot in English and in Chinese.
func both(en, zh []string) map[string][]string { return map[string][]string{"en": en, "zh": zh} }

// speech is how the customers speak of slots.
var speech = map[string]dsttest.SlotWords{
	"Shop.price": {
		Called: both([]string{"price", "cost"}, []string{"价格", "价位", "价钱", "售价"}),
		Ask:    both([]string{"how much is {o}?", "how much does {o} cost?"}, []string{"{o}多少钱", "{o}什么价"}),
		Less:   both([]string{"cheaper", "something cheaper", "that's too expensive", "do you have cheaper ones?"}, []string{"便宜点的", "太贵了", "有没有便宜一点的", "再便宜点"}),
	},
	"Shop.brand": {
		Noun: both([]string{"{v} {n}"}, []string{"{v}{n}", "{v}的{n}"}),
		Wish: both([]string{"{v} please", "I'd like {v}", "from {v}", "by {v}"}, []string{"要{v}的", "{v}牌的", "就要{v}", "{v}的"}),
		Ask:  both([]string{"which brand is {o}?", "who makes {o}?"}, []string{"{o}是什么牌子的"}),
	},
	"Shop.uses": {
		Called: both([]string{"uses", "purpose"}, []string{"用途"}),
		Noun:   both([]string{"{n} for {v}"}, nil),
		Wish:   both([]string{"for {v}", "mainly for {v}", "I need it for {v}", "I'd use it for {v}"}, []string{"主要{v}", "{v}用", "平时{v}", "用来{v}"}),
	},
	"Shop.colours": {
		Noun: both([]string{"{v} {n}"}, []string{"{v}的{n}"}),
		Wish: both([]string{"{v} please", "in {v}", "it should be {v}"}, []string{"要{v}", "{v}，谢谢", "得是{v}"}),
		Ask:  both([]string{"what colours does {o} come in?", "which colours are there of {o}?"}, []string{"{o}有什么颜色", "{o}有哪些颜色"}),
	},
	"Shop.accessory_of": {
		Wish: both([]string{"that fits the {v}", "for the {v}", "for my {v}"}, []string{"{v}用的", "给{v}用", "适合{v}的"}),
	},
	"Shop.series": {Noun: both([]string{"{v} {n}"}, []string{"{v}{n}"})},
	"Shop.features": {
		Whether: both([]string{"does {o} have {v}?", "has {o} got {v}?"}, []string{"{o}有{v}吗", "{o}支持{v}吗", "{o}有没有{v}"}),
	},
	"Shop.memory_gb": {Ask: both([]string{"how much memory does {o} have?"}, []string{"{o}内存多大", "{o}内存多少"})},
	"Shop.screen_inch": {
		Called: both([]string{"screen size", "screen", "display size"}, []string{"屏幕尺寸", "屏幕", "屏幕大小"}),
		Ask:    both([]string{"how big is the screen of {o}?"}, []string{"{o}屏幕多大"}),
		More:   both([]string{"with a bigger screen", "a bigger screen please"}, []string{"屏幕大一点的", "屏幕再大点"}),
	},
	"Shop.weight_g": {
		Called: both([]string{"weight"}, []string{"重量", "分量"}),
		Ask:    both([]string{"how heavy is {o}?", "how much does {o} weigh?"}, []string{"{o}多重", "{o}有多重"}),
		Less:   both([]string{"something lighter", "a lighter one please"}, []string{"轻一点的", "有轻一点的吗"}),
	},
	"Shop.rating":      {Called: both([]string{"rating"}, []string{"评分"})},
	"Shop.stock_count": {Called: both([]string{"stock"}, []string{"库存", "库存数量"})},
	"Shop.refresh_hz":  {Called: both([]string{"refresh rate"}, []string{"刷新率"})},
	"Shop.released": {
		Called: both([]string{"release date", "launch date"}, []string{"发布时间", "上市时间", "发布日期"}),
		Ask:    both([]string{"when was {o} released?"}, []string{"{o}什么时候上市的"})},
}
