package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// shelf is a Holder that keeps a line for each conversation.
type shelf map[session.Key]string

func (shelf) Name() string { return "shelf" }

func (s shelf) Erase(_ context.Context, who session.Subject) (int, error) {
	n := 0
	for _, k := range who.Sessions {
		if _, ok := s[k]; ok {
			n++
		}
		delete(s, k)
	}
	return n, nil
}

func (s shelf) Export(_ context.Context, who session.Subject) (json.RawMessage, error) {
	var lines []string
	for _, k := range who.Sessions {
		lines = append(lines, s[k])
	}
	return json.Marshal(lines)
}

func TestEraseAndExport(t *testing.T) {
	held := shelf{key("a1"): "of a1", key("a2"): "of a2", key("b"): "of b"}
	d := newDesk(t, session.NewMemory(), session.Options{Holders: []session.Holder{held}})
	for _, m := range []struct {
		key  session.Key
		user string
		text string
	}{
		{key("a1"), "ann", "sushi for 4 people"}, {key("a1"), "ann", "tomorrow"}, {key("a2"), "ann", "川菜"}, {key("b"), "bob", "pizza"},
		{session.Key{Tenant: "other", ID: "a1"}, "ann", "pizza"},
	} {
		if _, err := d.Turn(t.Context(), m.key, session.Message{User: m.user}, d.answer(m.text)); err != nil {
			t.Fatal(err)
		}
	}
	export, err := d.Export(t.Context(), "shop", "ann")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"sushi"`, `"sichuan"`, `"tomorrow"`, `"inform people=4"`, "of a1", "of a2", "sushi for 4 people"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the export lacks %s: %s", want, text)
		}
	}
	if strings.Contains(string(text), "pizza") || strings.Contains(string(text), "of b") {
		t.Errorf("the export has what is others': %s", text)
	}
	receipt, err := d.Erase(t.Context(), "shop", "ann")
	if err != nil {
		t.Fatal(err)
	}
	got, want := "", "a1 3 slots 2 entries 2 messages, a2 1 slots 1 entries 1 messages, map[shelf:2]"
	for _, s := range receipt.Sessions {
		got += fmt.Sprintf("%s %d slots %d entries %d messages, ", s.ID, s.Slots, s.Entries, s.Messages)
		if s.Bytes < 100 {
			t.Errorf("%s has %d bytes", s.ID, s.Bytes)
		}
	}
	if got += fmt.Sprint(receipt.Holders); got != want || !receipt.At.Equal(d.clock.Now()) {
		t.Errorf("the receipt is %s, want %s", got, want)
	}
	for _, id := range []string{"a1", "a2"} {
		if _, err := d.Get(t.Context(), key(id)); !errors.Is(err, session.ErrNotFound) {
			t.Errorf("%s after it: %v", id, err)
		}
	}
	for u, err := range d.Unsure(t.Context(), "shop", 2) {
		if err != nil || u.Key != key("b") {
			t.Errorf("the queue to learn from has %v, %v", u.Key, err)
		}
	}
	if again, err := d.Erase(t.Context(), "shop", "ann"); err != nil || len(again.Sessions) > 0 {
		t.Errorf("erased again: %+v, %v", again, err)
	}
	if export, err := d.Export(t.Context(), "shop", "ann"); err != nil || len(export.Sessions) > 0 {
		t.Errorf("exported after it: %+v, %v", export, err)
	}
	if c, err := d.Get(t.Context(), session.Key{Tenant: "other", ID: "a1"}); err != nil || flat(c.State) != "food=pizza" {
		t.Errorf("the other tenant's: %v", err)
	}
	if _, err := d.Erase(t.Context(), "shop", ""); !errors.Is(err, session.ErrName) {
		t.Errorf("erasing nobody: %v", err)
	}
}

// A turn under way when its user is erased begins a new conversation, and
// brings nothing back.
func TestEraseMidTurn(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{})
	other := newDesk(t, d.store, session.Options{}) // another replica
	if _, err := d.Turn(t.Context(), key("c"), session.Message{User: "ann"}, d.answer("sushi")); err != nil {
		t.Fatal(err)
	}
	out, err := d.Turn(t.Context(), key("c"), session.Message{User: "ann"}, func(ctx context.Context, c session.Conversation) (session.Answer, error) {
		if c.Attempt == 1 {
			if _, err := other.Erase(ctx, "shop", "ann"); err != nil {
				t.Error(err)
			}
		}
		return d.answer("4 people")(ctx, c)
	})
	if err != nil || out.Attempt != 2 || flat(out.Answer.State) != "people=4" || out.Seq != 1 {
		t.Errorf("it has %s in attempt %d, %v", flat(out.Answer.State), out.Attempt, err)
	}
}

func TestSweep(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{
		Lifetimes: session.Lifetimes{Session: 48 * time.Hour}, Log: session.LogOptions{Age: 24 * time.Hour},
	})
	for range 20 {
		d.say(t, key("old"), "pizza")
		d.say(t, key("kept"), "sushi")
	}
	d.clock.forward(30 * time.Hour)
	d.say(t, key("kept"), "4 people")
	d.say(t, key("new"), "pizza")
	if _, err := d.Turn(t.Context(), key("kept"), session.Message{ID: "m"}, d.answer("4 people")); err != nil {
		t.Fatal(err)
	}
	swept, err := d.Sweep(t.Context())
	if err != nil || swept.Compacted != 1 {
		t.Errorf("swept %+v, %v right after a turn", swept, err)
	}
	if out, err := d.Turn(t.Context(), key("kept"), session.Message{ID: "m"}, d.answer("4 people")); err != nil || !out.Again {
		t.Errorf("the message again: %+v, %v", out, err)
	}
	d.clock.forward(10 * time.Minute)
	swept, err = d.Sweep(t.Context())
	if err != nil || swept.Removed != 0 || swept.Compacted != 1 || len(swept.Failed) > 0 {
		t.Errorf("swept %+v, %v", swept, err)
	}
	for e, err := range d.Log(t.Context(), key("kept")) {
		if err != nil || d.clock.Now().Sub(e.At) > 24*time.Hour {
			t.Errorf("entry %d of %v is still there, %v", e.Seq, e.At, err)
		}
	}
	d.clock.forward(20 * time.Hour)
	if swept, err = d.Sweep(t.Context()); err != nil || swept.Removed != 1 {
		t.Errorf("swept %+v, %v", swept, err)
	}
	if c, err := d.Get(t.Context(), key("kept")); err != nil || flat(c.State) != "food=sushi people=4" {
		t.Errorf("it has %s, %v", flat(c.State), err)
	}
}
