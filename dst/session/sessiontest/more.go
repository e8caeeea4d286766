package sessiontest

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// logMany goes beyond what a store may fetch at once, and uses the store in
// between.
func logMany(t *testing.T, s suite) {
	const n = 1000
	key := id("shop", "c")
	c := change(key, 1, "x")
	var want []string
	for i := range uint64(n) {
		c.Append = append(c.Append, entries(i+1, fmt.Sprint("entry", i))...)
		want = append(want, fmt.Sprintf("%d:entry%d", i+1, i))
	}
	s.mustSave(t, c)
	if got := s.log(t, key, 0); got != strings.Join(want, " ") {
		t.Errorf("the log of %d entries: %.80s", n, got)
	}
	if got := s.log(t, key, n-1); got != strings.Join(want[n-2:], " ") {
		t.Errorf("the end of a log of %d entries: %.80s", n, got)
	}
	next := uint64(1)
	for e, err := range s.Log(s.ctx, key, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq != next {
			t.Fatalf("entry %d comes after entry %d", e.Seq, next-1)
		}
		next++
		if e.Seq%400 == 0 {
			version := s.mustLoad(t, key).Version
			s.mustSave(t, session.Change{Record: session.Record{Key: key, Version: version + 1}, Prev: version})
		}
	}
	if next <= n {
		t.Errorf("the log ends with entry %d", next-1)
	}
}

// trimAll takes all from a log, by numbers that are not there.
func trimAll(t *testing.T, s suite) {
	key := id("shop", "c")
	c := change(key, 1, "x")
	c.Append = entries(1, "a", "b")
	s.mustSave(t, c)
	for i, trim := range []uint64{4, 1 << 53, math.MaxInt64, math.MaxUint64} {
		version := uint64(2*i + 1)
		s.mustSave(t, session.Change{Record: session.Record{Key: key, Version: version + 1}, Prev: version, Trim: trim})
		if got := s.log(t, key, 0); got != "" {
			t.Errorf("the log after Trim %d: %s", trim, got)
		}
		c := change(key, version+2, "x")
		c.Prev, c.Append = version+1, entries(3, "c")
		s.mustSave(t, c)
		if got := s.log(t, key, 1); got != "3:c" {
			t.Errorf("the log that goes on after Trim %d: %s", trim, got)
		}
	}
}

// users: a conversation is found by the user that it has, not by one that it had.
func users(t *testing.T, s suite) {
	key := id("shop", "c")
	for i, user := range []string{"ann", "bob", "", "ann", "ann"} {
		r := session.Record{Key: key, User: user, Version: uint64(i + 1), Expires: at.Add(time.Duration(i) * 1000 * time.Hour)}
		s.mustSave(t, session.Change{Record: r, Prev: uint64(i)})
		for _, u := range []string{"ann", "bob"} {
			want := ""
			if u == user {
				want = "shop/c"
			}
			if got := s.list(t, session.Filter{Tenant: "shop", User: u}); got != want {
				t.Errorf("List of %s, when it is %q who has it: %q", u, user, got)
			}
		}
	}
}

// times: an expiry may be at any time of a calendar.
func times(t *testing.T, s suite) {
	for i, expires := range []time.Time{time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC), time.Now().Add(time.Hour).Truncate(time.Second)} {
		r := session.Record{Key: id("shop", fmt.Sprint(i)), User: "ann", Version: 1, Expires: expires}
		s.mustSave(t, session.Change{Record: r})
		s.want(t, r)
	}
	s.mustSave(t, session.Change{Record: session.Record{Key: id("shop", "old"), Version: 1, Expires: time.Date(1, 2, 3, 0, 0, 0, 0, time.UTC)}})
	if _, err := s.Load(s.ctx, id("shop", "old")); err != nil {
		wantError(t, "Load of what has expired long ago", err, session.ErrNotFound)
	}
}

// errorTexts: an error says which conversation it is about.
func errorTexts(t *testing.T, s suite) {
	key := id("shop", "c17")
	_, load := s.Load(s.ctx, key)
	c := change(key, 2, "x")
	c.Prev = 1
	for what, err := range map[string]error{"Load": load, "Save": s.Save(s.ctx, c), "Delete": s.Delete(s.ctx, key, 0)} {
		if err == nil || !strings.Contains(err.Error(), key.String()) {
			t.Errorf("the error of %s does not name %s: %v", what, key, err)
		}
	}
}

func closed(t *testing.T, s suite) {
	closer, ok := s.Store.(io.Closer)
	if !ok {
		t.Skip("there is nothing to close")
	}
	key := id("shop", "c")
	s.mustSave(t, change(key, 1, "x"))
	for range 2 {
		if err := closer.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	_, load := s.Load(s.ctx, key)
	wantError(t, "Load after Close", load, session.ErrClosed)
	wantError(t, "Save after Close", s.Save(s.ctx, change(key, 2, "x")), session.ErrClosed)
	wantError(t, "Delete after Close", s.Delete(s.ctx, key, 1), session.ErrClosed)
	wantError(t, "Log after Close", lastError(s.Log(s.ctx, key, 0)), session.ErrClosed)
	wantError(t, "List after Close", lastError(s.List(s.ctx, session.Filter{})), session.ErrClosed)
}

// underLoad saves from many goroutines, some of which give up.
func underLoad(t *testing.T, s suite) {
	stores := []session.Store{s.Store}
	if s.Second != nil {
		stores = append(stores, s.Second(t, s.Store))
	}
	var load Load
	for range 10 {
		ctx, cancel := context.WithTimeout(s.ctx, 30*time.Millisecond)
		load.Run(ctx, stores...)
		cancel()
	}
	for _, err := range load.Errors() {
		t.Error(err)
	}
	if load.Acknowledged() == 0 {
		t.Error("nothing was saved")
	}
	load.Check(t, s.Store)
}
