package session_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// newTables is the schema of tables a year later: a slot has another name,
// another type, or is gone.
func newTables() dst.Schema {
	s := tables()
	slots := s.Services[0].Slots
	slots[0].Name = "cuisine"
	slots[1].Type = dst.OneOf("2", "4", "6")
	s.Services[0].Slots = slots[:3] // no time any more
	return s
}

var toNew = dst.Migration{Rename: map[string]string{"food": "cuisine"}}

func TestMigrates(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	old.say(t, key("c"), "sushi for 4 people at 8pm")
	old.say(t, key("d"), "pizza for 5 people")
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}})
	out := d.say(t, key("c"), "tomorrow")
	if got := flat(out.Answer.State); got != "cuisine=sushi date=2026-11-25 people=4" {
		t.Errorf("it has %s", got)
	}
	if got := fmt.Sprint(out.Changed); !strings.Contains(got, "renamed food to cuisine") || !strings.Contains(got, "removed time=20:00") {
		t.Errorf("changed %s", got)
	}
	if out = d.say(t, key("c"), "pizza"); len(out.Changed) > 0 || flat(out.Answer.State) != "cuisine=pizza date=2026-11-25 people=4" {
		t.Errorf("changed again: %v", out.Changed)
	}
	if got, err := d.AsOf(t.Context(), key("c"), 1); err != nil || flat(got) != "food=sushi people=4 time=20:00" {
		t.Errorf("as it was: %s, %v", flat(got), err)
	}
	if _, err := d.Undo(t.Context(), key("c"), 3); !errors.Is(err, session.ErrTrimmed) {
		t.Errorf("undo of what was said in another schema: %v", err)
	}
}

// A program that runs on beside its successor takes nothing from the
// conversations that the successor has brought to its schema.
func TestOldProgram(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	old.say(t, key("c"), "sushi for 4 people")
	old.say(t, key("d"), "pizza")
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}, Rand: rand.NewChaCha8([32]byte{2})})
	d.say(t, key("c"), "tomorrow")
	_, turn := old.Turn(t.Context(), key("c"), session.Message{}, old.answer("2 people"))
	_, get := old.Get(t.Context(), key("c"))
	_, undo := old.Undo(t.Context(), key("c"), 1)
	report, err := old.Migrate(t.Context(), false)
	if err != nil || len(report.Failed) != 1 {
		t.Errorf("Migrate: %+v, %v", report, err)
	}
	for i, err := range []error{turn, get, undo, report.Failed[key("c")]} {
		if !errors.Is(err, session.ErrNewer) || !strings.Contains(err.Error(), "shop/c") {
			t.Errorf("the old program, %d: %v", i, err)
		}
	}
	old.say(t, key("d"), "2 people")
	if c, err := d.Get(t.Context(), key("c")); err != nil || flat(c.State) != "cuisine=sushi date=2026-11-25 people=4" {
		t.Errorf("it has %s, %v", flat(c.State), err)
	}
}

func TestMigrateAll(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	old.say(t, key("c"), "sushi for 4 people")
	old.say(t, key("d"), "5 people at 8pm")
	old.say(t, key("e"), "tomorrow")
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}})
	for _, dry := range []bool{true, true, false} {
		report, err := d.Migrate(t.Context(), dry)
		if err != nil || report.Looked != 3 || len(report.Failed) > 0 || len(report.Changed) != 2 || !strings.Contains(fmt.Sprint(report.Changed[key("d")]), "refused people=5") {
			t.Errorf("dry %v: %+v, %v", dry, report, err)
		}
	}
	if report, err := d.Migrate(t.Context(), false); err != nil || len(report.Changed) > 0 {
		t.Errorf("again: %+v, %v", report, err)
	}
	for id, want := range map[string]string{"c": "cuisine=sushi people=4", "d": "", "e": "date=2026-11-25"} {
		if c, err := d.Get(t.Context(), key(id)); err != nil || flat(c.State) != want {
			t.Errorf("%s has %q, %v", id, flat(c.State), err)
		}
	}
}

// Times go with what was renamed: it is too old when it would have been.
func TestMigrationKeepsTimes(t *testing.T) {
	store := session.NewMemory()
	old := newDesk(t, store, session.Options{Schema: tables()})
	old.say(t, key("c"), "sushi")
	d := newDesk(t, store, session.Options{Schema: newTables(), Migrations: []dst.Migration{toNew}, Lifetimes: session.Lifetimes{Slot: 3 * time.Hour}})
	d.clock.forward(2 * time.Hour)
	if out := d.say(t, key("c"), "4 people"); flat(out.Answer.State) != "cuisine=sushi people=4" {
		t.Errorf("after two hours: %s", flat(out.Answer.State))
	}
	d.clock.forward(2 * time.Hour)
	if out := d.say(t, key("c"), "hello"); flat(out.Answer.State) != "people=4" {
		t.Errorf("after four hours: %s, dropped %v", flat(out.Answer.State), out.Dropped)
	}
}

func TestBadOptions(t *testing.T) {
	for name, opts := range map[string]session.Options{
		"migration": {Schema: tables(), Migrations: []dst.Migration{toNew}},
		"schema":    {Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{{Name: ""}}}}}},
		"slot":      {Schema: tables(), Lifetimes: session.Lifetimes{Slots: map[string]time.Duration{"nothing": time.Hour}}},
		"flow":      {Schema: tables(), Lifetimes: session.Lifetimes{Flows: map[string]time.Duration{"nothing": time.Hour}}},
	} {
		if _, err := session.New(session.NewMemory(), &opts); err == nil {
			t.Errorf("%s: no error", name)
		} else if fmt.Sprint(err) == "" {
			t.Errorf("%s: an empty error", name)
		}
	}
	if _, err := session.New(nil, nil); err == nil {
		t.Error("no store: no error")
	}
}
