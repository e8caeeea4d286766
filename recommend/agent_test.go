package recommend

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

func newAgent(t testing.TB, cfg Config) *Agent {
	t.Helper()
	a, err := New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func reply(t testing.TB, a *Agent, s dst.State, text string) (Reply, dst.State) {
	t.Helper()
	r, next, err := a.Reply(context.Background(), s, text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return r, next
}

func TestNewReportsMistakes(t *testing.T) {
	cases := []struct {
		change func(*Config)
		want   string
	}{
		{func(c *Config) { c.Graph = nil }, "Graph is nil"},
		{func(c *Config) { c.Bindings[0].Service = "Shop" }, `no such service`},
		{func(c *Config) { c.Bindings = append(c.Bindings, Binding{}) }, "bound by an earlier binding"},
		{func(c *Config) { c.Bindings[0].Slots["colour"] = "colour" }, `"colour", which is no slot`},
		{func(c *Config) { c.Bindings[0].KindSlot = "kind" }, `KindSlot is "kind"`},
		{func(c *Config) { c.Bindings[0].Ask = []string{"size"} }, `Ask has "size"`},
		{func(c *Config) { c.Bindings[0].Show = []string{"weight"} }, `predicate "weight"`},
		{func(c *Config) { c.Bindings[0].Slots["battery"] = "battery" }, `slot "battery"`},
		{func(c *Config) { c.Bindings[0].Slots["battery"] = "$shop/battery" }, `"shop" is no slot`},
		{func(c *Config) { c.Schema.Services[0].Slots[1].Ask = nil }, `"category" is Required but has no question`},
		{func(c *Config) { c.Schema.Services[0].Slots[4].Type = nil }, `"rating": it has no Type`},
		{func(c *Config) { c.Confidence = 2 }, "Confidence"},
		{func(c *Config) { c.Offers = -1 }, "Offers"},
		{func(c *Config) { c.Lang = "fr" }, "Lang"},
		{func(c *Config) { c.Timeout = -1 }, "Timeout"},
		{func(c *Config) { c.Bindings, c.Help = nil, nil }, "Bindings is empty"},
		{func(c *Config) { c.Bindings[0].Order = []kg.Order{{Predicate: "ratng"}} }, `Binding.Order: nothing in the graph has the predicate "ratng"`},
		{func(c *Config) { c.Help = &Help{Kind: "manual"} }, `kind "manual"`},
		{func(c *Config) { c.Help = &Help{Kind: "article", Cause: "reason"} }, `predicate "reason"`},
		{func(c *Config) { c.Critiques = map[string]Critique{"cheaper": {Slot: "brand"}} }, `intent "cheaper": "brand" is no slot that reads numbers`},
		{func(c *Config) { c.Help.Plain = "terms" }, `no articles of the kind Plain, "terms"`},
		{func(c *Config) { c.Classifier = labels{"greet", "sing"} }, `intent "sing"`},
	}
	for _, x := range cases {
		cfg := shopConfig(t)
		x.change(&cfg)
		_, err := New(context.Background(), cfg)
		if err == nil || !strings.Contains(err.Error(), x.want) || !strings.HasPrefix(err.Error(), "recommend: new agent: ") {
			t.Errorf("got error %v, want one with %q", err, x.want)
		}
	}
}

// labels is a classifier that lists its intents and finds none.
type labels []string

func (l labels) Intents() []string { return l }
func (l labels) Classify(context.Context, string) (intent.Ranking, error) {
	return nil, nil
}

func TestSchemaIsCompleted(t *testing.T) {
	city := newAgent(t, cityConfig(t)).Schema()
	hotel, _ := city.Slot("Hotel.name")
	near, _ := city.Slot("Restaurant.near_hotel")
	if hotel.Type == nil || hotel.Type != near.Type {
		t.Errorf("the slot Of hotels has the type %p, the slot that names them %p", near.Type, hotel.Type)
	}
	shop := newAgent(t, shopConfig(t)).Schema()
	name, _ := shop.Slot("name")
	for spelling, want := range map[string]string{
		"小米 14": "Xiaomi 14", "apple iphone 15 256gb": "Apple iPhone 15 256 GB", "苹果15": "iPhone 15", "iphone15": "iPhone 15",
	} {
		if got, _ := name.Type.(dst.Parser).Parse(spelling, time.Time{}); got != want {
			t.Errorf("%q is %q, want %q", spelling, got, want)
		}
	}
	brand, _ := shop.Slot("brand")
	if got, _ := brand.Type.(dst.Parser).Parse("苹果", time.Time{}); got != "Apple" {
		t.Errorf("苹果 is the brand %q", got)
	}
}

func TestSharedNamesAreNeverGuessed(t *testing.T) {
	cfg := shopConfig(t)
	ctx := context.Background()
	for _, id := range []string{"n1", "n2"} { // two things of one official name
		if err := cfg.Graph.Add(ctx, kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text("phone")}, kg.Fact{Subject: id, Predicate: "name", Object: kg.Text("Nova")},
			kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(1000, "CNY")}); err != nil {
			t.Fatal(err)
		}
	}
	r, _ := reply(t, newAgent(t, cfg), dst.State{}, "tell me about the Nova")
	if len(r.Items) != 2 || !strings.Contains(r.Text, "Which one") {
		t.Errorf("reply %q with %d items", r.Text, len(r.Items))
	}
	for _, item := range r.Items {
		if item.Value != item.ID {
			t.Errorf("a thing whose name another bears is called %q in acts, want its id", item.Value)
		}
	}
}

func TestUnreadableMessagesKeepTheState(t *testing.T) {
	a := shopAgent(t)
	_, s := reply(t, a, dst.State{}, "I'd like something nice")
	for _, text := range []string{"", " \n\t", strings.Repeat("价格", dst.MaxMessage/6+1)} {
		r, next := reply(t, a, s, text)
		if !reflect.DeepEqual(s, next) {
			t.Errorf("message of %d bytes: state %+v became %+v", len(text), s, next)
		}
		if !strings.Contains(r.Text, "?") && !strings.Contains(r.Text, "？") {
			t.Errorf("message of %d bytes: the open question is not put again: %q", len(text), r.Text)
		}
	}
	for _, text := range []string{strings.Repeat("好", 10_000), "phone \xff\xfe under \x80 5000", "!!!???", strings.Repeat("(", 500), "\x00"} {
		if r, _ := reply(t, a, s, text); r.Text == "" {
			t.Errorf("no reply to %.20q", text)
		}
	}
}

func TestCancelledContext(t *testing.T) {
	a := shopAgent(t)
	_, s := reply(t, a, dst.State{}, "a phone under 5000")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, next, err := a.Reply(ctx, s, "not Apple")
	if !errors.Is(err, context.Canceled) || !reflect.DeepEqual(s, next) {
		t.Errorf("error %v, state changed: %v", err, !reflect.DeepEqual(s, next))
	}
	if _, err := New(ctx, shopConfig(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("New: error %v", err)
	}
}

// rules classify by whole message.
type byMessage map[string]intent.Ranking

func (b byMessage) Classify(_ context.Context, text string) (intent.Ranking, error) {
	if text == "boom" {
		return nil, errors.New("out of order")
	}
	return b[text], nil
}

func TestClassifier(t *testing.T) {
	cfg := shopConfig(t)
	cfg.Help.Intents = []string{"help"}
	cfg.Classifier = byMessage{
		"howdy":             {{Intent: "greet", P: 0.9}},
		"I reckon":          {{Intent: "thank", P: 0.2}},
		"it is broken":      {{Intent: "help", P: 0.9}},
		"gimme":             {{Intent: "buy", P: 0.9}},
		"thanks, under 900": {{Intent: "restart", P: 0.9}},
		"odd":               {{Intent: "unheard of", P: 0.9}},
	}
	a := newAgent(t, cfg)
	_, open := reply(t, a, dst.State{}, "a laptop")
	for _, x := range []struct{ text, want string }{
		{"howdy", "Hello!"},
		{"I reckon", "did not understand"},
		{"it is broken", "What exactly is the problem?"},
		{"gimme", "What are you looking for"},
		{"odd", "did not understand"},
		{"the meaning of life", "cannot help with that"},
		{"a phone under 5000", "Xiaomi 14"}, // out of scope for the classifier, understood by the tracker
	} {
		if r, _ := reply(t, a, dst.State{}, x.text); !strings.Contains(r.Text, x.want) {
			t.Errorf("%q: %q, want %q in it\n%s", x.text, r.Text, x.want, r.Trace)
		}
	}
	if _, s := reply(t, a, open, "thanks, under 900"); !s.Filled("category") || !s.Filled("price") {
		t.Errorf("a doubtful restart lost what was understood: %+v", s.Constraints)
	}
	if _, s, err := a.Reply(context.Background(), open, "boom"); err == nil || !reflect.DeepEqual(s, open) {
		t.Errorf("classifier out of order: error %v", err)
	}
}

func TestReload(t *testing.T) {
	cfg := shopConfig(t)
	a := newAgent(t, cfg)
	if err := cfg.Graph.Add(context.Background(),
		kg.Fact{Subject: "pixel", Predicate: "kind", Object: kg.Text("phone")}, kg.Fact{Subject: "pixel", Predicate: "name", Object: kg.Text("Pixel Nine")},
		kg.Fact{Subject: "pixel", Predicate: "price", Object: kg.Num(4500, "CNY")}); err != nil {
		t.Fatal(err)
	}
	if r, _ := reply(t, a, dst.State{}, "how much is the Pixel Nine?"); strings.Contains(r.Text, "4,500") {
		t.Fatalf("known before Reload: %q", r.Text)
	}
	if err := a.Reload(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r, _ := reply(t, a, dst.State{}, "how much is the Pixel Nine?"); !strings.Contains(r.Text, "4,500") {
		t.Errorf("not known after Reload: %q", r.Text)
	}
}

func TestScoreIsTheSumOfItsTerms(t *testing.T) {
	a := shopAgent(t)
	r, _ := reply(t, a, dst.State{}, "a phone with NFC and waterproofing under 1000")
	if len(r.Trace.Relaxed) == 0 || len(r.Items) == 0 {
		t.Fatalf("%s", r.Trace)
	}
	for _, item := range r.Items {
		sum := 0.0
		for _, term := range item.Terms {
			sum += term.Score
		}
		if diff := sum - item.Score; diff > 1e-9 || diff < -1e-9 || item.Score >= 1 || item.Score <= 0 {
			t.Errorf("%s: score %v, terms %+v", item.ID, item.Score, item.Terms)
		}
	}
}

// TestPaths tells something two hops away, with the facts of both.
func TestPaths(t *testing.T) {
	cfg := shopConfig(t)
	if err := cfg.Graph.Add(context.Background(), kg.Fact{Subject: "xiaomi", Predicate: "country", Object: kg.Text("CN"), Source: "brands"}); err != nil {
		t.Fatal(err)
	}
	cfg.Schema.Services[0].Slots = append(cfg.Schema.Services[0].Slots, dst.Slot{Name: "country", Aliases: []string{"产地"}, RequestOnly: true})
	cfg.Bindings[0].Slots["country"] = "brand/country"
	cfg.Labels = map[string]map[string]string{"CN": {"zh": "中国"}, "country": {"zh": "产地"}}
	r, _ := reply(t, newAgent(t, cfg), dst.State{}, "小米 14 的产地是哪里")
	if r.Text != "小米 14的产地是中国。" || len(r.Facts) != 2 || r.Answers[0].Values[0] != "CN" {
		t.Errorf("%q rests on %v, answers %+v", r.Text, r.Facts, r.Answers)
	}
}

func TestReplyIsJSON(t *testing.T) {
	r, s := reply(t, shopAgent(t), dst.State{}, "a phone under 5000")
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Reply
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back.Acts, r.Acts) || !reflect.DeepEqual(back.Facts, r.Facts) {
		t.Errorf("%v\n%+v\n%+v", err, back, r)
	}
	if b, err = json.Marshal(s); err != nil || json.Unmarshal(b, &dst.State{}) != nil {
		t.Errorf("state: %v", err)
	}
}
