// Command slots takes a pizza order from what a customer writes, in English and
// in Chinese, with package dst alone: no model, no training, no data.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// An Order is the schema: its fields are the slots, their tags say what is to
// be known, in which words customers say it, and how to ask for it.
type Order struct {
	Size     string    `slot:"size,required" values:"small=小号|小份,medium=中号|中份,large=大号|大份" ask:"What size?" ask_zh:"要多大的？"`
	Toppings []string  `values:"mushroom=蘑菇,ham=火腿,olive=橄榄,onion=洋葱" alias:"配料"`
	Crust    string    `values:"thin=薄底,thick=deep pan|厚底" alias:"饼底"`
	Quantity int       `alias:"pizzas|个|份|数量"`
	Price    float64   `kind:"money" unit:"CNY" alias:"budget|预算"`
	Day      time.Time `slot:"day,required" ask:"For which day?" ask_zh:"哪天要？"`
	Time     string    `slot:"time,required" kind:"time" ask:"At what time?" ask_zh:"几点要？"`
	Address  string    `slot:"address,required" ask:"Where shall we bring it?" ask_zh:"送到哪里？"`
}

// talks are what two customers write, with the language that each writes in.
var talks = []struct {
	lang     string
	messages []string
}{
	{"en", []string{"Two pizzas with mushrooms and olives, no onions please", "large, or rather medium",
		"at most 90 yuan, for tomorrow at half past seven in the evening", "12 Mill Lane, second floor"}},
	{"zh", []string{"来个大号薄底披萨，加火腿，不要洋葱", "后天晚上七点", "改成中号，预算八十左右", "中山路12号3楼"}},
}

func main() {
	if err := run(context.Background(), os.Stdout, time.Now); err != nil {
		log.Fatal(err)
	}
}

// run tracks the talks. It writes what is known after each message, then the
// bot's next act and its question, and at last the order.
func run(ctx context.Context, w io.Writer, now func() time.Time) error {
	schema, err := dst.For[Order]()
	if err != nil {
		return err
	}
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: now})
	if err != nil {
		return err
	}
	for _, talk := range talks {
		var state dst.State // the start of a conversation
		for _, message := range talk.messages {
			if state, _, err = tracker.Update(ctx, state, dst.Turn{User: message}); err != nil {
				return err
			}
			fmt.Fprintf(w, "> %s\n ", message)
			for _, c := range state.Constraints {
				fmt.Fprintf(w, " %s%s%s", c.Slot, c.Op, c.Value)
			}
			next := tracker.Next(state)
			slot, _ := schema.Slot(next.Slot)
			fmt.Fprintf(w, "\n  %s: %s\n", next, cmp.Or(slot.Ask[talk.lang], "all is known"))
			state = state.Said(next)
		}
		var order Order // takes what is certain; a bound such as price<=90 stays in the state
		if err := state.Decode(&order); err != nil {
			return err
		}
		fmt.Fprintf(w, "%+v\n\n", order)
	}
	return nil
}
