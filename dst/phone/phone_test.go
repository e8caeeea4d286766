package phone

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"github.com/slotgraph/slotgraph/dst"
)

func show(p *Phone, s string) string {
	var out []string
	for _, m := range p.Find(dst.NewText(s, time.Time{})) {
		v := s[m.Start:m.End] + "=" + m.Value
		if m.Score < 1 {
			v += "?"
		}
		out = append(out, v)
	}
	return strings.Join(out, " | ")
}

func TestFind(t *testing.T) {
	for region, cases := range map[string]map[string]string{
		"CN": {
			"我的手机号是13812345678": "13812345678=+8613812345678", "138 1234 5678": "138 1234 5678=+8613812345678", "138-1234-5678，谢谢": "138-1234-5678=+8613812345678",
			"电话010-51664611": "010-51664611=+861051664611", "(021)6888-8888": "(021)6888-8888=+862168888888", "400-820-8820": "400-820-8820=+864008208820",
			"+1 408-971-8523": "+1 408-971-8523=+14089718523", "１３８１２３４５６７８": "１３８１２３４５６７８=+8613812345678", "一三八一二三四五六七八": "一三八一二三四五六七八=+8613812345678",
			"幺三八零零幺三八零零零": "幺三八零零幺三八零零零=+8613800138000", "13812345678或者13912345678": "13812345678=+8613812345678 | 13912345678=+8613912345678",
			"13812345678 13912345678": "13812345678=+8613812345678 | 13912345678=+8613912345678", "2个，13812345678": "13812345678=+8613812345678",
			"+86 138 1234 5678": "+86 138 1234 5678=+8613812345678",
			"2026-11-24":        "", "20261124": "", "11010519491231002X": "", "订单号SG13812345678": "", "￥13812345678": "", "12345": "", "三千五百": "", "1 2 3 4 5 6 7 8 9": "", "3.14159265358": "", "51664611": "", "13812345678a": "",
		},
		"US": {
			"call (408) 971-8523 please": "(408) 971-8523=+14089718523", "408.971.8523": "408.971.8523=+14089718523", "my number is 4089718523": "4089718523=+14089718523",
			"+86 138 1234 5678": "+86 138 1234 5678=+8613812345678", "1-408-971-8523": "1-408-971-8523=+14089718523", "650-460-8290 or 408-971-8523": "650-460-8290=+16504608290 | 408-971-8523=+14089718523",
			"555-1234": "", "at 7 30 on 2026-11-24": "", "$4089718523": "", "order 1234567890": "", "mail4089718523@x.com": "",
		},
		"HK": {"21234567": "21234567=+85221234567?", "2123 4567": "2123 4567=+85221234567"},
		"":   {"+44 20 7946 0958": "+44 20 7946 0958=+442079460958", "020 7946 0958": ""},
	} {
		for in, want := range cases {
			if got := show(&Phone{Region: region}, in); got != want {
				t.Errorf("%s %q: got %s, want %s", region, in, got, want)
			}
		}
	}
}

func TestParseAndFormat(t *testing.T) {
	p := &Phone{Region: "CN"}
	if v, ok := p.Parse(" 138 1234 5678 ", time.Time{}); !ok || v != "+8613812345678" {
		t.Errorf("Parse: %q, %v", v, ok)
	}
	if v, ok := p.Parse("138 1234 5678 please", time.Time{}); ok {
		t.Errorf("more than a number: %q", v)
	}
	for value, want := range map[string]string{"+8613812345678": "138 1234 5678", "+14089718523": "+1 408-971-8523", "soon": "soon", "138": "138"} {
		if got := p.Format(value, "en"); got != want {
			t.Errorf("Format(%q) = %q, want %q", value, got, want)
		}
	}
}

// A number that is worded for people is found again in a sentence.
func TestRoundTrip(t *testing.T) {
	frames := map[string][2]string{"en": {"my number is ", " please"}, "zh": {"我的电话是", "，谢谢"}}
	rapid.Check(t, func(t *rapid.T) {
		p := &Phone{Region: rapid.SampledFrom([]string{"CN", "US", "GB", "HK", "DE", ""}).Draw(t, "region")}
		from := rapid.SampledFrom([]string{"CN", "US", "GB", "HK", "DE", "FR", "JP"}).Draw(t, "from")
		example := phonenumbers.GetExampleNumberForType(from, phonenumbers.MOBILE)
		v := phonenumbers.Format(example, phonenumbers.E164)
		v = v[:len(v)-2] + fmt.Sprintf("%02d", rapid.IntRange(0, 99).Draw(t, "end"))
		if n, err := phonenumbers.Parse(v, ""); err != nil || !phonenumbers.IsValidNumber(n) {
			t.Skip("no such number")
		}
		lang := rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "lang")
		said := p.Format(v, lang)
		s := frames[lang][0] + said + frames[lang][1]
		ms := p.Find(dst.NewText(s, time.Time{}))
		if len(ms) != 1 || ms[0].Value != v || s[ms[0].Start:ms[0].End] != said {
			t.Fatalf("%q: %+v, want %s", s, ms, v)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("call (408) 971-8523 or +86 138 1234 5678，一三八一二三四五六七八")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, m := range (&Phone{Region: "CN"}).Find(dst.NewText(s, time.Time{})) {
			if m.Start < last || m.End > len(s) || m.Start >= m.End || m.Value == "" {
				t.Fatalf("%q: %+v", s, m)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[m.Start:m.End]) {
				t.Fatalf("%q: %+v cuts a rune", s, m)
			}
			last = m.End
		}
	})
}

func TestKindOfSchemas(t *testing.T) {
	type order struct {
		Phone string `kind:"phone" unit:"CN"`
	}
	s, err := dst.For[order]()
	if err != nil {
		t.Fatal(err)
	}
	slot, _ := s.Slot("phone")
	if p, ok := slot.Type.(*Phone); !ok || p.Region != "CN" {
		t.Errorf("the type of the slot is %#v", slot.Type)
	}
}

func BenchmarkFind(b *testing.B) {
	for _, s := range []string{"i am looking for a gaming laptop with at least 16GB ram under 1500 dollars", "我的手机号是13812345678，谢谢"} {
		text := dst.NewText(s, time.Time{})
		b.Run(s[:9], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				(&Phone{Region: "CN"}).Find(text)
			}
		})
	}
}
