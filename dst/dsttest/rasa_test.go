package dsttest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
)

const rasaStories = `
version: "3.1"
stories:
- story: book a table
  steps:
  - user: |
      hello, somewhere [thai](food) please
    intent: inform
  - action: utter_ask_area
  - user: |
      in the [middle of town]{"entity": "area", "value": "centre"}, from [here]{"entity": "place", "role": "start"}
    intent: inform
  - slot_was_set:
    - area: centre
    - cuisine
    - stars: null
    - outdoor: true
    - brands: [a, "b; c"]
  - action: utter_thanks
  - checkpoint: found
- story: no words
  steps:
  - intent: greet
  - action: utter_greet
  - intent: find
    entities:
    - food: indian
    - area
  - action: booking_form
  - active_loop: booking_form
  - or:
    - intent: affirm
    - intent: thankyou
  - active_loop: null
  - intent: goodbye
rules:
- rule: a bot alone
  condition:
  - slot_was_set:
    - logged_in: true
  steps:
  - action: utter_ask_area
`

func ExampleFromRasa() {
	out, err := dsttest.FromRasa(strings.NewReader(rasaStories), &dsttest.RasaOptions{
		Slots:   map[string]string{"food": "cuisine", "place:start": "from"},
		Intents: map[string]string{"find": "want Find"},
	})
	fmt.Print(out, err)
	// Output:
	// == book a table
	// # intent: inform
	// user: hello, somewhere thai please
	//     holds: cuisine=thai
	// # intent: inform
	// bot: ask area
	// user: in the middle of town, from here
	//     holds: area=centre
	//     holds: from=here
	//     holds: cuisine
	//     lacks: stars
	//     holds: outdoor=true
	//     holds: brands=a
	//     holds: brands="b; c"
	// # action: utter_thanks
	// # checkpoint: found
	//
	// == no words
	// acts: greet
	// user:
	//     ...
	// # action: utter_greet
	// # entity: area
	// bot:
	// acts: want Find; inform cuisine=indian
	// user:
	//     ...
	// # action: booking_form
	// # active_loop: booking_form
	// # or: {"intent":"thankyou"}
	// acts: affirm
	// user:
	//     ...
	// # active_loop: null
	// bot:
	// acts: bye
	// user:
	//     ...
	//
	// == a bot alone
	// # condition: {"slot_was_set":[{"logged_in":true}]}
	// # bot: ask area
	// user:
	//     ...
	// <nil>
}

func TestFromRasaTestCases(t *testing.T) {
	out, err := dsttest.FromRasa(strings.NewReader(`
test_cases:
- test_case: transfer
  steps:
  - user: how can I [send](verb:transfer) [money][{"entity":"thing"},{"entity":"kind","value":"cash"}]?
  - utter: utter_ask_amount
  - bot: "How much?"
  - user: "  two\nlines"
  - slot_was_not_set:
    - amount
`), &dsttest.RasaOptions{Slots: map[string]string{"verb": ""}})
	want := `== transfer
# entity: verb=transfer
user: how can I send money?
    holds: thing=money
    holds: kind=cash
# bot: How much?
bot: ask amount
user: "two\nlines"
    lacks: amount
`
	if err != nil || out != want {
		t.Errorf("got\n%s%v\nwant\n%s", out, err, want)
	}
}

func TestFromRasaErrors(t *testing.T) {
	for text, want := range map[string]string{
		"stories: [": "reading Rasa stories",
		"version: 3": "neither stories nor rules",
		"stories: 5": "reading Rasa stories",
		"stories:\n- story: x\n  steps:\n  - greet\n":                              `"x": line 4: a step is a mapping`,
		"stories:\n- story: x\n  steps:\n  - or:\n    - greet\n":                   `line 5: a branch of an or`,
		"stories:\n- story: x\n  steps:\n  - user: \"[a]{b}\"\n":                   `line 4: the annotation "[a]{b}"`,
		"stories:\n- story: x\n  steps:\n  - user: |\n      [a][{\"entity\":5}]\n": "cannot unmarshal number",
	} {
		if out, err := dsttest.FromRasa(strings.NewReader(text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %q, %v; want an error with %q", text, out, err, want)
		}
	}
	if _, err := dsttest.FromRasa(broken{}, nil); err == nil || !strings.Contains(err.Error(), "unplugged") {
		t.Errorf("error %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("unplugged") }

// What is imported can be played.
func TestImportsCanBePlayed(t *testing.T) {
	schema := dst.Schema{Services: []dst.Service{{
		Intents: []dst.Intent{{Name: "Find"}},
		Slots: []dst.Slot{
			{Name: "cuisine", Type: dst.OneOf("thai", "indian")}, {Name: "area", Type: dst.OneOf("centre", "north")}, {Name: "from"},
			{Name: "stars", Type: &dst.Number{}}, {Name: "outdoor", Type: &dst.YesNo{}}, {Name: "brands", Multi: true, Type: dst.OneOf("a", "b; c")}},
	}}}
	out, err := dsttest.FromRasa(strings.NewReader(rasaStories), &dsttest.RasaOptions{
		Slots: map[string]string{"food": "cuisine", "place:start": "from"}, Intents: map[string]string{"find": "want Find"}})
	if err != nil {
		t.Fatal(err)
	}
	played, err := dsttest.Play(context.Background(), newTracker(t, schema), "rasa.txt", out, nil)
	if err != nil || !strings.Contains(played, "user: hello, somewhere thai please\n    greet\n    inform cuisine=thai\n    next: offer\n    holds: cuisine=thai\n") {
		t.Errorf("%v\n%s", err, played)
	}
}

func ExampleFromDialogues() {
	state := func(area ...string) map[string][]string { return map[string][]string{"Hotels.area": area} }
	fmt.Print(dsttest.FromDialogues([]dst.Dialogue{{ID: "d1", Turns: []dst.DialogueTurn{
		{User: "a hotel in the centre", State: state("centre", "city | centre"), Intents: map[string]string{"Hotels": "Find"}},
		{System: []dst.Act{dst.MustAct("offer Hotels.name=Acorn House")}, SystemText: "What about the\nAcorn House?", Services: []string{"Hotels"},
			Hypotheses: []dst.Hypothesis{{Text: "its phone number", P: 0.7}, {Text: "it's a phone number", P: 0.2}}, Requested: []string{"Hotels.phone"}},
		{User: " #1 "},
	}}, {ID: "d2"}}))
	// Output:
	// == d1
	// user: a hotel in the centre
	//     holds: Hotels.area=centre | Hotels.area="city | centre"
	//     holds: want Hotels.Find
	// # bot says: What about the Acorn House?
	// bot: offer Hotels.name=Acorn House
	// services: Hotels
	// hear: 0.7 its phone number
	// hear: 0.2 it's a phone number
	//     lacks: Hotels.area
	//     holds: request Hotels.phone
	// bot:
	// user: " #1 "
	//     ...
	//
	// # dialogue d2 has no turns
}
