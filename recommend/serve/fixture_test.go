package serve_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/serve"
)

// teas is a shop of three teas that writes to its customers.
func teas() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Aliases: []string{"tea", "茶"},
		Slots: []dst.Slot{
			{Name: "name", Names: true, Ask: map[string]string{"en": "Which tea?", "zh": "哪一款茶？"}},
			{Name: "taste", Type: &dst.Enum{Values: []dst.Option{
				{Value: "floral", Synonyms: []string{"花香"}, Labels: map[string]string{"en": "floral", "zh": "花香"}},
				{Value: "smoky", Synonyms: []string{"烟熏"}, Labels: map[string]string{"en": "smoky", "zh": "烟熏"}},
			}}, Ask: map[string]string{"en": "Floral or smoky?", "zh": "花香的还是烟熏的？"}},
			{Name: "price", Type: &dst.Money{Currency: "CNY"}, Aliases: []string{"price", "价格"}},
			{Name: "mail", Type: &dst.Email{}, Sensitive: true, Ask: map[string]string{"en": "Where shall we write to?", "zh": "请留个邮箱？"}},
		},
		Intents: []dst.Intent{{Name: "order", Transactional: true, Required: []string{"name", "mail"}}},
	}}}
}

// model stands for a language model: it words as the template does, counts, and
// may be told what to do first.
type model struct {
	mu     sync.Mutex
	calls  int
	before func(call int)
	tokens int // a call
}

func (m *model) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	m.mu.Lock()
	m.calls++
	call, before := m.calls, m.before
	m.mu.Unlock()
	out, err := recommend.Template{}.Generate(ctx, r, each)
	out.Name, out.Usage = "model", map[string]int{recommend.TokensIn: m.tokens}
	if before != nil {
		before(call)
	}
	return out, err
}

func (m *model) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// clock is a clock that tests set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newAgent(t testing.TB, g recommend.Generator) *recommend.Agent {
	t.Helper()
	agent, err := openTeas(g)
	if err != nil {
		t.Fatal(err)
	}
	return agent
}

// teaAgent is an agent for examples.
func teaAgent() *recommend.Agent {
	agent, err := openTeas(nil)
	if err != nil {
		panic(err)
	}
	return agent
}

func openTeas(g recommend.Generator) (*recommend.Agent, error) {
	graph, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	for id, tea := range map[string]struct {
		name, taste string
		price       float64
	}{"t1": {"Snow Bud", "floral", 90}, "t2": {"Pine Smoke", "smoky", 60}, "t3": {"Honey Leaf", "floral", 120}} {
		if err := graph.Add(context.Background(),
			kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text("tea")}, kg.Fact{Subject: id, Predicate: "name", Object: kg.Text(tea.name)},
			kg.Fact{Subject: id, Predicate: "taste", Object: kg.Text(tea.taste)}, kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(tea.price, "CNY")}); err != nil {
			return nil, err
		}
	}
	return recommend.New(context.Background(), recommend.Config{
		Schema: teas(), Graph: graph, Generator: g,
		Bindings: []recommend.Binding{{Kind: "tea", Slots: map[string]string{"mail": ""}, Show: []string{"price"}, Order: []kg.Order{{Predicate: "price"}}}},
	})
}

// newService is a service with an agent and a manager of its own.
func newService(t testing.TB, store session.Store, g recommend.Generator, sessions session.Options, opts *serve.Options) (*serve.Service, *session.Manager) {
	t.Helper()
	agent := newAgent(t, g)
	sessions.Schema = agent.Schema()
	manager, err := session.New(store, &sessions)
	if err != nil {
		t.Fatal(err)
	}
	service, err := serve.New(agent, manager, opts)
	if err != nil {
		t.Fatal(err)
	}
	return service, manager
}

var ann = session.Key{Tenant: "teas", ID: "ann-1"}

// say has a message answered, which must succeed.
func say(t testing.TB, s *serve.Service, key session.Key, msg serve.Message, each func(serve.Event) error) serve.Reply {
	t.Helper()
	r, err := s.Reply(context.Background(), key, msg, each)
	if err != nil {
		t.Fatalf("%s, %q: %v", key, msg.Text, err)
	}
	return r
}

// listener keeps what it is told.
type listener struct {
	text     string // since the last restart
	events   int
	restarts int
}

func (l *listener) hear(e serve.Event) error {
	l.events++
	if e.Restart {
		l.text = ""
		l.restarts++
	}
	l.text += e.Text
	return nil
}
