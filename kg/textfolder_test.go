package kg

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"path/filepath"
	"testing"
)

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

// FuzzDecodeText reads segments that are damaged under the right checksum.
func FuzzDecodeText(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 1))
	g := newGraph(f)
	for range 30 {
		randomTexts(f, g, r, 40)
	}
	s := g.snap.Load()
	for _, p := range s.text.parts {
		whole := encodeText(s, p)
		f.Add(whole[len(textMagic) : len(whole)-4])
		f.Add(whole[len(textMagic) : len(whole)/2])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(textMagic), body...)
		data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
		seg, prints, err := decodeText(data)
		if err != nil {
			return
		}
		if len(prints) != seg.docs() {
			t.Fatalf("%d fingerprints of %d documents", len(prints), seg.docs())
		}
		parts, _ := fitTexts(emptySnapshot(), []*textSegment{seg}, [][]textPrint{prints})
		if parts[0].alive != 0 {
			t.Fatalf("%d documents of an empty graph", parts[0].alive)
		}
	})
}
