package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// become is a play that leaves a state, whatever was said.
func become(s dst.State) session.Play {
	return func(context.Context, session.Conversation) (session.Answer, error) {
		return session.Answer{State: s}, nil
	}
}

// No state of an older schema comes back, though the one that was migrated had
// nothing to change.
func TestUndoAcrossSchemas(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	at8 := dst.State{Constraints: []dst.Constraint{{Slot: "time", Op: dst.Eq, Value: "20:00"}}}
	for _, s := range []dst.State{at8, {}} {
		if _, err := old.Turn(t.Context(), key("c"), session.Message{}, become(s)); err != nil {
			t.Fatal(err)
		}
	}
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}})
	d.say(t, key("c"), "pizza")
	if _, err := d.Undo(t.Context(), key("c"), 2); !errors.Is(err, session.ErrTrimmed) {
		t.Errorf("undo: %v", err)
	}
	if s, err := d.Undo(t.Context(), key("c"), 1); err != nil || flat(s) != "" {
		t.Errorf("undo of the turn since: %s, %v", flat(s), err)
	}
}

// A manager that knows no schema leaves to which one a state belongs.
func TestWithoutSchema(t *testing.T) {
	store := session.NewMemory()
	apart := dst.Migration{Values: map[string]map[string]string{"food": {"sushi": "sichuan", "fish": "sushi"}}}
	with := session.Options{Schema: tables(), Migrations: []dst.Migration{apart}}
	d := newDesk(t, store, with)
	d.say(t, key("c"), "sushi at 8pm")
	newDesk(t, store, session.Options{}).say(t, key("c"), "4 people")
	with.Rand = rand.NewChaCha8([32]byte{3})
	if out := newDesk(t, store, with).say(t, key("c"), "5 people"); len(out.Changed) > 0 || flat(out.Answer.State) != "food=sushi people=5 time=20:00" {
		t.Errorf("it has %s, changed %v", flat(out.Answer.State), out.Changed)
	}
}

// A message that comes again has the state of today.
func TestAgainToday(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	if _, err := old.Turn(t.Context(), key("c"), session.Message{ID: "m"}, old.answer("sushi at 8pm")); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}})
	out, err := d.Turn(t.Context(), key("c"), session.Message{ID: "m"}, d.answer("sushi at 8pm"))
	if err != nil || !out.Again || out.Seq != 1 || out.Turns != 1 || flat(out.Answer.State) != "cuisine=sushi" || flat(out.Conversation.State) != "cuisine=sushi" {
		t.Errorf("again: %+v, %v", out, err)
	}
}

// The secret for users may come after the keys.
func TestUsersLater(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Keys: keyring(t, nil, "k1")})
	for _, id := range []string{"a", "b", "c"} {
		if _, err := old.Turn(t.Context(), key(id), session.Message{User: "ann"}, old.answer("sushi")); err != nil {
			t.Fatal(err)
		}
	}
	d := newDesk(t, store, session.Options{Keys: keyring(t, &session.KeyringOptions{Users: bytes.Repeat([]byte("u"), 32)}, "k1")})
	if _, err := d.Turn(t.Context(), key("a"), session.Message{User: "ann"}, d.answer("4 people")); err != nil {
		t.Errorf("her conversation: %v", err)
	}
	if e, err := d.Export(t.Context(), "shop", "ann"); err != nil || len(e.Sessions) != 3 {
		t.Errorf("the export has %d conversations, %v", len(e.Sessions), err)
	}
	if n, failed, err := d.Rekey(t.Context()); n != 2 || len(failed) > 0 || err != nil {
		t.Errorf("Rekey: %d, %v, %v", n, failed, err)
	}
	r, _ := everything(t, store, key("b"))
	if strings.Contains(r.User, "ann") {
		t.Errorf("the index has %q", r.User)
	}
	// Nobody becomes her by calling themselves what the index calls her.
	for _, name := range []string{r.User, strings.TrimSpace(r.User)} {
		if _, err := d.Turn(t.Context(), key("b"), session.Message{User: name}, d.answer("pizza")); !errors.Is(err, session.ErrUser) && !errors.Is(err, session.ErrName) {
			t.Errorf("as %q: %v", name, err)
		}
	}
	if receipt, err := d.Erase(t.Context(), "shop", "ann"); err != nil || len(receipt.Sessions) != 3 {
		t.Errorf("erased %+v, %v", receipt, err)
	}
}

// With the wrong secret for users, nobody is said to be unknown.
func TestOtherUsersSecret(t *testing.T) {
	store := session.NewMemory()
	users := func(secret string) *session.KeyringOptions {
		return &session.KeyringOptions{Users: bytes.Repeat([]byte(secret), 32)[:32]}
	}
	d := newDesk(t, store, session.Options{Keys: keyring(t, users("u"), "k1")})
	if _, err := d.Turn(t.Context(), key("c"), session.Message{User: "ann"}, d.answer("sushi")); err != nil {
		t.Fatal(err)
	}
	d.say(t, key("a"), "sushi") // nobody's
	if receipt, err := d.Erase(t.Context(), "shop", "bob"); err != nil || len(receipt.Sessions) != 0 {
		t.Errorf("nobody's: %+v, %v", receipt, err)
	}
	for name, opts := range map[string]*session.KeyringOptions{"none": nil, "another": users("v")} {
		other := newDesk(t, store, session.Options{Keys: keyring(t, opts, "k1")})
		_, erase := other.Erase(t.Context(), "shop", "ann")
		_, export := other.Export(t.Context(), "shop", "ann")
		_, turn := other.Turn(t.Context(), key("c"), session.Message{User: "ann"}, other.answer("pizza"))
		for i, err := range []error{erase, export, turn} {
			if !errors.Is(err, session.ErrKey) {
				t.Errorf("%s, %d: %v", name, i, err)
			}
		}
	}
	if receipt, err := d.Erase(t.Context(), "shop", "ann"); err != nil || len(receipt.Sessions) != 1 {
		t.Errorf("erased: %+v, %v", receipt, err)
	}
}

// Whoever can write to a store cannot give a conversation to another user, nor
// have it stay for longer.
func TestSealBindsUser(t *testing.T) {
	store := session.NewMemory()
	d := newDesk(t, store, session.Options{Keys: keyring(t, nil, "k1")})
	for name, change := range map[string]func(*session.Record){
		"user":  func(r *session.Record) { r.User = "mallory" },
		"owner": func(r *session.Record) { r.User = "" },
		"time":  func(r *session.Record) { r.Expires = r.Expires.Add(time.Hour) },
		"ever":  func(r *session.Record) { r.Expires = time.Time{} },
	} {
		if _, err := d.Turn(t.Context(), key(name), session.Message{User: "ann"}, d.answer("sushi")); err != nil {
			t.Fatal(err)
		}
		r, _ := everything(t, store, key(name))
		change(&r)
		if err := store.Save(t.Context(), session.Change{Record: r, Prev: r.Version}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Turn(t.Context(), key(name), session.Message{User: "mallory"}, d.answer("pizza")); !errors.Is(err, session.ErrSeal) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := d.Export(t.Context(), "shop", "mallory"); name == "user" && !errors.Is(err, session.ErrSeal) {
			t.Errorf("%s: export: %v", name, err)
		}
	}
}

// No state is rebuilt from a log in which something is missing.
func TestLogWithGaps(t *testing.T) {
	store := session.NewMemory()
	d := newDesk(t, store, session.Options{})
	for _, text := range []string{"sushi", "4 people", "pizza"} {
		d.say(t, key("c"), text)
	}
	r, log := everything(t, store, key("c"))
	for name, left := range map[string][]session.Entry{"first": log[1:], "middle": {log[0], log[2]}, "last": log[:2], "all": nil} {
		if err := store.Delete(t.Context(), key("c"), 0); err != nil {
			t.Fatal(err)
		}
		if err := store.Save(t.Context(), session.Change{Record: r, Append: left}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AsOf(t.Context(), key("c"), 3); !errors.Is(err, session.ErrCorrupt) && !errors.Is(err, session.ErrNotFound) {
			t.Errorf("%s: AsOf: %v", name, err)
		}
		if _, err := d.Undo(t.Context(), key("c"), 1); !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("%s: Undo: %v", name, err)
		}
	}
}

// What has expired does not keep an old key needed.
func TestRekeyExpired(t *testing.T) {
	store := session.NewMemory()
	d := newDesk(t, store, session.Options{Keys: keyring(t, nil, "k1")})
	d.say(t, key("c"), "sushi")
	d.clock.forward(31 * 24 * time.Hour)
	both := newDesk(t, store, session.Options{Now: d.clock.Now, Keys: keyring(t, nil, "k2", "k1")})
	if n, failed, err := both.Rekey(t.Context()); n != 0 || len(failed) > 0 || err != nil {
		t.Errorf("Rekey: %d, %v, %v", n, failed, err)
	}
	alone := newDesk(t, store, session.Options{Now: d.clock.Now, Keys: keyring(t, nil, "k2")})
	if got := flat(alone.say(t, key("c"), "pizza").Answer.State); got != "food=pizza" {
		t.Errorf("it has %s", got)
	}
}

// Nobody makes a conversation grow without end; it goes on with what it has.
func TestStateGrows(t *testing.T) {
	const most = 2000
	d := newDesk(t, session.NewMemory(), session.Options{Limits: func(string) session.Limits { return session.Limits{State: most} }})
	refused := 0
	for i := range 20 {
		var text strings.Builder
		for n := range 10 {
			fmt.Fprintf(&text, "not %d people. ", 10*i+n)
		}
		_, err := d.Turn(t.Context(), key("c"), session.Message{}, d.answer(text.String()))
		var limit *session.LimitError
		if errors.As(err, &limit) && limit.What == "state" && limit.Limit == most {
			refused++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if r, _ := everything(t, d.store, key("c")); refused == 0 || len(r.Data) > most+most/2 {
		t.Errorf("%d turns were refused, and the record has %d bytes", refused, len(r.Data))
	}
	if got := flat(d.say(t, key("c"), "sushi").Answer.State); !strings.HasPrefix(got, "food=sushi") {
		t.Errorf("it does not go on: %s", got)
	}
	_, err := d.Turn(t.Context(), key("r"), session.Message{}, func(context.Context, session.Conversation) (session.Answer, error) {
		return session.Answer{Reply: make([]byte, most+1)}, nil
	})
	if _, get := d.Get(t.Context(), key("r")); !errors.Is(err, session.ErrLimit) || !errors.Is(get, session.ErrNotFound) {
		t.Errorf("a long reply: %v, %v", err, get)
	}
}

// A clock before 1970 is no reason to lose a conversation.
func TestOldClock(t *testing.T) {
	d := newDesk(t, session.NewMemory(), session.Options{Now: func() time.Time { return time.Time{} }})
	d.say(t, key("c"), "sushi")
	if got := flat(d.say(t, key("c"), "4 people").Answer.State); got != "food=sushi people=4" {
		t.Errorf("it has %s", got)
	}
}
