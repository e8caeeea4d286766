package dst

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// What the bot told is remembered, the latest value of each slot, in its own
// words where these differ.
func TestToldIsRemembered(t *testing.T) {
	tr := newTracker(t, travelSchema())
	for _, c := range []struct {
		talk string
		want []Told
	}{
		{"hello", nil},
		{"> inform Hotels.price=80\nok", []Told{{"Hotels.price", "80", ""}}},
		{"> inform Hotels.price=80元\nok", []Told{{"Hotels.price", "80", "80元"}}},
		{"> offer Hotels.name=Grand Hotel; inform Hotels.price=80\nok\n> inform Hotels.price=90\nok", []Told{{"Hotels.name", "Grand Hotel", ""}, {"Hotels.price", "90", ""}}},
		{"> inform Hotels.price=80\nok\n> inform Hotels.name=Grand Hotel\nok\n> confirm Hotels.price=70\nok", []Told{{"Hotels.name", "Grand Hotel", ""}, {"Hotels.price", "70", ""}}},
		{"> inform Hotels.price<=80; inform Hotels.rating=dontcare; ask Hotels.name; nooffer Hotels; relax Hotels.facility\nok", nil},
	} {
		s, _ := talk(t, tr, c.talk)
		if !reflect.DeepEqual(append([]Told{}, s.Told...), append([]Told{}, c.want...)) {
			t.Errorf("%q: told %+v, want %+v", c.talk, s.Told, c.want)
		}
	}
}

// Where nobody would take it up, nothing is kept.
func TestToldToNobody(t *testing.T) {
	if s, _ := talk(t, newTracker(t, pizzaSchema()), "> inform crust=thin\nok"); s.Told != nil {
		t.Errorf("of a single service without intents %+v is kept", s.Told)
	}
	if s, _ := talk(t, newTracker(t, shopSchema()), "> inform colour=red\nok"); len(s.Told) != 1 {
		t.Errorf("of a service with intents %+v is kept", s.Told)
	}
}

// Memory is bounded, the oldest is let go, and states share nothing.
func TestToldIsBounded(t *testing.T) {
	var s State
	for i := range 3 * maxTold {
		before := s
		kept := slices.Clone(s.Told)
		s = s.Said(Act{Inform, fmt.Sprint("A.s", i), Eq, "1"}).remember(nil)
		if !slices.Equal(before.Told, kept) {
			t.Fatal("the state before was changed")
		}
		if last := s.Told[len(s.Told)-1]; last.Slot != fmt.Sprint("A.s", i) || len(s.Told) != min(i+1, maxTold) {
			t.Fatalf("after %d slots %+v is kept", i+1, s.Told)
		}
	}
}

// What may be repeated: the bot's last words, and earlier ones, each once.
func TestToldMayBeRepeated(t *testing.T) {
	s := State{Told: []Told{{"Hotels.price", "80", "80元"}, {"Hotels.name", "Grand Hotel", ""}}}
	raw := []Act{MustAct("ask Hotels.rating"), MustAct("offer Hotels.name=Grand Hotel"), MustAct("inform Hotels.phone=12")}
	if got, want := told(s, raw), []string{"Grand Hotel", "12", "80元"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := told(State{}, nil); len(got) != 0 {
		t.Errorf("at the start %q may be repeated", got)
	}
}
