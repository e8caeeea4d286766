package observe

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// shop sells two teas. Its clock ticks a millisecond each time it is read.
func shop(tb interface{ Fatal(...any) }) recommend.Config {
	g, err := kg.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	var facts []kg.Fact
	for id, price := range map[string]float64{"Snow Bud": 60, "Dragon Well": 120} {
		facts = append(facts, kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text("tea")}, kg.Fact{Subject: id, Predicate: "name@en", Object: kg.Text(id)},
			kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(price, "CNY")})
	}
	if err := g.Add(context.Background(), facts...); err != nil {
		tb.Fatal(err)
	}
	var mu sync.Mutex
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	return recommend.Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much"}, Type: &dst.Money{Currency: "CNY"}},
		}}}},
		Bindings: []recommend.Binding{{Kind: "tea", Show: []string{"price"}}},
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(time.Millisecond)
			return now
		},
	}
}

// logged runs one turn and returns what was logged, line by line.
func logged(t *testing.T, cfg recommend.Config, opts *Options, ctx context.Context, message string, parts ...recommend.Part) []map[string]any {
	t.Helper()
	var b bytes.Buffer
	cfg.Observer = Log(slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})), opts)
	a, err := recommend.New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, _, _ = a.Reply(ctx, dst.State{}, message, parts...) // the log says what went wrong
	var out []map[string]any
	for line := range strings.Lines(b.String()) {
		m := map[string]any{}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, m)
	}
	return out
}

type broken struct{ err error }

func (b broken) Generate(context.Context, recommend.Request, func(recommend.Chunk) error) (recommend.Response, error) {
	return recommend.Response{}, b.err
}

func TestLevels(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	for _, x := range []struct {
		name, want string
		change     func(*recommend.Config)
		parts      []recommend.Part
		ctx        context.Context
	}{
		{name: "well", want: "INFO"},
		{name: "fallback", want: "WARN", change: func(c *recommend.Config) { c.Generator = broken{errors.New("overloaded")} }},
		{name: "a part", want: "WARN", parts: []recommend.Part{recommend.ImageURL("https://example.com/a.png")}},
		{name: "failed", want: "ERROR", change: func(c *recommend.Config) { c.Graph.Close() }},
		{name: "given up", want: "WARN", ctx: cancelled, change: func(c *recommend.Config) { c.Transcriber = canceller{cancel} }, parts: []recommend.Part{recommend.Audio("audio/wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt "))}},
	} {
		t.Run(x.name, func(t *testing.T) {
			cfg := shop(t)
			closing := x.name == "failed"
			if x.change != nil && !closing {
				x.change(&cfg)
			}
			ctx := x.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			if closing { // the graph fails in the midst of the turn
				cfg.Transcriber = closer{cfg.Graph}
				x.parts = []recommend.Part{recommend.Audio("audio/wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt "))}
			}
			got := logged(t, cfg, nil, ctx, "how much is the Snow Bud?", x.parts...)
			if len(got) != 1 || got[0]["level"] != x.want || got[0]["msg"] != "turn" {
				t.Errorf("logged %v, want one record of level %s", got, x.want)
			}
		})
	}
}

// canceller gives up the turn, as a user does who goes away.
type canceller struct{ cancel func() }

func (c canceller) Transcribe(ctx context.Context, _ recommend.Part, _ recommend.TranscribeHint) ([]recommend.Transcript, error) {
	c.cancel()
	<-ctx.Done()
	return nil, ctx.Err()
}

// closer closes the graph under the turn.
type closer struct{ g *kg.Graph }

func (c closer) Transcribe(context.Context, recommend.Part, recommend.TranscribeHint) ([]recommend.Transcript, error) {
	return nil, c.g.Close()
}

func TestTextIsOptional(t *testing.T) {
	for _, opts := range []*Options{nil, {Trace: true}, {Stages: true}} {
		all, _ := json.Marshal(logged(t, shop(t), opts, context.Background(), "how much is the Snow Bud?"))
		if strings.Contains(string(all), "Snow") || strings.Contains(string(all), "how much") || strings.Contains(string(all), "=60") || strings.Contains(string(all), "¥60") {
			t.Errorf("%+v: the log tells what was said: %s", opts, all)
		}
	}
	got := logged(t, shop(t), &Options{Text: true, Trace: true}, context.Background(), "how much is the Snow Bud?")[0]
	if got["user"] != "how much is the Snow Bud?" || got["text"] != "The price of Snow Bud is ¥60." || got["said"] != "inform price=60" || got["trace"].(map[string]any)["text"] != got["text"] {
		t.Errorf("%v", got)
	}
}

func TestStages(t *testing.T) {
	got := logged(t, shop(t), &Options{Stages: true}, context.Background(), "a tea under 100")
	var stages []string
	for _, m := range got[:len(got)-1] {
		stages = append(stages, m["stage"].(string))
	}
	if want := "track understand query decide word"; strings.Join(stages, " ") != want {
		t.Errorf("stages %v, want %s", stages, want)
	}
}

func TestParallelTurns(t *testing.T) {
	cfg := shop(t)
	var b bytes.Buffer
	cfg.Observer = Log(slog.New(slog.NewTextHandler(&b, nil)), nil)
	a, err := recommend.New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, _, err := a.Reply(context.Background(), dst.State{}, "a tea under 100"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := strings.Count(b.String(), "msg=turn"); n != 8 {
		t.Errorf("%d records", n)
	}
}

// fatal ends an example that cannot go on.
type fatal struct{}

func (fatal) Fatal(args ...any) { panic(args) }

func ExampleLog() {
	cfg := shop(fatal{})
	timeless := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Value.Kind() == slog.KindDuration {
			return slog.Attr{}
		}
		return a
	}
	cfg.Observer = Log(slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: timeless})), nil)
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		panic(err)
	}
	_, _, err = agent.Reply(context.Background(), dst.State{}, "a tea under 100")
	if err != nil {
		panic(err)
	}
	// Output:
	// level=INFO msg=turn lang=en least_p=0.615 understood="inform price<=…" rules=search queries=1 hits=1 steps=offer said="offer name=…" generator=template
}
