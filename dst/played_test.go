package dst_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"pgregory.net/rapid"
)

// recorded plays a turn, checks that its record, as a log has it, leads to the
// state after it, and returns both.
func recorded(t rapid.TB, tr *dst.Tracker, s dst.State, turn dst.Turn, said, notes []dst.Act) (dst.State, dst.Played) {
	t.Helper()
	next, ds, err := tr.Update(context.Background(), s, turn)
	if err != nil {
		t.Fatal(err)
	}
	next = next.Said(said...).Note(notes...)
	return next, replayed(t, s, next, tr.Record(s, next, ds, said...))
}

// replayed fails unless a turn, read from a log, leads from one state to the other.
func replayed(t rapid.TB, before, after dst.State, p dst.Played) dst.Played {
	t.Helper()
	line, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back dst.Played
	if err := json.Unmarshal(line, &back); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	want, _ := after.MarshalBinary()
	if got, _ := before.Replay(back).MarshalBinary(); !bytes.Equal(got, want) {
		t.Fatalf("%s\nfrom %+v\n  to %+v\nwant %+v", line, before, before.Replay(back), after)
	}
	return back
}

// Of what a tracker does to a state, acts tell all.
func TestReplayHolds(t *testing.T) {
	all := inventAll(t)
	rapid.Check(t, func(r *rapid.T) {
		in := &all[rapid.IntRange(0, inventions-1).Draw(r, "schema")]
		tr := in.trackers[rapid.IntRange(0, 1).Draw(r, "tracker")]
		var s dst.State
		for range rapid.IntRange(1, 4).Draw(r, "turns") {
			said := in.acts(r, dst.Ask, dst.Confirm, dst.Offer, dst.Inform, dst.Relax, dst.Propose)
			message := rapid.OneOf(rapid.Just("yes"), rapid.Just("no, cancel"), rapid.Just("不要了"), rapid.Just("undo"), rapid.Just("第二个")).Draw(r, "answer")
			if rapid.Bool().Draw(r, "says more") {
				message = strings.ToValidUTF8(in.message(r), "?") // JSON has no other
			}
			next, p := recorded(r, tr, s, dst.Turn{User: message}, said, []dst.Act{dst.MustAct("inform help.step=x")})
			if !p.Amended.IsZero() {
				r.Fatalf("%q: acts do not tell %+v", message, p.Amended)
			}
			s = next
		}
	})
}

// What the bot said in its own way is kept as it was taken.
func TestReplayOfWhatIsSaidOtherwise(t *testing.T) {
	tr, err := dst.NewTracker(dst.Schema{Services: []dst.Service{{Name: "Shop", Slots: []dst.Slot{
		{Name: "name", Names: true, Type: dst.NewGazetteer(dst.Entry{Value: "Pearl X2", Aliases: []string{"珍珠X2"}}, dst.Entry{Value: "Nova"})},
		{Name: "price", Type: &dst.Money{Currency: "CNY"}}, {Name: "colour", Type: dst.OneOf("red", "blue")},
	}}, {Name: "Taxi", Slots: []dst.Slot{{Name: "to"}}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var s dst.State
	for _, turn := range [][2]string{
		{"a red one", "offer Shop.name=珍珠X2; inform Shop.price=4599元"},
		{"好的", "confirm Shop.price=4599元"},
		{"yes", "ask Shop.colour"},
		{"say that again", ""},
		{"no", "confirm Shop.colour=Blue; confirm Shop.price>=70元"},
		{"yes please", ""},
		{"start over", "greet"},
	} {
		said, err := dst.ParseActs(turn[1])
		if err != nil {
			t.Fatal(err)
		}
		var p dst.Played
		if s, p = recorded(t, tr, s, dst.Turn{User: turn[0]}, said, nil); !p.Amended.IsZero() {
			t.Errorf("%q: acts do not tell %+v", turn[0], p.Amended)
		}
	}
}

// A program may do to a state what it likes, and leave a turn out.
func TestReplayOfWhatActsDoNotTell(t *testing.T) {
	all := inventAll(t)
	rapid.Check(t, func(r *rapid.T) {
		in := &all[rapid.IntRange(0, inventions-1).Draw(r, "schema")]
		walk := func() (s dst.State) {
			for range rapid.IntRange(0, 4).Draw(r, "turns") {
				s = s.NextTurn().Apply(in.acts(r, dst.Want, dst.Inform, dst.Forget, dst.Select)...).Said(in.acts(r, dst.Ask, dst.Confirm, dst.Offer)...)
			}
			return s.Note(in.acts(r, dst.Inform)...)
		}
		before, after := walk(), walk()
		replayed(r, before, after, in.trackers[0].Record(before, after, nil, after.System...))
		replayed(r, before, before, in.trackers[0].Record(before, before, nil))
	})
}

// An amendment that fits no state, in a log that is damaged, does no harm.
func TestReplayOfDamage(t *testing.T) {
	s := dst.State{}.NextTurn().Apply(dst.MustAct("inform a=1"))
	for _, line := range []string{`{"amended":{"fields":["past","constraints","turn","nothing"],"steps":[-3,99]}}`, `{"amended":{"fields":["past"],"steps":[9,2]}}`,
		`{"amended":{"slots":["a","a",""],"state":{"constraints":[{"slot":"z","op":"=","value":"1"}]}}}`, `{"read":["ask x"],"heard":[{"act":"affirm"}]}`} {
		var p dst.Played
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		if got := s.Replay(p); len(got.Past) > 1 || len(got.Constraints) > 1 {
			t.Errorf("%s makes %+v", line, got)
		}
	}
}

func ExampleState_Replay() {
	tracker, err := dst.NewTracker(dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{{Name: "price", Type: &dst.Money{Currency: "USD"}}}}}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var s dst.State
	next, decisions, err := tracker.Update(context.Background(), s, dst.Turn{User: "under 900 dollars"})
	if err != nil {
		fmt.Println(err)
		return
	}
	ask := dst.MustAct("ask colour")
	next = next.Said(ask)
	line, err := json.Marshal(tracker.Record(s, next, decisions, ask))
	if err != nil {
		fmt.Println(err)
		return
	}
	var p dst.Played // from the log, some day
	if err := json.Unmarshal(line, &p); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Heard[0].Act, "-", dst.FormatActs(p.Said))
	s = s.Replay(p)
	fmt.Println(s.Of("price")[0].Value, s.Asked)
	// Output:
	// inform price<=900 - ask colour
	// 900 [colour]
}
