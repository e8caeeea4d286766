package faulttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A mode is a way in which a call fails.
type mode struct {
	name                 string
	after, cancel, death bool // after it happened; by its context; and with all that follow, as when the process ends
}

var modes = []mode{
	{name: "before"}, {name: "after", after: true},
	{name: "cancelled before", cancel: true}, {name: "cancelled after", cancel: true, after: true},
	{name: "killed before", death: true}, {name: "killed after", death: true, after: true},
}

// fault is the failure of the call with a number.
type fault struct {
	mode
	at, calls int
	cancel    context.CancelFunc
	dead      bool
}

func (f *fault) around(ctx context.Context, _ call, do func(context.Context) error) error {
	f.calls++
	if f.dead {
		return errFault
	}
	if f.calls != f.at {
		return do(ctx)
	}
	f.dead = f.death
	if f.mode.after {
		if err := do(ctx); err != nil {
			return err
		}
	}
	if f.mode.cancel {
		f.cancel()
		if !f.mode.after {
			return do(ctx)
		}
		return nil
	}
	return errFault
}

// everyCall plays a script once for each call of the store and each way in which
// that may fail. What is stored at the end is what is stored when nothing fails.
func everyCall(t *testing.T, store session.Store) {
	f := &fault{}
	want := playScript(t, store, f)
	if t.Failed() {
		return
	}
	type one struct {
		mode
		at int
	}
	var all []one
	for at := range f.calls {
		for _, m := range modes {
			all = append(all, one{m, at + 1})
		}
	}
	seed := rand.Uint64()
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	began, done, retried := time.Now(), 0, 0
	for _, one := range all {
		// Where few can be tried in a second, more are not waited for.
		if took := time.Since(began); took > 4*For() || took > For() && done < len(all)/8 {
			break
		}
		f := &fault{mode: one.mode, at: one.at}
		got := playScript(t, store, f)
		if got != want {
			t.Error(difference(got, want))
		}
		if t.Failed() {
			t.Fatalf("with call %d failing: %s", one.at, one.name)
		}
		done++
		retried += f.calls
	}
	t.Logf("%-34s tried %d of %d (%d calls, each in %d ways), with %d calls: what is stored in the end is the same", of(store)+": each call fails", done, len(all), f.calls, len(modes), retried)
}

// playScript plays the script with a fault, and returns what is stored at the
// end.
func playScript(t *testing.T, store session.Store, f *fault) string {
	wipe(t, store)
	s := &scene{store: store, around: f.around, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), held: map[session.Key]bool{}, erased: map[string]bool{}, deaths: f.death}
	s.restart(t, session.Options{})
	stored := ""
	for _, step := range script(t) {
		for try := 1; ; try++ {
			var ctx context.Context
			ctx, f.cancel = context.WithCancel(t.Context())
			err := step.do(ctx, s)
			f.cancel()
			if err == nil {
				break
			}
			if !errors.Is(err, errFault) && !errors.Is(err, context.Canceled) || try > 2 {
				t.Errorf("%s, for the %d. time: %v", step.name, try, err)
				return ""
			}
			f.dead = false // the process is started again
		}
		if step.looks {
			stored += dump(t, s, step.name)
		}
	}
	return stored
}

// difference is the first line in which two texts differ, and where it stands.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	place := ""
	for i := range min(len(a), len(b)) {
		if strings.HasPrefix(b[i], "after ") {
			place = b[i]
		}
		if a[i] != b[i] {
			return fmt.Sprintf("%s\n%s\nwant\n%s", place, a[i], b[i])
		}
	}
	return fmt.Sprintf("there are %d lines of what is stored, want %d", len(a), len(b))
}

// dump is what is stored now.
func dump(t *testing.T, s *scene, after string) string {
	m := newManager(t, s.store, session.Options{Keys: keyring(t, "new", "old"), Now: func() time.Time { return s.now }, Lifetimes: session.Lifetimes{Slot: -1}})
	out := "after " + after + ":\n"
	for r, err := range s.store.List(t.Context(), session.Filter{AllTenants: true}) {
		if err != nil {
			t.Fatal(err)
		}
		c, err := m.Get(t.Context(), r.Key)
		if err != nil && !errors.Is(err, session.ErrNotFound) { // its time is over
			t.Errorf("after %s: %v", after, err)
		}
		out += fmt.Sprint(r.Key, " ", r.Expires.UnixMilli(), " ", text(c.State), "\n")
		for e, err := range m.Log(t.Context(), r.Key) {
			if err != nil {
				t.Errorf("after %s: %v", after, err)
			}
			out += text(e) + "\n"
		}
	}
	return out
}
