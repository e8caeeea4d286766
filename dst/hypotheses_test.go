package dst

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func foodSchema() Schema {
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "cuisine", Type: OneOf("thai", "italian", "chinese", "spanish")},
		{Name: "area", Type: OneOf("north", "south", "centre")},
		{Name: "people", Aliases: []string{"guests"}, Type: &Number{Integer: true}},
		{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "Taj Mahal"}, Entry{Value: "La Tasca"})},
	}}}}
}

// ruled is a tracker that decides by its rules alone.
func ruled(t testing.TB, s Schema) *Tracker {
	t.Helper()
	tr, err := NewTracker(s, &TrackerOptions{Now: at(2026, 11, 23), Weights: NoWeights()})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// hear reads hypotheses written "0.4 tie; 0.35 thai".
func hear(t testing.TB, list string) []Hypothesis {
	t.Helper()
	var out []Hypothesis
	for piece := range strings.SplitSeq(list, ";") {
		var h Hypothesis
		p, words, ok := strings.Cut(strings.TrimSpace(piece), " ")
		if _, err := fmt.Sscan(p, &h.P); err != nil || !ok {
			t.Fatalf("hypothesis %q: %v", piece, err)
		}
		h.Text = words
		out = append(out, h)
	}
	return out
}

// What the hypotheses agree on wins, whichever of them is the likeliest.
func TestEvidenceIsSummed(t *testing.T) {
	tr := ruled(t, foodSchema())
	for _, c := range []struct{ said, heard, want string }{
		{"", "0.3 tie; 0.25 thai; 0.25 thai food; 0.2 thai foot", "cuisine=thai"},
		{"ask cuisine", "0.4 tie; 0.35 thai; 0.25 thai food", "cuisine=thai"},
		{"ask cuisine", "0.4 spanish; 0.3 chinese; 0.3 chinese food", "cuisine=chinese"},
		{"", "0.4 in the south; 0.3 in the north; 0.3 the north please", "area=north"},
		{"", "0.6 in the south; 0.2 in the north; 0.2 the north please", "area=south"},
		{"ask people", "0.4 for tea; 0.3 for three; 0.3 four three", "people=3"},
		{"", "0.9 the south; 0.1 thai in the south", "area=south"},
		{"", "0.5 thai; 0.5 thai in the north", "cuisine=thai"},
		{"", "0.1 thai; 0.6 thai in the north; 0.3 tie in the north", "area=north cuisine=thai"},
		{"", "0.2 thai", "cuisine=thai"},
		{"ask cuisine", "0 thai; 0 tie; 0 pie", "cuisine=thai"},
		{"ask cuisine", "0 tie; 0 thai; 0 thai food; 0 thai foot", "cuisine=thai"},
		{"", "1 thai; 0 italian", "cuisine=thai"},
	} {
		said, err := ParseActs(c.said)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := tr.Update(context.Background(), State{}.Said(said...), Turn{Hypotheses: hear(t, c.heard)})
		if got := summary(s); err != nil || got != c.want {
			t.Errorf("%q gives %q, %v; want %q", c.heard, got, err, c.want)
		}
	}
}

func TestBadHypotheses(t *testing.T) {
	tr := ruled(t, foodSchema())
	held := State{}.Apply(MustAct("inform area=north"))
	many := make([]Hypothesis, 11)
	many[10] = Hypothesis{"thai", 0.5}
	for name, c := range map[string]struct {
		heard []Hypothesis
		part  string
	}{
		"above 1":  {[]Hypothesis{{"tie", 0}, {"thai", 1.5}}, `hypothesis 1 ("thai") has the probability 1.5; give one between 0 and 1`},
		"negative": {[]Hypothesis{{"thai", -0.1}}, "between 0 and 1"},
		"NaN":      {[]Hypothesis{{"thai", math.NaN()}}, "between 0 and 1"},
		"infinite": {[]Hypothesis{{"thai", math.Inf(1)}}, "between 0 and 1"},
		"sum":      {[]Hypothesis{{"thai", 0.7}, {"tie", 0.7}}, "the probabilities of the 2 hypotheses sum to 1.400, more than 1; divide them by their sum"},
		"too long": {[]Hypothesis{{"thai", 0.7}, {strings.Repeat("x", MaxMessage+1), 0.1}}, "hypothesis 1: the message has"},
		"order":    {many, "put the best first"},
	} {
		got, ds, err := tr.Update(context.Background(), held, Turn{Hypotheses: c.heard})
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: error %v does not say %q", name, err, c.part)
		}
		if !reflect.DeepEqual(got, held) || ds != nil {
			t.Errorf("%s: the state became %+v", name, got)
		}
	}
}

// Nothing heard, a silent list and more readings than are weighed.
func TestListsOfHypotheses(t *testing.T) {
	tr := ruled(t, foodSchema())
	for name, heard := range map[string][]Hypothesis{"none": nil, "empty": {}, "silence": {{"", 1}}, "silence of unknown probability": {{}, {}}} {
		s, ds, err := tr.Update(context.Background(), State{}, Turn{Hypotheses: heard})
		if err != nil || len(ds) > 0 || summary(s) != "" {
			t.Errorf("%s: %v, %v", name, ds, err)
		}
	}
	var many []Hypothesis
	for range maxHypotheses {
		many = append(many, Hypothesis{"thai", 0.05})
	}
	ten, _, err := tr.Update(context.Background(), State{}, Turn{Hypotheses: many})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		many = append(many, Hypothesis{"in the north", 0.02})
	}
	more, _, err := tr.Update(context.Background(), State{}, Turn{Hypotheses: many})
	if err != nil || !reflect.DeepEqual(more, ten) || summary(more) != "cuisine=thai" {
		t.Errorf("ten readings give %+v, those and 20 more %+v, %v", ten, more, err)
	}
}

// A typed message goes before what was heard; one hypothesis is a typed
// message.
func TestOneHypothesisIsAMessage(t *testing.T) {
	for _, tr := range []*Tracker{ruled(t, foodSchema()), newTracker(t, foodSchema())} {
		for _, m := range []string{"", "thai in the north for four", "三个人", "not thai", "La Tasca, how many guests?", "yes"} {
			start := State{}.Said(MustAct("confirm area=north"))
			typed, why, err := tr.Update(context.Background(), start, Turn{User: m})
			if err != nil {
				t.Fatal(err)
			}
			heard, because, err := tr.Update(context.Background(), start, Turn{Hypotheses: []Hypothesis{{m, 0.3}}})
			if err != nil || !reflect.DeepEqual(heard, typed) || !reflect.DeepEqual(because, why) {
				t.Errorf("%q is typed %v and heard %v, %v", m, why, because, err)
			}
			if m == "" {
				continue
			}
			both, _, err := tr.Update(context.Background(), start, Turn{User: m, Hypotheses: []Hypothesis{{"italian", 1}}})
			if err != nil || !reflect.DeepEqual(both, typed) {
				t.Errorf("%q typed beside a hypothesis gives %+v, %v", m, both, err)
			}
		}
	}
}

func drawHypotheses(t *rapid.T) []Hypothesis {
	words := rapid.SampledFrom([]string{"thai", "tie", "italian", "or", "not", "in", "the", "north", "south", "for", "four", "people", "Taj Mahal", "don't care", "what", "?", "yes", "no", "三个人", "不要", "😀"})
	list := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(words, 0, 8), func(w []string) string { return strings.Join(w, " ") }), 1, 6).Draw(t, "texts")
	out := make([]Hypothesis, len(list))
	for i, m := range list {
		out[i] = Hypothesis{m, rapid.Float64Range(0, 1).Draw(t, "p") / float64(len(list))}
	}
	return out
}

// The words that a value rests on were heard, in one hypothesis or another;
// probabilities are probabilities; the same is heard twice.
func TestHypothesesHold(t *testing.T) {
	for _, tr := range []*Tracker{ruled(t, foodSchema()), newTracker(t, foodSchema())} {
		rapid.Check(t, func(r *rapid.T) {
			start := State{}.Apply(MustAct("inform area=south")).Said(MustAct("ask people"), MustAct("offer name=La Tasca"))
			turn := Turn{Hypotheses: drawHypotheses(r)}
			s, ds, err := tr.Update(context.Background(), start, turn)
			if err != nil {
				r.Fatal(err)
			}
			for _, d := range ds {
				if d.P < 0 || d.P > 1 { // rounded: an unlikely value beside a likely one may come to 0
					r.Errorf("%v has the probability %v", d, d.P)
				}
				if e := d.Evidence; e.End > 0 && !heardIn(e, turn.Hypotheses) {
					r.Errorf("%v rests on %+v, which is in none of %v", d, e, turn.Hypotheses)
				}
			}
			again, because, err := tr.Update(context.Background(), start, turn)
			if err != nil || !reflect.DeepEqual(s, again) || !reflect.DeepEqual(ds, because) {
				r.Errorf("twice: %v, %v, %v", ds, because, err)
			}
		})
	}
}

func heardIn(e Evidence, heard []Hypothesis) bool {
	for _, h := range heard {
		if e.Start >= 0 && e.Start < e.End && e.End <= len(h.Text) && h.Text[e.Start:e.End] == e.Text {
			return true
		}
	}
	return false
}

// Once the readings are summed up, the outcomes of a slot are still shares of
// one, and the options of a slot still stand together.
func TestSumOfHypothesesIsADistribution(t *testing.T) {
	tr := newTracker(t, foodSchema())
	rapid.Check(t, func(r *rapid.T) {
		s := State{}.Said(MustAct("ask people")).NextTurn()
		heard, err := Turn{Hypotheses: drawHypotheses(r)}.heard()
		if err != nil {
			r.Fatal(err)
		}
		u := &understanding{t: tr, r: tr.read(heard[0].Text), s: s, heard: heard}
		u.taken = make([]bool, len(u.r.tokens))
		u.x = &ranker{t: tr, u: u, r: u.r, s: s}
		u.x.options()
		u.listen(u.x)
		sums := make([]float64, len(tr.slots))
		for i, o := range u.x.opts {
			if i > 0 && o.slot < u.x.opts[i-1].slot {
				r.Fatalf("option %d is of slot %d, the one before of slot %d", i, o.slot, u.x.opts[i-1].slot)
			}
			sums[o.slot] += o.p
		}
		for slot, sum := range sums {
			if sum > 1+1e-9 {
				r.Errorf("the options of %s have the probability %v together", tr.slots[slot].full, sum)
			}
		}
	})
}
