package kg

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// oddQuads are quads of every kind of term that cayley has.
func oddQuads() []quad.Quad {
	var out []quad.Quad
	for _, o := range []quad.Value{
		quad.IRI("http://x/a%20b"), quad.BNode("b"), quad.String("text"), quad.LangString{Value: "文", Lang: "zh"}, quad.LangString{Value: "x", Lang: "not a tag"},
		quad.Int(5), quad.Int(1<<62 + 1), quad.Float(2.5), quad.Bool(true), quad.Time(time.Unix(9, 7).UTC()),
		quad.TypedString{Value: "8", Type: "unit:GB"}, quad.TypedString{Value: "08", Type: "unit:GB"}, quad.TypedString{Value: "p", Type: "geo:wkt"},
	} {
		out = append(out, quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("name"), Object: o, Label: quad.String("l")},
			quad.Quad{Subject: quad.String("odd"), Predicate: quad.String("p"), Object: o})
	}
	return out
}

// someSnapshot writes the snapshot of a graph with all kinds of terms.
func someSnapshot(t testing.TB) []byte {
	g := newGraph(t)
	rnd := rand.New(rand.NewPCG(3, 3))
	for range 5 {
		randomBatch(t, g, &model{}, rnd)
	}
	w, err := g.QuadStore().NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteQuads(oddQuads()); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.WriteSnapshot(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sealed gives the sections of a file checksums that fit, so that what is in
// them is looked at.
func sealed(file []byte) []byte {
	file = bytes.Clone(file)
	for at := len(fileMagic); at+9 <= len(file); {
		size := int(binary.LittleEndian.Uint32(file[at+1:]))
		if size > len(file)-at-9 {
			break
		}
		head := file[at : at+9]
		binary.LittleEndian.PutUint32(head[5:], crc32.Update(crc32.Checksum(head[:5], castagnoli), castagnoli, file[at+9:at+9+size]))
		at += 9 + size
	}
	return file
}

// FuzzSnapshot reads files of which the checksums fit whatever they say: they
// are refused as damaged, or are a graph that hangs together and comes back the
// same.
func FuzzSnapshot(f *testing.F) {
	good := someSnapshot(f)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(fileMagic))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := readSnapshot(bytes.NewReader(sealed(file)))
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("%v", err)
			}
			return
		}
		checkLayout(t, s)
		var b bytes.Buffer
		if err := writeSnapshot(&b, s.compact()); err != nil {
			t.Fatal(err)
		}
		again, err := readSnapshot(&b)
		if err != nil || again.facts != s.facts || again.quads != s.quads {
			t.Fatalf("written and read again: %v", err)
		}
	})
}

// TestSnapshotKeepsQuads compares the quads of a graph with those that come out
// of its snapshot.
func TestSnapshotKeepsQuads(t *testing.T) {
	file := someSnapshot(t)
	g := newGraph(t)
	if err := g.ReadSnapshot(context.Background(), bytes.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.WriteSnapshot(context.Background(), &b); err != nil || !bytes.Equal(b.Bytes(), file) {
		t.Errorf("a snapshot comes back with %d bytes, was %d; %v", b.Len(), len(file), err)
	}
	for _, q := range oddQuads() {
		if !g.snap.Load().hasQuad(q) {
			t.Errorf("%s is lost", q)
		}
	}
	checkLayout(t, g.snap.Load())
}

// FuzzJournal reads journals: they stand up to some record, and what is applied
// hangs together.
func FuzzJournal(f *testing.F) {
	d := newMemDisk(1)
	g, err := openOn(f, d, false)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := scenario(g, false); err != nil {
		f.Fatal(err)
	}
	good := d.names[journalName(0)].data
	f.Add(good, false)
	f.Add(good[:len(good)/2], true)
	f.Fuzz(func(t *testing.T, file []byte, seal bool) {
		if seal {
			file = sealedRecords(file)
		}
		d := newMemDisk(1)
		d.names[journalName(0)] = &memFile{data: file, synced: len(file)}
		g, err := openOn(t, d, true)
		if err != nil {
			t.Fatal(err)
		}
		checkLayout(t, g.snap.Load())
		if err := g.Add(context.Background(), Fact{"p1", "name", Text("after"), ""}); err != nil {
			t.Fatal(err)
		}
		want := contents(g)
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := openOn(t, d, false)
		if err != nil || contents(again) != want {
			t.Fatalf("opened again: %v", err)
		}
	})
}

// sealedRecords gives the records of a journal checksums and numbers that fit.
func sealedRecords(file []byte) []byte {
	file = bytes.Clone(file)
	number := uint64(0)
	for at := 0; at+recordHead <= len(file); {
		size := int(binary.LittleEndian.Uint32(file[at:]))
		if size > len(file)-at-recordHead {
			break
		}
		number++
		head := file[at : at+recordHead]
		binary.LittleEndian.PutUint64(head[4:], number)
		binary.LittleEndian.PutUint32(head[12:], crc32.Checksum(file[at+recordHead:at+recordHead+size], castagnoli))
		binary.LittleEndian.PutUint32(head[16:], crc32.Checksum(head[:16], castagnoli))
		at += recordHead + size
	}
	return file
}
