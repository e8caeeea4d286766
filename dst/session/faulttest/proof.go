package faulttest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// A Request is a message of a client.
type Request struct {
	Key  session.Key
	User string
	N    int // its number in the conversation, from 1
}

// ID is that of the message. Two tenants have the same ones.
func (r Request) ID() string { return fmt.Sprintf("%s m%d", r.Key.ID, r.N) }

// A Reply is what a client hears of a message.
type Reply struct {
	Seq  uint64 // of the turn in the log
	Text string // names conversation, user and message, and proves all turns before
	Gone bool   // it was answered before, and the answer is not kept any more
}

// A Send carries a message to a manager, and the answer back. An error that is
// [ErrRefused], or one of a manager that no repetition helps against, ends the
// test; after all others the message is sent again.
type Send func(ctx context.Context, r Request) (Reply, error)

// Errors of a Send that has its manager elsewhere.
var (
	ErrRefused     = errors.New("the manager refuses it")
	ErrUnreachable = errors.New("the manager cannot be reached")
)

// Over sends messages to a manager of this process.
func Over(m *session.Manager) Send {
	return func(ctx context.Context, r Request) (Reply, error) {
		out, err := m.Turn(ctx, r.Key, session.Message{ID: r.ID(), User: r.User}, r.play)
		if errors.Is(err, session.ErrGone) {
			return Reply{Gone: true}, nil
		}
		return Reply{Seq: out.Seq, Text: string(out.Reply)}, err
	}
}

// final reports whether no repetition helps against an error.
func final(err error) bool {
	for _, one := range []error{ErrRefused, session.ErrName, session.ErrUser, session.ErrKey, session.ErrSeal, session.ErrNewer, session.ErrCorrupt} {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

// conversation and user are how a request's key and user stand in what is
// stored, so that they are found in another's.
func (r Request) conversation() string { return r.Key.Tenant + "/" + r.Key.ID }
func (r Request) user() string         { return r.Key.Tenant + "#" + r.User }

// tokens finds these.
var tokens = regexp.MustCompile(`(east|west)(/c\d+-\d+|#u\d+)`)

// foreign returns what in a text is of another conversation or user, "" for
// nothing.
func (r Request) foreign(text string) string {
	for _, token := range tokens.FindAllString(text, -1) {
		if token != r.conversation() && token != r.user() {
			return token
		}
	}
	return ""
}

// play answers a message: the state names conversation, user and message, and
// has a link to the state before, so that it proves which messages led to it, in
// which order.
func (r Request) play(_ context.Context, c session.Conversation) (session.Answer, error) {
	before, _ := c.State.Get("link")
	link := r.link(before)
	inform := func(slot, value string) dst.Heard {
		return dst.Heard{Act: dst.Act{Kind: dst.Inform, Slot: slot, Op: dst.Eq, Value: value}, Evidence: dst.Evidence{Turn: c.State.Turn + 1, Source: dst.Outside}}
	}
	turn := dst.Played{
		Heard: []dst.Heard{inform("conversation", r.conversation()), inform("user", r.user()), inform("number", fmt.Sprint(r.N)), inform("link", link)},
		Said:  []dst.Act{{Kind: dst.Offer, Slot: "conversation", Op: dst.Eq, Value: r.conversation()}},
	}
	reply := fmt.Sprintf("%s %s %d %s", r.conversation(), r.user(), r.N, link)
	return session.Answer{State: c.State.Replay(turn), Turn: turn, Reply: []byte(reply), Text: reply}, nil
}

// link is the proof of a message after the messages before it.
func (r Request) link(before string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", before, r.conversation(), r.N))
	return hex.EncodeToString(sum[:8])
}
