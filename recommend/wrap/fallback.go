package wrap

import (
	"context"
	"errors"
	"fmt"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/usage"
)

// Fallback has the first of several generators word the text that manages to.
// One that fails after a chunk was passed on ends it with a [*PartialError];
// so do errors of the listener and a context that is done. The Response says in
// Fallback why the first ones did not, and the error of the last joins theirs.
func Fallback(first recommend.Generator, others ...recommend.Generator) recommend.Generator {
	return fallback(append([]recommend.Generator{first}, others...))
}

type fallback []recommend.Generator

// Generate implements [recommend.Generator].
func (t fallback) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	var failures error
	var used map[string]int
	for i, g := range t {
		l := &listening{each: each}
		out, err := g.Generate(ctx, r, l.callback())
		used = usage.Add(used, out.Usage)
		out.Usage = used
		if err == nil {
			if failures != nil && out.Fallback == "" {
				out.Fallback = failures.Error()
			}
			return out, nil
		}
		err, final := l.final(err)
		if failures != nil && l.err == nil {
			err = fmt.Errorf("%w; then: %w", failures, err)
		}
		if failures = err; final || ctx.Err() != nil || i == len(t)-1 {
			return out, err
		}
	}
	return recommend.Response{}, errors.New("wrap: fallback: no generator") // cannot be: there is a first one
}
