package serve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

// Options are the options of [New]. The zero value of each field is its default.
type Options struct {
	// KeepText has the log keep what customers write, for [session.Manager.Unsure]
	// to learn from: without what it finds to be personal, and without the values of
	// sensitive slots. nil: no message is kept. It is privacy.New(privacy.Options{})
	// unless one has one's own.
	KeepText privacy.Finder

	// Away is after how long a customer counts as one who comes back, an hour by
	// default.
	Away time.Duration
	// Welcome words what a customer is told before the answer who comes back, or of
	// whose conversation something does not hold any more; "" for nothing. lang is
	// "en" or "zh". nil: nothing.
	Welcome func(back Back, lang string) string

	// MaxReply bounds the JSON of a reply as it is kept, in bytes, its text aside;
	// 16 KB by default. Of a larger one the lists are left out: see Reply.Cut.
	MaxReply int
}

// Defaults of Options.
const (
	defaultAway     = time.Hour
	defaultMaxReply = 16 << 10
)

// A Service answers messages in conversations that are kept. It is safe for
// concurrent use.
type Service struct {
	agent   *recommend.Agent
	manager *session.Manager
	opts    Options
}

// New joins an agent with a manager, which should have the agent's schema
// ([session.Options].Schema). opts may be nil.
func New(agent *recommend.Agent, manager *session.Manager, opts *Options) (*Service, error) {
	if agent == nil || manager == nil {
		return nil, errors.New("serve: an agent and a manager of sessions are needed: see recommend.New and session.New")
	}
	s := &Service{agent: agent, manager: manager}
	if opts != nil {
		s.opts = *opts
	}
	if s.opts.Away <= 0 {
		s.opts.Away = defaultAway
	}
	if s.opts.MaxReply <= 0 {
		s.opts.MaxReply = defaultMaxReply
	}
	return s, nil
}

// A Message is what a customer sent.
type Message struct {
	ID    string           // tells a message that comes again, see [session.Message]; "" is one of its own each time
	User  string           // who sent it, where that is known: their data is found by it
	Text  string           // may be empty where there are parts
	Parts []recommend.Part // pictures and recordings; none of them is kept
}

// Reply answers a message in a conversation, and keeps the turn. each, which may
// be nil, is told the text as it is worded ([recommend.Agent.Stream]); its error
// ends the turn and is returned.
//
// Errors are those of [session.Manager.Turn] and of [recommend.Agent.Reply]; with
// one, what was streamed is void, and a message that has an id may be sent again.
// [Words] says them to customers.
func (s *Service) Reply(ctx context.Context, key session.Key, msg Message, each func(Event) error) (Reply, error) {
	t := &turn{s: s, key: key, msg: msg, each: each}
	out, err := s.manager.Turn(ctx, key, session.Message{ID: msg.ID, User: msg.User, Size: len(msg.Text)}, t.play)
	if err != nil {
		return Reply{}, fmt.Errorf("serve: %w", err)
	}
	reply := t.reply
	if out.Again {
		if reply, err = kept(out.Answer); err != nil {
			return Reply{}, fmt.Errorf("serve: %s: the reply to message %q, which came before: %w", key, msg.ID, err)
		}
		if err := t.begin(); err != nil {
			return Reply{}, err
		}
		if err := t.say(reply.Text); err != nil {
			return Reply{}, err
		}
	}
	reply.Seq, reply.Again = out.Seq, out.Again
	return reply, nil
}

// A turn is the answer to one message while it comes about.
type turn struct {
	s     *Service
	key   session.Key
	msg   Message
	each  func(Event) error // may be nil
	said  bool              // something was streamed
	reply Reply             // of the latest attempt
}

// play answers the message; it is called again where somebody else came first.
func (t *turn) play(ctx context.Context, c session.Conversation) (session.Answer, error) {
	if err := t.begin(); err != nil {
		return session.Answer{}, err
	}
	back := t.s.back(c)
	welcome := t.welcome(back, c)
	if err := t.say(welcome); err != nil {
		return session.Answer{}, err
	}
	ctx, used := wrap.WithAllowance(recommend.WithSession(ctx, t.key.String()), c.Tokens)
	said, after, err := t.answer(ctx, c)
	if err != nil {
		return session.Answer{}, err
	}
	t.reply = t.s.compact(said)
	t.reply.Text, t.reply.Back = welcome+said.Text, back
	data, err := t.reply.keep()
	if err != nil {
		return session.Answer{}, err
	}
	return session.Answer{
		State:  after,
		Turn:   t.s.agent.Tracker().Record(c.State, after, said.Trace.Decisions, said.Acts...),
		Reply:  data,
		Text:   t.s.textOf(said),
		Tokens: max(used(), int64(said.Trace.Usage[recommend.TokensIn]+said.Trace.Usage[recommend.TokensOut])),
	}, nil
}

// answer asks the agent.
func (t *turn) answer(ctx context.Context, c session.Conversation) (recommend.Reply, dst.State, error) {
	if t.each == nil {
		return t.s.agent.Reply(ctx, c.State, t.msg.Text, t.msg.Parts...)
	}
	return t.s.agent.Stream(ctx, c.State, t.msg.Text, func(piece recommend.Chunk) error { return t.say(piece.Text) }, t.msg.Parts...)
}

// begin tells the listener that what was said so far is void, if anything was.
func (t *turn) begin() error {
	if !t.said {
		return nil
	}
	t.said = false
	return t.each(Event{Restart: true})
}

// say hands a piece of the text to the listener.
func (t *turn) say(piece string) error {
	if t.each == nil || piece == "" {
		return nil
	}
	t.said = true
	return t.each(Event{Text: piece})
}

// welcome is what is said before the answer.
func (t *turn) welcome(back *Back, c session.Conversation) string {
	if back == nil || t.s.opts.Welcome == nil {
		return ""
	}
	lang := text.Language(t.msg.Text)
	if lang == "" {
		lang = c.State.Lang
	}
	if lang == "" {
		lang = "en"
	}
	if words := strings.TrimSpace(t.s.opts.Welcome(*back, lang)); words != "" {
		return words + "\n"
	}
	return ""
}

// textOf is the message as it is kept. The trace has nothing of sensitive slots.
func (s *Service) textOf(said recommend.Reply) string {
	if s.opts.KeepText == nil {
		return ""
	}
	return privacy.NewRedaction(s.opts.KeepText).Redact(said.Trace.User)
}
