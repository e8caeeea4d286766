package session_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// tables is the schema of the tests: a restaurant in both languages.
func tables() dst.Schema {
	return dst.Schema{Services: []dst.Service{{
		Slots: []dst.Slot{
			{Name: "food", Type: &dst.Enum{Values: []dst.Option{{Value: "sichuan", Synonyms: []string{"川菜"}}, {Value: "sushi", Synonyms: []string{"寿司"}}, {Value: "pizza"}}}},
			{Name: "people", Type: &dst.Number{Unit: "people", Integer: true}, Ask: map[string]string{"en": "For how many?", "zh": "几位？"}, Required: true},
			{Name: "date", Type: &dst.Date{}},
			{Name: "time", Type: &dst.Clock{Opens: 8}},
		},
		Intents: []dst.Intent{{Name: "reserve", Required: []string{"people"}, Transactional: true}, {Name: "find"}},
	}}}
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

// desk is a tracker with a manager and a clock.
type desk struct {
	*session.Manager
	store   session.Store
	tracker *dst.Tracker
	clock   *clock
	played  int // turns, as often as play was called
	mu      sync.Mutex
}

var desks atomic.Int32

func newDesk(t testing.TB, store session.Store, opts session.Options) *desk {
	t.Helper()
	d := &desk{store: store, clock: newClock()}
	if opts.Now == nil {
		opts.Now = d.clock.Now
	}
	if opts.Rand == nil {
		opts.Rand = rand.NewChaCha8([32]byte{byte(desks.Add(1))}) // no two managers may draw the same versions
	}
	var err error
	if d.Manager, err = session.New(store, &opts); err != nil {
		t.Fatal(err)
	}
	schema := opts.Schema
	if len(schema.Services) == 0 {
		schema = tables()
	}
	if d.tracker, err = dst.NewTracker(schema, &dst.TrackerOptions{Now: d.clock.Now, Weights: dst.NoWeights()}); err != nil {
		t.Fatal(err)
	}
	return d
}

// answer plays a message: it tracks, and does what Tracker.Next says.
func (d *desk) answer(text string) session.Play {
	return func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		d.mu.Lock()
		d.played++
		d.mu.Unlock()
		state, decisions, err := d.tracker.Update(ctx, c.State, dst.Turn{User: text})
		if err != nil {
			return session.Answer{}, err
		}
		next := d.tracker.Next(state)
		after := state.Said(next)
		return session.Answer{State: after, Turn: d.tracker.Record(c.State, after, decisions, next), Reply: []byte(next.String()), Text: text}, nil
	}
}

// say plays a turn that must succeed.
func (d *desk) say(t testing.TB, key session.Key, text string) session.Outcome {
	t.Helper()
	out, err := d.Turn(context.Background(), key, session.Message{Size: len(text)}, d.answer(text))
	if err != nil {
		t.Fatalf("%s, %q: %v", key, text, err)
	}
	return out
}

// flat is a state as sorted text.
func flat(s dst.State) string {
	out := ""
	for i, c := range s.Constraints {
		if i > 0 {
			out += " "
		}
		out += c.Slot + string(c.Op) + c.Value
	}
	return out
}

func key(id string) session.Key { return session.Key{Tenant: "shop", ID: id} }

func mustAct(s string) dst.Act { return dst.MustAct(s) }

// exampleDesk is a desk for examples.
func exampleDesk(opts session.Options) *desk {
	return newDesk(quiet{}, session.NewMemory(), opts)
}

func (d *desk) mustSay(text string) session.Outcome { return d.say(quiet{}, key("c"), text) }

// quiet stands for a test in examples, which have none.
type quiet struct{ testing.TB }

func (quiet) Helper() {}

func (quiet) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func (quiet) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
