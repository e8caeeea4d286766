package kg

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// linkShop is a catalogue in both languages with names of many forms.
func linkShop(t testing.TB) *Graph {
	t.Helper()
	g, err := New(&Options{Synonyms: []Synonyms{
		{Predicate: "name", Groups: [][]string{{"苹果", "Apple"}, {"黑色", "black", "曜石黑"}}},
		{Predicate: "alias", Groups: [][]string{{"TV", "电视"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []Fact
	for _, row := range [][]string{
		{"m60", "华为 Mate 60 青山黛"}, {"m60b", "华为 Mate 60 雅川"}, {"m60p", "华为 Mate 60 Pro"}, {"p70", "华为 P70", "Huawei P70"},
		{"mi14", "小米14 Ultra", "Xiaomi 14 Ultra"}, {"mi14p", "小米14 Pro"}, {"note13", "红米 Note 13"}, {"magic6", "荣耀 Magic6 至臻版"},
		{"ip15", "Apple iPhone 15"}, {"ip15pm", "Apple iPhone 15 Pro Max"}, {"ip14", "苹果 iPhone 14 黑色"},
		{"nx12", "Nova X12 Pro Max 256 GB"}, {"nx12s", "Nova X12 Pro 128 GB"}, {"nx1", "Nova X-1"},
		{"s24", "Samsung Galaxy S24 Ultra"}, {"tab9", "Samsung Galaxy Tab S9"}, {"t14", "Lenovo ThinkPad T14 (Gen 5)"},
		{"xm5", "Sony WH-1000XM5"}, {"lg", "LG OLED C4", "LG C4 TV"}, {"nes", "Nescafé Dolce Gusto"}, {"cit", "Citroe\u0308n C3"},
		{"hdl", "海底捞"}, {"qjd", "全聚德(王府井店)"}, {"qjd2", "全聚德(前门店)"}, {"ikea", "宜家 毕利书柜"}, {"hotel", "北京国际大酒店"},
		{"dre", "Beats Studio Pro"}, {"kettle", "Nova Kettle"}, {"same1", "Aurora Lamp"}, {"same2", "Aurora Lamp"}, {"gree", "格力 云佳 空调"},
		{"lobster", "麻辣小龙虾"}, {"pd", "盼达 租车"}, {"wj", "本家料理(望京店)"}, {"pen", "凌美狩猎者钢笔"},
	} {
		for i, name := range row[1:] {
			facts = append(facts, Fact{Subject: row[0], Predicate: []string{"name", "alias"}[i], Object: Text(name)})
		}
	}
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	return g
}

// linkCases give each link as its span and its candidates, the best first.
var linkCases = []struct{ text, want string }{
	// whole names: case, width, punctuation, accents
	{"is the Apple iPhone 15 Pro Max in stock?", "Apple iPhone 15 Pro Max=ip15pm"},
	{"APPLE IPHONE15 PRO MAX please", "APPLE IPHONE15 PRO MAX=ip15pm"},
	{"ＡＰＰＬＥ　ＩＰＨＯＮＥ　15 多少钱", "ＡＰＰＬＥ　ＩＰＨＯＮＥ　15=ip15"},
	{"i want the apple-iphone-15", "apple-iphone-15=ip15"},
	{"华为mate60青山黛有货吗", "华为mate60青山黛=m60"},
	{"华为 Mate 60 Pro 和小米14 ultra 哪个好", "华为 Mate 60 Pro=m60p 小米14 ultra=mi14"},
	{"我想吃海底捞", "海底捞=hdl"},
	{"麻辣小龙虾多少钱一份", "麻辣小龙虾=lobster"},
	{"全聚德（王府井店）几点开门", "全聚德（王府井店）=qjd"},
	{"a Nescafé Dolce Gusto", "Nescafé Dolce Gusto=nes"},
	{"a Nescafe\u0301 Dolce Gusto", "Nescafe\u0301 Dolce Gusto=nes"},
	{"a nescafe dolce gusto", "nescafe dolce gusto=nes"},
	{"the Citroën C3", "Citroën C3=cit"},
	{"the citroen c3", "citroen c3=cit"},
	{"sony wh1000xm5", "sony wh1000xm5=xm5"},
	{"Sony WH-1000XM5?", "Sony WH-1000XM5=xm5"},
	{"thinkpad t14 gen 5", "thinkpad t14 gen 5=t14"},
	// aliases
	{"huawei p70 price", "huawei p70=p70"},
	{"do you sell the xiaomi 14 ultra", "xiaomi 14 ultra=mi14"},
	// model numbers
	{"iphone15 pro max", "iphone15 pro max=ip15pm"},
	{"ＩＰＨＯＮＥ 15", "ＩＰＨＯＮＥ 15=ip15,ip15pm"},
	{"nova x-12 pro", "nova x-12 pro=nx12s,nx12"},
	{"nova x12pro max", "nova x12pro max=nx12"},
	{"novax12 pro max", "novax12 pro max=nx12"},
	{"iphone15promax", "iphone15promax=ip15pm"},
	{"iphone 15 ProMax", "iphone 15 ProMax=ip15pm"},
	{"nova x1", "nova x1=nx1"},
	{"mate60 pro", "mate60 pro=m60p"},
	{"1000xm5 by sony", "sony=xm5"},
	// parts, mixed scripts
	{"小米14 ultra", "小米14 ultra=mi14"},
	{"小米 14", "小米 14=mi14p,mi14"},
	{"有没有青山黛的", "青山黛=m60"},
	{"mate60 青山黛", "mate60 青山黛=m60"},
	{"galaxy s24", "galaxy s24=s24"},
	{"galaxy", "galaxy=tab9,s24"},
	{"荣耀 magic6", "荣耀 magic6=magic6"},
	{"the kettle from nova", "nova=nx1,kettle,nx12s,nx12 kettle=kettle"},
	{"红米 note 13", "红米 note 13=note13"},
	{"全聚德王府井", "全聚德王府井=qjd"},
	// ambiguous: all are returned
	{"全聚德怎么走", "全聚德=qjd2,qjd"},
	{"aurora lamp", "aurora lamp=same1,same2"},
	{"华为 mate 60", "华为 mate 60=m60b,m60,m60p"},
	{"iphone 15", "iphone 15=ip15,ip15pm"},
	{"华为手机", "华为=p70,m60b,m60,m60p"},
	// typing errors
	{"samsng galxy s24", "samsng galxy s24=s24"},
	{"lenvo thinkpda", "lenvo thinkpda=t14"},
	{"iphnoe 15 pro max", "iphnoe 15 pro max=ip15pm"},
	{"nescaffe dolce", "nescaffe dolce=nes"},
	{"auorra lamp", "auorra lamp=same1,same2"},
	{"huawie p70", "huawie p70=p70"},
	// Chinese of the same reading
	{"全巨德在哪", "全巨德=qjd2,qjd"},
	{"华威 mate60 青山黛", "华威 mate60 青山黛=m60"},
	{"小蜜14 ultra", "小蜜14 ultra=mi14"},
	{"海底劳", "海底劳=hdl"},
	{"青山代有吗", "青山代=m60"},
	{"红迷 note 13", "红迷 note 13=note13"},
	{"望经店", "望经店=wj"}, {"旺京店", ""}, // the first must be right
	// pinyin
	{"xiaomi", "xiaomi=mi14,mi14p"},
	{"huawei mate60", "huawei mate60=m60b,m60,m60p"},
	{"hua wei mate 60 pro", "hua wei mate 60 pro=m60p"},
	{"qingshandai", "qingshandai=m60"},
	{"qing shan dai", "qing shan dai=m60"},
	{"haidilao hotpot", "haidilao=hdl"},
	{"hong mi note 13", "hong mi note 13=note13"},
	{"rongyao magic6", "rongyao magic6=magic6"},
	{"mala xiaolongxia", "mala xiaolongxia=lobster"}, {"xiaolongxia", ""}, // half of a run
	{"malaxiaolongxia", "malaxiaolongxia=lobster"},
	// initials
	{"hw mate 60 pro", "hw mate 60 pro=m60p"},
	{"xm 14 ultra", "xm 14 ultra=mi14"},
	{"hdl", "hdl=hdl"},
	{"qjd", ""}, // two things
	{"hw", ""}, {"the xm is", ""},
	// synonyms
	{"苹果 iphone 15", "苹果 iphone 15=ip15"},
	{"apple iphone 14 black", "apple iphone 14 black=ip14"},
	{"苹果iphone14曜石黑", "苹果iphone14曜石黑=ip14"},
	{"lg c4 电视", "lg c4 电视=lg"},
	// several
	{"compare the galaxy s24 with iphone 15", "iphone 15=ip15,ip15pm galaxy s24=s24"},
	{"比较一下华为P70和小米14 Pro", "小米14 Pro=mi14p 华为P70=p70"},
	// nothing
	{"hello, how are you today?", ""}, {"I want the silver one", ""}, {"the black one please", ""}, {"can I return it within 14 days", ""},
	{"is there a max price for pro members", ""}, {"please note the 15 percent discount", ""}, {"studio apartment", ""},
	{"I would like to change my order", ""}, {"women like the shade", ""}, {"what time is it in beijing", ""},
	{"send it by the 24th, ultra fast", ""}, {"do you have wifi", ""}, {"thanks a lot, bye", ""},
	{"你好，请问什么时候发货", ""}, {"有没有一家店可以自提", ""}, {"我想退货，谢谢", ""}, {"银色的那个多少钱", ""}, {"7天无理由退货吗", ""},
	{"这个大酒店怎么样", "大酒店=hotel"}, {"消灭蚊子", ""}, {"发票开好了吗", ""}, {"红色和黑色哪个好看", ""}, {"小明在吗", ""}, {"他很荣幸", ""},
	{"化为灰烬", ""}, {"60块钱可以吗", ""}, {"15号能到吗", ""}, {"给我推荐一款手机", ""}, {"apple pie", "apple=ip15,ip14,ip15pm"},
	{"a panda toy", ""}, {"希望景点近一点", ""}, {"can you block my card", ""},
	{"", ""}, {"?!", ""}, {"\xff\xfe", ""}, {"的", ""}, {"14", ""}, {"pro max", ""},
}

func TestLinkQuality(t *testing.T) {
	g := linkShop(t)
	if len(linkCases) < 80 {
		t.Fatalf("%d cases", len(linkCases))
	}
	for _, c := range linkCases {
		if got := showLinks(c.text, checkLinks(t, g, c.text)); got != c.want {
			t.Errorf("Link(%q)\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestLinkScores checks that what is less like the name scores less.
func TestLinkScores(t *testing.T) {
	g := linkShop(t)
	for _, falling := range [][]string{
		{"Apple iPhone 15", "苹果 iPhone 15", "iphone 15", "iphnoe 15"},
		{"海底捞", "haidilao", "海底劳", "hdl"},
		{"小米14 Ultra", "小蜜14 ultra", "xm 14 ultra"},
	} {
		last := 2.0
		for _, txt := range falling {
			links := checkLinks(t, g, txt)
			if len(links) != 1 || links[0].Candidates[0].Score >= last {
				t.Errorf("%q: %+v, want less than %.2f", txt, links, last)
				continue
			}
			last = links[0].Candidates[0].Score
		}
	}
}

// TestLinkSpans checks spans in texts of odd writing, to the byte.
func TestLinkSpans(t *testing.T) {
	g := linkShop(t)
	for _, span := range []string{"Ｎｏｖａ　Ｘ１２　Ｐｒｏ　１２８ＧＢ", "Nescafe\u0301 Dolce Gusto", "NESCAFÉ dolce-gusto", "Citroe\u0308n C3", "全聚德（前门店）", "小米１４ ＵＬＴＲＡ"} {
		for _, around := range [][2]string{{"", ""}, {"我要", "，谢谢"}, {"e\u0301 (", ") \U0001F600"}, {"“", "”"}} {
			txt := around[0] + span + around[1]
			links := checkLinks(t, g, txt)
			if len(links) != 1 || txt[links[0].Start:links[0].End] != span || links[0].Candidates[0].Score < 0.95 {
				t.Errorf("%q: %+v", txt, links)
			}
		}
	}
	if links := checkLinks(t, g, strings.Repeat("iphone 15, ", 50)); len(links) != 50 {
		t.Errorf("%d links", len(links))
	}
}

// TestLinkOrdinarySentences looks for false links in messages to a bank, which
// name no product but Apple's.
func TestLinkOrdinarySentences(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "banking77", "train.csv"))
	if err != nil {
		t.Skip("no messages: ", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	g := linkShop(t)
	linked := 0
	for _, row := range rows {
		if links := checkLinks(t, g, row[0]); len(links) > 0 && !strings.Contains(strings.ToLower(row[0]), "apple") {
			linked++
			t.Logf("%s: %s", row[0], showLinks(row[0], links))
		}
	}
	if linked > len(rows)/500 {
		t.Errorf("%d of %d messages linked", linked, len(rows))
	}
}
