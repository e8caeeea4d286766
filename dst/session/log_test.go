package session_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// Whatever entry a state is rebuilt for, it is the one that was saved then.
func TestAsOf(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Schema: tables(), Log: session.LogOptions{Turns: 200}})
	var saved []dst.State
	var times []time.Time
	for i, text := range conversation(60) {
		if i == 30 {
			d.clock.forward(40 * time.Hour) // a day is over
		}
		d.clock.forward(time.Second)
		out := d.say(t, key("c"), text)
		for range len(out.Dropped) {
			saved, times = append(saved, dst.State{}), append(times, time.Time{}) // an entry of its own
		}
		saved, times = append(saved, out.Answer.State), append(times, d.clock.Now())
	}
	for i, want := range saved {
		if want.Turn == 0 {
			continue
		}
		got, err := d.AsOf(t.Context(), key("c"), uint64(i+1))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("as of entry %d: %v\n%+v, want\n%+v", i+1, err, got, want)
		}
		got, err = d.AsOfTime(t.Context(), key("c"), times[i].Add(time.Millisecond))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("as of the time of entry %d: %v", i+1, err)
		}
	}
	if _, err := d.AsOf(t.Context(), key("c"), uint64(len(saved)+1)); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("as of an entry to come: %v", err)
	}
	if got, err := d.AsOfTime(t.Context(), key("c"), times[0].Add(-time.Hour)); err != nil || got.Turn != 0 {
		t.Errorf("before the start: %+v, %v", got, err)
	}
	if _, err := d.AsOf(t.Context(), key("nobody"), 1); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("as of nothing: %v", err)
	}
}

// conversation is n messages that set, change, negate and forget slots, in both
// languages.
func conversation(n int) []string {
	texts := []string{
		"4 people tomorrow", "sushi please", "not pizza", "行，川菜", "at 8pm", "6位", "forget the time", "sushi or pizza", "下周五", "no sushi",
		"undo", "yes", "any food will do", "at least 3 people", "谢谢", "it does not matter when", "cancel",
	}
	var out []string
	for i := range n {
		out = append(out, texts[i*7%len(texts)])
	}
	return out
}

// The log stays short however long the conversation is, and begins where a
// state is known.
func TestLogTrims(t *testing.T) {
	for _, turns := range []int{0, 20, 100} {
		d := newDesk(t, session.NewMemory(), session.Options{Log: session.LogOptions{Turns: turns}})
		keep := max(turns, 16)
		if turns == 0 {
			keep = 64
		}
		for i, text := range conversation(250) {
			out := d.say(t, key("c"), text)
			n, first := 0, uint64(0)
			for e, err := range d.Log(t.Context(), key("c")) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n == 1 {
					first = e.Seq
				}
			}
			if least := min(i+1, keep); n < least || n > keep+32 {
				t.Fatalf("with %d turns to keep there are %d entries after %d", turns, n, i+1)
			}
			if i%10 == 0 {
				got, err := d.AsOf(t.Context(), key("c"), out.Seq)
				if err != nil || !reflect.DeepEqual(got, out.Answer.State) {
					t.Fatalf("the log that begins with %d gives %+v for %d, %v", first, got, out.Seq, err)
				}
			}
		}
		if _, err := d.AsOf(t.Context(), key("c"), 3); !errors.Is(err, session.ErrTrimmed) {
			t.Errorf("as of what is gone: %v", err)
		}
	}
}

func TestUndo(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	var states []dst.State
	for _, text := range []string{"4 people", "sushi", "tomorrow", "at 8pm"} {
		states = append(states, d.say(t, key("c"), text).Answer.State)
	}
	undo := func(turns int, want dst.State) {
		t.Helper()
		got, err := d.Undo(t.Context(), key("c"), turns)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("undo of %d: %s, %v, want %s", turns, flat(got), err, flat(want))
		}
		c, err := d.Get(t.Context(), key("c"))
		if err != nil || !reflect.DeepEqual(c.State, want) {
			t.Errorf("after undo of %d: %s, %v", turns, flat(c.State), err)
		}
	}
	undo(1, states[2])
	undo(1, states[1])
	if got := flat(d.say(t, key("c"), "pizza").Answer.State); got != "food=pizza people=4" {
		t.Errorf("after it: %s", got)
	}
	undo(2, states[0])
	undo(1, dst.State{})
	if _, err := d.Undo(t.Context(), key("c"), 1); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("undo of nothing: %v", err)
	}
	if _, err := d.Undo(t.Context(), key("c"), 0); err == nil {
		t.Error("undo of no turns")
	}
	if _, err := d.Undo(t.Context(), key("nobody"), 1); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("undo for nobody: %v", err)
	}
	if got, err := d.AsOf(t.Context(), key("c"), 4); err != nil || !reflect.DeepEqual(got, states[3]) {
		t.Errorf("the log forgot what was undone: %s, %v", flat(got), err)
	}
}

func TestCompact(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	var last session.Outcome
	for i, text := range conversation(30) {
		var err error
		if last, err = d.Turn(t.Context(), key("c"), session.Message{ID: fmt.Sprint(i)}, d.answer(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Compact(t.Context(), key("c")); err != nil {
		t.Fatal(err)
	}
	n := 0
	for e, err := range d.Log(t.Context(), key("c")) {
		if n++; err != nil || e.Event != session.EventCompacted || e.Seq != 31 {
			t.Errorf("entry %+v, %v", e, err)
		}
	}
	if got, err := d.AsOf(t.Context(), key("c"), 31); n != 1 || err != nil || !reflect.DeepEqual(got, last.Answer.State) {
		t.Errorf("%d entries, state %+v, %v", n, got, err)
	}
	if _, err := d.Turn(t.Context(), key("c"), session.Message{ID: "29"}, d.answer("pizza")); !errors.Is(err, session.ErrGone) {
		t.Errorf("a message again whose answer is gone: %v", err)
	}
	if _, err := d.Undo(t.Context(), key("c"), 1); !errors.Is(err, session.ErrTrimmed) {
		t.Errorf("undo of what is gone: %v", err)
	}
	d.say(t, key("c"), "9 people")
	if got, err := d.Undo(t.Context(), key("c"), 1); err != nil || !reflect.DeepEqual(got, last.Answer.State) {
		t.Errorf("undo of the turn after it: %s, %v", flat(got), err)
	}
}

// A log says what was understood, and whoever changes a state by other means
// than acts finds it again all the same.
func TestLogTells(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	d.say(t, key("c"), "4 people")
	odd := func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		p, err := d.answer("not pizza")(ctx, c)
		p.State.Constraints = append(p.State.Constraints, dst.Constraint{Slot: "zz", Op: dst.Eq, Value: "from elsewhere"})
		return p, err
	}
	out, err := d.Turn(t.Context(), key("c"), session.Message{ID: "m2"}, odd)
	if err != nil {
		t.Fatal(err)
	}
	var entries []session.Logged
	for e, err := range d.Log(t.Context(), key("c")) {
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	e := entries[1]
	if len(entries) != 2 || e.Message != "m2" || e.Event != session.EventTurn || !e.At.Equal(d.clock.Now()) || e.Text != "not pizza" || string(e.Reply) != string(out.Reply) {
		t.Fatalf("the log is %+v", entries)
	}
	if len(e.Turn.Heard) != 1 || e.Turn.Heard[0].Act != mustAct("inform food!=pizza") || e.Turn.Heard[0].Evidence.Text != "pizza" || dst.FormatActs(e.Turn.Said) != dst.FormatActs(out.Turn.Said) {
		t.Errorf("the entry is %+v", e)
	}
	if got, err := d.AsOf(t.Context(), key("c"), 2); err != nil || !reflect.DeepEqual(got, out.Answer.State) {
		t.Errorf("as of it: %+v, %v", got, err)
	}
}

func TestUnsure(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	d.say(t, key("c"), "4 people")
	d.say(t, key("c"), "hmm well")
	d.say(t, session.Key{Tenant: "other", ID: "c"}, "what")
	n := 0
	for u, err := range d.Unsure(t.Context(), "shop", 0.5) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		last := u.Dialogue.Turns[len(u.Dialogue.Turns)-1]
		if u.Key != key("c") || u.Seq != 2 || u.P != 0 || len(u.Dialogue.Turns) != 2 || last.User != "hmm well" || last.State["people"][0] != "4" || len(last.System) == 0 {
			t.Errorf("unsure of %+v", u)
		}
	}
	if n != 1 {
		t.Errorf("%d turns were unsure", n)
	}
}
