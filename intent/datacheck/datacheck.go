// Package datacheck looks for what is wrong with the training data of an intent
// classifier before it is trained: texts that stand there twice, or under two
// intents; texts of the test set that are in the training set; intents of few
// examples; rows that are empty, far too long, or like no other; and, by
// cross-validation, labels that are probably wrong and intents that cannot be
// told apart.
//
//	findings, err := datacheck.Inspect(ctx, examples, &datacheck.Options{Folds: 5})
//	fmt.Print(findings)
//	err = findings.WriteHTML(file)
//
// It suggests, and changes nothing.
package datacheck

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/intent"
)

// Options tunes [Inspect]. The nil pointer and the zero value of every field
// stand for the default.
type Options struct {
	// Lines holds the line of each example in its file, from 1, as formats.Read
	// tells it. Without it, or where it is 0, findings tell rows by their number.
	Lines []int

	// Test holds messages to test a classifier with, which should not be among
	// the examples, and TestLines their lines.
	Test      []intent.Example
	TestLines []int

	// Similar is the similarity, above 0 and up to 1, from which two texts are
	// near-duplicates: the Jaccard index of their sets of one and two Chinese
	// characters in a row and of three other characters in a row. Default 0.75.
	Similar float64

	// Few is the number of examples below which an intent has few. Default 5.
	Few int

	// Imbalance is how many times as many examples as the median intent an
	// intent may have. Default 10.
	Imbalance float64

	// Folds is the number of folds of the cross-validation that finds doubtful
	// labels and intents that are taken for each other. It trains as many times;
	// zero leaves it out. There are never more folds than different texts.
	Folds int

	// Doubt is how much more probable than its own label another must be, for a
	// label to be doubtful. Default 0.5.
	Doubt float64

	// Train tunes the training of the cross-validation.
	Train *intent.Options
}

func (o *Options) withDefaults(examples int) (Options, error) {
	var opt Options
	if o != nil {
		opt = *o
	}
	switch {
	case opt.Lines != nil && len(opt.Lines) != examples:
		return opt, fmt.Errorf("Options.Lines holds %d lines for %d examples", len(opt.Lines), examples)
	case opt.TestLines != nil && len(opt.TestLines) != len(opt.Test):
		return opt, fmt.Errorf("Options.TestLines holds %d lines for %d messages", len(opt.TestLines), len(opt.Test))
	case !(opt.Similar >= 0 && opt.Similar <= 1):
		return opt, fmt.Errorf("Options.Similar is %v; it must lie between 0 and 1", opt.Similar)
	case !(opt.Doubt >= 0 && opt.Doubt <= 1):
		return opt, fmt.Errorf("Options.Doubt is %v; it must lie between 0 and 1", opt.Doubt)
	case !(opt.Imbalance == 0 || opt.Imbalance >= 1) || math.IsInf(opt.Imbalance, 0):
		return opt, fmt.Errorf("Options.Imbalance is %v; it must be at least 1", opt.Imbalance)
	case opt.Few < 0:
		return opt, errors.New("Options.Few is negative")
	case opt.Folds < 0 || opt.Folds == 1:
		return opt, fmt.Errorf("Options.Folds is %d; want 0 for no cross-validation, or at least 2", opt.Folds)
	}
	for _, d := range []struct {
		field *float64
		to    float64
	}{{&opt.Similar, 0.75}, {&opt.Doubt, 0.5}, {&opt.Imbalance, 10}} {
		if *d.field == 0 {
			*d.field = d.to
		}
	}
	if opt.Few == 0 {
		opt.Few = 5
	}
	return opt, nil
}

// Inspect looks for what is wrong with the examples. The same input gives the
// same findings. It fails for bad options, no examples, and a context that is
// done; bad examples are findings, and where they would keep a classifier from
// being trained, the cross-validation leaves them out, or takes the spelling of
// an intent that is the commonest.
func Inspect(ctx context.Context, examples []intent.Example, o *Options) (*Findings, error) {
	opt, err := o.withDefaults(len(examples))
	if err == nil && len(examples) == 0 {
		err = errors.New("no examples")
	}
	if err != nil {
		return nil, fmt.Errorf("datacheck: %w", err)
	}
	in := newInspector(examples, opt)
	for _, look := range []func(context.Context) error{
		in.hollow, in.spellings, in.doubles, in.alike, in.intents, in.strange, in.long, in.crossValidate,
	} {
		err := look(ctx)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("datacheck: %w", err)
		}
	}
	f := in.found
	slices.SortStableFunc(f.All, func(a, b Finding) int { return order(a.Kind) - order(b.Kind) })
	return &f, nil
}
