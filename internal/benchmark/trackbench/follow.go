package trackbench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A script is what a tracker is given of a conversation.
type script struct {
	id    string
	turns []dst.Turn
}

// scripts leaves the annotation out.
func scripts(dialogues []dst.Dialogue) []script {
	out := make([]script, len(dialogues))
	for i, d := range dialogues {
		out[i].id = d.ID
		for _, t := range d.Turns {
			out[i].turns = append(out[i].turns, t.Turn())
		}
	}
	return out
}

// A cost is what tracking took.
type cost struct {
	turns     int
	took      time.Duration // in the tracker
	allocated uint64        // heap objects, in counted turns
	counted   int
	fits      int // times that a tracker was fitted first,
	fitted    int // on so many dialogues in all,
	fitting   time.Duration
}

func (c *cost) add(d cost) {
	c.turns += d.turns
	c.took += d.took
	c.allocated += d.allocated
	c.counted += d.counted
	c.fits += d.fits
	c.fitted += d.fitted
	c.fitting += d.fitting
}

// print writes the figures as "name value" columns.
func (c *cost) print(w io.Writer) {
	fmt.Fprintf(w, "us_per_turn %.1f\n", float64(c.took.Nanoseconds())/1000/float64(max(c.turns, 1)))
	fmt.Fprintf(w, "allocs_per_turn %.1f\n", float64(c.allocated)/float64(max(c.counted, 1)))
	if c.fits > 0 { // a mean over folds
		fmt.Fprintf(w, "fit_dialogues %d\n", c.fitted/c.fits)
		fmt.Fprintf(w, "fit_seconds %.2f\n", c.fitting.Seconds()/float64(c.fits))
	}
}

// enough turns to count allocations over.
const enough = 1000

// follow tracks every script on the states that the tracker itself predicts,
// and returns these, one for each turn. Allocations are counted in a second
// pass over the first turns, so that counting does not slow what is timed.
func follow(ctx context.Context, tr *dst.Tracker, all []script, jobs int) ([][]dst.State, cost, error) {
	states, errs := make([][]dst.State, len(all)), make([]error, len(all))
	var next, took atomic.Int64
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all) {
					return
				}
				var d time.Duration
				states[i], d, errs[i] = all[i].follow(ctx, tr)
				took.Add(int64(d))
				if errs[i] != nil {
					next.Store(int64(len(all)))
				}
			}
		})
	}
	wg.Wait()
	c := cost{took: time.Duration(took.Load())}
	for i, err := range errs {
		if err != nil {
			return nil, c, err
		}
		c.turns += len(states[i])
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < len(all) && c.counted < enough; i++ {
		if err := all[i].repeat(ctx, tr); err != nil {
			return nil, c, err
		}
		c.counted += len(all[i].turns)
	}
	runtime.ReadMemStats(&after)
	c.allocated = after.Mallocs - before.Mallocs
	return states, c, nil
}

func (s script) follow(ctx context.Context, tr *dst.Tracker) (states []dst.State, took time.Duration, err error) {
	states = make([]dst.State, len(s.turns))
	var state dst.State
	for i, turn := range s.turns {
		start := time.Now()
		state, _, err = tr.Update(ctx, state, turn)
		took += time.Since(start)
		if err != nil {
			return nil, took, fmt.Errorf("dialogue %s, turn %d: %w", s.id, i, err)
		}
		states[i] = state
	}
	return states, took, nil
}

// repeat tracks the script once more and keeps nothing.
func (s script) repeat(ctx context.Context, tr *dst.Tracker) (err error) {
	var state dst.State
	for i, turn := range s.turns {
		if state, _, err = tr.Update(ctx, state, turn); err != nil {
			return fmt.Errorf("dialogue %s, turn %d: %w", s.id, i, err)
		}
	}
	return nil
}
