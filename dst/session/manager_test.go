package session_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst/session"
)

func TestTurns(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Schema: tables()})
	d.say(t, key("ann"), "a table for 4 people")
	d.say(t, key("bob"), "川菜，2位")
	out := d.say(t, key("ann"), "sushi tomorrow")
	if got := flat(out.Answer.State); got != "date=2026-11-25 food=sushi people=4" {
		t.Errorf("ann has %s", got)
	}
	if got := flat(d.say(t, key("bob"), "晚上8点").Answer.State); got != "food=sichuan people=2 time=20:00" {
		t.Errorf("bob has %s", got)
	}
	if out.Seq != 2 || out.Attempt != 1 || out.Away != 0 || out.Again {
		t.Errorf("the second turn is %+v", out)
	}
	got, err := d.Get(t.Context(), key("ann"))
	if err != nil || flat(got.State) != flat(out.Answer.State) || got.Turns != 2 {
		t.Errorf("Get returns %+v, %v", got, err)
	}
}

// A message that comes again counts once and has the answer it had.
func TestAgain(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	send := func(id, text string) session.Outcome {
		t.Helper()
		out, err := d.Turn(t.Context(), key("c"), session.Message{ID: id}, d.answer(text))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := send("m1", "4 people")
	send("m2", "sushi")
	again := send("m1", "4 people")
	if !again.Again || string(again.Reply) != string(first.Reply) || again.Seq != 1 || flat(again.Answer.State) != "food=sushi people=4" {
		t.Errorf("m1 again is %+v", again)
	}
	if len(again.Turn.Heard) != 1 || again.Turn.Heard[0].Act.String() != "inform people=4" {
		t.Errorf("m1 again understands %v", again.Turn.Heard)
	}
	if d.played != 2 {
		t.Errorf("play was called %d times", d.played)
	}
	for i := range 15 {
		send(fmt.Sprint("n", i), "pizza")
	}
	if !send("m2", "sushi").Again {
		t.Error("the sixteenth message back is not known any more")
	}
	if send("m1", "4 people").Again {
		t.Error("a message is known for ever")
	}
	if out, err := d.Turn(t.Context(), key("other"), session.Message{ID: "m2"}, d.answer("pizza")); err != nil || out.Again {
		t.Errorf("another conversation's message with the id: %v, %v", out.Again, err)
	}
}

// Turns of one conversation come one after the other, whoever sends them.
func TestParallel(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Limits: func(string) session.Limits { return session.Limits{Session: session.Quota{Waiting: 100}} }})
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			for n := range 5 {
				_, err := d.Turn(t.Context(), key(fmt.Sprint(i%4)), session.Message{ID: fmt.Sprint(i, "-", n)}, d.answer("pizza"))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for i := range 4 {
		c, err := d.Get(t.Context(), key(fmt.Sprint(i)))
		if err != nil || c.Turns != 80 || c.State.Turn != 80 {
			t.Errorf("conversation %d has %d turns, and its state %d: %v", i, c.Turns, c.State.Turn, err)
		}
	}
	if d.played != 320 {
		t.Errorf("play was called %d times for 320 turns", d.played)
	}
}

// Two managers on one store do not overwrite each other.
func TestReplicas(t *testing.T) {
	store := session.NewMemory()
	many := func(string) session.Limits { return session.Limits{Session: session.Quota{Waiting: 100}} }
	a := newDesk(t, store, session.Options{Conflicts: 1000, Limits: many})
	b := newDesk(t, store, session.Options{Conflicts: 1000, Limits: many})
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			d := []*desk{a, b}[i%2]
			for range 5 {
				if _, err := d.Turn(t.Context(), key("one"), session.Message{}, d.answer("pizza")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	c, err := a.Get(t.Context(), key("one"))
	if err != nil || c.State.Turn != 200 {
		t.Errorf("of 200 turns %d count, %v", c.State.Turn, err)
	}
}

// A turn that somebody else came before is played again, and given up in the end.
func TestConflict(t *testing.T) {
	store := session.NewMemory()
	a, b := newDesk(t, store, session.Options{Conflicts: 2}), newDesk(t, store, session.Options{})
	var attempts []int
	meddle := func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		attempts = append(attempts, c.Attempt)
		b.say(t, key("c"), "pizza")
		return a.answer("4 people")(ctx, c)
	}
	_, err := a.Turn(t.Context(), key("c"), session.Message{}, meddle)
	if !errors.Is(err, session.ErrConflict) || fmt.Sprint(attempts) != "[1 2 3]" {
		t.Errorf("attempts %v, error %v", attempts, err)
	}
	c, err := a.Get(t.Context(), key("c"))
	if err != nil || flat(c.State) != "food=pizza" || c.State.Turn != 3 {
		t.Errorf("it has %s, %v", flat(c.State), err)
	}
}

func TestPlayFails(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	d.say(t, key("c"), "4 people")
	bad := fmt.Errorf("no answer: %w", session.ErrConflict) // of another conversation's, in the program
	played := 0
	_, err := d.Turn(t.Context(), key("c"), session.Message{ID: "m"}, func(context.Context, session.Conversation) (session.Answer, error) {
		played++
		return session.Answer{}, bad
	})
	if !errors.Is(err, bad) || played != 1 {
		t.Errorf("played %d times, the error is %v", played, err)
	}
	if c, err := d.Get(t.Context(), key("c")); err != nil || c.Turns != 1 {
		t.Errorf("it has %d turns, %v", c.Turns, err)
	}
	out, err := d.Turn(t.Context(), key("c"), session.Message{ID: "m"}, d.answer("pizza"))
	if err != nil || out.Again {
		t.Errorf("the message that failed comes again: %v, %v", out.Again, err)
	}
}

func TestUsers(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	d.say(t, key("c"), "pizza") // nobody yet
	for _, test := range []struct {
		user string
		want error
	}{{"ann", nil}, {"ann", nil}, {"", nil}, {"bob", session.ErrUser}} {
		_, err := d.Turn(t.Context(), key("c"), session.Message{User: test.user}, d.answer("sushi"))
		if !errors.Is(err, test.want) {
			t.Errorf("%q: %v", test.user, err)
		}
	}
}

func TestNames(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	for _, bad := range []session.Key{
		{ID: ""}, {ID: "a\nb"}, {ID: "a\x00b"}, {ID: "../etc/passwd"}, {ID: `a\b`}, {ID: ".."}, {ID: "a/b"}, {ID: " a"}, {ID: "a\u202eb"},
		{ID: "\xff"}, {ID: strings.Repeat("a", 256)}, {Tenant: "a/b", ID: "c"}, {Tenant: "\t", ID: "c"}, {Tenant: strings.Repeat("长", 86), ID: "c"},
	} {
		_, err := d.Turn(t.Context(), bad, session.Message{}, d.answer("pizza"))
		if !errors.Is(err, session.ErrName) {
			t.Errorf("%q: %v", bad, err)
		} else if strings.ContainsAny(err.Error(), "\n\x00\u202e\t") || !utf8.ValidString(err.Error()) || len(err.Error()) > 200 {
			t.Errorf("%q: the error repeats what is wrong: %q", bad, err)
		}
	}
	if _, err := d.Turn(t.Context(), key("c"), session.Message{User: "a\x1b[2J"}, d.answer("pizza")); !errors.Is(err, session.ErrName) {
		t.Errorf("a user with an escape: %v", err)
	}
	d.say(t, session.Key{Tenant: "a", ID: "c"}, "pizza")
	d.say(t, session.Key{Tenant: "b", ID: "c"}, "sushi")
	if c, err := d.Get(t.Context(), session.Key{Tenant: "a", ID: "c"}); err != nil || flat(c.State) != "food=pizza" {
		t.Errorf("two tenants' id: %s, %v", flat(c.State), err)
	}
}

func TestLifetimes(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Schema: tables(), Lifetimes: session.Lifetimes{
		Session: 10 * 24 * time.Hour, Slots: map[string]time.Duration{"time": 2 * time.Hour}, Flow: -1,
	}})
	d.say(t, key("c"), "4 people tomorrow")
	d.clock.forward(time.Hour)
	d.say(t, key("c"), "sushi at 8pm")
	d.clock.forward(90 * time.Minute)
	out := d.say(t, key("c"), "4 people")
	if got := flat(out.Answer.State); got != "date=2026-11-25 food=sushi people=4 time=20:00" || len(out.Dropped) > 0 || out.Away != 90*time.Minute {
		t.Errorf("after an hour and a half: %s, dropped %v, away %v", got, out.Dropped, out.Away)
	}
	d.clock.forward(40 * time.Minute)
	out = d.say(t, key("c"), "pizza")
	if got := flat(out.Answer.State); got != "date=2026-11-25 food=pizza people=4" || fmt.Sprint(out.Dropped) != "[time=20:00 (too old)]" {
		t.Errorf("after two hours: %s, dropped %v", got, out.Dropped)
	}
	d.clock.forward(3 * 24 * time.Hour)
	out = d.say(t, key("c"), "sushi")
	if got := flat(out.Answer.State); got != "food=sushi people=4" || fmt.Sprint(out.Dropped) != "[date=2026-11-25 (day over)]" {
		t.Errorf("after three days: %s, dropped %v", got, out.Dropped)
	}
	d.clock.forward(10 * 24 * time.Hour)
	if _, err := d.Get(t.Context(), key("c")); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Get of what has expired: %v", err)
	}
	out = d.say(t, key("c"), "sushi")
	if got := flat(out.Answer.State); got != "food=sushi" || !out.Expired || out.Answer.State.Turn != 1 {
		t.Errorf("after ten days: %s, expired %v", got, out.Expired)
	}
}

// A yes hours later answers nothing; one in time does.
func TestQuestionWaits(t *testing.T) {
	for _, test := range []struct {
		after     time.Duration
		confirmed bool
	}{{30 * time.Minute, true}, {3 * time.Hour, false}} {
		d := newDesk(t, session.NewMemory(), session.Options{Schema: tables()})
		ask := func(ctx context.Context, c session.Conversation) (session.Answer, error) {
			p, err := d.answer("4 people")(ctx, c)
			p.State = p.State.Apply(mustAct("want reserve"))
			next := d.tracker.Next(p.State)
			p.State, p.Turn.Said = p.State.Said(next), append(p.Turn.Said, next)
			return p, err
		}
		if _, err := d.Turn(t.Context(), key("c"), session.Message{}, ask); err != nil {
			t.Fatal(err)
		}
		d.clock.forward(test.after)
		out := d.say(t, key("c"), "yes")
		if got := out.Conversation.State.Confirmation.Intent != ""; got != test.confirmed {
			t.Errorf("after %v the question waits: %v", test.after, got)
		}
	}
}

func TestFlowCloses(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Schema: tables()})
	if _, err := d.Turn(t.Context(), key("c"), session.Message{}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		p, err := d.answer("sushi")(ctx, c)
		p.State = p.State.Apply(mustAct("want reserve"))
		return p, err
	}); err != nil {
		t.Fatal(err)
	}
	d.clock.forward(25 * time.Hour)
	out := d.say(t, key("c"), "4 people")
	if got := fmt.Sprint(out.Dropped); got != "[ask people (too old) reserve (too old) food=sushi (with its flow)]" {
		t.Errorf("dropped %v", got)
	}
	if got := flat(out.Answer.State); got != "people=4" || len(out.Answer.State.Intents) > 0 {
		t.Errorf("left are %s and %v", got, out.Answer.State.Intents)
	}
}
