package recommend_test

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// The customer and the program have an e-mail address that a schema calls
// Sensitive; the model, the trace and whoever else is shown the reply have not.
func ExampleReply_Masked() {
	graph, err := kg.New(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer graph.Close()
	ctx := context.Background()
	if err := graph.Add(ctx, kg.Fact{Subject: "t1", Predicate: "kind", Object: kg.Text("tea")}, kg.Fact{Subject: "t1", Predicate: "name", Object: kg.Text("Snow Bud")}); err != nil {
		fmt.Println(err)
		return
	}
	model := &recommend.Fake{}
	agent, err := recommend.New(ctx, recommend.Config{
		Graph: graph,
		Schema: dst.Schema{Services: []dst.Service{{
			Slots: []dst.Slot{
				{Name: "name", Names: true, Ask: map[string]string{"en": "Which tea?"}},
				{Name: "mail", Type: &dst.Email{}, Sensitive: true, Ask: map[string]string{"en": "Where shall we write to?"}},
			},
			Intents: []dst.Intent{{Name: "order", Transactional: true, Required: []string{"name", "mail"}}},
		}}},
		Bindings:  []recommend.Binding{{Kind: "tea", Slots: map[string]string{"mail": ""}}},
		Generator: model,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	state := dst.State{}.Apply(dst.MustAct("want order"), dst.MustAct("inform name=Snow Bud"))
	reply, state, err := agent.Reply(ctx, state, "write to ann@example.com")
	if err != nil {
		fmt.Println(err)
		return
	}
	mail, _ := state.Get("mail")
	fmt.Println(reply.Text)
	fmt.Println("to others:", reply.Masked().Text)
	fmt.Println("the trace:", reply.Trace.User, reply.Trace.Decisions[0].Act)
	fmt.Println("the model:", len(model.Requests()), "requests")
	fmt.Println("the program:", mail)
	// Output:
	// So we have name: Snow Bud, mail: ann@example.com. Shall I go ahead?
	// to others: So we have name: Snow Bud, mail: •••. Shall I go ahead?
	// the trace: write to ••• inform mail=•••
	// the model: 0 requests
	// the program: ann@example.com
}
