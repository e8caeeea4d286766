package sessionbench

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// managed are conversations that a manager keeps in a store.
type managed struct {
	bot     *bot
	store   session.Store
	manager *session.Manager
	replies bool         // are in the log
	played  []int32      // turns, by conversation
	born    []int32      // how often a conversation was begun anew
	gate    sync.RWMutex // held by turns of a soak
}

func newManaged(b *bot, store session.Store, a arguments, limits session.Limits) (*managed, error) {
	opts := &session.Options{Schema: hotel(), Limits: func(string) session.Limits { return limits }}
	if a.keys {
		var err error
		if opts.Keys, err = session.NewKeyring(nil, session.Secret{Name: "2026-11", Key: bytes.Repeat([]byte{7}, 32)}); err != nil {
			return nil, err
		}
	}
	m, err := session.New(store, opts)
	return &managed{bot: b, store: store, manager: m, replies: true, played: make([]int32, a.sessions), born: make([]int32, a.sessions)}, err
}

// key names a conversation by sixteen digits. It is made anew each time, as a
// server reads it.
func (m *managed) key(conversation int) session.Key {
	n := (uint64(m.born[conversation])<<32 | uint64(conversation)) * 0x9e3779b97f4a7c15 // odd: no two are the same
	return session.Key{Tenant: "hotel", ID: fmt.Sprintf("%016x", n)}
}

func (m *managed) turn(ctx context.Context, conversation int) (tracking time.Duration, err error) {
	n := int(m.played[conversation])
	message := session.Message{ID: "m" + strconv.Itoa(n), User: "u" + strconv.Itoa(conversation), Size: len(m.bot.text(conversation, n))}
	_, err = m.manager.Turn(ctx, m.key(conversation), message, m.bot.answer(conversation, n, m.replies, &tracking))
	m.played[conversation]++
	return tracking, err
}

// open plays so many turns of the first n conversations.
func (m *managed) open(ctx context.Context, n, turns int) error {
	return each(ctx, n, 2*runtime.GOMAXPROCS(0), func(i int) error {
		for range turns {
			if _, err := m.turn(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyFrom stores the conversations of another store as they stand there, with their
// logs or without.
func (m *managed) copyFrom(ctx context.Context, from *managed, n, concurrent int, logs bool) error {
	copy(m.played, from.played)
	return each(ctx, n, concurrent, func(i int) error {
		key := m.key(i)
		r, entries, err := stored(ctx, from.store, key)
		if err != nil {
			return err
		}
		r.Data = slices.Clone(r.Data) // which belongs to the other store
		if !logs {
			entries = nil
		}
		if err := m.store.Save(ctx, session.Change{Record: r, Append: entries}); err != nil {
			return fmt.Errorf("copying a conversation: %w", err)
		}
		return nil
	})
}

// stored is all that a store has of a conversation. The key is the record's own.
func stored(ctx context.Context, store session.Store, key session.Key) (session.Record, []session.Entry, error) {
	r, err := store.Load(ctx, key)
	if err != nil {
		return r, nil, err
	}
	var entries []session.Entry
	for e, err := range store.Log(ctx, key, 0) {
		if err != nil {
			return r, nil, err
		}
		entries = append(entries, e)
	}
	return r, entries, nil
}
