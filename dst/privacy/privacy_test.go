package privacy

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
)

// sound checks what holds for the matches in any text.
func sound(t *testing.T, text string, found []Match) {
	t.Helper()
	at, valid := 0, utf8.ValidString(text)
	for _, m := range found {
		if m.Start < at || m.End <= m.Start || m.End > len(text) || m.Kind == "" {
			t.Fatalf("%q: match %+v", text, m)
		}
		if valid && !utf8.ValidString(text[m.Start:m.End]) {
			t.Fatalf("%q: match %+v cuts a character apart", text, m)
		}
		at = m.End
	}
}

func seeds(f *testing.F) {
	for _, s := range []string{
		"", "我叫王小明，电话１３８ 1234 5678", "my name is John, ann@example.com [PHONE_1]", "京A·12345 使123456 [NAME_", `\[PHONE\_1\] 【phone 1】 PHONE_1 [TEXT_1]`,
		"DE89 3704 0044 0532 0130 00 2001:db8::1 203.0.113.7/24", "地址：浙江省杭州市余杭区文一西路969号3幢5单元601室", "Flat 3, 15 Abbey Road, London NW8 9AY, UK",
		"一三八零零一三八零零零", "\xff\xfe13812345678\xff", "［PHONE_1］ 110101199003070134 \u202d+86 138 1234 5678\u202c", "Regards,\nAnn", "ann [at] example [dot] com", "0666666666 X 0 66", "010-62345678 ext 12 13", "11010519491231002 X 0 66 066", "This is A.", "guests: Ann (3), Tom and Joe", "祝佳怡生日快乐 -Ann", "魏敏敬上",
	} {
		f.Add(s)
	}
}

func FuzzRecognise(f *testing.F) {
	seeds(f)
	r := New(Options{})
	f.Fuzz(func(t *testing.T, s string) {
		found := r.Recognise(s)
		sound(t, s, found)
		if !slices.Equal(found, r.Recognise(s)) {
			t.Fatalf("%q is read in two ways", s)
		}
		for _, m := range found {
			Mask(s[m.Start:m.End], m.Kind)
		}
	})
}

// What was redacted is restored, in one piece or many, whatever was redacted
// before it.
func FuzzRestore(f *testing.F) {
	for _, s := range []string{"", "call 555-0142, [PHONE_1]", "我叫王小明 NAME_1 【name_1】", `\[PHONE_1\] [TEXT_1]`, "[PHONE_[PHONE_1]]", "aPHONE_1 我叫王小明PHONE_1"} {
		f.Add(s, "Ann at ann@example.com, 555-0142 [EMAIL_1]", 3)
	}
	f.Fuzz(func(t *testing.T, first, second string, n int) {
		r := NewRedaction(New(Options{More: []Finder{all{}}}))
		for _, s := range []string{first, second, first, "call 555-0142 " + second} {
			hidden := r.Redact(s)
			if back := r.Restore(hidden); back != s {
				t.Fatalf("%q became %q and then %q", s, hidden, back)
			}
			n := max(1, min(n&15, 15))
			var b strings.Builder
			stream := r.Stream()
			for p := hidden; p != ""; p = p[min(n, len(p)):] {
				b.WriteString(stream.Next(p[:min(n, len(p))]))
			}
			if b.WriteString(stream.Rest()); b.String() != s {
				t.Fatalf("%q became %q and then, in pieces of %d, %q", s, hidden, n, b.String())
			}
		}
	})
}

// all finds odd places, so that placeholders come to stand in odd company.
type all struct{}

func (all) Recognise(s string) []Match {
	var out []Match
	for _, sub := range []string{"x", "PH", "[P", "1]", "\\", "【"} {
		if i := strings.Index(s, sub); i >= 0 {
			out = append(out, Match{i, i + len(sub), "odd kind"})
		}
	}
	return out
}

// Ten times the text takes about ten times the time, whatever is in it.
func TestLinear(t *testing.T) {
	var r Recogniser
	for _, piece := range []string{
		"1", "1 ", "12-", "(1)", "13812345678 ", "a", "A ", "a@", "a.b@c.", "1.1.1.1.", "::1", "我叫", "地址", "我叫王", "3栋", "路1号", "dot ", "at dot com ", "my name is ", "Mr. ", "I am ", "[PHONE_1", "京A1", "王先生", "联系人和", "IBAN DE89 ", "1 St, ", "a at ", "Via A", "区", "市路", "regards,", "，", "一", "\xff", "ABC1 ", "A1234 ", "姓名：", "guests: Ann Lee, ", "for me, Ann Lee and ", "祝", "我是3栋的", "pay 3 to ", "-A", "account 12345678 ",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece))
			best := time.Hour
			for range 3 {
				start := time.Now()
				sound(t, text, r.Recognise(text))
				best = min(best, time.Since(start))
			}
			return best
		}
		small, large := took(8_000), took(64_000)
		if large > 30*small+20*time.Millisecond || large > 2*time.Second {
			t.Errorf("%q: %v for 8,000 bytes, %v for 64,000", piece, small, large)
		}
	}
}

// A message may be cut off anywhere, and more so where a name is read.
func TestCutOff(t *testing.T) {
	var r Recogniser
	if found := r.Recognise("This is A."); len(found) != 0 { // an initial without its surname
		t.Errorf("%v", found)
	}
	for _, c := range readTable(t, "testdata/round3.txt") {
		for i := range c.text {
			sound(t, c.text[:i], r.Recognise(c.text[:i]))
		}
	}
}

func TestKinds(t *testing.T) {
	const said = "my name is Ann, 13812345678, ann@example.com"
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "name phone email"},
		{Options{Kinds: []Kind{Phone, Email}}, "phone email"},
		{Options{Kinds: []Kind{Name}}, "name"},
		{Options{Kinds: []Kind{}}, ""},
		{Options{Kinds: []Kind{}, More: []Finder{Pattern{"odd kind", regexp.MustCompile(`is (Ann)`)}, Type{Kind: "mail", Type: &dst.Email{}}}}, "odd kind mail"},
		{Options{More: []Finder{Type{Kind: "mail", Type: &dst.Email{}, Least: 1.5}}}, "name phone email"},
	} {
		var got []string
		for _, m := range New(c.o).Recognise(said) {
			got = append(got, string(m.Kind))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %q, want %q", c.o, got, c.want)
		}
	}
}

// A recogniser and a redaction are shared by goroutines.
func TestConcurrent(t *testing.T) {
	r := New(Options{})
	shared := NewRedaction(r)
	const said = "我叫王小明，电话13812345678，ann@example.com"
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := shared.Restore(shared.Redact(said)); got != said {
					t.Errorf("%q", got)
				}
				if s := shared.Stream(); s.Next("[PHONE_1]") != "13812345678" {
					t.Error("a stream does not restore")
				}
			}
		})
	}
	wg.Wait()
	if shared.Len() != 3 {
		t.Errorf("%d placeholders", shared.Len())
	}
}

func BenchmarkRecognise(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"en", "Hi, this is Anna Lee. Order 2024112400 has not arrived, please call me on 020 7946 0958 after 5 pm."},
		{"zh", "你好，我叫王小明，昨天买的那台蓝色的冰箱还没有发货，订单号是20241124001，麻烦打138 1234 5678联系我，地址是杭州市余杭区文一西路969号3幢，周末都在家，最好上午十点以后送过来，谢谢，另外发票也要一起寄来，不要放在快递柜里。"},
		{"zh plain", "我想买一台安静一点的冰箱，家里有三口人，厨房不大，预算在五千元左右，最好是一级能效的，有什么推荐的吗？另外送货上门要多久，旧的能不能一起拉走？"},
		{"en plain", "I am looking for a lightweight laptop with 16 GB of memory and a good keyboard for under $900, any ideas?"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var r Recogniser
			b.ReportAllocs()
			for b.Loop() {
				r.Recognise(c.text)
			}
		})
	}
}
