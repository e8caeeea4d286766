package dst_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// model is a language model, or whatever else knows better.
type model struct{}

func (model) Extract(ctx context.Context, q dst.Doubt) ([]string, error) {
	answer, err := complete(ctx, q.Prompt()) // the notation, the slots in doubt, the message
	return strings.Split(answer, "\n"), err
}

// complete stands in for the call of a model. It makes one thing up.
func complete(ctx context.Context, prompt string) (string, error) {
	if !strings.Contains(prompt, "we are 4") {
		return "", ctx.Err()
	}
	return "inform guests=4\ninform room=40", ctx.Err()
}

// Where the tracker is in doubt it asks. What comes back and nobody said is
// refused.
func ExampleExtractor() {
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "guests", Type: &dst.Number{}},
		{Name: "room", Type: &dst.Number{}},
	}}}}
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{
		Extractor:  model{},
		DoubtBelow: 0.9,
		Refused:    func(line string, err error) { fmt.Println(err) },
	})
	if err != nil {
		panic(err)
	}
	state, _, err := tracker.Update(context.Background(), dst.State{}, dst.Turn{User: "we are 4"})
	fmt.Println(state.Flat(), err)
	// Output:
	// dst: the extractor's act "inform room=40" is refused: neither the message nor the conversation has "40"; ask the user instead
	// map[guests:4] <nil>
}

// A speech recognizer was not sure: no reading is likelier than the first, yet
// two others agree on the city.
func ExampleHypothesis() {
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "city", Type: dst.OneOf("Boston", "Austin")},
	}}}}
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		panic(err)
	}
	state, decisions, err := tracker.Update(context.Background(), dst.State{}, dst.Turn{Hypotheses: []dst.Hypothesis{
		{Text: "a flight to Boston", P: 0.4},
		{Text: "a flight to Austin", P: 0.3},
		{Text: "a light to Austin", P: 0.3},
	}})
	for _, d := range decisions {
		fmt.Printf("%s from %q\n", d.Act, d.Evidence.Text)
	}
	fmt.Println(state.Flat(), err)
	// Output:
	// inform city=Austin from "Austin"
	// map[city:Austin] <nil>
}
