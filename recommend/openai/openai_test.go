package openai_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/openai"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

const (
	question = "how much is Snow Bud?"
	good     = "Snow Bud costs ¥60."
)

// hang answers nothing until the client has gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// stall streams half an answer and then nothing.
func stall(w http.ResponseWriter, r *http.Request) {
	streams("", false, "Snow Bud ")(w, r)
	<-r.Context().Done()
}

// cut closes the connection in the middle of an answer.
func cut(w http.ResponseWriter, r *http.Request) {
	streams("", false, "Snow Bud ")(w, r)
	panic(http.ErrAbortHandler)
}

const whole = `{"choices":[{"index":0,"message":{"role":"assistant","content":"Snow Bud costs ¥60."},"finish_reason":"stop"}],"error":null,"usage":{"prompt_tokens":300,"completion_tokens":20}}`

// TestServers has an agent work with servers good and bad. Each gives a useful
// reply, and the trace says what went wrong.
func TestServers(t *testing.T) {
	cases := []struct {
		name   string
		answer http.HandlerFunc
		cause  string // "" if the model words the reply
	}{
		{"stream", streams("stop", true, "Snow ", "Bud costs", " ¥60."), ""},
		{"no usage", streams("stop", false, good), ""},
		{"thinking", streams("stop", true, "<thi", "nk>hm</think>", "\n", good), ""},
		{"in one piece", says("application/json", whole), ""},
		{"comments", says("text/event-stream", ": ping\n\ndata: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Snow Bud costs ¥60.\"},\"finish_reason\":\"stop\"}]}\n\n"), ""},
		{"500", fails(500, "", "boom"), "server error (status 500): boom"},
		{"503 page", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "<html>gateway</html>", http.StatusServiceUnavailable)
		}, "server error (status 503)"},
		{"rate limit", fails(429, "rate_limit_exceeded", "slow down", "Retry-After", "7"), "rate limited (status 429), try again after 7s: slow down"},
		{"quota", fails(429, "insufficient_quota", "pay first"), "key refused (status 429): its quota is used up"},
		{"bad key", fails(401, "invalid_api_key", "Incorrect API key provided: "+key), "key refused (status 401)"},
		{"no such model", fails(404, "model_not_found", "no model tiny for "+key), "request refused (status 404): no model tiny for ***"},
		{"filter", streams("content_filter", true, "Snow"), "answer refused"},
		{"length", streams("length", true, "Snow Bud"), "cut off: the answer has as many tokens as it may have"},
		{"half", streams("", false, "Snow Bud costs "), "cut off: the stream ended in the middle"},
		{"lost", cut, "cut off: the connection was lost in the middle"},
		{"empty", streams("stop", true), "unusable answer: the answer is empty"},
		{"nothing", says("text/event-stream", ""), "unusable answer: the server sent no answer"},
		{"no JSON in the stream", says("text/event-stream", "data: Snow Bud\n\n"), "unusable answer"},
		{"an error in the stream", says("text/event-stream", "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"), "server error"},
		{"a page", says("text/html; charset=utf-8", "<html>Log in</html>"), "unusable answer (status 200): the server sent text/html"},
		{"null", says("application/json", "null"), "unusable answer"},
		{"strange choices", says("application/json", `{"choices":7}`), "unusable answer"},
		{"an error with status 200", says("application/json", `{"error":{"message":"overloaded"}}`), "server error"},
		{"hang", hang, "timed out"},
		{"stall", stall, "timed out"},
		{"wrong language", streams("stop", true, "雪芽这款绿茶的价格是六十元，很划算。"), "wrong language: the text is in Chinese"},
		{"rubbish", streams("stop", true, "Snow Bud costs ¥99."), "99"},
	}
	for _, x := range cases {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			a := agent(t, client(t, serve(t, x.answer), openai.Options{}))
			for _, each := range []func(recommend.Chunk) error{nil, func(recommend.Chunk) error { return nil }} {
				r, _, err := a.Stream(context.Background(), dst.State{}, question, each)
				switch {
				case err != nil:
					t.Fatal(err)
				case !strings.Contains(r.Text, "Snow Bud") || !strings.Contains(r.Text, "¥60"):
					t.Errorf("reply %q, %s", r.Text, r.Trace)
				case x.cause == "" && (r.Text != good || r.Trace.Fallback != "" || r.Trace.Generator != "tiny"):
					t.Errorf("reply %q, %s", r.Text, r.Trace)
				case !strings.Contains(r.Trace.Fallback, x.cause):
					t.Errorf("because %q, want %q", r.Trace.Fallback, x.cause)
				}
				if s := fmt.Sprintf("%+v", r); strings.Contains(s, key) {
					t.Errorf("the reply holds the key: %s", s)
				}
			}
		})
	}
}

// TestWrapped has the cause in the trace, too, where a generator within the
// configured one stands in.
func TestWrapped(t *testing.T) {
	c := client(t, serve(t, fails(500, "", "boom")), openai.Options{})
	r, _, err := agent(t, wrap.Fallback(wrap.Retry(c, wrap.RetryOptions{Base: time.Millisecond}), recommend.Template{})).Reply(context.Background(), dst.State{}, question)
	if err != nil || !strings.Contains(r.Text, "¥60") || r.Trace.Generator != "template" || r.Trace.Fallback != "server error (status 500): boom" {
		t.Errorf("%q, %v, %s", r.Text, err, r.Trace)
	}
}

// TestRequestSent checks what goes over the wire.
func TestRequestSent(t *testing.T) {
	s := serve(t, streams("stop", true, `{"text": "Snow Bud costs ¥60.", "facts": ["f1"]}`))
	zero := 0.0
	c := client(t, s, openai.Options{Temperature: &zero, MaxTokens: 99, Structured: true, Header: http.Header{"X-Shop": {"tea"}}})
	r, _, err := agent(t, c).Reply(context.Background(), dst.State{}, question)
	if err != nil || r.Text != good || r.Trace.Usage[recommend.TokensIn] != 300 || r.Trace.Usage[recommend.TokensOut] != 20 {
		t.Fatalf("%q, %v, %s", r.Text, err, r.Trace)
	}
	body := s.sent(0)
	format, _ := body["response_format"].(map[string]any)
	if body["model"] != "tiny" || body["stream"] != true || body["max_tokens"] != 99.0 || body["temperature"] != 0.0 || format["type"] != "json_object" {
		t.Errorf("sent %v", body)
	}
	messages, _ := body["messages"].([]any)
	if len(messages) != 2 || !strings.Contains(fmt.Sprint(messages[1]), `"how much is Snow Bud?"`) {
		t.Errorf("messages %v", messages)
	}
	if h := s.header[0]; h.Get("Authorization") != "Bearer "+key || h.Get("X-Shop") != "tea" {
		t.Errorf("header %v", h)
	}
}

// TestParametersNotTaken leaves out what a server refuses, and remembers it.
func TestParametersNotTaken(t *testing.T) {
	var s *server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := s.sent(len(s.bodies) - 1)
		for _, name := range []string{"stream_options", "response_format", "temperature", "max_tokens"} {
			if body[name] != nil {
				fails(400, "unsupported_parameter", "Unsupported parameter: '"+name+"'.")(w, r)
				return
			}
		}
		streams("stop", false, `{"text": "Snow Bud costs ¥60."}`)(w, r)
	})
	half := 0.5
	a := agent(t, client(t, s, openai.Options{Structured: true, Temperature: &half, MaxTokens: 50}))
	for i, requests := range []int{5, 6} {
		r, _, err := a.Reply(context.Background(), dst.State{}, question)
		if err != nil || r.Text != good || len(s.bodies) != requests {
			t.Fatalf("%d: %q after %d requests, %v, %s", i, r.Text, len(s.bodies), err, r.Trace)
		}
	}
	if last := s.sent(5); last["max_completion_tokens"] != 50.0 {
		t.Errorf("sent %v", last)
	}
	s = serve(t, fails(400, "", "bad request"))
	if r, _, err := agent(t, client(t, s, openai.Options{})).Reply(context.Background(), dst.State{}, question); err != nil || len(s.bodies) != 1 || !strings.Contains(r.Trace.Fallback, "request refused (status 400): bad request") {
		t.Errorf("%d requests, %v, %s", len(s.bodies), err, r.Trace)
	}
}

func TestRepairOverTheWire(t *testing.T) {
	var s *server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if len(s.bodies) == 1 {
			streams("stop", true, "no object")(w, r)
			return
		}
		streams("stop", true, `{"text": "Snow Bud costs ¥60."}`)(w, r)
	})
	r, _, err := agent(t, client(t, s, openai.Options{Structured: true})).Reply(context.Background(), dst.State{}, question)
	if err != nil || r.Text != good || r.Trace.Usage[recommend.TokensIn] != 600 {
		t.Errorf("%q, %v, %s", r.Text, err, r.Trace)
	}
}

func TestComplete(t *testing.T) {
	chat := recommend.Chat{Messages: []recommend.Message{{Role: recommend.RoleUser, Text: "hi"}}}
	gone := errors.New("gone")
	c := client(t, serve(t, streams("stop", true, "a", "b")), openai.Options{})
	if _, err := c.Complete(context.Background(), chat, func(string) error { return gone }); err != gone {
		t.Errorf("error %v", err)
	}
	if out, err := c.Complete(context.Background(), chat, nil); err != nil || out.Text != "ab" {
		t.Errorf("%+v, %v", out, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Complete(ctx, chat, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	slow := client(t, serve(t, hang), openai.Options{HTTPClient: &http.Client{Timeout: 20 * time.Millisecond}})
	var f *recommend.Failure
	if _, err := slow.Complete(context.Background(), chat, nil); !errors.As(err, &f) || f.Cause != recommend.CauseTimeout {
		t.Errorf("error %v", err)
	}
	closed := serve(t, hang)
	closed.Close()
	if _, err := client(t, closed, openai.Options{}).Complete(context.Background(), chat, nil); !errors.As(err, &f) || f.Cause != recommend.CauseNetwork || strings.Contains(err.Error(), "/v1") {
		t.Errorf("error %v", err)
	}
	late := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	if _, err := client(t, serve(t, fails(503, "", "", "Retry-After", late)), openai.Options{}).Complete(context.Background(), chat, nil); !errors.As(err, &f) || f.RetryAfter < 50*time.Minute {
		t.Errorf("error %v", err)
	}
	if strings.Contains(fmt.Sprintf("%v %+v %#v", f, f, f), key) {
		t.Error("the key stands in an error")
	}
}

func TestNew(t *testing.T) {
	for _, o := range []openai.Options{
		{}, {Model: "m", BaseURL: "localhost:11434"}, {Model: "m", BaseURL: "ftp://x"}, {Model: "m", BaseURL: "http://u:p@x/v1"},
		{Model: "m", Key: "a b"}, {Model: "m", MaxTokens: -1}, {Model: "m", BaseURL: "http://[::1"},
	} {
		if _, err := openai.New(o); err == nil || strings.Contains(err.Error(), "u:p") {
			t.Errorf("%+v: error %v", o, err)
		}
	}
	t.Setenv("OPENAI_API_KEY", "sk-of-the-environment")
	s := serve(t, streams("stop", true, "hi"))
	c, err := openai.New(openai.Options{BaseURL: s.URL + "/v1/", Model: "m"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Complete(context.Background(), recommend.Chat{Messages: []recommend.Message{{Role: recommend.RoleUser, Text: "hi"}}}, nil); err != nil || s.header[0].Get("Authorization") != "" {
		t.Errorf("%v, header %v", err, s.header)
	}
}
