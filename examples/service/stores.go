package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/bolt"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// openStore opens the place where conversations are kept: "memory", a URL of
// PostgreSQL or Redis, or else a file. Keep the case that you need.
func openStore(ctx context.Context, place string, log *slog.Logger) (session.Store, io.Closer, error) {
	scheme, _, isURL := strings.Cut(place, "://")
	switch {
	case place == "memory":
		return session.NewMemory(), io.NopCloser(nil), nil
	case scheme == "postgres" || scheme == "postgresql":
		s, err := postgres.Open(ctx, place, &postgres.Options{Log: log})
		return s, s, err
	case scheme == "redis" || scheme == "rediss":
		s, err := redis.Open(ctx, place, &redis.Options{Log: log})
		return s, s, err
	case isURL:
		return nil, nil, errors.New("the store is a file, postgres://…, redis://… or memory")
	}
	s, err := bolt.Open(place, nil)
	return s, s, err
}

// reachable asks a store for a conversation that there is not.
func reachable(ctx context.Context, s session.Store) error {
	if _, err := s.Load(ctx, session.Key{ID: "readyz"}); !errors.Is(err, session.ErrNotFound) {
		return err
	}
	return nil
}
