package session_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

func secret(name string) session.Secret {
	return session.Secret{Name: name, Key: bytes.Repeat([]byte(name), 32)[:32]}
}

func keyring(t testing.TB, opts *session.KeyringOptions, names ...string) *session.Keyring {
	t.Helper()
	var secrets []session.Secret
	for _, name := range names {
		secrets = append(secrets, secret(name))
	}
	k, err := session.NewKeyring(opts, secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// everything is all that a store holds of a conversation.
func everything(t testing.TB, s session.Store, k session.Key) (session.Record, []session.Entry) {
	t.Helper()
	r, err := s.Load(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	var log []session.Entry
	for e, err := range s.Log(t.Context(), k, 0) {
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, e)
	}
	return r, log
}

func TestSealHides(t *testing.T) {
	store := session.NewMemory()
	d := newDesk(t, store, session.Options{Keys: keyring(t, &session.KeyringOptions{Users: bytes.Repeat([]byte("u"), 32)}, "k1")})
	if _, err := d.Turn(t.Context(), key("c"), session.Message{User: "ann@example.com", ID: "message-1"}, d.answer("sushi for 4 people")); err != nil {
		t.Fatal(err)
	}
	r, log := everything(t, store, key("c"))
	held := string(r.Data) + r.User
	for _, e := range log {
		held += string(e.Data)
	}
	for _, secret := range []string{"sushi", "people", "food", "ann", "message-1", "offer", "ask"} {
		if strings.Contains(held, secret) {
			t.Errorf("%q stands open in the store", secret)
		}
	}
	if got := flat(d.say(t, key("c"), "pizza").Answer.State); got != "food=pizza people=4" {
		t.Errorf("it opens as %s", got)
	}
	if e, err := d.Export(t.Context(), "shop", "ann@example.com"); err != nil || len(e.Sessions) != 1 || len(e.Sessions[0].Log) != 2 {
		t.Errorf("the user's export: %+v, %v", e, err)
	}
}

func TestRotation(t *testing.T) {
	store := session.NewMemory()
	newDesk(t, store, session.Options{}).say(t, key("plain"), "pizza") // before there were keys
	old := newDesk(t, store, session.Options{Keys: keyring(t, nil, "k1")})
	old.say(t, key("a"), "sushi")
	old.say(t, key("b"), "sushi")
	if _, err := old.Get(t.Context(), key("plain")); !errors.Is(err, session.ErrSeal) {
		t.Errorf("what is not sealed: %v", err)
	}
	both := newDesk(t, store, session.Options{Keys: keyring(t, &session.KeyringOptions{Plain: true}, "k2", "k1")})
	both.say(t, key("a"), "4 people")
	if n, failed, err := both.Rekey(t.Context()); n != 3 || len(failed) > 0 || err != nil {
		t.Errorf("Rekey: %d, %v, %v", n, failed, err)
	}
	if n, _, err := both.Rekey(t.Context()); n != 0 || err != nil {
		t.Errorf("Rekey again: %d, %v", n, err)
	}
	alone := newDesk(t, store, session.Options{Keys: keyring(t, nil, "k2")})
	for id, want := range map[string]string{"a": "food=sushi people=4", "b": "food=sushi", "plain": "food=pizza"} {
		c, err := alone.Get(t.Context(), key(id))
		if err != nil || flat(c.State) != want {
			t.Errorf("%s has %s, %v", id, flat(c.State), err)
		}
		for _, err := range alone.Log(t.Context(), key(id)) {
			if err != nil {
				t.Error(err)
			}
		}
	}
	_, err := old.Turn(t.Context(), key("a"), session.Message{}, old.answer("pizza"))
	if !errors.Is(err, session.ErrKey) || !strings.Contains(err.Error(), `"k2"`) {
		t.Errorf("with the old key alone: %v", err)
	}
	if _, err := newDesk(t, store, session.Options{}).Get(t.Context(), key("a")); !errors.Is(err, session.ErrKey) {
		t.Errorf("without a key: %v", err)
	}
}

func TestKeyrings(t *testing.T) {
	short := secret("k")
	short.Key = short.Key[:16]
	for name, secrets := range map[string][]session.Secret{"none": nil, "short": {short}, "twice": {secret("k"), secret("k")}, "nameless": {{Key: make([]byte, 32)}}} {
		if _, err := session.NewKeyring(nil, secrets...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := session.NewKeyring(&session.KeyringOptions{Users: []byte("short")}, secret("k")); err == nil {
		t.Error("a short secret for users: no error")
	}
}

// Whatever bit of what is stored is changed, it is refused, and nothing is
// overwritten; so is what was put in another's place.
func TestTampered(t *testing.T) {
	for name, keys := range map[string]*session.Keyring{"plain": nil, "sealed": keyring(t, nil, "k1")} {
		t.Run(name, func(t *testing.T) {
			store := session.NewMemory()
			d := newDesk(t, store, session.Options{Keys: keys})
			d.say(t, key("a"), "sushi for 4 people")
			d.say(t, key("b"), "pizza")
			good, log := everything(t, store, key("a"))
			for i := range len(good.Data) * 8 {
				bad := good
				bad.Data = bytes.Clone(good.Data)
				bad.Data[i/8] ^= 1 << (i % 8)
				refused(t, d, store, bad, log)
			}
			for i := range good.Data {
				bad := good
				bad.Data = good.Data[:i]
				refused(t, d, store, bad, log)
			}
			other, _ := everything(t, store, key("b"))
			other.Key = good.Key
			refused(t, d, store, other, log)
			older := good
			older.Version++
			refused(t, d, store, older, log)
			for i := range len(log[0].Data) * 8 {
				bad := session.Entry{Seq: log[0].Seq, Data: bytes.Clone(log[0].Data)}
				bad.Data[i/8] ^= 1 << (i % 8)
				put(t, store, good, []session.Entry{bad})
				if _, err := d.AsOf(t.Context(), key("a"), 1); !broken(err) {
					t.Fatalf("bit %d of the entry: %v", i, err)
				}
			}
		})
	}
}

func broken(err error) bool {
	for _, one := range []error{session.ErrCorrupt, session.ErrSeal, session.ErrKey, session.ErrNewer} {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

// put puts a record in the place of whatever is there.
func put(t *testing.T, store session.Store, r session.Record, log []session.Entry) {
	t.Helper()
	if err := store.Delete(t.Context(), r.Key, 0); err != nil && !errors.Is(err, session.ErrNotFound) {
		t.Fatal(err)
	}
	if err := store.Save(t.Context(), session.Change{Record: r, Append: log}); err != nil {
		t.Fatal(err)
	}
}

// refused checks that a record is refused and stays as it is.
func refused(t *testing.T, d *desk, store session.Store, bad session.Record, log []session.Entry) {
	t.Helper()
	put(t, store, bad, log)
	played := false
	_, err := d.Turn(t.Context(), bad.Key, session.Message{}, func(context.Context, session.Conversation) (session.Answer, error) {
		played = true
		return session.Answer{}, nil
	})
	if !broken(err) || played {
		t.Fatalf("played: %v, error: %v", played, err)
	}
	if !strings.Contains(err.Error(), bad.Key.String()) || strings.Contains(err.Error(), "sushi") {
		t.Fatalf("the error is %q", err)
	}
	if _, err := d.Get(t.Context(), bad.Key); !broken(err) {
		t.Fatalf("Get: %v", err)
	}
	if now, _ := everything(t, store, bad.Key); now.Version != bad.Version || !bytes.Equal(now.Data, bad.Data) {
		t.Fatal("what could not be read was overwritten")
	}
}
