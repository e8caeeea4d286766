package kgbench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

const (
	updates     = 50
	updateLeast = 3                // updates, however slow
	updateTime  = 10 * time.Second // for further ones
	burstSize   = 1000             // updates of the burst
)

// revision is the facts of a product before and after an update.
type revision struct{ before, after []kg.Fact }

// revision draws a product and revises it.
func (c *catalogue) revision(r *rand.Rand) revision {
	i := r.IntN(len(c.products))
	before := c.productFacts(i)
	c.revise(i)
	return revision{before, c.productFacts(i)}
}

// onlyPrice leaves of a revision what a change of price alone is.
func (u revision) onlyPrice() revision {
	pick := func(facts []kg.Fact) (kept []kg.Fact) {
		for _, f := range facts {
			if f.Predicate == "price" || f.Predicate == "points" {
				kept = append(kept, f)
			}
		}
		return kept
	}
	return revision{pick(u.before), pick(u.after)}
}

// updateTimes makes updates until the time is up, and returns the milliseconds
// of each and what they were.
func updateTimes(ctx context.Context, r *rival, n int, next func(i int) revision, most time.Duration) (millis []float64, made []revision, err error) {
	start := time.Now()
	for i := range n {
		if i >= updateLeast && time.Since(start) > most {
			break
		}
		u := next(i)
		t := time.Now()
		if err := r.update(ctx, u.before, u.after); err != nil {
			return nil, nil, fmt.Errorf("update %d of %s: %w", i, r.name, err)
		}
		millis, made = append(millis, time.Since(t).Seconds()*1e3), append(made, u)
	}
	return millis, made, nil
}

// burst is many updates one after the other, while another goroutine reads.
type burst struct {
	millis, readMicros []float64
	made               []revision
	seconds            float64
}

// runBurst reads through a rival of its own, since a probe is for one goroutine.
func runBurst(ctx context.Context, writer, reader *rival, questions []question, next func(int) revision) (b burst, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var readErr error
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if b.readMicros, readErr = readUntil(ctx, done, reader, questions); readErr != nil {
			cancel() // the writer need not go on
		}
	})
	start := time.Now()
	b.millis, b.made, err = updateTimes(ctx, writer, burstSize, next, updateTime)
	b.seconds = time.Since(start).Seconds()
	close(done)
	wg.Wait()
	if readErr != nil {
		return b, fmt.Errorf("read meanwhile: %w", readErr)
	}
	return b, err
}

func readUntil(ctx context.Context, done <-chan struct{}, reader *rival, questions []question) ([]float64, error) {
	var micros []float64
	ask := reader.probes[threeRange].ask
	for i := 0; ; i++ {
		t := time.Now()
		if err := ask(ctx, &questions[i%len(questions)]); err != nil {
			return nil, err
		}
		micros = append(micros, float64(time.Since(t).Nanoseconds())/1e3)
		select {
		case <-done:
			return micros, nil
		default:
		}
	}
}
