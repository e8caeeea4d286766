package anthropic_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/anthropic"
)

func ExampleNew() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { // in the place of Anthropic's
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, streams("end_turn", "Snow Bud ", "is ¥60."))
	}))
	defer server.Close()
	model, err := anthropic.New(anthropic.Options{BaseURL: server.URL, Key: "sk-ant-…", Model: "claude-haiku-4-5"})
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := model.Generate(context.Background(), recommend.Request{
		Lang: "en", User: "how much is the second one?",
		Steps: []recommend.Step{{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{{ID: "f1", Value: "¥60"}}}},
		Facts: []recommend.Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}},
	}, nil)
	fmt.Println(out.Text, out.Name, err)
	// Output: Snow Bud is ¥60. claude-haiku-4-5 <nil>
}
