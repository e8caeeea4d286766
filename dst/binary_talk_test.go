package dst

import (
	"context"
	"testing"
)

// orderSchema has an intent that needs a dozen slots.
func orderSchema() Schema {
	yuan := &Money{Currency: "CNY"}
	return Schema{Services: []Service{{Name: "Phones", Aliases: []string{"phone", "手机"},
		Intents: []Intent{{Name: "Find"}, {Name: "Order", Description: "order a phone 下单 购买", Transactional: true, Required: []string{"name", "colour", "storage", "delivery", "date", "time", "recipient"}}},
		Slots: []Slot{
			{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "Pearl X2 Pro", Aliases: []string{"珍珠X2 Pro"}}, Entry{Value: "Pearl X2", Aliases: []string{"珍珠X2"}}, Entry{Value: "Nova 12"})},
			{Name: "brand", Aliases: []string{"品牌"}, Type: OneOf("Pearl", "Nova", "Kestrel")},
			{Name: "price", Aliases: []string{"价格", "预算"}, Type: yuan, Plain: Le},
			{Name: "colour", Aliases: []string{"颜色"}, Type: &Enum{Values: []Option{{Value: "black", Synonyms: []string{"黑色"}}, {Value: "white", Synonyms: []string{"白色"}}, {Value: "midnight green", Synonyms: []string{"暗夜绿"}}}}},
			{Name: "storage", Aliases: []string{"存储", "内存"}, Type: &Number{Unit: "GB", Integer: true}},
			{Name: "screen", Aliases: []string{"屏幕"}, Type: &Number{Unit: "inch", Units: []Unit{{Name: "英寸", Factor: 1}, {Name: "寸", Factor: 1}}}},
			{Name: "feature", Aliases: []string{"功能"}, Multi: true, Type: &Enum{Values: []Option{{Value: "nfc"}, {Value: "dual sim", Synonyms: []string{"双卡"}}, {Value: "wireless charging", Synonyms: []string{"无线充电"}}}}},
			{Name: "delivery", Aliases: []string{"配送"}, Type: &Enum{Values: []Option{{Value: "express", Synonyms: []string{"快递"}}, {Value: "pickup", Synonyms: []string{"自提"}}}}, Ask: map[string]string{"en": "Express or pickup?", "zh": "快递还是自提？"}},
			{Name: "date", Type: &Date{}, Aliases: []string{"日期"}},
			{Name: "time", Type: &Clock{}, Aliases: []string{"时间"}},
			{Name: "recipient", Aliases: []string{"收件人"}, Ask: map[string]string{"en": "Who is it for?", "zh": "收件人是谁？"}},
			{Name: "stock", RequestOnly: true, Aliases: []string{"库存"}},
		}}}}
}

// orderTalks are conversations that fill ten slots of orderSchema and end in an
// open confirmation: what the bot said, and the user then.
var orderTalks = map[string][][2]string{
	"en": {
		{"", "Hi, I am looking for a Pearl phone, preferably black, with nfc and dual sim, under 5000 yuan"},
		{"offer Phones.name=Pearl X2; offer Phones.name=Pearl X2 Pro", "the second one sounds good. at least 256 GB, and the screen at least 6.1 inch"},
		{"inform Phones.feature=wireless charging; inform Phones.price=4599 yuan; inform Phones.stock=12", "good, I want to order the Pearl X2 Pro in midnight green"},
		{"ask Phones.delivery", "express, tomorrow at 6 pm"},
		{"ask Phones.recipient", "Margaret Hamilton"},
		{"confirm Phones.Order", "is it in stock?"},
		{"inform Phones.stock=12; confirm Phones.Order", "thanks, make that 512 GB"},
	},
	"zh": {
		{"", "你好，我想买一部Pearl手机，最好是黑色，要有nfc和双卡，预算5000元以内"},
		{"offer Phones.name=Pearl X2; offer Phones.name=Pearl X2 Pro", "第二个有无线充电吗？内存至少256GB，屏幕6.1英寸以上"},
		{"inform Phones.feature=wireless charging; inform Phones.price=4599元; inform Phones.stock=12", "好，我要下单珍珠X2 Pro，暗夜绿"},
		{"ask Phones.delivery", "快递，明天下午六点"},
		{"ask Phones.recipient", "王小明"},
		{"confirm Phones.Order", "有库存吗？"},
		{"inform Phones.stock=12; confirm Phones.Order", "谢谢，改成512GB"},
	},
}

// orderState is the state after a talk and the bot's next words.
func orderState(t testing.TB, lang string) State {
	t.Helper()
	tr, err := NewTracker(orderSchema(), &TrackerOptions{Now: at(2026, 11, 23)})
	if err != nil {
		t.Fatal(err)
	}
	s := State{}
	for _, turn := range orderTalks[lang] {
		said, err := ParseActs(turn[0])
		if err != nil {
			t.Fatal(err)
		}
		if s, _, err = tr.Update(context.Background(), s.Said(said...), Turn{User: turn[1]}); err != nil {
			t.Fatal(err)
		}
	}
	return s.Said(MustAct("confirm Phones.Order")).Note(MustAct("inform help.step=order"))
}
