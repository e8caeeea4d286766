package dst

import "testing"

func promptSchema() Schema {
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "size", Aliases: []string{"大小"}, Type: &Enum{Values: []Option{{Value: "small", Synonyms: []string{"小号"}}, {Value: "medium", Labels: map[string]string{"zh": "中号"}}, {Value: "large"}}},
			Ask: map[string]string{"en": "What size?", "zh": "要多大的？"}},
		{Name: "count", Aliases: []string{"数量"}, Type: &Number{Integer: true, Min: 1, Max: 20}, Ask: map[string]string{"en": "How many?", "zh": "要几份？"},
			Reprompts: map[string][]string{"en": {"How many, please: 1 to 20?", "Just the number, please."}}},
		{Name: "day", Type: &Date{}, Ask: map[string]string{"en": "Which day?"}},
		{Name: "at", Type: &Clock{}}, {Name: "price", Type: &Money{Currency: "CNY"}}, {Name: "gift", Type: &YesNo{}},
		{Name: "street_address"},
		{Name: "card", When: []Condition{{"gift", Eq, "yes"}}},
		{Name: "shop", Names: true},
	}, Intents: []Intent{{Name: "order", Transactional: true}}}}}
}

func TestPrompts(t *testing.T) {
	tr := newTracker(t, promptSchema())
	held := State{}.Apply(MustAct("want order"), MustAct("inform size=small"), MustAct("inform price<=90"), MustAct("inform day=2026-11-24"), MustAct("inform card=hi"), MustAct("inform at=dontcare"), MustAct("select shop=Mill Lane"))
	for _, c := range []struct {
		act, lang string
		times     int
		want      string
	}{
		{"ask size", "en", 0, "What size?"},
		{"ask size", "en", 1, "What size? For example: small or medium."},
		{"ask size", "en", 2, "What size? You can choose: small, medium, large."},
		{"ask size", "zh", 0, "要多大的？"},
		{"ask size", "zh", 1, "要多大的？例如：小号或中号。"},
		{"ask size", "zh", 2, "要多大的？可以选：小号、中号、large。"},
		{"ask count", "en", 0, "How many?"},
		{"ask count", "en", 1, "How many, please: 1 to 20?"},
		{"ask count", "en", 2, "Just the number, please."},
		{"ask count", "en", 5, "Just the number, please."},
		{"ask count", "zh", 2, "要几份？例如：1到20。"},
		{"ask day", "en", 1, "Which day? For example: tomorrow or November 25, 2026."},
		{"ask day", "fr", 0, "Which day?"},
		{"ask at", "en", 1, "What is the at? For example: 10:00 am or 7:30 pm."},
		{"ask price", "zh", 1, "请问price是什么？例如：100元。"},
		{"ask gift", "en", 2, "What is the gift? You can choose: yes, no."},
		{"ask street_address", "en", 1, "What is the street address?"},
		{"ask", "en", 0, "What should I change?"},
		{"ask", "zh", 0, "需要改哪里呢？"},
		{"confirm price<=90", "en", 0, "I understood price: at most ¥90. Is that right?"},
		{"confirm size!=small", "zh", 0, "大小：不要小号，对吗？"},
		{"confirm order", "en", 0, "So we have size: small, day: November 24, 2026, at: any, price: at most ¥90, shop: Mill Lane. Shall I go ahead?"},
		{"confirm order", "zh", 0, "跟您确认一下：大小：小号、day：2026年11月24日、at：不限、price：不超过90元、shop：Mill Lane。可以办理吗？"},
		{"human", "zh", 0, "我为您转接人工客服。"},
		{"offer", "en", 0, ""},
		{"do order", "en", 0, ""},
		{"ask nothing", "en", 0, ""},
	} {
		s := held
		for range c.times {
			s = s.Said(MustAct(c.act)).NextTurn()
		}
		if got := tr.Prompt(s, MustAct(c.act), c.lang); got != c.want {
			t.Errorf("%s in %s, put %d times: %q, want %q", c.act, c.lang, c.times, got, c.want)
		}
	}
	if got := tr.Prompt(State{Lang: "zh"}, MustAct("confirm order"), ""); got != "可以办理吗？" {
		t.Errorf("with nothing known, in the user's language: %q", got)
	}
	digressed := State{}.Said(MustAct("ask size")).NextTurn().Apply(MustAct("inform day=2026-11-24"))
	if got := tr.Prompt(digressed, MustAct("ask size"), "en"); got != "What size?" {
		t.Errorf("after a digression: %q", got)
	}
}
