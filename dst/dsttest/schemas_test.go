package dsttest_test

import (
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// cityGuide is the schema of testdata/en: named services that share a slot.
func cityGuide() dst.Schema {
	places := dst.NewGazetteer(
		dst.Entry{Value: "Acorn House"}, dst.Entry{Value: "Blue Lagoon", Aliases: []string{"the Lagoon"}},
		dst.Entry{Value: "Casa Verde"}, dst.Entry{Value: "Central Station", Aliases: []string{"the station"}})
	ask := func(q string) map[string]string { return map[string]string{"en": q} }
	return dst.Schema{Services: []dst.Service{
		{Name: "Restaurants", Aliases: []string{"restaurant", "somewhere to eat"},
			Intents: []dst.Intent{
				{Name: "Find", Required: []string{"cuisine", "area"}},
				{Name: "Reserve", Transactional: true, Required: []string{"date", "time", "people"}},
			},
			Slots: []dst.Slot{
				{Name: "cuisine", Required: true, Aliases: []string{"food", "kitchen"}, Ask: ask("What kind of food?"), Type: &dst.Enum{Values: []dst.Option{
					{Value: "italian", Synonyms: []string{"pizza", "pasta"}}, {Value: "chinese"}, {Value: "thai"}, {Value: "indian", Synonyms: []string{"curry"}}}}},
				{Name: "area", Required: true, Aliases: []string{"part of town"}, Ask: ask("In which part of town?"), Type: &dst.Enum{Values: []dst.Option{
					{Value: "north"}, {Value: "south"}, {Value: "centre", Synonyms: []string{"center", "downtown"}}}}},
				{Name: "price", Aliases: []string{"cost", "budget"}, Type: &dst.Money{Currency: "USD"}},
				{Name: "stars", Aliases: []string{"rating"}, Type: &dst.Number{Unit: "star", Min: 1, Max: 5}},
				{Name: "outdoor", Aliases: []string{"terrace", "outdoor seating"}, Type: &dst.YesNo{}, Ask: ask("Would you like to sit outside?")},
				{Name: "name", Names: true, Type: places},
				{Name: "date", Aliases: []string{"day"}, Type: &dst.Date{}, Ask: ask("On which day?")},
				{Name: "time", Type: &dst.Clock{Opens: 10}, Ask: ask("At what time?")},
				{Name: "people", Aliases: []string{"guests"}, Type: &dst.Number{Unit: "person", Integer: true, Min: 1, Max: 20}, Ask: ask("For how many people?")},
				{Name: "phone", Aliases: []string{"phone number"}, RequestOnly: true},
				{Name: "address", RequestOnly: true},
			}},
		{Name: "Taxi", Aliases: []string{"taxi", "cab"},
			Intents: []dst.Intent{{Name: "Ride", Required: []string{"from", "to"}}},
			Slots: []dst.Slot{
				{Name: "from", Role: dst.FromRole, Type: places, Ask: ask("Where from?")},
				{Name: "to", Role: dst.ToRole, Type: places, Ask: ask("Where to?")},
				{Name: "time", Type: &dst.Clock{}, Ask: ask("When shall it come?")},
			}},
	}}
}

// phoneShop is the schema of testdata/zh: one service without a name.
func phoneShop() dst.Schema {
	ask := func(q string) map[string]string { return map[string]string{"zh": q} }
	return dst.Schema{Services: []dst.Service{{
		Intents: []dst.Intent{{Name: "buy"}},
		Slots: []dst.Slot{
			{Name: "category", Aliases: []string{"品类"}, Required: true, Ask: ask("手机还是笔记本？"), Type: &dst.Enum{Values: []dst.Option{
				{Value: "phone", Synonyms: []string{"手机"}}, {Value: "laptop", Synonyms: []string{"笔记本", "电脑", "笔记本电脑"}}}}},
			{Name: "use", Aliases: []string{"用途"}, Ask: ask("主要做什么用？"), Required: true, Type: &dst.Enum{Values: []dst.Option{
				{Value: "gaming", Synonyms: []string{"游戏", "打游戏"}}, {Value: "office", Synonyms: []string{"办公", "工作"}}, {Value: "photo", Synonyms: []string{"拍照", "摄影"}}}}},
			{Name: "brand", Aliases: []string{"品牌", "牌子"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "Lenovo", Synonyms: []string{"联想"}}, {Value: "Huawei", Synonyms: []string{"华为"}}, {Value: "Apple", Synonyms: []string{"苹果"}}}}},
			{Name: "price", Aliases: []string{"价格", "预算", "多少钱", "价位"}, Ask: ask("预算多少？"), Type: &dst.Money{Currency: "CNY"}},
			{Name: "memory", Aliases: []string{"内存"}, Type: &dst.Number{Unit: "GB"}},
			{Name: "colour", Aliases: []string{"颜色"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "red", Synonyms: []string{"红色"}}, {Value: "black", Synonyms: []string{"黑色"}}, {Value: "blue", Synonyms: []string{"蓝色"}}}}},
			{Name: "name", Names: true, Type: dst.NewGazetteer(dst.Entry{Value: "小新Pro"}, dst.Entry{Value: "Mate 60"}, dst.Entry{Value: "iPhone 15", Aliases: []string{"苹果15"}})},
			{Name: "delivery", Aliases: []string{"送货日期", "配送"}, Type: &dst.Date{}, Ask: ask("哪天送到？")},
			{Name: "weight", Aliases: []string{"重量", "多重"}, RequestOnly: true},
			{Name: "battery", Aliases: []string{"电池", "续航"}, RequestOnly: true},
		},
	}}}
}

func monday() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

func newTracker(t testing.TB, schema dst.Schema) *dst.Tracker {
	t.Helper()
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: monday})
	if err != nil {
		t.Fatal(err)
	}
	return tracker
}
