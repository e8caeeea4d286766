package inspect

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// Options adjusts a [Handler]. The zero value of a field means its default.
type Options struct {
	// AllowRemote serves other machines too. Without it, requests are refused
	// whose address is not that of the loopback interface, or that a proxy
	// forwarded. The page asks for no password: put it behind something that does.
	AllowRemote bool
	// Hosts are the names, without a port, that the page may be asked for by,
	// besides localhost and the addresses of the loopback interface; with
	// AllowRemote any address is. A page of another site could otherwise have its
	// own name lead here (DNS rebinding).
	Hosts []string

	// Lang is the page's language to begin with, "en" or "zh"; that of the reader's
	// browser by default. "?lang=zh" after the page's address goes before both.
	Lang string
	// Title is shown at the top of the page; "slotgraph" by default.
	Title string
	// Try are messages that an empty conversation suggests.
	Try []string

	// Reply answers a message, where more is done than the agent does alone; the
	// agent's own method by default. It is called by several goroutines.
	Reply func(ctx context.Context, s dst.State, message string, parts ...recommend.Part) (recommend.Reply, dst.State, error)

	Sessions int           // conversations kept at once, 64 by default: a further one takes the place of the one that was idle longest
	Idle     time.Duration // after which a conversation is let go, 2 hours by default
	Turns    int           // of a conversation at most, 200 by default
	MaxBody  int64         // bytes of a request, 16 MiB by default: a picture's, or those of an imported conversation

	Now   func() time.Time // the clock, time.Now by default
	NewID func() string    // makes the ids of conversations, which nobody should guess; random by default
}

func (o *Options) withDefaults(agent *recommend.Agent) Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.Title == "" {
		out.Title = "slotgraph"
	}
	if out.Reply == nil {
		out.Reply = agent.Reply
	}
	if out.Sessions <= 0 {
		out.Sessions = 64
	}
	if out.Idle <= 0 {
		out.Idle = 2 * time.Hour
	}
	if out.Turns <= 0 {
		out.Turns = 200
	}
	if out.MaxBody <= 0 {
		out.MaxBody = 16 << 20
	}
	if out.Now == nil {
		out.Now = time.Now
	}
	if out.NewID == nil {
		out.NewID = rand.Text
	}
	return out
}
