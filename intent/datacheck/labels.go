package datacheck

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/slotgraph/slotgraph/intent"
)

// Two intents are alike if so many messages of theirs, and so great a share of
// the smaller one's, are taken for the other.
const (
	alikeMessages = 3
	alikeShare    = 0.2
)

// crossValidate finds doubtful labels and intents that are taken for each other.
func (in *inspector) crossValidate(ctx context.Context) error {
	if in.opt.Folds == 0 {
		return nil
	}
	rows, numbers := in.trainable()
	texts := map[string]bool{}
	for _, i := range numbers {
		texts[in.items[i].key] = true
	}
	c, err := intent.CrossValidate(ctx, rows, min(in.opt.Folds, max(2, len(texts))), in.opt.Train)
	if err != nil {
		return err
	}
	for k := range c.HeldOut {
		c.HeldOut[k].Number = numbers[k]
	}
	in.found.CrossValidation = c
	in.noise(c)
	in.confused(c)
	return nil
}

// trainable returns the examples that can be trained on, each intent in its
// commonest spelling, and their numbers.
func (in *inspector) trainable() (rows []intent.Example, numbers []int) {
	spelling := map[string]Count{label(intent.OutOfScope): {Intent: intent.OutOfScope, Examples: in.train + 1}}
	for _, c := range in.found.Intents {
		if best := spelling[label(c.Intent)]; c.Examples > best.Examples {
			spelling[label(c.Intent)] = c
		}
	}
	for i, t := range in.items[:in.train] {
		if len(t.tokens) > 0 && t.Intent != "" {
			rows = append(rows, intent.Example{Text: t.Text, Intent: spelling[t.label].Intent})
			numbers = append(numbers, i)
		}
	}
	return rows, numbers
}

// noise finds labels that are probably wrong by confident learning (Northcutt,
// Jiang and Chuang: Confident Learning: Estimating Uncertainty in Dataset
// Labels, JAIR 70, 2021). A model takes a message for an intent in earnest where
// its probability is at least what the intent's own examples have on average; a
// label is doubtful if that is true of another intent, and it is far more
// probable.
func (in *inspector) noise(c *intent.CrossValidation) {
	type doubt struct {
		row   int
		other intent.Prediction
		given float64
	}
	usual := selfConfidence(c)
	var doubts []doubt
	for _, h := range c.HeldOut {
		for _, p := range h.Likely { // best first
			if p.Intent == h.Intent {
				break
			}
			if p.P < usual[p.Intent] {
				continue
			}
			if p.P-h.Given >= in.opt.Doubt {
				doubts = append(doubts, doubt{h.Number, p, h.Given})
			}
			break
		}
	}
	slices.SortStableFunc(doubts, func(a, b doubt) int {
		return cmp.Compare(b.other.P-b.given, a.other.P-a.given)
	})
	for _, d := range doubts {
		in.add(Noise, d.other.P-d.given, fmt.Sprintf("%q is probably %q (%.2f), not %q (%.2f)",
			oneLine(in.items[d.row].Text, 80), d.other.Intent, d.other.P, oneLine(in.items[d.row].Intent, 60), d.given), d.row)
	}
}

// selfConfidence returns the mean probability of each label among its own
// examples.
func selfConfidence(c *intent.CrossValidation) map[string]float64 {
	sum, n := map[string]float64{}, map[string]float64{}
	for _, h := range c.HeldOut {
		sum[h.Intent] += h.Given
		n[h.Intent]++
	}
	for name := range sum {
		sum[name] /= n[name]
	}
	return sum
}

// confused finds pairs of intents that are taken for each other, before any
// message is rejected.
func (in *inspector) confused(c *intent.CrossValidation) {
	type names struct{ a, b string }
	sizes := map[string]int{}
	wrong := map[names][]int{}
	for _, h := range c.HeldOut {
		sizes[h.Intent]++
		if len(h.Likely) == 0 || h.Likely[0].Intent == h.Intent || h.Intent == intent.OutOfScope || h.Likely[0].Intent == intent.OutOfScope {
			continue
		}
		got := h.Likely[0].Intent
		key := names{min(h.Intent, got), max(h.Intent, got)}
		wrong[key] = append(wrong[key], h.Number)
	}
	var pairs []names
	share := func(p names) float64 { return float64(len(wrong[p])) / float64(min(sizes[p.a], sizes[p.b])) }
	for p, rows := range wrong {
		if len(rows) >= alikeMessages && share(p) >= alikeShare {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(x, y names) int {
		return cmp.Or(cmp.Compare(share(y), share(x)), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	for _, p := range pairs {
		in.add(Alike, share(p), fmt.Sprintf("%s of %q (%d) and %q (%d) taken for the other",
			count(len(wrong[p]), "message"), oneLine(p.a, 60), sizes[p.a], oneLine(p.b, 60), sizes[p.b]), wrong[p]...)
		in.found.All[len(in.found.All)-1].Intents = []string{p.a, p.b}
	}
}
