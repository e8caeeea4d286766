package faulttest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// kept is what a store has of a conversation.
type kept struct {
	record session.Record
	log    []session.Entry
}

func (k kept) equal(other kept) bool {
	return k.record.Version == other.record.Version && bytes.Equal(k.record.Data, other.record.Data) &&
		slices.EqualFunc(k.log, other.log, func(a, b session.Entry) bool { return a.Seq == b.Seq && bytes.Equal(a.Data, b.Data) })
}

// take reads what is kept, as the store has it.
func take(t *testing.T, store session.Store, key session.Key) kept {
	t.Helper()
	r, err := store.Load(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	k := kept{record: r}
	for e, err := range store.Log(t.Context(), key, 0) {
		if err != nil {
			t.Fatal(err)
		}
		k.log = append(k.log, e)
	}
	return k
}

// put stores something by hand.
func put(t *testing.T, store session.Store, k kept) {
	t.Helper()
	if err := store.Delete(t.Context(), k.record.Key, 0); err != nil && !errors.Is(err, session.ErrNotFound) {
		t.Fatal(err)
	}
	if err := store.Save(t.Context(), session.Change{Record: k.record, Append: k.log}); err != nil {
		t.Fatal(err)
	}
}

// patients are the conversations of a test of damage: the first is damaged, the
// others go on.
var patients = []Request{
	staged, {Key: session.Key{Tenant: "east", ID: "c2-0"}, User: "u1"}, {Key: session.Key{Tenant: "east", ID: "c3-0"}, User: "u2"},
	{Key: session.Key{Tenant: "west", ID: "c1-0"}, User: "u1"},
}

const patientTurns = 3

// A harm is done to the bytes of a record or an entry: to its own, seeing those of
// another conversation, of another record or entry of its own, and of the same
// sealed with another key.
type harm struct {
	name   string
	do     func(own, other, another, locked []byte) []byte
	is     error // that it is found to be, nil for damaged or unsealed
	sealed bool  // it needs keys
}

var harms = []harm{
	{name: "a bit changed", do: func(own, _, _, _ []byte) []byte { own[len(own)/2] ^= 4; return own }},
	{name: "the last byte cut off", do: func(own, _, _, _ []byte) []byte { return own[:len(own)-1] }},
	{name: "cut to one byte", do: func(own, _, _, _ []byte) []byte { return own[:1] }},
	{name: "emptied", do: func(_, _, _, _ []byte) []byte { return nil }, is: session.ErrCorrupt},
	{name: "another conversation's", do: func(_, other, _, _ []byte) []byte { return other }},
	{name: "its own of another time", do: func(_, _, another, _ []byte) []byte { return another }},
	{name: "text", do: func(_, _, _, _ []byte) []byte { return []byte(`{"turn":1,"constraints":[]}`) }, is: session.ErrCorrupt},
	{name: "a newer version's", do: func(own, _, _, _ []byte) []byte { own[0] = 3; return own }, is: session.ErrNewer},
	{name: "sealed with an unknown key", do: func(_, _, _, locked []byte) []byte { return locked }, is: session.ErrKey, sealed: true},
}

// refused reports whether an error says what the harm is, and of which
// conversation, and tells nothing of it.
func (h harm) refused(err error, key session.Key) bool {
	is := h.is != nil && errors.Is(err, h.is) || h.is == nil && (errors.Is(err, session.ErrCorrupt) || errors.Is(err, session.ErrSeal))
	return is && strings.Contains(err.Error(), key.String()) && !strings.Contains(err.Error(), "#u")
}

// damage does every harm to a record and to an entry.
func damage(t *testing.T, store session.Store) {
	for _, sealed := range []bool{false, true} {
		w := &ward{store: store}
		if sealed {
			w.keys, w.locked = keyring(t, "new", "old"), keyring(t, "lost")
		}
		if sealed {
			w.admit(t)
			t.Run("for the store itself", w.spoil)
		}
		for _, h := range harms {
			if h.sealed && !sealed {
				continue
			}
			t.Run(fmt.Sprintf("%s, sealed %v", h.name, sealed), func(t *testing.T) {
				w.admit(t)
				w.record(t, h)
				w.admit(t)
				w.entry(t, h)
			})
		}
	}
}

// ward has conversations, one of which is damaged.
type ward struct {
	store        session.Store
	keys, locked *session.Keyring // the latter is lost
	m            *session.Manager
	well         kept // before the damage
	before       kept // one turn before that
	other        kept // another conversation
	foreign      kept // the first one, with the lost key
}

// admit makes the conversations anew.
func (w *ward) admit(t *testing.T) {
	t.Helper()
	wipe(t, w.store)
	w.m = newManager(t, w.store, session.Options{Keys: w.keys})
	elsewhere := session.NewMemory()
	lost := newManager(t, elsewhere, session.Options{Keys: w.locked})
	for n := range patientTurns {
		w.before = w.well
		for _, p := range patients {
			p.N = n + 1
			_, err := Over(w.m)(t.Context(), p)
			_, err2 := Over(lost)(t.Context(), p)
			if err := errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
		}
		w.well = take(t, w.store, staged.Key)
	}
	w.other, w.foreign = take(t, w.store, patients[1].Key), take(t, elsewhere, staged.Key)
}

// record damages the record, and does everything with it.
func (w *ward) record(t *testing.T, h harm) {
	ill := w.well
	ill.record.Data = h.do(bytes.Clone(ill.record.Data), w.other.record.Data, w.before.record.Data, w.foreign.record.Data)
	put(t, w.store, ill)
	key := staged.Key
	for what, err := range everything(t.Context(), w.m, key) {
		if reads := what == "Log" || what == "AsOf" || what == "AsOfTime"; reads && err != nil || !reads && !h.refused(err, key) {
			t.Errorf("the record: %s: %v", what, err)
		}
	}
	if out, err := w.m.Export(t.Context(), key.Tenant, "u1"); !h.refused(err, key) {
		t.Errorf("the record: Export: %v with %d conversations", err, len(out.Sessions))
	}
	if seen, failed := w.unsure(t); seen != 3*patientTurns || len(failed) > 0 {
		t.Errorf("the record: Unsure has %d turns, %v", seen, failed)
	}
	w.all(t, h)
	if !take(t, w.store, key).equal(ill) {
		t.Errorf("the record: what could not be read was changed")
	}
	w.healthy(t, patients[1:])
	w.erase(t, 2)
}

// all does what is done to all conversations: those that are well have it done.
func (w *ward) all(t *testing.T, h harm) {
	key := staged.Key
	later := session.Options{Keys: w.keys, Log: session.LogOptions{Age: time.Hour}, Now: func() time.Time { return time.Now().Add(2 * time.Hour) }}
	swept, err := newManager(t, w.store, later).Sweep(t.Context())
	if err != nil || swept.Compacted != len(patients)-1 || len(swept.Failed) != 1 || !h.refused(swept.Failed[key], key) {
		t.Errorf("the record: Sweep: %+v, %v", swept, err)
	}
	for _, dry := range []bool{true, false} {
		moved, err := newManager(t, w.store, migrated(session.Options{Keys: w.keys})).Migrate(t.Context(), dry)
		if err != nil || len(moved.Changed) != len(patients)-1 || len(moved.Failed) != 1 || !h.refused(moved.Failed[key], key) {
			t.Errorf("the record: Migrate: %+v, %v", moved, err)
		}
	}
	if w.keys != nil {
		next := newManager(t, w.store, session.Options{Keys: keyring(t, "newer", "new")})
		n, failed, err := next.Rekey(t.Context())
		if err != nil || n != len(patients)-1 || len(failed) != 1 || !h.refused(failed[key], key) {
			t.Errorf("the record: Rekey: %d, %v, %v", n, failed, err)
		}
		w.m = next
	}
}

// entry damages an entry of the log, and does everything with it.
func (w *ward) entry(t *testing.T, h harm) {
	ill := w.well
	ill.log = slices.Clone(ill.log)
	ill.log[1].Data = h.do(bytes.Clone(ill.log[1].Data), w.other.log[1].Data, ill.log[2].Data, w.foreign.log[1].Data)
	put(t, w.store, ill)
	key := staged.Key
	_, undo := w.m.Undo(t.Context(), key, 1)
	_, asOf := w.m.AsOf(t.Context(), key, 3)
	_, export := w.m.Export(t.Context(), key.Tenant, "u1")
	two := staged
	two.N = 2
	_, again := Over(w.m)(t.Context(), two)
	for i, err := range []error{undo, asOf, export, again, readLog(t.Context(), w.m, key)} {
		if !h.refused(err, key) {
			t.Errorf("an entry, %d: %v", i, err)
		}
	}
	if state, err := w.m.AsOf(t.Context(), key, 1); err != nil || state.Turn != 1 {
		t.Errorf("an entry: as of the one before it: turn %d, %v", state.Turn, err)
	}
	if seen, failed := w.unsure(t); seen != 2*patientTurns+1 || len(failed) != 1 || !h.refused(failed[key], key) {
		t.Errorf("an entry: Unsure has %d turns, %v", seen, failed)
	}
	if !take(t, w.store, key).equal(ill) {
		t.Errorf("an entry: what could not be read was changed")
	}
	w.healthy(t, patients)
	if err := errors.Join(w.m.Compact(t.Context(), key), readLog(t.Context(), w.m, key)); err != nil {
		t.Errorf("an entry: once the log begins anew: %v", err)
	}
	w.erase(t, 2)
}

// unsure counts the turns of the tenant that could be learned from, and what
// fails.
func (w *ward) unsure(t *testing.T) (seen int, failed map[session.Key]error) {
	failed = map[session.Key]error{}
	for d, err := range w.m.Unsure(t.Context(), staged.Key.Tenant, 2) {
		if err != nil {
			failed[d.Key] = err
		} else {
			seen++
		}
	}
	return seen, failed
}

// healthy checks that conversations go on.
func (w *ward) healthy(t *testing.T, those []Request) {
	for _, p := range those {
		p.N = patientTurns + 1
		reply, err := Over(w.m)(t.Context(), p)
		c, err2 := w.m.Get(t.Context(), p.Key)
		if err := errors.Join(err, err2); err != nil || c.State.Turn != p.N || p.foreign(text(c)+reply.Text) != "" {
			t.Errorf("%s is at %d, %v", p.Key, c.State.Turn, err)
		}
	}
}

// erase checks that what is damaged can be erased, alone with what is the same
// user's, of which some are left.
func (w *ward) erase(t *testing.T, left int) {
	receipt, err := w.m.Erase(t.Context(), staged.Key.Tenant, "u1")
	if err != nil || len(receipt.Sessions) != left {
		t.Errorf("erased %+v, %v", receipt, err)
	}
	for i, p := range patients {
		_, err := w.store.Load(context.Background(), p.Key)
		if gone := errors.Is(err, session.ErrNotFound); gone != (i < 2) {
			t.Errorf("after Erase of another: %s: %v", p.Key, err)
		}
	}
	for e, err := range w.store.Log(t.Context(), staged.Key, 0) {
		t.Errorf("after Erase there is entry %d, %v", e.Seq, err)
	}
}
