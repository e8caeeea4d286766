package kg_test

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// publish writes the builder's state where replicas look for it. The new file
// takes the place of the old one at once, so that none reads half of it. An
// object store does the same with one upload.
func publish(g *kg.Graph, path string) error {
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	err = errors.Join(g.WriteSnapshot(ctx, f), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// follow is one look of a replica: it takes over the file where it is another
// than the last one. Its readers go on meanwhile.
func follow(replica *kg.Graph, path string, last *os.FileInfo) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing published yet
	} else if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || *last != nil && os.SameFile(*last, info) && info.ModTime().Equal((*last).ModTime()) {
		return err
	}
	if err := replica.ReadSnapshot(ctx, f); err != nil {
		return err // and go on with what is there
	}
	*last = info
	return nil
}

// One graph is built, and any number of replicas serve it.
func Example_replica() {
	dir, err := os.MkdirTemp("", "replica")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	builder, err := kg.Open(filepath.Join(dir, "graph"), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer builder.Close()
	replica, err := kg.New(&kg.Options{ReadOnly: true})
	if err != nil {
		log.Fatal(err)
	}
	defer replica.Close()

	snapshot := filepath.Join(dir, "snapshot")
	published, stop := make(chan bool), make(chan bool)
	var running sync.WaitGroup
	running.Go(func() { // the replica's poll
		var last os.FileInfo
		for {
			if err := follow(replica, snapshot, &last); err != nil {
				log.Print(err)
			}
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	running.Go(func() { // one of its readers, which sees the old price or the new one
		for old := 0.0; old != 4599; {
			facts, err := replica.Facts(ctx, "p1")
			if err != nil {
				log.Fatal(err)
			}
			for _, f := range facts {
				if n, _, _ := f.Object.Number(); n != old {
					fmt.Println(f)
					old = n
					published <- true
				}
			}
		}
	})
	for _, price := range []float64{4999, 4599} {
		err := builder.Update(ctx, func(b *kg.Batch) error {
			b.RemoveSubject("p1")
			b.Add(kg.Fact{Subject: "p1", Predicate: "price", Object: kg.Num(price, "CNY")})
			return nil
		})
		if err == nil {
			err = publish(builder, snapshot)
		}
		if err != nil {
			log.Fatal(err)
		}
		<-published
	}
	close(stop)
	running.Wait()
	// Output:
	// p1 price 4999 CNY
	// p1 price 4599 CNY
}

// A backup is a snapshot. In an empty folder and under the name of a first one,
// it is a graph to open.
func ExampleGraph_WriteSnapshot() {
	g := shop()
	defer g.Close()
	dir, err := os.MkdirTemp("", "restored")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := publish(g, filepath.Join(dir, "graph-00000001.snapshot")); err != nil {
		log.Fatal(err)
	}
	restored, err := kg.Open(dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer restored.Close()
	fmt.Println(restored.Len() == g.Len(), restored.Name(ctx, "p1", "zh"))
	// Output: true 新星 12
}
