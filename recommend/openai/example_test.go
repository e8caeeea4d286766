package openai_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/openai"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

// A server in the place of a model's: Ollama listens at
// http://localhost:11434/v1, DeepSeek at https://api.deepseek.com/v1, Qwen at
// https://dashscope.aliyuncs.com/compatible-mode/v1.
func modelServer() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, piece := range []string{"Snow Bud ", "costs ¥60."} {
			fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":%q}}]}\n\n", piece)
		}
		fmt.Fprint(w, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}))
}

// An agent with a model, and with what a model needs around it. Where the model
// fails all the same, the template answers, and the trace says why.
func Example() {
	server := modelServer()
	defer server.Close()
	ctx := context.Background()
	model, err := openai.New(openai.Options{BaseURL: server.URL + "/v1", Model: "qwen3:4b", MaxTokens: 500})
	if err != nil {
		fmt.Println(err)
		return
	}
	patient := wrap.Retry(wrap.Timeout(model, wrap.Limits{First: 3 * time.Second, Gap: time.Second}), wrap.RetryOptions{Attempts: 2})
	cfg, err := teas()
	if err != nil {
		fmt.Println(err)
		return
	}
	cfg.Generator = wrap.NewCache(wrap.NewBudget(patient, wrap.BudgetOptions{Tokens: 50_000}), wrap.CacheOptions{})
	agent, err := recommend.New(ctx, cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, _, err := agent.Stream(recommend.WithSession(ctx, "customer 7"), dst.State{}, "how much is Snow Bud?", func(c recommend.Chunk) error {
		_, err := fmt.Print(c.Text, "|")
		return err
	})
	fmt.Println(reply.Trace.Generator, reply.Trace.Fallback, err)
	// Output: Snow Bud costs ¥60.|qwen3:4b  <nil>
}

func ExampleNew() {
	server := modelServer()
	defer server.Close()
	model, err := openai.New(openai.Options{BaseURL: server.URL + "/v1", Model: "qwen3:4b"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fact := recommend.Fact{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}
	out, err := model.Generate(context.Background(), recommend.Request{
		Lang: "en", User: "how much is the second one?", Facts: []recommend.Fact{fact},
		Steps: []recommend.Step{{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{fact}}},
	}, nil)
	fmt.Println(out.Text, out.Name, err)
	// Output: Snow Bud costs ¥60. qwen3:4b <nil>
}
