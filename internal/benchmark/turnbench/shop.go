package turnbench

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/internal/benchmark/kgbench"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

//go:embed intents.csv
var examples []byte

// openShop makes an agent that sells the generated catalogue.
func openShop(ctx context.Context, products int) (*kg.Graph, *recommend.Agent, error) {
	graph, err := kg.New(nil)
	if err != nil {
		return nil, nil, err
	}
	if err := graph.Add(ctx, kgbench.Facts(products)...); err != nil {
		return nil, nil, fmt.Errorf("load the catalogue: %w", err)
	}
	rows, err := intent.ReadCSV(bytes.NewReader(examples))
	if err != nil {
		return nil, nil, err
	}
	classifier, err := intent.Train(ctx, rows, nil)
	if err != nil {
		return nil, nil, err
	}
	agent, err := recommend.New(ctx, recommend.Config{
		Schema:     schema(),
		Graph:      graph,
		Classifier: classifier,
		Compare:    []string{"compare"},
		Bindings: []recommend.Binding{{
			KindSlot: "kind",
			Show:     []string{"price", "rating"},
			Order:    []kg.Order{{Predicate: "rating", Desc: true}},
		}},
	})
	return graph, agent, err
}

func schema() dst.Schema {
	ask := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	return dst.Schema{Services: []dst.Service{{
		Intents: []dst.Intent{{Name: "buy"}, {Name: "ask"}},
		Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "kind", Required: true, Type: kinds(), Ask: ask("What are you looking for?", "您想看什么？")},
			{Name: "brand", Ask: ask("Which brand?", "什么品牌？"), Aliases: []string{"brand", "make", "牌子", "品牌"}},
			{Name: "colour", Type: colours(), Ask: ask("Which colour?", "什么颜色？"), Aliases: []string{"color", "颜色"}},
			{Name: "price", Type: &dst.Money{Currency: "CNY"}, Ask: ask("How much may it cost?", "预算多少？"), Aliases: []string{"cost", "how much", "价格", "多少钱", "什么价"}},
			{Name: "storage", Type: &dst.Number{Unit: "GB", Min: 32, Max: 1024}, Aliases: []string{"memory", "容量", "内存"}},
			{Name: "screen", Type: &dst.Number{Unit: "inch", Min: 4, Max: 20}, Aliases: []string{"屏幕"}},
			{Name: "rating", Type: &dst.Number{Max: 5}, Aliases: []string{"评分"}},
			{Name: "released", RequestOnly: true, Aliases: []string{"release date", "上市时间"}},
		},
	}}}
}

func kinds() *dst.Enum {
	return enum("phone|phones|手机", "laptop|laptops|notebook|笔记本|电脑", "tablet|tablets|平板", "camera|cameras|相机",
		"watch|watches|手表", "case|cases|保护壳|壳", "charger|chargers|充电器", "cable|cables|数据线")
}

func colours() *dst.Enum {
	return enum("black|黑色", "white|白色", "silver|银色", "blue|蓝色", "grey|灰色", "gold|金色",
		"red|红色", "green|绿色", "pink|粉色", "purple|紫色", "orange|橙色", "yellow|黄色")
}

// enum makes a slot type of values with their synonyms, the last of which is
// the Chinese label.
func enum(values ...string) *dst.Enum {
	e := &dst.Enum{}
	for _, v := range values {
		words := strings.Split(v, "|")
		e.Values = append(e.Values, dst.Option{
			Value: words[0], Synonyms: words[1:], Labels: map[string]string{"en": words[0], "zh": words[len(words)-1]}})
	}
	return e
}
