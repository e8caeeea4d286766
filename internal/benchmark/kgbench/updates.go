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

func (c *catalogue) revisions(n int) []revision {
	r := rand.New(rand.NewPCG(5, uint64(len(c.products))))
	out := make([]revision, n)
	for i := range out {
		p := r.IntN(len(c.products))
		out[i].before = c.productFacts(p)
		c.revise(p)
		out[i].after = c.productFacts(p)
	}
	return out
}

// onlyPrice leaves of revisions what a change of price alone is.
func onlyPrice(list []revision) []revision {
	out := make([]revision, len(list))
	pick := func(facts []kg.Fact) (kept []kg.Fact) {
		for _, f := range facts {
			if f.Predicate == "price" || f.Predicate == "points" {
				kept = append(kept, f)
			}
		}
		return kept
	}
	for i, r := range list {
		out[i] = revision{pick(r.before), pick(r.after)}
	}
	return out
}

// updateTimes makes the updates until the time is up, and returns the
// milliseconds of each.
func updateTimes(ctx context.Context, r *rival, list []revision, most time.Duration) ([]float64, error) {
	var out []float64
	start := time.Now()
	for i, u := range list {
		if i >= updateLeast && time.Since(start) > most {
			break
		}
		t := time.Now()
		if err := r.update(ctx, u.before, u.after); err != nil {
			return nil, fmt.Errorf("update %d of %s: %w", i, r.name, err)
		}
		out = append(out, time.Since(t).Seconds()*1e3)
	}
	return out, nil
}

// burst is many updates one after the other, while another goroutine reads.
type burst struct {
	millis, readMicros []float64
	seconds            float64
}

// runBurst reads through a rival of its own, since a probe is for one goroutine.
func runBurst(ctx context.Context, writer, reader *rival, questions []question, list []revision) (b burst, err error) {
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
	b.millis, err = updateTimes(ctx, writer, list, updateTime)
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
