package dst

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A valueTable is phrases that one type reads at one time. The types are those
// of [valueTypes]; the times are these:
type valueTable struct {
	typ   string
	now   time.Time
	cases []findCase
}

var (
	monday      = testNow
	sunday      = time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)
	newYearsEve = time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC) // a Thursday
	leapYear    = time.Date(2028, 2, 28, 10, 0, 0, 0, time.UTC)  // a Monday
)

func valueTypes(lang string) map[string]Type {
	stars := "stars"
	if lang == "zh" {
		stars = "分"
	}
	free := map[string]string{"免费": "0"}
	return map[string]Type{
		"date": &Date{}, "clock": &Clock{}, "usd": &Money{Currency: "USD"}, "money": &Money{Currency: "CNY", Words: free}, "n": &Number{},
		"person": &Number{Unit: "person", Integer: true}, "gb": &Number{Unit: "GB"}, "stars": &Number{Unit: stars, Max: 5}, "pct": &Number{Unit: "%"}, "km": &Number{Unit: "km"},
		"kg": &Number{Unit: "kg"}, "m": &Number{Units: []Unit{{Name: "米"}, {Name: "平"}}}, "night": &Number{Unit: "晚"}, "hour": &Number{Unit: "小时"}, "dur": &Duration{},
		"email": &Email{}, "addr": &Address{}, "id": &ResidentID{}, "yesno": &YesNo{},
		"order": &FreeText{Pattern: regexp.MustCompile(`(?i)\b[a-z]{2}\d{6}\b`), Normalize: strings.ToUpper},
		"place": NewGazetteerWith(&GazetteerOptions{Optional: []string{"北京"}}, Entry{Value: "海底捞"}, Entry{Value: "重庆"}, Entry{Value: "北京全聚德(王府井店)"}, Entry{Value: "三里屯"}),
	}
}

func TestValues(t *testing.T) {
	for lang, tables := range map[string][]valueTable{"en": valuesEn, "zh": valuesZh} {
		types := valueTypes(lang)
		n := 0
		for _, table := range tables {
			n += len(table.cases)
			for _, c := range table.cases {
				if got := showValues(types[table.typ], c.in, table.now); got != c.want {
					t.Errorf("%s %q:\n got %s\nwant %s", table.typ, c.in, got, c.want)
				}
			}
		}
		if n < 300 {
			t.Errorf("%d phrases in %s are too few", n, lang)
		}
	}
}

func showValues(typ Type, s string, now time.Time) string {
	var out []string
	for _, m := range typ.Find(NewText(s, now)) {
		v := s[m.Start:m.End] + "=" + m.Value
		if m.To != "" {
			v += ".." + m.To
		}
		if m.Score < 0.5 {
			v += "?"
		}
		out = append(out, v)
	}
	return strings.Join(out, " | ")
}

// The two ends of a range stand where they are said, whichever comes first.
func TestEndsOfRanges(t *testing.T) {
	for _, c := range []struct {
		typ       Type
		in        string
		low, high string
	}{
		{&Date{}, "from March 3rd to the 7th", "March 3rd", "the 7th"}, {&Date{}, "24-26 November", "24", "26 November"}, {&Date{}, "5到8号", "5", "8号"}, {&Date{}, "next week", "", ""},
		{&Clock{}, "between 3 and 5 pm", "3", "5 pm"}, {&Clock{}, "上午10点到12点", "上午10点", "12点"}, {&Clock{}, "9am-5pm", "9am", "5pm"},
		{&Money{Currency: "USD"}, "between $50 and $80", "$50", "$80"}, {&Money{Currency: "CNY"}, "三千到两千", "两千", "三千"}, {&Money{Currency: "CNY"}, "两三千", "", ""},
		{&Number{Unit: "hour"}, "12 hours to 3 days", "12 hours", "3 days"}, {&Duration{}, "2 to 3 weeks", "2", "3 weeks"}, {&Number{}, "between 9 and 4", "4", "9"},
	} {
		ms := c.typ.Find(NewText(c.in, testNow))
		if len(ms) != 1 || ms[0].To == "" {
			t.Errorf("%q: %+v is not one range", c.in, ms)
			continue
		}
		low, high := c.in[ms[0].ValueAt[0]:ms[0].ValueAt[1]], c.in[ms[0].ToAt[0]:ms[0].ToAt[1]]
		if low != c.low || high != c.high {
			t.Errorf("%q: the ends are %q and %q, want %q and %q", c.in, low, high, c.low, c.high)
		}
	}
}

// Each end of a range keeps the unit it was said in.
func TestRangeInTwoUnits(t *testing.T) {
	n := &Number{Units: []Unit{{Name: "小时"}, {Name: "天"}}}
	for in, want := range map[string]string{"12小时-3天": "12小时-3天=12 小时..3 天", "3天到12小时": "3天到12小时=12 小时..3 天", "between 12 hours and 3 days": "between 12 hours and 3 days=12 小时..3 天"} {
		if got := showValues(n, in, testNow); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// A value that is worded for people is found again in a sentence, by a span
// that holds all of the wording, and parsed again on its own.
func TestFormatRoundTrip(t *testing.T) {
	frames := map[string][2]string{"en": {"how about ", " please"}, "zh": {"我想要", "，可以吗"}}
	for name, c := range map[string]struct {
		typ   Type
		value *rapid.Generator[string]
	}{
		"Money":    {&Money{Currency: "CNY"}, rapid.Custom(drawMoney)},
		"Dollars":  {&Money{Currency: "USD"}, rapid.Custom(drawMoney)},
		"Date":     {&Date{}, rapid.Custom(drawDate)},
		"Clock":    {&Clock{}, rapid.Custom(drawClock)},
		"Duration": {&Duration{}, rapid.Custom(drawDuration)},
		"Percent":  {&Number{Unit: "%"}, rapid.Custom(func(t *rapid.T) string { return decimalString(rapid.IntRange(0, 10000).Draw(t, "hundredths"), 2) })},
		"YesNo":    {&YesNo{}, rapid.SampledFrom([]string{"yes", "no"})},
		"Enum": {&Enum{Values: []Option{{Value: "gaming", Labels: map[string]string{"zh": "打游戏"}}, {Value: "office work", Labels: map[string]string{"zh": "办公"}}}},
			rapid.SampledFrom([]string{"gaming", "office work"})},
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				v := c.value.Draw(t, "value")
				lang := rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "lang")
				said := c.typ.(Formatter).Format(v, lang)
				before := frames[lang][0]
				if name == "YesNo" {
					before = "" // an answer comes first
				}
				s := before + said + frames[lang][1]
				ms := c.typ.Find(NewText(s, testNow))
				if len(ms) != 1 || ms[0].Value != v || ms[0].To != "" || ms[0].Start > len(before) || ms[0].End < len(before)+len(said) {
					t.Fatalf("%q: %+v, want %s over %q", s, ms, v, said)
				}
				if got, ok := c.typ.(Parser).Parse(said, testNow); !ok || got != v {
					t.Fatalf("Parse(%q) = %q, %v; want %s", said, got, ok, v)
				}
			})
		})
	}
}

func drawMoney(t *rapid.T) string {
	v := decimalString(rapid.IntRange(3, 9999999).Draw(t, "amount"), rapid.SampledFrom([]int{0, 2}).Draw(t, "places"))
	if code := rapid.SampledFrom([]string{"", "", " EUR", " JPY", " GBP"}).Draw(t, "currency"); code != "" {
		return v + code
	}
	return v
}

func drawDate(t *rapid.T) string {
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 36500).Draw(t, "days")).Format(dateLayout)
}

func drawClock(t *rapid.T) string { return clockValue(rapid.IntRange(0, 1439).Draw(t, "minutes")) }

func drawDuration(t *rapid.T) string {
	d := &Duration{}
	parts := []struct {
		sign string
		most int
	}{{"Y", 99}, {"M", 11}, {"D", 400}, {"TH", 23}, {"M", 59}, {"S", 59}}
	v, clock := "P", false
	for i, p := range parts {
		n := rapid.IntRange(-p.most, p.most).Draw(t, p.sign)
		if n <= 0 {
			continue
		}
		if i > 2 && !clock {
			v, clock = v+"T", true
		}
		v += fmt.Sprintf("%d%s", n, strings.TrimPrefix(p.sign, "T"))
	}
	if v == "P" {
		v = "PT5M"
	}
	if canonical, ok := d.Parse(v, testNow); !ok || canonical != v {
		t.Fatalf("Parse(%q) = %q, %v", v, canonical, ok)
	}
	return v
}
