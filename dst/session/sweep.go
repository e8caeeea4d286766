package session

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Swept is what [Manager.Sweep] did.
type Swept struct {
	Removed   int           // conversations whose time was over
	Compacted int           // conversations of whose log something was too old
	Failed    map[Key]error // conversations that could not be read or changed
}

// Sweep removes the conversations of all tenants whose time is over, and what is
// older in logs than LogOptions.Age allows. A service calls it every few
// minutes or hours. Any number of processes may sweep at once. The error is the
// context's, or the store's in listing.
func (m *Manager) Sweep(ctx context.Context) (Swept, error) {
	out := Swept{Failed: map[Key]error{}}
	now := m.opts.Now()
	var listed error
	for r, err := range m.store.List(ctx, Filter{AllTenants: true, Expired: now}) {
		if err != nil {
			listed = fmt.Errorf("session: sweeping: %w", err)
			break
		}
		switch err := m.store.Delete(ctx, r.Key, r.Version); {
		case err == nil:
			out.Removed++
		case !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrConflict): // it went, or goes on
			out.Failed[r.Key] = err
		}
	}
	if m.opts.Log.Age <= 0 || listed != nil && !errors.Is(listed, ErrCorrupt) {
		return out, listed
	}
	err := m.sweepLogs(ctx, &out)
	return out, errors.Join(listed, err)
}

// resent is how long a message may come again, at the usual: so long a log is
// left alone after a turn, since it has the answer.
const resent = 10 * time.Minute

// sweepLogs begins logs anew of which something is too old.
func (m *Manager) sweepLogs(ctx context.Context, out *Swept) error {
	for r, err := range m.store.List(ctx, Filter{AllTenants: true}) {
		if err != nil {
			return fmt.Errorf("session: sweeping logs: %w", err)
		}
		old := false
		err := m.change(ctx, r.Key, func(c *conversation, now time.Time) ([]Logged, uint64, bool, error) {
			old = len(c.marks) > 0 && c.marks[0].seq < c.seq && now.Sub(at(c.marks[0].at)) >= m.opts.Log.Age &&
				now.Sub(at(c.updated)) >= min(m.opts.Log.Age, resent)
			if !old {
				return nil, 0, false, nil
			}
			added, trim := m.compact(c, now)
			return added, trim, true, nil
		})
		switch {
		case err == nil && old:
			out.Compacted++
		case err != nil && !errors.Is(err, ErrNotFound):
			out.Failed[r.Key] = err
		}
	}
	return nil
}

// Rekey seals anew what is sealed with an old key, or not at all, and returns
// how many conversations that were, and those that could not be. What is in
// their logs goes into the state, and the logs begin anew; conversations whose
// time is over go. Once none fails, nothing needs the old keys.
func (m *Manager) Rekey(ctx context.Context) (resealed int, failed map[Key]error, err error) {
	failed = map[Key]error{}
	if m.opts.Keys == nil {
		return 0, failed, errors.New("session: rekey: there is no keyring")
	}
	for r, err := range m.store.List(ctx, Filter{AllTenants: true}) {
		if err != nil {
			return resealed, failed, fmt.Errorf("session: rekey: %w", err)
		}
		done, err := m.rekey(ctx, r.Key)
		switch {
		case errors.Is(err, ErrNotFound):
		case err != nil:
			failed[r.Key] = err
		case done:
			resealed++
		}
	}
	return resealed, failed, nil
}

func (m *Manager) rekey(ctx context.Context, key Key) (done bool, err error) {
	r, err := m.store.Load(ctx, key)
	if err != nil {
		return false, err
	}
	stale := m.opts.Keys.stale(r.Data) || m.opts.Keys.renames(r)
	for e, err := range m.store.Log(ctx, key, 0) {
		if err != nil {
			return false, err
		}
		if stale = stale || m.opts.Keys.stale(e.Data); stale {
			break
		}
	}
	if !stale {
		return false, nil
	}
	if !r.Expires.IsZero() && !r.Expires.After(m.opts.Now()) {
		return false, m.store.Delete(ctx, key, r.Version)
	}
	return true, m.change(ctx, key, func(c *conversation, now time.Time) ([]Logged, uint64, bool, error) {
		added, trim := m.compact(c, now)
		return added, trim, true, nil
	})
}
