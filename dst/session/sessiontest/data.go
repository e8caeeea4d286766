package sessiontest

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// names: whatever is a name is kept as it is.
func names(t *testing.T, s suite) {
	odd := []string{
		"会话一", "é", "e\u0301", "a b", "%", "_", "*", "?", "[x]", "{x}", "a:b", "a::b", ":", "'; drop table sessions; --", `"`, "😀", "A", "a",
		"${x}", "$1", "user@example.com", "+86 138", "0", "-", "#", "=", strings.Repeat("长", 85),
	}
	for i, name := range odd {
		key := id(name, name)
		if err := key.Validate(); err != nil {
			t.Fatal(err)
		}
		c := change(key, uint64(i+1), name)
		c.Record.User, c.Append = name, entries(1, name)
		s.mustSave(t, c)
	}
	for i, name := range odd {
		s.want(t, session.Record{Key: id(name, name), User: name, Version: uint64(i + 1), Data: []byte(name)})
		if got := s.log(t, id(name, name), 0); got != "1:"+name {
			t.Errorf("the log of %q: %q", name, got)
		}
		if got := s.list(t, session.Filter{AllTenants: true, User: name}); got != name+"/"+name {
			t.Errorf("List of the user %q: %q", name, got)
		}
	}
}

func binaryData(t *testing.T, s suite) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for i, data := range [][]byte{all, {0}, {0, 0, 0}, {0xff}, []byte("\r\n"), []byte(`\x00`), []byte("null")} {
		c := session.Change{Record: session.Record{Key: id("shop", "c"), Version: uint64(i + 1), Data: data}, Prev: uint64(i), Trim: 9}
		c.Append = []session.Entry{{Seq: 1, Data: data}}
		s.mustSave(t, c)
		s.want(t, c.Record)
		if got := s.log(t, c.Record.Key, 0); got != "1:"+string(data) {
			t.Errorf("the entry %q comes back as %q", data, got)
		}
	}
}

func large(t *testing.T, s suite) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<16) // a megabyte
	c := session.Change{Record: session.Record{Key: id("shop", "c"), Version: 1, Data: data}, Append: []session.Entry{{Seq: 1, Data: data}}}
	s.mustSave(t, c)
	s.want(t, c.Record)
	if got := s.log(t, c.Record.Key, 0); len(got) != len(data)+2 {
		t.Errorf("an entry of %d bytes comes back with %d", len(data), len(got)-2)
	}
}

// aliasing: what is done to a slice after a call does nothing to the store.
func aliasing(t *testing.T, s suite) {
	c := change(id("shop", "c"), 1, "data")
	c.Append = entries(1, "entry")
	s.mustSave(t, c)
	copy(c.Record.Data, "XXXX")
	copy(c.Append[0].Data, "XXXXX")
	s.want(t, session.Record{Key: c.Record.Key, Version: 1, Data: []byte("data")})
	if got := s.log(t, c.Record.Key, 0); got != "1:entry" {
		t.Errorf("the log: %s", got)
	}
	old := s.mustLoad(t, c.Record.Key)
	next := change(c.Record.Key, 2, "othr")
	next.Prev = 1
	s.mustSave(t, next)
	if string(old.Data) != "data" {
		t.Errorf("what was loaded before a save became %q", old.Data)
	}
}

func cancelled(t *testing.T, s suite) {
	key := id("shop", "c")
	s.mustSave(t, change(key, 1, "x"))
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	_, err := s.Load(ctx, key)
	wantError(t, "Load", err, context.Canceled)
	c := change(key, 2, "y")
	c.Prev = 1
	wantError(t, "Save", s.Save(ctx, c), context.Canceled)
	wantError(t, "Delete", s.Delete(ctx, key, 1), context.Canceled)
	yielded := false
	for _, err := range s.List(ctx, session.Filter{AllTenants: true}) {
		wantError(t, "List", err, context.Canceled)
		yielded = true
	}
	if !yielded {
		t.Error("List yields no error")
	}
	yielded = false
	for _, err := range s.Log(ctx, key, 0) {
		wantError(t, "Log", err, context.Canceled)
		yielded = true
	}
	if !yielded {
		t.Error("Log yields no error")
	}
	s.want(t, session.Record{Key: key, Version: 1, Data: []byte("x")})
}
