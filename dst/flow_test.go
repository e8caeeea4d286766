package dst

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// townSchema has two transactional services and a search.
func townSchema() Schema {
	order := pizza()
	order.Aliases = []string{"pizza", "披萨"}
	return Schema{Services: []Service{order, {
		Name: "Hotels", Aliases: []string{"hotel", "酒店"},
		Slots: []Slot{
			{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "Acorn House"}, Entry{Value: "Grand"})},
			{Name: "area", Type: OneOf("north", "south")},
			{Name: "nights", Type: &Number{Unit: "night", Integer: true}},
			{Name: "phone", Aliases: []string{"phone number"}, RequestOnly: true},
		},
		Intents: []Intent{{Name: "Find", Required: []string{"area"}}, {Name: "Reserve", Transactional: true, Required: []string{"name", "nights"}}},
	}, {
		Name: "Taxi", Aliases: []string{"taxi", "出租车"},
		Slots:   []Slot{{Name: "to"}, {Name: "fare", RequestOnly: true}},
		Intents: []Intent{{Name: "Call", Transactional: true, Required: []string{"to"}}},
	}}}
}

// Each case folds turns: "user acts | bot acts | user acts ..." and says what
// Next is then. A bot turn of "!" is what Next says.
func TestNextFollowsTheConversation(t *testing.T) {
	tr := newTracker(t, townSchema())
	full := "want Pizza.Order; inform Pizza.delivery=false; inform Pizza.count=2; "
	for _, c := range []struct{ talk, want string }{
		{"", "offer"},
		{"want Pizza.Order", "ask Pizza.delivery"},
		{"want Pizza.Order; inform Pizza.delivery=true", "ask Pizza.address"},
		{"want Pizza.Order; inform Pizza.delivery=false", "ask Pizza.count"},
		{"want Pizza.Order; inform Pizza.delivery=true; inform Pizza.address=x", "ask Pizza.floor"},
		{full, "confirm Pizza.Order"},
		{full + "|!|affirm", "do Pizza.Order"},
		{full + "|!|affirm|!", "offer"},
		{full + "|!|affirm|!|want Pizza.Order", "confirm Pizza.Order"},
		{full + "|!|affirm; inform Pizza.count=3", "confirm Pizza.Order"},
		{full + "|!|affirm; inform Pizza.count=2", "do Pizza.Order"},
		{full + "|!|affirm||inform Pizza.payment=card", "confirm Pizza.Order"},
		{full + "|!|inform Pizza.count=3|offer|affirm", "confirm Pizza.Order"},
		{full + "|!|inform Pizza.count=3; affirm", "confirm Pizza.Order"},
		{full + "|!|deny", "ask"},
		{full + "|!|deny|!|inform Pizza.count=4", "confirm Pizza.Order"},
		{full + "|!|deny; inform Pizza.count=4|!|affirm", "do Pizza.Order"},
		{full + "|!|deny|!|want Pizza.Order", "confirm Pizza.Order"},
		{full + "|!|deny; inform Pizza.delivery=true", "ask Pizza.address"},
		{full + "|!|greet|!|thank", "confirm Pizza.Order"},
		{full + "|!|greet|!|thank|!|thank", "human"},
		{full + "|!|deny|!||!||!|", "human"},
		{"want Hotels.Reserve; inform Hotels.nights=2", "ask Hotels.name"},
		{"want Hotels.Reserve; inform Hotels.nights=2|offer Hotels.name=Grand; offer Hotels.name=Acorn House|select Hotels.name=Grand", "confirm Hotels.Reserve"},
		{"want Hotels.Reserve; inform Hotels.nights=2; select Hotels.name=Grand|!|affirm; select Hotels.name=Acorn House", "confirm Hotels.Reserve"},
		{"want Hotels.Find|propose Taxi.Call|affirm", "ask Taxi.to"},

		// Digression and resumption.
		{"want Hotels.Find; want Taxi.Call; inform Taxi.to=Grand|!|affirm", "do Taxi.Call"},
		{"want Hotels.Find; want Taxi.Call; inform Taxi.to=Grand|!|affirm|!", "ask Hotels.area"},
		{"want Hotels.Find; want Taxi.Call|!|cancel", "ask Hotels.area"},
		{"want Hotels.Find; want Taxi.Call|!|cancel Hotels", "ask Taxi.to"},
		{"want Hotels.Find|!|want Taxi; request Taxi.fare", "ask Hotels.area"},
		{"want Hotels.Find|!|want Taxi", "offer"},
		{"want Hotels.Find|!|want Taxi; inform Taxi.to=Grand; request Taxi.fare", "offer"},
		{"want Hotels.Find|!|want Taxi; request Taxi.fare|inform Taxi.fare=9; ask Hotels.area|", "ask Hotels.area"},
		{"want Hotels.Find|!|want Taxi; request Taxi.fare|inform Taxi.fare=9; ask Hotels.area|inform Hotels.area=north", "offer"},
		{"want Hotels.Find|!|request Hotels.phone", "ask Hotels.area"},
		{full + "|!|want Taxi; request Taxi.fare", "confirm Pizza.Order"},
		{full + "|!|want Taxi; request Taxi.fare|inform Taxi.fare=9; confirm Pizza.Order|affirm", "do Pizza.Order"},
		{full + "|!|deny|!|want Taxi; request Taxi.fare", "ask"},
		{full + "|!|deny|!|affirm", "confirm Pizza.Order"},

		// The ladder, and what is no failure.
		{"want Hotels.Find|!|", "ask Hotels.area"},
		{"want Hotels.Find|!||!|", "ask Hotels.area"},
		{"want Hotels.Find|!||!||!|", "human"},
		{"want Hotels.Find|!||!||!||human|inform Hotels.area=south", "offer"},
		{"want Hotels.Find|!||!|request Hotels.phone|!|", "ask Hotels.area"},
		{"want Hotels.Find|!||!|request Hotels.phone|!||!|", "human"},
		{"want Hotels.Find|!||!|repeat|!|", "ask Hotels.area"},
		{"want Hotels.Find|!||!|inform Hotels.nights=2|!|", "ask Hotels.area"},
		{"want Hotels.Find|!|affirm|!|thank|!|deny", "human"},
		{"want Hotels.Find|!||!|inform Hotels.area!=north|!||!|", "ask Hotels.area"},

		{"want Hotels.Find|!|human", "human"},
		{"want Hotels.Find|!|human||", "ask Hotels.area"},
		{"want Hotels.Find|greet; offer Hotels.name=Grand|repeat", "offer Hotels.name=Grand"},
		{"want Hotels.Find|!|repeat", "ask Hotels.area"},
		{"want Hotels.Find|!|repeat; inform Hotels.area=north", "offer"},
		{"repeat", "offer"},
		{"want Hotels.Find|!|restart", "offer"},
		{full + "|!|undo", "ask Pizza.count"},
		{full + "|!|affirm|!|undo", "offer"},
	} {
		s := follow(t, tr, c.talk)
		if got := tr.Next(s).String(); got != c.want {
			t.Errorf("%s\n next is %s, want %s; the state is %+v", c.talk, got, c.want, s)
		}
		if done, _ := strings.CutPrefix(c.want, "do "); s.Confirmed(done) != strings.HasPrefix(c.want, "do ") {
			t.Errorf("%s\n confirmed is %v", c.talk, s.Confirmed(done))
		}
	}
}

// follow folds a talk: user and bot turns in turn, one act to each NextTurn for
// undo to tell them apart in the first.
func follow(t testing.TB, tr *Tracker, talk string) State {
	t.Helper()
	var s State
	for i, turn := range strings.Split(talk, "|") {
		if turn == "!" {
			s = s.Said(tr.Next(s))
			continue
		}
		acts, err := ParseActs(turn)
		if err != nil {
			t.Fatal(err)
		}
		if i%2 == 1 {
			s = s.Said(acts...)
			continue
		}
		if i > 0 {
			s = s.NextTurn().Apply(acts...)
			continue
		}
		for _, a := range acts {
			s = s.NextTurn().Apply(a)
		}
	}
	return s
}

// The same, in words: a question about another service, and the answer to what
// the bot had asked before it.
func TestResume(t *testing.T) {
	tr := newTracker(t, townSchema())
	for _, talked := range []string{
		"a hotel\n> ask Hotels.area\nwhat is the taxi fare?\n> inform Taxi.fare=9; ask Hotels.area\nnorth",
		"a hotel\n> ask Hotels.area\n出租车的 fare 是多少？\n> inform Taxi.fare=9; ask Hotels.area\nthe north please",
	} {
		s, _ := talk(t, tr, talked)
		if v, _ := s.Get("Hotels.area"); v != "north" || serviceOf(s.Intent()) != "Hotels" && s.Intent() != "Hotels" {
			t.Errorf("%q: area %q, talking about %q", talked, v, s.Intent())
		}
	}
}

// A whole order in words, in either language: what is said, then what is next.
func TestAnOrderInWords(t *testing.T) {
	schema := Schema{Services: []Service{{
		Slots: []Slot{
			{Name: "size", Aliases: []string{"大小"}, Type: &Enum{Values: []Option{{Value: "small", Synonyms: []string{"小号", "小份"}}, {Value: "large", Synonyms: []string{"大号", "大份"}}}}},
			{Name: "delivery", Aliases: []string{"delivered", "送货", "外送"}, Type: &YesNo{Yes: "true", No: "false"}},
			{Name: "address", When: []Condition{{"delivery", Eq, "true"}}},
		},
		Intents: []Intent{{Name: "order", Transactional: true, Required: []string{"size", "delivery", "address"}}},
	}}}
	tr := newTracker(t, schema)
	for name, talk := range map[string][][2]string{
		"en": {{"a large one", "ask delivery"}, {"yes please", "ask address"}, {"what sizes are there?", "ask address"}, {"12 Mill Lane", "confirm order"}, {"no", "ask"},
			{"no delivery", "confirm order"}, {"actually, with delivery", "confirm order"}, {"undo that", "confirm order"}, {"sorry?", "confirm order"}, {"ok", "do order"}},
		"zh": {{"来个大号的", "ask delivery"}, {"要", "ask address"}, {"送到中山路12号", "confirm order"}, {"等一下，改成小号", "confirm order"}, {"撤销", "confirm order"},
			{"没听清，再说一遍", "confirm order"}, {"确认", "do order"}},
		"zh given up": {{"大号", "ask delivery"}, {"不用", "confirm order"}, {"算了不订了", "offer"}},
		"en given up": {{"large", "ask delivery"}, {"no", "confirm order"}, {"never mind", "offer"}},
	} {
		s := State{}.Apply(MustAct("want order"))
		s = s.Said(tr.Next(s))
		for _, line := range talk {
			var err error
			if s, _, err = tr.Update(context.Background(), s, Turn{User: line[0]}); err != nil {
				t.Fatal(err)
			}
			next := tr.Next(s)
			if next.String() != line[1] {
				t.Errorf("%s: after %q next is %v, want %s; the state is %+v", name, line[0], next, line[1], s)
				break
			}
			s = s.Said(next)
		}
	}
}

// What cancel, undo and denials leave behind.
func TestGoingBack(t *testing.T) {
	tr := newTracker(t, townSchema())
	find := "want Hotels.Find; inform Hotels.area=north"
	for _, c := range []struct{ talk, want string }{
		{find + "||cancel", ""},
		{find + "; want Hotels.Reserve; inform Hotels.nights=2||cancel", "intents=Hotels.Find Hotels.area=north Hotels.nights=2"},
		{find + "; want Hotels.Reserve; inform Hotels.nights=2||cancel Hotels", ""},
		{find + "; want Taxi.Call; inform Taxi.to=Grand||cancel", "intents=Hotels.Find Hotels.area=north"},
		{find + "; want Taxi.Call; inform Taxi.to=Grand||cancel Hotels.Find", "intents=Taxi.Call Taxi.to=Grand"},
		{find + "; want Taxi; inform Taxi.to=Grand||cancel", "intents=Hotels.Find Hotels.area=north"},
		{"inform Taxi.to=Grand||cancel", ""},
		{"want buy; inform brand=x; want return; inform order=1||cancel", "intents=buy brand=x order=1"},
		{"want buy; inform brand=x; select name=y||cancel", ""},
		{find + "|do Hotels.Find|", "Hotels.area=north"},

		{"inform a=1; inform b=2||undo", "a=1"},
		{"inform a=1; inform b=2||undo||undo", ""},
		{"inform a=1; inform b=2||undo||undo||undo", ""},
		{"inform a=1; inform b=2||thank||undo", "a=1"},
		{"inform a=1; inform a=2||undo", "a=1"},
		{"inform a=1; inform a>=2; inform a<=5||undo", "a>=2"},
		{"inform a=1||inform a=2; inform b=3||undo", "a=1"},
		{"inform a=1||undo; inform a=2", "a=2"},
		{"inform a=1||undo; inform a=2||undo", ""},
		{"inform a=1|relax a|undo", ""},
		{"inform a=1; inform b=2|relax a|undo", "a=1"},
		{"inform a=1|relax a|inform b=2||undo", ""},
		{find + "; forget Hotels||undo", "intents=Hotels.Find Hotels.area=north"},
		{find + "||cancel||undo", "intents=Hotels.Find Hotels.area=north"},
		{"inform a=1; select n=x; select n=y||undo", "a=1 focus=n:x"},
		{"inform a=1|do a.b|undo", "a=1"},
		{"inform a=1; restart||undo", ""},
		{"inform a=1; inform b=1; inform c=1; inform d=1||undo||undo||undo||undo", "a=1"},

		{"inform a=1|confirm a=1|deny", ""},
		{"inform a=1; inform a=2|confirm a=2|deny", "a=1"},
		{"inform a=1; inform a=2; inform b=3|confirm a=2|deny", "a=1 b=3"},
		{"inform a=1; inform a+=2|confirm a=2|deny", "a=1"},
		{"inform a=1; inform a+=2|confirm a=2|affirm", "a=1 a=2"},
		{"inform a=red; inform a!=red|confirm a!=red|deny", "a=red"},
		{"inform a>=3; inform a=2|confirm a=2|deny; inform a=4", "a=4"},
		{"inform a=1; inform a=2|confirm a=2|deny||undo", "a=2"},
		{"inform a=1|confirm a=3|deny", "a=1"},
		{"inform a=1|confirm b=3|deny", "a=1"},
		{"inform a=1|confirm b=3|affirm", "a=1 b=3"},
		{"inform a=1|confirm a+=3|affirm", "a=1 a=3"},
	} {
		if got := summary(follow(t, tr, c.talk)); got != c.want {
			t.Errorf("%s\n holds %q, want %q", c.talk, got, c.want)
		}
	}
}

// The stack is bounded; what falls off it is the oldest.
func TestIntentsAreBounded(t *testing.T) {
	var s State
	for i := range 20 {
		s = s.NextTurn().Apply(Act{Kind: Want, Slot: fmt.Sprintf("S%d.x", i)})
	}
	if len(s.Intents) != maxIntents || s.Intents[0] != "S12.x" || s.Intent() != "S19.x" {
		t.Errorf("open are %v", s.Intents)
	}
	if len(s.Past) != maxPast {
		t.Errorf("%d steps can be undone", len(s.Past))
	}
}

// A value that the tracker is not sure of is confirmed before Next goes on.
func TestUnsureValuesAreConfirmed(t *testing.T) {
	tr, err := NewTracker(townSchema(), &TrackerOptions{ConfirmBelow: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	unsure := func(s State, act string, p float64) State {
		s = s.NextTurn()
		return s.apply(MustAct(act), Evidence{Turn: s.Turn, Source: Span, P: p})
	}
	base := State{}.Apply(MustAct("want Pizza.Order"), MustAct("inform Pizza.delivery=false"), MustAct("inform Pizza.count=2"))
	s := unsure(base, "inform Pizza.count=12", 0.3)
	want := MustAct("confirm Pizza.count=12")
	if got := tr.Next(s); got != want {
		t.Fatalf("next is %v", got)
	}
	yes := s.Said(want).NextTurn().Apply(MustAct("affirm"))
	if got := tr.Next(yes); got != MustAct("confirm Pizza.Order") {
		t.Errorf("after yes, next is %v", got)
	}
	if e := yes.Of("Pizza.count")[0].Evidence; e.P != 1 || e.Source != Span {
		t.Errorf("after yes, the evidence is %+v", e)
	}
	no := s.Said(want).NextTurn().Apply(MustAct("deny"))
	if v, _ := no.Get("Pizza.count"); v != "2" || tr.Next(no) != MustAct("confirm Pizza.Order") {
		t.Errorf("after no, count is %q and next is %v", v, tr.Next(no))
	}
	for range defaultMaxAsks {
		s = s.Said(tr.Next(s)).NextTurn()
	}
	if got := tr.Next(s); got != MustAct("confirm Pizza.Order") {
		t.Errorf("after three questions in vain, next is %v", got)
	}
	for _, s := range []State{unsure(base, "inform Pizza.count=12", 0.5), unsure(base, "inform Taxi.to=Grand", 0.1), unsure(base, "inform Pizza.address=x", 0.1)} {
		if got := tr.Next(s); got != MustAct("confirm Pizza.Order") {
			t.Errorf("sure, elsewhere or dormant: next is %v", got)
		}
	}
}

func TestMaxAsks(t *testing.T) {
	for max, want := range map[int]string{1: "human", 2: "ask Hotels.area", -1: "ask Hotels.area"} {
		tr, err := NewTracker(townSchema(), &TrackerOptions{MaxAsks: max})
		if err != nil {
			t.Fatal(err)
		}
		if got := tr.Next(follow(t, tr, "want Hotels.Find|!|")).String(); got != want {
			t.Errorf("MaxAsks %d: next is %s, want %s", max, got, want)
		}
	}
}

// A turn that is both said to the state and given to Update counts once.
func TestQuestionsAreCountedOnce(t *testing.T) {
	tr := newTracker(t, townSchema())
	s := State{}.Apply(MustAct("want Hotels.Find"))
	for range 2 {
		said := []Act{tr.Next(s)}
		var err error
		if s, _, err = tr.Update(context.Background(), s.Said(said...), Turn{System: said, User: "hm"}); err != nil {
			t.Fatal(err)
		}
	}
	if s.Pending.Tries != 2 {
		t.Errorf("two questions count as %d", s.Pending.Tries)
	}
}

// States stored before these fields existed are read, and new ones come back.
func TestOldStatesAreRead(t *testing.T) {
	old := `{"turn":2,"intents":["buy"],"constraints":[{"slot":"price","op":"<=","value":"900","evidence":{"turn":1,"source":"span"}}],"system":["ask use"],"asked":["use"]}`
	var s State
	if err := json.Unmarshal([]byte(old), &s); err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(s); err != nil || strings.ReplaceAll(string(b), `\u003c`, "<") != old {
		t.Errorf("%v; the state became %s", err, b)
	}
	s = s.NextTurn().Apply(MustAct("undo"), MustAct("affirm"), MustAct("inform use=office"))
	if got := summary(s); got != "intents=buy price<=900 use=office" {
		t.Error(got)
	}
}

var flowAct = rapid.Custom(func(t *rapid.T) Act {
	return MustAct(rapid.SampledFrom([]string{"want S.x", "want S.y", "want T", "inform S.a=1", "inform S.a=2", "inform S.a+=3", "inform S.b>=5", "inform S.b<=4", "inform T.c!=1",
		"inform S.a=dontcare", "inform S.a-=1", "forget S.a", "forget T", "forget", "request S.a", "select S.n=x", "select S.n=y", "affirm", "deny", "cancel", "cancel T", "cancel S.x",
		"undo", "repeat", "human", "more", "thank"}).Draw(t, "act"))
})

var flowSaid = rapid.SampledFrom([]string{"", "ask S.a", "ask S.b", "confirm S.a=2", "confirm S.b>=5", "confirm S.x", "offer S.n=x", "offer S.n=x; offer S.n=y", "relax S.a", "relax S.b", "do S.x", "propose S.y", "ask"})

// flow draws a conversation.
func flow(t *rapid.T) State {
	var s State
	for range rapid.IntRange(0, 6).Draw(t, "turns") {
		said, err := ParseActs(flowSaid.Draw(t, "said"))
		if err != nil {
			t.Fatal(err)
		}
		s = s.Said(said...).NextTurn().Apply(rapid.SliceOfN(flowAct, 0, 4).Draw(t, "acts")...)
	}
	return s
}

// Whatever is said: Apply is a fold that leaves its receiver alone, a state
// survives JSON and keeps its bounds, and undo goes back to what was before.
func TestFlowHolds(t *testing.T) {
	tr := newTracker(t, Schema{Services: []Service{
		{Name: "S", Slots: []Slot{{Name: "a", Required: true}, {Name: "b", Type: &Number{}}, {Name: "n", Names: true}}, Intents: []Intent{{Name: "x", Transactional: true, Required: []string{"b"}}, {Name: "y"}}},
		{Name: "T", Slots: []Slot{{Name: "c", Required: true, When: nil}}},
	}})
	rapid.Check(t, func(t *rapid.T) {
		s := flow(t)
		before := fmt.Sprintf("%+v", s)
		acts := rapid.SliceOfN(flowAct, 0, 5).Draw(t, "then")
		cut := rapid.IntRange(0, len(acts)).Draw(t, "cut")
		whole := s.Apply(acts...)
		if parts := s.Apply(acts[:cut]...).Apply(acts[cut:]...); !reflect.DeepEqual(whole, parts) {
			t.Fatalf("in one go %+v, in two %+v", whole, parts)
		}
		if got := fmt.Sprintf("%+v", s); got != before {
			t.Fatalf("Apply changed its receiver from %s to %s", before, got)
		}
		b, err := json.Marshal(whole)
		var back State
		if err != nil || json.Unmarshal(b, &back) != nil || !reflect.DeepEqual(back, whole) {
			t.Fatalf("JSON %s gives %+v, %v", b, back, err)
		}
		if !slices.IsSortedFunc(whole.Constraints, func(a, b Constraint) int { return strings.Compare(a.Slot, b.Slot) }) || len(whole.Intents) > maxIntents || len(whole.Past) > maxPast {
			t.Fatalf("out of order or bounds: %+v", whole)
		}
		if a := tr.Next(whole); a.Validate() != nil || a.Kind == Do && !whole.Confirmed(a.Slot) {
			t.Fatalf("next is %v after %+v", a, whole)
		}
		acts = slices.DeleteFunc(slices.Clone(acts), func(a Act) bool { return a.Kind == Undo })
		s = s.NextTurn()
		if after := s.Apply(acts...); len(after.Past) > 0 && after.Past[len(after.Past)-1].Turn == s.Turn {
			if undone := after.NextTurn().Apply(MustAct("undo")); !sameWishes(undone, s) {
				t.Fatalf("%v undone: %+v, before %+v", acts, undone, s)
			}
		}
	})
}

// sameWishes compares what undo gives back.
func sameWishes(a, b State) bool {
	a.Requested, b.Requested = nil, nil
	return summary(a) == summary(b)
}
