package recommend

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
)

// Stream is [Agent.Reply] that hands on the text as it comes: [Template] step
// by step, any other generator sentence by sentence, each once it is checked,
// so that nothing is shown that the facts do not support. Where the generator
// fails midway, or a sentence is left out that the turn cannot do without, the
// template says what is still missing.
//
// The chunks, one after the other, are Reply.Text. An error of each ends the
// turn: it is returned, and the state is the one given. each is called from
// the goroutine of Stream or of the generator, never from two at a time.
func (a *Agent) Stream(ctx context.Context, s dst.State, message string, each func(Chunk) error, parts ...Part) (Reply, dst.State, error) {
	r, next, err := a.core.Load().reply(ctx, s, message, each, parts)
	if err != nil {
		return Reply{}, s, fmt.Errorf("recommend: stream: %w", err)
	}
	return r, next, nil
}

// Check says what of a text a request bears out, as it is done with what the
// configured generator returns: to test a prompt against requests that a
// [Fake] or a generator of one's own has kept. The request's facts, steps and
// items are all that counts; the graph is read for the names and values that
// there are besides. It is safe for concurrent use.
func (a *Agent) Check(r Request, text string) Verdict {
	p := &speaker{k: a.core.Load().newChecker(r)}
	_ = p.push(text) // the error stays in the verdict
	return p.finish(true)
}
