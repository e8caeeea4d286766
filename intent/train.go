package intent

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
)

// Train learns a [Model] from labelled messages. Examples of [OutOfScope] are
// learned as what to reject; without any, whole intents are left out in turn
// to learn how a strange message looks.
//
// The classifier is one-vs-rest with squared hinge loss, trained by coordinate
// descent in the dual (Hsieh et al., ICML 2008). The probabilities are a
// softmax over its scores at a temperature fitted on messages that were held
// out (Guo et al.: On Calibration of Modern Neural Networks, ICML 2017).
//
// Train returns an error for bad examples or options, and the context's error
// when it is done before the training is.
func Train(ctx context.Context, examples []Example, opt *Options) (*Model, error) {
	m, err := train(ctx, examples, opt)
	if err != nil {
		return nil, fmt.Errorf("intent: train: %w", err)
	}
	return m, nil
}

func train(ctx context.Context, examples []Example, o *Options) (*Model, error) {
	opt, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := checkTraining(examples, opt.Dev); err != nil {
		return nil, err
	}
	c := newCorpus(examples, opt.Dev)
	if c.trained == 0 {
		return nil, errors.New("no example has a letter or a digit in its text")
	}
	t := newTrainer(c, opt)
	if err := t.run(ctx); err != nil {
		return nil, err
	}
	return t.model(), nil
}

func checkTraining(examples, dev []Example) error {
	if len(examples) == 0 {
		return errors.New("no examples; give some for each intent, a dozen or more if possible")
	}
	both := append(append([]Example(nil), examples...), dev...)
	if err := checkIntents(both); err != nil {
		return err
	}
	known := map[string]bool{OutOfScope: true}
	for i, x := range examples {
		if strings.TrimSpace(x.Text) == "" {
			return fmt.Errorf("example %d (intent %q) has an empty text", i+1, x.Intent)
		}
		known[x.Intent] = true
	}
	if len(known) == 1 {
		return fmt.Errorf("all examples are out of scope (%q); give some for each intent", OutOfScope)
	}
	for i, x := range dev {
		if !known[x.Intent] {
			return fmt.Errorf("Options.Dev: example %d has the intent %q, which no training example has", i+1, x.Intent)
		}
	}
	return nil
}

// A trainer holds what the classes share while they are trained side by side.
// The classes write to places of their own, so that the result does not depend
// on the number of workers.
type trainer struct {
	*corpus
	opt      Options
	columns  int // classes, out of scope included where it has examples
	members  []int32
	holdouts []*holdout
	units    [][]byte // weights of each column
	scales   []float32
	biases   []float32
}

func newTrainer(c *corpus, opt Options) *trainer {
	t := &trainer{corpus: c, opt: opt, columns: len(c.names), members: make([]int32, c.trained)}
	for i := range t.members {
		t.members[i] = int32(i)
		if int(c.class[i]) == len(c.names) {
			t.columns = len(c.names) + 1
		}
	}
	t.units = make([][]byte, t.columns)
	t.scales, t.biases = make([]float32, t.columns), make([]float32, t.columns)
	t.holdouts = t.planHoldouts()
	return t
}

// run trains every class, and each again without what the holdouts leave out.
func (t *trainer) run(ctx context.Context) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, min(t.opt.Workers, t.columns))
	for k := range errs {
		wg.Go(func() {
			w := t.newWorker()
			for errs[k] == nil {
				class := int32(next.Add(1) - 1)
				if int(class) >= t.columns {
					return
				}
				errs[k] = w.train(ctx, class)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// A worker trains one class after another.
type worker struct {
	*trainer
	solver
	full, part separator
}

const (
	tolerance    = 0.05
	maxPasses    = 60
	refinePasses = 8 // a holdout starts from the solution of all members
)

func (t *trainer) newWorker() *worker {
	n := len(t.members)
	return &worker{
		trainer: t,
		solver:  solver{p: &t.problem, cost: t.opt.Cost, tolerance: tolerance},
		full:    separator{w: make([]float32, t.width), alpha: make([]float32, n)},
		part:    separator{w: make([]float32, t.width), alpha: make([]float32, n)},
	}
}

func (w *worker) train(ctx context.Context, class int32) error {
	clear(w.full.w)
	clear(w.full.alpha)
	w.full.bias = 0
	w.passes = maxPasses
	w.rng = rand.New(rand.NewPCG(w.opt.Seed, uint64(class)<<8))
	if err := w.solve(ctx, &w.full, class, w.members); err != nil {
		return err
	}
	w.units[class] = make([]byte, w.width)
	w.scales[class], w.biases[class] = quantise(w.full.w, w.units[class]), w.full.bias
	w.passes = refinePasses
	for k, h := range w.holdouts {
		if h.leftOut[class] {
			continue
		}
		s := &w.full
		if len(h.out) > 0 {
			w.rng = rand.New(rand.NewPCG(w.opt.Seed, uint64(class)<<8|uint64(k+1)))
			if err := w.without(ctx, class, h); err != nil {
				return err
			}
			s = &w.part
		}
		for j, i := range h.scored {
			h.scores[j*w.columns+int(class)] = s.score(w.p, i)
		}
	}
	return nil
}

// without solves the class in w.part as if the holdout's messages had never
// been there.
func (w *worker) without(ctx context.Context, class int32, h *holdout) error {
	copy(w.part.w, w.full.w)
	copy(w.part.alpha, w.full.alpha)
	w.part.bias = w.full.bias
	for _, i := range h.out {
		w.part.drop(w.p, i, class)
	}
	return w.solve(ctx, &w.part, class, h.members)
}

// model assembles what was learned.
func (t *trainer) model() *Model {
	order, weighted := t.prune()
	m := &Model{intents: t.names, inner: make([]bool, t.width), linear: newMatrix(weighted, t.columns)}
	hashes := make([]uint32, t.width)
	for to, from := range order {
		hashes[to], m.inner[to] = t.vocab.hashes[from], t.inner[from]
		if to < weighted {
			for c, units := range t.units {
				m.linear.setByte(to, c, units[from])
			}
		}
	}
	m.vocab = newVocabulary(hashes)
	m.linear.scale, m.linear.bias = t.scales, t.biases
	m.calibration = calibrate(t.samples(), len(t.names), t.opt)
	return m
}

// leastWeight is the largest weight of an n-gram, as a share of the largest of
// all, up to which it is forgotten. On large data that is most of those that
// occur once or twice, and no decision hangs on them.
const leastWeight = 0.04

// prune returns the features in the order of the model, those worth keeping
// the weights of first, and their number.
func (t *trainer) prune() (order []int, weighted int) {
	heaviest := make([]float32, t.width)
	var most float32
	for c, units := range t.units {
		for f, b := range units {
			w := t.scales[c] * float32(max(int(b)-zeroByte, zeroByte-int(b)))
			heaviest[f] = max(heaviest[f], w)
			most = max(most, w)
		}
	}
	var light []int
	for f, w := range heaviest {
		if w > leastWeight*most {
			order = append(order, f)
		} else {
			light = append(light, f)
		}
	}
	return append(order, light...), len(order)
}
