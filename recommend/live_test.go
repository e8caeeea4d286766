package recommend

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// desk is an order system of a few orders, and of numbers that break it.
type desk struct{}

func (desk) Lookup(ctx context.Context, q LookupRequest) (LookupResult, error) {
	record := func(key string, status ...string) Record {
		r := Record{Key: key, Values: map[string][]kg.Value{
			"due":     {kg.Time(time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC))},
			"receipt": {kg.Text("R-" + key)},
		}}
		for _, s := range status {
			r.Values["status"] = append(r.Values["status"], kg.Text(s))
		}
		return r
	}
	first, second := record("1001", "shipped"), record("1002", "delivered", "shipped")
	delete(first.Values, "receipt")
	switch q.Values["number"] {
	case "1001":
		return LookupResult{Records: []Record{first}}, nil
	case "1002":
		return LookupResult{Records: []Record{second}}, nil
	case "":
		return LookupResult{Records: []Record{first, second}}, nil
	case "5000":
		return LookupResult{}, errors.New("connection refused")
	case "5001":
		panic("nil map")
	case "5002":
		<-ctx.Done()
		return LookupResult{}, ctx.Err()
	case "5003": // does not heed the context
		time.Sleep(2 * time.Second)
	}
	return LookupResult{}, nil
}

// leaving is a user who leaves while the order system is asked.
type leaving func()

func (l leaving) Lookup(ctx context.Context, _ LookupRequest) (LookupResult, error) {
	l()
	<-ctx.Done()
	return LookupResult{}, ctx.Err()
}

// digits finds four digits.
type digits struct{}

func (digits) Find(t *dst.Text) []dst.Mention {
	var out []dst.Mention
	for i := 0; i+4 <= len(t.Raw); i++ {
		if strings.Trim(t.Raw[i:i+4], "0123456789") == "" {
			out = append(out, dst.Mention{Start: i, End: i + 4, Value: t.Raw[i : i+4], Score: 1})
			i += 3
		}
	}
	return out
}

// deskConfig is a city with a service for orders that is answered by desk.
func deskConfig(t testing.TB) Config {
	cfg := cityConfig(t)
	cfg.Schema.Services = append(cfg.Schema.Services, dst.Service{Name: "Order", Aliases: []string{"order", "订单"}, Slots: []dst.Slot{
		{Name: "number", Aliases: []string{"order number", "订单号"}, Type: digits{}, Required: true, Ask: map[string]string{"en": "What is your order number?", "zh": "请问订单号是多少？"}},
		{Name: "status", Aliases: []string{"where is", "status", "到哪了"}, Type: &dst.Enum{Values: []dst.Option{
			{Value: "shipped", Labels: map[string]string{"en": "shipped", "zh": "已发货"}, Synonyms: []string{"发货"}},
			{Value: "delivered", Labels: map[string]string{"en": "delivered", "zh": "已送达"}, Synonyms: []string{"送到"}},
		}}},
		{Name: "due", Aliases: []string{"when will it arrive", "什么时候到"}, RequestOnly: true},
		{Name: "receipt", Aliases: []string{"receipt number", "收据号"}, RequestOnly: true, Sensitive: true},
	}})
	cfg.Live = []Live{{Service: "Order", Lookup: desk{}, Key: "number", Show: []string{"status", "due"}, Timeout: 20 * time.Millisecond}}
	cfg.Labels = map[string]map[string]string{"Order": {"en": "order", "zh": "订单"}, "number": {"zh": "订单号"}, "status": {"zh": "状态"}, "due": {"en": "delivery date", "zh": "送达日期"}, "receipt": {"en": "receipt number", "zh": "收据号"}}
	return cfg
}

// TestLookupFails answers usefully whatever befalls the live data, and says in
// the trace what it was.
func TestLookupFails(t *testing.T) {
	a := newAgent(t, deskConfig(t))
	for number, cause := range map[string]string{"5000": "connection refused", "5001": "panicked: nil map", "5002": "no answer within 20ms", "5003": "no answer within 20ms"} {
		began := time.Now()
		r, s := reply(t, a, dst.State{}, "where is order "+number)
		if took := time.Since(began); took > 1500*time.Millisecond {
			t.Errorf("%s: the turn took %s", number, took)
		}
		if !strings.Contains(r.Text, "cannot look up") || len(r.Trace.Lookups) != 1 || !strings.Contains(r.Trace.Lookups[0].Error, cause) || !strings.Contains(r.Trace.String(), cause) {
			t.Errorf("%s: %q\n%s", number, r.Text, r.Trace)
		}
		if strings.Contains(r.Text, cause) {
			t.Errorf("%s: the user is told of the inside: %q", number, r.Text)
		}
		if r, _ := reply(t, a, s, "yes"); r.Handover == nil || !r.Handover.Requested {
			t.Errorf("%s: the person that was offered does not come: %q", number, r.Text)
		}
		if r, _ := reply(t, a, s, "where is order 1001"); !strings.Contains(r.Text, "shipped") {
			t.Errorf("%s: the next question is not answered: %q", number, r.Text)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cfg := deskConfig(t)
	cfg.Live[0].Lookup = leaving(cancel)
	if _, _, err := newAgent(t, cfg).Reply(ctx, dst.State{}, "where is order 5002"); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled turn: %v", err)
	}
}

func TestSeveralRecords(t *testing.T) {
	cfg := deskConfig(t)
	cfg.Schema.Services[3].Slots[0].Required = false
	a := newAgent(t, cfg)
	r, s := reply(t, a, dst.State{}, "where is my order?")
	if len(r.Items) != 2 || !strings.Contains(r.Text, "2. Order 1002") {
		t.Fatalf("%q", r.Text)
	}
	r, s = reply(t, a, s, "the second one")
	if !strings.Contains(r.Text, "1002") || !strings.Contains(r.Text, "delivered") || strings.Contains(r.Text, "1001") {
		t.Errorf("the second one: %q", r.Text)
	}
	if r, _ = reply(t, a, s, "has it shipped?"); strings.Contains(r.Text, "1001") {
		t.Errorf("asked about the one chosen: %q", r.Text)
	}
}

// seen notes what a generator gets.
type seen struct{ requests []Request }

func (g *seen) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	g.requests = append(g.requests, r)
	return Template{}.Generate(ctx, r, each)
}

// TestSensitiveLiveData keeps what is sensitive from the generator, at once and later.
func TestSensitiveLiveData(t *testing.T) {
	cfg := deskConfig(t)
	g := &seen{}
	cfg.Generator = g
	cfg.Schema.Services[3].Slots[0].Sensitive = true
	a := newAgent(t, cfg)
	var s dst.State
	for _, x := range [][2]string{{"where is order 1002", "delivered"}, {"what is the receipt number", "R-1002"}, {"I need a hotel", "Grand Plaza"}, {"I want to talk to a person", "colleague"}, {"where is order 9999", "cannot find"}} {
		var r Reply
		if r, s = reply(t, a, s, x[0]); !strings.Contains(r.Text, x[1]) {
			t.Errorf("%q: %q, want %q in it", x[0], r.Text, x[1])
		}
	}
	for _, r := range g.requests {
		for _, f := range append(r.Facts, r.Wishes...) {
			if strings.Contains(f.Value+f.Thing, "1002") {
				t.Errorf("the generator sees %+v in answer to %q", f, r.User)
			}
		}
	}
	if len(g.requests) == 0 {
		t.Error("the generator was not asked for what is not sensitive")
	}
}

func TestLiveConfig(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"no such service":   func(c *Config) { c.Live[0].Service = "Orders" },
		"Lookup is nil":     func(c *Config) { c.Live[0].Lookup = nil },
		"bound already":     func(c *Config) { c.Live[0].Service = "Hotel" },
		`Key is "id"`:       func(c *Config) { c.Live[0].Key = "id" },
		`Show has "colour"`: func(c *Config) { c.Live[0].Show = []string{"colour"} },
	} {
		cfg := deskConfig(t)
		change(&cfg)
		if _, err := New(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
}
