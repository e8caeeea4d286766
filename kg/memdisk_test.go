package kg

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
)

// memDisk is a disk in memory that can be killed at any operation, and that
// forgets what has not reached it.
type memDisk struct {
	mu      sync.Mutex
	names   map[string]*memFile // as programs see it
	durable map[string]*memFile // as the disk has it
	ops     int
	killAt  int   // the operation that does not end; -1 for none
	failAt  int   // the operation that fails, and leaves the disk alone; -1 for none
	room    int64 // bytes that can be written yet; -1 for no limit
	rnd     *rand.Rand
}

type memFile struct {
	data   []byte
	synced int
}

var (
	errKilled = errors.New("killed")
	errFails  = errors.New("this operation fails")
	errFull   = errors.New("no space left on device")
)

func newMemDisk(seed uint64) *memDisk {
	return &memDisk{names: map[string]*memFile{}, durable: map[string]*memFile{}, killAt: -1, failAt: -1, room: -1, rnd: rand.New(rand.NewPCG(seed, 3))}
}

// op counts one operation on the disk and says what becomes of it.
func (d *memDisk) op() error {
	d.ops++
	switch n := d.ops - 1; {
	case d.killAt >= 0 && n >= d.killAt:
		return errKilled
	case n == d.failAt:
		return errFails
	}
	return nil
}

func (d *memDisk) list() ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.names)), d.op()
}

func (d *memDisk) read(name string) (io.ReadCloser, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return nil, err
	}
	if d.names[name] == nil {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(slices.Clone(d.names[name].data))), nil
}

func (d *memDisk) create(name string) (diskFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return nil, err
	}
	d.names[name] = &memFile{}
	return &memHandle{d, d.names[name]}, nil
}

func (d *memDisk) append(name string, size int64) (diskFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return nil, err
	}
	f := d.names[name]
	f.data = f.data[:size]
	f.synced = min(f.synced, len(f.data))
	return &memHandle{d, f}, nil
}

func (d *memDisk) rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return err
	}
	d.names[to] = d.names[from]
	delete(d.names, from)
	return nil
}

func (d *memDisk) remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return err
	}
	delete(d.names, name)
	return nil
}

func (d *memDisk) sync() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.op(); err != nil {
		return err
	}
	d.durable = maps.Clone(d.names)
	return nil
}

func (d *memDisk) subfolder(string) (string, bool) { return "", false }

// crash leaves what a power cut would: the names that were synced, and some of
// the others; of each file what was synced, and some of what was not.
func (d *memDisk) crash() {
	after := map[string]*memFile{}
	for _, name := range slices.Sorted(maps.Keys(d.durable)) {
		if d.names[name] == d.durable[name] || d.rnd.IntN(2) == 0 {
			after[name] = d.durable[name]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.names)) {
		if d.rnd.IntN(2) == 0 {
			after[name] = d.names[name]
		}
	}
	for name, f := range d.durable { // a removal or a rename that was not synced is undone as a whole or not at all
		if after[name] == nil && d.names[name] != nil {
			after[name] = f
		}
	}
	for _, f := range after {
		f.data = f.data[:f.synced+d.rnd.IntN(len(f.data)-f.synced+1)]
		f.synced = len(f.data)
	}
	d.names, d.durable = after, maps.Clone(after)
	d.killAt, d.failAt, d.room = -1, -1, -1
}

type memHandle struct {
	d *memDisk
	f *memFile
}

func (h *memHandle) Write(p []byte) (int, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	n := len(p)
	err := h.d.op()
	if err == errKilled && h.d.ops-1 > h.d.killAt {
		return 0, err
	}
	if err == nil && h.d.room >= 0 && int64(n) > h.d.room {
		err = errFull
	}
	if err != nil {
		n = h.d.rnd.IntN(n + 1)
		if h.d.room >= 0 {
			n = min(n, int(h.d.room))
		}
	}
	if h.d.room >= 0 {
		h.d.room -= int64(n)
	}
	h.f.data = append(h.f.data, p[:n]...)
	return n, err
}

func (h *memHandle) Truncate(size int64) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if err := h.d.op(); err != nil {
		return err
	}
	h.f.data = h.f.data[:size]
	h.f.synced = min(h.f.synced, int(size))
	return nil
}

func (h *memHandle) Sync() error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if err := h.d.op(); err != nil {
		return err
	}
	h.f.synced = len(h.f.data)
	return nil
}

func (h *memHandle) Close() error { return nil }
