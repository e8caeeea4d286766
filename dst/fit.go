package dst

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
)

// Fit adapts the tracker to annotated dialogues of its own schema and returns
// what it learned, to be given to a new tracker as [TrackerOptions].Fitted:
// t itself is not changed. A few dozen dialogues help; it takes about a second
// for a hundred. What was learned before ([TrackerOptions].Weights) is built
// upon, so that the same weights must be given with it. The same input gives
// the same weights. Errors are a cancelled context, no dialogues, and acts or
// values on slots that the schema does not have, with the dialogue's name.
func (t *Tracker) Fit(ctx context.Context, dialogues []Dialogue, opt *TrainOptions) (*Weights, error) {
	if len(dialogues) == 0 {
		return nil, errors.New("dst: fitting: no dialogues to learn from")
	}
	o := TrainOptions{}
	if opt != nil {
		o = *opt
	}
	o.Epochs, o.Rate, o.Limit = cmp.Or(o.Epochs, fitEpochs(len(dialogues))), cmp.Or(o.Rate, 0.1), cmp.Or(o.Limit, 100_000)
	pupil := *t
	pupil.fitted = noWeights
	pupil.learner = newSmallLearner(o.Rate, 1e-4)
	run := &training{opt: o, learner: pupil.learner, random: rand.New(rand.NewPCG(o.Seed, 2)), asTheyAre: true}
	names, _ := rename(t.schema, t.schema)
	set := trainSet{trackers: []*Tracker{&pupil}, plain: []*Tracker{&pupil}, names: []map[string]string{names}, dialogues: dialogues}
	if err := run.enterSet(set, t.schema); err != nil {
		return nil, fmt.Errorf("dst: fitting: %w", err)
	}
	for epoch := range o.Epochs {
		if err := run.epoch(ctx, epoch); err != nil {
			return nil, fmt.Errorf("dst: fitting: %w", err)
		}
	}
	w := newWeights(o.Note, run.learner.trained(), o.Limit)
	w.schema, w.base = t.fingerprint(), t.base.checksum()
	return w, nil
}

// fitEpochs gives few dialogues more passes than many.
func fitEpochs(dialogues int) int { return min(max(2000/dialogues, 3), 12) }

// fingerprint tells schemas apart by the names and kinds of their slots.
func (t *Tracker) fingerprint() uint64 {
	h := hashString("schema")
	for i := range t.slots {
		s := &t.slots[i]
		h = h.with(hashString(s.full)).with(sym(s.kind))
		if s.Type != nil {
			h = h.with(hashString(reflect.TypeOf(s.Type).String()))
		}
	}
	return uint64(h)
}

// checkFitted reports weights that were fitted elsewhere.
func (t *Tracker) checkFitted() error {
	switch w := t.fitted; {
	case w.Len() == 0 && w.schema == 0:
		return nil
	case w.schema == 0:
		return errors.New("dst: the fitted weights were not made by Fit; give weights of any schema as Weights")
	case w.schema != t.fingerprint():
		return errors.New("dst: the fitted weights were made for another schema, or for this one before its slots changed; fit them anew")
	case w.base != t.base.checksum():
		return errors.New("dst: the fitted weights were made on top of other Weights than this tracker has; give it those, or fit anew")
	}
	return nil
}
