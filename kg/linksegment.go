package kg

import (
	"math/bits"
	"slices"
	"sort"
)

// maxNameRunes is the length of the longest name that is linked.
const maxNameRunes = 100

// segment is an immutable index of names, in flat arrays without pointers.
// Entries are numbered in the order in which they make good candidates: names
// of the first name predicate first, short ones before long ones, then by id
// and text. What fits a part of a name is thus found best first.
type segment struct {
	n      int
	later  uint32            // entries from here on have a rank above 0
	blob   string            // texts and ids
	offset []uint32          // text of entry i at 2i, its id at 2i+1; one more at the end
	shown  map[uint32]string // the names of entries whose text is not one: see [Synonyms]
	ranks  []uint8
	runes  []uint8
	breaks map[uint32]uint8 // sentence punctuation within the name, where there is some
	first  [2][maxNameRunes + 2]uint32

	// An open hash table from features to entries: a ref below n is the only
	// entry, others are n plus twice a place in posts, which holds the count
	// and then either the entries or, with an odd ref, the start of a bitmap.
	keys  []uint64
	refs  []uint32
	posts []uint32
	bits  []uint64

	vocabulary
}

func (s *segment) text(i uint32) string { return s.blob[s.offset[2*i]:s.offset[2*i+1]] }
func (s *segment) id(i uint32) string   { return s.blob[s.offset[2*i+1]:s.offset[2*i+2]] }

// name is the name of an entry as it is in the graph.
func (s *segment) name(i uint32) string {
	if name, ok := s.shown[i]; ok {
		return name
	}
	return s.text(i)
}

func (s *segment) fact(i uint32) nameFact {
	return nameFact{id: s.id(i), text: s.name(i), rank: int(s.ranks[i])}
}

// bounds returns the entries of rank 0 (class 0) or the others (class 1) that
// have at least the given number of runes.
func (s *segment) bounds(class, runes int) (lo, hi uint32) {
	lo, hi = s.first[class][min(runes, maxNameRunes+1)], s.later
	if class == 1 {
		hi = uint32(s.n)
	}
	return lo, hi
}

// fillFirst prepares bounds.
func (s *segment) fillFirst() {
	for class, span := range [2][2]int{{0, int(s.later)}, {int(s.later), s.n}} {
		for r := range s.first[class] {
			n := sort.Search(span[1]-span[0], func(i int) bool { return int(s.runes[span[0]+i]) >= r })
			s.first[class][r] = uint32(span[0] + n)
		}
	}
}

// slot returns the place of a feature in the table, -1 where it is not there.
func (s *segment) slot(h uint64) int {
	if len(s.keys) == 0 {
		return -1
	}
	hi, _ := bits.Mul64(h, uint64(len(s.keys)))
	for i := int(hi); ; {
		switch s.keys[i] {
		case h:
			return i
		case 0:
			return -1
		}
		if i++; i == len(s.keys) {
			i = 0
		}
	}
}

// value returns the number that belongs to a feature, 0 where there is none.
func (s *segment) value(h uint64) int {
	if i := s.slot(h); i >= 0 {
		return int(s.refs[i])
	}
	return 0
}

// posting is the list of the entries that have a feature: ascending, or, where
// they are many, as a bitmap, with another one of the words in it that are not
// zero.
type posting struct {
	n     int
	list  []uint32
	bits  []uint64
	words []uint64
}

func (s *segment) find(h uint64) posting {
	i := s.slot(h)
	if i < 0 {
		return posting{}
	}
	ref := s.refs[i]
	if int(ref) < s.n {
		return posting{n: 1, list: s.refs[i : i+1]}
	}
	ref -= uint32(s.n)
	at, n := ref>>1, s.posts[ref>>1]
	if ref&1 == 1 {
		bits := s.bits[s.posts[at+1]:]
		words := (s.n + 63) / 64
		return posting{n: int(n), bits: bits[:words], words: bits[words : words+(words+63)/64]}
	}
	return posting{n: int(n), list: s.posts[at+1 : at+1+n]}
}

func (p *posting) has(entry uint32) bool {
	if p.bits != nil {
		return hasBit(p.bits, entry)
	}
	_, ok := slices.BinarySearch(p.list, entry)
	return ok
}

func hasBit(set []uint64, i uint32) bool { return set != nil && set[i>>6]>>(i&63)&1 == 1 }

// cursor walks a posting forward.
type cursor struct {
	posting
	pos int // into list
}

// seek returns the first entry from v on, and noEntry where there is none. v must
// not decrease.
func (c *cursor) seek(v uint32) uint32 {
	if c.bits != nil {
		return c.nextBit(v)
	}
	list := c.list
	if c.pos >= len(list) {
		return noEntry
	}
	if list[c.pos] >= v {
		return list[c.pos]
	}
	step := 1
	lo := c.pos
	for lo+step < len(list) && list[lo+step] < v {
		lo += step
		step *= 2
	}
	hi := min(lo+step, len(list))
	lo++
	for lo < hi {
		if mid := (lo + hi) / 2; list[mid] < v {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if c.pos = lo; lo == len(list) {
		return noEntry
	}
	return list[lo]
}

const noEntry = ^uint32(0)

// nextBit returns the first entry of a bitmap from v on.
func (p *posting) nextBit(v uint32) uint32 {
	w := int(v >> 6)
	if w >= len(p.bits) {
		return noEntry
	}
	if word := p.bits[w] >> (v & 63) << (v & 63); word != 0 {
		return uint32(w<<6 + bits.TrailingZeros64(word))
	}
	w++
	for b := w >> 6; b < len(p.words); b++ {
		some := p.words[b]
		if b == w>>6 {
			some = some >> (w & 63) << (w & 63)
		}
		if some != 0 {
			w = b<<6 + bits.TrailingZeros64(some)
			return uint32(w<<6 + bits.TrailingZeros64(p.bits[w]))
		}
	}
	return noEntry
}

// nextMatch returns the first entry from at on that is in all postings, below
// hi, or hi. The shortest posting must come first: where it is a bitmap, all are.
func nextMatch(cur []cursor, at, hi uint32) uint32 {
	if cur[0].bits != nil {
		return nextCommonBit(cur, at, hi)
	}
	for at < hi {
		v := cur[0].seek(at)
		at = v
		for k := 1; k < len(cur) && at == v; k++ {
			at = cur[k].seek(v)
		}
		if at == v {
			return min(v, hi)
		}
	}
	return hi
}

// nextCommonBit is nextMatch for bitmaps.
func nextCommonBit(cur []cursor, at, hi uint32) uint32 {
	for at < hi {
		w := at >> 6
		some := cur[0].words[w>>6] >> (w & 63) << (w & 63)
		for k := 1; k < len(cur); k++ {
			some &= cur[k].words[w>>6]
		}
		if some == 0 {
			at = (w>>6 + 1) << 12
			continue
		}
		if next := w>>6<<6 + uint32(bits.TrailingZeros64(some)); next > w {
			w, at = next, next<<6
		}
		word := cur[0].bits[w] >> (at & 63) << (at & 63)
		for k := 1; k < len(cur); k++ {
			word &= cur[k].bits[w]
		}
		if word != 0 {
			return min(w<<6+uint32(bits.TrailingZeros64(word)), hi)
		}
		at = (w + 1) << 6
	}
	return hi
}
