package redis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
)

// How much is fetched at once.
const (
	listPage = 500
	scanPage = 1000
)

// List implements [session.Store]. The conversations of a user come from the
// user's index; for all others it goes through all keys of the servers, and has
// the keys of what is listed in memory. What has expired is gone by itself, so
// that nothing is looked for where that is asked for. A record that cannot be
// read is passed over, and named by the error that comes last.
func (s *Store) List(ctx context.Context, filter session.Filter) iter.Seq2[session.Record, error] {
	return func(yield func(session.Record, error) bool) {
		keys, index, err := s.candidates(ctx, filter)
		var damaged []error
		for page := range slices.Chunk(keys, listPage) {
			var found []found
			if found, err = s.fetch(ctx, page, filter.User, index); err != nil {
				break
			}
			for _, f := range found {
				if f.err != nil && !errors.Is(f.err, session.ErrNotFound) {
					damaged = append(damaged, f.err)
				} else if f.err == nil && filter.Admits(f.Record) && !yield(f.Record, nil) {
					return
				}
			}
		}
		if err == nil {
			err = errors.Join(damaged...)
		}
		if err != nil {
			yield(session.Record{}, failed(ctx, "listing conversations", err))
		}
	}
}

// candidates returns the keys among which is all that the filter asks for, in
// order, and the index where they come from one.
func (s *Store) candidates(ctx context.Context, filter session.Filter) (keys []session.Key, index map[string]string, err error) {
	if !filter.Expired.IsZero() {
		now, err := ask(ctx, s, func() (time.Time, error) { return s.client.Time(ctx).Result() })
		if err != nil || !filter.Expired.After(now) {
			return nil, nil, err
		}
	}
	if filter.User != "" {
		keys, index, err = s.indexed(ctx, filter)
	} else {
		keys, err = s.scan(ctx, filter)
	}
	slices.SortFunc(keys, session.Key.Compare)
	return slices.Compact(keys), index, err
}

// scan looks through all keys. One may come twice.
func (s *Store) scan(ctx context.Context, filter session.Filter) ([]session.Key, error) {
	return ask(ctx, s, func() (found []session.Key, err error) {
		var mu sync.Mutex
		err = s.nodes(ctx, func(ctx context.Context, node *redis.Client) error {
			it := node.Scan(ctx, 0, s.pattern(filter), scanPage).Iterator()
			for it.Next(ctx) {
				if key, ok := s.parseRecordKey(it.Val()); ok {
					mu.Lock()
					found = append(found, key)
					mu.Unlock()
				}
			}
			return it.Err()
		})
		return found, err
	})
}

// indexed returns a user's index, and the keys in it that the filter admits.
func (s *Store) indexed(ctx context.Context, filter session.Filter) (keys []session.Key, index map[string]string, err error) {
	index, err = ask(ctx, s, func() (map[string]string, error) { return s.client.HGetAll(ctx, s.userKey(filter.User)).Result() })
	for member := range index {
		if key, ok := parseName(member); ok && (filter.AllTenants || key.Tenant == filter.Tenant) {
			keys = append(keys, key)
		}
	}
	return keys, index, err
}

// found is what was found of a conversation.
type found struct {
	session.Record       // without Data
	err            error // that it is not there, or damaged
}

// fetch reads records, in the order of the keys. Where the keys come from a
// user's index it takes those from it that do not belong there.
func (s *Store) fetch(ctx context.Context, keys []session.Key, user string, index map[string]string) ([]found, error) {
	cmds, err := ask(ctx, s, func() ([]*redis.SliceCmd, error) {
		cmds := make([]*redis.SliceCmd, len(keys))
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, key := range keys {
				cmds[i] = p.HMGet(ctx, s.recordKey(key), "version", "user", "expires")
			}
			return nil
		})
		if redis.HasErrorPrefix(err, "WRONGTYPE") { // of one of them
			err = nil
		}
		return cmds, err
	})
	if err != nil {
		return nil, err
	}
	out := make([]found, len(keys))
	var stale []any
	for i, key := range keys {
		fields, err := cmds[i].Result()
		if out[i].Record, out[i].err = record(key, fields); err != nil {
			out[i].err = corrupt("%s: %v", key, err)
		} else if errors.Is(out[i].err, session.ErrCorrupt) {
			out[i].err = fmt.Errorf("%s: %w", key, out[i].err)
		}
		member := name(key)
		if at, ok := index[member]; ok && (errors.Is(out[i].err, session.ErrNotFound) || out[i].err == nil && out[i].User != user) {
			stale = append(stale, member, at)
		}
	}
	if len(stale) > 0 {
		if _, err := s.run(ctx, cleanScript, []string{s.userKey(user)}, stale...); err != nil {
			return nil, err
		}
	}
	return out, nil
}
