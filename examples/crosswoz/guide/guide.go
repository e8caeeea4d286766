// Package guide is a Chinese travel guide to Beijing over the knowledge graph
// of CrossWOZ (Zhu et al. 2020): sights, restaurants and hotels that lie near
// each other, the metro and taxis. It shows how an agent is put together over
// somebody else's database: mappings that load it, a schema, bindings.
package guide

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// The services, which are also the kinds of things in the graph.
const (
	Sight      = "景点"
	Restaurant = "餐馆"
	Hotel      = "酒店"
	Metro      = "地铁"
	Taxi       = "出租"
)

// files are the database's files with the mapping that loads each. Rows are
// pairs of a name and an object; names are unique within a file only, so ids
// get the kind as prefix.
var files = []struct {
	name    string
	mapping kg.Mapping
}{
	{"attraction", place(Sight, yuan("门票"), text("游玩时间"), hours("low", "最短游玩"), hours("high", "最长游玩"))},
	{"restaurant", place(Restaurant, yuan("人均消费"), text("营业时间"), text("推荐菜"))},
	{"hotel", place(Hotel, yuan("价格"), text("酒店类型"), text("酒店设施"))},
	{"metro", kg.Mapping{ID: "0", Prefix: Metro + ":", Kind: Metro, Fields: []kg.Field{{Path: "1.名称", Predicate: "name"}, text("地铁")}}},
	{"taxi", kg.Mapping{ID: "0", Prefix: Taxi + ":", Kind: Taxi, Fields: []kg.Field{
		{Path: "1.领域", Predicate: "name", Values: map[string]string{Taxi: "出租车"}}, text("车型"), text("车牌")}}},
}

func text(name string) kg.Field { return kg.Field{Path: "1." + name, Predicate: name} }

func yuan(name string) kg.Field {
	return kg.Field{Path: "1." + name, Predicate: name, Type: kg.NumberField, Unit: "元"}
}

// hours is an end of the time that a visit takes.
func hours(end, predicate string) kg.Field {
	return kg.Field{Path: "1.游玩时间", Predicate: predicate, Type: kg.NumberField, Unit: "小时", End: end}
}

func near(kind string) kg.Field {
	return kg.Field{Path: "1.周边" + kind, Predicate: "周边" + kind, Type: kg.RefField, RefPrefix: kind + ":"}
}

func place(kind string, own ...kg.Field) kg.Mapping {
	fields := append(own, text("地址"), text("地铁"), text("电话"), near(Sight), near(Restaurant), near(Hotel),
		kg.Field{Path: "1.名称", Predicate: "name", Required: true},
		kg.Field{Path: "1.评分", Predicate: "评分", Type: kg.NumberField, Unit: "分"})
	return kg.Mapping{ID: "0", Prefix: kind + ":", Kind: kind, Rank: "rank", Fields: fields}
}

// Load reads the database from DIR/database/*_db.json.
func Load(ctx context.Context, dir string) (*kg.Graph, error) {
	g, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		path := filepath.Join(dir, "database", f.name+"_db.json")
		in, err := os.Open(path)
		if err != nil {
			g.Close()
			return nil, fmt.Errorf("crosswoz: loading the database: %w", err)
		}
		_, err = g.LoadJSON(ctx, in, f.mapping)
		in.Close()
		if err != nil {
			g.Close()
			return nil, fmt.Errorf("crosswoz: loading %s: %w", path, err)
		}
	}
	return g, nil
}

// Schema describes what the guide can talk about. Names, dishes and
// facilities are not in it: the agent draws them from the graph.
func Schema() dst.Schema {
	yuan := func(name string, aliases ...string) dst.Slot {
		return dst.Slot{Name: name, Aliases: aliases, Type: &dst.Money{Currency: "CNY",
			Free: map[string]string{"zh": "免费", "en": "free"}, Words: map[string]string{"不要钱": "0", "免票": "0", "不收费": "0", "不收门票": "0", "不收取门票": "0", "不花钱": "0"}}}
	}
	price := func(name string, aliases ...string) dst.Slot {
		return dst.Slot{Name: name, Aliases: aliases, Type: &dst.Money{Currency: "CNY"}}
	}
	return dst.Schema{Services: []dst.Service{
		placeService(Sight, []string{"景区", "好玩的", "游玩的地方", "玩的地方", "旅游景点", "景点儿"},
			yuan("门票", "票价", "门票价格", "门票费用", "票", "门票价"),
			dst.Slot{Name: "游玩时间", Aliases: []string{"游玩时长", "游玩的时间", "游玩多长时间", "玩多久", "玩多长时间", "时长", "游览时间", "玩儿多久", "游玩多久"},
				Type: &dst.Number{Units: []dst.Unit{{Name: "小时", Words: []string{"个小时", "钟头"}}, {Name: "天"}}}}),
		placeService(Restaurant, []string{"餐厅", "饭店", "饭馆", "吃饭的地方", "馆子", "吃的", "美食", "小吃店", "饭馆儿", "就餐", "用餐", "吃饭"},
			dst.Slot{Name: "推荐菜", Aliases: []string{"菜", "特色菜", "招牌菜", "拿手菜", "菜品", "好吃的菜"}, Multi: true},
			price("人均消费", "人均", "消费", "人均价格", "人均消费价格"),
			answer("营业时间", "几点开门", "几点关门", "开门时间", "营业", "开到几点", "什么时候开门", "什么时间营业")),
		placeService(Hotel, []string{"宾馆", "旅店", "旅馆", "住宿", "住的地方", "入住", "民宿", "住处"},
			dst.Slot{Name: "酒店类型", Aliases: []string{"类型", "档次", "什么类型"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "经济型", Synonyms: []string{"经济", "经济类型"}}, {Value: "舒适型", Synonyms: []string{"舒适", "舒适类型"}},
				{Value: "高档型", Synonyms: []string{"高档", "高档类型"}}, {Value: "豪华型", Synonyms: []string{"豪华", "豪华类型"}}}}},
			dst.Slot{Name: "酒店设施", Aliases: []string{"设施", "服务", "酒店服务", "设施服务"}, Multi: true},
			price("价格", "价钱", "房价", "多少钱", "房费", "最低价格", "价位", "住一晚", "房价多少", "价格贵")),
		{Name: Metro, Aliases: []string{"坐地铁", "乘地铁", "地铁出行", "乘坐地铁"}, Slots: []dst.Slot{
			from(), to(), answer("出发地附近地铁站", "出发地地铁站", "起点地铁站", "出发地附近的地铁站", "出发地和目的地附近的地铁站", "出发地和目的地附近地铁站", "哪一站", "哪站", "地铁站"), answer("目的地附近地铁站", "目的地地铁站", "终点地铁站", "目的地附近的地铁站", "出发地和目的地附近的地铁站", "出发地和目的地附近地铁站", "哪一站", "哪站", "地铁站")}},
		{Name: Taxi, Aliases: []string{"出租车", "打车", "的士", "叫车", "打的", "叫辆车", "约车"}, Slots: []dst.Slot{from(), to(), answer("车型", "什么车"), answer("车牌", "车牌号", "车号")}},
	}}
}

// placeService is what sights, restaurants and hotels have in common.
func placeService(name string, aliases []string, own ...dst.Slot) dst.Service {
	slots := append([]dst.Slot{{Name: "名称", Names: true, Aliases: []string{"名字", "叫什么"}}}, own...)
	slots = append(slots,
		dst.Slot{Name: "评分", Aliases: []string{"分数", "评价", "打分"}, Type: &dst.Number{Unit: "分", Max: 5}},
		answer("地址", "位置", "在哪里", "在哪儿", "在哪", "具体位置", "地点", "怎么走", "怎么去"),
		answer("电话", "电话号码", "联系方式", "联系电话", "号码", "座机"),
		answer("地铁", "附近地铁", "地铁站", "附近的地铁站", "周边地铁"),
	)
	for _, kind := range []string{Sight, Restaurant, Hotel} {
		slots = append(slots, dst.Slot{Name: "周边" + kind, Aliases: []string{"附近" + kind, "周边的" + kind, "附近的" + kind}, Role: dst.NearRole, Of: kind})
	}
	return dst.Service{Name: name, Aliases: aliases, Slots: slots}
}

func answer(name string, aliases ...string) dst.Slot {
	return dst.Slot{Name: name, Aliases: aliases, RequestOnly: true}
}

func from() dst.Slot {
	return dst.Slot{Name: "出发地", Aliases: []string{"起点", "出发点", "始发地"}, Role: dst.FromRole}
}

func to() dst.Slot {
	return dst.Slot{Name: "目的地", Aliases: []string{"终点"}, Role: dst.ToRole}
}

// New puts the agent together.
func New(ctx context.Context, g *kg.Graph) (*recommend.Agent, error) {
	cfg, err := Config(ctx, g)
	if err != nil {
		return nil, err
	}
	return recommend.New(ctx, cfg)
}

// Config is what the agent is made of.
func Config(ctx context.Context, g *kg.Graph) (recommend.Config, error) {
	schema := Schema()
	places, err := placeNames(ctx, g)
	if err != nil {
		return recommend.Config{}, err
	}
	for i, service := range schema.Services {
		for j, slot := range service.Slots {
			if slot.Role == dst.FromRole || slot.Role == dst.ToRole {
				schema.Services[i].Slots[j].Type = places
			}
		}
	}
	return recommend.Config{
		Schema:   schema,
		Graph:    g,
		Bindings: bindings(),
		Lang:     "zh",
		Offers:   5,
		Persona:  map[string]string{"zh": "我是北京旅游向导。", "en": "I am a travel guide to Beijing."},
		Scope: map[string]string{
			"zh": "我可以帮您找景点、餐馆和酒店，查地址、电话和周边，也可以查地铁、叫出租车。",
			"en": "I know sights, restaurants and hotels, with their addresses, phones and what is nearby, and the metro and taxis. The data is in Chinese."},
	}, nil
}

func bindings() []recommend.Binding {
	inOrder := []kg.Order{{Predicate: "rank"}} // the database lists what is better known first
	return []recommend.Binding{
		{Service: Sight, Kind: Sight, Slots: map[string]string{"名称": "name"}, Show: []string{"评分", "门票", "游玩时间"}, Order: inOrder,
			Ranges: map[string]recommend.Range{"游玩时间": {Low: "最短游玩", High: "最长游玩"}}},
		{Service: Restaurant, Kind: Restaurant, Slots: map[string]string{"名称": "name"}, Show: []string{"评分", "人均消费"}, Order: inOrder},
		{Service: Hotel, Kind: Hotel, Slots: map[string]string{"名称": "name"}, Show: []string{"酒店类型", "评分", "价格"}, Order: inOrder},
		{Service: Metro, Kind: Metro, Slots: map[string]string{"出发地": "", "目的地": "", "出发地附近地铁站": "$出发地/地铁", "目的地附近地铁站": "$目的地/地铁"}},
		{Service: Taxi, Kind: Taxi, Slots: map[string]string{"出发地": "", "目的地": ""}},
	}
}

// placeNames are the names that a journey may begin or end at.
func placeNames(ctx context.Context, g *kg.Graph) (*dst.Gazetteer, error) {
	var entries []dst.Entry
	for _, kind := range []string{Sight, Restaurant, Hotel} {
		names, err := g.Domain(ctx, kind, "name")
		if err != nil {
			return nil, fmt.Errorf("crosswoz: reading the names of %s: %w", kind, err)
		}
		for _, name := range names {
			entries = append(entries, dst.Entry{Value: name.String()})
		}
	}
	return dst.NewGazetteer(entries...), nil
}
