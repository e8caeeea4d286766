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

// desk saves conversations of users, and looks into the index of one of them.
type desk struct {
	*redis.Store
	t       *testing.T
	client  *goredis.Client
	prefix  string
	version uint64
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, client: direct(t)}
	d.prefix = prefix(t, single(d.client))
	d.Store = open(t, server(t), &redis.Options{Prefix: d.prefix})
	return d
}

func (d *desk) save(id, user string, prev uint64, expires time.Time) {
	d.t.Helper()
	d.version++
	r := session.Record{Key: session.Key{ID: id}, User: user, Version: d.version, Expires: expires}
	if err := d.Save(d.t.Context(), session.Change{Record: r, Prev: prev}); err != nil {
		d.t.Fatal(err)
	}
}

// listed is what List has of ann, and what her index has.
func (d *desk) listed() string {
	d.t.Helper()
	ids, err := listError(d.t, d.Store)
	if err != nil {
		d.t.Fatal(err)
	}
	return fmt.Sprintf("[%s] %v", ids, indexed(d.t, d.client, d.prefix+"u:ann"))
}

// left is when a key goes, in hours; less than 0 is never.
func (d *desk) left(key string) time.Duration {
	d.t.Helper()
	left, err := d.client.PTTL(d.t.Context(), d.prefix+key).Result()
	if err != nil {
		d.t.Fatal(err)
	}
	if left < 0 {
		return left
	}
	return left.Round(time.Hour)
}

// TestIndex: what is in a user's index and no conversation of the user's goes
// when it is listed, unless somebody may be about to save it.
func TestIndex(t *testing.T) {
	d, never := newDesk(t), time.Time{}
	want := func(when, want string) {
		t.Helper()
		if got := d.listed(); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	d.save("stays", "ann", 0, never)
	d.save("gone", "ann", 0, never)
	d.save("changes", "ann", 0, never)
	d.save("changes", "bob", 3, never)
	d.client.Del(t.Context(), d.prefix+"s:{/gone}", d.prefix+"l:{/gone}") // as if it had expired
	want("within the hour", "[stays] [/changes /gone /stays]")
	long := time.Now().Add(-2 * time.Hour).UnixMilli()
	for _, member := range indexed(t, d.client, d.prefix+"u:ann") {
		d.client.HSet(t.Context(), d.prefix+"u:ann", member, long)
	}
	want("two hours later", "[stays] [/stays]")
	d.save("gone", "ann", 0, never)
	if err := d.Delete(t.Context(), session.Key{ID: "gone"}, 0); err != nil {
		t.Fatal(err)
	}
	want("after a Delete", "[stays] [/stays]")
	d.save("gone", "ann", 0, never)
	d.save("changes", "ann", 4, never)
	want("back", "[changes gone stays] [/changes /gone /stays]")
	for i := range 200 { // and without anybody who lists them
		d.client.HSet(t.Context(), d.prefix+"u:ann", fmt.Sprintf("/old%d", i), long)
	}
	for i := range 64 {
		d.save(fmt.Sprintf("new%d", i), "ann", 0, never)
	}
	if got := len(indexed(t, d.client, d.prefix+"u:ann")); got != 67 {
		t.Errorf("the index has %d conversations, want 67", got)
	}
}

// TestIndexExpiry: an index stays as long as what is in it, and is not written
// again each time that a conversation is.
func TestIndexExpiry(t *testing.T) {
	d, now := newDesk(t), time.Now()
	want := func(key string, want time.Duration) {
		t.Helper()
		if got := d.left(key); got != want {
			t.Errorf("%s goes in %v, want %v", key, got, want)
		}
	}
	d.save("c", "ann", 0, now.Add(24*time.Hour))
	want("u:ann", 27*time.Hour)
	d.client.HSet(t.Context(), d.prefix+"u:ann", "/c", "mark")
	d.save("c", "ann", 1, now.Add(26*time.Hour))
	if got := d.client.HGet(t.Context(), d.prefix+"u:ann", "/c").Val(); got != "mark" {
		t.Errorf("the index was written though it is good for long enough: %s", got)
	}
	d.save("c", "ann", 2, now.Add(48*time.Hour))
	want("u:ann", 54*time.Hour)
	d.save("d", "ann", 0, now.Add(time.Hour))
	want("u:ann", 54*time.Hour)
	want("s:{/c}", 48*time.Hour)
	d.save("c", "ann", 3, time.Time{})
	d.save("d", "ann", 4, now.Add(2*time.Hour))
	want("u:ann", -1)
	want("s:{/c}", -1)
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
