package sessionbench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/bolt"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// An opened store is empty, and leaves nothing behind when it is closed.
type opened struct {
	session.Store
	close func() error
	file  string // that it is in, "" for none
}

// openStore opens a store by its name; folder is for its files.
func openStore(ctx context.Context, name, folder string, a arguments) (*opened, error) {
	switch name {
	case "memory":
		return &opened{Store: session.NewMemory(), close: func() error { return nil }}, nil
	case "bolt":
		path := filepath.Join(folder, "sessions.db")
		s, err := bolt.Open(path, nil)
		if err != nil {
			return nil, err
		}
		return &opened{s, s.Close, path}, nil
	case "redis":
		s, err := redis.Open(ctx, a.redis, &redis.Options{Prefix: "slotgraph-benchmark:"})
		if err != nil {
			return nil, err
		}
		return onServer(ctx, s, s.Close)
	}
	s, err := postgres.Open(ctx, a.postgres, &postgres.Options{Schema: "slotgraph_benchmark"})
	if err != nil {
		return nil, err
	}
	return onServer(ctx, s, s.Close)
}

// onServer is a store whose place on its server is the benchmark's own.
func onServer(ctx context.Context, s session.Store, closes func() error) (*opened, error) {
	if err := empty(ctx, s); err != nil { // of what a benchmark left that was stopped
		return nil, errors.Join(err, closes())
	}
	return &opened{Store: s, close: func() error {
		return errors.Join(empty(context.WithoutCancel(ctx), s), closes())
	}}, nil
}

// empty deletes all conversations of a store.
func empty(ctx context.Context, s session.Store) error {
	var keys []session.Key
	for r, err := range s.List(ctx, session.Filter{AllTenants: true}) {
		if err != nil {
			return err
		}
		keys = append(keys, r.Key)
	}
	return each(ctx, len(keys), 16, func(i int) error {
		if err := s.Delete(ctx, keys[i], 0); err != nil && !errors.Is(err, session.ErrNotFound) {
			return fmt.Errorf("removing what the benchmark stored: %w", err)
		}
		return nil
	})
}

// fileBytes is the size of a file.
func fileBytes(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
