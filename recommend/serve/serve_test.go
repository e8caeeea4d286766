package serve_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend/serve"
)

// A message that comes again is answered as before, without the model.
func TestAgain(t *testing.T) {
	m := &model{}
	s, manager := newService(t, session.NewMemory(), m, session.Options{}, nil)
	msg := serve.Message{ID: "1", User: "ann", Text: "I want a floral tea, please"}
	first := say(t, s, ann, msg, nil)
	if !strings.Contains(first.Text, "Snow Bud") || len(first.Items) == 0 || first.Again || first.Seq != 1 || len(first.Acts) == 0 {
		t.Fatalf("%+v", first)
	}
	var heard listener
	again := say(t, s, ann, msg, heard.hear)
	if again.Again = !again.Again; !reflect.DeepEqual(again, first) || m.count() != 1 {
		t.Errorf("the reply is %+v after %d calls, want %+v after 1", again, m.count(), first)
	}
	if heard.text != first.Text || heard.restarts != 0 {
		t.Errorf("%+v is streamed", heard)
	}
	if c, err := manager.Get(context.Background(), ann); err != nil || c.Turns != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// Of two services on one store, the one whose turn is overtaken tells its
// listener, and answers in the state that the other has left.
func TestOvertaken(t *testing.T) {
	store := session.NewMemory()
	other, _ := newService(t, store, nil, session.Options{}, nil)
	m := &model{}
	m.before = func(call int) {
		if call == 1 {
			say(t, other, ann, serve.Message{ID: "2", Text: "it may cost 100 yuan at most"}, nil)
		}
	}
	s, manager := newService(t, store, m, session.Options{}, nil)
	var heard listener
	r := say(t, s, ann, serve.Message{ID: "1", Text: "something floral, please"}, heard.hear)
	if heard.restarts != 1 || heard.text != r.Text || r.Seq != 2 || m.count() != 2 {
		t.Errorf("%+v, %+v, %d calls", heard, r, m.count())
	}
	if strings.Contains(r.Text, "Honey Leaf") || !strings.Contains(r.Text, "Snow Bud") {
		t.Errorf("%q does not keep to what was said to the other service", r.Text)
	}
	c, err := manager.Get(context.Background(), ann)
	if got := c.State.Flat(); err != nil || got["taste"] != "floral" || got["price"] != "<=100" {
		t.Errorf("%v, %v", got, err)
	}
}

// Where the other service answers the very same message, its answer is the one.
func TestAnsweredMeanwhile(t *testing.T) {
	store := session.NewMemory()
	other, _ := newService(t, store, nil, session.Options{}, &serve.Options{Away: time.Nanosecond, Welcome: func(serve.Back, string) string { return "not this" }})
	msg := serve.Message{ID: "1", Text: "I want a smoky tea"}
	var theirs serve.Reply
	m := &model{}
	m.before = func(int) { theirs = say(t, other, ann, msg, nil) }
	s, _ := newService(t, store, m, session.Options{}, nil)
	var heard listener
	r := say(t, s, ann, msg, heard.hear)
	if !r.Again || r.Seq != 1 || r.Text != theirs.Text || heard.restarts != 1 || heard.text != r.Text || m.count() != 1 {
		t.Errorf("%+v, want %+v; %+v", r, theirs, heard)
	}
}

// Many messages to two services make one conversation.
func TestTwoServices(t *testing.T) {
	store := session.NewMemory()
	var services [2]*serve.Service
	var manager *session.Manager
	for i := range services {
		services[i], manager = newService(t, store, &model{}, session.Options{Conflicts: 100}, nil)
	}
	texts := []string{"I want a floral tea", "烟熏的", "at most 100 yuan", "anything cheaper?", "what does Pine Smoke cost?", "thanks"}
	var wg sync.WaitGroup
	for c := range 2 {
		for i, text := range texts {
			for k := range 2 { // everything is sent to both
				wg.Go(func() {
					var heard listener
					key := session.Key{ID: fmt.Sprint("c", c)}
					r, err := services[k].Reply(context.Background(), key, serve.Message{ID: fmt.Sprint(i), Text: text}, heard.hear)
					if err != nil || r.Text != heard.text {
						t.Errorf("%q, streamed as %q: %v", r.Text, heard.text, err)
					}
				})
			}
		}
	}
	wg.Wait()
	for c := range 2 {
		var ids []string
		key := session.Key{ID: fmt.Sprint("c", c)}
		for e, err := range manager.Log(context.Background(), key) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, e.Message)
		}
		if slices.Sort(ids); !slices.Equal(ids, []string{"0", "1", "2", "3", "4", "5"}) {
			t.Errorf("%s has the turns %q", key, ids)
		}
	}
}

// The values of sensitive slots are in the state, and the texts of messages are
// kept without them.
func TestSensitive(t *testing.T) {
	s, manager := newService(t, session.NewMemory(), nil, session.Options{}, &serve.Options{KeepText: privacy.New(privacy.Options{})})
	for i, text := range []string{"order Snow Bud", "write to ann@example.com or call 13812345678", "yes"} {
		r := say(t, s, ann, serve.Message{ID: fmt.Sprint(i), Text: text}, nil)
		if i == 2 && !slices.ContainsFunc(r.Acts, func(a dst.Act) bool { return a.String() == "do order" }) {
			t.Errorf("%v does not order", r.Acts)
		}
	}
	c, err := manager.Get(context.Background(), ann)
	if mail, _ := c.State.Get("mail"); err != nil || mail != "ann@example.com" {
		t.Errorf("the mail is %q, %v", mail, err)
	}
	if state, err := manager.AsOf(context.Background(), ann, c.Turns); err != nil || !reflect.DeepEqual(state.Flat(), c.State.Flat()) {
		t.Errorf("the log leads to %v, %v; want %v", state.Flat(), err, c.State.Flat())
	}
	for e, err := range manager.Log(context.Background(), ann) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(e.Text, "ann@") || strings.Contains(e.Text, "138") || e.Text == "" {
			t.Errorf("the text of message %s is kept as %q", e.Message, e.Text)
		}
	}
	unsure := 0
	for _, err := range manager.Unsure(context.Background(), ann.Tenant, 2) {
		if err != nil {
			t.Fatal(err)
		}
		unsure++
	}
	if unsure != 3 {
		t.Errorf("%d turns are there to learn from", unsure)
	}
}

func TestNoTextIsKept(t *testing.T) {
	s, manager := newService(t, session.NewMemory(), nil, session.Options{}, nil)
	say(t, s, ann, serve.Message{Text: "I want a floral tea"}, nil)
	for e, err := range manager.Log(context.Background(), ann) {
		if err != nil || e.Text != "" {
			t.Errorf("%q, %v", e.Text, err)
		}
	}
}

func TestListenerEndsTurn(t *testing.T) {
	s, manager := newService(t, session.NewMemory(), nil, session.Options{}, nil)
	gone := errors.New("gone")
	_, err := s.Reply(context.Background(), ann, serve.Message{ID: "1", Text: "I want a floral tea"}, func(serve.Event) error { return gone })
	if !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
	if _, err := manager.Get(context.Background(), ann); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("the turn is kept: %v", err)
	}
	if r := say(t, s, ann, serve.Message{ID: "1", Text: "I want a floral tea"}, nil); r.Again {
		t.Error("it counts as answered")
	}
}

func TestWelcome(t *testing.T) {
	clock := newClock()
	s, _ := newService(t, session.NewMemory(), nil, session.Options{
		Now: clock.Now, Lifetimes: session.Lifetimes{Session: 48 * time.Hour, Slots: map[string]time.Duration{"price": 2 * time.Hour}},
	}, &serve.Options{Welcome: func(b serve.Back, lang string) string {
		return fmt.Sprintf("%s %v %v %v", lang, b.Away, b.Expired, b.Dropped)
	}})
	if r := say(t, s, ann, serve.Message{Text: "I want a floral tea under 100 yuan"}, nil); r.Back != nil {
		t.Errorf("%+v at the start", r.Back)
	}
	clock.forward(50 * time.Minute)
	if r := say(t, s, ann, serve.Message{Text: "thanks"}, nil); r.Back != nil {
		t.Errorf("%+v after a while", r.Back)
	}
	for _, x := range []struct {
		away       time.Duration
		text, want string
	}{
		{3 * time.Hour, "花香的有吗", "zh 3h0m0s false [price<=100 (too old)]\n"},
		{2 * time.Hour, "?", "zh 2h0m0s false [offer "},
		{72 * time.Hour, "hello", "en 0s true []\n"},
	} {
		clock.forward(x.away)
		var heard listener
		msg := serve.Message{ID: x.text, Text: x.text}
		r := say(t, s, ann, msg, heard.hear)
		if !strings.HasPrefix(r.Text, x.want) || heard.text != r.Text || r.Back == nil {
			t.Errorf("after %v: %q, %+v, streamed %q; want %q", x.away, r.Text, r.Back, heard.text, x.want)
		}
		if again := say(t, s, ann, msg, nil); again.Text != r.Text || !reflect.DeepEqual(again.Back, r.Back) {
			t.Errorf("again it is %+v, want %+v", again, r)
		}
	}
}

// What a change of the schema did to a conversation is told with the next reply.
func TestChanged(t *testing.T) {
	store := session.NewMemory()
	s, _ := newService(t, store, nil, session.Options{}, nil)
	say(t, s, ann, serve.Message{Text: "I want a floral tea"}, nil)
	agent := newAgent(t, nil)
	schema := agent.Schema()
	schema.Services = slices.Clone(schema.Services) // the agent keeps its own
	slots := slices.Clone(schema.Services[0].Slots)
	i := slices.IndexFunc(slots, func(x dst.Slot) bool { return x.Name == "taste" })
	slots[i].Type = &dst.Enum{Values: []dst.Option{{Value: "smoky"}}}
	schema.Services[0].Slots = slots
	manager, err := session.New(store, &session.Options{Schema: schema})
	if err != nil {
		t.Fatal(err)
	}
	if s, err = serve.New(agent, manager, nil); err != nil {
		t.Fatal(err)
	}
	r := say(t, s, ann, serve.Message{Text: "thanks"}, nil)
	if r.Back == nil || len(r.Back.Changed) != 1 || r.Back.Changed[0].String() != "refused taste=floral" {
		t.Errorf("%+v", r.Back)
	}
}

func TestReplyIsBounded(t *testing.T) {
	s, _ := newService(t, session.NewMemory(), nil, session.Options{}, &serve.Options{MaxReply: 40})
	msg := serve.Message{ID: "1", Text: "I want a floral tea"}
	r := say(t, s, ann, msg, nil)
	if !r.Cut || len(r.Items) != 0 || !strings.Contains(r.Text, "Snow Bud") || len(r.Acts) == 0 {
		t.Errorf("%+v", r)
	}
	if again := say(t, s, ann, msg, nil); again.Text != r.Text || !again.Cut {
		t.Errorf("%+v", again)
	}
}

func TestNew(t *testing.T) {
	if _, err := serve.New(nil, nil, nil); err == nil {
		t.Error("a service of nothing")
	}
}
