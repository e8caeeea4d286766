package session

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// LogOptions say how much of the log is kept.
type LogOptions struct {
	Turns int // entries that are kept at least, 64 by default and 16 at the least; sixteen more may be
	// Age is after how long entries go; 0 is never. A turn lets those go that are
	// older, but for the latest sixteen. [Manager.Sweep] begins a log anew that has
	// any, of a conversation that has rested for ten minutes: what is younger goes
	// with them, and a message that comes again is [ErrGone].
	Age time.Duration
}

const (
	defaultLogTurns = 64
	wholeEvery      = 16 // entries from one that holds the whole state to the next
)

// An Event says what an entry of the log tells of. The set is closed.
type Event string

// The events.
const (
	EventTurn      Event = "turn"
	EventUndo      Event = "undo"      // the state became that of an earlier entry
	EventResumed   Event = "resumed"   // something did not hold any more
	EventMigrated  Event = "migrated"  // the schema changed
	EventCompacted Event = "compacted" // what came before was dropped from the log
)

// A Logged is one entry of the log of a conversation.
type Logged struct {
	Seq   uint64    `json:"seq"`
	At    time.Time `json:"at"`
	Event Event     `json:"event"`

	// Of a turn.
	Message string     `json:"message,omitempty"` // the id of the customer's message
	Text    string     `json:"text,omitempty"`    // what it said, where that is kept
	Turn    dst.Played `json:"turn,omitzero"`
	Reply   []byte     `json:"reply,omitempty"`

	To      uint64       `json:"to,omitempty"`      // of an undo: the entry whose state came back, 0 for the start
	Dropped []Dropped    `json:"dropped,omitempty"` // of resumed
	Changed []dst.Change `json:"changed,omitempty"` // of migrated

	State *dst.State `json:"state,omitempty"` // after it: with some entries, from which the others follow
}

// ErrTrimmed says that the log does not reach back so far.
var ErrTrimmed = errors.New("the log does not reach back so far")

// replay is the state after an entry, in the state before it.
func (e Logged) replay(before dst.State) dst.State {
	if e.State != nil {
		return *e.State
	}
	return before.Replay(e.Turn)
}

// leadsTo reports whether an entry leads from one state to another in every
// detail. Where it does not, for a program that changes states by other means
// than acts, the entry has to hold the whole state.
func leadsTo(before dst.State, e Logged, after dst.State) bool {
	return e.replay(before).Equal(after)
}

// log gives an entry its number and its time, and the state where whole asks
// for it, or where there was none for long.
func (c *conversation) log(now time.Time, e Logged, whole bool) Logged {
	c.seq++
	c.ids[c.seq%remembered] = 0
	e.Seq, e.At = c.seq, at(now.UnixMilli())
	if whole || len(c.marks) == 0 || c.seq-c.marks[len(c.marks)-1].seq >= wholeEvery {
		if whole || c.seq > 1 { // the first turn follows from nothing
			state := c.state
			e.State = &state
		}
		if n := len(c.marks); n > 1 && c.seq-c.marks[n-2].seq < wholeEvery {
			c.marks = c.marks[:n-1] // the log need not begin at each of many
		}
		c.marks = append(c.marks, mark{c.seq, now.UnixMilli()})
	}
	return e
}

// trim is the number of the entry that the log is to begin with.
func (m *Manager) trim(c *conversation, now time.Time) uint64 {
	keep := uint64(max(m.opts.Log.Turns, remembered))
	if m.opts.Log.Turns == 0 {
		keep = defaultLogTurns
	}
	first := 0
	for i, k := range c.marks {
		if c.seq-k.seq < remembered {
			break
		}
		if c.seq-k.seq >= keep || m.opts.Log.Age > 0 && now.Sub(at(k.at)) >= m.opts.Log.Age {
			first = i
		}
	}
	c.marks = c.marks[first:]
	if len(c.marks) == 0 {
		return 0
	}
	return c.marks[0].seq
}

// entries reads the log from an entry on. It is an error where entries are
// missing that those after them rest on.
func (m *Manager) entries(ctx context.Context, key Key, from uint64) iter.Seq2[Logged, error] {
	return func(yield func(Logged, error) bool) {
		next := max(1, from)
		for raw, err := range m.store.Log(ctx, key, from) {
			if err != nil {
				yield(Logged{}, fmt.Errorf("session: reading the log of %s: %w", key, err))
				return
			}
			e, err := m.readEntry(key, raw)
			if err == nil && e.Seq != next && e.State == nil {
				e, err = Logged{}, fmt.Errorf("session: the log of %s has entry %d where %d should be: %w", key, raw.Seq, next, ErrCorrupt)
			}
			if !yield(e, err) || err != nil {
				return
			}
			next = e.Seq + 1
		}
	}
}

// readEntry opens an entry.
func (m *Manager) readEntry(key Key, raw Entry) (Logged, error) {
	e := Logged{Seq: raw.Seq}
	data, err := m.opts.Keys.open(raw.place(key), raw.Data)
	if err == nil {
		err = e.decode(data)
	}
	if err != nil {
		return Logged{}, fmt.Errorf("session: entry %d of the log of %s: %w", raw.Seq, key, named(err))
	}
	return e, nil
}

// Log yields the log of a conversation in order, as far as it reaches back, and
// ends after the first error.
func (m *Manager) Log(ctx context.Context, key Key) iter.Seq2[Logged, error] {
	return func(yield func(Logged, error) bool) {
		if err := key.Validate(); err != nil {
			yield(Logged{}, err)
			return
		}
		m.entries(ctx, key, 0)(yield)
	}
}

// AsOf returns the state after the entry with a number, rebuilt from the log. An
// entry before the log's first is [ErrTrimmed], one after its last
// [ErrNotFound].
func (m *Manager) AsOf(ctx context.Context, key Key, seq uint64) (dst.State, error) {
	return m.asOf(ctx, key, seq, func(e Logged) bool { return e.Seq <= seq }, func(last Logged) error {
		if last.Seq < seq {
			return fmt.Errorf("session: %s has %d entries, and none %d: %w", key, last.Seq, seq, ErrNotFound)
		}
		return nil
	})
}

// AsOfTime returns the state at a time, rebuilt from the log: the start, where
// the conversation began later. A time before the log's first entry is
// [ErrTrimmed], where that is not the conversation's first.
func (m *Manager) AsOfTime(ctx context.Context, key Key, at time.Time) (dst.State, error) {
	return m.asOf(ctx, key, 0, func(e Logged) bool { return !e.At.After(at) }, func(Logged) error { return nil })
}

// asOf folds the entries that are wanted, to the one with a number if that is
// known: what comes after it need not be readable.
func (m *Manager) asOf(ctx context.Context, key Key, to uint64, want func(Logged) bool, check func(last Logged) error) (dst.State, error) {
	if err := key.Validate(); err != nil {
		return dst.State{}, err
	}
	var state dst.State
	var last Logged
	for e, err := range m.entries(ctx, key, 0) {
		if err != nil {
			return dst.State{}, err
		}
		if !want(e) {
			if last.Seq == 0 && e.Seq > 1 {
				return dst.State{}, fmt.Errorf("session: the log of %s begins with entry %d: %w", key, e.Seq, ErrTrimmed)
			}
			return state, nil
		}
		if state, last = e.replay(state), e; e.Seq == to {
			return state, nil
		}
	}
	if last.Seq == 0 {
		return dst.State{}, fmt.Errorf("session: %s: %w", key, ErrNotFound)
	}
	return state, check(last)
}

// Get returns a conversation as it is stored, without playing a turn: as a turn
// would find it, and nothing of that is saved.
func (m *Manager) Get(ctx context.Context, key Key) (Conversation, error) {
	if err := key.Validate(); err != nil {
		return Conversation{}, err
	}
	now := m.opts.Now()
	c, expired, err := m.load(ctx, key, now)
	if err != nil {
		return Conversation{}, err
	}
	if c.version == 0 || expired {
		return Conversation{}, fmt.Errorf("session: %s: %w", key, ErrNotFound)
	}
	out := Conversation{Key: key, Turns: c.seq, Away: max(0, now.Sub(at(c.updated)))}
	m.ready(c, now, &out)
	out.State = c.state
	out.Tokens = m.quota.left(now, key, m.opts.Limits(key.Tenant), c.spent)
	return out, nil
}
