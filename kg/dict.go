package kg

import (
	"hash/maphash"
	"math"
	"strings"
	"sync/atomic"
)

// A node is the number of a term in one dictionary.
type node = uint32

// none is no node.
const none = ^node(0)

// paged is a list that grows at its end without moving. A copy of the struct
// is a list of fixed length, safe to read while the original grows.
type paged[T any] struct {
	pages []*[pageSize]T
	n     uint32
}

const (
	pageBits = 10
	pageSize = 1 << pageBits
)

func (p *paged[T]) append(v T) {
	if p.n%pageSize == 0 {
		p.pages = append(p.pages, new([pageSize]T))
	}
	p.pages[p.n>>pageBits][p.n%pageSize] = v
	p.n++
}

func (p *paged[T]) at(i uint32) *T { return &p.pages[i>>pageBits][i%pageSize] }

// dict numbers terms. Only the writer adds to it; the snapshots that share it
// read what was there when they were made, without a lock. A term that no fact
// uses any more stays until the graph is compiled anew.
type dict struct {
	terms paged[Value] // the writer's
	slots atomic.Pointer[slots]
	seed  maphash.Seed
}

// slots is an open hash table of node+1, 0 being empty.
type slots struct {
	mask uint32
	at   []atomic.Uint32
}

func newDict(size int) *dict {
	d := &dict{seed: maphash.MakeSeed()}
	d.slots.Store(newSlots(size))
	return d
}

// newSlots makes a table for the given number of terms, at most 2/3 full.
func newSlots(size int) *slots {
	n := 64
	for n*2 < size*3 {
		n *= 2
	}
	return &slots{mask: uint32(n - 1), at: make([]atomic.Uint32, n)}
}

func (d *dict) hash(v *Value) uint32 {
	h := maphash.String(d.seed, v.text)
	if v.kind > String {
		h ^= (math.Float64bits(v.num) + uint64(v.aux)) * 0x9e3779b97f4a7c15
	}
	h ^= uint64(v.kind) * 0xff51afd7ed558ccd
	return uint32(h ^ h>>32)
}

// find returns the node of a term among the first n, none where it is not
// there.
func (d *dict) find(v *Value, terms *paged[Value]) node {
	t := d.slots.Load()
	for i := d.hash(v) & t.mask; ; i = (i + 1) & t.mask {
		n := t.at[i].Load()
		if n == 0 {
			return none
		}
		if n <= terms.n && *terms.at(n - 1) == *v {
			return n - 1
		}
	}
}

// intern returns the node of a term, a new one where need be. Only the writer
// may call it.
func (d *dict) intern(v Value) node {
	if n := d.find(&v, &d.terms); n != none {
		return n
	}
	v.text = strings.Clone(v.text) // it may be a part of a whole file
	return d.add(v)
}

// add adds a term that is not there.
func (d *dict) add(v Value) node {
	n := d.terms.n
	d.terms.append(v)
	t := d.slots.Load()
	if int(n+1)*3 > len(t.at)*2 {
		bigger := newSlots(len(t.at) * 4 / 3)
		for m := range n {
			bigger.put(d.hash(d.terms.at(m)), m)
		}
		t = bigger
		defer d.slots.Store(bigger)
	}
	t.put(d.hash(&v), n)
	return n
}

func (t *slots) put(hash uint32, n node) {
	for i := hash & t.mask; ; i = (i + 1) & t.mask {
		if t.at[i].Load() == 0 {
			t.at[i].Store(n + 1)
			return
		}
	}
}
