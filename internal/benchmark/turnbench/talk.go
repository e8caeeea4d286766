package turnbench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// scripts are conversations with places for what the catalogue has: a brand,
// a product, an amount of money.
var scripts = [][]string{
	{"hello", "I want a phone under {price}", "black please", "cheaper", "how much is the second one?", "thanks"},
	{"你好", "想买个笔记本，预算{price}以内", "要白色的", "便宜点的", "第二个屏幕多大？", "谢谢"},
	{"do you have laptops from {brand}?", "with at least 256 GB", "show me more", "compare the first two", "I'll take the first one"},
	{"有{brand}的手机吗", "内存至少256GB", "换一个", "比较一下前两个", "就要第一个"},
	{"how much is the {product}?", "does it come in red?", "something like that but blue", "and the screen?", "bye"},
	{"{product}多少钱", "有红色的吗", "有没有蓝色的", "屏幕多大", "再见"},
	{"a tablet, not {brand}", "between {price} and 9000", "any colour is fine", "the cheapest one", "when was it released?"},
	{"平板，不要{brand}的", "{price}到9000之间", "颜色无所谓", "最便宜的", "什么时候上市的"},
	{"{brand} watches under {price} in silver please", "no silver? then gold", "another one", "never mind the price", "ok the second one"},
	{"银色的{brand}手表，{price}以下", "没有银色就金色", "再换一个", "价格不限", "好的第二个"},
	{"what's the weather like?", "a camera for less than {price}", "a bigger screen", "is it from {brand}?", "let me start over"},
	{"今天天气怎么样", "{price}以内的相机", "屏幕大一点的", "是{brand}的吗", "重新开始"},
}

// talks fills the scripts in, n of them, the same for the same graph.
func talks(ctx context.Context, graph *kg.Graph, n int) ([][]string, error) {
	brands, err := graph.Facets(ctx, kg.Query{}, "brand")
	if err != nil {
		return nil, err
	}
	count, err := graph.Count(ctx, kg.Query{Where: []kg.Condition{{Predicate: "brand", Op: kg.Has}}})
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(7, uint64(n)))
	out := make([][]string, n)
	for i := range out {
		script, lang := scripts[i%len(scripts)], "en"
		if i%2 == 1 { // the scripts alternate
			lang = "zh"
		}
		brand, _ := brands[r.IntN(len(brands))].Value.ID()
		fill := strings.NewReplacer(
			"{brand}", graph.Name(ctx, brand, lang),
			"{product}", graph.Name(ctx, fmt.Sprintf("sku%07d", r.IntN(count)), lang),
			"{price}", strconv.Itoa(500*(1+r.IntN(12))))
		for _, said := range script {
			out[i] = append(out[i], fill.Replace(said))
		}
	}
	return out, nil
}
