package openai_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/openai"
)

// server behaves like an OpenAI-compatible one, well or badly, and keeps what
// it was sent.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []map[string]any
	header []http.Header
}

func serve(t testing.TB, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		body := map[string]any{}
		if r.Header.Get("Content-Type") == "application/json" && json.Unmarshal(b, &body) != nil {
			t.Errorf("the request is no JSON: %s", b)
		}
		s.mu.Lock()
		s.bodies, s.header = append(s.bodies, body), append(s.header, r.Header)
		s.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(b))
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) sent(i int) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bodies[i]
}

// streams answers as OpenAI does; without finish it just ends.
func streams(finish string, usage bool, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, p := range pieces {
			event(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": p}}}})
		}
		if finish == "" {
			return
		}
		event(w, map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": finish}}})
		if usage {
			event(w, map[string]any{"choices": []any{}, "usage": map[string]any{"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320}})
		}
		fmt.Fprint(w, "data: [DONE]\n\n")
	}
}

func event(w http.ResponseWriter, v any) {
	b, _ := json.Marshal(v)
	fmt.Fprintf(w, "data: %s\n\n", b)
	w.(http.Flusher).Flush()
}

// fails answers with a status and an error as OpenAI words it.
func fails(status int, code, message string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		b, _ := json.Marshal(map[string]any{"error": map[string]any{"message": message, "code": code, "type": "some_error"}})
		w.Write(b)
	}
}

func says(kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, body)
	}
}

const key = "sk-very-secret-0123456789"

func client(t testing.TB, s *server, o openai.Options) *openai.Client {
	t.Helper()
	o.BaseURL, o.Key, o.Model = s.URL+"/v1", key, "tiny"
	c, err := openai.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// teas is the configuration of a shop that sells three teas.
func teas() (recommend.Config, error) {
	graph, err := kg.New(nil)
	if err != nil {
		return recommend.Config{}, err
	}
	var facts []kg.Fact
	for _, tea := range []struct {
		id, en, zh, sort string
		price            float64
	}{{"t1", "Dragon Well", "龙井", "green", 120}, {"t2", "Iron Goddess", "铁观音", "oolong", 90}, {"t3", "Snow Bud", "雪芽", "green", 60}} {
		add := func(p string, v kg.Value) { facts = append(facts, kg.Fact{Subject: tea.id, Predicate: p, Object: v}) }
		add("kind", kg.Text("tea"))
		add("name@en", kg.Text(tea.en))
		add("name@zh", kg.Text(tea.zh))
		add("sort", kg.Text(tea.sort))
		add("price", kg.Num(tea.price, "CNY"))
	}
	return recommend.Config{
		Graph: graph, Timeout: 700 * time.Millisecond,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much", "价格"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "sort", Aliases: []string{"品种"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "green", Labels: map[string]string{"en": "green tea", "zh": "绿茶"}},
				{Value: "oolong", Labels: map[string]string{"en": "oolong", "zh": "乌龙茶"}},
			}}},
		}}}},
		Bindings: []recommend.Binding{{Kind: "tea", Show: []string{"price"}, Order: []kg.Order{{Predicate: "price"}}}},
	}, graph.Add(context.Background(), facts...)
}

// agent sells teas with a model.
func agent(t testing.TB, g recommend.Generator) *recommend.Agent {
	t.Helper()
	cfg, err := teas()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cfg.Graph.Close() })
	cfg.Generator = g
	a, err := recommend.New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
