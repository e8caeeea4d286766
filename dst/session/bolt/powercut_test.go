package bolt

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
)

// A powerCut is a commit, in whose middle a machine may fail: what was in the file
// before and after it, and how far the conversations were.
type powerCut struct {
	was, is     []byte
	wasAt, isAt []uint64
	path        string // where the states of the disk are tried
	tries       int
}

// TestPowerCut leaves files as they may be when the machine fails during a
// commit. bbolt writes pages that nothing on the disk refers to, syncs, writes
// one of its two first pages, which refers to them, and syncs. So the disk may
// have any choice of the former, in sectors, with both first pages as they were;
// or all of the former and a part of the latter. That the pages are written in
// this order is bbolt's word; that nothing refers to the former is tested here.
func TestPowerCut(t *testing.T) {
	s := unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	const n = 12
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 3))
	p := &powerCut{path: filepath.Join(t.TempDir(), "disk.db")}
	p.is, p.isAt = commitOnce(t, s, n, n), allCounted(t, s, n)
	for round := range 4 {
		p.was, p.wasAt = p.is, p.isAt
		p.is = commitOnce(t, s, 1+random.IntN(n), n)
		p.isAt = allCounted(t, s, n)
		if p.cut(t, random); t.Failed() {
			t.Fatalf("in round %d of seed %d", round, seed)
		}
	}
	t.Logf("%d states of the disk", p.tries)
}

// commitOnce counts some of n conversations on in one transaction, deletes one,
// and returns the file.
func commitOnce(t *testing.T, s *Store, some, n int) []byte {
	t.Helper()
	var batch []*write
	for i := range some {
		_, err := s.Load(t.Context(), counter(i))
		at := uint64(0)
		if err == nil {
			if at, err = countedTo(t.Context(), s, counter(i)); err != nil {
				t.Fatal(err)
			}
		}
		batch = append(batch, newSave(t.Context(), count(counter(i), at)))
	}
	batch = append(batch, newWrite(t.Context(), "delete", counter(some%n)))
	if err := s.commit(batch); err != nil { // the committer sleeps
		t.Fatal(err)
	}
	for _, w := range batch[:some] {
		if w.result != nil {
			t.Fatal(w.result)
		}
	}
	content, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return inUse(content)
}

// changes is the places of the pages that the commit changed: of the first page
// that it wrote, and of the others.
func (p *powerCut) changes(t *testing.T, size int) (first int, others []int) {
	t.Helper()
	first = -1
	for at := 0; at < len(p.is); at += size {
		switch changed := at >= len(p.was) || !bytes.Equal(p.was[at:at+size], p.is[at:at+size]); {
		case changed && at >= 2*size:
			others = append(others, at)
		case changed && first < 0:
			first = at
		case changed:
			t.Fatal("a commit changes both first pages")
		}
	}
	return first, others
}

func (p *powerCut) cut(t *testing.T, random *rand.Rand) {
	size := os.Getpagesize()
	n := max(len(p.was), len(p.is))
	p.was = append(p.was, make([]byte, n-len(p.was))...)
	p.is = append(p.is, make([]byte, n-len(p.is))...)
	first, others := p.changes(t, size)
	p.reopen(t, p.was, p.wasAt)
	for range 30 { // any choice of sectors
		some := slices.Clone(p.was)
		for at := 2 * size; at < n; at += 512 {
			if random.IntN(2) == 0 {
				copy(some[at:at+512], p.is[at:])
			}
		}
		p.reopen(t, some, p.wasAt)
	}
	disk := slices.Clone(p.was)
	for _, at := range others { // one page after the other
		copy(disk[at:at+size/2], p.is[at:])
		p.reopen(t, disk, p.wasAt)
		copy(disk[at:at+size], p.is[at:])
		p.reopen(t, disk, p.wasAt)
	}
	for n := 0; n <= pageHeader+64; n += 4 { // the first page, torn
		torn := slices.Clone(disk)
		copy(torn[first:first+n], p.is[first:])
		want := p.wasAt
		if n == pageHeader+64 {
			want = p.isAt
		}
		p.reopen(t, torn, want)
	}
}

// reopen opens the store that a state of the disk has, and saves on in it.
func (p *powerCut) reopen(t *testing.T, disk []byte, want []uint64) {
	t.Helper()
	p.tries++
	if err := os.WriteFile(p.path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	s := unsynced(t, p.path)
	if got := allCounted(t, s, len(want)); !slices.Equal(got, want) {
		t.Fatalf("after a power cut the conversations are at %d, want %d", got, want)
	}
	i := p.tries % len(want)
	if n, err := countOn(t.Context(), s, counter(i)); err != nil || n != want[i]+1 {
		t.Fatalf("counting on after a power cut: %d, %v", n, err)
	}
	if got := allCounted(t, s, len(want)); got[i] != want[i]+1 {
		t.Fatalf("after counting on: %d, was %d", got, want)
	}
	err := s.view(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("after a power cut: %v", err)
		}
		return nil
	})
	if err != nil || s.Close() != nil {
		t.Fatal("the store does not close", err)
	}
}
