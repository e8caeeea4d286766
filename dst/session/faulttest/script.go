package faulttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// scene is a program with a few conversations, in which one call of the store
// fails.
type scene struct {
	store   session.Store // that nothing fails for
	m       *session.Manager
	around  around
	now     time.Time
	held    map[session.Key]bool // conversations of which something is kept besides
	erased  map[string]bool      // conversations that receipts name
	deaths  bool                 // the process may end
	version [32]byte
}

// restart begins a new process: with the keys of this day.
func (s *scene) restart(t *testing.T, o session.Options) {
	s.version[0]++
	o.Now, o.Rand, o.Holders = func() time.Time { return s.now }, rand.NewChaCha8(s.version), []session.Holder{shelf{s}}
	o.Lifetimes = session.Lifetimes{Session: 10 * time.Hour, Slots: map[string]time.Duration{"number": time.Hour}}
	s.m = newManager(t, calls{s.store, s.around}, o)
}

// shelf is a [session.Holder] that finds what it has by the conversations.
type shelf struct{ *scene }

func (shelf) Name() string { return "shelf" }

func (h shelf) Erase(ctx context.Context, who session.Subject) (n int, err error) {
	err = h.around(ctx, call{what: "holder"}, func(context.Context) error {
		for _, key := range who.Sessions {
			if h.held[key] {
				n++
			}
			delete(h.held, key)
		}
		return nil
	})
	return n, err
}

func (shelf) Export(context.Context, session.Subject) (json.RawMessage, error) { return nil, nil }

// step is something that a program does. It is done again after an error.
type step struct {
	name  string
	do    func(ctx context.Context, s *scene) error
	looks bool // what is stored after it is compared
}

// say is a turn.
func say(tenant string, conversation, user, n int) step {
	r := Request{Key: session.Key{Tenant: tenant, ID: fmt.Sprintf("c%d-0", conversation)}, User: fmt.Sprint("u", user), N: n}
	return step{fmt.Sprintf("message %d of %s", n, r.Key), func(ctx context.Context, s *scene) error {
		reply, err := Over(s.m)(ctx, r)
		s.held[r.Key] = true
		if err == nil && !reply.Gone && !strings.HasPrefix(reply.Text, fmt.Sprintf("%s %s %d ", r.conversation(), r.user(), n)) {
			return fmt.Errorf("%w: the reply is %q", errWrong, reply.Text)
		}
		return err
	}, n > 4}
}

// errWrong is what no fault explains.
var errWrong = errors.New("wrong")

// once does what cannot be told from its repetition: whoever does not hear of
// its end looks whether the conversation has gone on.
func once(key session.Key, do func(ctx context.Context, m *session.Manager) error) func(context.Context, *scene) error {
	turns := uint64(0)
	return func(ctx context.Context, s *scene) error {
		c, err := s.m.Get(ctx, key)
		if err != nil {
			return err
		}
		if turns != 0 && c.Turns != turns {
			turns = 0
			return nil
		}
		turns = c.Turns
		if err := do(ctx, s.m); err != nil {
			return err
		}
		turns = 0
		return nil
	}
}

func failedAny(err error, failed map[session.Key]error) error {
	for _, one := range failed {
		err = errors.Join(err, one)
	}
	return err
}

// script is what the program does: turns, with something that does not hold any
// more, one that comes again, undo, compact, a change of keys and one of the
// schema, the end of a lifetime, erasure.
func script(t *testing.T) []step {
	one := session.Key{Tenant: "east", ID: "c1-0"}
	later := func(d time.Duration) step {
		return step{"later", func(_ context.Context, s *scene) error { s.now = s.now.Add(d); return nil }, false}
	}
	restart := func(o session.Options) step {
		return step{"restart", func(_ context.Context, s *scene) error { s.restart(t, o); return nil }, false}
	}
	return []step{
		say("east", 1, 1, 1), say("west", 1, 1, 1), say("east", 2, 2, 1), say("east", 1, 1, 2),
		later(2 * time.Hour), say("east", 1, 1, 3), say("east", 1, 1, 2),
		{"undo", once(one, func(ctx context.Context, m *session.Manager) error { _, err := m.Undo(ctx, one, 1); return err }), true},
		say("east", 1, 1, 4),
		{"compact", once(one, func(ctx context.Context, m *session.Manager) error { return m.Compact(ctx, one) }), true},
		say("east", 1, 1, 5), say("west", 1, 1, 2),
		restart(session.Options{Keys: keyring(t, "new", "old")}),
		{"rekey", rekey, true},
		say("east", 1, 1, 6),
		restart(migrated(session.Options{Keys: keyring(t, "new")})),
		{"migrate", migrate, true},
		restart(session.Options{Keys: keyring(t, "new"), Log: session.LogOptions{Age: time.Hour, Turns: 1000}}),
		later(2 * time.Hour), say("east", 1, 1, 7),
		{"sweep", sweep, true}, later(9 * time.Hour), {"sweep of what is over", sweep, true},
		say("west", 3, 1, 1),
		{"erase", erase, true},
	}
}

// migrated are options with a schema in which a slot has another name than
// before.
func migrated(o session.Options) session.Options {
	var service dst.Service
	for _, name := range []string{"conversation", "owner", "number", "link"} {
		service.Slots = append(service.Slots, dst.Slot{Name: name, Type: &dst.FreeText{}})
	}
	o.Schema, o.Migrations = dst.Schema{Services: []dst.Service{service}}, []dst.Migration{{Rename: map[string]string{"user": "owner"}}}
	return o
}

func migrate(ctx context.Context, s *scene) error {
	out, err := s.m.Migrate(ctx, false)
	return failedAny(err, out.Failed)
}

func rekey(ctx context.Context, s *scene) error {
	_, failed, err := s.m.Rekey(ctx)
	return failedAny(err, failed)
}

func erase(ctx context.Context, s *scene) error {
	receipt, err := s.m.Erase(ctx, "east", "u1")
	for _, one := range receipt.Sessions {
		s.erased[one.ID] = true
	}
	if err == nil && !s.erased["c1-0"] && !s.deaths { // a receipt may die with its process
		return fmt.Errorf("%w: no receipt names what was erased", errWrong)
	}
	if err == nil && s.held[session.Key{Tenant: "east", ID: "c1-0"}] {
		return fmt.Errorf("%w: something is held of what was erased", errWrong)
	}
	return err
}

func sweep(ctx context.Context, s *scene) error {
	out, err := s.m.Sweep(ctx)
	return failedAny(err, out.Failed)
}
