package kg

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// crossWOZ are plain mappings for the database of CrossWOZ (Zhu et al., 2020),
// whose rows are pairs of a name and an object.
func crossWOZ() map[string]Mapping {
	fields := func(own ...Field) []Field {
		return append(own,
			Field{Path: "1.名称", Predicate: "name", Required: true},
			Field{Path: "1.地址", Predicate: "地址"},
			Field{Path: "1.地铁", Predicate: "地铁"},
			Field{Path: "1.电话", Predicate: "电话"},
			Field{Path: "1.评分", Predicate: "评分", Type: NumberField},
			Field{Path: "1.周边景点", Predicate: "周边景点", Type: RefField, RefPrefix: "景点:"},
			Field{Path: "1.周边餐馆", Predicate: "周边餐馆", Type: RefField, RefPrefix: "餐馆:"},
			Field{Path: "1.周边酒店", Predicate: "周边酒店", Type: RefField, RefPrefix: "酒店:"},
		)
	}
	yuan := func(name string) Field {
		return Field{Path: "1." + name, Predicate: name, Type: NumberField, Unit: "元"}
	}
	return map[string]Mapping{
		"attraction": {ID: "0", Prefix: "景点:", KindPath: "1.领域", Fields: fields(yuan("门票"), Field{Path: "1.游玩时间", Predicate: "游玩时间"})},
		"hotel": {ID: "0", Prefix: "酒店:", Kind: "酒店", Fields: fields(yuan("价格"),
			Field{Path: "1.酒店类型", Predicate: "酒店类型"}, Field{Path: "1.酒店设施", Predicate: "酒店设施"})},
		"restaurant": {ID: "0", Prefix: "餐馆:", Kind: "餐馆", Fields: fields(yuan("人均消费"),
			Field{Path: "1.营业时间", Predicate: "营业时间"}, Field{Path: "1.推荐菜", Predicate: "推荐菜"})},
		"metro": {ID: "0", Prefix: "地铁:", Kind: "地铁", Fields: []Field{
			{Path: "1.名称", Predicate: "name"}, {Path: "1.地铁", Predicate: "地铁"}}},
		"taxi": {ID: "0", Prefix: "出租:", Kind: "出租", Fields: []Field{
			{Path: "1.车型", Predicate: "车型"}, {Path: "1.车牌", Predicate: "车牌"}}},
	}
}

func loadCrossWOZ(t testing.TB) *Graph {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "data", "crosswoz", "database")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the CrossWOZ database is not at %s", dir)
	}
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	mappings := crossWOZ()
	for _, name := range []string{"attraction", "hotel", "restaurant", "metro", "taxi"} {
		f, err := os.Open(filepath.Join(dir, name+"_db.json"))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		report, err := g.LoadJSON(context.Background(), f, mappings[name])
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Logf("%s: %d rows, %d facts, %v", name, report.Rows, report.Facts, time.Since(start))
	}
	return g
}

func TestCrossWOZ(t *testing.T) {
	ctx := context.Background()
	g := loadCrossWOZ(t)
	hits, err := g.Find(ctx, Query{
		Kind: "餐馆",
		Where: []Condition{
			{"评分", Ge, []Value{Num(4.5, "")}},
			{"人均消费", Le, []Value{Num(100, "元")}},
			{"推荐菜", All, []Value{Text("烤鸭"), Text("炸酱面")}},
		},
		Order: []Order{{Predicate: "人均消费"}}, Limit: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		t.Log(h)
	}
	hits, err = g.Search(ctx, "我想找有游泳池的酒店", nil)
	for _, h := range hits {
		t.Log(h)
	}
	if err != nil {
		t.Fatal(err)
	}
}
