package recommend_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// Customers ask for the cheaper and the cheapest, put things side by side and
// want to know why.
func ExampleCritique() {
	cfg := teaShop()
	cfg.Critiques = map[string]recommend.Critique{"cheaper": {Slot: "price"}} // of a classifier, where there is one
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	var s dst.State
	for _, text := range []string{"the cheapest green tea", "compare them", "anything cheaper?", "Dragon Well和Snow Bud哪个贵"} {
		var r recommend.Reply
		if r, s, err = agent.Reply(context.Background(), s, text); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("> %s\n%s\n", text, r.Text)
	}
	// Output:
	// > the cheapest green tea
	// Here is what fits:
	// 1. Snow Bud: price ¥60, sort green tea
	// 2. Dragon Well: price ¥120, sort green tea
	// > compare them
	// - Snow Bud: price ¥60
	// - Dragon Well: price ¥120
	// Snow Bud is cheaper.
	// > anything cheaper?
	// I'm sorry, nothing that fits is cheaper than Snow Bud (price ¥60).
	// > Dragon Well和Snow Bud哪个贵
	// - 龙井（价格120元）
	// - 雪芽（价格60元）
	// 龙井更贵。
}

// A shop says in its own words what things are good for.
func ExamplePhrase() {
	cfg := teaShop()
	cfg.Phrases = map[string]map[string]recommend.Phrase{"sort": {"en": {Yes: "is made as %s", No: "is not made as %s"}}}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	var s dst.State
	for _, text := range []string{"Dragon Well", "is it an oolong?"} {
		var r recommend.Reply
		if r, s, err = agent.Reply(context.Background(), s, text); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("> %s\n%s\n", text, r.Text)
	}
	// Output:
	// > Dragon Well
	// Dragon Well: price ¥120.
	// > is it an oolong?
	// No, Dragon Well is not made as oolong, only green tea.
}
