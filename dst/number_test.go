package dst

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNumberChinese(t *testing.T) {
	checkFind(t, &Number{}, []findCase{ // no unit: what is counted goes
		{"三", "三=3"}, {"十五", "十五=15"}, {"二十", "二十=20"}, {"一百二十", "一百二十=120"}, {"一百二", "一百二=120"}, {"一百零五", "一百零五=105"},
		{"两万五", "两万五=25000"}, {"两万五千", "两万五千=25000"}, {"三千五", "三千五=3500"}, {"三千零五十", "三千零五十=3050"}, {"一万零八", "一万零八=10008"},
		{"十万", "十万=100000"}, {"一百二十万", "一百二十万=1200000"}, {"一亿三千万", "一亿三千万=130000000"}, {"两亿", "两亿=200000000"},
		{"三点五", "三点五=3.5"}, {"零点五", "零点五=0.5"}, {"三点一四一五九", "三点一四一五九=3.14159"}, {"一点二万", "一点二万=12000"},
		{"3千", "3千=3000"}, {"2.5万", "2.5万=25000"}, {"5百", "5百=500"}, {"1万2", "1万2=12000"}, {"3千5", "3千5=3500"}, {"2万5千", "2万5千=25000"}, {"2万5000", "2万5000=25000"},
		{"二〇二六", "二〇二六=2026"}, {"一二三四", "一二三四=1234"}, {"１２３", "１２３=123"}, {"１，２９９", "１，２９９=1299"}, {"负五", "负五=-5"}, {"零下五度", "零下五度=-5?"},
		{"两三", "两三=2..3"}, {"七八十", "七八十=70..80"}, {"十七八", "十七八=17..18"}, {"三五百", "三五百=300..500"}, {"三万五六", "三万五六=35000..36000"}, {"二三十万", "二三十万=200000..300000"},
		{"三到五", "三到五=3..5"}, {"三至五", "三至五=3..5"}, {"3-5", "3-5=3..5"}, {"3~5", "3~5=3..5"}, {"3——5", "3——5=3..5"}, {"２～３", "２～３=2..3"},
		{"壹佰贰拾", "壹佰贰拾=120"}, {"三千左右", "三千=3000"}, {"至少八", "八=8"}, {"五以上", "五=5"}, {"3个", "3个=3"}, {"三张票", "三张票=3"}, {"两位", "两位=2"}, {"俩", "俩=2?"},
		{"一", "一=1?"}, {"一个", "一个=1?"}, {"半", "半=0.5?"}, {"十二生肖", "十二=12"}, {"第三", ""}, {"一下", ""}, {"一些", ""}, {"一般", ""}, {"唯一", ""}, {"万一", ""}, {"千万", ""}, {"十足", ""},
		{"十分", "十分=10?"}, {"一起", ""}, {"一直", ""}, {"周三", ""}, {"星期五", ""}, {"三里屯", ""}, {"五道口", "五道=5"}, {"八达岭", ""}, {"九寨沟", ""}, {"四川", ""}, {"三亚", ""}, {"六必居", ""}, {"百货", ""}, {"万达", ""},
		{"几", ""}, {"十几", ""}, {"几十", ""}, {"好几百", ""}, {"上千", ""}, {"三分之一", ""}, {"初五", ""}, {"一点", ""}, {"11月24号", ""}, {"下午三点", ""}, {"15:30", ""}, {"3/4", ""}, {"13812345678", "13812345678=13812345678?"}, {"138-1234-5678", ""},
		{"大三元酒家", ""}, {"电话010-51664611", ""}, {"找了半天", ""}, {"一一", ""}, {"一加手机", ""}, {"华为mate60", ""}, {"RTX4090", ""}, {"三星手机", "三星=3"}, {"之一", ""}, {"每一天", ""}, {"两百一天", "两百=200 | 一天=1?"}, {"五百一", "五百一=510"}, {"一百一十五", "一百一十五=115"},
	})
	checkFind(t, &Number{Unit: "GB"}, []findCase{
		{"16G", "16G=16"}, {"16g内存", "16g内存=16"}, {"512GB", "512GB=512"}, {"1T", "1T=1024"}, {"1TB硬盘", "1TB=1024"}, {"16到32G", "16到32G=16..32"}, {"16", "16=16"}, {"十六G", "十六G=16"},
		{"5g手机", "5g=5?"}, {"16个G", "16个G=16"}, {"八个g", "八个g=8"}, {"3千元", ""}, {"14寸", ""}, {"65w快充", ""}, {"3个", ""},
	})
	checkFind(t, &Number{Unit: "小时"}, []findCase{
		{"半小时", "半小时=0.5"}, {"半个小时", "半个小时=0.5"}, {"一个半小时", "一个半小时=1.5"}, {"两小时半", "两小时半=2.5"}, {"1小时 - 2小时", "1小时 - 2小时=1..2"}, {"1-2小时", "1-2小时=1..2"}, {"三个小时", "三个小时=3"},
		{"90分钟", "90分钟=1.5"}, {"1小时30分", "1小时30分=1.5"}, {"1小时30分钟", "1小时30分钟=1.5"}, {"1天", "1天=24"}, {"10多个小时", "10=10"}, {"十几个小时", ""}, {"4.5分", "4.5分=0.075"}, {"三四个小时", "三四个小时=3..4"}, {"8个钟头", "8个钟头=8"}, {"2米", ""}, {"可以玩2、3个小时", "2、3个小时=2..3"}, {"2，5个小时", "2=2 | 5个小时=5"},
	})
	checkFind(t, &Number{Unit: "寸"}, []findCase{{"14寸", "14寸=14"}, {"15.6英寸", "15.6英寸=15.6"}, {"六点七寸", "六点七寸=6.7"}, {"13到14寸", "13到14寸=13..14"}, {"13寸到14寸", "13寸到14寸=13..14"}, {"十四寸以下", "十四寸=14"}})
	checkFind(t, &Number{Unit: "分", Max: 5}, []findCase{
		{"4.5分以上", "4.5分=4.5"}, {"4分", "4分=4"}, {"四分", "四分=4"}, {"4-5分", "4-5分=4..5"}, {"十分满意", ""}, {"评分四点五", "四点五=4.5"}, {"10分", ""}, {"4.5", "4.5=4.5"}, {"5分钟", ""}, {"三分之一", ""}, {"300元", ""},
	})
	checkFind(t, &Number{Unit: "kg"}, []findCase{{"2公斤", "2公斤=2"}, {"1500克", "1500克=1.5"}, {"三斤", "三斤=1.5"}, {"三斤半", "三斤半=1.75"}, {"1.5kg以内", "1.5kg=1.5"}, {"2两", "2两=0.1"}})
	checkFind(t, &Number{Unit: "W"}, []findCase{{"65w快充", "65w=65"}, {"120瓦", "120瓦=120"}, {"33W-67W", "33W-67W=33..67"}, {"2w", "2w=2"}})
	checkFind(t, &Number{Unit: "人"}, []findCase{{"3个人", "3个人=3"}, {"三位", "三位=3"}, {"一个人", "一个人=1"}, {"一位", "一位=1"}, {"两大", ""}, {"五六个人", "五六个人=5..6"}, {"十个人", "十个人=10"}, {"4人桌", "4人=4"}, {"两间房", ""}, {"找一个人均50的", "50=50"}, {"我俩", "俩=2"}, {"他俩", ""}, {"六个", "六个=6"}, {"要六个手机", ""}, {"six 个", "six 个=6"}})
	checkFind(t, &Number{Unit: "%"}, []findCase{{"20%", "20%=20"}, {"百分之二十", "百分之二十=20"}, {"百分之20到30", "百分之20到30=20..30"}, {"８０％以上", "８０％=80"}})
	checkFind(t, &Number{Unit: "晚"}, []findCase{{"住三晚", "三晚=3"}, {"两晚", "两晚=2"}, {"一晚", "一晚=1"}, {"五百一晚", "五百=500 | 一晚=1"}, {"3天", ""}})
	checkFind(t, &Number{Units: []Unit{{Name: "小时"}, {Name: "天"}}}, []findCase{{"3天", "3天=3 天"}, {"两个小时", "两个小时=2 小时"}, {"3", ""}, {"1-2天", "1-2天=1 天..2 天"}})
}

func TestNumberEnglish(t *testing.T) {
	checkFind(t, &Number{}, []findCase{
		{"3", "3=3"}, {"three", "three=3"}, {"twelve", "twelve=12"}, {"twenty", "twenty=20"}, {"twenty five", "twenty five=25"}, {"twenty-five", "twenty-five=25"}, {"ninety nine", "ninety nine=99"},
		{"one hundred", "one hundred=100"}, {"a hundred", "a hundred=100"}, {"one hundred and twenty", "one hundred and twenty=120"}, {"one hundred twenty", "one hundred twenty=120"}, {"twenty five hundred", "twenty five hundred=2500"},
		{"two thousand", "two thousand=2000"}, {"two thousand five hundred and one", "two thousand five hundred and one=2501"}, {"three million", "three million=3000000"}, {"one million two hundred thousand", "one million two hundred thousand=1200000"},
		{"2.5 million", "2.5 million=2500000"}, {"5 hundred", "5 hundred=500"}, {"1.5k", "1.5k=1500"}, {"2k", "2k=2000"}, {"1,299", "1,299=1299"}, {"1,299.50", "1,299.50=1299.5"}, {"0.5", "0.5=0.5"}, {"-5", "-5=-5"}, {"minus 5", "minus 5=-5"},
		{"two point five", "two point five=2.5"}, {"one point two million", "one point two million=1200000"}, {"two and a half", "two and a half=2.5"}, {"3 and a half", "3 and a half=3.5"}, {"a dozen", "a dozen=12"}, {"two dozen", "two dozen=24"}, {"half a dozen", "half a dozen=6"}, {"3 dozen", "3 dozen=36"}, {"a couple of", "a couple=2?"}, {"half a million", "half a million=500000"},
		{"2-3", "2-3=2..3"}, {"2 to 3", "2 to 3=2..3"}, {"between 2 and 3", "between 2 and 3=2..3"}, {"from 2 to 3", "2 to 3=2..3"}, {"two to three", "two to three=2..3"}, {"two or three", "two=2 | three=3"}, {"500 - 900", "500 - 900=500..900"}, {"2 and 3", "2=2 | 3=3"}, {"2k to 3k", "2k to 3k=2000..3000"}, {"2 to 3k", "2 to 3k=2000..3000"}, {"500 to 1k", "500 to 1k=500..1000"}, {"two to three hundred", "two to three hundred=200..300"},
		{"at least 5", "5=5"}, {"for 4 people", "4 people=4"}, {"2 bedrooms", "2 bedrooms=2"}, {"just one", "one=1?"}, {"the red one", ""}, {"this one", ""}, {"which one is better", ""}, {"one of these", ""}, {"no one", ""}, {"another one", ""}, {"one-way", ""}, {"one way", ""}, {"someone", ""}, {"the 2nd", ""}, {"third", ""}, {"twenty first", "twenty=20"},
		{"iphone15", ""}, {"iphone 15", "15=15"}, {"15 pro", "15=15"}, {"wh-1000xm5", ""}, {"gpt-4", ""}, {"3d", "3d=3?"}, {"v2.0", ""}, {"1.2.3", ""}, {"192.168.0.1", ""}, {"15:30", ""}, {"3pm", ""}, {"3/4", ""}, {"2026-11-24", ""}, {"007", ""}, {"#5", ""}, {"4k tv", "4k=4000?"}, {"march 5", "5=5?"}, {"5 march", "5=5?"}, {"$500", "$500=500?"}, {"at 6 o'clock", ""}, {"10%", "10%=10?"}, {"500-300", "500=500 | 300=300"}, {"four fifty", "four=4? | fifty=50"},
		{"second", ""}, {"half", "half=0.5?"}, {"zero", "zero=0"}, {"nineteen", "nineteen=19"}, {"a lot", ""}, {"hundreds", ""}, {"a", ""}, {"to", ""}, {"tenth", ""}, {"1234567890123456789012345678901234567890123", ""},
	})
	checkFind(t, &Number{Unit: "GB"}, []findCase{
		{"16 GB", "16 GB=16"}, {"16gb of ram", "16gb=16"}, {"1 TB", "1 TB=1024"}, {"8 to 16 gigs", "8 to 16 gigs=8..16"}, {"8-16GB", "8-16GB=8..16"}, {"sixteen gigabytes", "sixteen gigabytes=16"}, {"a 5g phone", "5g=5?"}, {"512 MB", "512 MB=0.5"}, {"16-GB", "16-GB=16"}, {"14 inch", ""}, {"under $500", ""}, {"16", "16=16"},
	})
	checkFind(t, &Number{Unit: "hour"}, []findCase{
		{"half an hour", "half an hour=0.5"}, {"two and a half hours", "two and a half hours=2.5"}, {"an hour and a half", ""}, {"1 hour and a half", "1 hour and a half=1.5"}, {"1 hour 30 minutes", "1 hour 30 minutes=1.5"}, {"90 minutes", "90 minutes=1.5"}, {"3-hour", "3-hour=3"}, {"10 hrs", "10 hrs=10"}, {"1h", "1h=1"}, {"one hour", "one hour=1"}, {"at 3 pm", ""}, {"2 to 3 hours", "2 to 3 hours=2..3"}, {"2 hours to 3 hours", "2 hours to 3 hours=2..3"}, {"30 min to 2 hours", "30 min to 2 hours=0.5..2"}, {"an hour", ""},
	})
	checkFind(t, &Number{Unit: "inch"}, []findCase{{"14 inch", "14 inch=14"}, {"14-inch laptop", "14-inch=14"}, {"15.6\"", "15.6\"=15.6"}, {"8 in the morning", "8=8"}, {"8in", "8in=8"}, {"13 to 14 inches", "13 to 14 inches=13..14"}})
	checkFind(t, &Number{Unit: "stars", Max: 5}, []findCase{{"4.5 stars", "4.5 stars=4.5"}, {"4 star hotel", "4 star=4"}, {"5-star", "5-star=5"}, {"four stars", "four stars=4"}, {"6 stars", ""}, {"$4", ""}})
	checkFind(t, &Number{Unit: "people", Integer: true, Words: map[string]string{"just me": "1", "both of us": "2"}}, []findCase{
		{"4 people", "4 people=4"}, {"one person", "one person=1"}, {"just me", "just me=1"}, {"4", "4=4"}, {"2.5 people", ""}, {"party of five", "five=5"}, {"2 adults", "2 adults=2"}, {"for both of us", "both of us=2"}, {"2 rooms", ""}, {"at 7 pm", ""},
	})
	checkFind(t, &Number{Unit: "serving", Units: []Unit{{Name: "serving", Words: []string{"servings"}}, {Name: "tray", Words: []string{"trays"}, Factor: 6}}}, []findCase{{"3 servings", "3 servings=3"}, {"2 trays", "2 trays=12"}, {"1 serving", "1 serving=1"}, {"3 people", ""}})
	checkFind(t, &Number{Units: []Unit{{Name: "hour"}, {Name: "day"}}}, []findCase{{"3 days", "3 days=3 day"}, {"2 hours", "2 hours=2 hour"}})
}

func TestNumberCompareFormatParse(t *testing.T) {
	n := &Number{Units: []Unit{{Name: "小时"}, {Name: "天"}}}
	if o, ok := n.Compare("3 天", "80 小时"); !ok || o >= 0 {
		t.Errorf("3 days against 80 hours: %d, %v", o, ok)
	}
	if _, ok := n.Compare("3 天", "3"); ok {
		t.Error("a bare number has no order beside one with a unit")
	}
	if _, ok := (&Number{}).Compare("x", "3"); ok {
		t.Error("x has no order")
	}
	gb := &Number{Unit: "GB"}
	for lang, want := range map[string]string{"en": "16 GB", "zh": "16GB"} {
		if got := gb.Format("16", lang); got != want {
			t.Errorf("Format(16, %s) = %q, want %q", lang, got, want)
		}
	}
	h := &Number{Unit: "小时"}
	if a, b, c := h.Format("1", "en"), h.Format("2", "en"), h.Format("2", "zh"); a != "1 hour" || b != "2 hours" || c != "2小时" {
		t.Errorf("hours: %q %q %q", a, b, c)
	}
	for in, want := range map[string]string{"1 TB": "1024", "16": "16", "十六G": "16", "16-32GB": "", "16 GB please": "", "x": "", "": "", "3元": ""} {
		if got, ok := gb.Parse(in, testNow); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

// A value that is worded for people is found again in a sentence.
func TestNumberRoundTrip(t *testing.T) {
	types := []*Number{{Unit: "GB"}, {Unit: "hour"}, {Unit: "寸"}, {Unit: "kg"}, {Unit: "人"}, {Unit: "%"}, {Unit: "day"}, {Unit: "mAh"}, {Unit: "star"}, {Unit: "W"}, {Unit: "month"}}
	frames := map[string][2]string{"en": {"something with ", " please"}, "zh": {"我想要", "以上的"}}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(types).Draw(t, "type")
		v := rapid.Custom(func(t *rapid.T) string {
			whole := rapid.IntRange(0, 99999).Draw(t, "whole")
			return decimalString(whole, rapid.IntRange(0, 2).Draw(t, "places"))
		}).Draw(t, "value")
		lang := rapid.SampledFrom([]string{"en", "zh"}).Draw(t, "lang")
		s := frames[lang][0] + n.Format(v, lang) + frames[lang][1]
		ms := n.Find(NewText(s, testNow))
		if len(ms) != 1 || ms[0].Value != v || ms[0].Score < 0.3 {
			t.Fatalf("%q: %v, want %s", s, ms, v)
		}
	})
}
