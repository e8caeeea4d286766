package dst

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// testNow is a Monday.
var testNow = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// showMentions writes mentions as span=value or span=low..high, with a ? where the
// score is below one half.
func showMentions(t *testing.T, typ Type, s string) string {
	t.Helper()
	out := ""
	for _, m := range typ.Find(NewText(s, testNow)) {
		if m.Start < 0 || m.End > len(s) || m.Start >= m.End || m.Score <= 0 || m.Score > 1 {
			t.Fatalf("%q: bad mention %+v", s, m)
		}
		v := m.Value
		if m.To != "" {
			v += ".." + m.To
		}
		if m.Score < 0.5 {
			v += "?"
		}
		if out != "" {
			out += " | "
		}
		out += fmt.Sprintf("%s=%s", s[m.Start:m.End], v)
	}
	return out
}

type findCase struct{ in, want string }

func checkFind(t *testing.T, typ Type, cases []findCase) {
	t.Helper()
	for _, c := range cases {
		if got := showMentions(t, typ, c.in); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func decimalString(v, places int) string { return decimal.New(int64(v), int32(-places)).String() }

// FuzzFind holds every built-in type to spans that lie in the text, cut no
// rune and are in order, and to scores in (0, 1].
func FuzzFind(f *testing.F) {
	for _, s := range []string{"between 500 and 900 dollars", "下周三下午三点半，两三千块", "Nov 24-26 at half past 6", "1小时30分", "-5 - 3k", "一百多万零五十点三半", "\xff3\xc3", "24/11/2026 3:30p.m.", "百分之五十到60%", "五块八毛一个半小时", "twenty five hundred and a half past noon",
		"between 3000 and 2000, 12小时-3天 tomorrow night at 7", "an hour or two at ann dot lee at x dot com", "北京市朝阳区建国路88号3栋1201室 11010519491231002X", "haidilao hdl 三天两夜 ａｂ１２３４５６ 71 North 3rd Street, La, CA 95110"} {
		f.Add(s)
	}
	types := fuzzTypes()
	f.Fuzz(func(t *testing.T, s string) {
		for _, now := range []time.Time{testNow, {}} {
			text := NewText(s, now)
			for _, typ := range types {
				checkMentions(t, typ, text)
				if p, ok := typ.(Parser); ok {
					p.Parse(s, now)
				}
				if c, ok := typ.(Comparer); ok {
					c.Compare(s, s)
				}
				if c, ok := typ.(Formatter); ok {
					c.Format(s, "en")
					c.Format(s, "zh")
				}
			}
		}
	})
}

func checkMentions(t *testing.T, typ Type, text *Text) {
	t.Helper()
	last := Mention{}
	for i, m := range typ.Find(text) {
		if m.Start < 0 || m.End > len(text.Raw) || m.Start >= m.End || m.Value == "" || !(m.Score > 0 && m.Score <= 1) {
			t.Fatalf("%T in %q: %+v", typ, text.Raw, m)
		}
		if utf8.ValidString(text.Raw) && !utf8.ValidString(text.Raw[m.Start:m.End]) {
			t.Fatalf("%T in %q: %+v cuts a rune", typ, text.Raw, m)
		}
		for _, at := range [][2]int{m.ValueAt, m.ToAt} {
			if at != [2]int{} && (m.To == "" || at[0] < m.Start || at[1] > m.End || at[0] >= at[1]) {
				t.Fatalf("%T in %q: an end of %+v lies outside it", typ, text.Raw, m)
			}
		}
		if i > 0 && m.Start < last.End && (m.Start != last.Start || m.End != last.End) {
			t.Fatalf("%T in %q: %+v overlaps %+v", typ, text.Raw, m, last)
		}
		last = m
	}
}

func fuzzTypes() []Type {
	return []Type{
		&Number{}, &Number{Unit: "GB"}, &Number{Unit: "小时"}, &Number{Units: []Unit{{Name: "天"}, {Name: "盒子", Words: []string{"box", "+"}}}, Words: map[string]string{"free": "0"}},
		&Money{Currency: "CNY", Words: map[string]string{"免费": "0"}}, &Money{}, &Date{}, &Date{DayFirst: true}, &Clock{}, &Clock{Opens: 8}, &YesNo{},
		OneOf("red", "gaming", "北京", "大", "a b", "C++", "!"), NewGazetteer(Entry{"全聚德(王府井店)", nil}, Entry{"New York", []string{"NYC"}}, Entry{"7天酒店", nil}),
		&FreeText{}, &FreeText{Pattern: regexp.MustCompile(`[A-Z]+(\d+)?`), MaxLen: 5}, &FreeText{Pattern: regexp.MustCompile(`(?i)[a-z]{2}\d{6}`), Normalize: strings.ToUpper},
		&Duration{}, &Email{}, &Address{}, &ResidentID{}, &Number{Unit: "%"}, &Number{Unit: "人"}, NewGazetteer(Entry{Value: "海底捞"}, Entry{Value: "绿茶餐厅(重庆店)"}),
	}
}

func TestTypesAreSafeForConcurrentUse(t *testing.T) {
	types := fuzzTypes()
	msg := NewText("明天下午三点, red gaming laptop with 16GB for 3k in New York", testNow)
	want := make([]string, len(types))
	for i, typ := range fuzzTypes() {
		want[i] = fmt.Sprint(typ.Find(NewText(msg.Raw, testNow)))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, typ := range types {
				if got := fmt.Sprint(typ.Find(msg)); got != want[i] {
					t.Errorf("%T: %s, want %s", typ, got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

const benchMessage = "hi there i am looking for a gaming laptop with at least 16GB ram for under 1500 dollars by friday please"

func BenchmarkFind(b *testing.B) {
	names := make([]Entry, 100_000)
	for i := range names {
		names[i].Value = fmt.Sprintf("%c%c Name %d Place", 'a'+i%26, 'a'+i/26%26, i)
	}
	for _, c := range []struct {
		name string
		typ  Type
	}{
		{"Enum", OneOf("gaming", "office work", "photography", "video editing", "school")},
		{"Number", &Number{Unit: "GB"}}, {"Money", &Money{Currency: "USD"}}, {"Date", &Date{}}, {"Clock", &Clock{}},
		{"YesNo", &YesNo{}}, {"FreeText", &FreeText{}}, {"Gazetteer100k", NewGazetteer(names...)},
		{"Duration", &Duration{}}, {"Email", &Email{}}, {"Address", &Address{}}, {"ResidentID", &ResidentID{}}, {"Pattern", &FreeText{Pattern: regexp.MustCompile(`\b[A-Z]{2}\d{6}\b`)}},
	} {
		for lang, msg := range map[string]string{"en": benchMessage, "zh": "你好我想买一台玩游戏的笔记本内存16G预算五千到八千周五之前要"} {
			b.Run(c.name+"/"+lang, func(b *testing.B) {
				t := NewText(msg, testNow)
				b.ReportAllocs()
				for b.Loop() {
					c.typ.Find(t)
				}
			})
		}
	}
}

func BenchmarkNewText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		NewText(benchMessage, testNow).numbers()
	}
}

// BenchmarkAllTypes is what a turn spends on finding values: fifteen words with
// one date, read by one slot type of each kind.
func BenchmarkAllTypes(b *testing.B) {
	types := []Type{
		OneOf("gaming", "office work", "photography"), &Number{Unit: "GB"}, &Money{Currency: "USD"}, &Date{}, &Clock{}, &YesNo{}, &Duration{}, &Email{}, &Address{}, &ResidentID{},
		&FreeText{Pattern: regexp.MustCompile(`\b[A-Z]{2}\d{6}\b`)}, NewGazetteer(Entry{Value: "ThinkPad X1"}, Entry{Value: "海底捞"}),
	}
	for _, c := range []struct{ name, msg string }{
		{"en", "hello i would like to book a nice quiet table somewhere near the station next friday"}, {"zh", "你好我想在车站附近订一个安静一点的位子下周五晚上"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t := NewText(c.msg, testNow)
				for _, typ := range types {
					typ.Find(t)
				}
			}
		})
	}
}
