package kg

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// textDisk is a real folder, since bleve writes to such only; it can be killed
// at any operation that does not go through bleve.
type textDisk struct {
	folder
	ops    atomic.Int64
	killAt int64 // the operation that does not end; -1 for none
}

func newTextDisk(t testing.TB) *textDisk {
	return &textDisk{folder: folder(t.TempDir()), killAt: -1}
}

func (d *textDisk) op() error {
	if n := d.ops.Add(1); d.killAt >= 0 && n > d.killAt {
		return errKilled
	}
	return nil
}

func (d *textDisk) create(name string) (diskFile, error) {
	if err := d.op(); err != nil {
		return nil, err
	}
	f, err := d.folder.create(name)
	return &textDiskFile{f, d}, err
}

func (d *textDisk) append(name string, size int64) (diskFile, error) {
	if err := d.op(); err != nil {
		return nil, err
	}
	f, err := d.folder.append(name, size)
	return &textDiskFile{f, d}, err
}

func (d *textDisk) rename(from, to string) error {
	if err := d.op(); err != nil {
		return err
	}
	return d.folder.rename(from, to)
}

func (d *textDisk) remove(name string) error {
	if err := d.op(); err != nil {
		return err
	}
	return d.folder.remove(name)
}

func (d *textDisk) sync() error {
	if err := d.op(); err != nil {
		return err
	}
	return d.folder.sync()
}

// textDiskFile dies with its disk.
type textDiskFile struct {
	diskFile
	d *textDisk
}

func (f *textDiskFile) Write(p []byte) (int, error) {
	if err := f.d.op(); err != nil {
		n, _ := f.diskFile.Write(p[:len(p)/2])
		return n, err
	}
	return f.diskFile.Write(p)
}

// files returns the names of all files, and those of the text index.
func (d *textDisk) files(t testing.TB) (all, texts []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(string(d.folder)), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, name)
			if strings.HasPrefix(name, "text-") {
				texts = append(texts, name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, texts
}

func (d *textDisk) data(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(d.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (d *textDisk) write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(d.path(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.path(name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// copyTexts copies the text index, or what is of a segment in it.
func (d *textDisk) copyTexts(t testing.TB, from *textDisk, prefix string) {
	t.Helper()
	_, texts := from.files(t)
	for _, name := range texts {
		if strings.HasPrefix(name, prefix) {
			d.write(t, name, from.data(t, name))
		}
	}
}

// clone is another disk with the same files.
func (d *textDisk) clone(t testing.TB) *textDisk {
	c := newTextDisk(t)
	all, _ := d.files(t)
	for _, name := range all {
		c.write(t, name, d.data(t, name))
	}
	return c
}

// same reports whether two disks have the same files.
func (d *textDisk) same(t testing.TB, e *textDisk) bool {
	all, _ := d.files(t)
	others, _ := e.files(t)
	return slices.Equal(all, others) && !slices.ContainsFunc(all, func(name string) bool { return !bytes.Equal(d.data(t, name), e.data(t, name)) })
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
		whole := encodeText(s, p, []fileSum{{"store/a", 7}})
		f.Add(whole[len(textMagic) : len(whole)-4])
		f.Add(whole[len(textMagic) : len(whole)/2])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(textMagic), body...)
		data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
		saved, err := decodeText(data)
		if err != nil {
			return
		}
		if len(saved.prints) != saved.seg.docs() {
			t.Fatalf("%d fingerprints of %d documents", len(saved.prints), saved.seg.docs())
		}
		parts, _ := fitTexts(emptySnapshot(), []*savedText{saved})
		if parts[0].alive != 0 {
			t.Fatalf("%d documents of an empty graph", parts[0].alive)
		}
	})
}
