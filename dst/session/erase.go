package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A Subject is somebody of whom something is held.
type Subject struct {
	Tenant   string
	User     string
	Sessions []Key // of the user, in order
}

// A Holder keeps something of conversations besides the store: a cache of a
// model's answers, budgets, a log of one's own. Implementations are safe for
// concurrent use.
type Holder interface {
	Name() string
	// Erase removes all that it holds of somebody, and returns how many things
	// that were. Where nothing is held it returns 0. It is called before the
	// conversations are removed, and after.
	Erase(ctx context.Context, s Subject) (int, error)
	// Export returns what it holds of somebody, for people to read, nil for nothing.
	Export(ctx context.Context, s Subject) (json.RawMessage, error)
}

// A Receipt lists what [Manager.Erase] removed.
type Receipt struct {
	Tenant   string         `json:"tenant"`
	User     string         `json:"user"`
	At       time.Time      `json:"at"`
	Sessions []Removed      `json:"sessions"`
	Holders  map[string]int `json:"holders,omitempty"` // what each Holder removed
}

// A Removed is one conversation of a receipt.
type Removed struct {
	ID       string `json:"id"`
	Slots    int    `json:"slots"`    // with values, in its state
	Entries  int    `json:"entries"`  // of its log
	Messages int    `json:"messages"` // texts of messages in it, from which might have been learned
	Bytes    int    `json:"bytes"`    // of all this, as stored
}

// Erase removes all that is held of a user of a tenant: the conversations that
// are theirs, each with its state, its log and the messages kept to learn from,
// and what the Holders have. A turn that is under way either goes with it or
// begins a new conversation. When it returns without an error, nothing of what
// was there is there; with one, the receipt says what was removed so far, and it
// may be called again. A conversation that cannot be read any more is removed
// like any other.
func (m *Manager) Erase(ctx context.Context, tenant, user string) (Receipt, error) {
	out := Receipt{Tenant: tenant, User: user, At: m.opts.Now(), Sessions: []Removed{}}
	subject, listed := m.subject(ctx, tenant, user)
	if listed != nil && !errors.Is(listed, ErrCorrupt) {
		return out, listed
	}
	// Holders find what is theirs by the conversations: these are there until the
	// holders have nothing of them. A turn between may have given them something.
	if err := m.eraseHeld(ctx, subject, &out); err != nil {
		return out, err
	}
	for _, key := range subject.Sessions {
		removed, err := m.remove(ctx, key)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return out, fmt.Errorf("session: erasing the user of %s: %w", key, err)
		}
		out.Sessions = append(out.Sessions, removed)
	}
	err := m.eraseHeld(ctx, subject, &out)
	return out, errors.Join(err, listed)
}

// eraseHeld removes what holders have of somebody.
func (m *Manager) eraseHeld(ctx context.Context, subject Subject, out *Receipt) error {
	for _, h := range m.opts.Holders {
		n, err := h.Erase(ctx, subject)
		if out.Holders == nil {
			out.Holders = map[string]int{}
		}
		out.Holders[h.Name()] += n
		if err != nil {
			return fmt.Errorf("session: erasing a user from %s: %w", h.Name(), err)
		}
	}
	return nil
}

// subject finds the conversations of a user.
func (m *Manager) subject(ctx context.Context, tenant, user string) (Subject, error) {
	out := Subject{Tenant: tenant, User: user}
	if user == "" {
		return out, fmt.Errorf("session: a user without a name is nobody: %w", ErrName)
	}
	if err := checkName("user", user, false); err != nil {
		return out, err
	}
	if err := checkName("tenant", tenant, true); err != nil {
		return out, err
	}
	for _, name := range m.opts.Keys.names(tenant, user) {
		for r, err := range m.store.List(ctx, Filter{Tenant: tenant, User: name}) {
			if err != nil {
				return out, fmt.Errorf("session: finding the conversations of a user of %q: %w", tenant, err)
			}
			out.Sessions = append(out.Sessions, r.Key)
		}
	}
	slices.SortFunc(out.Sessions, Key.Compare)
	out.Sessions = slices.Compact(out.Sessions)
	return out, nil
}

// Delete removes one conversation with its log.
func (m *Manager) Delete(ctx context.Context, key Key) (Removed, error) {
	if err := key.Validate(); err != nil {
		return Removed{}, err
	}
	return m.remove(ctx, key)
}

func (m *Manager) remove(ctx context.Context, key Key) (Removed, error) {
	unlock, _, err := m.locks.lock(ctx, key, 0)
	if err != nil {
		return Removed{}, err
	}
	defer unlock()
	for {
		r, err := m.store.Load(ctx, key)
		if err != nil {
			if errors.Is(err, ErrCorrupt) {
				return Removed{ID: key.ID}, m.store.Delete(ctx, key, 0)
			}
			return Removed{}, err
		}
		out := m.count(ctx, r)
		if err := m.store.Delete(ctx, key, r.Version); !errors.Is(err, ErrConflict) {
			if err != nil && m.gone(ctx, err, key) {
				err = nil
			}
			return out, err
		}
		if err := pause(ctx, 1); err != nil {
			return Removed{}, err
		}
	}
}

// gone asks the store whether a deletion that ended in an error has happened: the
// answer may have been lost on its way.
func (m *Manager) gone(ctx context.Context, err error, key Key) bool {
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrClosed) {
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askSaved)
	defer cancel()
	_, err = m.store.Load(ctx, key)
	return errors.Is(err, ErrNotFound)
}

// count says what a record and its log hold, as far as they can be read.
func (m *Manager) count(ctx context.Context, r Record) Removed {
	out := Removed{ID: r.Key.ID, Bytes: len(r.Data)}
	if c, err := m.read(r); err == nil {
		out.Slots = len(slotsOf(c.state))
	}
	for raw, err := range m.store.Log(ctx, r.Key, 0) {
		if err != nil {
			break
		}
		out.Entries++
		out.Bytes += len(raw.Data)
		if e, err := m.readEntry(r.Key, raw); err == nil && e.Text != "" {
			out.Messages++
		}
	}
	return out
}

// An Export is all that is held of a user, for them to read.
type Export struct {
	Tenant   string                     `json:"tenant"`
	User     string                     `json:"user"`
	At       time.Time                  `json:"at"`
	Sessions []Exported                 `json:"sessions"`
	Holders  map[string]json.RawMessage `json:"holders,omitempty"`
}

// An Exported is one conversation of an export.
type Exported struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Expires time.Time `json:"expires,omitzero"`
	Tokens  int64     `json:"tokens"` // that language models have used
	State   dst.State `json:"state"`
	Log     []Logged  `json:"log"`
}

// Export returns all that is held of a user of a tenant, as it is: sensitive
// values too. It fails where anything of it cannot be read.
func (m *Manager) Export(ctx context.Context, tenant, user string) (Export, error) {
	out := Export{Tenant: tenant, User: user, At: m.opts.Now(), Sessions: []Exported{}}
	subject, err := m.subject(ctx, tenant, user)
	if err != nil {
		return out, err
	}
	for _, key := range subject.Sessions {
		one, err := m.export(ctx, key)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Sessions = append(out.Sessions, one)
	}
	for _, h := range m.opts.Holders {
		held, err := h.Export(ctx, subject)
		if err != nil {
			return out, fmt.Errorf("session: exporting from %s: %w", h.Name(), err)
		}
		if held != nil {
			if out.Holders == nil {
				out.Holders = map[string]json.RawMessage{}
			}
			out.Holders[h.Name()] = held
		}
	}
	return out, nil
}

func (m *Manager) export(ctx context.Context, key Key) (Exported, error) {
	unlock, _, err := m.locks.lock(ctx, key, 0)
	if err != nil {
		return Exported{}, err
	}
	defer unlock()
	for {
		out, version, err := m.exported(ctx, key)
		if err != nil {
			return Exported{}, err
		}
		// State and log are of one moment if nobody, in another process, saved between.
		switch r, err := m.store.Load(ctx, key); {
		case err != nil:
			return Exported{}, fmt.Errorf("session: exporting %s: %w", key, err)
		case r.Version == version:
			return out, nil
		}
		if err := pause(ctx, 1); err != nil {
			return Exported{}, fmt.Errorf("session: exporting %s: %w", key, err)
		}
	}
}

// exported reads a conversation, then its log.
func (m *Manager) exported(ctx context.Context, key Key) (out Exported, version uint64, err error) {
	r, err := m.store.Load(ctx, key)
	if err != nil {
		return out, 0, fmt.Errorf("session: exporting %s: %w", key, err)
	}
	c, err := m.read(r)
	if err != nil {
		return out, 0, err
	}
	out = Exported{ID: key.ID, Created: at(c.created), Updated: at(c.updated), Expires: r.Expires, Tokens: c.spent, State: c.state, Log: []Logged{}}
	for e, err := range m.entries(ctx, key, 0) {
		if err != nil {
			return out, 0, err
		}
		out.Log = append(out.Log, e)
	}
	return out, r.Version, nil
}
