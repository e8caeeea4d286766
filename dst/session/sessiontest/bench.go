package sessiontest

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Benchmark measures saves with 1, 16 and 256 conversations at once, each of
// which is loaded and saved again and again, as by turns that come one after the
// other: a record of a kilobyte, and an entry of half of one for a log that is
// kept at 16 entries. It reports saves/s; ns/op is the time by the number of
// saves, not how long one takes. The store is empty to begin with.
func Benchmark(b *testing.B, s session.Store) {
	for _, n := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("conversations=%d", n), func(b *testing.B) { benchmark(b, s, n) })
	}
}

func benchmark(b *testing.B, s session.Store, conversations int) {
	record, entry := []byte(strings.Repeat("r", 1000)), []byte(strings.Repeat("e", 500))
	var turns, versions atomic.Int64
	versions.Store(int64(b.N) << 32) // others than in the last run
	var wg sync.WaitGroup
	b.ResetTimer()
	for w := range conversations {
		wg.Go(func() {
			key := id("bench", fmt.Sprintf("%d of %d", w, conversations))
			_ = s.Delete(b.Context(), key, 0) // that of the last run, if there was one
			c := session.Change{Record: session.Record{Key: key, User: key.ID, Data: record}}
			for seq := uint64(1); turns.Add(1) <= int64(b.N); seq++ {
				if seq > 1 {
					if _, err := s.Load(b.Context(), key); err != nil {
						b.Error(err)
						return
					}
				}
				c.Prev, c.Record.Version = c.Record.Version, uint64(versions.Add(1))
				c.Append = []session.Entry{{Seq: seq, Data: entry}}
				c.Trim = max(seq, 16) - 15
				if err := s.Save(b.Context(), c); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}
