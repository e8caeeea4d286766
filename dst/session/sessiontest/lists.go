package sessiontest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// list is what the filter finds, in the order in which it comes.
func (s suite) list(t *testing.T, f session.Filter) string {
	t.Helper()
	var keys []string
	for r, err := range s.List(s.ctx, f) {
		if err != nil {
			t.Fatalf("List: %v", err)
		}
		keys = append(keys, r.Key.String())
	}
	return strings.Join(keys, " ")
}

func list(t *testing.T, s suite) {
	for i, r := range []session.Record{
		{Key: id("b", "1"), User: "ann", Expires: at},
		{Key: id("", "2"), User: "ann", Expires: at.Add(time.Hour)},
		{Key: id("a", "3"), User: "bob"},
		{Key: id("a", "1"), User: "ann", Expires: at.Add(-time.Millisecond)},
		{Key: id("a", "Z"), User: "Ann"},
		{Key: id("a", "é")},
	} {
		r.Version, r.Data = uint64(i+1), []byte("data")
		s.mustSave(t, session.Change{Record: r})
	}
	for _, test := range []struct {
		filter session.Filter
		want   string
	}{
		{session.Filter{AllTenants: true}, "2 a/1 a/3 a/Z a/é b/1"},
		{session.Filter{}, "2"},
		{session.Filter{Tenant: "a"}, "a/1 a/3 a/Z a/é"},
		{session.Filter{Tenant: "c"}, ""},
		{session.Filter{Tenant: "a", User: "ann"}, "a/1"},
		{session.Filter{AllTenants: true, User: "ann"}, "2 a/1 b/1"},
		{session.Filter{AllTenants: true, Expired: at}, "a/1 b/1"},
		{session.Filter{Tenant: "b", User: "ann", Expired: at.Add(-time.Millisecond)}, ""},
	} {
		if got := s.list(t, test.filter); got != test.want {
			t.Errorf("List of %+v: %q, want %q", test.filter, got, test.want)
		}
	}
	for r, err := range s.List(s.ctx, session.Filter{Tenant: "b"}) {
		if err != nil || r.User != "ann" || r.Version != 1 || !r.Expires.Equal(at) || len(r.Data) > 0 {
			t.Errorf("List yields %s, %v", show(r), err)
		}
	}
}

// listMany goes beyond what a store may fetch at once, and changes each record
// as it comes.
func listMany(t *testing.T, s suite) {
	const n, workers = 1000, 8
	want := make([]string, n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				c := change(id("shop", fmt.Sprintf("c%04d", i)), 1, "x")
				c.Record.User, want[i] = "ann", c.Record.Key.String()
				if err := s.Save(s.ctx, c); err != nil {
					t.Errorf("Save: %v", err)
				}
			}
		})
	}
	wg.Wait()
	var got []string
	for r, err := range s.List(s.ctx, session.Filter{Tenant: "shop", User: "ann"}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r.Key.String())
		if len(got)%3 == 0 {
			if err := s.Delete(s.ctx, r.Key, r.Version); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("List of %d yields %d: %.80s", n, len(got), strings.Join(got, " "))
	}
	if left := len(strings.Fields(s.list(t, session.Filter{AllTenants: true}))); left != n-n/3 {
		t.Errorf("%d are left of %d after a third was deleted", left, n)
	}
}

// listWhileWriting: what is there all the while comes once.
func listWhileWriting(t *testing.T, s suite) {
	for i := range 200 {
		s.mustSave(t, change(id("shop", fmt.Sprintf("stays%03d", i)), 1, "x"))
	}
	done := make(chan error)
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if err := s.Save(s.ctx, change(id("shop", fmt.Sprintf("new%05d", i)), 1, "x")); err != nil {
				done <- err
				return
			}
		}
	}()
	for range 3 {
		seen := map[string]int{}
		for r, err := range s.List(s.ctx, session.Filter{Tenant: "shop"}) {
			if err != nil {
				t.Fatal(err)
			}
			seen[r.Key.ID]++
		}
		for i := range 200 {
			if name := fmt.Sprintf("stays%03d", i); seen[name] != 1 {
				t.Fatalf("%s comes %d times", name, seen[name])
			}
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func expires(t *testing.T, s suite) {
	r := session.Record{Key: id("shop", "c1"), Version: 1, Expires: at, Data: []byte("x")}
	s.mustSave(t, session.Change{Record: r, Append: entries(1, "a")})
	r.Version, r.Expires = 2, at.Add(time.Hour) // put off
	s.mustSave(t, session.Change{Record: r, Prev: 1})
	s.want(t, r)
	if got := s.list(t, session.Filter{AllTenants: true, Expired: at}); got != "" {
		t.Errorf("List still says that %s expires", got)
	}
	for ms, want := range map[time.Duration]string{-time.Millisecond: "", 0: "shop/c1", time.Millisecond: "shop/c1"} {
		if got := s.list(t, session.Filter{Tenant: "shop", Expired: r.Expires.Add(ms)}); got != want {
			t.Errorf("List of what has expired %v after the end: %q, want %q", ms, got, want)
		}
	}
	r.Version, r.Expires = 3, time.Time{} // for ever
	s.mustSave(t, session.Change{Record: r, Prev: 2})
	s.want(t, r)
	if got := s.list(t, session.Filter{AllTenants: true, Expired: at.Add(1000 * time.Hour)}); got != "" {
		t.Errorf("List still says that %s expires at all", got)
	}
	past := session.Record{Key: id("shop", "c2"), Version: 3, Expires: at.Add(-1000 * time.Hour), Data: []byte("y")}
	s.mustSave(t, session.Change{Record: past})
	if _, err := s.Load(s.ctx, past.Key); err != nil {
		wantError(t, "Load of what has expired", err, session.ErrNotFound)
	}
	s.want(t, r)
}
