package recommend_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// A model of one's own writes a text: Check says what of it the facts bear out.
func ExampleAgent_Check() {
	ctx := context.Background()
	cfg := teaShop()
	fake := &recommend.Fake{} // stands in for a model, and keeps what it was asked
	cfg.Generator = fake
	agent, err := recommend.New(ctx, cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, _, err = agent.Reply(ctx, dst.State{}, "I'd like a green tea"); err != nil {
		fmt.Println(err)
		return
	}
	request := fake.Requests()[0]
	v := agent.Check(request, "You could take the Snow Bud for just ¥60. The Dragon Well is ¥99 and ships for free.")
	fmt.Println(v.OK())
	fmt.Println(v.Text)
	for _, c := range v.Cut() {
		fmt.Println("-", c)
	}
	for _, s := range v.Missing {
		fmt.Println("missing:", s.Kind, s.Items[0].Name)
	}
	// Output:
	// false
	// You could take the Snow Bud for just ¥60.
	// - the number "¥99" of Dragon Well: no fact supports it
	// - the promise "ships": no fact or step promises it
	// - the promise "free": no fact or step promises it
	// missing: more Dragon Well
}

// What a model streams is shown sentence by sentence, each once it is checked:
// the wrong price is not, and what it should have said is added at the end.
func ExampleAgent_Stream() {
	ctx := context.Background()
	cfg := teaShop()
	cfg.Generator = &recommend.Fake{Script: []recommend.FakeReply{{
		Chunks: []string{"The Snow Bud co", "sts ¥60. The Dragon Well is only", " ¥99."},
	}}}
	agent, err := recommend.New(ctx, cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, _, err = agent.Stream(ctx, dst.State{}, "I'd like a green tea", func(c recommend.Chunk) error {
		fmt.Printf("%q\n", c.Text)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// "The Snow Bud costs ¥60."
	// " There is also Dragon Well (price ¥120, sort green tea)."
}
