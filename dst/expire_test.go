package dst

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Each case folds turns, as in TestNextFollowsTheConversation, and says what is left
// without slots and intents.
func TestWithout(t *testing.T) {
	for _, c := range []struct {
		name, talk     string
		slots, intents []string
		want           func(*State) // what is different
	}{
		{"nothing", "want S.x; inform S.a=1|confirm S.a=1", nil, nil, func(*State) {}},
		{"what is not there", "want S.x; inform S.a=1|confirm S.a=1", []string{"S.b", ""}, []string{"T", ""}, func(*State) {}},
		{"a value, with undo", "inform S.b>=5; inform S.a=1|ask S.a|inform S.a=2", []string{"S.a"}, nil, func(s *State) {
			s.Constraints = s.Constraints[1:]
			s.Asked = nil
			s.Past = []Step{{Turn: 1, Slots: []string{"S.b"}}}
		}},
		{"a service", "inform S.b>=5; inform S.a=1; inform T.c=1", []string{"S"}, nil, func(s *State) {
			s.Constraints = s.Constraints[2:]
			s.Past = s.Past[2:]
		}},
		{"what was to be confirmed", "inform S.a=1|confirm S.a=1", []string{"S.a"}, nil, func(s *State) {
			s.Constraints, s.Past, s.System, s.Pending = nil, nil, nil, Pending{}
		}},
		{"an open question stays", "want S.x|ask S.a", []string{"S.a"}, nil, func(s *State) { s.Asked = nil }},
		{"an intent to be confirmed, with another value", "want S.x; inform S.a=1; inform S.b=2; inform T.c=3|confirm S.x|affirm", []string{"S.a"}, nil, func(s *State) {
			s.Constraints, s.Confirmation = s.Constraints[1:], Confirmation{}
			s.Past[0] = s.Past[1] // of three that are kept, that of S.a
			s.Past = slices.Delete(s.Past, 0, 1)
		}},
		{"a value of another service", "want S.x; inform S.a=1; inform T.c=3|confirm S.x|affirm", []string{"T.c"}, nil, func(s *State) {
			s.Constraints = s.Constraints[:1]
			s.Past = s.Past[:2]
		}},
		{"an intent", "want S.y; want S.x; inform S.a=1|propose S.x; confirm S.x", nil, []string{"S.x"}, func(s *State) {
			s.Intents, s.Confirmation, s.System, s.Pending = []string{"S.y"}, Confirmation{}, nil, Pending{}
		}},
		{"all of a service", "want S.y; want T; want S.x; inform S.a=1|propose S.y", []string{"S"}, []string{"S"}, func(s *State) {
			s.Intents, s.Constraints, s.System = []string{"T"}, nil, nil
			s.Past = []Step{{Turn: 2, Opened: true}, {Turn: 3, Opened: true, Intents: []string{"T"}}}
		}},
		{"a thing", "inform S.a=1|offer S.n=x; offer S.n=y|select S.n=y|inform S.n=y; inform T.c=2; ask S.b", []string{"S.n"}, nil, func(s *State) {
			s.Offered, s.Focus = nil, nil
			s.System = s.System[1:]
			s.Past[1].Focus = nil
		}},
	} {
		s := follow(t, nil, c.talk)
		s.Told = []Told{{Slot: "S.z", Value: "1"}}
		want := s
		want.Past = slices.Clone(s.Past)
		c.want(&want)
		before := fmt.Sprintf("%+v", s)
		got := s.Without(c.slots, c.intents)
		if slices.Contains(c.slots, "S") {
			want.Told = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%+v\nwant\n%+v", c.name, got, want)
		}
		if after := fmt.Sprintf("%+v", s); after != before {
			t.Errorf("%s: the state given became %s", c.name, after)
		}
	}
}

// No act that may follow brings back what is gone, unless it says it.
func TestWithoutHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := flow(t)
		if got := s.Without(nil, nil); !reflect.DeepEqual(got, s) {
			t.Fatalf("without nothing: %+v, was %+v", got, s)
		}
		got := s.Without([]string{"S.a", "S.n"}, []string{"S.x"})
		if again := got.Without([]string{"S.a", "S.n"}, []string{"S.x"}); !reflect.DeepEqual(again, got) {
			t.Fatalf("twice: %+v, once %+v", again, got)
		}
		for range 6 {
			a := MustAct(rapid.SampledFrom([]string{"undo", "affirm", "deny", "want T", "forget T", "inform S.b=2", "more", "repeat", "cancel"}).Draw(t, "act"))
			got = got.NextTurn().Apply(a)
			if _, focused := got.Focused("S.n"); got.Filled("S.a") || got.Filled("S.n") || focused || slices.Contains(got.Intents, "S.x") {
				t.Fatalf("%s brings back what is gone: %s", a, strings.TrimSpace(summary(got)))
			}
		}
	})
}
