package sessiontest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// at is the time of the tests: stores compare it with no clock of their own but
// to drop what has long expired.
var at = time.Now().Add(time.Hour).Truncate(time.Millisecond)

func id(tenant, name string) session.Key { return session.Key{Tenant: tenant, ID: name} }

// change is a first save of a conversation.
func change(key session.Key, version uint64, data string) session.Change {
	return session.Change{Record: session.Record{Key: key, Version: version, Data: []byte(data)}}
}

func (s suite) mustSave(t *testing.T, c session.Change) {
	t.Helper()
	if err := s.Save(s.ctx, c); err != nil {
		t.Fatalf("Save of %s: %v", c.Record.Key, err)
	}
}

func (s suite) mustLoad(t *testing.T, key session.Key) session.Record {
	t.Helper()
	r, err := s.Load(s.ctx, key)
	if err != nil {
		t.Fatalf("Load of %s: %v", key, err)
	}
	return r
}

// want checks what is stored.
func (s suite) want(t *testing.T, want session.Record) {
	t.Helper()
	got := s.mustLoad(t, want.Key)
	if got.Key != want.Key || got.User != want.User || got.Version != want.Version || !bytes.Equal(got.Data, want.Data) || !got.Expires.Equal(want.Expires) {
		t.Errorf("Load of %s: %s, want %s", want.Key, show(got), show(want))
	}
}

func show(r session.Record) string {
	data := fmt.Sprintf("%q", r.Data)
	if len(r.Data) > 60 {
		data = fmt.Sprintf("%d bytes", len(r.Data))
	}
	return fmt.Sprintf("{user %q version %d expires %v data %s}", r.User, r.Version, r.Expires, data)
}

// log is a conversation's log on one line, "3:c 4:d".
func (s suite) log(t *testing.T, key session.Key, from uint64) string {
	t.Helper()
	var out []string
	for e, err := range s.Log(s.ctx, key, from) {
		if err != nil {
			t.Fatalf("Log of %s: %v", key, err)
		}
		out = append(out, fmt.Sprintf("%d:%s", e.Seq, e.Data))
	}
	return strings.Join(out, " ")
}

func wantError(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: error %v, want one that is %q", what, got, want)
	}
}

func entries(from uint64, data ...string) (out []session.Entry) {
	for i, d := range data {
		out = append(out, session.Entry{Seq: from + uint64(i), Data: []byte(d)})
	}
	return out
}

func missing(t *testing.T, s suite) {
	_, err := s.Load(s.ctx, id("", "nobody"))
	wantError(t, "Load of what is not there", err, session.ErrNotFound)
	wantError(t, "Delete of what is not there", s.Delete(s.ctx, id("", "nobody"), 0), session.ErrNotFound)
	if got := s.log(t, id("", "nobody"), 0); got != "" {
		t.Errorf("Log of what is not there: %s", got)
	}
	for r, err := range s.List(s.ctx, session.Filter{AllTenants: true}) {
		t.Errorf("List of an empty store yields %v, %v", r, err)
	}
}

func roundTrip(t *testing.T, s suite) {
	full := session.Record{Key: id("shop", "c1"), User: "ann", Version: 1<<64 - 3, Expires: at, Data: []byte("state")}
	s.mustSave(t, session.Change{Record: full})
	s.want(t, full)
	bare := session.Record{Key: id("", "c2"), Version: 9}
	s.mustSave(t, session.Change{Record: bare})
	s.want(t, bare)
	next := session.Record{Key: full.Key, User: "bob", Version: 1, Data: []byte("other")} // expires no more
	s.mustSave(t, session.Change{Record: next, Prev: full.Version})
	s.want(t, next)
	s.want(t, bare)
}

func swap(t *testing.T, s suite) {
	key := id("shop", "c1")
	s.mustSave(t, change(key, 11, "one"))
	for _, prev := range []uint64{0, 10, 12} {
		c := change(key, 13, "stale")
		c.Prev = prev
		wantError(t, fmt.Sprintf("Save over version 11 with Prev %d", prev), s.Save(s.ctx, c), session.ErrConflict)
	}
	s.want(t, session.Record{Key: key, Version: 11, Data: []byte("one")})
	c := change(key, 5, "two") // versions have no order
	c.Prev = 11
	s.mustSave(t, c)
	s.want(t, session.Record{Key: key, Version: 5, Data: []byte("two")})
}

func createOnce(t *testing.T, s suite) {
	c := change(id("shop", "new"), 4, "x")
	c.Prev = 3
	wantError(t, "Save with Prev of what is not there", s.Save(s.ctx, c), session.ErrConflict)
	_, err := s.Load(s.ctx, c.Record.Key)
	wantError(t, "Load after it", err, session.ErrNotFound)
}

func deletes(t *testing.T, s suite) {
	key, other := id("shop", "c1"), id("shop", "c2")
	c := change(key, 7, "x")
	c.Record.User, c.Append = "ann", entries(1, "a", "b")
	s.mustSave(t, c)
	s.mustSave(t, change(other, 8, "y"))
	wantError(t, "Delete of another version", s.Delete(s.ctx, key, 6), session.ErrConflict)
	s.want(t, c.Record)
	if err := s.Delete(s.ctx, key, 7); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	_, err := s.Load(s.ctx, key)
	wantError(t, "Load after Delete", err, session.ErrNotFound)
	if got := s.log(t, key, 0); got != "" {
		t.Errorf("the log after Delete: %s", got)
	}
	for r, err := range s.List(s.ctx, session.Filter{Tenant: "shop", User: "ann"}) {
		t.Errorf("List after Delete yields %v, %v", r, err)
	}
	s.want(t, session.Record{Key: other, Version: 8, Data: []byte("y")})
	if err := s.Delete(s.ctx, other, 0); err != nil {
		t.Errorf("Delete of any version: %v", err)
	}
	stale := change(key, 9, "back")
	stale.Prev = 7
	wantError(t, "Save over what was deleted", s.Save(s.ctx, stale), session.ErrConflict)
}

func anew(t *testing.T, s suite) {
	key := id("shop", "c1")
	first := change(key, 7, "x")
	first.Append = entries(1, "a", "b")
	s.mustSave(t, first)
	if err := s.Delete(s.ctx, key, 7); err != nil {
		t.Fatal(err)
	}
	again := change(key, 8, "y")
	again.Append = entries(1, "c")
	s.mustSave(t, again)
	s.want(t, again.Record)
	if got := s.log(t, key, 0); got != "1:c" {
		t.Errorf("the log of a conversation that began anew: %s, want 1:c", got)
	}
}

func tenants(t *testing.T, s suite) {
	keys := []session.Key{id("", "c"), id("a", "c"), id("b", "c"), id("a:b", "c"), id("a", "b:c"), id("ab", "c"), id("a", "bc")}
	for i, key := range keys {
		c := change(key, uint64(i+1), key.String())
		c.Record.User, c.Append = "ann", entries(1, key.String())
		s.mustSave(t, c)
	}
	for i, key := range keys {
		s.want(t, session.Record{Key: key, User: "ann", Version: uint64(i + 1), Data: []byte(key.String())})
		if got, want := s.log(t, key, 0), "1:"+key.String(); got != want {
			t.Errorf("the log of %s: %s", key, got)
		}
	}
	if got := s.list(t, session.Filter{Tenant: "a", User: "ann"}); got != "a/b:c a/bc a/c" {
		t.Errorf("List of a tenant's user: %s", got)
	}
	if err := s.Delete(s.ctx, keys[0], 0); err != nil {
		t.Fatal(err)
	}
	s.want(t, session.Record{Key: keys[1], User: "ann", Version: 2, Data: []byte("a/c")})
}
