package kgbench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/slotgraph/slotgraph/kg"
)

// updates measures updates of one product, and checks that the rivals agree
// after them.
func (b *bench) updates(ctx context.Context) error {
	r := rand.New(rand.NewPCG(5, uint64(b.products)))
	n, most := updates, updateTime
	next := func(int) revision { return b.catalogue.revision(r) }
	for _, r := range b.rivals {
		if r.update == nil {
			continue
		}
		times, made, err := updateTimes(ctx, r, n, next, most)
		if err != nil {
			return err
		}
		b.print("update_product_"+r.name+"_ms", median(times))
		b.print("update_product_"+r.name+"_most_ms", slices.Max(times))
		// The others make the same updates as ours, which was the first.
		n, most = len(made), math.MaxInt64
		next = func(i int) revision { return made[i] }
	}
	b.print("update_product_measured", float64(n))
	for _, form := range []string{oneHop, threeRange, rangeFirst, facets} {
		var answers [][]string
		for _, r := range b.rivals {
			if _, ok := r.probes[form]; !ok {
				continue
			}
			if _, err := check(ctx, form, r, b.questions, &answers, b.budget); err != nil {
				return fmt.Errorf("after updates: %w", err)
			}
		}
	}
	return b.err
}

// burst measures many updates of prices on ours, with a reader beside them.
func (b *bench) burst(ctx context.Context) error {
	r := rand.New(rand.NewPCG(7, uint64(b.products)))
	next := func(int) revision { return b.catalogue.revision(r).onlyPrice() }
	reader := (&ours{g: b.graph.g}).rival()
	got, err := runBurst(ctx, b.rivals[0], reader, b.questions, next)
	if err != nil {
		return fmt.Errorf("burst of updates: %w", err)
	}
	b.print("burst_updates", float64(len(got.millis)))
	b.print("burst_updates_per_second", float64(len(got.millis))/got.seconds)
	b.print("burst_update_median_ms", median(got.millis))
	b.print("burst_update_p99_ms", quantile(got.millis, 0.99))
	b.print("burst_reads", float64(len(got.readMicros)))
	b.print("burst_read_median_us", median(got.readMicros))
	b.print("burst_read_p99_us", quantile(got.readMicros, 0.99))
	return b.checkPrices(ctx, got.made)
}

// checkPrices checks that each product has the price that it was given last.
func (b *bench) checkPrices(ctx context.Context, list []revision) error {
	last := map[string]kg.Fact{}
	for _, r := range list {
		for _, f := range r.after {
			last[f.Subject+" "+f.Predicate] = f
		}
	}
	for _, f := range last {
		got, err := b.graph.g.Values(ctx, f.Subject, f.Predicate)
		if err != nil {
			return err
		}
		if len(got) != 1 || got[0] != f.Object {
			return fmt.Errorf("after the burst %s %s is %v, want %v", f.Subject, f.Predicate, got, f.Object)
		}
	}
	return b.err
}
