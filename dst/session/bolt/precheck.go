package bolt

import (
	"bytes"
	"sort"

	"go.etcd.io/bbolt"
)

// bbolt takes a leaf that is written to, and at times the one beside it, from its
// page as it is and writes it anew. Where a length in it is damaged it makes room
// for gigabytes, and where its keys are out of order it spreads that. So the pages
// on the way to a key are looked at before something is put there. They are as
// the transaction before left them: the committer alone writes, and what its own
// transaction changes is not in the file yet.

// precheck looks at the pages that a transaction is going to write anew.
type precheck struct {
	checker
	whole map[uint64]bool // leaves that were looked at
}

func (s *Store) precheck(tx *bbolt.Tx) (*precheck, error) {
	p := &precheck{whole: map[uint64]bool{}}
	p.file, p.size, p.roots = s.file, tx.DB().Info().PageSize, map[string]uint64{}
	p.high = uint64(tx.Size()) / uint64(p.size)
	return p, p.way(uint64(tx.Cursor().Bucket().RootPage()), formatBucket, p.buckets)
}

// key looks at the leaf in which a key of a bucket is, or would be.
func (p *precheck) key(bucket, key []byte) error {
	root, ok := p.roots[string(bucket)]
	if !ok || root == 0 { // bbolt says that there is none, or buckets has seen it
		return nil
	}
	return p.way(root, key, p.leaf)
}

// way goes from a root to the leaf in which a key is, and looks at it and at
// those beside it, with which bbolt may put it together.
func (p *precheck) way(id uint64, key []byte, leaf func(uint64) error) error {
	around := []uint64{id}
	for range 64 { // more levels than a tree has
		if p.whole[id] {
			break
		}
		b, flags, count, err := p.page(id)
		if err != nil {
			return err
		}
		if flags == leafFlag {
			break
		}
		if flags != branchFlag || count == 0 {
			return p.damaged(id, "is no inner page")
		}
		at := max(0, sort.Search(count, func(i int) bool {
			k, _, ok := element(b, i, 0, 4, -1)
			return !ok || bytes.Compare(k, key) > 0
		})-1)
		around = around[:0]
		for i := max(0, at-1); i <= at+1 && i < count; i++ {
			around = append(around, child(b, i))
		}
		id = child(b, at)
		if id < 2 || id >= p.high {
			return p.damaged(id, "is referred to, and there is none")
		}
	}
	for _, id := range around {
		if err := leaf(id); err != nil {
			return err
		}
	}
	return nil
}

func (p *precheck) leaf(id uint64) error {
	if p.whole[id] {
		return nil
	}
	b, _, _, err := p.page(id)
	if err == nil && !wholeLeaf(b) {
		err = p.damaged(id, "is damaged")
	}
	p.whole[id] = err == nil
	return err
}
