package sessionbench

import (
	"context"
	"errors"
	"math/bits"
	"runtime"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/internal/benchmark/cpu"
)

// A player plays turns of conversations, different ones at once.
type player interface {
	// turn plays the next turn of a conversation, and returns the time that the
	// tracker took of it.
	turn(ctx context.Context, conversation int) (tracking time.Duration, err error)
}

// spans counts durations in classes that differ by a thirty-second.
type spans struct {
	classes [64 * 32]uint32
	n       int
	most    time.Duration
}

func (s *spans) add(d time.Duration) {
	s.n++
	s.most = max(s.most, d)
	s.classes[class(uint64(max(d, 0)))]++
}

// class is the place of a duration: the exponent, and five bits below the first.
func class(ns uint64) int {
	if ns < 32 {
		return int(ns)
	}
	shift := bits.Len64(ns) - 6
	return (shift+1)*32 + int(ns>>shift)&31
}

// middle is a duration in the middle of a class.
func middle(class int) time.Duration {
	if class < 32 {
		return time.Duration(class)
	}
	shift := class/32 - 1
	return time.Duration(uint64(32+class%32)<<shift + uint64(1)<<shift/2)
}

func (s *spans) merge(t *spans) {
	for i, n := range t.classes {
		s.classes[i] += n
	}
	s.n += t.n
	s.most = max(s.most, t.most)
}

// quantile is the duration that a share of all do not exceed.
func (s *spans) quantile(share float64) time.Duration {
	left := int(share * float64(s.n))
	for i, n := range s.classes {
		if left -= int(n); left < 0 {
			return min(middle(i), s.most)
		}
	}
	return s.most
}

// result is what a measurement found.
type result struct {
	spans    spans
	tracking time.Duration // of the time that turns were attended to
	attended time.Duration
	wall     time.Duration
	cpu      float64 // seconds, 0 where they are not known
	allocs   uint64
	bytes    uint64
}

func (r *result) rate() float64       { return float64(r.spans.n) / r.wall.Seconds() }
func (r *result) cpuPerTurn() float64 { return r.cpu / float64(r.spans.n) }

// load has so many customers speak at once for some time: each always in other
// conversations than the others, one after the other. A turn's time counts from
// when the message comes, before anybody attends to it.
func load(ctx context.Context, p player, concurrent, sessions int, budget time.Duration) (*result, error) {
	parts, errs := make([]*result, concurrent), make([]error, concurrent)
	for i := range parts {
		parts[i] = new(result)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	used, _ := cpu.Seconds()
	start := time.Now()
	var wg sync.WaitGroup
	for g := range concurrent {
		wg.Go(func() { errs[g] = speak(ctx, p, parts[g], g, concurrent, sessions, start.Add(budget)) })
	}
	wg.Wait()
	out := &result{wall: time.Since(start)}
	out.cpu, _ = cpu.Seconds()
	out.cpu -= used
	runtime.ReadMemStats(&after)
	out.allocs, out.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	for _, r := range parts {
		out.spans.merge(&r.spans)
		out.tracking += r.tracking
		out.attended += r.attended
	}
	return out, errors.Join(errs...)
}

func speak(ctx context.Context, p player, r *result, first, step, sessions int, until time.Time) error {
	for i := first; ; i += step {
		if i >= sessions {
			i = first
		}
		came := time.Now()
		runtime.Gosched() // others have come before
		begun := time.Now()
		tracking, err := p.turn(ctx, i)
		if err != nil {
			return err
		}
		over := time.Now()
		r.spans.add(over.Sub(came))
		r.attended += over.Sub(begun)
		r.tracking += tracking
		if over.After(until) || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// each does something for the numbers below n, some at once.
func each(ctx context.Context, n, concurrent int, do func(int) error) error {
	errs := make([]error, concurrent)
	var wg sync.WaitGroup
	for g := range concurrent {
		wg.Go(func() {
			for i := g; i < n && errs[g] == nil; i += concurrent {
				if errs[g] = ctx.Err(); errs[g] == nil {
					errs[g] = do(i)
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
