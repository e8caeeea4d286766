package redis_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/dst/session/redis"
)

// wantText checks that an error says all of it.
func wantText(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q: %v", part, err)
		}
	}
}

// TestDamage has records and logs changed by hand: that is found, stays within
// the conversation, and can be deleted.
func TestDamage(t *testing.T) {
	for _, test := range []struct {
		name            string
		load, save, log string // what the errors say, "" for none
		do              []any
	}{
		{"a version that is no number", "its version is", "changed by", "", []any{"HSET", "{s}", "version", "x1"}},
		{"a version of 0", "its version is", "changed by", "", []any{"HSET", "{s}", "version", "0"}},
		{"a version that is too great", "its version is", "changed by", "", []any{"HSET", "{s}", "version", "99999999999999999999"}},
		{"no version", "are missing", "has no version", "", []any{"HDEL", "{s}", "version"}},
		{"no data", "are missing", "", "", []any{"HDEL", "{s}", "data"}},
		{"no time", "it expires at", "", "", []any{"HSET", "{s}", "expires", "soon"}},
		{"no count", "", "", `should have ""`, []any{"HDEL", "{s}", "entries"}},
		{"another count", "", "", `should have "7"`, []any{"HSET", "{s}", "entries", "7"}},
		{"no log", "", "", "has 0 entries", []any{"DEL", "{l}"}},
		{"an entry more", "", "already", `should have "2"`, []any{"RPUSH", "{l}", "9:x"}},
		{"an entry that is none", "", "without a number", "is none of ours", []any{"LSET", "{l}", "-1", "x"}},
		{"an entry twice", "", "", "is none of ours", []any{"LSET", "{l}", "0", "2:x"}},
		{"a string for a record", "something else", "something else", "something else", []any{"SET", "{s}", "x"}},
		{"a set for a log", "", "something else", "something else", []any{"SADD", "{l}", "x"}},
		{"garbage in the index's place", "", "", "", []any{"HSET", "{s}", "indexed", "x"}},
	} {
		t.Run(test.name, func(t *testing.T) { damage(t, test.do, test.load, test.save, test.log) })
	}
}

func damage(t *testing.T, do []any, load, save, log string) {
	c := direct(t)
	p := prefix(t, single(c))
	s := open(t, server(t), &redis.Options{Prefix: p})
	key, other := session.Key{ID: "c"}, session.Key{ID: "other"}
	for _, k := range []session.Key{key, other} {
		r := session.Record{Key: k, User: "ann", Version: 1, Data: []byte("state")}
		if err := s.Save(t.Context(), session.Change{Record: r, Append: []session.Entry{{Seq: 1}, {Seq: 2}}}); err != nil {
			t.Fatal(err)
		}
	}
	at := strings.NewReplacer("{s}", p+"s:{/c}", "{l}", p+"l:{/c}")
	for i, arg := range do {
		do[i] = at.Replace(fmt.Sprint(arg))
	}
	if do[0] == "SET" || do[0] == "SADD" {
		c.Del(t.Context(), do[1].(string))
	}
	if err := c.Do(t.Context(), do...).Err(); err != nil {
		t.Fatal(err)
	}
	_, err := s.Load(t.Context(), key)
	wantDamage(t, err, load)
	wantDamage(t, logError(t, s, key), log)
	if listed, err := listError(t, s); listed == "other" {
		wantText(t, err, " c: ")
	} else if listed != "c other" || err != nil {
		t.Errorf("List has %q, %v", listed, err)
	}
	r := session.Record{Key: key, User: "ann", Version: 2}
	wantDamage(t, s.Save(t.Context(), session.Change{Record: r, Prev: 1, Append: []session.Entry{{Seq: 3}}}), save)
	if r, err := s.Load(t.Context(), other); err != nil || string(r.Data) != "state" {
		t.Errorf("another conversation: %q, %v", r.Data, err)
	}
	if err := s.Delete(t.Context(), key, 0); err != nil {
		t.Errorf("Delete of what is damaged: %v", err)
	}
	_, err = s.Load(t.Context(), key)
	wantDamage(t, err, session.ErrNotFound.Error())
}

// wantDamage checks what an error says, if one is wanted, and what it is.
func wantDamage(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	wantText(t, err, want)
	for _, is := range []error{session.ErrCorrupt, session.ErrConflict, session.ErrNotFound} {
		if errors.Is(err, is) {
			return
		}
	}
	if want != "already" { // the caller's fault, it seems
		t.Errorf("the error is not ErrCorrupt: %v", err)
	}
}

func logError(t *testing.T, s session.Store, key session.Key) (last error) {
	for _, err := range s.Log(t.Context(), key, 0) {
		last = err
	}
	return last
}

func listError(t *testing.T, s session.Store) (ids string, last error) {
	for r, err := range s.List(t.Context(), session.Filter{AllTenants: true, User: "ann"}) {
		if last = err; err == nil {
			ids = strings.TrimSpace(ids + " " + r.Key.ID)
		}
	}
	return ids, last
}
