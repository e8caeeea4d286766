package trackbench

import (
	"context"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A trial is dialogues to track, and what the tracker learns before.
type trial struct {
	schema    dst.Schema
	weights   *dst.Weights // as in [dst.TrackerOptions]
	now       func() time.Time
	dialogues []dst.Dialogue
	lessons   []dst.Dialogue // to learn from first, where there are some
	folds     int            // or, from 2: each dialogue is tracked by one that learned on the other folds
	annotated []dst.Dialogue // for folds: the dialogues with states to learn from
	limit     int            // dialogues to learn from; 0 means all
	jobs      int
}

// run tracks the dialogues. It returns their states, and a tracker of the
// schema to write them down with.
func (t trial) run(ctx context.Context) (*dst.Tracker, [][]dst.State, cost, error) {
	if t.folds < 2 {
		var c cost
		opt := t.options()
		if len(t.lessons) > 0 {
			var err error
			if opt.Fitted, err = t.learn(ctx, t.lessons, &c); err != nil {
				return nil, nil, c, err
			}
		}
		tracker, states, spent, err := t.track(ctx, opt, t.dialogues)
		c.add(spent)
		return tracker, states, c, err
	}
	return t.fold(ctx)
}

// fold tracks each fold with what was learned on the others. Dialogue i belongs
// to fold i mod folds.
func (t trial) fold(ctx context.Context) (tracker *dst.Tracker, states [][]dst.State, c cost, err error) {
	if t.folds > len(t.dialogues) {
		return nil, nil, c, fmt.Errorf("-folds %d: there are only %d dialogues", t.folds, len(t.dialogues))
	}
	states = make([][]dst.State, len(t.dialogues))
	for k := range t.folds {
		var train, test []dst.Dialogue
		for i, d := range t.dialogues {
			if i%t.folds == k {
				test = append(test, d)
			} else {
				train = append(train, t.annotated[i])
			}
		}
		opt := t.options()
		if opt.Fitted, err = t.learn(ctx, train, &c); err != nil {
			return nil, nil, c, err
		}
		var part [][]dst.State
		var spent cost
		if tracker, part, spent, err = t.track(ctx, opt, test); err != nil {
			return nil, nil, c, err
		}
		c.add(spent)
		for i, s := range part {
			states[i*t.folds+k] = s
		}
	}
	return tracker, states, c, nil
}

func (t trial) options() *dst.TrackerOptions {
	return &dst.TrackerOptions{Weights: t.weights, Now: t.now}
}

func (t trial) track(ctx context.Context, opt *dst.TrackerOptions, dialogues []dst.Dialogue) (*dst.Tracker, [][]dst.State, cost, error) {
	tracker, err := dst.NewTracker(t.schema, opt)
	if err != nil {
		return nil, nil, cost{}, err
	}
	states, spent, err := follow(ctx, tracker, scripts(dialogues), t.jobs)
	return tracker, states, spent, err
}

// learn fits a tracker to the lessons.
func (t trial) learn(ctx context.Context, lessons []dst.Dialogue, c *cost) (*dst.Weights, error) {
	tracker, err := dst.NewTracker(t.schema, t.options())
	if err != nil {
		return nil, err
	}
	dialogues := spread(lessons, t.limit)
	start := time.Now()
	fitted, err := tracker.Fit(ctx, dialogues, nil)
	if err != nil {
		return nil, err
	}
	c.fits++
	c.fitted += len(dialogues)
	c.fitting += time.Since(start)
	return fitted, nil
}

// spread takes n dialogues from all parts of a list, for files are often sorted
// by service; all where n is 0.
func spread[T any](all []T, n int) []T {
	if n == 0 || n >= len(all) {
		return all
	}
	out := make([]T, n)
	for i := range out {
		out[i] = all[i*len(all)/n]
	}
	return out
}

// trial is a trial as the flags have it.
func (a arguments) trial(schema dst.Schema, dialogues []dst.Dialogue) trial {
	return trial{schema: schema, weights: a.prior, dialogues: dialogues, annotated: dialogues, folds: a.folds, limit: a.limit, jobs: a.jobs}
}
