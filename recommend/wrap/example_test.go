package wrap_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

var busy = &recommend.Failure{Cause: recommend.CauseLimited, Status: 429}

// request is what an agent asks a generator for.
var request = recommend.Request{
	Lang: "en", User: "how much is it? I am at 13800138000",
	Steps: []recommend.Step{{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{{ID: "f1", Value: "¥60"}}}},
	Facts: []recommend.Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}},
}

// model stands in for the client of a model.
func model(replies ...recommend.FakeReply) *recommend.Fake { return &recommend.Fake{Script: replies} }

func show(g recommend.Generator) {
	out, err := g.Generate(context.Background(), request, func(c recommend.Chunk) error {
		_, err := fmt.Printf("%s|", c.Text)
		return err
	})
	fmt.Println("", out.Name, out.Fallback, err)
}

// A whole stack: the template speaks where the model has not begun in time, and
// the response says why.
func Example() {
	hidden := wrap.NewBudget(
		wrap.Retry(
			wrap.Timeout(model(recommend.FakeReply{Err: busy}, recommend.FakeReply{Delay: time.Minute}), wrap.Limits{First: 20 * time.Millisecond}),
			wrap.RetryOptions{Attempts: 2, Base: time.Millisecond}),
		wrap.BudgetOptions{Tokens: 20_000})
	show(wrap.Fallback(wrap.Redact(wrap.NewCache(hidden, wrap.CacheOptions{}), privacy.New(privacy.Options{})), recommend.Template{}))
	// Output: The price of Snow Bud is ¥60.| template timed out: no text within 20ms: context deadline exceeded <nil>
}

func ExampleTimeout() {
	slow := model(recommend.FakeReply{Chunks: []string{"Snow Bud ", "is ¥60."}, Delay: time.Minute})
	show(wrap.Timeout(slow, wrap.Limits{First: 20 * time.Millisecond, Gap: time.Second, Total: 8 * time.Second}))
	// Output: timed out: no text within 20ms: context deadline exceeded
}

func ExampleRetry() {
	show(wrap.Retry(model(recommend.FakeReply{Err: busy}, recommend.Says("It is ¥60.")), wrap.RetryOptions{Base: time.Millisecond}))
	show(wrap.Retry(model(recommend.FakeReply{Chunks: []string{"It "}, Err: busy}, recommend.Says("is ¥60.")), wrap.RetryOptions{Base: time.Millisecond}))
	// Output:
	// It is ¥60.| fake  <nil>
	// It | fake  after 3 characters were passed on: rate limited (status 429)
}

func ExampleFallback() {
	show(wrap.Fallback(model(recommend.FakeReply{Err: busy}), model(recommend.Says("It is ¥60."))))
	// Output: It is ¥60.| fake rate limited (status 429) <nil>
}

func ExampleNewBudget() {
	used := map[string]int{recommend.TokensIn: 900, recommend.TokensOut: 100}
	b := wrap.NewBudget(model(recommend.FakeReply{Chunks: []string{"It is ¥60."}, Usage: used}), wrap.BudgetOptions{Money: 0.001, PriceIn: 0.5, PriceOut: 1.5})
	ctx := recommend.WithSession(context.Background(), "conversation 7")
	for range 2 {
		out, err := b.Generate(ctx, request, nil)
		fmt.Println(out.Text, err)
	}
	spent := b.Spent("conversation 7")
	fmt.Printf("%d in, %d out, %.4f\n", spent.In, spent.Out, spent.Money)
	// Output:
	// It is ¥60. <nil>
	//  over budget: the session has cost 0.0006 of 0.001
	// 900 in, 100 out, 0.0006
}

func ExampleNewCache() {
	c := wrap.NewCache(model(recommend.Says("It is ¥60.")), wrap.CacheOptions{Entries: 500, Age: time.Hour})
	show(c)
	show(c)
	// Output:
	// It is ¥60.| fake  <nil>
	// It is ¥60.| fake  <nil>
}

// A test of one's own would keep the recording in a file under testdata.
func ExampleRecord() {
	var file bytes.Buffer
	show(wrap.Record(model(recommend.FakeReply{Chunks: []string{"It is ", "¥60."}}), &file))
	replay, err := wrap.NewReplay(&file)
	if err != nil {
		fmt.Println(err)
		return
	}
	show(replay)
	request := request
	request.User = "how much?"
	_, err = replay.Generate(context.Background(), request, nil)
	fmt.Fprintln(os.Stdout, err)
	// Output:
	// It is |¥60.| fake  <nil>
	// It is |¥60.| fake  <nil>
	// wrap: replay: the request is not recorded; the nearest is line 1, with another user: "how much?", and recorded is "how much is it? I am at 13800138000"
}

// The model sees placeholders; who wrote the message sees the texts again. Here
// the shop's own customer numbers are personal as well.
func ExampleRedact() {
	m := model(recommend.FakeReply{Chunks: []string{"I shall call [PHO", "NE_1] about it, [NAME_1]."}})
	g := wrap.Redact(m, privacy.New(privacy.Options{
		More: []privacy.Finder{privacy.Pattern{Kind: "customer", Regexp: regexp.MustCompile(`\bC-\d{6}\b`)}},
	}))
	request := request
	request.User = "I'm Ann Lee, C-204117. How much is it? Call me on 138 0013 8000"
	out, err := g.Generate(context.Background(), request, nil)
	fmt.Println(m.Requests()[0].User)
	fmt.Println(out.Text, err)
	// Output:
	// I'm [NAME_1], [CUSTOMER_1]. How much is it? Call me on [PHONE_1]
	// I shall call 138 0013 8000 about it, Ann Lee. <nil>
}
