package bolt_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/bolt"
)

func Example() {
	dir, err := os.MkdirTemp("", "sessions")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "sessions.db")

	store, err := bolt.Open(path, nil)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	key := session.Key{Tenant: "shop", ID: "c1"}
	err = store.Save(ctx, session.Change{
		Record: session.Record{Key: key, User: "ann", Version: 1, Data: []byte("two red shirts")},
		Append: []session.Entry{{Seq: 1, Data: []byte("Do you have red shirts?")}},
	})
	if err != nil {
		log.Fatal(err)
	}
	store.Close() // or the machine fails
	if store, err = bolt.Open(path, nil); err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	record, err := store.Load(ctx, key)
	fmt.Printf("%s of %s: %s, %v\n", record.Key, record.User, record.Data, err)
	for entry, err := range store.Log(ctx, key, 0) {
		fmt.Println(entry.Seq, string(entry.Data), err)
	}
	err = store.Save(ctx, session.Change{Record: session.Record{Key: key, Version: 3}, Prev: 2})
	fmt.Println(err)
	// Output:
	// shop/c1 of ann: two red shirts, <nil>
	// 1 Do you have red shirts? <nil>
	// bolt: save shop/c1: the session was changed by somebody else
}

func ExampleStore_Backup() {
	dir, err := os.MkdirTemp("", "sessions")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	store, err := bolt.Open(filepath.Join(dir, "sessions.db"), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()

	f, err := os.Create(filepath.Join(dir, "backup.db"))
	if err != nil {
		log.Fatal(err)
	}
	if err := store.Backup(f); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("saved")
	// Output: saved
}
