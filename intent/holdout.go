package intent

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A holdout is a set of messages that are scored by a model which never saw
// them, and the scores.
type holdout struct {
	out     []int32 // training messages left out
	members []int32 // training messages kept
	leftOut []bool  // classes that are left out altogether
	scored  []int32
	scores  []float32 // scored x columns; -Inf for classes left out
}

const (
	folds     = 5
	manyFolds = 10    // for so few messages that every one counts
	few       = 3000  // messages
	minScored = 10    // messages of a kind, below which nothing is fitted to them
	maxScored = 10000 // messages of a kind; more do not sharpen the calibration
	minGroups = 4     // intents, below which leaving one out changes the task
	fitRows   = 30    // out-of-scope messages that suffice to learn from alone
)

// planHoldouts decides what to hold out: the dev messages where they say all,
// otherwise every training message in turn; and every intent in turn where
// there are too few out-of-scope messages to learn from.
func (t *trainer) planHoldouts() []*holdout {
	var plan []*holdout
	devIn, out := 0, 0
	for i, class := range t.class {
		if int(class) == len(t.names) {
			out++
		} else if i >= t.trained {
			devIn++
		}
	}
	if dev := t.devHoldout(); dev != nil {
		plan = append(plan, dev)
	}
	trainedOut := t.columns > len(t.names)
	if devIn < minScored || trainedOut {
		plan = append(plan, t.foldHoldouts()...)
	}
	if out < fitRows && len(t.names) >= minGroups {
		plan = append(plan, t.groupHoldouts()...)
	}
	return plan
}

func (t *trainer) devHoldout() *holdout {
	h := &holdout{members: t.members, leftOut: make([]bool, t.columns)}
	for i := t.trained; i < len(t.class); i++ {
		h.scored = append(h.scored, int32(i))
	}
	if len(h.scored) == 0 {
		return nil
	}
	h.scores = make([]float32, len(h.scored)*t.columns)
	return h
}

// foldHoldouts deals the messages of each class out over the folds.
func (t *trainer) foldHoldouts() []*holdout {
	n := folds
	if t.trained < few {
		n = manyFolds
	}
	fold := make([]int, t.trained)
	byClass := t.byClass()
	next := 0
	rng := rand.New(rand.NewPCG(t.opt.Seed, 1))
	for _, messages := range byClass {
		rng.Shuffle(len(messages), func(i, j int) { messages[i], messages[j] = messages[j], messages[i] })
		for _, i := range messages {
			fold[i] = next % n
			next++
		}
	}
	var plan []*holdout
	for k := range n {
		h := t.newHoldout(func(i int32) bool { return fold[i] == k }, make([]bool, t.columns))
		// The only message of a class has nothing left to be recognised by.
		h.scored = slices.DeleteFunc(slices.Clone(h.out), func(i int32) bool { return len(byClass[t.class[i]]) < 2 })
		plan = append(plan, t.finish(h, n)...)
	}
	return plan
}

// groupHoldouts leaves groups of intents out.
func (t *trainer) groupHoldouts() []*holdout {
	n := folds
	if t.trained < few {
		n = manyFolds
	}
	n = min(n, len(t.names))
	rng := rand.New(rand.NewPCG(t.opt.Seed, 2))
	var plan []*holdout
	order := rng.Perm(len(t.names))
	for k := range n {
		left := make([]bool, t.columns)
		for j := k; j < len(order); j += n {
			left[order[j]] = true
		}
		h := t.newHoldout(func(i int32) bool { return left[t.class[i]] }, left)
		h.scored = h.out
		plan = append(plan, t.finish(h, n)...)
	}
	return plan
}

func (t *trainer) byClass() [][]int32 {
	out := make([][]int32, len(t.names)+1)
	for _, i := range t.members {
		out[t.class[i]] = append(out[t.class[i]], i)
	}
	return out
}

func (t *trainer) newHoldout(out func(int32) bool, left []bool) *holdout {
	h := &holdout{leftOut: left}
	for _, i := range t.members {
		if out(i) {
			h.out = append(h.out, i)
		} else {
			h.members = append(h.members, i)
		}
	}
	return h
}

// finish bounds what is scored and makes room for the scores; a holdout
// without anything to score is dropped.
func (t *trainer) finish(h *holdout, of int) []*holdout {
	if most := maxScored / of; len(h.scored) > most {
		kept := make([]int32, most)
		for j := range kept {
			kept[j] = h.scored[j*len(h.scored)/most]
		}
		h.scored = kept
	}
	if len(h.scored) == 0 {
		return nil
	}
	h.scores = make([]float32, len(h.scored)*t.columns)
	for j := range h.scored {
		for c, left := range h.leftOut {
			if left {
				h.scores[j*t.columns+c] = float32(math.Inf(-1))
			}
		}
	}
	return []*holdout{h}
}

// A sample is a message scored by a model that did not see it.
type sample struct {
	evidence
	class int // -1: out of scope
	dev   bool
}

// samples returns the held-out messages with what a model would see of them.
func (t *trainer) samples() []sample {
	var out []sample
	for _, h := range t.holdouts {
		without := make([]int32, t.width)
		for _, i := range h.out {
			for _, f := range t.row(i) {
				without[f]++
			}
		}
		for j, i := range h.scored {
			x := sample{class: int(t.class[i]), dev: int(i) >= t.trained}
			if x.class == len(t.names) || h.leftOut[x.class] {
				x.class = -1
			}
			x.scores = h.scores[j*t.columns : (j+1)*t.columns]
			x.grams, x.words = t.familiarity(i, without)
			out = append(out, x)
		}
	}
	return out
}
