package postgres_test

import (
	"context"
	"log"
	"log/slog"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/postgres"
)

// Conversations in a database, which is to keep what it acknowledges.
func ExampleOpen() {
	store, err := postgres.Open(context.Background(), os.Getenv("DATABASE_URL"), &postgres.Options{RequireDurable: true})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	manager, err := session.New(store, nil)
	if err != nil {
		log.Fatal(err)
	}
	_ = manager // plays the turns: see package session
}

// Conversations beside other tables of the program's, through its own pool.
func ExampleNew() {
	pool, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	store, err := postgres.New(context.Background(), pool, &postgres.Options{Schema: "conversations", Log: slog.Default()})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
}
