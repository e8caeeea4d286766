package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst/session"
)

// bbolt follows the numbers in its inner pages without a look at where they
// lead: a circle ends the program, and a list of free pages that names a used one
// has it written over. So they are gone through before it opens a file to write.
// Leaves, most of the file, are not read then. To read what is damaged in them
// harms nothing else, but to write beside it would: see precheck.

// Of the format of bbolt's pages, whose numbers are in the machine's order.
const (
	pageHeader   = 16 // id 8, flags 2, count 2, overflow 4
	elementSize  = 16
	branchFlag   = 0x01
	leafFlag     = 0x02
	freelistFlag = 0x10
	bucketFlag   = 0x01 // of an element
	noFreelist   = ^uint64(0)
)

type checker struct {
	file   io.ReaderAt
	size   int               // of a page
	high   uint64            // the pages before this one are in use
	seen   []uint64          // a bit for each page that something refers to
	leaves *leaves           // of the trees of buckets
	roots  map[string]uint64 // of the buckets; 0: it is in the page that names it
	buf    []byte            // of one page
}

// checkPages goes through the inner pages and the free pages of a file, and
// returns its leaves.
func checkPages(tx *bbolt.Tx, f *os.File) (*leaves, error) {
	c := &checker{file: f, size: tx.DB().Info().PageSize, roots: map[string]uint64{}}
	meta := make([]byte, pageHeader+64)
	if _, err := f.ReadAt(meta, int64(tx.ID()%2)*int64(c.size)); err != nil {
		return nil, err
	}
	word := func(at int) uint64 { return binary.NativeEndian.Uint64(meta[pageHeader+at:]) }
	root, free := word(16), word(32)
	c.high = word(40)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size()/int64(c.size) < int64(c.high) {
		return nil, fmt.Errorf("it is cut short: %d bytes of %d: %w", info.Size(), int64(c.high)*int64(c.size), session.ErrCorrupt)
	}
	c.seen = make([]uint64, c.high/64+1)
	c.leaves = &leaves{bits: make([]uint64, len(c.seen))}
	if err := c.trees(root); err != nil {
		return nil, err
	}
	return c.leaves, c.free(free)
}

// trees goes through the tree of buckets and through those of the buckets.
func (c *checker) trees(root uint64) error {
	named, err := c.tree(root)
	if err != nil {
		return err
	}
	for _, id := range named {
		if err := c.buckets(id); err != nil {
			return err
		}
	}
	for _, root := range c.roots {
		if root == 0 {
			continue
		}
		ids, err := c.tree(root)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c.leaves.add(id)
		}
	}
	return nil
}

func (c *checker) damaged(id uint64, what string) error {
	return fmt.Errorf("its page %d %s: restore a backup: %w", id, what, session.ErrCorrupt)
}

// mark notes that something refers to a page, which may happen once where all is
// gone through: that ends every walk.
func (c *checker) mark(id uint64) error {
	switch {
	case id < 2 || id >= c.high:
		return c.damaged(id, "is referred to, and there is none")
	case c.seen == nil:
		return nil
	case c.seen[id/64]&(1<<(id%64)) != 0:
		return c.damaged(id, "is referred to twice")
	}
	c.seen[id/64] |= 1 << (id % 64)
	return nil
}

// page reads a page with those that it runs over into. It is there until the
// next one is read.
func (c *checker) page(id uint64) (b []byte, flags uint16, count int, err error) {
	if c.buf == nil {
		c.buf = make([]byte, c.size)
	}
	b = c.buf
	if _, err := c.file.ReadAt(b, int64(id)*int64(c.size)); err != nil {
		return nil, 0, 0, c.damaged(id, "cannot be read ("+err.Error()+")")
	}
	over := uint64(binary.NativeEndian.Uint32(b[12:]))
	flags, count = binary.NativeEndian.Uint16(b[8:]), int(binary.NativeEndian.Uint16(b[10:]))
	if binary.NativeEndian.Uint64(b) != id || over >= c.high-id {
		return nil, 0, 0, c.damaged(id, "is none")
	}
	if over > 0 {
		b = make([]byte, (over+1)*uint64(c.size))
		_, err = c.file.ReadAt(b, int64(id)*int64(c.size))
	}
	return b, flags, count, err
}

// tree goes through the inner pages of a tree, level by level, and returns its
// leaves, which all are on one level.
func (c *checker) tree(root uint64) ([]uint64, error) {
	if err := c.mark(root); err != nil {
		return nil, err
	}
	for level := []uint64{root}; ; {
		var next []uint64
		for i, id := range level {
			b, flags, count, err := c.page(id)
			switch {
			case err != nil:
				return nil, err
			case flags == leafFlag && i == 0:
				return level, nil
			case flags != branchFlag || count == 0:
				return nil, c.damaged(id, "is no inner page")
			}
			if next, err = c.children(id, b, count, next); err != nil {
				return nil, err
			}
		}
		level = next
	}
}

// children appends the pages that an inner page refers to.
func (c *checker) children(id uint64, b []byte, count int, next []uint64) ([]uint64, error) {
	var last []byte
	for i := range count {
		key, _, ok := element(b, i, 0, 4, -1)
		if !ok || i > 0 && bytes.Compare(last, key) >= 0 {
			return nil, c.damaged(id, "has keys that are none")
		}
		if err := c.mark(child(b, i)); err != nil {
			return nil, err
		}
		next, last = append(next, child(b, i)), key
	}
	return next, nil
}

// child is the page that the i-th element of an inner page refers to.
func child(b []byte, i int) uint64 {
	return binary.NativeEndian.Uint64(b[pageHeader+i*elementSize+8:])
}

// element is the key, and where sizeAt is given the value, of the i-th element
// of a page, at whose places pos and size are the distance and the length of the
// key.
func element(b []byte, i, pos, size, valueSize int) (key, value []byte, ok bool) {
	at := pageHeader + i*elementSize
	if at+elementSize > len(b) {
		return nil, nil, false
	}
	number := func(place int) uint64 { return uint64(binary.NativeEndian.Uint32(b[at+place:])) }
	from := uint64(at) + number(pos)
	middle := from + number(size)
	end := middle
	if valueSize >= 0 {
		end += number(valueSize)
	}
	if end > uint64(len(b)) {
		return nil, nil, false
	}
	return b[from:middle], b[middle:end], true
}

// buckets reads a leaf of the root, which names the buckets.
func (c *checker) buckets(id uint64) error {
	b, flags, count, err := c.page(id)
	if err != nil {
		return err
	}
	if flags != leafFlag {
		return c.damaged(id, "is no list of buckets")
	}
	for i := range count {
		key, value, ok := element(b, i, 4, 8, 12)
		if !ok || len(value) < 16 || binary.NativeEndian.Uint32(b[pageHeader+i*elementSize:]) != bucketFlag {
			return c.damaged(id, "is no list of buckets")
		}
		root := binary.NativeEndian.Uint64(value)
		if root == 0 && !wholeLeaf(value[16:]) {
			return c.damaged(id, "holds a bucket that is none")
		}
		c.roots[string(key)] = root
	}
	return nil
}

// wholeLeaf reports whether a page is a leaf with keys in order, all of it within
// the page.
func wholeLeaf(b []byte) bool {
	if len(b) < pageHeader || binary.NativeEndian.Uint16(b[8:]) != leafFlag {
		return false
	}
	var last []byte
	for i := range int(binary.NativeEndian.Uint16(b[10:])) {
		key, _, ok := element(b, i, 4, 8, 12)
		if !ok || i > 0 && bytes.Compare(last, key) >= 0 || binary.NativeEndian.Uint32(b[pageHeader+i*elementSize:]) != 0 {
			return false
		}
		last = key
	}
	return true
}

// free goes through the list of free pages.
func (c *checker) free(id uint64) error {
	if id == noFreelist { // another program's
		return nil
	}
	if err := c.mark(id); err != nil {
		return err
	}
	b, flags, count, err := c.page(id)
	if err != nil {
		return err
	}
	list := b[pageHeader:]
	if count == 0xffff { // the number follows
		count, list = int(binary.NativeEndian.Uint64(list)), list[8:]
	}
	if flags != freelistFlag || count < 0 || count > len(list)/8 {
		return c.damaged(id, "is no list of free pages")
	}
	last := uint64(0)
	for i := range count {
		free := binary.NativeEndian.Uint64(list[i*8:])
		if free <= last {
			return c.damaged(id, "is no list of free pages")
		}
		if err := c.mark(free); err != nil {
			return err
		}
		last = free
	}
	return nil
}
