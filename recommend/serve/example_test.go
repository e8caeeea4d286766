package serve_test

import (
	"context"
	"fmt"
	"log"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend/serve"
)

// A message that comes again, because the sender did not hear of the answer, has
// the same answer and counts once.
func Example() {
	agent := teaAgent()
	manager, err := session.New(session.NewMemory(), &session.Options{Schema: agent.Schema()})
	if err != nil {
		log.Fatal(err)
	}
	service, err := serve.New(agent, manager, nil)
	if err != nil {
		log.Fatal(err)
	}
	key := session.Key{Tenant: "teas", ID: "web-41"}
	for _, msg := range []serve.Message{
		{ID: "m1", User: "ann", Text: "I want a floral tea"},
		{ID: "m1", User: "ann", Text: "I want a floral tea"},
		{ID: "m2", User: "ann", Text: "第一款多少钱？"},
	} {
		reply, err := service.Reply(context.Background(), key, msg, nil)
		if err != nil {
			fmt.Println(serve.Words(err, "en"))
			return
		}
		fmt.Println(reply.Seq, reply.Again, reply.Text)
	}
	// Output:
	// 1 false Here is what fits:
	// 1. Snow Bud: price ¥90, taste floral
	// 2. Honey Leaf: price ¥120, taste floral
	// 1 true Here is what fits:
	// 1. Snow Bud: price ¥90, taste floral
	// 2. Honey Leaf: price ¥120, taste floral
	// 2 false Snow Bud：价格90元。
}
