package dst

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// Messages that are, as a whole, an act: said while a booking is open whose
// last question was for the number of nights.
var messageActsSaid = map[Kind]string{
	Cancel: `cancel|Cancel.|cancel that|please cancel|cancel it please|cancel everything|can you cancel that?|could you please cancel it|I want to cancel|I'd like to cancel that|ok, cancel it|no, cancel that|sorry, cancel|let's cancel it
		just cancel the whole thing|cancel the hotel|please cancel my hotel|call it off|let's call the whole thing off|scrap that|never mind|oh never mind|Nevermind, thanks|forget it|forget the whole thing|just forget about it
		I don't want it anymore|I don't want to book it anymore|cancel my booking|cancel the reservation please|let's not|abort|drop it|actually, never mind
		取消|取消吧|取消一下|请取消|帮我取消|麻烦你帮我取消一下|我要取消|我想取消了|能帮我取消吗|取消这个|那就取消吧|不好意思，取消吧|先取消吧|全部取消|把酒店取消了|取消酒店|不订了|我不订了|不想订了|别订了|算了|算了吧|还是算了|那算了吧|算了不订了|算了，不订了
		先不订了|不预订了|取消预订|取消订单|不用订了|改天再说|下次再说吧|好吧，那就不订了|嗯，取消`,
	Undo: `undo|undo that|Undo this please|please undo|can you undo that?|could you undo it please|undo the last step|go back|go back please|go back a step|let's go back one step|I want to go back|back|one step back|previous step|back to the previous step|take that back|I take that back
		sorry, take that back|revert that|please revert|roll back|scratch that|no, scratch that|strike that|disregard that|ignore what I just said|forget what I said|ignore that please|I'd like to undo that|oh wait, undo that
		撤销|撤销一下|请撤销|帮我撤销|能帮我撤销吗|我要撤销|撤回|撤回刚才的|回退|退回上一步|返回上一步|回到上一步|上一步|返回|退一步|回退一步|麻烦回到上一步|帮我退回上一步吧|刚才说的不算|刚才的不算|当我没说|我收回刚才说的|收回刚才的话|不对，撤销|等等，撤销`,
	Repeat: `repeat|repeat please|repeat that|can you repeat that please|could you repeat it?|say that again|say that again please|could you say that again?|pardon|pardon me?|sorry, come again?|what did you say?|what was that?|one more time please|once more|I didn't catch that|sorry, I didn't catch that
		再说一遍|请再说一遍|麻烦再说一遍|你能再说一遍吗|能再说一次吗|没听清|我没听清|不好意思没听清|没听懂|你说什么|您刚才说什么|你刚才说什么？|重复一遍|请重复一下|再讲一遍|重复`,
	Restart: `restart|start over|let's start over|start over please|can we start again|I want to start over|start from scratch|let's start from the beginning|begin again|new conversation|reset|reset everything|forget everything
		重新开始|我们重新开始吧|重来|从头开始|从头来吧|重新来|全部重来|重新来过|清空|全部清空|那就重新开始吧`,
	Human: `human|human please|a real person please|I want to talk to a human|can I talk to a person?|let me speak to a human|speak to someone|I'd like to speak to an agent|get me an agent|operator|representative please|customer service please|transfer me to customer service|connect me to a human please|put me through to a real person|can you connect me with a human agent?
		人工|转人工|转人工客服|我要人工|我要转人工|请转人工|帮我转人工|能转人工吗|怎么转人工|人工客服|找人工客服|找个真人|我要找客服|转接人工|麻烦转一下人工|给我转人工服务`,
}

// Messages that hold the words and are none of it.
const otherMessages = `cancel my order 123|I want to cancel my subscription|how do I cancel an order?|how can I cancel?|can I cancel later?|is there a fee to cancel|what is your cancellation policy|do you have free cancellation?|don't cancel|please don't cancel it|do not cancel that|cancel the taxi|a hotel I can cancel|my flight was cancelled|I had to cancel my trip to Rome|does it have noise cancelling
	the undo button is broken|how do I undo a change in Word|undo button doesn't work|where is the undo button|can I go back?|go back to the hotel|I want to go back to Rome|we go back home on Sunday|back pain|the back camera|backpack|is it at the back|I'll be back tomorrow|take it back to the shop|can I take it back within 30 days|revert to factory settings|a step back in quality|scratch resistant glass|ignore the noise|a room at the back of the hotel
	repeat customers get a discount?|repeat order of last month|can it repeat a song|the song repeats|I will come again tomorrow|once more than two people|pardon my French but it is broken|say hello again to John for me
	restart my phone|the phone keeps restarting|my phone won't restart|reset my password|how do I reset the router|factory reset|start over there by the north|begin again on Monday with two nights|forget everything but the price
	are you a human?|am I talking to a real person|is this a human|human resources software|human hair wigs|which operator do you use|mobile operator|is customer service open on Sunday|your customer service is terrible|what are the hours of customer service|a sales representative called me yesterday|staff was friendly
	never mind the price|forget about the area|drop the nights|I don't mind|leave it at the reception|let's not stay in the north|scrap metal
	取消订单123|怎么取消订单|如何取消|可以取消吗|能取消吗|取消要手续费吗|取消政策是什么|可以免费取消的酒店|不取消|别取消|先别取消|不要取消|不用取消|取消出租车|我的航班被取消了|支持随时取消吗|取消地区限制
	撤销按钮坏了|怎么撤销|撤销键在哪|撤销不了|微信消息怎么撤回|能撤销吗|返回键没反应|我周日返回北京|我要退回这个手机|退回的商品到哪了|上一步我点错了按钮怎么办|恢复出厂设置|返回的航班|返程
	重复付款了|重复下单怎么办|这首歌能重复播放吗|重复的订单|没听清楚的音乐|再来一遍咖啡
	重启手机|手机一直重启|怎么重新开始游戏|重来的话要多久|清空购物车|清空缓存|从头开始学做饭的书|重置密码
	人工智能手机|人工费多少|人工湖附近的酒店|你是真人吗|你是人工吗|人工客服几点上班|人工成本|客服人员态度很差|真人秀
	算了算价格|算了一下要五百|改天气预报|不订早餐|不买保险|价格就算了|下次再说的话太晚了`

func TestMessageActs(t *testing.T) {
	tr := newTracker(t, townSchema())
	s := State{}.Apply(MustAct("want Hotels.Reserve"), MustAct("select Hotels.name=Grand"), MustAct("inform Hotels.area=north")).Said(MustAct("ask Hotels.nights"))
	acts := func(message string) []Kind {
		var out []Kind
		_, ds, err := tr.Update(context.Background(), s, Turn{User: message})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ds {
			if messageActsSaid[d.Act.Kind] != "" && !slices.Contains(out, d.Act.Kind) {
				out = append(out, d.Act.Kind)
			}
		}
		return out
	}
	for kind, said := range messageActsSaid {
		for _, message := range pieces(said) {
			if got := acts(message); len(got) != 1 || got[0] != kind {
				t.Errorf("%q: %v, want %s", message, got, kind)
			}
		}
	}
	for _, message := range pieces(otherMessages) {
		if got := acts(message); len(got) > 0 {
			t.Errorf("%q: %v, want none of them", message, got)
		}
	}
}

// pieces cuts a list of messages.
func pieces(list string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(list, "\n\t", "|"), func(r rune) bool { return r == '|' || r == '\t' || r == '\n' })
}

// A word that answers the bot's question is the answer.
func TestAnswersAreNoMessageActs(t *testing.T) {
	tr := newTracker(t, Schema{Services: []Service{{
		Slots:   []Slot{{Name: "guests", Type: OneOf("a person", "a couple")}, {Name: "camera", Type: OneOf("front", "back")}, {Name: "wrapped", Type: &YesNo{}}},
		Intents: []Intent{{Name: "order", Transactional: true}},
	}}})
	for said, want := range map[string]string{"ask guests|a person": "guests=a person", "ask camera|back": "camera=back", "ask wrapped|算了": "wrapped=no"} {
		ask, message, _ := strings.Cut(said, "|")
		s, _, err := tr.Update(context.Background(), State{}.Apply(MustAct("want order")).Said(MustAct(ask)), Turn{User: message})
		if got := summary(s); err != nil || got != "intents=order "+want || s.Move != "" {
			t.Errorf("%s: %s, move %q, %v", said, got, s.Move, err)
		}
	}
}

// What a program gives and the message says too is done once.
func TestCancelIsDoneOnce(t *testing.T) {
	tr := newTracker(t, townSchema())
	s := State{}.Apply(MustAct("want Hotels.Find"), MustAct("inform Hotels.area=north"), MustAct("want Taxi.Call"))
	for _, acts := range [][]Act{nil, {{Kind: Cancel}}, {{Kind: Cancel, Slot: "Taxi"}}} {
		got, _, err := tr.Update(context.Background(), s, Turn{User: "cancel that", Acts: acts})
		if err != nil || summary(got) != "intents=Hotels.Find Hotels.area=north" {
			t.Errorf("with %v: %s, %v", acts, summary(got), err)
		}
	}
}
