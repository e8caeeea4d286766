package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
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
// like any other. Where nobody can be found, the index being hashed with another
// secret, it is [ErrKey].
//
// What a database does with the bytes of what it deleted is its own affair: they
// may stay in free pages of its files, in its journal and in backups until they
// are overwritten. Seal what is kept; then, after [Manager.Rekey], whoever throws
// the old keys away has made unreadable whatever they sealed, wherever a copy is.
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
	if len(out.Sessions) == 0 && !m.findsUsers.Load() {
		if err := m.checkUsers(ctx, tenant); err != nil {
			return out, err
		}
	}
	m.findsUsers.Store(true)
	return out, nil
}

// checkUsers reports whether nobody can be found since the store's index has the
// names of users hashed with another secret: the first of them tells. It may go
// through all conversations, and is not needed twice.
func (m *Manager) checkUsers(ctx context.Context, tenant string) error {
	for r, err := range m.store.List(ctx, Filter{Tenant: tenant}) {
		switch {
		case err != nil:
			return fmt.Errorf("session: finding the conversations of a user of %q: %w", tenant, err)
		case m.opts.Keys.foreign(r.User):
			return fmt.Errorf("session: names of users of %q are hashed with another secret than KeyringOptions.Users has: %w", tenant, ErrKey)
		case r.User != "":
			return nil
		}
	}
	return nil
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
