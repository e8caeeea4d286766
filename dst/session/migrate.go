package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// migrate brings a conversation to the schema, and says what that changed. moved
// says that it had another one: no state of before may come back, whether or not
// this one was changed.
func (m *Manager) migrate(c *conversation) (changes []dst.Change, moved bool) {
	switch {
	case m.fingerprint == 0 && c.created != 0: // it stays as it is
		return nil, false
	case c.created == 0 || c.fingerprint == m.fingerprint && c.migrations == len(m.opts.Migrations):
		c.fingerprint, c.migrations = m.fingerprint, len(m.opts.Migrations)
		return nil, false
	}
	before := c.state
	steps := m.opts.Migrations[min(c.migrations, len(m.opts.Migrations)):]
	next, changed := m.opts.Schema.Migrate(before, steps...)
	c.state, c.since = next, c.since.moved(before, next, changed)
	c.fingerprint, c.migrations = m.fingerprint, len(m.opts.Migrations)
	return changed, true
}

// moved is since for a state that was migrated: times go with their names.
func (s since) moved(before, after dst.State, changes []dst.Change) since {
	times := map[string]int64{}
	for i, slot := range slotsOf(before) {
		times["slot "+renamed(slot, changes)] = s.slots[i]
	}
	for i, intent := range before.Intents {
		times["intent "+renamed(intent, changes)] = s.intents[i]
	}
	var out since
	for _, slot := range slotsOf(after) {
		out.slots = append(out.slots, times["slot "+slot])
	}
	for _, intent := range after.Intents {
		out.intents = append(out.intents, times["intent "+intent])
	}
	return out
}

// renamed is what a name became.
func renamed(name string, changes []dst.Change) string {
	for _, c := range changes {
		if c.Kind == dst.ChangeRenamed && c.Name == name {
			return c.To
		}
	}
	return name
}

// A Migrations is what [Manager.Migrate] did to all conversations.
type Migrations struct {
	Looked  int                  // conversations
	Changed map[Key][]dst.Change // those in which anything changed, with what
	Failed  map[Key]error        // those that could not be read or saved
}

// Migrate brings all conversations of all tenants to the schema, which
// otherwise happens to each when it is loaded. With dry it only tells what it
// would do. The error is the context's, or the store's in listing them; what
// befalls one conversation is reported and does not keep the others.
func (m *Manager) Migrate(ctx context.Context, dry bool) (Migrations, error) {
	out := Migrations{Changed: map[Key][]dst.Change{}, Failed: map[Key]error{}}
	for r, err := range m.store.List(ctx, Filter{AllTenants: true}) {
		if err != nil {
			return out, fmt.Errorf("session: migrating: %w", err)
		}
		var changes []dst.Change
		err := m.change(ctx, r.Key, func(c *conversation, now time.Time) ([]Logged, uint64, bool, error) {
			var moved bool
			changes, moved = m.migrate(c)
			if dry || !moved {
				return nil, 0, false, nil
			}
			added := []Logged{c.log(now, Logged{Event: EventMigrated, Changed: changes}, true)}
			return added, m.trim(c, now), true, nil
		})
		if errors.Is(err, ErrNotFound) { // it went meanwhile
			continue
		}
		out.Looked++
		if err != nil {
			if ctx.Err() != nil {
				return out, fmt.Errorf("session: migrating: %w", ctx.Err())
			}
			out.Failed[r.Key] = err
		} else if len(changes) > 0 {
			out.Changed[r.Key] = changes
		}
	}
	return out, nil
}
