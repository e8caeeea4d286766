package sessiontest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// count adds one to the number that a conversation holds, and to its log, as
// often as it takes.
func count(t *testing.T, s session.Store, key session.Key, versions *atomic.Uint64) error {
	for {
		r, err := s.Load(t.Context(), key)
		if err != nil && !errors.Is(err, session.ErrNotFound) {
			return err
		}
		n := 0
		if err == nil {
			if n, err = strconv.Atoi(string(r.Data)); err != nil {
				return fmt.Errorf("%s holds %q", key, r.Data)
			}
		}
		n++
		c := change(key, versions.Add(1), strconv.Itoa(n))
		c.Prev, c.Append = r.Version, entries(uint64(n), key.String())
		if err = s.Save(t.Context(), c); err == nil || !errors.Is(err, session.ErrConflict) {
			return err
		}
	}
}

// counters has many add to few numbers at once: none is lost, and none in
// another's.
func counters(t *testing.T, s suite) {
	runCounters(t, s, []session.Store{s.Store})
}

func runCounters(t *testing.T, s suite, stores []session.Store) {
	const keys, workers, each = 5, 8, 20
	var versions atomic.Uint64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range keys * each {
				key := id(strconv.Itoa(i%keys%2), strconv.Itoa(i%keys))
				if err := count(t, stores[w%len(stores)], key, &versions); err != nil {
					t.Errorf("counting %s: %v", key, err)
					return
				}
			}
		})
	}
	wg.Wait()
	for i := range keys {
		key := id(strconv.Itoa(i%2), strconv.Itoa(i))
		if got := string(s.mustLoad(t, key).Data); got != strconv.Itoa(workers*each) {
			t.Errorf("%s counts %s, want %d", key, got, workers*each)
		}
		want := make([]string, workers*each)
		for n := range want {
			want[n] = fmt.Sprintf("%d:%s", n+1, key)
		}
		if got := s.log(t, key, 0); got != strings.Join(want, " ") {
			t.Errorf("the log of %s is not what was counted: %s", key, got)
		}
	}
}

// race has many create, and delete, one conversation at once: one of them does.
func race(t *testing.T, s suite) {
	key := id("shop", "c")
	for round := range uint64(10) {
		var created, deleted atomic.Int32
		var wg sync.WaitGroup
		for w := range uint64(8) {
			wg.Go(func() {
				switch err := s.Save(s.ctx, change(key, round*8+w+1, "x")); {
				case err == nil:
					created.Add(1)
				case !errors.Is(err, session.ErrConflict):
					t.Errorf("Save: %v", err)
				}
			})
		}
		wg.Wait()
		version := s.mustLoad(t, key).Version
		for range 8 {
			wg.Go(func() {
				switch err := s.Delete(s.ctx, key, version); {
				case err == nil:
					deleted.Add(1)
				case !errors.Is(err, session.ErrNotFound):
					t.Errorf("Delete: %v", err)
				}
			})
		}
		wg.Wait()
		if created.Load() != 1 || deleted.Load() != 1 {
			t.Fatalf("%d created it and %d deleted it, want one each", created.Load(), deleted.Load())
		}
	}
}

func reopen(t *testing.T, s suite) {
	if s.Reopen == nil {
		t.Skip("the store forgets with the program")
	}
	full := session.Record{Key: id("shop", "c1"), User: "ann", Version: 1, Expires: at, Data: []byte("state")}
	s.mustSave(t, session.Change{Record: full, Append: entries(1, "a", "b")})
	s.mustSave(t, change(id("shop", "gone"), 2, "x"))
	if err := s.Delete(s.ctx, id("shop", "gone"), 0); err != nil {
		t.Fatal(err)
	}
	s.Store = s.Reopen(t, s.Store)
	s.want(t, full)
	if got := s.log(t, full.Key, 0); got != "1:a 2:b" {
		t.Errorf("the log: %s", got)
	}
	if got := s.list(t, session.Filter{AllTenants: true}); got != "shop/c1" {
		t.Errorf("List: %s", got)
	}
	next := full
	next.Version = 3
	s.mustSave(t, session.Change{Record: next, Prev: 1, Append: entries(3, "c")})
	s.want(t, next)
}

// second has two programs on the same data.
func second(t *testing.T, s suite) {
	if s.Second == nil {
		t.Skip("one program at a time")
	}
	other := s.Second(t, s.Store)
	runCounters(t, s, []session.Store{s.Store, other})
	s.mustSave(t, change(id("shop", "c"), 1, "x"))
	if err := other.Delete(s.ctx, id("shop", "c"), 1); err != nil {
		t.Fatal(err)
	}
	_, err := s.Load(s.ctx, id("shop", "c"))
	wantError(t, "Load of what another program has deleted", err, session.ErrNotFound)
}
