package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"iphone15 Pro, don't", "iphone/15/pro/,/don't"},
		{"ＩＰＨＯＮＥ １５", "iphone/15"},
		{"一百二十元以下", "一/百/二/十/元/以/下"},
		{"¥1,299.50起。", "¥/1,299.50/起/."},
		{"4.5分以上，2-3个", "4.5/分/以/上/,/2/-/3/个"},
		{"a\xffb", "a/\xff/b"},
		{"", ""},
		{"1,2, 3.", "1,2/,/3/."},
	} {
		var got []string
		for _, tok := range Tokens(c.in) {
			got = append(got, tok.Text)
			if tok.Start < 0 || tok.End > len(c.in) || tok.Start >= tok.End {
				t.Errorf("%q: token %v outside the text", c.in, tok)
			}
		}
		if g := strings.Join(got, "/"); g != c.want {
			t.Errorf("Tokens(%q) = %q, want %q", c.in, g, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"iPhone 15", "ＩＰＨＯＮＥ－１５"}, {"全聚德(王府井店)", "全聚德（王府井店）"}, {"A.B.C", "abc"},
	} {
		if Key(c.a) != Key(c.b) {
			t.Errorf("Key(%q) = %q, Key(%q) = %q", c.a, Key(c.a), c.b, Key(c.b))
		}
	}
	if Key("C++") == Key("C") {
		t.Error("C++ and C share a key")
	}
}

func TestLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"我想买手机": "zh", "a phone please": "en", "给我看看 iPhone 15 Pro Max": "zh",
		"what does 你好 mean in your language": "en", "123!": "", "": "", "iphone 多少钱": "zh",
	} {
		if got := Language(in); got != want {
			t.Errorf("Language(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("iPhone15 多少钱？１，２９９")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, tok := range Tokens(s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v of %q", tok, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[tok.Start:tok.End]) {
				t.Fatalf("token %+v cuts a rune of %q", tok, s)
			}
			last = tok.End
		}
		_ = Language(s)
		_ = Key(s)
	})
}

func ExampleTokens() {
	for _, t := range Tokens("iPhone15要8千") {
		fmt.Print(t.Text, " ")
	}
	// Output: iphone 15 要 8 千
}

func TestSameKey(t *testing.T) {
	names := []string{"", "!", "！", "!!", "A", "a", "ａ", "a.", "ab", "C++", "c + +", "全聚德(王府井店)", "全聚德（王府井店）", "全聚德", "iPhone 15", "ＩＰＨＯＮＥ－15", "a\xff"}
	for _, a := range names {
		for _, b := range names {
			if got, want := SameKey(a, b), Key(a) == Key(b); got != want {
				t.Errorf("SameKey(%q, %q) = %v, their keys are %q and %q", a, b, got, Key(a), Key(b))
			}
		}
	}
}
