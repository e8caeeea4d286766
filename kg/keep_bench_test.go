package kg

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

var keepProducts = flag.Int("kg.products", 100_000, "products, of 12 facts each, in the benchmarks of files and replicas")

// keptFile is the catalogue as a snapshot file, and the state that it holds,
// which has no names and no texts indexed.
var keptFile = sync.OnceValues(func() ([]byte, *snapshot) {
	g, err := New(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	facts := catalogue(*keepProducts)
	changes := make([]change, len(facts))
	for i, f := range facts {
		changes[i] = change{fact: f, op: addFact}
	}
	w := g.writer(g.snap.Load())
	if err := w.number(context.Background(), changes); err != nil {
		log.Fatal(err)
	}
	s := w.compile(w.fold())
	var b bytes.Buffer
	if err := writeSnapshot(&b, s); err != nil {
		log.Fatal(err)
	}
	return b.Bytes(), s
})

// keptGraph opens a folder that the catalogue is put in.
func keptGraph(b *testing.B, dir string) *Graph {
	file, _ := keptFile()
	err := os.WriteFile(filepath.Join(dir, snapshotName(1)), file, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	g, err := Open(dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	return g
}

// reportFacts reports a rate, and what the heap holds for each fact where that
// is known.
func reportFacts(b *testing.B, s *snapshot, heap uint64) {
	b.ReportMetric(float64(s.facts)*float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	if heap > 0 {
		b.ReportMetric(float64(heap)/float64(s.facts), "heap-B/fact")
	}
}

// heapOf is the memory that live objects take.
func heapOf() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkWriteSnapshot(b *testing.B) {
	g := newGraph(b)
	file, s := keptFile()
	g.snap.Store(s)
	for b.Loop() {
		if err := g.WriteSnapshot(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	reportFacts(b, s, 0)
	b.ReportMetric(float64(len(file))/float64(s.facts), "file-B/fact")
}

// BenchmarkReadFacts reads a snapshot file without the indexes of names and
// texts.
func BenchmarkReadFacts(b *testing.B) {
	file, s := keptFile()
	before := heapOf()
	var last *snapshot
	for b.Loop() {
		var err error
		if last, err = readSnapshot(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
	reportFacts(b, s, heapOf()-before)
	runtime.KeepAlive(last)
}

// BenchmarkReadSnapshot is a replica that takes over a snapshot, with all indexes.
func BenchmarkReadSnapshot(b *testing.B) {
	file, s := keptFile()
	before := heapOf()
	g := newGraph(b)
	for b.Loop() {
		if err := g.ReadSnapshot(context.Background(), bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
	reportFacts(b, s, heapOf()-before)
}

// BenchmarkOpen opens a folder that was left with a snapshot and no journal.
func BenchmarkOpen(b *testing.B) {
	_, s := keptFile()
	dir := b.TempDir()
	g := keptGraph(b, dir)
	if err := errors.Join(g.Checkpoint(context.Background()), g.Close()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		g, err := Open(dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := g.Close(); err != nil {
			b.Fatal(err)
		}
	}
	reportFacts(b, s, 0)
}

// BenchmarkUpdateOnDisk changes one price of a graph in a folder; each change is
// on the disk when it returns.
func BenchmarkUpdateOnDisk(b *testing.B) {
	g := keptGraph(b, b.TempDir())
	n := 0.0
	for b.Loop() {
		err := g.Update(context.Background(), func(batch *Batch) error {
			batch.Remove(Fact{Subject: "p77", Predicate: "offer", Object: Num(n, "CNY")})
			n++
			batch.Add(Fact{Subject: "p77", Predicate: "offer", Object: Num(n, "CNY")})
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(g.keep.journal.size)/float64(b.N), "journal-B/op")
	if err := g.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSwap has a reader ask a replica that takes over one snapshot after
// another, and says how long its longest reads took.
func BenchmarkSwap(b *testing.B) {
	file, _ := keptFile()
	g := newGraph(b)
	if err := g.ReadSnapshot(context.Background(), bytes.NewReader(file)); err != nil {
		b.Fatal(err)
	}
	q := Query{Kind: "phone", Where: []Condition{{"brand", Eq, []Value{Ref("brand7")}}, {"price", Lt, []Value{Num(3000, "CNY")}}}, Limit: 10}
	var took []time.Duration
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for ; ; time.Sleep(100 * time.Microsecond) {
			select {
			case <-stop:
				return
			default:
			}
			start := time.Now()
			if hits, err := g.Find(context.Background(), q); err != nil || len(hits) != 10 {
				b.Error(len(hits), err)
				return
			}
			took = append(took, time.Since(start))
		}
	}()
	for b.Loop() {
		if err := g.ReadSnapshot(context.Background(), bytes.NewReader(file)); err != nil {
			b.Error(err)
			break
		}
	}
	close(stop)
	<-stopped
	slices.Sort(took)
	if len(took) == 0 {
		b.Fatal("no reads")
	}
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-us")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-us")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "longest-us")
	b.ReportMetric(float64(len(took)), "reads")
}
