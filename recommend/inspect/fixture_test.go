package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

// markup is a name that would do harm where it is taken for HTML.
const markup = `<img src=x onerror="document.title='broken'">`

// teaShop is an agent that sells four teas, one of which has markup for a name.
func teaShop(t testing.TB) *recommend.Agent {
	t.Helper()
	agent, err := recommend.New(context.Background(), teaConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	return agent
}

func teaConfig(t testing.TB) recommend.Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	tea := func(id, en, zh, sort string, price float64) {
		for _, f := range []kg.Fact{
			{Predicate: "kind", Object: kg.Text("tea")}, {Predicate: "name@en", Object: kg.Text(en)}, {Predicate: "name@zh", Object: kg.Text(zh)},
			{Predicate: "sort", Object: kg.Text(sort)}, {Predicate: "price", Object: kg.Num(price, "CNY")}, {Predicate: "goes_with", Object: kg.Ref("t1")},
		} {
			f.Subject, f.Source = id, "catalogue row "+id
			facts = append(facts, f)
		}
	}
	tea("t1", "Dragon Well", "龙井", "green", 120)
	tea("t2", "Iron Goddess", "铁观音", "oolong", 90)
	tea("t3", "Snow Bud", "雪芽", "green", 60)
	tea("t4", markup, markup, "oolong", 30)
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	return recommend.Config{
		Graph: g,
		Now:   func() time.Time { return noon },
		Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
			{Name: "name", Names: true},
			{Name: "price", Aliases: []string{"how much", "价格", "多少钱"}, Type: &dst.Money{Currency: "CNY"}},
			{Name: "day", Type: &dst.Date{}},
			{Name: "sort", Aliases: []string{"品种"}, Type: &dst.Enum{Values: []dst.Option{
				{Value: "green", Labels: map[string]string{"en": "green tea", "zh": "绿茶"}},
				{Value: "oolong", Labels: map[string]string{"en": "oolong", "zh": "乌龙茶"}},
			}}},
		}}}},
		Bindings: []recommend.Binding{{Kind: "tea", Show: []string{"price"}, Order: []kg.Order{{Predicate: "price"}}, Slots: map[string]string{"day": ""}}},
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A clock is one that tests move on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A client asks a handler as the page does.
type client struct {
	testing.TB
	h http.Handler
}

func newClient(t testing.TB, agent *recommend.Agent, opts *inspect.Options) client {
	t.Helper()
	if opts == nil {
		opts = &inspect.Options{Now: func() time.Time { return noon }}
	}
	h, err := inspect.New(agent, opts)
	if err != nil {
		t.Fatal(err)
	}
	return client{t, h}
}

// request is one of this machine's; change may make it another.
func request(method, path, body string, change func(*http.Request)) *http.Request {
	var b io.Reader
	if body != "" {
		b = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, b)
	r.RemoteAddr = "127.0.0.1:50000"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(r)
	}
	return r
}

// status sends a request and returns the status and what was answered.
func (c client) status(method, path, body string, change func(*http.Request)) (int, string, http.Header) {
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, request(method, path, body, change))
	return w.Code, w.Body.String(), w.Header()
}

// ok sends a request that is to succeed and reads the JSON of the answer.
func (c client) ok(method, path string, in, to any) {
	c.Helper()
	body := ""
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			c.Fatal(err)
		}
		body = string(text)
	}
	status, text, _ := c.status(method, path, body, nil)
	if status != http.StatusOK {
		c.Fatalf("%s %s: status %d: %s", method, path, status, text)
	}
	if to == nil {
		return
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	if err := d.Decode(to); err != nil {
		c.Fatalf("%s %s: %v in %s", method, path, err, text)
	}
}

type object = map[string]any

// A turn is what the tests look at of one.
type turn struct {
	Message string           `json:"message"`
	Parts   []recommend.Part `json:"parts"`
	Reply   recommend.Reply  `json:"reply"`
	State   dst.State        `json:"state"`
	Slots   map[string]struct {
		Label  map[string]string            `json:"label"`
		Values map[string]map[string]string `json:"values"`
	} `json:"slots"`
	Facts []struct {
		Fact  string            `json:"fact"`
		Label map[string]string `json:"label"`
		Value map[string]string `json:"value"`
	} `json:"facts"`
	Names map[string]map[string]string `json:"names"`
}

type talk struct {
	ID    string `json:"id"`
	Turns []turn `json:"turns"`
}

// begin opens a conversation and says messages in it.
func (c client) begin(messages ...string) (path string, turns []turn) {
	c.Helper()
	var opened talk
	c.ok("POST", "/api/sessions", object{}, &opened)
	path = "/api/sessions/" + opened.ID
	for _, m := range messages {
		var t turn
		c.ok("POST", path+"/turns", object{"message": m}, &t)
		turns = append(turns, t)
	}
	return path, turns
}
