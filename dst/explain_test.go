package dst

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// explained are turns on the shop and travel schemas, with what the bot said.
var explained = []struct {
	travel        bool
	said, message string
}{
	{false, "", "I'm looking for a laptop for gaming, not Lenovo, under 9000 with at least 16GB of memory"},
	{false, "", "我想买个打游戏的笔记本，不要联想，九千以下，内存16G以上"},
	{false, "ask brand", "I don't mind"},
	{false, "confirm price<=900", "yes please"},
	{false, "offer name=iPhone 15; offer name=ThinkPad X1", "the second one, how much is it?"},
	{false, "ask colour", "red or blue, whatever the memory"},
	{true, "", "a hotel with wifi and breakfast near the Summer Palace"},
	{true, "offer Hotels.name=Grand Hotel; inform Hotels.price=80", "what is its phone number? I need a taxi there from 故宫"},
	{true, "propose Hotels.Find", "yes, rated 4 or better"},
}

func explainedBy(t testing.TB, opt TrackerOptions, check func(tr *Tracker, s State, turn Turn)) {
	t.Helper()
	opt.Now = at(2026, 11, 23)
	var trackers [2]*Tracker
	for i, schema := range []Schema{shopSchema(), travelSchema()} {
		tr, err := NewTracker(schema, &opt)
		if err != nil {
			t.Fatal(err)
		}
		trackers[i] = tr
	}
	for _, c := range explained {
		said, err := ParseActs(c.said)
		if err != nil {
			t.Fatal(err)
		}
		tr := trackers[0]
		if c.travel {
			tr = trackers[1]
		}
		check(tr, State{}.Said(said...), Turn{User: c.message})
	}
}

// Explain decides as Update does; it tells at least as many reasons, and some
// that were learned.
func TestExplainDecidesAsUpdate(t *testing.T) {
	learned := 0
	for _, w := range []*Weights{nil, NoWeights()} {
		explainedBy(t, TrackerOptions{Weights: w}, func(tr *Tracker, s State, turn Turn) {
			_, ds, err := tr.Update(context.Background(), s, turn)
			if err != nil {
				t.Fatal(err)
			}
			es, err := tr.Explain(context.Background(), s, turn)
			if err != nil || len(es) != len(ds) {
				t.Fatalf("%q: Update decides %v, Explain %v, %v", turn.User, ds, es, err)
			}
			for i := range es {
				e, d := es[i], ds[i]
				for _, r := range e.Reasons {
					if !slices.Contains(featureNames[:], r.Text) {
						learned++
					}
				}
				if w != nil && !reflect.DeepEqual(e, d) {
					t.Errorf("%q: without weights Update says %v, Explain %v", turn.User, d, e)
				}
				if len(e.Reasons) < min(len(d.Reasons), 1) || len(e.Reasons) > maxReasons {
					t.Errorf("%q: %d reasons instead of %d: %v", turn.User, len(e.Reasons), len(d.Reasons), e)
				}
				e.Reasons, d.Reasons = nil, nil
				if !reflect.DeepEqual(e, d) {
					t.Errorf("%q: Update decides %v, Explain %v", turn.User, d, e)
				}
			}
		})
	}
	if learned == 0 {
		t.Error("no reason was learned")
	}
}

// Reasons are told heaviest first, each once, in words that can be read, and
// always in the same order.
func TestReasonsAreReadable(t *testing.T) {
	explainedBy(t, TrackerOptions{}, func(tr *Tracker, s State, turn Turn) {
		es, err := tr.Explain(context.Background(), s, turn)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if again, err := tr.Explain(context.Background(), s, turn); err != nil || !reflect.DeepEqual(again, es) {
				t.Fatalf("%q: explained as %v, then as %v, %v", turn.User, es, again, err)
			}
		}
		for _, e := range es {
			if !strings.HasPrefix(e.String(), e.Act.String()) {
				t.Errorf("%v does not begin with its act", e)
			}
			seen := map[string]bool{}
			for i, r := range e.Reasons {
				switch {
				case r.Weight == 0 || i > 0 && magnitude(r) > magnitude(e.Reasons[i-1]):
					t.Errorf("%q: %v is out of order", turn.User, e)
				case r.Text == "" || seen[r.Text] || !utf8.ValidString(r.Text) || strings.ContainsFunc(r.Text, unicode.IsControl):
					t.Errorf("%q: reason %q of %v", turn.User, r.Text, e.Act)
				}
				seen[r.Text] = true
			}
		}
	})
}

func magnitude(r Reason) float64 { return max(r.Weight, -r.Weight) }

// Every feature has a name of its own words.
func TestEveryFeatureHasAName(t *testing.T) {
	for i, name := range templateNames {
		if name == "" {
			t.Errorf("template %d has no name", i)
		}
	}
	for i, name := range featureNames {
		if name == "" {
			t.Errorf("feature %d has no name", i)
		}
	}
}

// Words of the message and of the schema stand in the reasons.
func TestReasonsQuoteWords(t *testing.T) {
	f := toldFeature{tLeftWord, hashString(stem("cheapest")), hashString(stem("prices"))}
	words := map[sym]string{hashString(stem("cheapest")): "cheapest"}
	if got := f.text(words); got != `the word before, and the slot's name: "cheapest"` {
		t.Error(got)
	}
	words[f.b] = "price"
	if got := f.text(words); got != `the word before, and the slot's name: "cheapest", "price"` {
		t.Error(got)
	}
	if got := f.text(nil); got != "the word before, and the slot's name" {
		t.Error(got)
	}
	delete(words, f.a)
	if got := f.text(words); got != `the word before, and the slot's name: "price"` {
		t.Error(got)
	}
}

// What was learned of a word outweighs the rules, and is told with the word.
func TestReasonsAreThoseThatWeigh(t *testing.T) {
	bare := ruled(t, shopSchema())
	turn := Turn{User: "Lenovo laptop"}
	u := &understanding{t: bare, r: bare.read(turn.User), s: State{}.NextTurn(), turn: turn}
	u.taken = make([]bool, len(u.r.tokens))
	u.x = &ranker{t: bare, u: u, r: u.r, s: u.s, turn: turn}
	u.x.options()
	i := slices.IndexFunc(u.x.opts, func(o option) bool { return o.value == "Lenovo" && o.source == fromSpan })
	if i < 0 {
		t.Fatal("no option for Lenovo")
	}
	o := u.x.opts[i]
	var all []trainedWeight
	for _, f := range u.x.recorded(&o) {
		if f.template == tRight && f.b == hashString(stem("laptop")) {
			all = append(all, trainedWeight{index(f.template, f.a, f.b), 50, 1})
		}
	}
	if len(all) != 1 {
		t.Fatalf("%d features of the word behind", len(all))
	}
	tr, err := NewTracker(shopSchema(), &TrackerOptions{Weights: newWeights("", all, 0)})
	if err != nil {
		t.Fatal(err)
	}
	es, err := tr.Explain(context.Background(), State{}, turn)
	if err != nil {
		t.Fatal(err)
	}
	i = slices.IndexFunc(es, func(d Decision) bool { return d.Act == MustAct("inform brand=Lenovo") })
	if i < 0 || len(es[i].Reasons) == 0 || es[i].Reasons[0] != (Reason{`the word behind: "laptop"`, 50}) || es[i].P < 0.9 {
		t.Errorf("explained as %v", es)
	}
}

// Probabilities are probabilities, and what was decided and its alternatives
// share at most one.
func TestProbabilitiesOfDecisions(t *testing.T) {
	for _, w := range []*Weights{nil, NoWeights()} {
		explainedBy(t, TrackerOptions{Weights: w}, func(tr *Tracker, s State, turn Turn) {
			es, err := tr.Explain(context.Background(), s, turn)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range es {
				sum := 0.0
				for _, a := range e.Alternatives {
					sum += a.P
					if a.P <= 0 || a.P >= 1 {
						t.Errorf("%q: alternative %v", turn.User, a)
					}
				}
				if e.P <= 0 || e.P > 1 || sum >= 1 || e.P+sum > 1.005 {
					t.Errorf("%q: %v has the alternatives %v", turn.User, e, e.Alternatives)
				}
			}
		})
	}
}

func TestExplainErrors(t *testing.T) {
	tr := newTracker(t, shopSchema())
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if ds, err := tr.Explain(cancelled, State{}, Turn{User: "hi"}); !errors.Is(err, context.Canceled) || ds != nil {
		t.Errorf("cancelled: %v, %v", ds, err)
	}
	ds, err := tr.Explain(context.Background(), State{}, Turn{Acts: []Act{MustAct("inform prise=9")}})
	if ds != nil {
		t.Errorf("an unknown slot: %v", ds)
	}
	wantError(t, err, `no slot "prise"`)
}

// To explain changes nothing in the tracker.
func TestExplainLeavesTheTracker(t *testing.T) {
	var first, then bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &then} {
		explainedBy(t, TrackerOptions{}, func(tr *Tracker, s State, turn Turn) {
			if b == &then {
				if _, err := tr.Explain(context.Background(), s, turn); err != nil {
					t.Fatal(err)
				}
			}
			_, ds, err := tr.Update(context.Background(), s, turn)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range ds {
				b.WriteString(d.String() + "\n")
			}
		})
	}
	if first.String() != then.String() {
		t.Errorf("before explaining:\n%safter:\n%s", &first, &then)
	}
}
