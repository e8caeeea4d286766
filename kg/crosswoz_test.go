package kg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
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

// crossWOZRows reads a file of the database without a mapping.
func crossWOZRows(t *testing.T, name string) map[string]map[string]any {
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", "crosswoz", "database", name+"_db.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][]json.RawMessage
	if err := json.Unmarshal(data, &pairs); err != nil {
		t.Fatal(err)
	}
	rows := map[string]map[string]any{}
	for _, p := range pairs {
		var id string
		var row map[string]any
		if err := errors.Join(json.Unmarshal(p[0], &id), json.Unmarshal(p[1], &row)); err != nil {
			t.Fatal(err)
		}
		rows[id] = row
	}
	return rows
}

// TestCrossWOZ checks the loaded database against the JSON itself.
func TestCrossWOZ(t *testing.T) {
	ctx := context.Background()
	g := loadCrossWOZ(t)
	kinds, err := g.Facets(ctx, Query{}, "kind")
	if want := "[{地铁 2549} {酒店 1133} {餐馆 951} {景点 465} {出租 1}]"; err != nil || fmt.Sprint(kinds) != want {
		t.Errorf("kinds %v, %v; want %s", kinds, err, want)
	}
	rows := crossWOZRows(t, "restaurant")
	dishes := func(r map[string]any) (out []string) {
		list, _ := r["推荐菜"].([]any)
		for _, d := range list {
			out = append(out, d.(string))
		}
		return out
	}
	for _, c := range []struct {
		where []Condition
		holds func(map[string]any) bool
	}{
		{[]Condition{{"评分", Ge, []Value{Num(4.5, "")}}, {"人均消费", Le, []Value{Num(100, "元")}}},
			func(r map[string]any) bool {
				score, _ := r["评分"].(float64)
				return score >= 4.5 && r["人均消费"].(float64) <= 100
			}},
		{[]Condition{{"推荐菜", All, []Value{Text("烤鸭"), Text("炸酱面")}}},
			func(r map[string]any) bool {
				return slices.Contains(dishes(r), "烤鸭") && slices.Contains(dishes(r), "炸酱面")
			}},
		{[]Condition{{"地铁", HasNot, nil}, {"评分", Has, nil}},
			func(r map[string]any) bool { return r["地铁"] == nil && r["评分"] != nil }},
		{[]Condition{{"推荐菜", Ne, []Value{Text("烤鸭"), Text("老字号")}}},
			func(r map[string]any) bool {
				return !slices.Contains(dishes(r), "烤鸭") && !slices.Contains(dishes(r), "老字号")
			}},
		{[]Condition{{"周边景点", Eq, []Value{Ref("景点:故宫")}}},
			func(r map[string]any) bool { return slices.Contains(r["周边景点"].([]any), any("故宫")) }},
	} {
		hits, err := g.Find(ctx, Query{Kind: "餐馆", Where: c.where})
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, h := range hits {
			got = append(got, strings.TrimPrefix(h.ID, "餐馆:"))
		}
		for id, r := range rows {
			if c.holds(r) {
				want = append(want, id)
			}
		}
		slices.Sort(want)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%v: %d hits, want %d", c.where, len(got), len(want))
		}
	}
}

// TestCrossWOZNames checks that every name of the database is linked to all
// things that bear it, and that a long text is linked in no time.
func TestCrossWOZNames(t *testing.T) {
	ctx := context.Background()
	g := loadCrossWOZ(t)
	missed, all := 0, 0
	for _, file := range []string{"attraction", "hotel", "restaurant"} {
		for name, row := range crossWOZRows(t, file) {
			id := row["领域"].(string) + ":" + name
			text := "请问" + name + "的电话是多少？"
			links, err := g.Link(ctx, text, nil)
			if err != nil {
				t.Fatal(err)
			}
			all++
			if len(links) == 0 || !slices.ContainsFunc(links[0].Candidates, func(c Candidate) bool { return c.ID == id && c.Score == 1 }) {
				missed++
				t.Logf("%s: %+v", text, links)
			}
		}
	}
	if missed > all/500 {
		t.Errorf("%d of %d names not linked", missed, all)
	}
	long := strings.Repeat("你好，我想去北京全聚德（王府井店）吃饭，然后去故宫，这家酒店附近有什么好吃的餐馆吗？", 250)
	start := time.Now()
	links, err := g.Link(ctx, long, nil)
	if err != nil || len(links) < 500 {
		t.Errorf("%d links, %v", len(links), err)
	}
	t.Logf("%d characters: %d links in %v", utf8.RuneCountInString(long), len(links), time.Since(start))
}
