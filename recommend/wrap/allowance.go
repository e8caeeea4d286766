package wrap

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/slotgraph/slotgraph/recommend"
)

// WithAllowance bounds the tokens that generators around which there is an
// [Allowance] may use with this context, in and out together; less than 0 is as
// many as they like. used returns how many they have used so far.
func WithAllowance(ctx context.Context, tokens int64) (_ context.Context, used func() int64) {
	a := &allowance{tokens: tokens}
	return context.WithValue(ctx, allowanceKey{}, a), a.used.Load
}

type allowanceKey struct{}

// An allowance is what is left to a context.
type allowance struct {
	tokens int64 // less than 0: no bound
	used   atomic.Int64
}

// Allowance has a generator keep to what its context allows, see
// [WithAllowance]: package recommend/serve sets it to what the limits of a
// conversation and its tenant leave. A call that is estimated to need more fails
// with [recommend.CauseBudget], and is not made; one that is made counts with what
// it reports to have used, or with the estimate where it reports nothing. What is
// kept for several processes, in the conversation itself, is bounded so; [Budget]
// counts by itself, in one process. It is safe for concurrent use.
func Allowance(g recommend.Generator) recommend.Generator { return &allowed{g} }

type allowed struct{ g recommend.Generator }

// Generate implements [recommend.Generator].
func (g *allowed) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	a, _ := ctx.Value(allowanceKey{}).(*allowance)
	if a == nil {
		return g.g.Generate(ctx, r, each)
	}
	in, out := estimate(r)
	will := int64(in + out)
	if used := a.used.Add(will); a.tokens >= 0 && used > a.tokens {
		used = a.used.Add(-will)
		return recommend.Response{}, &recommend.Failure{Cause: recommend.CauseBudget, Detail: fmt.Sprintf("%d tokens are left, and %d needed", max(0, a.tokens-used), will)}
	}
	counted := will // also where the generator panics
	defer func() { a.used.Add(counted - will) }()
	res, err := g.g.Generate(ctx, r, each)
	usedIn, usedOut := used(res, err, in)
	counted = int64(usedIn + usedOut)
	return res, err
}
