package recommend

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// martPhones are phones with what customers weigh them by: id; English name;
// Chinese name; brand; price; rating; memory; screen; weight; battery; colours.
const martPhones = `
a1|Aster One 128 GB|紫菀一号 128GB|aster|2299|4.6|8|6.1|165|4000|black blue
a1b|Aster One 256 GB|紫菀一号 256GB|aster|2599|4.6|8|6.1|165|4000|black red
a2|Aster Max|紫菀至尊|aster|5299|4.8|16|6.9|225|5200|black white
b1|Birch Mini|白桦迷你|birch|1599|4.2|6|5.4|135|3100|white blue
b2|Birch Air|白桦轻薄|birch|2799|4.4|12|6.5|158|4300|white black red
b3|Birch Pro|白桦专业|birch|4299|4.7|16|6.7|195|5000|black
c1|Cedar 5|雪松五|cedar|999|4.1|6|6.5|190|5000|black blue
c2|Cedar 7|雪松七|cedar|1499|4.3|8|6.6|199|5500|blue red
c3|Cedar Ultra|雪松旗舰|cedar|3699|4.5|16|6.8|215|6000|black red
d1|Dogwood S|山茱萸小|dogwood|1999|4.0|8|6.0|170|3800|red
d2|Dogwood L|山茱萸大|dogwood|2299|4.4|16|6.8|210|5100|blue white`

const martCases = `
k1|Soft Case|柔软保护壳|49|a1 a1b
k2|Tough Case|坚固保护壳|89|a2 b3
k3|Clear Case|透明保护壳|39|b2 c3`

func martFacts() []kg.Fact {
	var out []kg.Fact
	add := func(s, p string, o kg.Value) {
		out = append(out, kg.Fact{Subject: s, Predicate: p, Object: o, Source: "mart"})
	}
	number := func(s string) float64 {
		var n float64
		if _, err := fmt.Sscan(s, &n); err != nil {
			panic(err)
		}
		return n
	}
	for _, b := range []string{"aster|Aster|紫菀", "birch|Birch|白桦", "cedar|Cedar|雪松", "dogwood|Dogwood|山茱萸"} {
		x := strings.Split(b, "|")
		add(x[0], "name@en", kg.Text(x[1]))
		add(x[0], "name@zh", kg.Text(x[2]))
	}
	for line := range strings.Lines(strings.TrimSpace(martPhones)) {
		x := strings.Split(strings.TrimSpace(line), "|")
		add(x[0], "kind", kg.Text("phone"))
		add(x[0], "name@en", kg.Text(x[1]))
		add(x[0], "name@zh", kg.Text(x[2]))
		add(x[0], "brand", kg.Ref(x[3]))
		for i, p := range []struct{ predicate, unit string }{{"price", "CNY"}, {"rating", ""}, {"memory", "GB"}, {"screen", "inch"}, {"weight", "g"}, {"battery", "mAh"}} {
			add(x[0], p.predicate, kg.Num(number(x[4+i]), p.unit))
		}
		for c := range strings.FieldsSeq(x[10]) {
			add(x[0], "colour", kg.Text(c))
		}
	}
	for line := range strings.Lines(strings.TrimSpace(martCases)) {
		x := strings.Split(strings.TrimSpace(line), "|")
		add(x[0], "kind", kg.Text("case"))
		add(x[0], "name@en", kg.Text(x[1]))
		add(x[0], "name@zh", kg.Text(x[2]))
		add(x[0], "price", kg.Num(number(x[3]), "CNY"))
		add(x[0], "rating", kg.Num(4, ""))
		for of := range strings.FieldsSeq(x[4]) {
			add(x[0], "fits", kg.Ref(of))
		}
	}
	add("a1", "isSimilarTo", kg.Ref("d1"))
	add("a1", "isSimilarTo", kg.Ref("b2"))
	return out
}

// martConfig sells more phones than fit into one answer.
func martConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	if err := g.Add(context.Background(), martFacts()...); err != nil {
		t.Fatal(err)
	}
	colours := []dst.Option{}
	for _, c := range []string{"black|黑色|黑的", "white|白色|白的", "blue|蓝色|蓝的", "red|红色|红的"} {
		x := strings.Split(c, "|")
		colours = append(colours, dst.Option{Value: x[0], Synonyms: x[2:], Labels: map[string]string{"en": x[0], "zh": x[1]}})
	}
	return Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "category", Aliases: []string{"品类"}, Required: true, Ask: map[string]string{"en": "A phone or a case?", "zh": "手机还是保护壳？"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "phone", Synonyms: []string{"phones"}, Labels: map[string]string{"en": "phone", "zh": "手机"}},
				{Value: "case", Synonyms: []string{"cases", "壳"}, Labels: map[string]string{"en": "case", "zh": "保护壳"}}}}},
			{Name: "brand", Aliases: []string{"品牌", "牌子"}, Ask: map[string]string{"en": "Do you have a brand in mind?", "zh": "有喜欢的品牌吗？"}},
			{Name: "price", Aliases: []string{"budget", "how much", "价格", "多少钱", "预算"}, Type: &dst.Money{Currency: "CNY"}, Ask: map[string]string{"en": "How much would you like to spend?", "zh": "预算多少？"}},
			{Name: "rating", Aliases: []string{"评分"}, Type: &dst.Number{Max: 5, Unit: "分"}},
			{Name: "memory", Aliases: []string{"内存"}, Type: &dst.Number{Unit: "GB", Min: 1}},
			{Name: "screen", Aliases: []string{"screen size", "屏幕", "屏幕尺寸"}, Type: &dst.Number{Unit: "inch", Min: 4, Max: 20}},
			{Name: "weight", Aliases: []string{"how heavy", "weighs", "weighed", "重量", "多重"}, Type: &dst.Number{Unit: "g", Min: 50}},
			{Name: "battery", Aliases: []string{"battery life", "电池", "续航"}, Type: &dst.Number{Unit: "mAh", Min: 1000}},
			{Name: "colour", Aliases: []string{"颜色"}, Type: &dst.Enum{Values: colours}},
			{Name: "fits", Aliases: []string{"compatible models", "适配机型"}, Type: dst.NewGazetteer(dst.Entry{Value: "a1"})},
			{Name: "accessories", Aliases: []string{"what goes with it", "accessories", "配件"}, RequestOnly: true},
		}}}},
		Bindings: []Binding{{KindSlot: "category", Slots: map[string]string{"accessories": "^fits"}, Show: []string{"price", "rating"}, Order: []kg.Order{{Predicate: "rating", Desc: true}}, Ask: []string{"brand", "price"}}},
		Labels:   map[string]map[string]string{"分": {"en": "", "zh": ""}},
		Phrases:  map[string]map[string]Phrase{"colour": {"en": {"comes in %s", "does not come in %s"}, "zh": {"有%s的", "没有%s的"}}},
		Scope:    map[string]string{"en": "I can help you choose a phone.", "zh": "我可以帮您挑手机。"},
	}
}
