package session_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// A conversation that is kept: each message is a turn in the state that the last
// one left.
func Example() {
	schema := tables()
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		log.Fatal(err)
	}
	manager, err := session.New(session.NewMemory(), &session.Options{Schema: schema})
	if err != nil {
		log.Fatal(err)
	}
	answer := func(text string) session.Play {
		return func(ctx context.Context, c session.Conversation) (session.Answer, error) {
			state, decisions, err := tracker.Update(ctx, c.State, dst.Turn{User: text})
			if err != nil {
				return session.Answer{}, err
			}
			next := tracker.Next(state)
			after := state.Said(next)
			words := tracker.Prompt(after, next, "en")
			return session.Answer{State: after, Turn: tracker.Record(c.State, after, decisions, next), Reply: []byte(words)}, nil
		}
	}
	ann := session.Key{Tenant: "bistro", ID: "ann"}
	for i, text := range []string{"sushi, please", "4 people", "4 people"} {
		id := fmt.Sprint("message ", min(i, 1)) // the last one is the one before, sent again
		out, err := manager.Turn(context.Background(), ann, session.Message{ID: id, Size: len(text)}, answer(text))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(out.Seq, out.Again, out.Answer.State.Flat(), out.Turn.Said)
	}
	// Output:
	// 1 false map[food:sushi] [ask people]
	// 2 false map[food:sushi people:4] [offer]
	// 2 true map[food:sushi people:4] [offer]
}

// What a customer said days ago holds for as long as it is said to.
func ExampleLifetimes() {
	d := exampleDesk(session.Options{Schema: tables(), Lifetimes: session.Lifetimes{Slots: map[string]time.Duration{"time": 3 * time.Hour}}})
	d.mustSay("sushi for 4 people tomorrow at 8pm")
	d.clock.forward(5 * time.Hour)
	out := d.mustSay("are you there?")
	fmt.Println(out.Away, out.Dropped, out.Answer.State.Flat())
	// Output:
	// 5h0m0s [time=20:00 (too old)] map[date:2026-11-25 food:sushi people:4]
}
