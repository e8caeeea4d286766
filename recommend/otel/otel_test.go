package otel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// shop sells two teas.
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
	return recommend.Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much"}, Type: &dst.Money{Currency: "CNY"}},
		}}}},
		Bindings: []recommend.Binding{{Kind: "tea", Show: []string{"price"}}},
	}
}

// watched runs a turn and returns its spans and its metrics.
func watched(tb interface{ Fatal(...any) }, cfg recommend.Config, ctx context.Context, message string, parts ...recommend.Part) (tracetest.SpanStubs, metricdata.ResourceMetrics) {
	spans := tracetest.NewInMemoryExporter()
	tracer := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	reader := sdkmetric.NewManualReader()
	var err error
	cfg.Observer, err = New(&Options{Tracer: tracer, Meter: sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)), Provider: "openai", Model: "small"})
	if err != nil {
		tb.Fatal(err)
	}
	a, err := recommend.New(context.Background(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	_, _, _ = a.Reply(ctx, dst.State{}, message, parts...) // the spans say what went wrong
	var metrics metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &metrics); err != nil {
		tb.Fatal(err)
	}
	return spans.GetSpans(), metrics
}

// tree draws spans below their parents, as they began, with their attributes.
func tree(spans tracetest.SpanStubs) string {
	slices.SortStableFunc(spans, func(a, b tracetest.SpanStub) int { return a.StartTime.Compare(b.StartTime) })
	var b strings.Builder
	var draw func(parent trace.SpanID, depth int)
	draw = func(parent trace.SpanID, depth int) {
		for _, s := range spans {
			if s.Parent.SpanID() != parent {
				continue
			}
			attrs := slices.Clone(s.Attributes)
			slices.SortFunc(attrs, func(a, b attribute.KeyValue) int { return cmp.Compare(a.Key, b.Key) })
			fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), s.Name)
			if s.SpanKind == trace.SpanKindClient {
				b.WriteString(" (client)")
			}
			for _, a := range attrs {
				fmt.Fprintf(&b, " %s=%s", strings.TrimPrefix(string(a.Key), "slotgraph."), a.Value.String())
			}
			if s.Status.Code == codes.Error {
				fmt.Fprintf(&b, ": %s", s.Status.Description)
			}
			b.WriteByte('\n')
			draw(s.SpanContext.SpanID(), depth+1)
		}
	}
	draw(trace.SpanID{}, 0)
	return b.String()
}

// model words requests as the template does and counts its tokens.
type model struct{}

func (model) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	out, err := recommend.Template{}.Generate(ctx, r, each)
	out.Name, out.Usage = "small-2026", map[string]int{recommend.TokensIn: 90, recommend.TokensOut: 12}
	return out, err
}

var wav = recommend.Audio("audio/wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt "))

func TestSpanTree(t *testing.T) {
	cfg := shop(t)
	cfg.Generator = model{}
	cfg.Transcriber = &recommend.FakeTranscriber{Script: []recommend.FakeTranscript{recommend.Hears("a tea under 100")}}
	cfg.Describer = &recommend.FakeDescriber{Script: []recommend.FakeDescription{{Err: &recommend.Failure{Cause: recommend.CauseLimited}}}}
	spans, _ := watched(t, cfg, recommend.WithSession(context.Background(), "c7"), "", wav, recommend.ImageURL("https://example.com/a.png"))
	want := `slotgraph.turn gen_ai.conversation.id=c7 cut=0 generator=small-2026 lang=en parts=2 steps=["unseen","offer"]
  slotgraph.perceive
    transcribe (client) gen_ai.conversation.id=c7 gen_ai.operation.name=transcribe gen_ai.provider.name=openai part.bytes=16 part.mime=audio/wav
    describe_image (client) error.type=rate limited gen_ai.conversation.id=c7 gen_ai.operation.name=describe_image gen_ai.provider.name=openai part.bytes=0 part.mime=: rate limited
  slotgraph.understand
    slotgraph.track decisions=1
  slotgraph.decide relaxed=0 rules=["search"]
    slotgraph.query hits=1
  slotgraph.word
    chat small (client) gen_ai.conversation.id=c7 gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.request.model=small gen_ai.response.model=small-2026 gen_ai.usage.input_tokens=90 gen_ai.usage.output_tokens=12
    slotgraph.ground
`
	if got := tree(spans); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

type broken struct{ err error }

func (b broken) Generate(context.Context, recommend.Request, func(recommend.Chunk) error) (recommend.Response, error) {
	return recommend.Response{}, b.err
}

func TestErrors(t *testing.T) {
	for _, x := range []struct {
		err  error
		want string
	}{
		{errors.New("overloaded"), "_OTHER"}, {context.DeadlineExceeded, "timeout"}, {context.Canceled, "canceled"}, {&recommend.Failure{Cause: recommend.CauseServer}, "server error"},
	} {
		cfg := shop(t)
		cfg.Generator = broken{x.err}
		spans, _ := watched(t, cfg, context.Background(), "a tea under 100")
		got := tree(spans)
		if !strings.Contains(got, "chat small (client) error.type="+x.want) || !strings.Contains(got, "fallback.cause=the generator failed") || strings.Count(got, "error.type") != 1 {
			t.Errorf("%v:\n%s", x.err, got)
		}
	}
	done, cancel := context.WithCancel(context.Background())
	cfg := shop(t)
	cfg.Classifier = nil
	cancel()
	if spans, _ := watched(t, cfg, done, "a tea under 100"); len(spans) != 0 {
		t.Errorf("a turn that never began has spans: %s", tree(spans))
	}
}

func TestMetrics(t *testing.T) {
	cfg := shop(t)
	cfg.Generator = model{}
	_, got := watched(t, cfg, context.Background(), "a tea under 100")
	counts := map[string]uint64{}
	sums := map[string]int64{}
	for _, m := range got.ScopeMetrics[0].Metrics {
		switch data := m.Data.(type) {
		case metricdata.Histogram[float64]:
			for _, p := range data.DataPoints {
				counts[m.Name] += p.Count
			}
		case metricdata.Histogram[int64]:
			for _, p := range data.DataPoints {
				kind, _ := p.Attributes.Value("gen_ai.token.type")
				sums[kind.AsString()] += p.Sum
			}
		}
	}
	want := map[string]uint64{"slotgraph.turn.duration": 1, "slotgraph.stage.duration": 6, "gen_ai.client.operation.duration": 1}
	if fmt.Sprint(counts) != fmt.Sprint(want) || fmt.Sprint(sums) != "map[input:90 output:12]" {
		t.Errorf("%v %v", counts, sums)
	}
}

// What a model says of a user, and the user, stay out of the spans.
func TestSpansAreSilent(t *testing.T) {
	cfg := shop(t)
	cfg.Generator = &recommend.Fake{Script: []recommend.FakeReply{recommend.Says("The Snow Bud costs ¥77, Mr Miller.")}}
	spans, _ := watched(t, cfg, context.Background(), "how much is the Snow Bud?")
	got := tree(spans)
	for _, word := range []string{"Snow", "how much", "Miller", "60"} {
		if strings.Contains(got, word) {
			t.Errorf("%q is in\n%s", word, got)
		}
	}
	if !strings.Contains(got, "fallback.cause=the generated text does not stand") {
		t.Errorf("no fallback in\n%s", got)
	}
}

func TestParallelTurns(t *testing.T) {
	spans := tracetest.NewInMemoryExporter()
	cfg := shop(t)
	var err error
	if cfg.Observer, err = New(&Options{Tracer: sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))}); err != nil {
		t.Fatal(err)
	}
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
	if n := strings.Count(tree(spans.GetSpans()), "\n    slotgraph.query hits=1\n"); n != 8 {
		t.Errorf("%d of 8 turns have their query below their decision", n)
	}
}

// fatal ends an example that cannot go on.
type fatal struct{}

func (fatal) Fatal(args ...any) { panic(args) }

func ExampleNew() {
	spans := tracetest.NewInMemoryExporter() // a program exports them to where it looks at them
	watch, err := New(&Options{Tracer: sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))})
	if err != nil {
		panic(err)
	}
	cfg := shop(fatal{})
	cfg.Observer = watch
	agent, err := recommend.New(context.Background(), cfg)
	if err != nil {
		panic(err)
	}
	if _, _, err = agent.Reply(context.Background(), dst.State{}, "how much is the Snow Bud?"); err != nil {
		panic(err)
	}
	for _, s := range spans.GetSpans() {
		if s.EndTime.Sub(s.StartTime) < time.Minute {
			fmt.Println(s.Name)
		}
	}
	// Output:
	// slotgraph.track
	// slotgraph.understand
	// slotgraph.decide
	// slotgraph.word
	// slotgraph.turn
}
