package kg

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// entry is a name that is being indexed: a name of the graph, or one that
// [Synonyms] make of it, which shows that name.
type entry struct {
	id, text string
	shown    string // "" where text is the name itself
	rank     uint8
	runes    uint8
	breaks   uint8
	chunk    uint8
	order    uint64 // class, runes and the beginning of the id
	from, to int    // features in the chunk's extract
}

// maxChunks bounds the goroutines that read names.
const maxChunks = 4

// newSegment indexes entries, which it fills in and reorders.
func newSegment(entries []entry) *segment {
	chunks := min(len(entries)/2000+1, maxChunks)
	parts := make([]extract, chunks)
	kept := make([][]entry, chunks)
	var wg sync.WaitGroup
	for c := range parts {
		part := entries[len(entries)*c/chunks : len(entries)*(c+1)/chunks]
		wg.Go(func() { kept[c] = parts[c].all(part, uint8(c)) })
	}
	wg.Wait()
	for len(kept) > 1 {
		kept = append(kept[2:], mergeEntries(kept[0], kept[1]))
	}
	s := &segment{}
	s.fill(kept[0])
	s.index(kept[0], parts)
	words := parts[0].words
	for _, p := range parts[1:] {
		maps.Copy(words, p.words)
	}
	s.vocabulary = newVocabulary(words)
	return s
}

// all reads the entries of a chunk, and returns those that are linked, sorted.
func (x *extract) all(part []entry, chunk uint8) []entry {
	x.heads, x.words = map[uint64]uint8{}, map[string]bool{}
	x.feats = make([]uint64, 0, len(part)*9)
	kept := part[:0]
	for i := range part {
		e := part[i]
		if !x.add(&e) {
			continue
		}
		e.chunk, e.order = chunk, uint64(e.runes)<<56
		if e.rank > 0 {
			e.order |= 1 << 63
		}
		for k := range min(7, len(e.id)) {
			e.order |= uint64(e.id[k]) << (48 - 8*k)
		}
		kept = append(kept, e)
	}
	slices.SortFunc(kept, compareEntries)
	return kept
}

func compareEntries(a, b entry) int {
	if a.order != b.order {
		return cmp.Compare(a.order, b.order)
	}
	return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.text, b.text), cmp.Compare(a.rank, b.rank), strings.Compare(a.shown, b.shown))
}

func mergeEntries(a, b []entry) []entry {
	out := make([]entry, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compareEntries(b[0], a[0]) < 0 {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

// fill stores the entries themselves.
func (s *segment) fill(entries []entry) {
	s.n = len(entries)
	size := 0
	for i := range entries {
		size += len(entries[i].text) + len(entries[i].id)
	}
	var blob strings.Builder
	blob.Grow(size)
	s.offset = make([]uint32, 0, 2*s.n+1)
	s.ranks, s.runes = make([]uint8, s.n), make([]uint8, s.n)
	s.shown, s.breaks = map[uint32]string{}, map[uint32]uint8{}
	for i := range entries {
		e := &entries[i]
		s.offset = append(s.offset, uint32(blob.Len()), uint32(blob.Len()+len(e.text)))
		blob.WriteString(e.text)
		blob.WriteString(e.id)
		s.ranks[i], s.runes[i] = e.rank, e.runes
		if e.shown != "" {
			s.shown[uint32(i)] = strings.Clone(e.shown)
		}
		if e.breaks > 0 {
			s.breaks[uint32(i)] = e.breaks
		}
		if e.rank == 0 {
			s.later = uint32(i + 1)
		}
	}
	s.offset = append(s.offset, uint32(blob.Len()))
	s.blob = blob.String()
	s.fillFirst()
}

// featureCounter numbers the features in the order in which they are met.
type featureCounter struct {
	keys  []uint64 // open hash table, a power of two
	ids   []uint32
	feats []uint64 // by number
	count []uint32 // entries
	last  []uint32 // the last entry plus one
}

// number returns the number of a feature.
func (t *featureCounter) number(h uint64) uint32 {
	if 2*len(t.feats) >= len(t.keys) {
		t.grow()
	}
	mask := uint64(len(t.keys) - 1)
	for i := h >> 20 & mask; ; i = (i + 1) & mask {
		if t.keys[i] == h {
			return t.ids[i]
		}
		if t.keys[i] == 0 {
			id := uint32(len(t.feats))
			t.keys[i], t.ids[i] = h, id
			t.feats, t.count, t.last = append(t.feats, h), append(t.count, 0), append(t.last, 0)
			return id
		}
	}
}

func (t *featureCounter) grow() {
	size := max(64, 2*len(t.keys))
	t.keys, t.ids = make([]uint64, size), make([]uint32, size)
	mask := uint64(size - 1)
	for id, h := range t.feats {
		i := h >> 20 & mask
		for t.keys[i] != 0 {
			i = (i + 1) & mask
		}
		t.keys[i], t.ids[i] = h, uint32(id)
	}
}

// index makes the postings of the entries' features.
func (s *segment) index(entries []entry, parts []extract) {
	total := 0
	for i := range parts {
		total += len(parts[i].feats)
	}
	var t featureCounter
	seq, starts := make([]uint32, 0, total), make([]uint32, 0, s.n+1) // features of each entry
	for i := range entries {
		e := &entries[i]
		starts = append(starts, uint32(len(seq)))
		for _, h := range parts[e.chunk].feats[e.from:e.to] {
			f := t.number(h)
			if t.last[f] == uint32(i+1) {
				continue
			}
			t.last[f] = uint32(i + 1)
			t.count[f]++
			seq = append(seq, f)
		}
	}
	starts = append(starts, uint32(len(seq)))
	place, words := s.layOut(t.count), uint32(s.n+63)/64
	for i := range s.n {
		for _, f := range seq[starts[i]:starts[i+1]] {
			switch c := t.count[f]; {
			case c == 1:
				place[f] = uint32(i)
			case s.dense(c):
				word := uint32(i) >> 6
				s.bits[place[f]+word] |= 1 << (i & 63)
				s.bits[place[f]+words+word>>6] |= 1 << (word & 63)
			default:
				s.posts[place[f]] = uint32(i)
				place[f]++
			}
		}
	}
	s.hash(&t, place, headsOf(parts))
}

// dense reports whether a posting of so many entries is a bitmap, which is
// then the smaller form.
func (s *segment) dense(count uint32) bool { return count >= 64 && int(count) > s.n/32 }

// layOut makes room for postings of the given lengths, and returns where each
// begins: in bits, or in posts behind its length.
func (s *segment) layOut(count []uint32) []uint32 {
	words := uint32(s.n+63) / 64
	words += (words + 63) / 64
	posts, bitmaps := uint32(0), uint32(0)
	place := make([]uint32, len(count))
	for f, c := range count {
		switch {
		case c == 1:
		case s.dense(c):
			place[f] = bitmaps * words
			bitmaps++
			posts += 2
		default:
			place[f] = posts + 1
			posts += 1 + c
		}
	}
	s.posts, s.bits = make([]uint32, posts), make([]uint64, bitmaps*words)
	return place
}

// headsOf merges the chunks' values.
func headsOf(parts []extract) map[uint64]uint8 {
	all := parts[0].heads
	for _, p := range parts[1:] {
		for h, v := range p.heads {
			all[h] = max(all[h], v)
		}
	}
	return all
}

// hash builds the table. place is what index left: the entry, the start of the
// bitmap, or the end of the list.
func (s *segment) hash(t *featureCounter, place []uint32, heads map[uint64]uint8) {
	size := (len(t.feats)+len(heads))*4/3 + 1
	s.keys, s.refs = make([]uint64, size), make([]uint32, size)
	at := uint32(0) // in posts
	for f, h := range t.feats {
		switch c := t.count[f]; {
		case c == 1:
			s.insert(h, place[f])
		case s.dense(c):
			s.posts[at], s.posts[at+1] = c, place[f]
			s.insert(h, uint32(s.n)+(at<<1|1))
			at += 2
		default:
			s.posts[at] = c
			s.insert(h, uint32(s.n)+at<<1)
			at += 1 + c
		}
	}
	for _, h := range slices.Sorted(maps.Keys(heads)) {
		s.insert(h, uint32(heads[h]))
	}
}

func (s *segment) insert(h uint64, ref uint32) {
	hi, _ := bits.Mul64(h, uint64(len(s.keys)))
	i := int(hi)
	for s.keys[i] != 0 {
		if i++; i == len(s.keys) {
			i = 0
		}
	}
	s.keys[i], s.refs[i] = h, ref
}
