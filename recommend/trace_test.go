package recommend

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
)

// tracedConfig is the shop with all plug-ins and a clock that ticks.
func tracedConfig(t testing.TB) Config {
	cfg := partsConfig(t, []FakeTranscript{{Readings: []Transcript{{Text: "a phone in red", P: 0.7}, {Text: "a phone instead", P: 0.3}}}},
		description("a red thing", []Entity{{Name: "Galaxy", P: 0.5}}, seenAct("inform feature=nfc", 0.8)))
	cfg.Classifier = byMessage{"a phone in red": intent.Ranking{{Intent: "buy", P: 0.9}}}
	cfg.Generator = &Fake{Script: []FakeReply{{Chunks: []string{"Take the iPhone 15 for ¥1."}, Usage: map[string]int{"tokens": 7}}}}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Millisecond); return now }
	return cfg
}

func tracedReply(t testing.TB, cfg Config) Reply {
	t.Helper()
	r, _, err := newAgent(t, cfg).Reply(context.Background(), dst.State{}, "", Audio("audio/wav", wavBytes), Image("image/png", pngBytes))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTraceInJSON(t *testing.T) {
	trace := tracedReply(t, tracedConfig(t)).Trace
	data, err := json.Marshal(trace)
	if err != nil {
		t.Fatal(err)
	}
	var back Trace
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, trace) {
		again, _ := json.Marshal(back)
		t.Errorf("read back\n%s\nwrote\n%s", again, data)
	}
	var names map[string]json.RawMessage
	if err := json.Unmarshal(data, &names); err != nil {
		t.Fatal(err)
	}
	want := []string{"acts", "cut", "decisions", "facts", "fallback", "generator", "lang", "parts", "queries", "ranking", "rules", "steps", "text", "timings", "usage", "user"}
	if got := sortedKeys(names); !slices.Equal(got, want) {
		t.Errorf("the trace has %v, want %v", got, want)
	}
}

func TestTraceTellsTheTurn(t *testing.T) {
	got := tracedReply(t, tracedConfig(t)).Trace.String()
	for _, want := range []string{`heard "a phone in red" p=0.70`, `seen "a red thing"`, `seen inform feature=nfc p=0.80`, `refused "Galaxy" p=0.50: the graph has no such thing`,
		"intent buy p=0.90", `inform category=phone`, "rules seen, search", "query kind = ", ": 2\n", `text by template because the generated text does not stand`, "\ncut the ", "\ngenerate 1ms", "\nturn "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestTraceTellsWhyAsked(t *testing.T) {
	cfg := shopConfig(t)
	cfg.Offers = 1
	a := newAgent(t, cfg)
	r, s := reply(t, a, dst.State{}, "hello, I want to buy something with a rating of at least 4")
	if want := []Asked{{Slot: "category", Reason: AskRequired}}; !reflect.DeepEqual(r.Trace.Asked, want) {
		t.Errorf("asked %v, want %v", r.Trace.Asked, want)
	}
	r, _ = reply(t, a, s, "a phone")
	if n := len(r.Trace.Asked); n != 1 || r.Trace.Asked[0].Reason != AskNarrows || r.Trace.Asked[0].Slot != "brand" || r.Trace.Asked[0].Gains[0].Bits != 1 {
		t.Errorf("asked %v\n%s", r.Trace.Asked, r.Trace)
	}
	if q := r.Trace.Queries; len(q) != 1 || q[0].Hits != 4 || q[0].Limit != 1 {
		t.Errorf("queries %v", q)
	}
	r, _ = reply(t, a, s, "")
	if want := []Asked{{Slot: "category", Reason: AskAgain}}; !reflect.DeepEqual(r.Trace.Asked, want) {
		t.Errorf("asked %v, want %v", r.Trace.Asked, want)
	}
}

// Nothing that a user wrote, said or showed, and no value, is left.
func TestRedacted(t *testing.T) {
	trace := tracedReply(t, tracedConfig(t)).Trace
	before, _ := json.Marshal(trace)
	red := trace.Redacted()
	data, err := json.Marshal(red)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"phone", "a red thing", "=red", "Galaxy", "4999", "nfc", "p15"} {
		if strings.Contains(string(data), word) {
			t.Errorf("%q is left in %s", word, data)
		}
	}
	if after, _ := json.Marshal(trace); string(after) != string(before) {
		t.Error("the trace itself was changed")
	}
	if len(red.Decisions) != len(trace.Decisions) || red.Decisions[0].P != trace.Decisions[0].P || red.Queries[0].Hits != trace.Queries[0].Hits || red.Fallback != "the generated text does not stand" || red.Usage["tokens"] != 7 || len(red.Cut) == 0 {
		t.Errorf("%s", data)
	}
}

// watcher writes down what it is told.
type watcher struct {
	lines []string
	depth int
	key   any
}

func (w *watcher) Begin(ctx context.Context, s Stage) (context.Context, func(Outcome)) {
	w.lines = append(w.lines, strings.Repeat(" ", w.depth)+string(s.Name))
	parent, _ := ctx.Value(w.key).(StageName)
	w.depth++
	return context.WithValue(ctx, w.key, s.Name), func(out Outcome) {
		w.depth--
		line := strings.Repeat(" ", w.depth) + "/" + string(s.Name)
		if parent != "" {
			line += " in " + string(parent)
		}
		if out.Response != nil {
			line += " of " + out.Response.Name
		}
		if out.Err != nil {
			line += ": " + out.Err.Error()
		}
		if out.Reply != nil {
			line += ": " + string(out.Reply.Trace.Steps[0])
		}
		w.lines = append(w.lines, line)
	}
}

type watchKey struct{}

func TestObserver(t *testing.T) {
	w := &watcher{key: watchKey{}}
	cfg := tracedConfig(t)
	cfg.Observer = Observers(nil, w)
	cfg.Describer = &FakeDescriber{Script: []FakeDescription{{Err: errors.New("overloaded")}}}
	tracedReply(t, cfg)
	want := `turn
 perceive
  transcribe
  /transcribe in perceive
  describe
  /describe in perceive: overloaded
 /perceive in turn
 understand
  classify
  /classify in understand
  track
  /track in understand
 /understand in turn
 decide
  query
  /query in decide
 /decide in turn
 word
  generate
  /generate in word of fake
  ground
  /ground in word
 /word in turn
/turn: unseen`
	if got := strings.Join(w.lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// seer is a generator that looks into its context.
type seer struct{ within any }

func (g *seer) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	g.within = ctx.Value(watchKey{})
	return Template{}.Generate(ctx, r, each)
}

func TestObserverContextReachesPlugins(t *testing.T) {
	cfg := shopConfig(t)
	g := &seer{}
	cfg.Generator, cfg.Observer = g, &watcher{key: watchKey{}}
	reply(t, newAgent(t, cfg), dst.State{}, "hello")
	if g.within != StageGenerate {
		t.Errorf("the generator ran within %v", g.within)
	}
}

// clumsy is an observer that panics, or forgets what it must return.
type clumsy struct{ when string }

func (c clumsy) Begin(context.Context, Stage) (context.Context, func(Outcome)) {
	switch c.when {
	case "begin":
		panic("ouch")
	case "nothing":
		return nil, nil
	}
	return nil, func(Outcome) { panic("ouch") }
}

func TestClumsyObserver(t *testing.T) {
	want, _ := reply(t, shopAgent(t), dst.State{}, "how much is the Xiaomi 14?")
	for _, when := range []string{"begin", "end", "nothing"} {
		w := &watcher{key: watchKey{}}
		cfg := shopConfig(t)
		cfg.Observer = Observers(w, clumsy{when})
		r, _ := reply(t, newAgent(t, cfg), dst.State{}, "how much is the Xiaomi 14?")
		if r.Text != want.Text || len(w.lines) != 10 {
			t.Errorf("%s: %q, %d lines seen", when, r.Text, len(w.lines))
		}
		cfg.Observer = clumsy{when}
		if r, _ = reply(t, newAgent(t, cfg), dst.State{}, "how much is the Xiaomi 14?"); r.Text != want.Text {
			t.Errorf("%s: %q", when, r.Text)
		}
	}
}

// A turn that fails tells its observer.
func TestObserverSeesErrors(t *testing.T) {
	w := &watcher{key: watchKey{}}
	cfg := shopConfig(t)
	cfg.Observer = w
	cfg.Classifier = failing{}
	if _, _, err := newAgent(t, cfg).Reply(context.Background(), dst.State{}, "hello"); err == nil {
		t.Fatal("no error")
	}
	if got := w.lines[len(w.lines)-1]; got != "/turn: classifying the message: broken" || w.depth != 0 {
		t.Errorf("%q", got)
	}
}

type failing struct{}

func (failing) Classify(context.Context, string) (intent.Ranking, error) {
	return nil, errors.New("broken")
}

// A turn that nobody watches pays nothing for its stages.
func TestUnwatchedStagesAreFree(t *testing.T) {
	x := &turn{c: shopAgent(t).core.Load(), ctx: context.Background()}
	x.trace.Timings = make([]Timing, 0, 8)
	if n := testing.AllocsPerRun(100, func() {
		x.trace.Timings = x.trace.Timings[:0]
		outer := x.begin(StageDecide)
		_ = x.begin(StageQuery).done(x, nil)
		_ = outer.done(x, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
