package dst_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
)

// orderSchema is an order that is confirmed before it is placed, with an
// address that only a delivery needs.
func orderSchema() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Slots: []dst.Slot{
			{Name: "size", Type: dst.OneOf("small", "large"), Ask: map[string]string{"en": "Small or large?"}},
			{Name: "delivery", Type: &dst.YesNo{Yes: "true", No: "false"}, Aliases: []string{"delivered"},
				Ask: map[string]string{"en": "Shall we deliver it?"}},
			{Name: "address", When: []dst.Condition{{Slot: "delivery", Op: dst.Eq, Value: "true"}},
				Ask: map[string]string{"en": "Where to?"}},
		},
		Intents: []dst.Intent{{Name: "order", Transactional: true, Required: []string{"size", "delivery", "address"}}},
	}}}
}

// A conditional slot is asked for only where its condition holds.
func ExampleSchema_Applies() {
	schema := orderSchema()
	tracker, _ := dst.NewTracker(schema, nil)
	state := dst.State{}.Apply(dst.MustAct("want order"), dst.MustAct("inform size=large"))
	for _, delivery := range []string{"true", "false", "true"} {
		state = state.Apply(dst.Act{Kind: dst.Inform, Slot: "delivery", Op: dst.Eq, Value: delivery})
		fmt.Printf("delivery=%s: address applies %t, next %s\n", delivery, schema.Applies(state, "address"), tracker.Next(state))
		state = state.Apply(dst.MustAct("inform address=12 Mill Lane")) // kept through the change to pickup and back
		fmt.Println("  acts on", schema.Effective(state).Flat())
	}
	// Output:
	// delivery=true: address applies true, next ask address
	//   acts on map[address:12 Mill Lane delivery:true size:large]
	// delivery=false: address applies false, next confirm order
	//   acts on map[delivery:false size:large]
	// delivery=true: address applies true, next confirm order
	//   acts on map[address:12 Mill Lane delivery:true size:large]
}

// Next asks for what is missing, has the order confirmed, voids the
// confirmation when a value changes, and then says to go ahead.
func ExampleTracker_Next() {
	tracker, _ := dst.NewTracker(orderSchema(), nil)
	state := dst.State{}.Apply(dst.MustAct("want order"))
	say := func() {
		next := tracker.Next(state)
		fmt.Printf("bot: %s %q\n", next, tracker.Prompt(state, next, "en"))
		state = state.Said(next)
	}
	say()
	for _, message := range []string{"hmm", "a large one", "no delivery", "no", "make it small", "yes"} {
		fmt.Println("user:", message)
		state, _, _ = tracker.Update(context.Background(), state, dst.Turn{User: message})
		say()
	}
	fmt.Println("open:", len(state.Intents))
	// Output:
	// bot: ask size "Small or large?"
	// user: hmm
	// bot: ask size "Small or large? For example: small or large."
	// user: a large one
	// bot: ask delivery "Shall we deliver it?"
	// user: no delivery
	// bot: confirm order "So we have size: large, delivery: no. Shall I go ahead?"
	// user: no
	// bot: ask "What should I change?"
	// user: make it small
	// bot: confirm order "So we have size: small, delivery: no. Shall I go ahead?"
	// user: yes
	// bot: do order ""
	// open: 0
}
