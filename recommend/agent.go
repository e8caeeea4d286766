package recommend

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// An Agent runs whole turns. It is safe for concurrent use; what a
// conversation remembers is in its [dst.State] alone.
type Agent struct {
	cfg  Config
	core atomic.Pointer[core]
}

// New makes an agent. It reports what is wrong with the configuration, each
// with its place, and the context's error.
//
// New completes the schema from the graph. A slot with Names and no Type gets
// a [dst.Gazetteer] of the service's things: the value of a thing is its name
// in Config.Lang, or its id where others bear the name, and its names and
// aliases in all languages are found; an alias that several things share is a
// value of its own and stands for all of them. A slot with Of gets the very
// same Type as the slot that names the things of that service. Any other slot
// without a Type gets a gazetteer of the texts or references that its predicate
// has. A slot with RequestOnly needs none.
//
// Names and values are read once. Changes of the graph show at once in what is
// found and told, but things, names and values that are new are understood
// only after [Agent.Reload].
func New(ctx context.Context, cfg Config) (*Agent, error) {
	c, err := newCore(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("recommend: new agent: %w", err)
	}
	a := &Agent{cfg: cfg}
	a.core.Store(c)
	return a, nil
}

// Reload reads names and values from the graph again. Turns that are under way
// go on with the old ones. Where it fails, the agent stays as it is.
func (a *Agent) Reload(ctx context.Context) error {
	c, err := newCore(ctx, a.cfg)
	if err != nil {
		return fmt.Errorf("recommend: reload: %w", err)
	}
	a.core.Store(c)
	return nil
}

// Schema returns the schema with the types that were drawn from the graph.
func (a *Agent) Schema() dst.Schema { return a.core.Load().schema }

// Tracker returns the agent's tracker.
func (a *Agent) Tracker() *dst.Tracker { return a.core.Load().tracker }

// Reply answers a message, with the pictures and recordings that came with it,
// and returns the state after the answer, which the next message is to be read
// in. The state given is not changed. A message that is empty or longer than [dst.MaxMessage] is answered and leaves the
// state as it is. Errors are those of the context, the classifier, the tracker
// and the graph; the state returned with an error is the one given. What
// befalls the generator is no error: the template takes over. Nor is what
// befalls a part: the reply says that it could not be made out, and answers the
// rest.
func (a *Agent) Reply(ctx context.Context, s dst.State, message string, parts ...Part) (Reply, dst.State, error) {
	r, next, err := a.core.Load().reply(ctx, s, message, nil, parts)
	if err != nil {
		return Reply{}, s, fmt.Errorf("recommend: reply: %w", err)
	}
	return r, next, nil
}

func (c *core) reply(ctx context.Context, s dst.State, message string, each func(Chunk) error, parts []Part) (Reply, dst.State, error) {
	if err := ctx.Err(); err != nil {
		return Reply{}, s, err
	}
	message = strings.ToValidUTF8(message, " ")
	t := &turn{c: c, ctx: ctx, text: message, before: s, s: s, lang: c.language(message, s, nil), each: each}
	r, next, err := t.run(parts)
	return r, next, t.maskError(err)
}

// language is that of the message, apart from names, or else that of the
// conversation. A single Latin word ("NFC?") says nothing against what the
// conversation was held in.
func (c *core) language(message string, s dst.State, names []dst.Evidence) string {
	message = clipped(message)
	whole := text.Language(message)
	rest := message
	if len(names) > 0 {
		blank := []byte(message)
		for _, e := range names {
			for i := e.Start; i < e.End && i < len(blank); i++ {
				blank[i] = ' '
			}
		}
		rest = string(blank)
	}
	l := text.Language(rest)
	han, words := text.CountWords(rest)
	words += han
	switch {
	case l == "zh", l == "en" && (words > 1 || s.Lang == ""):
		return l
	case s.Lang != "":
		return s.Lang
	case whole == "zh":
		return whole
	}
	return c.cfg.Lang
}

// clipped is the beginning of a message that is far too long.
func clipped(s string) string {
	if len(s) > dst.MaxMessage {
		return strings.ToValidUTF8(s[:4096], "")
	}
	return s
}
