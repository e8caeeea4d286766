package dst

import (
	"bytes"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// club is the club schema under other names.
func club(service, intent, vibe, crew, size string) Schema {
	s := clubSchema()
	c := &s.Services[0]
	c.Name, c.Intents[0].Name, c.Intents[0].Required = service, intent, []string{vibe}
	c.Slots[0].Name, c.Slots[1].Name, c.Slots[2].Name = vibe, crew, size
	return s
}

func clubCorpus() []Corpus {
	return []Corpus{{
		Schemas:   []Schema{clubSchema(), club("Venues", "Search", "mood", "company", "heads")},
		Dialogues: clubDialogues(1, 20),
	}}
}

func trained(t testing.TB, corpora []Corpus, opt TrainOptions) *Weights {
	t.Helper()
	w, err := Train(context.Background(), corpora, opt)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// What is learned on two schemas serves a third that names everything
// otherwise.
func TestTrainServesStrangers(t *testing.T) {
	third := club("NightSpots", "Seek", "atmosphere", "entourage", "number")
	names, err := rename(clubSchema(), third)
	if err != nil {
		t.Fatal(err)
	}
	held := clubDialogues(2, 12)
	for i := range held {
		for j := range held[i].Turns {
			held[i].Turns[j] = held[i].Turns[j].renamed(names)
		}
		if err := held[i].check(third); err != nil {
			t.Fatal(err)
		}
	}
	before := share(t, ruled(t, third), held)
	w := trained(t, clubCorpus(), TrainOptions{Note: "of the clubs"})
	tr, err := NewTracker(third, &TrackerOptions{Weights: w})
	if err != nil {
		t.Fatal(err)
	}
	if after := share(t, tr, held); after < before+0.1 || w.Note() != "of the clubs" {
		t.Errorf("%.2f of the turns on a third schema are right, %.2f before", after, before)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	first := written(t, trained(t, clubCorpus(), TrainOptions{Epochs: 2, Seed: 7}))
	if !bytes.Equal(first, written(t, trained(t, clubCorpus(), TrainOptions{Epochs: 2, Seed: 7}))) {
		t.Error("the same corpus gives other weights")
	}
	if bytes.Equal(first, written(t, trained(t, clubCorpus(), TrainOptions{Epochs: 2, Seed: 8}))) {
		t.Error("another seed gives the same weights")
	}
	if w := trained(t, clubCorpus(), TrainOptions{Epochs: 1, Limit: 10}); w.Len() == 0 || w.Len() > 10 {
		t.Errorf("%d features are kept, at most 10 wanted", w.Len())
	}
	if w := trained(t, nil, TrainOptions{}); w.Len() != 0 {
		t.Errorf("%d features were learned from nothing", w.Len())
	}
}

func TestTrainProgress(t *testing.T) {
	var epochs []int
	corpus := clubCorpus()
	before := corpus[0].Dialogues[0].Turns[0].User
	trained(t, corpus, TrainOptions{Epochs: 3, Progress: func(epoch, _, of int) {
		if epochs = append(epochs, epoch); of != 20 {
			t.Errorf("%d dialogues instead of 20", of)
		}
	}})
	if !slices.Equal(epochs, []int{0, 1, 2}) {
		t.Errorf("told of the passes %v", epochs)
	}
	if after := clubCorpus(); corpus[0].Dialogues[0].Turns[0].User != before || !reflect.DeepEqual(corpus[0].Dialogues, after[0].Dialogues) {
		t.Error("the dialogues were changed")
	}
}

func TestTrainErrors(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx    context.Context
		change func(*Corpus)
		parts  []string
	}{
		"cancelled":      {cancelled, func(*Corpus) {}, []string{"canceled"}},
		"no schema":      {context.Background(), func(c *Corpus) { c.Schemas = nil }, []string{"corpus 0: no schema"}},
		"invalid":        {context.Background(), func(c *Corpus) { c.Schemas[0].Services[0].Slots[0].Name = "" }, []string{"corpus 0: schema 0", "needs a name"}},
		"invalid second": {context.Background(), func(c *Corpus) { c.Schemas[1].Services[0].Slots[0].Role = "?" }, []string{"corpus 0: schema 1", "unknown role"}},
		"fewer slots":    {context.Background(), func(c *Corpus) { s := &c.Schemas[1].Services[0]; s.Slots = s.Slots[:2] }, []string{"schema 1", `service "Venues" has other slots or intents than "Clubs"`}},
		"more slots":     {context.Background(), func(c *Corpus) { s := &c.Schemas[1].Services[0]; s.Slots = append(s.Slots, Slot{Name: "x"}) }, []string{"schema 1", "other slots"}},
		"no intents":     {context.Background(), func(c *Corpus) { c.Schemas[1].Services[0].Intents = nil }, []string{"schema 1", "other slots or intents"}},
		"services":       {context.Background(), func(c *Corpus) { c.Schemas[1].Services = append(c.Schemas[1].Services, Service{Name: "X"}) }, []string{"schema 1", "2 services instead of 1"}},
		"bad slot":       {context.Background(), func(c *Corpus) { c.Dialogues[3].Turns[1].Requested = []string{"Clubs.fee"} }, []string{`dialogue 3 ("club-1-3")`, "turn 1", `no slot "Clubs.fee"`}},
		"bad act":        {context.Background(), func(c *Corpus) { c.Dialogues[0].Turns[1].System = []Act{{Kind: "shout"}} }, []string{`dialogue 0 ("club-1-0")`, "unknown kind"}},
		"bad message":    {context.Background(), func(c *Corpus) { c.Dialogues[2].Turns[0].User = strings.Repeat("x", MaxMessage+1) }, []string{`dialogue "club-1-2", turn 0`, "more than"}},
	} {
		corpora := clubCorpus()
		c.change(&corpora[0])
		w, err := Train(c.ctx, corpora, TrainOptions{Epochs: 1})
		for _, part := range append(c.parts, "dst: training: ") {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %v does not say %q", name, err, part)
			}
		}
		if w != nil {
			t.Errorf("%s: weights beside the error", name)
		}
	}
}

// A turn in the names of a paraphrase, and back, is the turn.
func TestRenamedTurns(t *testing.T) {
	a, b := clubSchema(), club("NightSpotsOfTheTown", "Seek", "atmosphere", "entourage", "number")
	there, err := rename(a, b)
	if err != nil {
		t.Fatal(err)
	}
	back, err := rename(b, a)
	if err != nil {
		t.Fatal(err)
	}
	turn := clubDialogues(1, 1)[0].Turns[1]
	turn.Requested, turn.System = []string{"Clubs.size"}, append(turn.System, MustAct("propose Clubs.Find"), MustAct("ask"))
	kept := turn.System[0]
	other := turn.renamed(there)
	if other.System[1].Slot != "NightSpotsOfTheTown.Seek" || !slices.Equal(slices.Sorted(maps.Keys(other.State)), []string{"NightSpotsOfTheTown.atmosphere", "NightSpotsOfTheTown.entourage"}) ||
		!slices.Equal(other.Services, []string{"NightSpotsOfTheTown"}) || other.Requested[0] != "NightSpotsOfTheTown.number" || other.Intents["NightSpotsOfTheTown"] != "Seek" {
		t.Errorf("renamed to %+v", other)
	}
	if again := other.renamed(back); !reflect.DeepEqual(again, turn) || turn.System[0] != kept {
		t.Errorf("%+v comes back as %+v", turn, again)
	}
}
