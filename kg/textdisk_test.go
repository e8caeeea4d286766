package kg

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	d := newTextDisk(t)
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
		before := d.clone(t)
		g, err := openTexts(t, d, readOnly)
		if err != nil {
			t.Fatal(err)
		}
		s := g.snap.Load()
		checkTexts(t, s, r)
		if g.Close() != nil {
			t.Fatal("close")
		}
		from, saved, err := loadTexts(context.Background(), d, s)
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for _, p := range from.parts {
			if _, ok := saved[p.textSegment]; ok {
				kept += p.alive
			}
		}
		if kept < s.text.docs/2 {
			t.Errorf("read only %v: of %d documents only %d came from the disk", readOnly, s.text.docs, kept)
		}
		if readOnly && !before.same(t, d) {
			t.Error("a graph that is read only wrote to its folder")
		}
	}
	numbers, _, err := listTexts(d)
	if folders := listFolders(d); err != nil || len(numbers) == 0 || len(numbers) > 12 || !slices.Equal(numbers, folders) {
		t.Errorf("files %v of the index, folders %v, %v", numbers, folders, err)
	}
}

// damageTexts damages some files of an index, and adds some that are old or of
// another graph.
func damageTexts(t *testing.T, bad *textDisk, r *rand.Rand, others ...*textDisk) {
	_, texts := bad.files(t)
	for _, name := range texts {
		f := bad.data(t, name)
		switch r.IntN(12) {
		case 0:
			if err := bad.folder.remove(name); err != nil {
				t.Fatal(err)
			}
		case 1:
			bad.write(t, name, f[:r.IntN(len(f))])
		case 2:
			f[r.IntN(len(f))] ^= 1 << r.IntN(8)
			bad.write(t, name, f)
		case 3:
			bad.write(t, name, nil)
		}
	}
	for _, from := range others {
		numbers, _, err := listTexts(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range numbers {
			switch r.IntN(4) {
			case 0: // as a whole
				bad.copyTexts(t, from, textFile(n))
				bad.copyTexts(t, from, textFolder(n))
			case 1:
				bad.copyTexts(t, from, textFile(n))
			case 2:
				bad.copyTexts(t, from, textFolder(n))
			}
		}
	}
	bad.write(t, textFile(2000)+".new", []byte("half"))
	bad.write(t, textFolder(2001)+"/store/root.bolt", []byte("half"))
}

// TestDamagedTexts opens a folder whose index is missing, cut, changed, old or
// of another graph, in part or as a whole.
func TestDamagedTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	d := newTextDisk(t)
	g, err := openTexts(t, d, false)
	if err != nil {
		t.Fatal(err)
	}
	textHistory(t, g, r, 40)
	old := d.clone(t)
	textHistory(t, g, r, 60)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	other := newTextDisk(t)
	g, err = openTexts(t, other, false)
	if err != nil {
		t.Fatal(err)
	}
	textHistory(t, g, rand.New(rand.NewPCG(9, 9)), 40)
	for _, d := range []*textDisk{d, old, other} {
		if len(listFolders(d)) == 0 {
			t.Fatal("nothing on the disk to damage")
		}
	}
	for round := range 60 {
		bad := d.clone(t)
		damageTexts(t, bad, r, old, other)
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
			numbers, leftovers, err := listTexts(bad)
			if folders := listFolders(bad); err != nil || len(leftovers) > 0 || !slices.Equal(numbers, folders) {
				t.Errorf("left over: %v; files %v, folders %v, %v", leftovers, numbers, folders, err)
			}
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killedHistory writes texts, with the operations on the disk in the same order
// each time.
func killedHistory(g *Graph) error {
	r := rand.New(rand.NewPCG(6, 6))
	for i := range 9 {
		err := g.Update(context.Background(), func(b *Batch) error {
			for range 20 {
				b.RemoveSubject(fmt.Sprintf("p%d", r.IntN(80)))
				b.Add(Fact{fmt.Sprintf("p%d", r.IntN(80)), "name", Text(randomText(r)), ""})
			}
			return nil
		})
		if err == nil && i%3 == 2 {
			g.merges.group.Wait()
			err = g.Checkpoint(context.Background())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TestTextsKilledAnywhere kills the program at each operation on the disk, in
// the midst of bleve's too: what is opened then finds what the facts that are
// there say.
func TestTextsKilledAnywhere(t *testing.T) {
	all := newTextDisk(t)
	g, err := openTexts(t, all, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := killedHistory(g); err != nil {
		t.Fatal(err)
	}
	if len(listFolders(all)) == 0 {
		t.Fatal("no index on the disk")
	}
	r := rand.New(rand.NewPCG(8, 8))
	for kill := range all.ops.Load() {
		d := newTextDisk(t)
		d.killAt = kill
		if g, err := openTexts(t, d, false); err == nil {
			if killedHistory(g) == nil && kill < all.ops.Load()-1 {
				t.Fatalf("killed at %d of %d, and no error", kill, all.ops.Load())
			}
			_ = g.Close()
		}
		d.killAt = -1
		_, texts := d.files(t)
		for _, name := range texts { // what bleve had begun, without a file of ours
			if folder, _, ok := strings.Cut(name, "/"); ok && r.IntN(2) == 0 {
				if _, err := os.Stat(d.path(strings.TrimSuffix(folder, ".bleve") + ".segment")); err != nil {
					d.write(t, name, d.data(t, name)[:r.IntN(20)])
				}
			}
		}
		g, err := openTexts(t, d, false)
		if err != nil {
			t.Fatalf("killed at %d of %d: %v", kill, all.ops.Load(), err)
		}
		checkTexts(t, g.snap.Load(), r)
		if err := g.Close(); err != nil {
			t.Fatalf("killed at %d of %d: %v", kill, all.ops.Load(), err)
		}
	}
}

// TestTextsInFolder keeps the index in a real folder, which is opened again and
// again.
func TestTextsInFolder(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "graph")
	r := rand.New(rand.NewPCG(4, 4))
	for round := range 4 {
		g, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = g.Update(ctx, func(b *Batch) error {
			for i := range 2 * textLeast {
				if round == 0 || r.IntN(50) == 0 {
					b.Add(Fact{fmt.Sprintf("p%d", i), "name", Text(randomText(r)), ""})
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if round%2 == 0 {
			if err := g.Checkpoint(ctx); err != nil {
				t.Fatal(err)
			}
		}
		replica, err := Open(dir, &Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		checkTexts(t, replica.snap.Load(), r)
		if replica.Close() != nil || g.Close() != nil {
			t.Fatal("close")
		}
		if numbers, _, err := listTexts(folder(dir)); err != nil || len(numbers) == 0 {
			t.Fatalf("files of the index: %v, %v", numbers, err)
		}
	}
}

// TestReplicaFollowsTexts swaps snapshots under a replica, whose index takes
// over what has not changed.
func TestReplicaFollowsTexts(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(5, 5))
	g, replica := newGraph(t), newGraph(t)
	for range 30 {
		for range 6 {
			randomTexts(t, g, r, 300)
		}
		var b bytes.Buffer
		if err := g.WriteSnapshot(ctx, &b); err != nil {
			t.Fatal(err)
		}
		if err := replica.ReadSnapshot(ctx, &b); err != nil {
			t.Fatal(err)
		}
		checkTexts(t, replica.snap.Load(), r)
	}
}
