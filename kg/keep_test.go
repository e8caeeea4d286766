package kg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func openOn(t testing.TB, d disk, recover bool) (*Graph, error) {
	t.Helper()
	clock := int64(0)
	g, err := New(&Options{Now: func() time.Time { clock++; return time.Unix(clock, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	g.compileLeast = 50
	return g, g.keepIn(d, recover)
}

// contents is all that a graph says, origins included, but for their times.
func contents(g *Graph) string {
	s := g.snap.Load()
	var b strings.Builder
	for _, n := range s.allSubjects() {
		for _, r := range s.inOrder(s.rows.of(n)) {
			fmt.Fprint(&b, s.fact(triple{n, r}))
			for _, o := range s.chain(r.origin) {
				fmt.Fprintf(&b, " <%s>", s.source(o.label))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// scenario writes batches to a graph and returns what it held after each one
// that was acknowledged, beginning with the empty graph.
func scenario(g *Graph, checkpoints bool) (states []string, err error) {
	states = append(states, contents(g))
	rnd := rand.New(rand.NewPCG(5, 5))
	for i := range 14 {
		err := g.Update(context.Background(), func(b *Batch) error {
			for range 8 {
				b.Add(randomFact(rnd))
			}
			b.Remove(randomFact(rnd))
			b.Add(Fact{fmt.Sprint("batch", i), "name@zh", Text(fmt.Sprint("第", i)), "f row 3"})
			if i%5 == 4 {
				b.Sync("f", Fact{"p1", "a", Num(float64(i), "GB"), "f row 1"})
			}
			return nil
		})
		if err != nil {
			return states, err
		}
		states = append(states, contents(g))
		if checkpoints && i%4 == 3 {
			if err := g.Checkpoint(context.Background()); err != nil {
				return states, err
			}
		}
	}
	return states, nil
}

// TestKilledAnywhere kills the program at each operation on the disk, and cuts
// the power with it: what was acknowledged is there, and nothing is there in
// part.
func TestKilledAnywhere(t *testing.T) {
	all := newMemDisk(0)
	g, err := openOn(t, all, false)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := scenario(g, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	ops := all.ops
	for kill := range ops {
		d := newMemDisk(uint64(kill))
		d.killAt = kill
		acknowledged := 0
		if g, err := openOn(t, d, false); err == nil {
			states, err := scenario(g, true)
			if err == nil && kill < ops-4 {
				t.Fatalf("killed at %d of %d, and no error", kill, ops)
			}
			acknowledged = len(states) - 1
			_ = g.Close()
		}
		d.crash()
		g, err := openOn(t, d, false)
		if err != nil {
			t.Fatalf("killed at %d of %d: %v", kill, ops, err)
		}
		got := contents(g)
		if got != whole[acknowledged] && (acknowledged+1 == len(whole) || got != whole[acknowledged+1]) {
			t.Fatalf("killed at %d of %d, with %d batches acknowledged:\n%s\nwant\n%s", kill, ops, acknowledged, got, whole[acknowledged])
		}
		checkStore(t, g)
		if err := g.Add(context.Background(), Fact{"after", "name", Text("the crash"), ""}); err != nil {
			t.Fatalf("killed at %d: write afterwards: %v", kill, err)
		}
		want := contents(g)
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		if g, err = openOn(t, d, false); err != nil || contents(g) != want {
			t.Fatalf("killed at %d: opened again: %v", kill, err)
		}
	}
}

// TestFailingDisk has one operation fail, or the disk fill up: the batch is
// refused with the error, and the graph is as it was; what it goes on to
// acknowledge is there when it is opened again.
func TestFailingDisk(t *testing.T) {
	for at := range 60 {
		for _, full := range []bool{false, true} {
			d := newMemDisk(uint64(at))
			g, err := openOn(t, d, false)
			if err != nil {
				t.Fatal(err)
			}
			if full {
				d.room = int64(at * 40)
			} else {
				d.failAt = d.ops + at
			}
			for i := range 12 {
				before := contents(g)
				err := g.Add(context.Background(), Fact{fmt.Sprint("p", i), "name", Text("a name of some length"), ""})
				if err != nil && contents(g) != before {
					t.Fatalf("a batch that failed with %v changed the graph", err)
				}
				if err != nil && !full && !errors.Is(err, errFails) {
					t.Fatalf("operation %d failed with %v", at, err)
				}
				if i == 6 {
					_ = g.Checkpoint(context.Background())
				}
			}
			want := contents(g)
			_ = g.Close()
			d.room, d.failAt = -1, -1
			again, err := openOn(t, d, false)
			if err != nil {
				t.Fatalf("operation %d, full %t: open again: %v", at, full, err)
			}
			if got := contents(again); got != want {
				t.Fatalf("operation %d, full %t: opened again:\n%s\nwant\n%s", at, full, got, want)
			}
		}
	}
}

// TestDamage changes each byte of the files in turn: the graph does not open,
// and says which file is damaged, or, for the end of the journal, opens without
// its last batch; with Recover it opens in a state that was once acknowledged.
func TestDamage(t *testing.T) {
	d := newMemDisk(1)
	g, err := openOn(t, d, false)
	if err != nil {
		t.Fatal(err)
	}
	states, err := scenario(g, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	good := d.names
	for _, name := range slices.Sorted(maps.Keys(good)) {
		step := max(1, len(good[name].data)/60)
		for at := 0; at < len(good[name].data); at += step {
			bad := newMemDisk(2)
			for n, f := range good {
				bad.names[n] = &memFile{data: slices.Clone(f.data), synced: len(f.data)}
			}
			bad.names[name].data[at] ^= 0x40
			g, err := openOn(t, bad, false)
			switch {
			case err == nil:
				if i := slices.Index(states, contents(g)); i < len(states)-2 {
					t.Fatalf("%s, byte %d: opened in state %d of %d", name, at, i, len(states))
				}
			case !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name):
				t.Fatalf("%s, byte %d: %v", name, at, err)
			}
			_ = g.Close()
			if err == nil {
				continue
			}
			g, err = openOn(t, bad, true)
			if err != nil {
				t.Fatalf("%s, byte %d: recover: %v", name, at, err)
			}
			if !slices.Contains(states, contents(g)) || g.Recovered() == nil {
				t.Fatalf("%s, byte %d: recovered (%v)\n%s", name, at, g.Recovered(), contents(g))
			}
			if err := g.Add(context.Background(), Fact{"after", "name", Text("recovery"), ""}); err != nil {
				t.Fatal(err)
			}
			want := contents(g)
			_ = g.Close()
			if g, err = openOn(t, bad, false); err != nil || contents(g) != want {
				t.Fatalf("%s, byte %d: open after recovery: %v", name, at, err)
			}
		}
	}
}

func TestOpenFolder(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "graph")
	g, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, nil); !errors.Is(err, ErrLocked) {
		t.Errorf("opened twice: %v", err)
	}
	if err := g.Add(ctx, Fact{"p1", "name", Text("Nova"), "hand"}, Fact{"p1", "price", Num(5, "CNY"), ""}); err != nil {
		t.Fatal(err)
	}
	replica, err := Open(dir, &Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer replica.Close()
	if replica.Len() != 2 {
		t.Errorf("the replica has %d facts, want 2", replica.Len())
	}
	if err := replica.Add(ctx, Fact{"p2", "name", Text("x"), ""}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("wrote to a replica: %v", err)
	}
	if err := g.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if err := g.Remove(ctx, Fact{"p1", "price", Num(5, "CNY"), ""}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.WriteSnapshot(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut < b.Len(); cut += 7 {
		if err := replica.ReadSnapshot(ctx, bytes.NewReader(b.Bytes()[:cut])); !errors.Is(err, ErrDamaged) || replica.Len() != 2 {
			t.Fatalf("a snapshot of %d bytes: %v", cut, err)
		}
	}
	if err := replica.ReadSnapshot(ctx, &b); err != nil || replica.Len() != 1 || replica.Name(ctx, "p1", "") != "Nova" {
		t.Errorf("replica after the swap: %v, %d facts", err, replica.Len())
	}
	if hits, err := replica.Find(ctx, Query{Text: "nova"}); err != nil || len(hits) != 1 {
		t.Errorf("the replica's text index: %v, %v", hits, err)
	}
	if g, err = Open(dir, nil); err != nil || g.Len() != 1 {
		t.Fatalf("open again: %v", err)
	}
	origins, err := g.Origins(ctx, Fact{Subject: "p1", Predicate: "name", Object: Text("Nova")})
	if err != nil || len(origins) != 1 || origins[0].Source != "hand" || origins[0].Time.IsZero() {
		t.Errorf("origins %v, %v", origins, err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, snapshotName(9)), []byte("not a snapshot"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, nil); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), snapshotName(9)) {
		t.Errorf("opened a foreign snapshot: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "no", "parents"), nil); err == nil {
		t.Error("opened a folder without parents")
	}
}

// TestCompactionInBackground writes so much that the graph compacts itself
// again and again, while batches go on.
func TestCompactionInBackground(t *testing.T) {
	g := newGraph(t)
	g.compileLeast = 40
	m := &model{}
	rnd := rand.New(rand.NewPCG(8, 8))
	for range 300 {
		randomBatch(t, g, m, rnd)
	}
	if err := g.Checkpoint(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := map[statement]bool{}
	s := g.snap.Load()
	for n, rows := range s.rows.each {
		for _, r := range rows {
			f := s.fact(triple{n, r})
			f.Source = ""
			for _, o := range s.chain(r.origin) {
				got[statement{f, s.source(o.label)}] = true
			}
		}
	}
	if want := m.statements(); !maps.Equal(got, want) {
		t.Fatalf("statements\n%v, want\n%v", got, want)
	}
	checkStore(t, g)
}
