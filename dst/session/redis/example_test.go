package redis_test

import (
	"context"
	"log"
	"os"

	goredis "github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// Conversations in one server, which is to keep what it acknowledges.
func ExampleOpen() {
	store, err := redis.Open(context.Background(), os.Getenv("REDIS_URL"), &redis.Options{RequireDurable: true})
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

// Conversations in a cluster, through a client that the program has.
func ExampleNew() {
	cluster := goredis.NewClusterClient(&goredis.ClusterOptions{Addrs: []string{"cache1:6379", "cache2:6379"}, ContextTimeoutEnabled: true})
	defer cluster.Close()
	store, err := redis.New(context.Background(), cluster, &redis.Options{Prefix: "shop:"})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
}
