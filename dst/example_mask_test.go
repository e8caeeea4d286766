package dst_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
)

// A visit is booked with what is nobody else's business.
type visit struct {
	Kind string `values:"checkup=check-up|体检,vaccine=shot|疫苗"`
	Mail string `slot:"mail,sensitive" kind:"email" ask:"Where shall we write to?" ask_zh:"您的邮箱是？"`
}

// What is sensitive is masked before it is logged; the state keeps it, for it
// is needed.
func ExampleSchema_Mask() {
	schema, err := dst.For[visit]()
	if err != nil {
		fmt.Println(err)
		return
	}
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	state := dst.State{}
	for _, message := range []string{"a check-up, and write to ann@example.com", "不对，是 bob@example.com"} {
		next, decisions, err := tracker.Update(ctx, state, dst.Turn{User: message})
		if err != nil {
			fmt.Println(err)
			return
		}
		mask := schema.Mask(state, next).Heard(message, decisions)
		shown, safe := mask.Turn(message, decisions)
		fmt.Println(shown)
		for _, d := range safe {
			fmt.Printf("  %s, from %q\n", d.Act, shown[d.Evidence.Start:d.Evidence.End])
		}
		state = next
	}
	mail, _ := state.Get("mail")
	fmt.Println("the state:", mail)
	fmt.Println("the log:", schema.Mask(state).State(state).Constraints[1].Value)
	// Output:
	// a check-up, and write to •••
	//   inform kind=checkup, from "check-up"
	//   inform mail=•••, from "•••"
	// 不对，是 •••
	//   inform mail=•••, from "•••"
	// the state: bob@example.com
	// the log: •••
}
