package kg

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// disk is the folder that a graph is kept in; tests have one that fails.
type disk interface {
	list() ([]string, error) // names of files, sorted
	read(name string) (io.ReadCloser, error)
	create(name string) (diskFile, error)
	append(name string, size int64) (diskFile, error) // cut to size, to write behind it
	rename(from, to string) error
	remove(name string) error
	sync() error // makes creations, renames and removals last

	// subfolder returns the path of a folder in it for those who do not write
	// through this interface, false where there is no such thing.
	subfolder(name string) (path string, ok bool)
}

type diskFile interface {
	io.Writer
	Truncate(size int64) error
	Sync() error
	Close() error
}

// folder is a disk of the operating system's.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

func (f folder) list() ([]string, error) {
	entries, err := os.ReadDir(string(f))
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, err
}

func (f folder) read(name string) (io.ReadCloser, error) { return os.Open(f.path(name)) }

func (f folder) create(name string) (diskFile, error) {
	return os.OpenFile(f.path(name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o644)
}

func (f folder) append(name string, size int64) (diskFile, error) {
	file, err := os.OpenFile(f.path(name), os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	if err := file.Truncate(size); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func (f folder) subfolder(name string) (string, bool) { return f.path(name), true }

func (f folder) rename(from, to string) error { return os.Rename(f.path(from), f.path(to)) }
func (f folder) remove(name string) error     { return os.Remove(f.path(name)) }

func (f folder) sync() error {
	if runtime.GOOS == "windows" { // which has no such thing
		return nil
	}
	dir, err := os.Open(string(f))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
