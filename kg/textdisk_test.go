package kg

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// openTexts opens a graph that writes all segments to its disk, and compiles
// and compacts itself early.
func openTexts(t testing.TB, d disk, readOnly bool) (*Graph, error) {
	t.Helper()
	clock := int64(0)
	g, err := New(&Options{Now: func() time.Time { clock++; return time.Unix(clock, 0) }, ReadOnly: readOnly})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	g.compileLeast, g.textLeast = 50, 1
	return g, g.keepIn(d, false)
}

func (d *memDisk) texts() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(d.names)) {
		if strings.HasPrefix(name, "text-") {
			out = append(out, name)
		}
	}
	return out
}

// clone is another disk with the same files.
func (d *memDisk) clone() *memDisk {
	c := newMemDisk(1)
	for name, f := range d.names {
		c.names[name] = &memFile{slices.Clone(f.data), len(f.data)}
	}
	c.durable = maps.Clone(c.names)
	return c
}

// textHistory writes batches of texts, with checkpoints among them.
func textHistory(t testing.TB, g *Graph, r *rand.Rand, batches int) {
	t.Helper()
	for i := range batches {
		randomTexts(t, g, r, 300)
		if i%20 == 19 {
			if err := g.Checkpoint(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestTextsOnDisk opens what was written: the segments are used as they are,
// and only what changed since is made anew.
func TestTextsOnDisk(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	d := newMemDisk(1)
	g, err := openTexts(t, d, false)
	if err != nil {
		t.Fatal(err)
	}
	textHistory(t, g, r, 100)
	for range 5 { // behind the last checkpoint
		randomTexts(t, g, r, 300)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false} {
		before := d.clone()
		g, err := openTexts(t, d, readOnly)
		if err != nil {
			t.Fatal(err)
		}
		s := g.snap.Load()
		checkTexts(t, s, r)
		kept := 0
		for _, p := range s.text.parts {
			if slices.ContainsFunc(before.texts(), func(name string) bool { return bytes.Contains(before.names[name].data, p.dict) }) {
				kept += p.alive
			}
		}
		if kept < s.text.docs/2 {
			t.Errorf("read only %v: of %d documents only %d came from the disk", readOnly, s.text.docs, kept)
		}
		if same := maps.EqualFunc(before.names, d.names, func(a, b *memFile) bool { return bytes.Equal(a.data, b.data) }); readOnly && !same {
			t.Error("a graph that is read only wrote to its folder")
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(d.texts()); n == 0 || n > 12 {
		t.Errorf("%d files of the index", n)
	}
}

// TestDamagedTexts opens a folder whose index is missing, cut, changed, old or
// of another graph, in part or as a whole.
func TestDamagedTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	d := newMemDisk(1)
	g, err := openTexts(t, d, false)
	if err != nil {
		t.Fatal(err)
	}
	textHistory(t, g, r, 40)
	old := d.clone()
	textHistory(t, g, r, 60)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	other := newMemDisk(1)
	g, err = openTexts(t, other, false)
	if err != nil {
		t.Fatal(err)
	}
	textHistory(t, g, rand.New(rand.NewPCG(9, 9)), 40)
	if len(old.texts()) == 0 || len(other.texts()) == 0 || len(d.texts()) == 0 {
		t.Fatal("nothing on the disk to damage")
	}
	for round := range 150 {
		bad := d.clone()
		for _, name := range bad.texts() {
			switch f := bad.names[name]; r.IntN(8) {
			case 0:
				delete(bad.names, name)
			case 1:
				f.data = f.data[:r.IntN(len(f.data))]
			case 2:
				f.data[r.IntN(len(f.data))] ^= 1 << r.IntN(8)
			case 3:
				f.data = nil
			case 4:
				bad.names[textFile(uint64(1000+r.IntN(9)))] = &memFile{data: slices.Clone(f.data)} // twice
			}
		}
		for _, from := range []*memDisk{old, other} {
			for _, name := range from.texts() {
				if r.IntN(3) == 0 {
					bad.names[name] = &memFile{data: slices.Clone(from.names[name].data)}
				}
			}
		}
		bad.names[textFile(2000)+".new"] = &memFile{data: []byte("half")}
		g, err := openTexts(t, bad, round%3 == 0)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		checkTexts(t, g.snap.Load(), r)
		if round%3 > 0 {
			randomTexts(t, g, r, 300)
			if err := g.Checkpoint(context.Background()); err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			checkTexts(t, g.snap.Load(), r)
			if slices.ContainsFunc(bad.texts(), func(name string) bool { return strings.HasSuffix(name, ".new") }) {
				t.Errorf("left over: %v", bad.texts())
			}
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTextsKilledAnywhere kills the program at each operation on the disk, and
// cuts the power: what is opened then finds what the facts that are there say.
func TestTextsKilledAnywhere(t *testing.T) {
	history := func(g *Graph) error {
		r := rand.New(rand.NewPCG(6, 6))
		for i := range 12 {
			err := g.Update(context.Background(), func(b *Batch) error {
				for range 20 {
					b.RemoveSubject(fmt.Sprintf("p%d", r.IntN(80)))
					b.Add(Fact{fmt.Sprintf("p%d", r.IntN(80)), "name", Text(randomText(r)), ""})
				}
				return nil
			})
			if err == nil && i%3 == 2 {
				g.merges.group.Wait() // so that the operations come in the same order each time
				err = g.Checkpoint(context.Background())
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	all := newMemDisk(0)
	g, err := openTexts(t, all, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := history(g); err != nil {
		t.Fatal(err)
	}
	if len(all.texts()) == 0 {
		t.Fatal("no index on the disk")
	}
	r := rand.New(rand.NewPCG(8, 8))
	for kill := range all.ops {
		for _, power := range []bool{false, true} {
			d := newMemDisk(uint64(kill))
			d.killAt = kill
			if g, err := openTexts(t, d, false); err == nil {
				if history(g) == nil && kill < all.ops-1 {
					t.Fatalf("killed at %d of %d, and no error", kill, all.ops)
				}
				_ = g.Close()
			}
			if d.killAt = -1; power {
				d.crash()
			}
			g, err := openTexts(t, d, false)
			if err != nil {
				t.Fatalf("killed at %d of %d: %v", kill, all.ops, err)
			}
			checkTexts(t, g.snap.Load(), r)
			if err := g.Close(); err != nil {
				t.Fatalf("killed at %d of %d: %v", kill, all.ops, err)
			}
		}
	}
}
