package dst

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A Corpus is annotated dialogues with the schemas they may be read with: the
// first is the one their slots are named by; further ones are paraphrases of
// it, with the same services and slots in the same order under other names.
type Corpus struct {
	Schemas   []Schema
	Dialogues []Dialogue
	Points    bool // the annotation has values alone: "at least 4" and "4" are the same there
}

// TrainOptions adjust [Train] and [Tracker.Fit]. The zero value is the default.
type TrainOptions struct {
	Epochs   int                            // passes over the dialogues; 0 means 6
	Rate     float64                        // of learning; 0 means 0.1
	Limit    int                            // features that are kept, the heaviest; 0 means 200,000
	Seed     uint64                         // of the order of dialogues, and of what is left out of them
	Note     string                         // licence and origin, kept with the weights
	Now      func() time.Time               // as in [TrackerOptions]
	Progress func(epoch, dialogues, of int) // is called now and then, if it is not nil
}

// Train learns weights for strangers' schemas: each pass reads a dialogue with
// one of its schemas, now and then without descriptions, without what the bot
// did, in lower case, or on from its own mistakes. The same input gives the
// same weights. It takes about 100 microseconds a turn and pass, and 130 MB.
// Errors are a cancelled context, a schema that is not valid, paraphrases that
// do not fit, and dialogues on slots that the schema does not have.
func Train(ctx context.Context, corpora []Corpus, opt TrainOptions) (*Weights, error) {
	opt.Epochs, opt.Rate, opt.Limit = cmp.Or(opt.Epochs, 6), cmp.Or(opt.Rate, 0.1), cmp.Or(opt.Limit, 200_000)
	run := &training{opt: opt, learner: newLearner(opt.Rate, 1e-4), random: rand.New(rand.NewPCG(opt.Seed, 1))}
	for i, c := range corpora {
		if err := run.enter(c); err != nil {
			return nil, fmt.Errorf("dst: training: corpus %d: %w", i, err)
		}
	}
	for epoch := range opt.Epochs {
		if err := run.epoch(ctx, epoch); err != nil {
			return nil, fmt.Errorf("dst: training: %w", err)
		}
	}
	return newWeights(opt.Note, run.learner.trained(), opt.Limit), nil
}

// A training is the work of one [Train].
type training struct {
	opt     TrainOptions
	learner *learner
	random  *rand.Rand
	sets    []trainSet
	lessons []lesson

	asTheyAre bool // dialogues are not made harder
}

// A trainSet is a corpus with a tracker for each of its schemas.
type trainSet struct {
	trackers  []*Tracker
	plain     []*Tracker          // the same without descriptions
	names     []map[string]string // by schema: from the slots and services of the first
	dialogues []Dialogue
}

type lesson struct{ set, dialogue int }

func (r *training) enter(c Corpus) error {
	set := trainSet{dialogues: c.Dialogues}
	if len(c.Schemas) == 0 {
		return errors.New("no schema")
	}
	for i, schema := range c.Schemas {
		names, err := rename(c.Schemas[0], schema)
		if err != nil {
			return fmt.Errorf("schema %d: %w", i, err)
		}
		with, err := r.tracker(schema, c.Points)
		if err != nil {
			return fmt.Errorf("schema %d: %w", i, err)
		}
		without, err := r.tracker(undescribed(schema), c.Points)
		if err != nil {
			return fmt.Errorf("schema %d: %w", i, err)
		}
		set.trackers, set.plain, set.names = append(set.trackers, with), append(set.plain, without), append(set.names, names)
	}
	return r.enterSet(set, c.Schemas[0])
}

func (r *training) enterSet(set trainSet, schema Schema) error {
	for i, d := range set.dialogues {
		if err := d.check(schema); err != nil {
			return fmt.Errorf("dialogue %d (%q): %w", i, d.ID, err)
		}
		r.lessons = append(r.lessons, lesson{len(r.sets), i})
	}
	r.sets = append(r.sets, set)
	return nil
}

func (r *training) tracker(schema Schema, points bool) (*Tracker, error) {
	t, err := NewTracker(schema, &TrackerOptions{Now: r.opt.Now, Weights: NoWeights()})
	if err == nil {
		t.learner, t.points = r.learner, points
	}
	return t, err
}

func undescribed(schema Schema) Schema {
	out := Schema{Services: slices.Clone(schema.Services)}
	for i := range out.Services {
		s := &out.Services[i]
		s.Description = ""
		s.Slots = slices.Clone(s.Slots)
		for j := range s.Slots {
			s.Slots[j].Description = ""
		}
	}
	return out
}

// rename maps the names of one schema to those of its paraphrase.
func rename(from, to Schema) (map[string]string, error) {
	if len(from.Services) != len(to.Services) {
		return nil, fmt.Errorf("%d services instead of %d", len(to.Services), len(from.Services))
	}
	names := map[string]string{}
	for i, a := range from.Services {
		b := to.Services[i]
		if len(a.Slots) != len(b.Slots) || len(a.Intents) != len(b.Intents) {
			return nil, fmt.Errorf("service %q has other slots or intents than %q", b.Name, a.Name)
		}
		names[a.Name] = b.Name
		for j := range a.Slots {
			names[a.full(a.Slots[j].Name)] = b.full(b.Slots[j].Name)
		}
		for j := range a.Intents {
			names[a.full(a.Intents[j].Name)] = b.full(b.Intents[j].Name)
		}
	}
	return names, nil
}

func (r *training) epoch(ctx context.Context, epoch int) error {
	order := r.random.Perm(len(r.lessons))
	for n, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.opt.Progress != nil && n%500 == 0 {
			r.opt.Progress(epoch, n, len(order))
		}
		if err := r.dialogue(r.lessons[i], epoch); err != nil {
			return err
		}
	}
	return nil
}

// Shares of the dialogues that are made harder.
const (
	dropDescriptions = 0.2
	dropActs         = 0.05
	lowerCase        = 0.1
	ownMistakes      = 0.5
)

func (r *training) dialogue(l lesson, epoch int) error {
	set := &r.sets[l.set]
	d := set.dialogues[l.dialogue]
	n := r.random.IntN(len(set.trackers))
	t := set.trackers[n]
	if !r.asTheyAre && r.random.Float64() < dropDescriptions {
		t = set.plain[n]
	}
	mute, lower := !r.asTheyAre && r.random.Float64() < dropActs, !r.asTheyAre && r.random.Float64() < lowerCase
	free := epoch > 0 && (r.asTheyAre || r.random.Float64() < ownMistakes)
	var state State
	for i, turn := range d.Turns {
		turn = turn.renamed(set.names[n])
		in := turn.Turn()
		if mute {
			in.System = []Act{}
		}
		if lower {
			in.User = lowered(in.User)
		}
		next, err := t.learnFrom(state, in, turn)
		if err != nil {
			return fmt.Errorf("dialogue %q, turn %d: %w", d.ID, i, err)
		}
		if !free {
			next = t.corrected(next, in, turn)
		}
		state = next
	}
	return nil
}

// lowered is s in lower case, byte for byte where it can be.
func lowered(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// renamed is the turn with the names of a paraphrased schema.
func (t DialogueTurn) renamed(names map[string]string) DialogueTurn {
	name := func(s string) string { return cmp.Or(names[s], s) }
	out := t
	out.System = slices.Clone(t.System)
	for i := range out.System {
		out.System[i].Slot = name(out.System[i].Slot)
	}
	out.Services = slices.Clone(t.Services)
	for i := range out.Services {
		out.Services[i] = name(out.Services[i])
	}
	out.State = make(map[string][]string, len(t.State))
	for slot, v := range t.State {
		out.State[name(slot)] = v
	}
	if t.Not != nil {
		out.Not = make(map[string][]string, len(t.Not))
		for slot, v := range t.Not {
			out.Not[name(slot)] = v
		}
	}
	out.Requested = slices.Clone(t.Requested)
	for i := range out.Requested {
		out.Requested[i] = name(out.Requested[i])
	}
	out.Intents = make(map[string]string, len(t.Intents))
	for service, intent := range t.Intents {
		if full, ok := names[Service{Name: service}.full(intent)]; ok {
			intent = strings.TrimPrefix(full, name(service)+".")
		}
		out.Intents[name(service)] = intent
	}
	return out
}
