package intent

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
	"github.com/slotgraph/slotgraph/internal/text"
)

// maxLikely bounds [HeldOut.Likely].
const maxLikely = 5

// A CrossValidation is what models say of examples that they were not trained
// on.
type CrossValidation struct {
	Folds   int
	Report  Report
	HeldOut []HeldOut // one for each example, in their order
}

// A HeldOut is an example and what the model says of it that was trained on the
// other folds.
type HeldOut struct {
	Example
	Number int // from 0, among the examples
	Fold   int // from 0

	// Got is the model's answer: the best intent with its probability, given
	// that the message is in scope, or OutOfScope with the probability that it
	// is out of scope.
	Got Prediction

	// Given is the probability of the example's own label, and Likely holds the
	// most probable labels, at most five, best first. OutOfScope is one of the
	// labels if examples have it.
	Given  float64
	Likely []Prediction
}

// CrossValidate deals the examples out over the folds, each intent evenly, and
// has every fold classified by a model that was trained on the others with opt.
// Examples that are equal up to case, width, spacing and punctuation share a
// fold, so that none is recognised by its double. An intent of which all
// examples fall into one fold cannot be recognised, and counts as errors.
//
// It trains folds times, so it takes about folds times as long as [Train]. Zero
// folds stand for 5. Equal examples, folds and seeds give equal results.
func CrossValidate(ctx context.Context, examples []Example, folds int, opt *Options) (*CrossValidation, error) {
	if folds == 0 {
		folds = 5
	}
	if opt == nil {
		opt = &Options{}
	}
	c := &CrossValidation{Folds: folds, HeldOut: make([]HeldOut, len(examples))}
	if err := c.deal(examples, opt.Seed); err != nil {
		return nil, fmt.Errorf("intent: cross-validate: %w", err)
	}
	for fold := range folds {
		if err := c.hold(ctx, fold, opt); err != nil {
			return nil, fmt.Errorf("intent: cross-validate: fold %d of %d: %w", fold+1, folds, err)
		}
	}
	answers := make([]Prediction, len(examples))
	for i, h := range c.HeldOut {
		answers[i] = h.Got
	}
	c.Report = compare(examples, answers)
	return c, nil
}

// deal assigns the folds.
func (c *CrossValidation) deal(examples []Example, seed uint64) error {
	if err := checkTraining(examples, nil); err != nil {
		return err
	}
	groups := map[string][]int{} // examples of one text
	byIntent := map[string][]string{}
	var names []string
	for i, x := range examples {
		c.HeldOut[i] = HeldOut{Example: x, Number: i}
		key := text.Key(x.Text)
		if groups[key] == nil {
			if byIntent[x.Intent] == nil {
				names = append(names, x.Intent)
			}
			byIntent[x.Intent] = append(byIntent[x.Intent], key)
		}
		groups[key] = append(groups[key], i)
	}
	if c.Folds < 2 || c.Folds > len(groups) {
		return fmt.Errorf("%d folds of %d different texts; want at least 2, and no more than there are texts", c.Folds, len(groups))
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(seed, 3))
	next := 0
	for _, name := range names {
		keys := byIntent[name]
		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		for _, key := range keys {
			for _, i := range groups[key] {
				c.HeldOut[i].Fold = next % c.Folds
			}
			next++
		}
	}
	return nil
}

// hold trains without a fold and classifies it.
func (c *CrossValidation) hold(ctx context.Context, fold int, opt *Options) error {
	var others []Example
	known := map[string]bool{OutOfScope: true}
	strange := false // whether OutOfScope is a label
	for _, h := range c.HeldOut {
		strange = strange || h.Intent == OutOfScope
		if h.Fold != fold {
			others = append(others, h.Example)
			known[h.Intent] = true
		}
	}
	o := *opt
	o.Dev = slices.DeleteFunc(slices.Clone(o.Dev), func(x Example) bool { return !known[x.Intent] })
	m, err := train(ctx, others, &o)
	if err != nil {
		return err
	}
	for i := range c.HeldOut {
		h := &c.HeldOut[i]
		if h.Fold != fold {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		m.judge(h, strange)
	}
	return nil
}

// judge fills in what the model says.
func (m *Model) judge(h *HeldOut, strange bool) {
	s := m.scratch()
	defer m.pool.Put(s)
	scope, ok := m.weigh(s, h.Text)
	h.Got = Prediction{OutOfScope, 1 - scope}
	if ok && scope >= m.calibration.Threshold {
		h.Got = m.ranking(s.p)[0]
	}
	if !strange {
		scope = 1
	}
	if i, found := slices.BinarySearch(m.intents, h.Intent); found {
		h.Given = scope * s.p[i]
	} else if h.Intent == OutOfScope {
		h.Given = 1 - scope
	}
	if ok {
		h.Likely = m.ranking(s.p)
	}
	for i := range h.Likely {
		h.Likely[i].P *= scope
	}
	if strange {
		h.Likely = append(h.Likely, Prediction{OutOfScope, 1 - scope})
	}
	slices.SortStableFunc(h.Likely, func(a, b Prediction) int { return cmp.Compare(b.P, a.P) })
	h.Likely = slices.Clip(h.Likely[:min(len(h.Likely), maxLikely)])
}

// Errors returns the examples that were answered wrongly, those first whose
// wrong answer is the surest.
func (c *CrossValidation) Errors() []HeldOut {
	var out []HeldOut
	for _, h := range c.HeldOut {
		if h.Got.Intent != h.Intent {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b HeldOut) int { return cmp.Compare(b.Got.P, a.Got.P) })
	return out
}

// String returns the report and the twenty surest errors.
func (c *CrossValidation) String() string {
	var b strings.Builder
	b.WriteString(c.Report.String())
	wrong := c.Errors()
	for i, h := range wrong {
		if i == 0 {
			b.WriteString("\nerrors, the surest first\n")
		}
		if i == 20 {
			fmt.Fprintf(&b, "and %d more\n", len(wrong)-i)
			break
		}
		fmt.Fprintf(&b, "%d: %s is labelled %s, answered %s (%.2f)\n", h.Number+1, rows.Excerpt(h.Text), h.Intent, h.Got.Intent, h.Got.P)
	}
	return b.String()
}
