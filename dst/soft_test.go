package dst

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
)

func softSchema() Schema {
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "category", Type: &Enum{Values: []Option{{Value: "phone", Synonyms: []string{"手机"}}}}},
		{Name: "colour", Aliases: []string{"颜色"}, Type: &Enum{Values: []Option{{Value: "black", Synonyms: []string{"黑色"}}, {Value: "red", Synonyms: []string{"红色"}}}}},
		{Name: "price", Aliases: []string{"价格"}, Type: &Money{Currency: "CNY"}},
		{Name: "feature", Multi: true, Type: &Enum{Values: []Option{{Value: "nfc", Synonyms: []string{"NFC"}}, {Value: "5g", Synonyms: []string{"5G"}}}}},
	}}}}
}

// TestSoftWishes reads which values are preferences and which must hold.
func TestSoftWishes(t *testing.T) {
	tr, err := NewTracker(softSchema(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for message, want := range map[string]string{
		"a phone, preferably black":                        "inform category=phone; prefer colour=black",
		"a phone under 4000, ideally under 3000":           "inform category=phone; inform price<=4000; prefer price<=3000",
		"a black phone with NFC if possible":               "inform category=phone; inform colour=black; prefer feature=nfc",
		"a phone, black would be nice":                     "inform category=phone; prefer colour=black",
		"a phone. Ideally, it is black.":                   "inform category=phone; prefer colour=black",
		"I'd prefer a black one":                           "prefer colour=black",
		"preferably not red":                               "prefer colour!=red",
		"a black phone":                                    "inform category=phone; inform colour=black",
		"要个手机，最好是黑色，三千以内":                                  "inform category=phone; prefer colour=black; inform price<=3000",
		"手机，最好三千以内":                                        "inform category=phone; prefer price<=3000",
		"要是能有NFC更好":                                        "prefer feature=nfc",
		"黑色最好":                                             "prefer colour=black",
		"黑色最好的手机":                                          "inform category=phone; inform colour=black",
		"优先考虑黑色的手机":                                        "prefer colour=black",
		"三千以内的手机，尽量要黑色":                                    "inform category=phone; inform price<=3000; prefer colour=black",
		"有5G的，有NFC更好":                                      "inform feature=5g; prefer feature+=nfc",
		"a phone with 5G, preferably with NFC, under 3000": "inform category=phone; inform feature=5g; prefer feature+=nfc; inform price<=3000",
	} {
		s, decisions, err := tr.Update(context.Background(), State{}, Turn{User: message})
		if err != nil {
			t.Fatal(err)
		}
		acts := map[Act]bool{}
		for _, d := range decisions {
			acts[d.Act] = true
		}
		wanted, err := ParseActs(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range wanted {
			if !acts[a] {
				t.Errorf("%q: no %q in %v", message, a, decisions)
			}
			if op := a.Op; op == Add {
				a.Op = Eq
			}
			if i := s.index(a); i < 0 || s.Constraints[i].Soft != (a.Kind == Prefer) {
				t.Errorf("%q: the state has not %q: %+v", message, a, s.Constraints)
			}
		}
	}
}

// TestPreferMerges pins what a preference does to what was said of its slot.
func TestPreferMerges(t *testing.T) {
	for _, c := range []struct{ acts, want string }{
		{"inform price<=4000; prefer price<=3000", "inform price<=4000; prefer price<=3000"},
		{"prefer price<=3000; inform price<=4000", "inform price<=4000"},
		{"inform colour=black; prefer colour=red", "prefer colour=red"},
		{"inform colour!=red; prefer colour=black", "inform colour!=red; prefer colour=black"},
		{"prefer colour=black; inform colour=black", "inform colour=black"},
		{"prefer price<=3000; prefer price<=2000", "prefer price<=2000"},
		{"prefer feature=nfc; prefer feature+=5g", "prefer feature=nfc; prefer feature=5g"},
		{"prefer colour=black; forget colour", ""},
		{"prefer colour=black; inform colour=dontcare", "inform colour=dontcare"},
	} {
		acts, err := ParseActs(c.acts)
		if err != nil {
			t.Fatal(err)
		}
		var got []Act
		s := State{}.Apply(acts...)
		for _, k := range s.Constraints {
			a := Act{Inform, k.Slot, k.Op, k.Value}
			if k.Soft {
				a.Kind = Prefer
			}
			got = append(got, a)
		}
		if FormatActs(got) != c.want {
			t.Errorf("%s: %s, want %s", c.acts, FormatActs(got), c.want)
		}
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var again State
		if err := json.Unmarshal(b, &again); err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%s does not come back from JSON: %s, %v", c.acts, b, err)
		}
	}
}

// TestPreferUndone takes a preference back.
func TestPreferUndone(t *testing.T) {
	s := State{}.NextTurn().Apply(MustAct("inform colour=black")).NextTurn().Apply(MustAct("prefer colour=black"))
	if s = s.Apply(MustAct("undo")); len(s.Constraints) != 1 || s.Constraints[0].Soft {
		t.Errorf("after undo the state holds %+v", s.Constraints)
	}
}

// TestAllBut reads what is refused beside a slot that is otherwise free.
func TestAllBut(t *testing.T) {
	tr, err := NewTracker(softSchema(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, message := range []string{"any colour but red", "every colour but the red", "anything but red", "除了红色什么颜色都行"} {
		s := State{Focus: []Choice{{"name", "x"}}}
		s, decisions, err := tr.Update(context.Background(), s, Turn{User: message})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Of("colour"); len(got) != 1 || got[0].Op != Ne || got[0].Value != "red" {
			t.Errorf("%q: %+v, from %v", message, got, decisions)
		}
	}
}
