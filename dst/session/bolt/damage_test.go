package bolt

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// damageable is a closed store of n conversations with pages of all kinds, and
// the bytes of it that are in use.
func damageable(t *testing.T, n int) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "sessions.db")
	s := unsynced(t, path)
	for round := range uint64(3) {
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				if err := s.Save(t.Context(), count(counter(i), round)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, inUse(content)
}

// inUse is a file's content without the pages of zeros at its end.
func inUse(content []byte) []byte {
	size := os.Getpagesize()
	end := (len(bytes.TrimRight(content, "\x00")) + size - 1) / size * size
	return content[:end]
}

// damage says what came of a damaged file.
type damage struct{ refused, errors, right, saved int }

// use opens a damaged file and does everything with it: what comes back must be
// what was saved at some time, or an error.
func (d *damage) use(t *testing.T, path string, n int) {
	t.Helper()
	s, err := Open(path, &Options{NoSync: true})
	if err != nil {
		if !errors.Is(err, session.ErrCorrupt) && !strings.Contains(err.Error(), "another program's") { // it says so no more
			t.Errorf("Open: %v", err)
		}
		d.refused++
		return
	}
	defer s.Close()
	for i := range n {
		d.useOne(t, s, counter(i))
	}
	for _, f := range []session.Filter{{AllTenants: true}, {Tenant: "shop1"}, {AllTenants: true, Expired: countedFrom.Add(1 << 40)}} {
		for r, err := range s.List(t.Context(), f) {
			if err == nil && r.User != userOf(r.Key, r.Version) {
				t.Errorf("List yields %+v", r)
			}
		}
	}
}

func (d *damage) useOne(t *testing.T, s *Store, key session.Key) {
	t.Helper()
	r, err := s.Load(t.Context(), key)
	if err != nil {
		d.errors++
		if !errors.Is(err, session.ErrCorrupt) && !errors.Is(err, session.ErrNotFound) {
			t.Errorf("Load: %v", err)
		}
		return
	}
	want := count(key, max(r.Version, 1)-1).Record
	if string(r.Data) != string(want.Data) || r.User != want.User || !r.Expires.Equal(want.Expires) {
		t.Errorf("Load of %s: %d, %q", key, r.Version, r.Data)
	}
	d.right++
	for e, err := range s.Log(t.Context(), key, 0) {
		if err == nil && string(e.Data) != counted(key, e.Seq) {
			t.Errorf("the log of %s has %d, %q", key, e.Seq, e.Data)
		}
	}
	if err := s.Save(t.Context(), count(key, r.Version)); err == nil {
		d.saved++
	} else if !errors.Is(err, session.ErrCorrupt) {
		t.Errorf("Save: %v", err)
	}
}

// TestDamage damages a file in one place at a time: a byte, mostly of what says
// how a page is made up, or a page, which is empty or another one.
func TestDamage(t *testing.T) {
	const n, each = 60, 4
	_, content := damageable(t, n)
	path := filepath.Join(t.TempDir(), "damaged.db")
	size := os.Getpagesize()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	var d damage
	for page := 0; page < len(content); page += size {
		for try := range each {
			damaged := bytes.Clone(content)
			at := page + random.IntN(min(size, []int{16, 200, size}[random.IntN(3)]))
			switch {
			case try > 0:
				damaged[at] ^= byte(1 + random.IntN(255))
			case random.IntN(2) == 0:
				clear(damaged[page : page+size])
			default:
				copy(damaged[page:page+size], content[random.IntN(len(content)/size)*size:])
			}
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if d.use(t, path, n); t.Failed() {
				t.Fatalf("with byte %d of page %d changed (try %d, seed %d)", at-page, page/size, try, seed)
			}
		}
	}
	tries := len(content) / size * each
	if d.refused == 0 || d.errors == 0 || d.right < tries*n/2 || d.saved < tries*n/2 {
		t.Errorf("of %d files %d are refused, with %d errors; %d records come back, %d are saved", tries, d.refused, d.errors, d.right, d.saved)
	}
}

// A damaged record is an error of its own: others are listed and saved, and it
// can be deleted.
func TestDamagedRecord(t *testing.T) {
	path, content := damageable(t, 30)
	victim := counter(7)
	for at := range content { // older copies, too
		if bytes.HasPrefix(content[at:], []byte(counted(victim, 3)+".")) {
			content[at+8] ^= 1
		}
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unsynced(t, path)
	_, err := s.Load(t.Context(), victim)
	wantError(t, "Load", err, session.ErrCorrupt, victim.String())
	wantError(t, "Save", s.Save(t.Context(), count(victim, 3)), session.ErrCorrupt, victim.String())
	wantError(t, "Delete of a version", s.Delete(t.Context(), victim, 3), session.ErrCorrupt)
	wantListed(t, s, session.ErrCorrupt)
	if err := s.Delete(t.Context(), victim, 0); err != nil {
		t.Fatal(err)
	}
	_, err = s.Load(t.Context(), victim)
	wantError(t, "Load after Delete", err, session.ErrNotFound)
	wantListed(t, s, nil)
	for range 2 {
		if _, err := countOn(t.Context(), s, victim); err != nil {
			t.Errorf("counting anew: %v", err)
		}
	}
	allCounted(t, s, 30)
}

// wantListed checks that 29 conversations are listed before the error.
func wantListed(t *testing.T, s *Store, want error) {
	t.Helper()
	for _, f := range []session.Filter{{AllTenants: true}, {AllTenants: true, Expired: countedFrom.Add(time.Hour)}} {
		found, failed := 0, error(nil)
		for _, err := range s.List(t.Context(), f) {
			if failed = err; err == nil {
				found++
			}
		}
		if found != 29 || !errors.Is(failed, want) {
			t.Errorf("List of %+v yields %d and error %v, want %v", f, found, failed, want)
		}
	}
}

// A file that somebody cuts short while it is open makes errors, also in calls
// that wait, and frees its lock.
func TestCutWhileOpen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("an open file may not be cut short everywhere")
	}
	for _, pages := range []int{0, 2, 5} {
		path, _ := damageable(t, 60)
		s, err := Open(path, &Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, int64(pages*os.Getpagesize())); err != nil {
			t.Fatal(err)
		}
		var failed atomic.Int32
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				if _, err := countOn(t.Context(), s, counter(i)); err != nil {
					failed.Add(1)
					wantError(t, "counting", err, session.ErrCorrupt)
				}
			})
		}
		wg.Wait()
		if failed.Load() == 0 {
			t.Errorf("with %d pages left nothing fails", pages)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if again, err := Open(path, &Options{NoSync: true}); err == nil {
			again.Close()
		} else {
			wantError(t, "Open after it", err, session.ErrCorrupt) // and not that it is open
		}
	}
}
