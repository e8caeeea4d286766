package dst_test

import (
	"context"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A custom schema, from struct tags to the developer's own struct.
func Example() {
	type Trip struct {
		From   string    `values:"Beijing=北京,Shanghai=上海,Paris=巴黎" role:"from" slot:"from,required" ask:"Where from?" ask_zh:"从哪里出发？"`
		To     string    `values:"Beijing=北京,Shanghai=上海,Paris=巴黎" role:"to" slot:"to,required" ask:"Where to?" ask_zh:"去哪里？"`
		Date   time.Time `slot:"date,required" ask:"On which day?" ask_zh:"哪天出发？"`
		Seat   string    `values:"window=靠窗,aisle=过道"`
		Budget float64   `kind:"money" unit:"CNY" alias:"fare|票价"`
	}
	schema, err := dst.For[Trip]()
	if err != nil {
		panic(err)
	}
	monday := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: monday})
	if err != nil {
		panic(err)
	}
	var state dst.State
	for _, line := range []string{"from Shanghai to Paris, not on the aisle", "后天，票价三千以内", "no, from Beijing"} {
		state, _, err = tracker.Update(context.Background(), state, dst.Turn{User: line})
		if err != nil {
			panic(err)
		}
		for _, c := range state.Constraints {
			fmt.Print(c.Slot, c.Op, c.Value, " ")
		}
		fmt.Println("→", tracker.Next(state))
	}
	var trip Trip
	if err := state.Decode(&trip); err != nil {
		panic(err)
	}
	fmt.Println(trip.From, trip.To, trip.Date.Format(time.DateOnly))
	// Output:
	// from=Shanghai seat!=aisle to=Paris → ask date
	// budget<=3000 date=2026-11-25 from=Shanghai seat!=aisle to=Paris → offer
	// budget<=3000 date=2026-11-25 from=Beijing seat!=aisle to=Paris → offer
	// Beijing Paris 2026-11-25
}

// A state is the fold of acts; no tracker is needed for it.
func ExampleState_Apply() {
	acts, _ := dst.ParseActs("want buy; inform price<=900; inform brand!=Lenovo; inform price>=500")
	fmt.Println(dst.State{}.Apply(acts...).Flat())
	// Output: map[price:500-900]
}

// Each decision says what it rests on.
func ExampleTracker_Update() {
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "price", Type: &dst.Money{Currency: "CNY"}},
		{Name: "colour", Type: dst.OneOf("red", "black")},
	}}}}
	tracker, _ := dst.NewTracker(schema, nil)
	_, decisions, _ := tracker.Update(context.Background(), dst.State{}, dst.Turn{User: "not red, at most 300 yuan"})
	for _, d := range decisions {
		fmt.Printf("%s from %q\n", d.Act, d.Evidence.Text)
	}
	// Output:
	// inform colour!=red from "red"
	// inform price<=300 from "300 yuan"
}
