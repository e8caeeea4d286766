package recommend_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// What a picture shows and what the words say meet: the words are asked of the
// thing in the picture.
func ExampleDescriber() {
	cfg := teaShop()
	cfg.Describer = &recommend.FakeDescriber{Script: []recommend.FakeDescription{ // a model in earnest
		recommend.Shows("Iron Goddess", 0.9), recommend.Shows("雪芽", 0.8), recommend.Shows("Snow Bud", 0.3),
	}}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	photo := recommend.Image("image/jpeg", []byte("\xff\xd8\xff\xe0 and the rest of it"))
	for _, message := range []string{"how much is this one?", "这是什么品种？", ""} {
		reply, state, err := agent.Reply(context.Background(), dst.State{}, message, photo)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("> %s [photo]\n%s\n", message, reply.Text)
		for _, d := range reply.Trace.Decisions {
			if d.Act.Kind == dst.Select {
				fmt.Println("   ", d.Act, "from the", d.Evidence.Via)
			}
		}
		if message == "" { // the picture alone was not clear enough
			if reply, _, err = agent.Reply(context.Background(), state, "yes"); err == nil {
				fmt.Printf("> yes\n%s\n", reply.Text)
			}
		}
	}
	// Output:
	// > how much is this one? [photo]
	// The price of Iron Goddess is ¥90.
	//     select name=Iron Goddess from the image
	// > 这是什么品种？ [photo]
	// 雪芽的品种是绿茶。
	//     select name=Snow Bud from the image
	// >  [photo]
	// Is it Snow Bud?
	// > yes
	// Snow Bud: price ¥60.
}

// The readings of a recording are weighed together: the likeliest has no tea
// that there is, the two others agree on one.
func ExampleTranscriber() {
	cfg := teaShop()
	cfg.Transcriber = &recommend.FakeTranscriber{Script: []recommend.FakeTranscript{ // a recognizer in earnest
		{Readings: []recommend.Transcript{{Text: "how much is the snow but?", P: 0.4}, {Text: "how much is the Snow Bud?", P: 0.35}, {Text: "how much is this Snow Bud?", P: 0.25}}},
		recommend.Hears("绿茶，一百元以下"),
		{},
	}}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	recording := recommend.Audio("audio/wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt and the rest of it"))
	for range 3 {
		reply, _, err := agent.Reply(context.Background(), dst.State{}, "", recording)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("heard %q\n%s\n", reply.Heard, reply.Text)
	}
	// Output:
	// heard "how much is the snow but?"
	// The price of Snow Bud is ¥60.
	// heard "绿茶，一百元以下"
	// 为您推荐雪芽（价格60元，品种绿茶）。
	// heard ""
	// I'm sorry, I could not make out the recording. Could you write it?
}

// stages prints what a turn goes through.
type stages struct{}

func (stages) Begin(ctx context.Context, s recommend.Stage) (context.Context, func(recommend.Outcome)) {
	fmt.Println("begin", s.Name)
	return ctx, func(out recommend.Outcome) {
		fmt.Println("end", s.Name)
		if out.Reply != nil {
			fmt.Println(out.Reply.Text)
		}
	}
}

func ExampleObserver() {
	cfg := teaShop()
	cfg.Observer = stages{}
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, _, err = agent.Reply(context.Background(), dst.State{}, "an oolong please"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// begin turn
	// begin understand
	// begin track
	// end track
	// end understand
	// begin decide
	// begin query
	// end query
	// end decide
	// begin word
	// end word
	// end turn
	// I recommend Iron Goddess (price ¥90, sort oolong).
}

func ExampleTrace_Redacted() {
	agent, err := recommend.New(context.Background(), teaShop())
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, _, err := agent.Reply(context.Background(), dst.State{}, "绿茶，五十元以下")
	if err != nil {
		fmt.Println(err)
		return
	}
	trace := reply.Trace.Redacted()
	fmt.Println(trace.User == "", trace.Steps, trace.Acts)
	for _, d := range trace.Decisions {
		fmt.Println(d)
	}
	for _, q := range trace.Queries {
		fmt.Println(q)
	}
	// Output:
	// true [relax offer] [nooffer relax price<=… offer name=…]
	// inform sort=…  p=0.80
	// inform price<=…  p=0.94
	// kind tea; price <= ; sort = : 0
	// kind tea; sort = ; price <= : 1
}
