package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// The tests of faults start this test program again, to end it or to limit it.
func TestMain(m *testing.M) {
	if role := os.Getenv("BOLT_TEST_ROLE"); role != "" {
		if err := roles[role](os.Getenv("BOLT_TEST_PATH")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// roles are what a program that a test starts does with a path.
var roles = map[string]func(path string) error{}

func id(tenant, name string) session.Key { return session.Key{Tenant: tenant, ID: name} }

// counter is a conversation that counts: its record says who it is and how far
// it is, and so does each entry of its log, so that every mix-up shows.
func counter(i int) session.Key { return id(fmt.Sprint("shop", i%3), fmt.Sprint("c", i)) }

func counted(key session.Key, n uint64) string { return fmt.Sprintf("%s %d", key, n) }

// userOf has a conversation change hands at times, so that the index does.
func userOf(key session.Key, n uint64) string { return fmt.Sprint(key.ID, "-", n/4) }

var countedFrom = time.UnixMilli(1_800_000_000_000)

// count makes the change after the n-th of a conversation.
func count(key session.Key, n uint64) session.Change {
	next := session.Record{
		Key: key, User: userOf(key, n+1), Version: n + 1, Expires: countedFrom.Add(time.Duration(n) * time.Minute),
		Data: []byte(counted(key, n+1) + strings.Repeat(".", int(n%5)*100)),
	}
	return session.Change{Record: next, Prev: n, Append: []session.Entry{{Seq: n + 1, Data: []byte(counted(key, n+1))}}}
}

// countOn adds one to a conversation.
func countOn(ctx context.Context, s *Store, key session.Key) (n uint64, err error) {
	r, err := s.Load(ctx, key)
	if err != nil && !errors.Is(err, session.ErrNotFound) {
		return 0, err
	}
	return r.Version + 1, s.Save(ctx, count(key, r.Version))
}

// countedTo is how far a conversation is, with an error if it is not whole.
func countedTo(ctx context.Context, s *Store, key session.Key) (uint64, error) {
	r, err := s.Load(ctx, key)
	if err != nil && !errors.Is(err, session.ErrNotFound) {
		return 0, err
	}
	n := r.Version
	if want := count(key, n-1).Record; n > 0 && (string(r.Data) != string(want.Data) || r.User != want.User || !r.Expires.Equal(want.Expires)) {
		return 0, fmt.Errorf("%s holds %q of %q at %d", key, r.Data, r.User, n)
	}
	at := uint64(0)
	for e, err := range s.Log(ctx, key, 0) {
		if err != nil {
			return 0, err
		}
		if at++; e.Seq != at || string(e.Data) != counted(key, at) {
			return 0, fmt.Errorf("entry %d of %s is number %d, %q", at, key, e.Seq, e.Data)
		}
	}
	if at != n {
		return 0, fmt.Errorf("%s is at %d, and its log at %d", key, n, at)
	}
	if n == 0 {
		return 0, nil
	}
	return n, indexedOnce(ctx, s, r)
}

// indexedOnce reports whether the indexes have a record where they should.
func indexedOnce(ctx context.Context, s *Store, r session.Record) error {
	for _, f := range []session.Filter{
		{Tenant: r.Key.Tenant, User: r.User}, {AllTenants: true, User: r.User}, {Tenant: r.Key.Tenant, Expired: r.Expires},
	} {
		found := 0
		for other, err := range s.List(ctx, f) {
			if err != nil {
				return err
			}
			if other.Key == r.Key {
				found++
			}
		}
		if found != 1 {
			return fmt.Errorf("List of %+v has %s %d times", f, r.Key, found)
		}
	}
	return nil
}

// allCounted is how far the first n conversations are.
func allCounted(t *testing.T, s *Store, n int) []uint64 {
	t.Helper()
	out := make([]uint64, n)
	for i := range out {
		var err error
		if out[i], err = countedTo(t.Context(), s, counter(i)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func wantError(t *testing.T, what string, err, is error, texts ...string) {
	t.Helper()
	if !errors.Is(err, is) {
		t.Errorf("%s: error %v, want one that is %q", what, err, is)
		return
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("%s: error %q says nothing of %q", what, err, text)
		}
	}
}
