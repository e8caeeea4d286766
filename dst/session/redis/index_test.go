package redis_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// indexed is what is in a user's index, in order.
func indexed(t *testing.T, c *goredis.Client, key string) []string {
	t.Helper()
	members, err := c.HKeys(t.Context(), key).Result()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(members)
	return members
}

// TestIndex: what is in a user's index and no conversation of the user's goes
// when it is listed, unless somebody may be about to save it.
func TestIndex(t *testing.T) {
	c := direct(t)
	p := prefix(t, single(c))
	s := open(t, server(t), &redis.Options{Prefix: p})
	version := uint64(0)
	save := func(id, user string, prev uint64) {
		t.Helper()
		version++
		r := session.Record{Key: session.Key{ID: id}, User: user, Version: version}
		if err := s.Save(t.Context(), session.Change{Record: r, Prev: prev}); err != nil {
			t.Fatal(err)
		}
	}
	list := func() (ids []string) {
		t.Helper()
		for r, err := range s.List(t.Context(), session.Filter{User: "ann"}) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.Key.ID)
		}
		return ids
	}
	save("stays", "ann", 0)
	save("gone", "ann", 0)
	save("changes", "ann", 0)
	save("changes", "bob", 3)
	c.Del(t.Context(), p+"s:{/gone}", p+"l:{/gone}") // as if it had expired
	if got := fmt.Sprint(list(), indexed(t, c, p+"u:ann")); got != "[stays] [/changes /gone /stays]" {
		t.Errorf("within the hour: %s", got)
	}
	long := time.Now().Add(-2 * time.Hour).UnixMilli()
	for _, member := range indexed(t, c, p+"u:ann") {
		c.HSet(t.Context(), p+"u:ann", member, long)
	}
	if got := fmt.Sprint(list(), indexed(t, c, p+"u:ann")); got != "[stays] [/stays]" {
		t.Errorf("two hours later: %s", got)
	}
	save("gone", "ann", 0)
	if err := s.Delete(t.Context(), session.Key{ID: "gone"}, 0); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(indexed(t, c, p+"u:ann")); got != "[/stays]" {
		t.Errorf("after a Delete: %s", got)
	}
	save("gone", "ann", 0)
	save("changes", "ann", 4)
	if got := fmt.Sprint(list()); got != "[changes gone stays]" {
		t.Errorf("those that are back: %s", got)
	}
	for i := range 200 { // and without anybody who lists them
		c.HSet(t.Context(), p+"u:ann", fmt.Sprintf("/old%d", i), long)
	}
	for i := range 64 {
		save(fmt.Sprintf("new%d", i), "ann", 0)
	}
	if got := len(indexed(t, c, p+"u:ann")); got != 67 {
		t.Errorf("the index has %d conversations, want 67", got)
	}
}

// TestIndexExpiry: an index stays as long as what is in it, and is not written
// again each time that a conversation is.
func TestIndexExpiry(t *testing.T) {
	c := direct(t)
	p := prefix(t, single(c))
	s := open(t, server(t), &redis.Options{Prefix: p})
	now := time.Now()
	version := uint64(0)
	save := func(id string, expires time.Time, prev uint64) {
		t.Helper()
		version++
		r := session.Record{Key: session.Key{ID: id}, User: "ann", Version: version, Expires: expires}
		if err := s.Save(t.Context(), session.Change{Record: r, Prev: prev}); err != nil {
			t.Fatal(err)
		}
	}
	left := func(key string) time.Duration {
		t.Helper()
		d, err := c.PTTL(t.Context(), p+key).Result()
		if err != nil {
			t.Fatal(err)
		}
		if d < 0 {
			return d // -1: it stays
		}
		return d.Round(time.Hour)
	}
	save("c", now.Add(24*time.Hour), 0)
	if got := left("u:ann"); got != 27*time.Hour {
		t.Errorf("the index of what expires in a day goes in %v", got)
	}
	c.HSet(t.Context(), p+"u:ann", "/c", "mark")
	save("c", now.Add(26*time.Hour), 1)
	if got := c.HGet(t.Context(), p+"u:ann", "/c").Val(); got != "mark" {
		t.Errorf("the index was written though it is good for long enough: %s", got)
	}
	save("c", now.Add(50*time.Hour), 2)
	if got := left("u:ann"); got != 56*time.Hour {
		t.Errorf("the index of what expires in 50 hours goes in %v", got)
	}
	save("d", now.Add(time.Hour), 0)
	if got := left("u:ann"); got != 56*time.Hour {
		t.Errorf("the index goes in %v after something shorter came", got)
	}
	if got := left("s:{/c}"); got != 50*time.Hour {
		t.Errorf("the record goes in %v", got)
	}
	save("c", time.Time{}, 3)
	save("d", now.Add(2*time.Hour), 4)
	for _, key := range []string{"u:ann", "s:{/c}"} {
		if got := left(key); got != -1 {
			t.Errorf("%s goes in %v, and should not", key, got)
		}
	}
}

// TestIndexRace has one goroutine delete and another one create a conversation:
// whenever both are done it is in the index if it is there.
func TestIndexRace(t *testing.T) {
	c := direct(t)
	s := open(t, server(t), &redis.Options{Prefix: prefix(t, single(c))})
	key := session.Key{ID: "c"}
	for round := range uint64(100) {
		var wg sync.WaitGroup
		for w := range uint64(3) {
			wg.Go(func() {
				err := s.Save(t.Context(), session.Change{Record: session.Record{Key: key, User: "ann", Version: round*3 + w + 1}})
				if err != nil && !errors.Is(err, session.ErrConflict) {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			if err := s.Delete(t.Context(), key, 0); err != nil && !errors.Is(err, session.ErrNotFound) {
				t.Error(err)
			}
		})
		wg.Wait()
		want := ""
		if _, err := s.Load(t.Context(), key); err == nil {
			want = "c"
		}
		if got, err := listError(t, s); err != nil || got != want {
			t.Fatalf("round %d: List has %q, %v, want %q", round, got, err, want)
		}
	}
}
