package dst

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// clubSchema is of people who say "vibe" and "crew".
func clubSchema() Schema {
	return Schema{Services: []Service{{Name: "Clubs", Description: "Find a club for the night",
		Intents: []Intent{{Name: "Find", Required: []string{"vibe"}}},
		Slots: []Slot{
			{Name: "vibe", Description: "the mood of the place"},
			{Name: "crew", Description: "who comes along"},
			{Name: "size", Type: &Number{Integer: true}},
		}}}}
}

// clubDialogues are n conversations; those from other seeds use other words
// for the values and the same around them.
func clubDialogues(seed, n int) []Dialogue {
	vibes := []string{"mellow", "rowdy", "dusty", "neon", "velvet", "swampy", "frosty", "lunar", "grimy", "cosmic"}
	crews := []string{"gang", "cousins", "mates", "team", "sisters", "band", "neighbours", "choir", "class", "uncles"}
	opening := []string{"gimme the %s one", "hey gimme the %s one", "yo gimme the %s one tonight"}
	var out []Dialogue
	for i := range n {
		k := i + seed
		vibe, crew := vibes[k%len(vibes)]+fmt.Sprint(seed), crews[(3*k+seed)%len(crews)]+fmt.Sprint(seed)
		first := map[string][]string{"Clubs.vibe": {vibe}}
		both := map[string][]string{"Clubs.vibe": {vibe}, "Clubs.crew": {crew}}
		turns := []DialogueTurn{
			{User: fmt.Sprintf(opening[k%len(opening)], vibe), State: first},
			{System: []Act{MustAct("offer Clubs.vibe=" + vibe)}, User: "rollin with my " + crew, State: both},
			{System: []Act{}, User: "sweet", State: both},
		}
		for j := range turns {
			turns[j].Services, turns[j].Intents = []string{"Clubs"}, map[string]string{"Clubs": "Find"}
		}
		out = append(out, Dialogue{ID: fmt.Sprintf("club-%d-%d", seed, i), Turns: turns})
	}
	return out
}

// share is the share of turns after which all slots are as they should be.
func share(t testing.TB, tr *Tracker, dialogues []Dialogue) float64 {
	t.Helper()
	right, all := 0, 0
	for _, d := range dialogues {
		var s State
		for _, turn := range d.Turns {
			next, _, err := tr.Update(context.Background(), s, turn.Turn())
			if err != nil {
				t.Fatal(err)
			}
			s, all = next, all+1
			if tr.balance(s, turn) >= len(turn.State) {
				right++
			}
		}
	}
	return float64(right) / float64(all)
}

func fitted(t testing.TB, tr *Tracker, dialogues []Dialogue, opt *TrainOptions) *Weights {
	t.Helper()
	w, err := tr.Fit(context.Background(), dialogues, opt)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A few dialogues teach a tracker how its users speak, whatever it is built
// upon, and leave the tracker itself alone.
func TestFitLearns(t *testing.T) {
	for name, base := range map[string]*Weights{"shipped": nil, "none": NoWeights()} {
		opt := TrackerOptions{Now: at(2026, 11, 23), Weights: base}
		tr, err := NewTracker(clubSchema(), &opt)
		if err != nil {
			t.Fatal(err)
		}
		held := clubDialogues(2, 12)
		before := share(t, tr, held)
		w := fitted(t, tr, clubDialogues(1, 30), &TrainOptions{Note: "of the club"})
		if after := share(t, tr, held); after != before {
			t.Errorf("%s: the tracker itself went from %.2f to %.2f", name, before, after)
		}
		if w.Len() == 0 || w.Note() != "of the club" {
			t.Errorf("%s: %d features, note %q", name, w.Len(), w.Note())
		}
		back, err := ReadWeights(bytes.NewReader(written(t, w)))
		if err != nil {
			t.Fatal(err)
		}
		opt.Fitted = back
		adapted, err := NewTracker(clubSchema(), &opt)
		if err != nil {
			t.Fatal(err)
		}
		if after := share(t, adapted, held); after < before+0.1 {
			t.Errorf("%s: %.2f of held-out turns are right, %.2f before", name, after, before)
		}
	}
}

func TestFitIsDeterministic(t *testing.T) {
	tr := newTracker(t, clubSchema())
	var files [][]byte
	for range 2 {
		files = append(files, written(t, fitted(t, tr, clubDialogues(1, 14), nil)))
	}
	again := newTracker(t, clubSchema())
	files = append(files, written(t, fitted(t, again, clubDialogues(1, 14), &TrainOptions{})))
	for i, f := range files[1:] {
		if !bytes.Equal(f, files[0]) {
			t.Errorf("run %d gives other weights", i+1)
		}
	}
	if other := written(t, fitted(t, tr, clubDialogues(5, 14), nil)); bytes.Equal(other, files[0]) {
		t.Error("other dialogues give the same weights")
	}
}

// Fit may go on beside updates and other fits of the same tracker.
func TestFitBesideUpdates(t *testing.T) {
	tr := newTracker(t, clubSchema())
	done := make(chan []byte)
	for range 2 {
		go func() {
			w, err := tr.Fit(context.Background(), clubDialogues(1, 12), &TrainOptions{Epochs: 2})
			if err != nil {
				t.Error(err)
				w = NoWeights()
			}
			done <- written(t, w)
		}()
	}
	for range 50 {
		if _, _, err := tr.Update(context.Background(), State{}, Turn{User: "gimme the lunar one"}); err != nil {
			t.Error(err)
		}
	}
	if a, b := <-done, <-done; !bytes.Equal(a, b) {
		t.Error("two fits at the same time differ")
	}
}

// Dialogues may hold what was heard instead of what was typed.
func TestFitOnHypotheses(t *testing.T) {
	for _, base := range []*Weights{nil, NoWeights()} {
		tr, err := NewTracker(clubSchema(), &TrackerOptions{Weights: base})
		if err != nil {
			t.Fatal(err)
		}
		spoken := clubDialogues(1, 12)
		for i := range spoken {
			for j := range spoken[i].Turns {
				turn := &spoken[i].Turns[j]
				turn.Hypotheses = []Hypothesis{{"eh " + turn.User, 0.5}, {"for two " + strings.Repeat("and three or four ", i) + turn.User, 0.3}, {"mumble", 0.1}}
				turn.User = ""
			}
		}
		fitted(t, tr, spoken, &TrainOptions{Epochs: 2}) // what mumbling teaches may be nothing
	}
}

func TestFitErrors(t *testing.T) {
	tr := newTracker(t, clubSchema())
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	later, stop := context.WithCancel(context.Background())
	defer stop()
	unknown, act, service := clubDialogues(1, 3), clubDialogues(1, 3), clubDialogues(1, 3)
	unknown[1].Turns[1].State = map[string][]string{"Clubs.wibe": {"x"}}
	act[2].Turns[1].System = []Act{MustAct("offer Clubs.price=9")}
	service[0].Turns[0].Services = []string{"Pubs"}
	for name, c := range map[string]struct {
		ctx       context.Context
		dialogues []Dialogue
		opt       *TrainOptions
		parts     []string
	}{
		"none":      {context.Background(), nil, nil, []string{"no dialogues"}},
		"slot":      {context.Background(), unknown, nil, []string{`"club-1-1"`, `no slot "Clubs.wibe"`, "turn 1"}},
		"act":       {context.Background(), act, nil, []string{`"club-1-2"`, `no slot "Clubs.price"`}},
		"service":   {context.Background(), service, nil, []string{`"club-1-0"`, `no service "Pubs"`}},
		"cancelled": {cancelled, clubDialogues(1, 3), nil, []string{"canceled"}},
		"later": {later, clubDialogues(1, 30), &TrainOptions{Progress: func(epoch, _, _ int) {
			if epoch == 1 {
				stop()
			}
		}}, []string{"canceled"}},
	} {
		w, err := tr.Fit(c.ctx, c.dialogues, c.opt)
		for _, part := range append(c.parts, "dst: fitting: ") {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %v does not say %q", name, err, part)
			}
		}
		if w != nil {
			t.Errorf("%s: weights beside the error", name)
		}
	}
	if _, err := tr.Fit(cancelled, clubDialogues(1, 3), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
}

// A slot without spellings is one that is to be empty.
func TestFitOnEmptySlots(t *testing.T) {
	empty := clubDialogues(1, 3)
	empty[1].Turns[0].State = map[string][]string{"Clubs.size": {}}
	fitted(t, newTracker(t, clubSchema()), empty, nil)
}

// What was fitted on one schema, on top of some weights, fits nothing else.
func TestFittedWeightsElsewhere(t *testing.T) {
	tr := newTracker(t, clubSchema())
	w := fitted(t, tr, clubDialogues(1, 12), nil)
	renamed, retyped := clubSchema(), clubSchema()
	renamed.Services[0].Slots[0].Name, renamed.Services[0].Intents = "mood", nil
	retyped.Services[0].Slots[2].Type = &Money{}
	some := []trainedWeight{{5, 1, 1}, {9, -1, 1}}
	base := newWeights("", some, 0)
	some[0].x, some[1].x = 2, -2
	heavier := newWeights("", some, 0)
	on, err := NewTracker(clubSchema(), &TrackerOptions{Weights: base})
	if err != nil {
		t.Fatal(err)
	}
	onBase := fitted(t, on, clubDialogues(1, 12), nil)
	for name, c := range map[string]struct {
		schema Schema
		opt    TrackerOptions
		part   string
	}{
		"renamed":      {renamed, TrackerOptions{Fitted: w}, "another schema"},
		"retyped":      {retyped, TrackerOptions{Fitted: w}, "another schema"},
		"other":        {shopSchema(), TrackerOptions{Fitted: w}, "another schema"},
		"no base":      {clubSchema(), TrackerOptions{Fitted: w, Weights: NoWeights()}, "other Weights"},
		"other base":   {clubSchema(), TrackerOptions{Fitted: w, Weights: base}, "other Weights"},
		"heavier base": {clubSchema(), TrackerOptions{Fitted: onBase, Weights: heavier}, "other Weights"},
		"base itself":  {clubSchema(), TrackerOptions{Fitted: base}, "not made by Fit"},
	} {
		if _, err := NewTracker(c.schema, &c.opt); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: error %v does not say %q", name, err, c.part)
		}
	}
	for name, opt := range map[string]TrackerOptions{"its own base": {Fitted: onBase, Weights: base}, "the shipped base": {Fitted: w}, "nothing": {Fitted: NoWeights()}} {
		if _, err := NewTracker(clubSchema(), &opt); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the dialogues that are held out speak against is not trusted.
func TestFitOnNonsense(t *testing.T) {
	tr := newTracker(t, shopSchema())
	var mixed, sound []Dialogue
	brands := []string{"Lenovo", "Asus", "Apple"}
	for i := range 30 {
		said, meant := brands[i%3], brands[(i+1)%3]
		if i%5 == 4 {
			meant = said
		}
		d := Dialogue{ID: fmt.Sprint(i), Turns: []DialogueTurn{{User: "I want " + said, State: map[string][]string{"brand": {meant}}}}}
		mixed = append(mixed, d)
		if said == meant {
			sound = append(sound, d)
		}
	}
	after, err := NewTracker(shopSchema(), &TrackerOptions{Now: at(2026, 11, 23), Fitted: fitted(t, tr, mixed, nil)})
	if err != nil {
		t.Fatal(err)
	}
	if was, is := share(t, tr, sound), share(t, after, sound); is < was || was < 0.5 {
		t.Errorf("%.2f of sound turns are right after nonsense, %.2f before", is, was)
	}
}
