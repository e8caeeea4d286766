package wrap

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// Limits are the times that [Timeout] waits. 0 is for ever.
type Limits struct {
	First time.Duration // for the first chunk
	Gap   time.Duration // for each further one
	Total time.Duration // for the whole text; what the listener takes counts
}

// Timeout gives a generator up that keeps one waiting: its context is done,
// and a [*recommend.Failure] is returned, whether it returns or not.
func Timeout(g recommend.Generator, limits Limits) recommend.Generator {
	return &timeout{g, limits}
}

type timeout struct {
	g      recommend.Generator
	limits Limits
}

// A result is what a call returned.
type result struct {
	out recommend.Response
	err error
}

// Generate implements [recommend.Generator]. The listener is called from its
// goroutine, the generator in another.
func (t *timeout) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	chunks, heard, done := make(chan recommend.Chunk), make(chan error), make(chan result, 1)
	go func() {
		var res result
		defer func() { // a panic here would end the program, and not only the call
			if p := recover(); p != nil {
				res = result{err: fmt.Errorf("wrap: timeout: the generator panicked: %v", p)}
			}
			done <- res
		}()
		res.out, res.err = t.g.Generate(inner, r, func(c recommend.Chunk) error {
			select {
			case chunks <- c:
			case <-inner.Done():
				return context.Cause(inner)
			}
			return <-heard // the other side always answers what it took
		})
	}()
	total, silence := after(t.limits.Total), after(t.limits.First)
	defer total.Stop()
	defer func() { silence.Stop() }()
	what, limit := "no text", t.limits.First
	for {
		select {
		case res := <-done:
			return res.out, res.err
		case c := <-chunks:
			silence.Stop()
			var err error
			if each != nil {
				err = each(c)
			}
			heard <- err
			what, limit = "no further text", t.limits.Gap
			silence = after(limit)
		case <-silence.C:
			return recommend.Response{}, givenUp(cancel, what, limit)
		case <-total.C:
			return recommend.Response{}, givenUp(cancel, "not done", t.limits.Total)
		case <-ctx.Done():
			return recommend.Response{}, stopped(ctx)
		}
	}
}

// givenUp ends a call that takes too long.
func givenUp(cancel context.CancelCauseFunc, what string, limit time.Duration) error {
	err := &recommend.Failure{Cause: recommend.CauseTimeout, Detail: fmt.Sprintf("%s within %s", what, limit), Err: context.DeadlineExceeded}
	cancel(err)
	return err
}

// stopped is the error of a context that is done.
func stopped(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &recommend.Failure{Cause: recommend.CauseTimeout, Err: ctx.Err()}
	}
	return fmt.Errorf("wrap: %w", ctx.Err())
}

// after is a timer that never fires for a duration of 0.
func after(d time.Duration) *time.Timer {
	t := time.NewTimer(max(d, 1))
	if d <= 0 {
		t.Stop()
	}
	return t
}
