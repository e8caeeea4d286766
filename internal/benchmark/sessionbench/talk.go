package sessionbench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// hotel is the schema of the conversations: to book a room, ten slots are
// needed.
func hotel() dst.Schema {
	ask := func(name string, t dst.Type, en, zh string) dst.Slot {
		return dst.Slot{Name: name, Type: t, Required: true, Ask: map[string]string{"en": en, "zh": zh}}
	}
	return dst.Schema{Services: []dst.Service{{
		Slots: []dst.Slot{
			ask("city", options("Beijing|北京", "Shanghai|上海", "Chengdu|成都", "Hangzhou|杭州"), "Which city would you like to stay in?", "请问您想住在哪个城市？"),
			ask("district", options("centre|city centre|市中心", "airport|机场附近", "station|火车站附近"), "Should it be in the centre, or near the station or the airport?", "您想住市中心、火车站附近还是机场附近？"),
			ask("stars", &dst.Number{Unit: "star", Min: 1, Max: 5, Integer: true}, "How many stars should the hotel have?", "您想要几星级的酒店？"),
			ask("price", &dst.Money{Currency: "CNY"}, "How much may a night cost at most?", "每晚的预算最多是多少？"),
			ask("date", &dst.Date{}, "On which day will you arrive?", "您哪一天入住？"),
			ask("nights", &dst.Number{Unit: "night", Min: 1, Max: 60, Integer: true}, "How many nights will you stay?", "您打算住几晚？"),
			ask("guests", &dst.Number{Unit: "guest", Min: 1, Max: 12, Integer: true}, "How many guests will there be?", "一共几位客人入住？"),
			ask("room", options("single|single room|单人间", "double|double room|双人间", "suite|套房"), "Would you like a single room, a double room or a suite?", "您要单人间、双人间还是套房？"),
			ask("breakfast", &dst.YesNo{}, "Would you like breakfast with the room?", "需要含早餐吗？"),
			ask("time", &dst.Clock{}, "At what time will you arrive at the hotel?", "您大概几点到达酒店？"),
		},
		Intents: []dst.Intent{{Name: "book", Transactional: true}},
	}}}
}

// options is a type of values with their synonyms.
func options(values ...string) *dst.Enum {
	e := &dst.Enum{}
	for _, v := range values {
		words := strings.Split(v, "|")
		e.Values = append(e.Values, dst.Option{Value: words[0], Synonyms: words[1:]})
	}
	return e
}

const (
	slots = 10  // of a conversation that is over
	turns = 10  // that fill them
	talks = 128 // different conversations; those with even numbers are English
)

// talk invents what a customer says, turn by turn.
func talk(n int, random *rand.Rand) []string {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	stars, price, nights, guests, hour := 3+random.IntN(3), 300+100*random.IntN(10), 2+random.IntN(8), 2+random.IntN(4), 2+random.IntN(8)
	if n%2 == 0 {
		return []string{
			"I need a hotel in " + pick("Beijing", "Shanghai", "Chengdu", "Hangzhou"), "in the " + pick("city centre please", "airport area"),
			fmt.Sprintf("at least %d stars", stars), fmt.Sprintf("no more than %d yuan a night", price), pick("tomorrow", "the day after tomorrow", "next Friday"),
			fmt.Sprintf("%d nights", nights), fmt.Sprintf("there are %d guests", guests), "a " + pick("double room", "suite"),
			pick("yes please", "no, thanks"), fmt.Sprintf("at about %dpm", hour),
		}
	}
	return []string{
		"我想在" + pick("北京", "上海", "成都", "杭州") + "订一家酒店", pick("市中心", "机场附近"),
		fmt.Sprintf("至少%d星级", stars), fmt.Sprintf("每晚不超过%d元", price), pick("明天入住", "后天入住"),
		fmt.Sprintf("住%d晚", nights), fmt.Sprintf("%d位客人", guests), "要一个" + pick("双人间", "套房"),
		pick("要的", "不用了"), fmt.Sprintf("晚上%d点", 2+random.IntN(8)),
	}
}

// A bot answers what customers say.
type bot struct {
	tracker *dst.Tracker
	slots   map[string]dst.Slot
	texts   [talks][]string
	book    []dst.Act // what a classifier takes the first message for
}

func newBot(seed uint64) (*bot, error) {
	schema := hotel()
	b := &bot{slots: map[string]dst.Slot{}, book: []dst.Act{{Kind: dst.Want, Slot: "book"}}}
	for _, s := range schema.Services[0].Slots {
		b.slots[s.Name] = s
	}
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range b.texts {
		b.texts[i] = talk(i, random)
	}
	var err error
	b.tracker, err = dst.NewTracker(schema, &dst.TrackerOptions{Weights: dst.NoWeights()})
	return b, err
}

// text is what is said in a turn of a conversation. After ten turns the customer
// thinks of everything anew, in the same language.
func (b *bot) text(conversation, turn int) string {
	return b.texts[(conversation+turn/turns*2)%talks][turn%turns]
}

// track does what there is to do without a manager: it reads a message and says
// what to do next.
func (b *bot) track(ctx context.Context, before dst.State, conversation, turn int) (after dst.State, decisions []dst.Decision, next dst.Act, err error) {
	message := dst.Turn{User: b.text(conversation, turn)}
	if turn == 0 {
		message.Acts = b.book
	}
	if after, decisions, err = b.tracker.Update(ctx, before, message); err != nil {
		return after, nil, next, err
	}
	next = b.tracker.Next(after)
	return after.Said(next), decisions, next, nil
}

// word is the answer in words: what was understood, and the next question.
func (b *bot) word(lang string, decisions []dst.Decision, next dst.Act) []byte {
	out := make([]byte, 0, 192)
	ack, question := "Very well, I have noted: ", "Shall I book the room for you now, or would you like to change something?"
	if lang == "zh" {
		ack, question = "好的，已经为您记下：", "信息都齐了，需要我现在为您预订吗，还是要修改什么？"
	}
	out = append(out, ack...)
	for _, d := range decisions {
		if d.Act.Value != "" {
			out = append(append(append(append(out, d.Act.Slot...), ' '), d.Act.Value...), ". "...)
		}
	}
	if next.Kind == dst.Ask {
		question = b.slots[next.Slot].Ask[lang]
	}
	return append(out, question...)
}

// answer plays a turn of a managed conversation, and adds the time that the
// tracker took to took.
func (b *bot) answer(conversation, turn int, replies bool, took *time.Duration) session.Play {
	return func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		start := time.Now()
		after, decisions, next, err := b.track(ctx, c.State, conversation, turn)
		*took += time.Since(start)
		if err != nil {
			return session.Answer{}, err
		}
		out := session.Answer{State: after, Turn: b.tracker.Record(c.State, after, decisions, next)}
		if replies {
			out.Reply = b.word(after.Lang, decisions, next)
		}
		return out, nil
	}
}
