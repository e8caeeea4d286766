package kg

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// fileSum is the checksum of one file of a folder of bleve's. The name is
// relative, with slashes.
type fileSum struct {
	name string
	sum  uint32
}

// folderMeta is what bleve wants to find beside an index. It writes it itself
// only for an index that had a path from the beginning.
const folderMeta = `{"storage":"scorch","index_type":"scorch"}`

// writeFolder writes an index into a new folder of that path, so that it lasts,
// and returns the checksums of its files.
func writeFolder(path string, t *textSegment) ([]fileSum, error) {
	from, ok := t.reader.(index.CopyReader)
	if !ok {
		return nil, fmt.Errorf("a %T cannot be copied", t.reader)
	}
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	err := from.CopyTo(bleve.FileSystemDirectory(path))
	runtime.KeepAlive(t)
	if err != nil {
		return nil, explain(err)
	}
	if err := os.WriteFile(filepath.Join(path, "index_meta.json"), []byte(folderMeta), 0o644); err != nil {
		return nil, err
	}
	var sums []fileSum
	err = filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			return folder(name).sync()
		}
		if err := syncFile(name); err != nil {
			return err
		}
		sum, err := sumFile(name)
		short, _ := filepath.Rel(path, name)
		sums = append(sums, fileSum{filepath.ToSlash(short), sum})
		return err
	})
	return sums, err
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

func sumFile(path string) (uint32, error) {
	data, err := os.ReadFile(path)
	return crc32.Checksum(data, castagnoli), err
}

// openFolder opens the index of a segment that was read from its file. The
// checksums come first: bleve has none, and panics at some damages.
func openFolder(path string, t *savedText) error {
	for _, f := range t.sums {
		if !filepath.IsLocal(f.name) {
			return damaged("a file %q of the text index", clip(f.name))
		}
		sum, err := sumFile(filepath.Join(path, filepath.FromSlash(f.name)))
		if err != nil {
			return err
		}
		if sum != f.sum {
			return damaged("%s does not fit its checksum", clip(f.name))
		}
	}
	idx, err := bleve.OpenUsing(path, map[string]any{"read_only": true})
	if err != nil {
		return explain(err)
	}
	return t.seg.take(idx)
}

// listFolders returns the numbers of the folders of segments. Where they cannot
// be listed, there are none to keep or to remove.
func listFolders(d disk) (numbers []uint64) {
	root, ok := d.subfolder("")
	if !ok {
		return nil
	}
	entries, _ := os.ReadDir(root)
	for _, e := range entries {
		if n, ok := numberIn(e.Name(), ".bleve"); ok && e.IsDir() {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// removeFolders removes the folders that are not to be kept. Their files are
// gone already, so that nobody opens them any more. Those who have them open go
// on reading; where the system does not let them be removed for that, they go
// the next time.
func removeFolders(d disk, folders []uint64, keep map[uint64]bool) {
	for _, n := range folders {
		if path, ok := d.subfolder(textFolder(n)); ok && !keep[n] {
			_ = os.RemoveAll(path)
		}
	}
}
