package recommend_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// teaShop is a shop of three teas.
func teaShop() recommend.Config {
	g, err := kg.New(nil)
	if err != nil {
		panic(err)
	}
	var facts []kg.Fact
	tea := func(id, en, zh, sort string, price float64) {
		for p, v := range map[string]kg.Value{"kind": kg.Text("tea"), "name@en": kg.Text(en), "name@zh": kg.Text(zh), "sort": kg.Text(sort), "price": kg.Num(price, "CNY")} {
			facts = append(facts, kg.Fact{Subject: id, Predicate: p, Object: v, Source: "catalogue"})
		}
	}
	tea("t1", "Dragon Well", "龙井", "green", 120)
	tea("t2", "Iron Goddess", "铁观音", "oolong", 90)
	tea("t3", "Snow Bud", "雪芽", "green", 60)
	if err := g.Add(context.Background(), facts...); err != nil {
		panic(err)
	}
	return recommend.Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much", "价格", "多少钱"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "sort", Aliases: []string{"品种"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "green", Labels: map[string]string{"en": "green tea", "zh": "绿茶"}},
				{Value: "oolong", Labels: map[string]string{"en": "oolong", "zh": "乌龙茶"}},
			}}},
		}}}},
		Bindings: []recommend.Binding{{Kind: "tea", Show: []string{"price"}, Order: []kg.Order{{Predicate: "price"}}}},
	}
}

func ExampleAgent_Reply() {
	ctx := context.Background()
	agent, err := recommend.New(ctx, teaShop())
	if err != nil {
		fmt.Println(err)
		return
	}
	var state dst.State
	for _, message := range []string{"I'd like a green tea", "how much is the second one?", "绿茶，五十元以下"} {
		var reply recommend.Reply
		if reply, state, err = agent.Reply(ctx, state, message); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("> %s\n%s\n", message, reply.Text)
	}
	// Output:
	// > I'd like a green tea
	// Here is what fits:
	// 1. Snow Bud: price ¥60, sort green tea
	// 2. Dragon Well: price ¥120, sort green tea
	// > how much is the second one?
	// The price of Dragon Well is ¥120.
	// > 绿茶，五十元以下
	// 抱歉，没有50元以内的。60元的有1款。为您推荐雪芽（价格60元）。
}

// shouter is a generator that words an offer in its own way.
type shouter struct{}

func (shouter) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	var words []string
	for _, f := range r.Facts {
		words = append(words, fmt.Sprintf("%s, %s %s!", f.Thing, f.Attribute, f.Value))
	}
	text := strings.ToUpper(strings.Join(words, " "))
	if each != nil {
		if err := each(recommend.Chunk{Text: text}); err != nil {
			return recommend.Response{}, err
		}
	}
	return recommend.Response{Text: text, Name: "shouter"}, ctx.Err()
}

func ExampleGenerator() {
	cfg := teaShop()
	cfg.Generator = shouter{}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, _, err := agent.Reply(context.Background(), dst.State{}, "an oolong please")
	fmt.Println(reply.Text, err)
	fmt.Println(reply.Trace.Generator)
	// Output:
	// IRON GODDESS, PRICE ¥90! IRON GODDESS, SORT OOLONG! <nil>
	// shouter
}

// A model's text that claims what no fact supports gives way to the template.
func ExampleFake() {
	cfg := teaShop()
	cfg.Generator = &recommend.Fake{Script: []recommend.FakeReply{
		recommend.Says("Try the Iron Goddess, today for only ¥70."),
		{Err: errors.New("the model is overloaded")},
	}}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		reply, _, err := agent.Reply(context.Background(), dst.State{}, "an oolong please")
		fmt.Println(reply.Text, err)
		fmt.Println(reply.Trace.Fallback)
	}
	// Output:
	// I recommend Iron Goddess (price ¥90, sort oolong). <nil>
	// the generated text does not stand: the number "¥70" of Iron Goddess: no fact supports it; it does not say the step offer
	// I recommend Iron Goddess (price ¥90, sort oolong). <nil>
	// the generator failed: the model is overloaded
}

func ExampleTemplate() {
	r := recommend.Request{Lang: "en", Steps: []recommend.Step{
		{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{{Value: "¥60"}}},
		{Kind: recommend.StepAsk, Text: "Shall I put it aside for you?"},
	}}
	out, err := recommend.Template{}.Generate(context.Background(), r, nil)
	fmt.Println(out.Text, err)
	// Output: The price of Snow Bud is ¥60. Shall I put it aside for you? <nil>
}

func ExampleTrace() {
	agent, err := recommend.New(context.Background(), teaShop())
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, _, err := agent.Reply(context.Background(), dst.State{}, "a green tea under 50")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reply.Trace.Queries, reply.Trace.Relaxed)
	for _, item := range reply.Items {
		for _, t := range item.Terms {
			fmt.Println(item.Name, t.Name, t.Value, t.Score)
		}
	}
	// Output:
	// [kind tea; price <= 50 CNY; sort = green: 0 kind tea; sort = green; price <= 60 CNY: 1] [relax price<=60]
	// Snow Bud price<=50 ¥60 0
	// Snow Bud sort=green green tea 0.5
	// Snow Bud price 60 CNY 0
	// Snow Bud place 1 0.01
}

// Help leads from a symptom through its causes, likeliest first.
func ExampleHelp() {
	cfg := teaShop()
	fact := func(s, p string, o kg.Value) kg.Fact {
		return kg.Fact{Subject: s, Predicate: p, Object: o, Source: "guide"}
	}
	err := cfg.Graph.Add(context.Background(),
		fact("bitter", "kind", kg.Text("article")), fact("bitter", "title", kg.Text("The tea tastes bitter")), fact("bitter", "symptom", kg.Ref("bitter.symptom")),
		fact("bitter.symptom", "text", kg.Text("The tea tastes bitter")), fact("bitter.symptom", "phrase", kg.Text("my tea is bitter")),
		fact("bitter.symptom", "cause", kg.Ref("bitter.hot")), fact("bitter.symptom", "cause", kg.Ref("bitter.long")),
		fact("bitter.hot", "text", kg.Text("The water is too hot")), fact("bitter.hot", "step", kg.Ref("bitter.hot.1")), fact("bitter.hot.1", "text", kg.Text("Let it cool to 80 °C.")),
		fact("bitter.long", "text", kg.Text("It draws too long")), fact("bitter.long", "step", kg.Ref("bitter.long.1")), fact("bitter.long.1", "text", kg.Text("Pour it off after 2 minutes.")),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	cfg.Help = &recommend.Help{Kind: "article"}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	var state dst.State
	for _, message := range []string{"why is my tea so bitter?", "that didn't help"} {
		var reply recommend.Reply
		if reply, state, err = agent.Reply(context.Background(), state, message); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("> %s\n%s\n", message, reply.Text)
	}
	// Output:
	// > why is my tea so bitter?
	// I understand: The tea tastes bitter.
	// The most likely cause: The water is too hot.
	// Let it cool to 80 °C. Did that help?
	// > that didn't help
	// The next likely cause: It draws too long.
	// Pour it off after 2 minutes. Did that help?
}

// New says what is wrong with a configuration.
func ExampleNew() {
	cfg := teaShop()
	cfg.Bindings[0].Show = []string{"weight"}
	_, err := recommend.New(context.Background(), cfg)
	fmt.Println(err)
	// Output: recommend: new agent: service "": reading Binding.Show: nothing in the graph has the predicate "weight", nor is it a slot that reads the graph
}
