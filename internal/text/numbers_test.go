package text

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A weak number ends in ?, a part of a word in !.
func TestFindNumbers(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"两万五", "25000"}, {"一百五", "150"}, {"两三千", "2000..3000"}, {"十多万", "100000"}, {"三点五", "3.5"}, {"下午三点十五", "3 15"},
		{"一个", "1?"}, {"一下", "1?!"}, {"唯一", "1?!"}, {"第三", ""}, {"千万别", ""}, {"百元机", "100?"}, {"十分好", "10?"}, {"三里屯", "3!"}, {"半天", "0.5?"}, {"十几", ""}, {"几千", ""}, {"亿亿亿", ""},
		{"两三万亿万亿万亿万亿", "20000000000000000..30000000000000000"}, {"一一", "11?!"},
		{"this one", "1?!"}, {"one", "1?"}, {"the 2nd", ""}, {"iphone15", "15!"}, {"5 to 6", "5 6"}, {"twenty-five", "25"}, {"five fifty", "5? 50"}, {"1.2.3", ""}, {"1,29", ""}, {"1,299", "1299"}, {"２，９９９", "2999"}, {"٣", ""},
		{"in march 5", "5?"}, {"may 5", "5"}, {"4k tv", "4000?"}, {"4k", "4000"}, {"65w charger", "65"}, {"65w", "650000"}, {"15:30", "15! 30!"}, {"010-51664611", "10! 51664611?!"},
	} {
		toks := Tokens(c.in)
		var got []string
		for _, n := range FindNumbers(toks) {
			s := n.Value.String()
			if n.Range {
				s += ".." + n.High.String()
			}
			if n.Weak {
				s += "?"
			}
			if n.Part {
				s += "!"
			}
			got = append(got, s)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q: got %s, want %s", c.in, g, c.want)
		}
	}
}

func TestLookupUnits(t *testing.T) {
	for name, want := range map[string]string{"GB": "GB", "gb": "GB", "g": "g", "G": "GB", "小时": "hour", "hours": "hour", "寸": "inch", "¥": "元", "CNY": "CNY", "m": "m", "W": "w", "分": "分", "%": "%", "天": "day"} {
		us := LookupUnits(name)
		if len(us) == 0 || us[0].Name != want {
			t.Errorf("LookupUnits(%q) = %v, want %s", name, us, want)
		}
	}
	if us := LookupUnits("furlong"); us != nil {
		t.Errorf("furlong: %v", us)
	}
}

func TestInflections(t *testing.T) {
	for word, want := range map[string]string{"gaming": "games", "game": "gaming", "party": "parties", "box": "boxes", "swim": "swimming", "bakeries": "bakery", "stopped": "stop"} {
		if got := Inflections(word); !strings.Contains(" "+strings.Join(got, " ")+" ", " "+want+" ") {
			t.Errorf("Inflections(%q) = %v, lacks %s", word, got, want)
		}
	}
	for _, w := range []string{"news", "red", "游戏", "a", "Wi-Fi", ""} {
		if got := Inflections(w); w != "red" && got != nil {
			t.Errorf("Inflections(%q) = %v", w, got)
		}
	}
}

// Time must grow with the length of a text, not with its square.
func TestFindersAreLinear(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for _, unit := range []string{"十万亿", "一二三", "1-", "1,", "two hundred and ", "5 to ", "nov 5 - ", "3pm to ", "下", "上", "三", "半", "2026-", "a quarter ", "今晚", "the ", "(", "周", "周一到", "两三万亿", "a", "半个", "100元到", "三点差五分", "1号东村", "路1号", "1 st ", "1 a b ", "1-", "an hour or ", "1年", "一天又", "between 3 and ", "晚上七八点", "7 evening ", "3rd or ", "7 or ", "或3号", "last friday of "} {
		run := func(n int) time.Duration {
			toks := Tokens(strings.Repeat(unit, n))
			best := time.Hour
			for range 3 {
				start := time.Now()
				FindQuantities(toks, FindNumbers(toks), nil)
				FindDates(toks, now, false)
				FindTimes(toks, 0)
				FindDurations(toks, FindNumbers(toks))
				FindAddresses(toks)
				best = min(best, time.Since(start))
			}
			return best
		}
		for try := 1; ; try++ { // a busy machine gets another chance, a square none
			a, b := run(300), run(3000)
			if b <= 60*a+20*time.Millisecond {
				break
			}
			if try == 4 {
				t.Errorf("%q 300 times takes %v, 3000 times %v", unit, a, b)
				break
			}
		}
	}
}

func FuzzFinders(f *testing.F) {
	f.Add("两三千到五万, Nov 24-26 half past 6 下下周五", "Nov")
	f.Fuzz(func(t *testing.T, s, name string) {
		toks := Tokens(s)
		check := func(what string, first, last int) {
			if first < 0 || last > len(toks) || first >= last {
				t.Fatalf("%s [%d, %d) of %d tokens in %q", what, first, last, len(toks), s)
			}
			if a, b := toks[first].Start, toks[last-1].End; utf8.ValidString(s) && !utf8.ValidString(s[a:b]) {
				t.Fatalf("%s cuts a rune of %q", what, s)
			}
		}
		nums := FindNumbers(toks)
		for _, n := range nums {
			check("number", n.First, n.Last)
			if n.High.LessThan(n.Value) || n.Core > n.Last {
				t.Fatalf("number %+v in %q", n, s)
			}
		}
		for _, q := range FindQuantities(toks, nums, NewUnitSet(LookupUnits("hour")[:1], nil)) {
			check("quantity", q.First, q.Last)
		}
		for _, d := range FindDates(toks, time.Unix(1e9, 0), false) {
			check("date", d.First, d.Last)
		}
		for _, c := range FindTimes(toks, 8) {
			if check("time", c.First, c.Last); c.From < 0 || c.From >= 1440 || c.To >= 1440 {
				t.Fatalf("time %+v in %q", c, s)
			}
		}
		for _, d := range FindDurations(toks, nums) {
			check("duration", d.First, d.Last)
		}
		for _, a := range FindAddresses(toks) {
			check("address", a.First, a.Last)
		}
		for _, m := range NewLexicon([]Term{{name, 1, 1}, {"north", 2, 1}, {"北京", 3, 1}}, 4).Find(toks) {
			check("term", m.First, m.Last)
		}
	})
}

func ExampleFindQuantities() {
	toks := Tokens("1TB硬盘, 2到3千")
	for _, q := range FindQuantities(toks, FindNumbers(toks), nil) {
		unit := "bare"
		if q.Unit != nil {
			unit = q.Unit.Name
		}
		fmt.Println(q.Low, q.High, unit)
	}
	// Output:
	// 1 1 TB
	// 2000 3000 bare
}

func BenchmarkFindNumbers(b *testing.B) {
	toks := Tokens("a laptop with at least 16GB ram for under twenty five hundred dollars, 内存16G预算五千到八千")
	b.ReportAllocs()
	for b.Loop() {
		FindNumbers(toks)
	}
}
