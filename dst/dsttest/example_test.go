package dsttest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
)

// In a test, one line plays all transcripts:
//
//	func TestFlows(t *testing.T) {
//		dsttest.Run(t, tracker, "testdata/*.txt")
//	}
//
// Play does the same with a text. All parts of the format stand here.
func ExamplePlay() {
	schema := dst.Schema{Services: []dst.Service{{
		Intents: []dst.Intent{{Name: "buy", Required: []string{"category"}}},
		Slots: []dst.Slot{
			{Name: "category", Type: dst.OneOf("phone", "laptop")},
			{Name: "price", Type: &dst.Money{Currency: "CNY"}},
			{Name: "delivery", Type: &dst.Date{}},
			{Name: "name", Names: true, Type: dst.NewGazetteer(dst.Entry{Value: "iPhone 15"}, dst.Entry{Value: "ThinkPad X1"})},
		},
	}}}
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		panic(err)
	}
	out, err := dsttest.Play(context.Background(), tracker, "demo.txt", `
# Prices are in yuan.
clock: 2026-11-23 09:00

== a classifier says what is wanted, the bot asks
acts: want buy
user: something nice, to be delivered tomorrow
user: a laptop
    state:
    holds: category=laptop; delivery=2026-11-24
    lacks: price

== speech, and what the bot offered
bot: offer name=iPhone 15; offer name=ThinkPad X1
hear: 0.7 the second one under nine thousand
hear: 0.2 the second son and her nine thousand

== silence
>
`, nil)
	fmt.Print(out, err)
	// Output:
	// # Prices are in yuan.
	// clock: 2026-11-23 09:00
	//
	// == a classifier says what is wanted, the bot asks
	// acts: want buy
	// user: something nice, to be delivered tomorrow
	//     want buy
	//     inform delivery=2026-11-24
	//     next: ask category
	// user: a laptop
	//     inform category=laptop
	//     next: offer
	//     state: category=laptop; delivery=2026-11-24
	//     holds: category=laptop; delivery=2026-11-24
	//     lacks: price
	//
	// == speech, and what the bot offered
	// bot: offer name=iPhone 15; offer name=ThinkPad X1
	// hear: 0.7 the second one under nine thousand
	// hear: 0.2 the second son and her nine thousand
	//     inform price<=9000
	//     select name=ThinkPad X1
	//     next: offer
	//
	// == silence
	// >
	//     next: offer
	// <nil>
}

func ExampleState() {
	var t testing.TB = nothing{} // in a test, its t
	s := dst.State{}.Apply(dst.MustAct("inform price<=900"), dst.MustAct("inform name=Acorn House"))
	dsttest.State(t, s).Has("price<=900").Eq("name", "Acorn House").Empty("brand").Requested("phone")
	// Output:
	// dsttest: the state is not as wanted: asked about are [], want ["phone"]
	// state after turn 0:
	//     name=Acorn House
	//     price<=900
}

// nothing is a test that prints what it is told.
type nothing struct{ testing.TB }

func (nothing) Helper() {}

func (nothing) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// A simulation needs a bot and a schema. A finding holds the transcript of its
// conversation, which can be kept as a test.
func ExampleSimulate() {
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "colour", Required: true, Type: dst.OneOf("red", "blue")},
	}}}}
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		panic(err)
	}
	colourblind := dsttest.BotFunc(func(ctx context.Context, s dst.State, message string) (dsttest.Answer, error) {
		s, _, err := tracker.Update(ctx, s, dst.Turn{User: message})
		s = s.Apply(dst.MustAct("forget colour"))
		ask := dst.MustAct("ask colour")
		return dsttest.Answer{Acts: []dst.Act{ask}, State: s.Said(ask)}, err
	})
	report, err := dsttest.Simulate(context.Background(), colourblind, schema, &dsttest.SimOptions{Seed: 1, N: 1})
	if err != nil {
		panic(err)
	}
	fmt.Print(report)
	fmt.Print(report.Findings[0].Transcript)
	// Output:
	// simulation: 0 of 1 conversations reached their goal, in 6 turns
	//   unreachable     1: colour ×1
	//   asked again     1: colour ×1
	//   lost            1: colour ×1
	// == simulated, seed 1, conversation 0
	// # lost: colour: inform colour=blue was said, and the state has nothing of it
	// user: the colour must be blue
	//     holds: colour=blue
}
