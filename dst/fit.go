package dst

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
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
	pupil := *t
	pupil.fitted, pupil.spans = noWeights, t.hasSpans(dialogues)
	t = &pupil
	o.Epochs, o.Rate, o.Limit = cmp.Or(o.Epochs, fitEpochs(len(dialogues))), cmp.Or(o.Rate, t.fitRate()), cmp.Or(o.Limit, 100_000)
	trained, err := t.fit(ctx, dialogues, o)
	if err != nil {
		return nil, fmt.Errorf("dst: fitting: %w", err)
	}
	share, err := t.trust(ctx, dialogues, o)
	if err != nil {
		return nil, fmt.Errorf("dst: fitting: %w", err)
	}
	for i := range trained {
		trained[i].x *= share
	}
	w := newWeights(o.Note, trained, o.Limit)
	w.schema, w.base, w.spans = t.fingerprint(), t.base.checksum(), t.spans
	return w, nil
}

// hasSpans reports whether some of the values in the users' words are none that
// the types of their slots find: more than one in twenty, of enough to learn
// from which words they are.
func (t *Tracker) hasSpans(dialogues []Dialogue) bool {
	found, missed := 0, 0
	for _, d := range dialogues {
		for _, turn := range d.Turns {
			for slot, gold := range turn.State {
				info, ok := t.info(slot)
				if !ok || len(gold) == 0 || info.free || info.closed || info.Type == nil {
					continue
				}
				switch at := strings.Index(turn.User, gold[0]); {
				case at < 0:
				case t.spotted(info, turn.User, at, at+len(gold[0])):
					found++
				default:
					missed++
				}
			}
		}
	}
	const enough = 500
	return found+missed >= enough && 20*missed > found+missed
}

// spotted reports whether the type of the slot finds the span.
func (t *Tracker) spotted(info *slotInfo, message string, start, end int) bool {
	return slices.ContainsFunc(info.Type.Find(NewText(message, t.now())), func(m Mention) bool { return m.Start == start && m.End == end })
}

// fit learns from the dialogues as they are.
func (t *Tracker) fit(ctx context.Context, dialogues []Dialogue, o TrainOptions) ([]trainedWeight, error) {
	pupil := *t
	pupil.fitted = noWeights
	pupil.learner, pupil.fitting = newSmallLearner(o.Rate, 1e-4), true
	run := &training{opt: o, learner: pupil.learner, random: rand.New(rand.NewPCG(o.Seed, 2)), asTheyAre: true}
	names, err := rename(t.schema, t.schema)
	if err != nil {
		return nil, err
	}
	set := trainSet{trackers: []*Tracker{&pupil}, plain: []*Tracker{&pupil}, names: []map[string]string{names}, dialogues: dialogues}
	if err := run.enterSet(set, t.schema); err != nil {
		return nil, err
	}
	for epoch := range o.Epochs {
		if err := run.epoch(ctx, epoch); err != nil {
			return nil, err
		}
	}
	return run.learner.trained(), nil
}

// trustParts is the number of parts that dialogues are dealt to by trust.
const trustParts = 5

// trust finds out how far what is learned from such dialogues is to be
// trusted: it learns from four fifths of them, and takes the share of the
// weights with which most slots of the rest come out right, the smallest of
// those that are equal. With few dialogues each fifth is the rest once. So a few
// that say nothing, or contradict one another, spoil nothing.
func (t *Tracker) trust(ctx context.Context, dialogues []Dialogue, o TrainOptions) (float32, error) {
	const few = 60
	folds := 2
	switch {
	case len(dialogues) < trustParts:
		return 0.25, nil // too few to tell
	case len(dialogues) < few:
		folds = trustParts
	}
	shares := []float32{0, 0.1, 0.25, 0.5, 0.75, 1}
	right := make([]int, len(shares))
	for part := range folds {
		if err := t.tryShares(ctx, dialogues, trustParts-1-part, shares, right, o); err != nil {
			return 0, err
		}
	}
	best := 0
	for i := range shares {
		if right[i] > right[best] {
			best = i
		}
	}
	return shares[best], nil
}

// tryShares learns from all dialogues but those of a part, and adds to right
// how much of that part comes out right with each share of the weights.
func (t *Tracker) tryShares(ctx context.Context, dialogues []Dialogue, part int, shares []float32, right []int, o TrainOptions) error {
	var rest, held []Dialogue
	for i, d := range dialogues {
		if i%trustParts == part {
			held = append(held, d)
		} else {
			rest = append(rest, d)
		}
	}
	trained, err := t.fit(ctx, rest, o)
	if err != nil {
		return err
	}
	for i, share := range shares {
		scaled := slices.Clone(trained)
		for j := range scaled {
			scaled[j].x *= share
		}
		pupil := *t
		pupil.fitted = newWeights("", scaled, o.Limit)
		n, err := pupil.rightSlots(ctx, held)
		if err != nil {
			return err
		}
		right[i] += n
	}
	return nil
}

// rightSlots counts the slots that hold what they should after each turn, less
// those that do not. Slots that are empty as they should be do not count.
func (t *Tracker) rightSlots(ctx context.Context, dialogues []Dialogue) (int, error) {
	n := 0
	for _, d := range dialogues {
		var state State
		for i, turn := range d.Turns {
			next, _, err := t.Update(ctx, state, turn.Turn())
			if err != nil {
				return 0, fmt.Errorf("dialogue %q, turn %d: %w", d.ID, i, err)
			}
			state = next
			n += t.balance(state, turn)
		}
	}
	return n, nil
}

// balance is the number of slots that are right, less the number that are wrong.
func (t *Tracker) balance(s State, turn DialogueTurn) int {
	in := turn.Turn()
	n := 0
	for i := range t.slots {
		info := &t.slots[i]
		gold := turn.State[info.full]
		if !in.open(t.schema.Services[info.service].Name) || len(gold) == 0 && !s.Filled(info.full) {
			continue
		}
		if t.matches(s, info, gold) {
			n++
		} else {
			n--
		}
	}
	return n
}

// fitRate is lower where weights of any schema are built upon: they are good
// already, and the first steps of a learner are the longest. They know nothing
// of values that only their words tell.
func (t *Tracker) fitRate() float64 {
	if t.base.Len() > 0 && !t.spans {
		return 0.05
	}
	return 0.1
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
	if t.base.schema != 0 {
		return errors.New("dst: the Weights were made by Fit for one schema; give them as Fitted")
	}
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
