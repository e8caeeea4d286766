package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
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
type damage struct{ refused, wrong, errors, right, saved int }

// use opens a damaged file and does everything with it: what comes back must be
// what was saved at some time, or an error.
func (d *damage) use(t *testing.T, path string, n int, atLeast uint64) {
	t.Helper()
	s, err := Open(path, &Options{NoSync: true})
	if err != nil {
		if !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("Open: %v", err)
		}
		d.refused++
		return
	}
	defer s.Close()
	for i := range n {
		key := counter(i)
		r, err := s.Load(t.Context(), key)
		switch want := count(key, max(r.Version, 1)-1).Record; {
		case err != nil:
			d.errors++
			if !errors.Is(err, session.ErrCorrupt) && !errors.Is(err, session.ErrNotFound) {
				t.Errorf("Load: %v", err)
			}
			continue
		case r.Version < atLeast || string(r.Data) != string(want.Data) || r.User != want.User || !r.Expires.Equal(want.Expires):
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
	for _, f := range []session.Filter{{AllTenants: true}, {Tenant: "shop1"}, {AllTenants: true, Expired: countedFrom.Add(1 << 40)}} {
		for r, err := range s.List(t.Context(), f) {
			if err == nil && r.User != userOf(r.Key, r.Version) {
				t.Errorf("List yields %+v", r)
			}
		}
	}
}

// TestDamage flips bits all over a file, one byte at a time.
func TestDamage(t *testing.T) {
	const n = 60
	_, content := damageable(t, n)
	path := filepath.Join(t.TempDir(), "damaged.db")
	size := os.Getpagesize()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	var d damage
	tries := 0
	for page := 0; page < len(content); page += size {
		for range 10 {
			at := page + random.IntN(min(size, []int{16, 200, size}[random.IntN(3)]))
			was := content[at]
			content[at] ^= byte(1 + random.IntN(255))
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			content[at] = was
			start := time.Now()
			d.use(t, path, n, 1)
			if d := time.Since(start); d > 100*time.Millisecond {
				fmt.Println("slow", page/size, at-page, d)
			}
			tries++
			if t.Failed() {
				t.Fatalf("with byte %d (%d of page %d) changed, seed %d", at, at-page, page/size, seed)
			}
		}
	}
	fmt.Printf("%d bytes in %d tries: %+v\n", len(content), tries, d)
}
