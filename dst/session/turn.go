package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A Message is what a customer wrote, as far as a manager needs to know it.
type Message struct {
	// ID tells messages of a conversation apart: one that comes again, because the
	// sender did not hear of the answer, is answered as before and counts once. It
	// is known by it as long as its turn is among the latest sixteen entries of the
	// log and the conversation has not expired. "" is a message of its own each time.
	ID string
	// User is who wrote it, where that is known: by it, all that is held of
	// somebody is found. The first one that a conversation is told stays its user.
	User string
	Size int // bytes, for Limits.Message
}

// A Conversation is what a turn begins with.
type Conversation struct {
	Key     Key
	State   dst.State
	Turns   uint64        // turns and other events so far
	Away    time.Duration // since the turn before, 0 at the start
	Expired bool          // there was a conversation, whose time is over
	Dropped []Dropped     // what does not hold any more
	Changed []dst.Change  // what the change of the schema did to it
	Attempt int           // 1, or more where somebody else's turn came in between: what an earlier attempt answered is void
	Tokens  int64         // that language models may use in this turn; less than 0: as many as they like
}

// An Answer is what a turn ends with.
type Answer struct {
	State  dst.State  // after the turn
	Turn   dst.Played // what was understood and said, for the log: [dst.Tracker.Record] makes it
	Reply  []byte     // the answer as the program words it, given again for a message that comes again
	Text   string     // of the message, where it is to be kept, without what is personal; see [Manager.Unsure]
	Tokens int64      // that language models have used
}

// A Play answers a message. It is called again where somebody else, in another
// process, has answered one of the same conversation meanwhile. Its error ends
// the turn, and nothing is saved. It may read the conversation with [Manager.Get],
// but not wait for another turn of it, nor change it: that waits for this one.
type Play func(ctx context.Context, c Conversation) (Answer, error)

// An Outcome is a turn that was played and saved.
type Outcome struct {
	Conversation
	Answer
	Seq   uint64 // the number of the turn in the log
	Again bool   // the message was answered before, and this is that answer; State is the state now
}

// Errors of turns.
var (
	ErrUser = errors.New("the conversation is somebody else's")
	ErrGone = errors.New("the message was answered, and the answer is not kept any more")
)

// Turn loads a conversation, has play answer a message in it, and saves it:
// when Turn returns without an error, the turn is kept, as surely as the store
// keeps what it is given. Messages of one conversation are answered in the order
// in which they come.
//
// Errors are a name that is none ([ErrName]), a limit ([LimitError]), somebody
// else's conversation ([ErrUser]), what is stored and cannot be read ([ErrKey],
// [ErrSeal], [ErrNewer], [ErrCorrupt]), too many conflicts ([ErrConflict]), a
// message that comes again when the log has its answer no more ([ErrGone]), and
// those of play, the store and the context. With an error, nothing of the turn is
// kept, but for one of the store's or the context's: then it may be, and a
// message with an ID may be sent again whatever was.
func (m *Manager) Turn(ctx context.Context, key Key, msg Message, play Play) (Outcome, error) {
	limits := m.opts.Limits(key.Tenant)
	unlock, err := m.enter(ctx, key, msg, limits)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	for attempt := 1; ; attempt++ {
		out, lost, err := m.attempt(ctx, key, msg, limits, attempt, play)
		if !lost || attempt > m.opts.Conflicts {
			return out, err
		}
		if err := pause(ctx, attempt); err != nil {
			return Outcome{}, fmt.Errorf("session: %s: %w", key, err)
		}
	}
}

// pause waits a moment for others to be done.
func pause(ctx context.Context, attempt int) error {
	select {
	case <-time.After(time.Duration(attempt) * time.Millisecond):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter checks a message and waits for its turn.
func (m *Manager) enter(ctx context.Context, key Key, msg Message, limits Limits) (unlock func(), err error) {
	if err := key.Validate(); err != nil {
		return nil, err
	}
	if err := checkName("user", msg.User, false); err != nil {
		return nil, err
	}
	if len(msg.ID) > MaxName {
		return nil, fmt.Errorf("session: %s: the message's id has %d bytes, and may have %d: %w", key, len(msg.ID), MaxName, ErrName)
	}
	most := limits.Message
	if most == 0 {
		most = dst.MaxMessage
	}
	if msg.Size > most {
		return nil, &LimitError{"session", key, "message", float64(most), 0}
	}
	leave, err := m.quota.enter(m.opts.Now(), key, limits)
	if err != nil {
		return nil, err
	}
	waiting := limits.Session.Waiting
	if waiting == 0 {
		waiting = defaultWaiting
	}
	free, ok, err := m.locks.lock(ctx, key, waiting)
	if err != nil || !ok {
		leave()
		if err == nil {
			return nil, &LimitError{"session", key, "waiting", float64(waiting), 0}
		}
		return nil, fmt.Errorf("session: waiting for %s: %w", key, err)
	}
	return func() { free(); leave() }, nil
}

// attempt plays a turn once; lost says that somebody else's came in between.
func (m *Manager) attempt(ctx context.Context, key Key, msg Message, limits Limits, attempt int, play Play) (out Outcome, lost bool, err error) {
	now := m.opts.Now()
	c, expired, err := m.load(ctx, key, now)
	if err != nil {
		return Outcome{}, false, err
	}
	if err := m.own(c, msg.User); err != nil {
		return Outcome{}, false, err
	}
	start := Conversation{Key: key, Expired: expired, Attempt: attempt}
	if seq := c.played(msg.ID); seq != 0 {
		start.Turns = c.seq
		m.ready(c, now, &start)
		out, err := m.again(ctx, c, start.Turns, seq)
		return out, false, err
	}
	if c.updated != 0 {
		start.Away = max(0, now.Sub(at(c.updated)))
	}
	trim := uint64(0)
	if expired {
		trim = c.seq + 1
	}
	added := m.ready(c, now, &start)
	start.State, start.Turns, start.Tokens = c.state, c.seq, m.quota.left(now, key, limits, c.spent)
	played, err := play(ctx, start)
	if err != nil {
		return Outcome{}, false, err
	}
	m.quota.spend(now, key, limits, played.Tokens)
	c.spent += played.Tokens
	if c.most = cmp.Or(limits.State, defaultState); len(played.Reply)+len(played.Text) > c.most {
		return Outcome{}, false, &LimitError{"session", key, "state", float64(c.most), 0}
	}
	added = append(added, m.take(c, now, msg, played))
	if err := m.save(ctx, c, added, max(trim, m.trim(c, now))); err != nil {
		return Outcome{}, errors.Is(err, ErrConflict), err
	}
	return Outcome{Conversation: start, Answer: played, Seq: c.seq}, false, nil
}

// own sees to whose conversation it is.
func (m *Manager) own(c *conversation, user string) error {
	name := m.opts.Keys.user(c.key.Tenant, user)
	switch {
	case name == "" || name == c.user:
	case c.user == "":
		c.user = name
	case m.opts.Keys.foreign(c.user):
		return fmt.Errorf("session: %s: its user's name is hashed with another secret than KeyringOptions.Users has: %w", c.key, ErrKey)
	default:
		return fmt.Errorf("session: %s: %w: its id belongs to another user", c.key, ErrUser)
	}
	return nil
}

// ready brings a conversation to today: its schema, and what still holds.
// It returns what to log of it.
func (m *Manager) ready(c *conversation, now time.Time, start *Conversation) (added []Logged) {
	changes, moved := m.migrate(c)
	if start.Changed = changes; moved {
		added = append(added, c.log(now, Logged{Event: EventMigrated, Changed: start.Changed}, true))
	}
	start.Dropped = m.resume(c, now)
	if len(start.Dropped) > 0 {
		added = append(added, c.log(now, Logged{Event: EventResumed, Dropped: start.Dropped}, true))
	}
	return added
}

// take makes what was played the state of the conversation, and returns what to
// log of it.
func (m *Manager) take(c *conversation, now time.Time, msg Message, p Answer) Logged {
	before := c.state
	c.state = p.State
	if c.created == 0 {
		c.created = now.UnixMilli()
	}
	c.updated = max(c.updated, now.UnixMilli())
	c.since = c.since.next(before, c.state, c.updated)
	entry := Logged{
		Event: EventTurn, Message: msg.ID, Text: p.Text, Reply: p.Reply, Turn: p.Turn,
	}
	entry = c.log(now, entry, !leadsTo(before, entry, c.state))
	c.ids[c.seq%remembered] = messageID(msg.ID)
	return entry
}

// again is the answer to a message that comes again, which was turn seq of a
// conversation that now has so many.
func (m *Manager) again(ctx context.Context, c *conversation, turns, seq uint64) (Outcome, error) {
	for e, err := range m.entries(ctx, c.key, seq) {
		if err != nil {
			return Outcome{}, err
		}
		if e.Seq != seq {
			break
		}
		out := Outcome{Conversation: Conversation{Key: c.key, State: c.state, Turns: turns}, Seq: seq, Again: true}
		out.Answer = Answer{State: c.state, Turn: e.Turn, Reply: e.Reply, Text: e.Text}
		return out, nil
	}
	return Outcome{}, fmt.Errorf("session: %s: turn %d: %w", c.key, seq, ErrGone)
}
