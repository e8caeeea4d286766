package wrap

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/usage"
)

// RetryOptions are the options of [Retry]. The zero value of each is its
// default.
type RetryOptions struct {
	Attempts int            // calls in all, 3 by default
	Base     time.Duration  // longest wait before the second call, doubled for each further one; half a second by default
	Max      time.Duration  // longest wait, 8 seconds by default; a server that asks for more is not called again
	Rand     func() float64 // in [0, 1), which waits are spread by; safe for concurrent use, rand.Float64 by default
}

func (o RetryOptions) withDefaults() RetryOptions {
	if o.Attempts == 0 {
		o.Attempts = 3
	}
	if o.Base == 0 {
		o.Base = 500 * time.Millisecond
	}
	if o.Max == 0 {
		o.Max = 8 * time.Second
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	return o
}

// Retry calls a generator again that failed before its first chunk, unless a
// [*recommend.Failure] says that this is no use. It waits in between, each time
// about twice as long, and as long at least as the server asks for, but never
// beyond the context's deadline. The usage of all calls is added up.
func Retry(g recommend.Generator, o RetryOptions) recommend.Generator {
	return &retry{g, o.withDefaults()}
}

type retry struct {
	g recommend.Generator
	o RetryOptions
}

// Generate implements [recommend.Generator].
func (t *retry) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	var used map[string]int
	for n := 1; ; n++ {
		l := &listening{each: each}
		out, err := t.g.Generate(ctx, r, l.callback())
		used = usage.Add(used, out.Usage)
		out.Usage = used
		if err == nil {
			return out, nil
		}
		err, final := l.final(err)
		if final || n >= t.o.Attempts || ctx.Err() != nil || !t.wait(ctx, n, err) {
			return out, err
		}
	}
}

// wait waits before the next call and reports whether there is to be one.
func (t *retry) wait(ctx context.Context, n int, err error) bool {
	var f *recommend.Failure
	asked := time.Duration(0)
	if errors.As(err, &f) {
		if !f.Passing() {
			return false
		}
		asked = f.RetryAfter
	}
	d := t.o.Max
	if n < 30 && t.o.Base<<(n-1) < d {
		d = t.o.Base << (n - 1)
	}
	d = max(asked, d/2+time.Duration(t.o.Rand()*float64(d/2)))
	if deadline, ok := ctx.Deadline(); asked > t.o.Max || ok && time.Until(deadline) <= d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
