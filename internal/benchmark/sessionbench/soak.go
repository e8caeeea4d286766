package sessionbench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/internal/benchmark/plot"
)

const (
	soakSamples  = 60
	soakSpeakers = 16
	soakSessions = 10_000 // open at a time
)

// A sample is the live memory at a moment of a soak.
type sample struct {
	seconds, bytes float64
	turns          int64 // so far
}

// soakFirst soaks the store that was measured first.
func (b *bench) soakFirst(ctx context.Context) (err error) {
	if b.soak == 0 {
		return nil
	}
	name := b.arguments.stores[0]
	b.memory = nil // its memory is not the soak's
	folder := filepath.Join(b.folder, "soak")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	s, err := openStore(ctx, name, folder, b.arguments)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	limits := session.Limits{Session: session.Quota{Turns: 1e6}} // so that there is a bucket for each
	m, err := newManaged(b.bot, s, b.arguments, limits)
	if err != nil {
		return err
	}
	samples, err := m.soak(ctx, min(b.sessions, soakSessions), b.soak)
	if err != nil {
		return fmt.Errorf("soak: %w", err)
	}
	b.reportSoak(samples)
	if b.arguments.out == "" {
		return nil
	}
	if err := os.WriteFile(b.arguments.out, soakPlot(name, samples), 0o644); err != nil {
		return fmt.Errorf("the plot: %w", err)
	}
	return nil
}

// soak has conversations of ten turns played, deleted and begun anew, so that
// the same number is open, at all ages, all the time.
func (m *managed) soak(ctx context.Context, n int, budget time.Duration) ([]sample, error) {
	err := each(ctx, n, soakSpeakers, func(i int) error {
		for range 1 + i%turns {
			if _, err := m.turn(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	speaking, stop := context.WithCancel(ctx)
	defer stop()
	var played atomic.Int64
	errs := make([]error, min(soakSpeakers, n)+1)
	var wg sync.WaitGroup
	for g := range len(errs) - 1 {
		wg.Go(func() { errs[g] = m.comeAndGo(speaking, g, len(errs)-1, n, &played) })
	}
	samples, err := m.sample(ctx, budget, &played)
	stop()
	wg.Wait()
	errs[len(errs)-1] = err
	return samples, errors.Join(errs...)
}

// comeAndGo plays turns, of every step-th conversation from the first on, until
// the context is done.
func (m *managed) comeAndGo(ctx context.Context, first, step, n int, played *atomic.Int64) error {
	for i := first; ; i += step {
		if i >= n {
			i = first
		}
		m.gate.RLock()
		err := m.goOn(ctx, i)
		m.gate.RUnlock()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		played.Add(1)
	}
}

// goOn plays the next turn of a conversation, which begins anew after ten.
func (m *managed) goOn(ctx context.Context, conversation int) error {
	if m.played[conversation] >= turns {
		if _, err := m.manager.Delete(ctx, m.key(conversation)); err != nil {
			return err
		}
		m.born[conversation]++
		m.played[conversation] = 0
	}
	_, err := m.turn(ctx, conversation)
	return err
}

// sample looks at the memory at regular times, and sweeps as a service does.
func (m *managed) sample(ctx context.Context, budget time.Duration, played *atomic.Int64) (out []sample, err error) {
	start := time.Now()
	tick := time.NewTicker(budget / soakSamples)
	defer tick.Stop()
	for len(out) < 2 || time.Since(start) < budget {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
		if _, err := m.manager.Sweep(ctx); err != nil {
			return nil, err
		}
		m.gate.Lock() // what turns use while they are played is not held
		runtime.GC()
		out = append(out, sample{time.Since(start).Seconds(), markedBytes(), played.Load()})
		m.gate.Unlock()
	}
	return out, nil
}

func (b *bench) reportSoak(samples []sample) {
	mean := func(of []sample) (sum float64) {
		for _, s := range of {
			sum += s.bytes / float64(len(of))
		}
		return sum
	}
	last := samples[len(samples)-1]
	early, late := mean(samples[:len(samples)/2]), mean(samples[len(samples)/2:])
	b.out.print("soak_seconds", "%.1f", last.seconds)
	b.out.print("soak_sessions", "%d", min(b.sessions, soakSessions))
	b.out.print("soak_turns", "%d", last.turns)
	b.out.print("soak_turns_per_second", "%.0f", float64(last.turns)/last.seconds)
	b.out.print("soak_heap_mb", "%.1f", late/1e6)
	b.out.print("soak_heap_growth", "%.4f", late/early)
}

// soakPlot draws the samples, in megabytes from nothing on.
func soakPlot(store string, samples []sample) []byte {
	last := samples[len(samples)-1]
	rate := float64(last.turns) / last.seconds
	c := plot.Chart{
		Title: fmt.Sprintf("Live memory while conversations come and go (store: %s)", store),
		X:     plot.Axis{Label: "seconds · 秒", Hi: last.seconds},
		Y:     plot.Axis{Label: "live heap, MB · 存活堆内存"},
		Lines: []plot.Line{{Colour: plot.Blue, Name: fmt.Sprintf("%d turns, %.0f a second · %[1]d 轮对话，每秒 %.0[2]f 轮", last.turns, rate)}},
	}
	for _, s := range samples {
		mb := s.bytes / 1e6
		c.Description += fmt.Sprintf("%.1f %.2f\n", s.seconds, mb)
		c.Lines[0].Points = append(c.Lines[0].Points, plot.Point{X: s.seconds, Y: mb})
		c.Y.Hi = max(c.Y.Hi, 1.1*mb)
	}
	step := plot.Step(c.Y.Hi)
	c.Y.Hi = math.Ceil(c.Y.Hi/step) * step
	c.Y.Marks = plot.Marks(0, c.Y.Hi, step, "%.4g")
	step = plot.Step(last.seconds)
	c.X.Marks = plot.Marks(0, math.Floor(last.seconds/step)*step, step, "%.4g")
	return c.SVG()
}
