package dst

import (
	"math"
	"slices"
)

// learned reports whether anything was learned that holds in the language.
func (t *Tracker) learned(lang string) bool {
	return t.learner != nil || t.fitted.Len() > 0 || lang != "zh" && t.base.Len() > 0
}

// score is what was learned of features.
func (t *Tracker) score(features []uint32, lang string) float64 {
	return t.learnedScore(features, lang, false)
}

// The bounds of what is learned of an option that rules know best: what only
// invented dialogues have (see ranker.world), and what the words themselves say
// (see ranker.surely).
const leastApart, mostApart = -0.3, 2

// learnedScore is score for an option that may be of a world apart.
func (t *Tracker) learnedScore(features []uint32, lang string, apart bool) float64 {
	s := 0.0
	if lang != "zh" {
		s = t.base.sum(features)
	}
	if apart {
		s = min(max(s, leastApart), mostApart)
	}
	s += t.fitted.sum(features)
	if t.learner != nil {
		s += t.learner.score(features)
	}
	return s
}

// A learner learns the weights of sparse features from annotated turns: those
// of a log-linear model over the options of each slot, by AdaGrad (Duchi et
// al. 2011) on the logarithm of the probability of the right ones.
type learner struct {
	w, g  []float32     // by feature: weight, and sum of squared gradients
	cells *featureCells // where a feature stands in them; nil: at its own number
	rate  float64
	pull  float64 // towards 0, relative to the step: what is rarely seen stays small
}

// newLearner makes a learner with room for all features.
func newLearner(rate, pull float64) *learner {
	return &learner{w: make([]float32, 1<<featureBits), g: make([]float32, 1<<featureBits), rate: rate, pull: pull}
}

// newSmallLearner makes a learner that grows with what it meets.
func newSmallLearner(rate, pull float64) *learner {
	return &learner{cells: newFeatureCells(), rate: rate, pull: pull}
}

func (l *learner) score(features []uint32) float64 {
	s := 0.0
	for _, k := range features {
		if l.cells == nil {
			s += float64(l.w[k])
		} else if i := l.cells.find(k); i >= 0 {
			s += float64(l.w[i])
		}
	}
	return s
}

// cell is where a feature stands.
func (l *learner) cell(k uint32) int {
	if l.cells == nil {
		return int(k)
	}
	i := l.cells.enter(k)
	if i == len(l.w) {
		l.w, l.g = append(l.w, 0), append(l.g, 0)
	}
	return i
}

// step moves the weights of features along a gradient.
func (l *learner) step(features []uint32, gradient float64) {
	if math.Abs(gradient) < 1e-4 {
		return
	}
	g2 := float32(gradient * gradient)
	for _, k := range features {
		i := l.cell(k)
		l.g[i] += g2
		l.w[i] += float32(l.rate * (gradient - l.pull*float64(l.w[i])) / math.Sqrt(float64(l.g[i])+1e-3))
	}
}

// trained returns the weights that are not 0. One matters the more the heavier
// it is and the more often it was corrected.
func (l *learner) trained() []trainedWeight {
	var out []trainedWeight
	enter := func(k uint32, i int) {
		if x := l.w[i]; x != 0 {
			out = append(out, trainedWeight{k, x, float32(math.Abs(float64(x)) * math.Sqrt(float64(l.g[i])))})
		}
	}
	for i := range l.w {
		if l.cells == nil {
			enter(uint32(i), i)
		} else {
			enter(l.cells.keys[i], i)
		}
	}
	return out
}

// learn takes one step for each slot of the turn.
func (l *learner) learn(x *ranker, gold map[string][]string) {
	for lo := 0; lo < len(x.opts); {
		hi := lo
		for hi < len(x.opts) && x.opts[hi].slot == x.opts[lo].slot {
			hi++
		}
		l.slot(x, x.opts[lo:hi], gold[x.t.slots[x.opts[lo].slot].full])
		lo = hi
	}
}

// slot takes the step of one slot. Several options may be right: then they
// share the credit as they share their probability.
func (l *learner) slot(x *ranker, opts []option, gold []string) {
	info := &x.t.slots[opts[0].slot]
	keep := 1.0
	for i := range opts {
		keep -= opts[i].p
	}
	kept := x.t.matches(x.s, info, gold) && x.refuses(info)
	if info.Multi {
		l.several(x, opts, info, gold, kept)
		return
	}
	right := x.rightOnes(opts, info, gold, kept)
	sum := 0.0
	none := !kept && !slices.Contains(right, true)
	for i := range opts {
		right[i] = right[i] || none && opts[i].source == fromClear
		if right[i] {
			sum += opts[i].p
		}
	}
	if kept || none {
		sum += keep // where nothing is right, to leave or to drop the slot does the least harm
	}
	for i := range opts {
		o := &opts[i]
		gradient := -o.p
		if right[i] {
			gradient += o.p / max(sum, 1e-9)
		}
		l.step(x.feats[o.lo:o.hi], gradient)
	}
}

// several takes the step of a slot that may take several values in a turn: each
// is right or wrong by itself.
func (l *learner) several(x *ranker, opts []option, info *slotInfo, gold []string, kept bool) {
	for i := range opts {
		o := &opts[i]
		p := 1 / (1 + math.Exp(-o.score))
		l.step(x.feats[o.lo:o.hi], truth(x.right(o, info, gold, kept))-p)
	}
}
