package bolt

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"

	"go.etcd.io/bbolt"
)

// bbolt takes a leaf that is written to, and at times the one beside it, from its
// page as it is and writes it anew. Where a length in it is damaged it makes room
// for gigabytes, and where its keys are out of order it spreads that. So leaves
// that were in the file when it was opened are looked at before something is put
// there for the first time. They are as the transaction before left them: the
// committer alone writes, and what its own transaction changes is not in the file
// yet.

// leaves is a set of pages that were leaves when the file was opened. One that
// has been freed since may have become anything.
type leaves struct {
	bits []uint64
	n    int
}

func (l *leaves) add(id uint64) {
	l.bits[id/64] |= 1 << (id % 64)
	l.n++
}

func (l *leaves) has(id uint64) bool {
	return id/64 < uint64(len(l.bits)) && l.bits[id/64]&(1<<(id%64)) != 0
}

func (l *leaves) remove(id uint64) {
	l.bits[id/64] &^= 1 << (id % 64)
	l.n--
}

// precheck looks at the pages that a transaction is going to write anew.
type precheck struct {
	checker
	inner map[uint64][]byte // inner pages that were read
}

func (s *Store) precheck(tx *bbolt.Tx) (*precheck, error) {
	p := &precheck{}
	if s.unchecked.n == 0 {
		return p, nil
	}
	p.checker = checker{file: s.file, size: tx.DB().Info().PageSize, leaves: s.unchecked, roots: map[string]uint64{}}
	p.high = uint64(tx.Size()) / uint64(p.size)
	p.inner = map[uint64][]byte{}
	return p, p.way(uint64(tx.Cursor().Bucket().RootPage()), formatBucket, p.buckets)
}

// key looks at the leaf in which a key of a bucket is, or would be.
func (p *precheck) key(bucket, key []byte) error {
	if root := p.roots[string(bucket)]; root != 0 { // others are in the leaf that names the buckets
		return p.way(root, key, p.leaf)
	}
	return nil
}

// way goes from a root to the leaf in which a key is, and looks at it and at
// those beside it, with which bbolt may put it together.
func (p *precheck) way(id uint64, key []byte, leaf func(uint64) error) error {
	around := []uint64{id}
	for range 64 { // more levels than a tree has
		b, isLeaf, err := p.read(id)
		if err != nil {
			return err
		}
		if isLeaf {
			break
		}
		count := int(binary.NativeEndian.Uint16(b[10:]))
		at := max(0, sort.Search(count, func(i int) bool {
			k, _, ok := element(b, i, 0, 4, -1)
			return !ok || bytes.Compare(k, key) > 0
		})-1)
		around = around[:0]
		for i := max(0, at-1); i <= at+1 && i < count; i++ {
			around = append(around, child(b, i))
		}
		id = child(b, at)
	}
	for _, id := range around {
		if err := leaf(id); err != nil {
			return err
		}
	}
	return nil
}

// read reads an inner page, or says that it is a leaf.
func (p *precheck) read(id uint64) (b []byte, isLeaf bool, err error) {
	if b := p.inner[id]; b != nil {
		return b, false, nil
	}
	if id < 2 || id >= p.high {
		return nil, false, p.damaged(id, "is referred to, and there is none")
	}
	b, flags, count, err := p.page(id)
	if err != nil || flags == leafFlag {
		return nil, true, err
	}
	if flags != branchFlag || count == 0 {
		return nil, false, p.damaged(id, "is no inner page")
	}
	if _, err := p.children(id, b, count, nil); err != nil {
		return nil, false, err
	}
	p.inner[id] = slices.Clone(b)
	return p.inner[id], false, nil
}

// leaf looks at a leaf, or at an inner page beside one that is on the way.
func (p *precheck) leaf(id uint64) error {
	if !p.leaves.has(id) {
		return nil
	}
	b, flags, _, err := p.page(id)
	if err != nil {
		return err
	}
	if flags != branchFlag && !wholeLeaf(b) {
		return p.damaged(id, "is damaged")
	}
	p.leaves.remove(id)
	return nil
}
