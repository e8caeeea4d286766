package dst

import (
	"context"
	"strings"
	"testing"
	"time"
)

// shopSchema is a small bilingual shop with one unnamed service.
func shopSchema() Schema {
	return Schema{Services: []Service{{
		Aliases: []string{"shop", "商店"},
		Intents: []Intent{{Name: "buy", Required: []string{"category"}}},
		Slots: []Slot{
			{Name: "category", Type: &Enum{Values: []Option{
				{Value: "phone", Synonyms: []string{"smartphone", "手机"}}, {Value: "laptop", Synonyms: []string{"notebook", "笔记本", "电脑", "笔记本电脑"}}}},
				Ask: map[string]string{"en": "A phone or a laptop?", "zh": "手机还是笔记本？"}},
			{Name: "use", Aliases: []string{"用途"}, Type: &Enum{Values: []Option{
				{Value: "gaming", Synonyms: []string{"games", "play games", "游戏", "打游戏"}}, {Value: "office", Synonyms: []string{"work", "办公"}}}},
				Ask: map[string]string{"en": "What will you use it for?", "zh": "主要做什么用？"}},
			{Name: "brand", Aliases: []string{"make", "品牌", "牌子"}, Type: &Enum{Values: []Option{
				{Value: "Lenovo", Synonyms: []string{"联想"}}, {Value: "Asus", Synonyms: []string{"华硕"}}, {Value: "Apple", Synonyms: []string{"苹果"}}}}},
			{Name: "price", Aliases: []string{"cost", "budget", "how much", "价格", "价位", "预算", "多少钱"}, Type: &Money{Currency: "CNY"},
				Ask: map[string]string{"en": "What is your budget?", "zh": "预算多少？"}},
			{Name: "memory", Aliases: []string{"ram", "内存"}, Type: &Number{Unit: "GB"}},
			{Name: "colour", Aliases: []string{"color", "颜色"}, Type: &Enum{Values: []Option{
				{Value: "red", Synonyms: []string{"红色", "红的"}}, {Value: "black", Synonyms: []string{"黑色", "黑的"}}, {Value: "blue", Synonyms: []string{"蓝色"}}}}},
			{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "ThinkPad X1"}, Entry{Value: "iPhone 15", Aliases: []string{"苹果15"}}, Entry{Value: "iPhone 15 Pro"})},
			{Name: "weight", Aliases: []string{"重量", "多重"}, RequestOnly: true},
		},
	}}}
}

func at(year int, month time.Month, day int) func() time.Time {
	return func() time.Time { return time.Date(year, month, day, 9, 0, 0, 0, time.UTC) }
}

func newTracker(t testing.TB, s Schema) *Tracker {
	t.Helper()
	tr, err := NewTracker(s, &TrackerOptions{Now: at(2026, 11, 23)})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// Each case is a conversation: the lines of a user, "> " before acts of the
// bot; the state after the last line is compared.
func TestTrackerShop(t *testing.T) {
	tr := newTracker(t, shopSchema())
	for _, c := range []struct{ talk, want string }{
		{"for gaming, not Lenovo", "brand!=Lenovo use=gaming"},
		{"打游戏用，不要联想", "brand!=Lenovo use=gaming"},
		{"a laptop under 9000", "category=laptop price<=9000"},
		{"9000以下的笔记本", "category=laptop price<=9000"},
		{"预算三千左右的手机", "category=phone price~3000"},
		{"a phone for about 3000", "category=phone price~3000"},
		{"at least 500, at most 900", "price>=500 price<=900"},
		{"500到900元的", "price>=500 price<=900"},
		{"Lenovo or Asus", "brand=Lenovo brand=Asus"},
		{"联想或者华硕都行", "brand=Lenovo brand=Asus"},
		{"not Lenovo or Asus", "brand!=Lenovo brand!=Asus"},
		{"不要联想和华硕", "brand!=Lenovo brand!=Asus"},
		{"not red", "colour!=red"},
		{"不要红色的", "colour!=red"},
		{"red\nno, make it blue", "colour=blue"},
		{"要红色的\n不对，改成蓝色", "colour=blue"},
		{"at least 16GB of memory", "memory>=16"},
		{"内存16G以上", "memory>=16"},
		{"ThinkPad X1 不要太重", "name=ThinkPad X1 focus=name:ThinkPad X1"},
		{"> ask price\n5000", "price=5000"},
		{"> ask price\n五千以内", "price<=5000"},
		{"> ask use\nI don't mind", "use=dontcare"},
		{"> ask brand\n随便", "brand=dontcare"},
		{"> confirm price<=900\nyes", "price<=900"},
		{"> confirm price<=900\n不是", ""},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\nthe second one, how much is it?", "requested=price focus=name:ThinkPad X1"},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\n第二个多重？", "requested=weight focus=name:ThinkPad X1"},
		{"> offer name=iPhone 15\nwhat is its weight", "requested=weight focus=name:iPhone 15"},
		{"> offer name=iPhone 15\n这款多少钱", "requested=price focus=name:iPhone 15"},
		{"苹果15多少钱", "name=iPhone 15 requested=price focus=name:iPhone 15"},
		{"iPhone 15 Pro", "name=iPhone 15 Pro focus=name:iPhone 15 Pro"},
		{"Lenovo, below 5000\nforget the brand", "price<=5000"},
		{"联想的，5000以下\n品牌不限", "brand=dontcare price<=5000"},
		{"联想的，5000以下\n重新开始", ""},
		{"Lenovo under 5000\nstart over", ""},
		{"hello", ""},
		{"asdf qwer zxcv", ""},
		{"between 4k and 6k", "price>=4000 price<=6000"},
		{"4千到6千", "price>=4000 price<=6000"},
		{"under 5000\nactually up to 6000", "price<=6000"},
		{"我想买个手机，3000到4000，苹果的不要", "brand!=Apple category=phone price>=3000 price<=4000"},
		{"at most 3000\nactually make that 4000", "price<=4000"},
		{"三千以内\n改成四千", "price<=4000"},
		{"im lookin for a good labtop", "category=laptop"},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\nhow much is the first one?\n> inform price=5999\nand the second one?", "requested=price focus=name:ThinkPad X1"},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\n第一个多重？\n第二个呢", "requested=weight focus=name:ThinkPad X1"},
		{"which colours are there", "requested=colour"},
		{"有什么颜色", "requested=colour"},
		{"ThinkPad X1 how much", "name=ThinkPad X1 requested=price focus=name:ThinkPad X1"},
		{"I don't care what colour", "colour=dontcare"},
		{"red\nnot red, blue", "colour!=red colour=blue"},
		{"不是红色，是蓝色", "colour!=red colour=blue"},
		{"not red or blue", "colour!=red colour!=blue"},
		{"can't spend more than 350", "price<=350"},
		{"超过三百就不要了", "price<=300"},
		{"三百以上的不考虑", "price<300"},
		{"red\nreset the colour", ""},
		{"red, under 500\n清空颜色", "price<=500"},
		{"> ask memory\n16", "memory=16"},
		{"> ask memory\n16 please", "memory=16"},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\nnot the second one", ""},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\noption 2", "focus=name:ThinkPad X1"},
		{"> offer name=iPhone 15; offer name=ThinkPad X1\nthe first time I came", ""},
		{"> offer name=iPhone 15\n那笔记本呢", "category=laptop focus=name:iPhone 15"},
		{"> offer name=iPhone 15\nwhat about black?", "colour=black focus=name:iPhone 15"},
		{"phones that don't have red", "category=phone colour!=red"},
		{"my budget is 7000", "price<=7000"},
		{"预算8000", "price<=8000"},
		{"两千块能买什么手机", "category=phone price<=2000"},
		{"what can I get for 2000", "price<=2000"},
		{"一千多的手机", "category=phone price>=1000 price<2000"},
		{"三千五百多", "price>=3500 price<3600"},
		{"> ask brand\n不要苹果", "brand!=Apple"},
		{"what about the iPhone 15", "name=iPhone 15 focus=name:iPhone 15"},
		{"a phone, 8GB, black", "category=phone colour=black memory=8"},
	} {
		s, _ := talk(t, tr, c.talk)
		s.Intents = nil
		if got := summary(s); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.talk, got, c.want)
		}
	}
}

func talk(t testing.TB, tr *Tracker, lines string) (State, []Decision) {
	t.Helper()
	var s State
	var ds []Decision
	var err error
	for line := range strings.SplitSeq(lines, "\n") {
		if acts, ok := strings.CutPrefix(line, "> "); ok {
			said, err := ParseActs(acts)
			if err != nil {
				t.Fatal(err)
			}
			s = s.Said(said...)
			continue
		}
		before := s
		s, ds, err = tr.Update(context.Background(), s, Turn{User: line})
		if err != nil {
			t.Fatal(err)
		}
		checkDecisions(t, line, before, s, ds)
	}
	return s, ds
}

// checkDecisions checks what holds of every update: the state is the fold of
// the decisions, spans lie in the message, probabilities are probabilities.
func checkDecisions(t testing.TB, line string, before, after State, ds []Decision) {
	t.Helper()
	fold := before.NextTurn()
	for _, d := range ds {
		fold = fold.apply(d.Act, d.Evidence)
		if e := d.Evidence; e.End > 0 && (e.Start < 0 || e.End > len(line) || line[e.Start:e.End] != e.Text) {
			t.Errorf("%q: evidence %+v does not lie in the message", line, e)
		}
		if d.P <= 0 || d.P > 1 {
			t.Errorf("%q: decision %v has probability %v", line, d, d.P)
		}
		if _, err := ParseAct(d.Act.String()); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
	if a, b := summary(fold), summary(after); a != b {
		t.Errorf("%q: the fold of the decisions is %s, the state %s", line, a, b)
	}
}
