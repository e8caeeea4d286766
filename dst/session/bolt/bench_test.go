package bolt

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// turn is the n-th turn of one of many conversations: a record of 600 bytes, with
// an entry of 200 and an end that each turn puts off.
func turn(saver int, n uint64) session.Change {
	r := session.Record{
		Key: id("shop", fmt.Sprintf("%08x", uint32(saver)*2654435761)), User: fmt.Sprintf("user%d", saver), Version: n,
		Expires: time.Now().Add(time.Hour), Data: bytes.Repeat([]byte{byte(n)}, 600),
	}
	return session.Change{Record: r, Prev: n - 1, Append: []session.Entry{{Seq: n, Data: r.Data[:200]}}, Trim: n - min(n, 20)}
}

// BenchmarkSave measures durable saves: ns/op is the time of one turn with so
// many conversations at once.
func BenchmarkSave(b *testing.B) {
	for _, savers := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("group/%d", savers), func(b *testing.B) {
			s, err := Open(filepath.Join(b.TempDir(), "sessions.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			saveAll(b, savers, func(c session.Change) error { return s.Save(b.Context(), c) })
		})
		b.Run(fmt.Sprintf("update/%d", savers), func(b *testing.B) { // a transaction for each
			s, err := Open(filepath.Join(b.TempDir(), "sessions.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			saveAll(b, savers, func(c session.Change) error {
				w := newSave(b.Context(), c)
				err := s.db.Update(func(tx *bbolt.Tx) error {
					pages, err := s.precheck(tx)
					if err != nil {
						return err
					}
					return w.apply(tx, pages)
				})
				if err != nil {
					return err
				}
				return w.result
			})
		})
	}
}

func saveAll(b *testing.B, savers int, save func(session.Change) error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	b.ResetTimer()
	for i := range savers {
		wg.Go(func() {
			for n := uint64(1); left.Add(-1) >= 0; n++ {
				if err := save(turn(i, n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// BenchmarkSync is what a sync of 4096 bytes costs on this disk.
func BenchmarkSync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "file"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 4096)
	for b.Loop() {
		if _, err := f.WriteAt(page, 0); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	s := unsynced(b, filepath.Join(b.TempDir(), "sessions.db"))
	const n = 100_000
	var wg sync.WaitGroup
	for saver := range 256 {
		wg.Go(func() {
			for i := saver; i < n; i += 256 {
				if err := s.Save(b.Context(), turn(i, 1)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b.Run("records=100000", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i += 7919 {
				if _, err := s.Load(b.Context(), turn(i%n, 1).Record.Key); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}
