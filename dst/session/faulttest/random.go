package faulttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// newManager is a manager whose logs are kept as a whole.
func newManager(t testing.TB, store session.Store, o session.Options) *session.Manager {
	t.Helper()
	if o.Log.Turns == 0 {
		o.Log.Turns = 1 << 20
	}
	m, err := session.New(store, &o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// NewManager makes the manager that a [Load] wants: its logs reach back to the
// start.
func NewManager(t testing.TB, store session.Store) *session.Manager {
	t.Helper()
	return newManager(t, store, session.Options{})
}

// keyring has keys by their names, the first of which seals.
func keyring(t testing.TB, names ...string) *session.Keyring {
	t.Helper()
	var secrets []session.Secret
	for _, name := range names {
		secrets = append(secrets, session.Secret{Name: name, Key: fmt.Appendf(nil, "%-32.32s", name)})
	}
	k, err := session.NewKeyring(&session.KeyringOptions{Users: fmt.Appendf(nil, "%-32.32s", "users"), Plain: true}, secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// random has two managers, as two replicas have them, with a store in which
// calls fail, before and after they happen, take long, are cancelled in their
// midst and return what was there before, while somebody sweeps, seals anew and
// exports.
func random(t *testing.T, store session.Store) {
	for _, keys := range []*session.Keyring{nil, keyring(t, "new", "old")} {
		seed := rand.Uint64()
		f := &faults{seed: seed, rand: map[session.Key]*rand.Rand{}}
		failing := calls{&stale{Store: store, choose: f.choose, old: map[session.Key]session.Record{}}, f.around}
		a, b := newManager(t, failing, session.Options{Keys: keys}), newManager(t, failing, session.Options{Keys: keys})
		load := &Load{Seed: seed, For: For() / 2}
		over := make(chan struct{})
		var keeper sync.WaitGroup
		keeper.Go(func() { keep(t, b, keys != nil, over) })
		load.Run(t, func(ctx context.Context, r Request) (Reply, error) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			m := []*session.Manager{a, b}[f.choose(r.Key, 2)]
			return Over(m)(context.WithValue(ctx, cancelKey{}, cancel), r)
		})
		close(over)
		keeper.Wait()
		name := of(store) + ": random faults"
		if keys != nil {
			name += ", sealed"
		}
		load.Check(t, name, newManager(t, store, session.Options{Keys: keys}))
		if t.Failed() {
			t.Fatalf("with the seed %d; errors: %q", seed, load.Errors())
		}
		wipe(t, store)
	}
}

// keep does what a service does besides, until it is over. What fails is the
// faults' doing, or is found in the end.
func keep(t *testing.T, m *session.Manager, sealed bool, over chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-over:
			return
		case <-time.After(10 * time.Millisecond):
		}
		_, _ = m.Sweep(t.Context())
		user := Request{Key: session.Key{Tenant: []string{"east", "west"}[i%2]}, User: fmt.Sprint("u", i%3)}
		export, err := m.Export(t.Context(), user.Key.Tenant, user.User)
		for _, s := range export.Sessions {
			user.Key.ID = s.ID
			if other := user.foreign(text(s)); err == nil && other != "" {
				t.Errorf("the export of %s has %s in it", user.user(), other)
			}
		}
		if sealed {
			_, _, _ = m.Rekey(t.Context())
		}
	}
}

// cancelKey is where the context of a turn has what cancels it.
type cancelKey struct{}

// faults fails calls at random. What befalls the calls of a conversation follows
// from the seed and their order.
type faults struct {
	seed uint64
	mu   sync.Mutex
	rand map[session.Key]*rand.Rand
}

func (f *faults) choose(key session.Key, n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.rand[key]
	if r == nil {
		sum := f.seed
		for _, b := range []byte(key.String()) {
			sum = (sum ^ uint64(b)) * 1099511628211
		}
		r = rand.New(rand.NewPCG(f.seed, sum))
		f.rand[key] = r
	}
	return r.IntN(n)
}

func (f *faults) around(ctx context.Context, c call, do func(context.Context) error) error {
	cancel := func() {
		if end, ok := ctx.Value(cancelKey{}).(context.CancelFunc); ok {
			end()
		}
	}
	switch f.choose(c.key, 60) {
	case 0, 1:
		return fmt.Errorf("%s: before it happened: %w", c.key, errFault)
	case 2, 3:
		if err := do(ctx); err != nil {
			return err
		}
		return fmt.Errorf("%s: after it happened: %w", c.key, errFault)
	case 4:
		cancel()
	case 5:
		err := do(ctx)
		cancel()
		return err
	case 6, 7:
		time.Sleep(time.Duration(f.choose(c.key, 2000)) * time.Microsecond)
	}
	return do(ctx)
}

// stale is a store that at times returns an earlier record, as a replica of a
// database may that lags behind. What rests on it must not be saved.
type stale struct {
	session.Store
	choose func(key session.Key, n int) int
	mu     sync.Mutex
	old    map[session.Key]session.Record
}

func (s *stale) Load(ctx context.Context, key session.Key) (session.Record, error) {
	r, err := s.Store.Load(ctx, key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.old[key]; ok && err == nil && s.choose(key, 20) == 0 {
		return old, nil
	}
	if err == nil && s.choose(key, 2) == 0 {
		s.old[key] = r
	}
	return r, err
}

// wipe removes all conversations.
func wipe(t *testing.T, store session.Store) {
	t.Helper()
	for r, err := range store.List(t.Context(), session.Filter{AllTenants: true}) {
		if err == nil {
			err = store.Delete(t.Context(), r.Key, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
