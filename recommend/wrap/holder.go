package wrap

import (
	"container/list"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A cache and a budget hold something of people, by the names of their
// conversations (see [recommend.WithSession]), which are those of
// [session.Key.String]. Each process has its own.
var (
	_ session.Holder = (*Cache)(nil)
	_ session.Holder = (*Budget)(nil)
)

// Name is "cache", for the receipt of [session.Manager.Erase].
func (c *Cache) Name() string { return "cache" }

// Erase removes the texts that were made or handed out in conversations of
// somebody, and returns how many those are.
func (c *Cache) Erase(_ context.Context, s session.Subject) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, e := range c.of(s) {
		c.drop(e)
		n++
	}
	return n, nil
}

// Export returns these texts, the one used last first.
func (c *Cache) Export(_ context.Context, s session.Subject) (json.RawMessage, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	type text struct {
		Text  string    `json:"text"`
		Until time.Time `json:"until"`
	}
	var out []text
	for _, e := range c.of(s) {
		found := e.Value.(*entry)
		out = append(out, text{found.out.Text, found.until})
	}
	if out == nil {
		return nil, nil
	}
	return json.Marshal(out)
}

// Name is "budget", for the receipt of [session.Manager.Erase].
func (b *Budget) Name() string { return "budget" }

// Erase forgets what somebody's conversations have used, and returns of how many
// it was known.
func (b *Budget) Erase(_ context.Context, s session.Subject) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, key := range s.Sessions {
		if e, ok := b.sessions[key.String()]; ok {
			b.drop(e)
			n++
		}
	}
	return n, nil
}

// Export returns what each of somebody's conversations has used.
func (b *Budget) Export(_ context.Context, s session.Subject) (json.RawMessage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[string]Spent{}
	for _, key := range s.Sessions {
		if e, ok := b.sessions[key.String()]; ok {
			out[key.ID] = b.priced(e.Value.(*account).spent)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return json.Marshal(out)
}

// sharers is how many conversations an entry of a cache remembers: what more of
// them ask for word for word is nobody's own.
const sharers = 16

// shared notes that a text was made or handed out in a conversation.
func (e *entry) shared(session string) {
	if session != "" && len(e.sessions) < sharers && !slices.Contains(e.sessions, session) {
		e.sessions = append(e.sessions, session)
	}
}

// share is shared of the text of a key, if it is there.
func (c *Cache) share(key, session string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		e.Value.(*entry).shared(session)
	}
}

// of are the entries of a cache that somebody's conversations have to do with.
func (c *Cache) of(s session.Subject) []*list.Element {
	var out []*list.Element
	for e := c.order.Front(); e != nil; e = e.Next() {
		if slices.ContainsFunc(s.Sessions, func(k session.Key) bool { return slices.Contains(e.Value.(*entry).sessions, k.String()) }) {
			out = append(out, e)
		}
	}
	return out
}
