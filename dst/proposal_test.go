package dst

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func shoeTracker(t *testing.T) *Tracker {
	t.Helper()
	tr, err := NewTracker(Schema{Services: []Service{{Slots: []Slot{
		{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "Trail Runner"}, Entry{Value: "City Walker"})},
		{Name: "colour", Aliases: []string{"颜色"}, Type: &Enum{Values: []Option{{Value: "black", Synonyms: []string{"黑色"}}, {Value: "red", Synonyms: []string{"红色"}}}}},
		{Name: "feature", Multi: true, Type: &Enum{Values: []Option{{Value: "waterproof"}, {Value: "light"}}}},
	}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func seen(act string, p float64) Proposal {
	return Proposal{Act: MustAct(act), P: p, Text: "a shoe", Via: "image"}
}

func TestProposals(t *testing.T) {
	tr := shoeTracker(t)
	for _, c := range []struct {
		name, user string
		proposals  []Proposal
		want       string
	}{
		{"alone", "", []Proposal{seen("inform colour=red", 0.8)}, "inform colour=red"},
		{"unlikely", "", []Proposal{seen("inform colour=red", 0.4)}, ""},
		{"words first", "in black please", []Proposal{seen("inform colour=red", 0.99)}, "inform colour=black"},
		{"words first zh", "要黑色的", []Proposal{seen("inform colour=red", 1)}, "inform colour=black"},
		{"negated words first", "not in red", []Proposal{seen("inform colour=red", 0.9)}, "inform colour!=red"},
		{"agrees", "in red", []Proposal{seen("inform colour=red", 0.9)}, "inform colour=red"},
		{"two compete", "", []Proposal{seen("inform colour=red", 0.6), seen("inform colour=black", 0.55)}, ""},
		{"one of two", "", []Proposal{seen("inform colour=red", 0.9), seen("inform colour=black", 0.1)}, "inform colour=red"},
		{"several", "", []Proposal{seen("inform feature=light", 0.8), seen("inform feature=waterproof", 0.7), seen("inform feature=light", 0.2)}, "inform feature=light; inform feature+=waterproof"},
		{"beside words", "a light one", []Proposal{seen("inform feature=waterproof", 0.7)}, "inform feature=light; inform feature+=waterproof"},
		{"a thing", "this one in black", []Proposal{seen("inform name=Trail Runner", 0.8), seen("inform colour=red", 0.9)}, "inform name=Trail Runner; select name=Trail Runner; inform colour=black"},
		{"another thing named", "no, the City Walker", []Proposal{seen("inform name=Trail Runner", 0.99)}, "inform name=City Walker; select name=City Walker"},
		{"asked about", "is it waterproof?", []Proposal{seen("inform name=Trail Runner", 0.8)}, "inform name=Trail Runner; select name=Trail Runner; request feature=waterproof"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, decisions, err := tr.Update(context.Background(), State{}, Turn{User: c.user, Proposals: c.proposals})
			if err != nil {
				t.Fatal(err)
			}
			var acts []string
			for _, d := range decisions {
				if d.Act.Kind == Inform || d.Act.Kind == Select || d.Act.Kind == Request {
					acts = append(acts, d.Act.String())
				}
				if d.Evidence.Via != "" && (d.Evidence.Source != Outside || d.Evidence.Text != "a shoe" || len(d.Reasons) == 0) {
					t.Errorf("decision %+v does not say what was seen", d)
				}
			}
			for _, a := range strings.Split(c.want, "; ") {
				if a != "" && !slices.Contains(acts, a) {
					t.Errorf("acts %v, want %s", acts, c.want)
				}
			}
			if n := len(strings.Split(c.want, "; ")); c.want != "" && len(acts) != n || c.want == "" && len(acts) > 0 {
				t.Errorf("acts %v, want %s", acts, c.want)
			}
			for _, k := range s.Constraints {
				if k.Evidence.P <= 0 {
					t.Errorf("%+v has no probability", k)
				}
			}
		})
	}
}

// Readings of what was said and what is seen are summed alike: the photo tips
// the balance between two that are hard to tell apart.
func TestProposalsMeetHypotheses(t *testing.T) {
	tr := shoeTracker(t)
	turn := Turn{Hypotheses: []Hypothesis{{"in bread", 0.6}, {"in red", 0.4}}, Proposals: []Proposal{seen("inform colour=red", 0.8)}}
	s, _, err := tr.Update(context.Background(), State{}, turn)
	if v, ok := s.Get("colour"); err != nil || !ok || v != "red" {
		t.Errorf("colour is %q, %v", v, err)
	}
}

func TestProposalsRefused(t *testing.T) {
	tr := shoeTracker(t)
	for _, p := range []Proposal{seen("inform size=9", 0.9), seen("inform colour=mauve", 0.9), seen("request colour", 0.9), seen("inform colour=red", 0), seen("inform colour=red", 1.5)} {
		if _, _, err := tr.Update(context.Background(), State{}, Turn{Proposals: []Proposal{p}}); err == nil || !strings.HasPrefix(err.Error(), "dst: update: ") {
			t.Errorf("%+v: error %v", p, err)
		}
	}
}
