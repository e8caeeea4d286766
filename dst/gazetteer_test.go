package dst

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestGazetteer(t *testing.T) {
	g := NewGazetteer(
		Entry{"北京全聚德(王府井店)", nil}, Entry{"北京全聚德(前门店)", nil}, Entry{"7天酒店(北京站店)", nil}, Entry{"798艺术区", nil}, Entry{"五道口", nil}, Entry{"三里屯", nil},
		Entry{"王府井", nil}, Entry{"北京王府井希尔顿酒店", []string{"希尔顿"}}, Entry{"The Gandhi", []string{"Gandhi"}}, Entry{"New York", []string{"NYC", "the big apple"}}, Entry{"York", nil},
		Entry{"St. John's College", nil}, Entry{"AirPods Pro 2", nil}, Entry{"isan", nil}, Entry{"Eat, Pray, Love", nil}, Entry{"Yahoo!", nil}, Entry{"AC/DC", nil}, Entry{"iPhone 15", nil}, Entry{"iPhone 14", nil},
	)
	checkFind(t, g, []findCase{
		{"北京全聚德(王府井店)在哪", "北京全聚德(王府井店)=北京全聚德(王府井店)"}, {"北京全聚德（前门店）", "北京全聚德（前门店）=北京全聚德(前门店)"}, {"北京全聚德前门店", "北京全聚德前门店=北京全聚德(前门店)"},
		{"去北京全聚德吃", "北京全聚德=北京全聚德(王府井店) | 北京全聚德=北京全聚德(前门店)"}, {"7天酒店怎么样", "7天酒店=7天酒店(北京站店)"}, {"17天酒店", ""}, {"798艺术区附近", "798艺术区=798艺术区"}, {"五道口", "五道口=五道口"},
		{"三里屯和王府井", "三里屯=三里屯 | 王府井=王府井"}, {"北京王府井希尔顿酒店", "北京王府井希尔顿酒店=北京王府井希尔顿酒店"}, {"住希尔顿", "希尔顿=北京王府井希尔顿酒店"},
		{"the gandhi please", "the gandhi=The Gandhi"}, {"gandhi", "gandhi=The Gandhi"}, {"ganhdi", "ganhdi=The Gandhi"}, {"in new york", "new york=New York"}, {"New-York", "New-York=New York"}, {"york", "york=York"}, {"nyc", "nyc=New York"}, {"the big aple", "the big aple=New York"}, {"new yrok", "new yrok=New York"},
		{"yorkshire", ""}, {"st johns college", "st johns college=St. John's College"}, {"St. John's College", "St. John's College=St. John's College"}, {"airpods pro 2", "airpods pro 2=AirPods Pro 2"}, {"air pods pro 2", "air pods pro 2=AirPods Pro 2"}, {"airpods pro 3", ""}, {"iphone15", "iphone15=iPhone 15"}, {"iphone 16", ""},
		{"eat pray love", "eat pray love=Eat, Pray, Love"}, {"Eat, Pray, Love", "Eat, Pray, Love=Eat, Pray, Love"}, {"yahoo", "yahoo=Yahoo!"}, {"ac/dc", "ac/dc=AC/DC"}, {"acdc", "acdc=AC/DC"}, {"", ""}, {"!!!", ""},
	})
	if ms := g.Find(NewText("it is an apple", testNow)); len(ms) == 1 && ms[0].Score > 0.6 {
		t.Errorf("two short words are hardly one name: %v", ms)
	}
	if v, ok := g.Parse("nyc", time.Time{}); !ok || v != "New York" {
		t.Errorf("Parse: %q, %v", v, ok)
	}
	if g.Len() != 19 {
		t.Errorf("Len = %d", g.Len())
	}
}

func TestGazetteerOptions(t *testing.T) {
	g := NewGazetteerWith(&GazetteerOptions{Optional: []string{"北京", "饭店", "hotel"}, MinTypo: -1}, Entry{"北京昆仑饭店", nil}, Entry{"Acorn Hotel", nil}, Entry{"北京饭店", nil})
	checkFind(t, g, []findCase{
		{"昆仑饭店", "昆仑饭店=北京昆仑饭店"}, {"北京昆仑", "北京昆仑=北京昆仑饭店"}, {"住昆仑吧", "昆仑=北京昆仑饭店"}, {"acorn", "acorn=Acorn Hotel"}, {"acron hotel", ""}, {"北京饭店", "北京饭店=北京饭店"}, {"hotel", ""},
	})
}

func TestGazetteerAmbiguityIsBounded(t *testing.T) {
	var entries []Entry
	for i := range 500 {
		entries = append(entries, Entry{Value: fmt.Sprintf("海底捞(%d号店)", i)})
	}
	if n := len(NewGazetteer(entries...).Find(NewText("海底捞", testNow))); n != 16 {
		t.Errorf("%d mentions, want 16", n)
	}
}

// A long message costs time linear in its length.
func TestGazetteerIsLinear(t *testing.T) {
	g := NewGazetteer(Entry{strings.Repeat("aaaaa", 20), nil}, Entry{strings.Repeat("大", 40), nil}, Entry{"aaaaaaaab", nil})
	elapsed := func(n int) time.Duration {
		msg := NewText(strings.Repeat("大大aaaa aaaaa ", n), testNow)
		best := time.Hour
		for range 3 {
			start := time.Now()
			g.Find(msg)
			best = min(best, time.Since(start))
		}
		return best
	}
	for try := 1; ; try++ { // a busy machine gets another chance, a square none
		a, b := elapsed(500), elapsed(4000)
		if b <= 40*a+time.Millisecond {
			return
		}
		if try == 4 {
			t.Fatalf("500 pieces take %v, 4000 take %v", a, b)
		}
	}
}

func TestGazetteerFindsItsNames(t *testing.T) {
	name := rapid.StringMatching(`[A-Z][a-z]{2,8}( [A-Z][a-z]{2,6})?( [0-9]{1,3})?|[\x{4e00}-\x{4e80}]{2,6}(\([\x{4e00}-\x{4e80}]{2,3}店\))?`)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(name, 1, 20, strings.ToLower).Draw(t, "names")
		var entries []Entry
		for _, n := range names {
			entries = append(entries, Entry{Value: n})
		}
		v := rapid.SampledFrom(names).Draw(t, "name")
		s := "?" + v + "?"
		for _, m := range NewGazetteer(entries...).Find(NewText(s, testNow)) {
			if m.Value == v && s[m.Start:m.End] == v {
				return
			}
		}
		t.Fatalf("%q not found", v)
	})
}

func BenchmarkGazetteerLongMessage(b *testing.B) {
	entries := make([]Entry, 100_000)
	for i := range entries {
		entries[i].Value = fmt.Sprintf("%c%c商店%d号", 0x4e00+i%3000, 0x4e00+i/37%3000, i)
	}
	g := NewGazetteer(entries...)
	msg := NewText(strings.Repeat("我想找一家离地铁近一点的商店，the new one, please ", 280), testNow)
	b.ReportAllocs()
	for b.Loop() {
		g.Find(msg)
	}
}

func BenchmarkNewGazetteer(b *testing.B) {
	entries := make([]Entry, 100_000)
	for i := range entries {
		entries[i].Value = fmt.Sprintf("%c%c商店%d号", 0x4e00+i%3000, 0x4e00+i/37%3000, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		NewGazetteer(entries...)
	}
}
