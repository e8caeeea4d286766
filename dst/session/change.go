package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// change changes a conversation that is there, in turn with what is played in it.
// how returns what to log and where the log is to begin; it is called again where
// somebody else was faster. Nothing is saved where nothing is logged and c is as
// it was, which save = false says.
func (m *Manager) change(ctx context.Context, key Key, how func(c *conversation, now time.Time) (added []Logged, trim uint64, save bool, err error)) error {
	if err := key.Validate(); err != nil {
		return err
	}
	unlock, _, err := m.locks.lock(ctx, key, 0)
	if err != nil {
		return fmt.Errorf("session: waiting for %s: %w", key, err)
	}
	defer unlock()
	for attempt := 1; ; attempt++ {
		now := m.opts.Now()
		c, expired, err := m.load(ctx, key, now)
		if err != nil {
			return err
		}
		if c.version == 0 || expired {
			return fmt.Errorf("session: %s: %w", key, ErrNotFound)
		}
		added, trim, save, err := how(c, now)
		if err != nil || !save {
			return err
		}
		err = m.save(ctx, c, added, trim)
		if !errors.Is(err, ErrConflict) || attempt > max(3, m.opts.Conflicts) {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return fmt.Errorf("session: %s: %w", key, err)
		}
	}
}

// Undo takes back the latest turns of a conversation, and what happened between
// them, and returns the state that it then has. The log keeps them, and that they
// were taken back; a further Undo goes on from there. The messages stay answered.
// What the turns did to the world is not taken back. It is [ErrTrimmed] where
// the log does not reach back so far. An Undo that ended in another error may have
// happened: [Manager.Get] tells, whose Turns have then grown by one.
func (m *Manager) Undo(ctx context.Context, key Key, turns int) (dst.State, error) {
	if turns < 1 {
		return dst.State{}, fmt.Errorf("session: undo of %d turns of %s: there must be 1 at least", turns, key)
	}
	var state dst.State
	err := m.change(ctx, key, func(c *conversation, now time.Time) ([]Logged, uint64, bool, error) {
		to, before, err := m.undone(ctx, c, turns)
		if err != nil {
			return nil, 0, false, err
		}
		state = before
		c.since = c.since.next(c.state, before, now.UnixMilli())
		c.state = before
		return []Logged{c.log(now, Logged{Event: EventUndo, To: to}, true)}, m.trim(c, now), true, nil
	})
	return state, err
}

// undone finds the entry before the latest turns, and its state.
func (m *Manager) undone(ctx context.Context, c *conversation, turns int) (uint64, dst.State, error) {
	type step struct {
		to    uint64
		state dst.State
	}
	var before []step // each turn that stands, with what was before it
	var state dst.State
	first, last := uint64(0), uint64(0)
	for e, err := range m.entries(ctx, c.key, 0) {
		if err != nil {
			return 0, state, err
		}
		if e.Seq != last+1 { // the log begins there
			before, first = nil, e.Seq
		}
		switch e.Event {
		case EventTurn:
			before = append(before, step{last, state})
		case EventUndo:
			for len(before) > 0 && before[len(before)-1].to >= e.To {
				before = before[:len(before)-1]
			}
		case EventCompacted, EventMigrated: // a state of another schema does not come back
			before, first = nil, e.Seq
		}
		state, last = e.replay(state), e.Seq
	}
	if last < c.seq {
		return 0, state, fmt.Errorf("session: undo of %d turns of %s: the log ends with entry %d, and should with %d: %w", turns, c.key, last, c.seq, ErrCorrupt)
	}
	if first > 1 && len(before) > 0 && before[0].to == 0 {
		before = before[1:] // what was before the log's first turn is not known
	}
	if len(before) < turns {
		return 0, state, tooFew(c.key, turns, len(before), first > 1)
	}
	s := before[len(before)-turns]
	return s.to, s.state, nil
}

// tooFew says that turns cannot be undone.
func tooFew(key Key, turns, have int, trimmed bool) error {
	if trimmed {
		return fmt.Errorf("session: undo of %d turns of %s: it has %d that can be: %w", turns, key, have, ErrTrimmed)
	}
	return fmt.Errorf("session: undo of %d turns of %s: it has %d: %w", turns, key, have, ErrNotFound)
}

// Compact drops the log of a conversation up to now: its state stays.
func (m *Manager) Compact(ctx context.Context, key Key) error {
	return m.change(ctx, key, func(c *conversation, now time.Time) ([]Logged, uint64, bool, error) {
		added, trim := m.compact(c, now)
		return added, trim, true, nil
	})
}

// compact begins the log anew.
func (m *Manager) compact(c *conversation, now time.Time) (added []Logged, trim uint64) {
	c.marks = nil
	e := c.log(now, Logged{Event: EventCompacted}, true)
	return []Logged{e}, e.Seq
}
