package dst_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// annotated is what a developer would have in a file: dialogues, one a line.
func annotated() string {
	var b strings.Builder
	for i, name := range strings.Fields("Ann Bob Carol Dave Erin Frank Grace Heidi Ivan Judy Ken Lena Mia Noah Olga Pete Quinn Rosa Sam Tess") {
		size := []string{"small", "large"}[i%2]
		fmt.Fprintf(&b, `{"id":"d%d","turns":[{"user":"a %s cake, put it under %s","state":{"size":[%[2]q],"name":[%[3]q]}}]}`+"\n", i, size, name)
	}
	return b.String()
}

// Twenty dialogues teach a tracker how customers of this bakery give their names.
func ExampleTracker_Fit() {
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "size", Type: dst.OneOf("small", "large")},
		{Name: "name", Description: "who will fetch it"},
	}}}}
	before, err := dst.NewTracker(schema, nil)
	if err != nil {
		panic(err)
	}
	lessons, err := dst.ReadDialogues(strings.NewReader(annotated()), schema)
	if err != nil {
		panic(err)
	}
	learned, err := before.Fit(context.Background(), lessons, nil) // learned.WriteTo saves it, ReadWeights loads it
	if err != nil {
		panic(err)
	}
	after, err := dst.NewTracker(schema, &dst.TrackerOptions{Fitted: learned})
	if err != nil {
		panic(err)
	}
	turn := dst.Turn{User: "a large cake, put it under Zoe"}
	for _, tracker := range []*dst.Tracker{before, after} {
		state, _, err := tracker.Update(context.Background(), dst.State{}, turn)
		fmt.Println(state.Flat(), err)
	}
	// Output:
	// map[size:large] <nil>
	// map[name:Zoe size:large] <nil>
}
