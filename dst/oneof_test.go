package dst

import (
	"testing"

	"pgregory.net/rapid"
)

func TestEnumEnglish(t *testing.T) {
	checkFind(t, OneOf("gaming", "office work", "photography", "video editing", "red", "light blue", "blue", "cheap", "moderate", "north", "centre", "economy", "news", "boot"), []findCase{
		{"for gaming", "gaming=gaming"}, {"GAMING!", "GAMING=gaming"}, {"I play games", "games=gaming"}, {"a game", "game=gaming"}, {"gamed", "gamed=gaming"}, {"office work", "office work=office work"},
		{"office-work", "office-work=office work"}, {"the light blue one", "light blue=light blue"}, {"blue", "blue=blue"}, {"photograhpy", "photograhpy=photography"}, {"photografphy", "photografphy=photography"},
		{"photogaphy", "photogaphy=photography"}, {"fotography", ""}, {"video edits", "video edits=video editing"}, {"edit video", ""}, {"redo", ""}, {"bored", ""}, {"rad", ""}, {"cheapest", ""}, {"chaep", "chaep=cheap"},
		{"moderately", "moderately=moderate"}, {"modrate", "modrate=moderate"}, {"forth", ""}, {"northern", "northern=north"}, {"center", "center=centre"}, {"inexpensive", "inexpensive=cheap"}, {"econmy", "econmy=economy"}, {"ecnoomy", "ecnoomy=economy"}, {"ecomony", ""}, {"new", ""}, {"boots", "boots=boot"}, {"reboot", ""}, {"red, blue", "red=red | blue=blue"}, {"", ""},
	})
	checkFind(t, OneOf("three", "large", "medium"), []findCase{{"is there one", ""}, {"later", ""}, {"meduim", "meduim=medium"}, {"larg", "larg=large"}, {"lrg", ""}})
	checkFind(t, OneOf("5G", "4G", "C++", "15 Pro", "Wi-Fi"), []findCase{
		{"a 5g phone", "5g=5G"}, {"15g", ""}, {"c++ and c", "c++=C++"}, {"15pro", "15pro=15 Pro"}, {"115 pro", ""}, {"wifi", "wifi=Wi-Fi"}, {"wi fi", "wi fi=Wi-Fi"},
	})
	checkFind(t, &Enum{Values: []Option{{Value: "Berkeley", Synonyms: []string{"bk"}}, {Value: "Brooklyn", Synonyms: []string{"bk"}}}}, []findCase{{"in bk", "bk=Berkeley | bk=Brooklyn"}})
}

func TestEnumChinese(t *testing.T) {
	typ := &Enum{Values: []Option{
		{Value: "游戏", Synonyms: []string{"打游戏", "玩游戏", "电竞"}}, {Value: "办公", Labels: map[string]string{"en": "office work"}}, {Value: "红", Synonyms: []string{"红色"}},
		{Value: "经济型", Synonyms: []string{"便宜"}}, {Value: "叫醒服务"}, {Value: "免费wifi"}, {Value: "大"}, {Value: "iPhone"},
	}}
	checkFind(t, typ, []findCase{
		{"我想打游戏用", "打游戏=游戏"}, {"游戏本", "游戏=游戏"}, {"玩游戏和办公", "玩游戏=游戏 | 办公=办公"}, {"红色的", "红色=红"}, {"要红的", "红的=红"}, {"经济型酒店", "经济型=经济型"}, {"便宜点", "便宜=经济型"},
		{"有没有叫醒服务", "叫醒服务=叫醒服务"}, {"免费WIFI", "免费WIFI=免费wifi"}, {"免费 wifi", "免费 wifi=免费wifi"}, {"免费ＷｉＦｉ", "免费ＷｉＦｉ=免费wifi"}, {"买iPhone15", "iPhone=iPhone"}, {"买个iphon", "iphon=iPhone"}, {"office work", "office work=办公"}, {"手机", ""},
	})
	if got := typ.Find(NewText("大家好", testNow)); len(got) != 1 || got[0].Score >= 1 {
		t.Errorf("one character inside a word is doubtful: %v", got)
	}
	if v, ok := typ.Parse(" 打游戏 ", testNow); !ok || v != "游戏" {
		t.Errorf("Parse of a synonym: %q, %v", v, ok)
	}
	if _, ok := typ.Parse("打球", testNow); ok {
		t.Error("Parse of a stranger")
	}
	if typ.Format("办公", "en") != "office work" || typ.Format("办公", "zh") != "办公" || typ.Format("x", "en") != "x" {
		t.Error("Format")
	}
}

// Whatever the values are, each is found where it stands between others.
func TestEnumFindsItsValues(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{3,9}|[\x{4e00}-\x{4e40}]{2,4}|[a-z]{2,5} [a-z]{2,5}`)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfNDistinct(word, 1, 12, rapid.ID[string]).Draw(t, "values")
		v := rapid.SampledFrom(values).Draw(t, "value")
		s := "§ " + v + " §"
		for _, m := range OneOf(values...).Find(NewText(s, testNow)) {
			if s[m.Start:m.End] == v && m.Value == v && m.Score == 1 {
				return
			}
		}
		t.Fatalf("%q not found", v)
	})
}
