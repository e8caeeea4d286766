package kgbench

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// How much a query form is measured.
const (
	batchTime  = 50 * time.Microsecond // of the batches that are timed together, so that the clock does not show
	leastTimes = 9                     // batches, however slow
	leastCheck = 8                     // questions compared, however slow
)

// A cost is what one query takes.
type cost struct {
	micros, allocs float64
}

// check asks the questions and compares the answers with those of ours, which
// it fills in where there are none yet, until the time is up. It returns the
// time of a query.
func check(ctx context.Context, form string, r *rival, questions []question, ours *[][]string, most time.Duration) (time.Duration, error) {
	p := r.probes[form]
	first := *ours == nil
	start := time.Now()
	var asking time.Duration
	n := 0
	for i := range questions {
		if i >= leastCheck && time.Since(start) > most {
			break
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		before := time.Now()
		if err := p.ask(ctx, &questions[i]); err != nil {
			return 0, fmt.Errorf("%s: %s: %w", form, r.name, err)
		}
		asking += time.Since(before)
		n++
		keys := slices.Clone(p.keys())
		if first {
			*ours = append(*ours, keys)
		} else if i >= len(*ours) {
			break
		} else if err := agree(form, i, (*ours)[i], r.name, keys); err != nil {
			return 0, err
		}
	}
	return asking / time.Duration(n), nil
}

// measure returns the median time of a query over batches of different
// questions, and the mean of allocations.
func measure(ctx context.Context, p probe, questions []question, about, budget time.Duration) (cost, error) {
	batch := 1 + int(batchTime/(about+1))
	next := 0
	run := func() error {
		for range batch {
			if err := p.ask(ctx, &questions[next%len(questions)]); err != nil {
				return err
			}
			next++
		}
		return nil
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var times []float64
	for start := time.Now(); len(times) < leastTimes || time.Since(start) < budget; {
		t := time.Now()
		if err := run(); err != nil {
			return cost{}, err
		}
		times = append(times, float64(time.Since(t).Nanoseconds())/1e3/float64(batch))
	}
	runtime.ReadMemStats(&after)
	// What a slice of times allocates is one in thousands of queries.
	return cost{median(times), float64(after.Mallocs-before.Mallocs) / float64(next)}, nil
}

func median(list []float64) float64 { return quantile(list, 0.5) }

func quantile(list []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
