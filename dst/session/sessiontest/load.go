package sessiontest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A Load saves to few conversations from many goroutines, whatever becomes of
// the store, and knows afterwards what has to be there. The zero Load is ready.
type Load struct {
	mu       sync.Mutex
	attempts map[uint64]*attempt // by version
	errs     []error
	acked    int
}

// attempt is one save.
type attempt struct {
	key           session.Key
	prev, version uint64
	seq           uint64
	err           error // errUnknown while it is under way
}

var errUnknown = errors.New("under way")

// What a Load does at once.
const (
	loadWorkers       = 8
	loadConversations = 5
)

// Run saves until the context is done, with all stores, which have the same
// data. What is under way then is cancelled.
func (l *Load) Run(ctx context.Context, stores ...session.Store) {
	var wg sync.WaitGroup
	for w := range loadWorkers {
		wg.Go(func() {
			for n := w; ctx.Err() == nil; n++ {
				if err := l.save(ctx, stores[w%len(stores)], loadKey(n%loadConversations)); err != nil && ctx.Err() == nil {
					time.Sleep(time.Millisecond) // do not be the only one to run while it is not there
				}
			}
		})
	}
	wg.Wait()
}

// loadKey names conversations of two tenants, some of which have the same ids.
func loadKey(i int) session.Key {
	return session.Key{Tenant: fmt.Sprintf("load%d", i%2), ID: fmt.Sprintf("c%d", i/2)}
}

// save adds an entry to the log of a conversation, and remembers what came of it.
func (l *Load) save(ctx context.Context, s session.Store, key session.Key) error {
	r, err := s.Load(ctx, key)
	if err != nil && !errors.Is(err, session.ErrNotFound) {
		l.failed(ctx, err)
		return err
	}
	a := &attempt{key: key, prev: r.Version, version: rand.Uint64() | 1, seq: 1, err: errUnknown}
	if err == nil {
		var version uint64
		if _, err := fmt.Sscanf(string(r.Data), key.String()+" %d %d", &a.seq, &version); err != nil || version != r.Version {
			err = fmt.Errorf("%s has version %d, and holds %q", key, r.Version, r.Data)
			l.failed(ctx, err)
			return err
		}
		a.seq++
	}
	l.mu.Lock()
	if l.attempts == nil {
		l.attempts = map[uint64]*attempt{}
	}
	l.attempts[a.version] = a
	l.mu.Unlock()
	c := session.Change{
		Record: session.Record{Key: key, User: key.Tenant, Version: a.version, Data: []byte(a.data())}, Prev: a.prev,
		Append: []session.Entry{{Seq: a.seq, Data: []byte(a.data())}},
	}
	err = s.Save(ctx, c)
	l.mu.Lock()
	if a.err = err; err == nil {
		l.acked++
	}
	l.mu.Unlock()
	if errors.Is(err, session.ErrConflict) {
		return nil
	}
	l.failed(ctx, err)
	return err
}

// data is what a save leaves, in the record and in the log.
func (a *attempt) data() string { return fmt.Sprintf("%s %d %d", a.key, a.seq, a.version) }

func (l *Load) failed(ctx context.Context, err error) {
	end, ok := ctx.Deadline()
	if over := ok && !time.Now().Before(end); err != nil && !over && ctx.Err() == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.errs = append(l.errs, err)
	}
}

// Acknowledged is how many saves ended without an error until now.
func (l *Load) Acknowledged() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.acked
}

// Errors are those of the store until now, without conflicts and without what
// was cancelled by the end of Run.
func (l *Load) Errors() []error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.errs)
}

// Check reports what is not there and should be, or is and should not: a save
// that was acknowledged is there, one that ended in a conflict is not, one with
// another error is there wholly or not at all; and all that is there was saved
// over what it was to be saved over, in its own conversation.
func (l *Load) Check(t testing.TB, s session.Store) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	there := map[uint64]bool{}
	for i := range loadConversations {
		l.checkOne(t, s, loadKey(i), there)
	}
	lost, refused := 0, 0
	for version := range maps.Keys(l.attempts) {
		switch a := l.attempts[version]; {
		case a.err == nil && !there[version]:
			lost++
		case errors.Is(a.err, session.ErrConflict) && there[version]:
			refused++
		}
	}
	if lost+refused > 0 {
		t.Errorf("of %d saves that were acknowledged %d are not there; %d are there that ended in a conflict", l.acked, lost, refused)
	}
}

// checkOne reads a conversation, whose log says which saves are there.
func (l *Load) checkOne(t testing.TB, s session.Store, key session.Key, there map[uint64]bool) {
	t.Helper()
	r, log, err := both(t.Context(), s, key)
	if err != nil {
		t.Errorf("reading %s: %v", key, err)
		return
	}
	last := &attempt{key: key}
	for _, e := range log {
		var seq, version uint64
		if _, err := fmt.Sscanf(string(e.Data), key.String()+" %d %d", &seq, &version); err != nil {
			t.Errorf("entry %d of %s holds %q", e.Seq, key, e.Data)
			return
		}
		a := l.attempts[version]
		if a == nil || a.data() != string(e.Data) || a.seq != e.Seq || a.seq != last.seq+1 || a.prev != last.version {
			t.Errorf("entry %d of %s, %q, was not saved over entry %d, %q", e.Seq, key, e.Data, last.seq, last.data())
			return
		}
		there[version], last = true, a
	}
	if r.Version != last.version || last.seq > 0 && (string(r.Data) != last.data() || r.User != key.Tenant) {
		t.Errorf("%s is %s, and the last entry of its log %q", key, show(r), last.data())
	}
}
