package dst

import "testing"

func TestYesNo(t *testing.T) {
	checkFind(t, &YesNo{}, []findCase{ // a ? marks a score below one half
		{"yes", "yes=yes"}, {"Yeah, that's fine", "Yeah=yes"}, {"yep", "yep=yes"}, {"sure", "sure=yes"}, {"of course", "of course=yes"}, {"ok", "ok=yes"}, {"that's right", "that's right=yes"}, {"sounds good", "sounds good=yes"},
		{"yes please", "yes please=yes"}, {"go ahead", "go ahead=yes"}, {"correct", "correct=yes"}, {"I do", "I do=yes"}, {"no problem", "no problem=yes"}, {"absolutely not", "absolutely not=no"},
		{"no", "no=no"}, {"No, thanks", "No, thanks=no"}, {"nope", "nope=no"}, {"not really", "not really=no"}, {"no thank you", "no thank you=no"}, {"I don't think so", "I don't think so=no"}, {"nah", "nah=no"}, {"no I don't", "no I don't=no"},
		{"not sure", ""}, {"I don't care", ""}, {"no preference", ""}, {"doesn't matter", ""}, {"no more than 500", ""}, {"right now", ""}, {"make sure it is cheap", ""}, {"I don't know", ""}, {"no idea", ""}, {"nothing", ""}, {"eyes", ""}, {"knows", ""}, {"i would like a phone", ""},
		{"a phone, yes", "yes=yes"}, {"is it ok for kids", "ok=yes?"}, {"which one is correct then", "correct=yes?"},
		{"是", "是=yes"}, {"是的", "是的=yes"}, {"对", "对=yes"}, {"好的，谢谢", "好的=yes"}, {"可以", "可以=yes"}, {"嗯", "嗯=yes"}, {"需要", "需要=yes"}, {"要的", "要的=yes"}, {"没问题", "没问题=yes"}, {"当然可以", "当然可以=yes"}, {"行", "行=yes"}, {"没错", "没错=yes"}, {"有", "有=yes"},
		{"不", "不=no"}, {"不是", "不是=no"}, {"不要", "不要=no"}, {"不用了，谢谢", "不用了=no"}, {"不需要", "不需要=no"}, {"没有", "没有=no"}, {"否", "否=no"}, {"算了", "算了=no"}, {"不行", "不行=no"}, {"没必要", "没必要=no"},
		{"是不是", ""}, {"有没有wifi", ""}, {"可以吗", ""}, {"无所谓", ""}, {"不限", ""}, {"都可以", ""}, {"不知道", ""}, {"不错", ""}, {"银行在哪", ""}, {"还是算了", "还是算了=no"}, {"但是", ""}, {"不超过三百", ""}, {"好吃的", ""}, {"中关村", ""}, {"要求高", ""}, {"有什么", ""}, {"对面", ""}, {"123", ""}, {"", ""},
	})
	y := &YesNo{Yes: "True", No: "False"}
	for in, want := range map[string]string{"true": "True", "False": "False", "1": "True", "0": "False", "是": "True", "没有": "False", "yes": "True", "nope": "False", "maybe": "", "": "", "yes or no": ""} {
		if got, ok := y.Parse(in, testNow); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v", in, got, ok)
		}
	}
	if y.Format("True", "zh") != "是" || y.Format("False", "en") != "no" || y.Format("x", "en") != "x" {
		t.Error("Format")
	}
}
