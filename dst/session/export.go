package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

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
