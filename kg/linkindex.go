package kg

import (
	"iter"
	"math/bits"
	"slices"
)

// nameFact is a name of a thing. rank is that of the name predicate among
// Options.NamePredicates.
type nameFact struct {
	id, text string
	rank     int
}

// linkIndex finds names by their features. It is immutable. The names lie in
// layers: a base, and above it ever smaller ones with the names added since; a
// name that was removed is masked in its layer. What is found depends on the
// names alone and never on how they are layered.
type linkIndex struct {
	layers   []layer // the base first
	live     int     // entries, those of synonyms included
	synonyms *synonymTable
}

// layer is a segment without the entries that were removed.
type layer struct {
	*segment
	dead []uint64 // bitmap, nil while nothing is removed
	gone int      // entries in dead
}

func (l *layer) live() int { return l.n - l.gone }

// newLinkIndex indexes names. The same fact may come several times, as from
// language variants of a predicate; each must then be removed. synonyms may be
// nil.
func newLinkIndex(names iter.Seq[nameFact], synonyms *synonymTable) *linkIndex {
	x := &linkIndex{synonyms: synonyms}
	var entries []entry
	for f := range names {
		entries = x.appendEntries(entries, f)
	}
	base := newSegment(entries)
	x.layers, x.live = []layer{{segment: base}}, base.n
	return x
}

// appendEntries appends what is indexed for a fact.
func (x *linkIndex) appendEntries(entries []entry, f nameFact) []entry {
	rank := uint8(min(max(f.rank, 0), 255))
	entries = append(entries, entry{id: f.id, text: f.text, rank: rank})
	for _, variant := range x.synonyms.variants(f) {
		entries = append(entries, entry{id: f.id, text: variant, shown: f.text, rank: max(rank, 1)})
	}
	return entries
}

// with returns the index without some names and with others. It takes time in
// proportion to their number, and now and then to that of those added before;
// a removed name that is not there is passed over.
func (x *linkIndex) with(removed, added []nameFact) *linkIndex {
	next := &linkIndex{layers: slices.Clone(x.layers), live: x.live, synonyms: x.synonyms}
	own := make([]bool, len(x.layers)) // whose dead is no longer that of x
	var entries []entry
	for _, f := range removed {
		entries = next.appendEntries(entries, f)
	}
	read := extract{heads: map[uint64]uint8{}, words: map[string]bool{}}
	for i := range entries {
		if read.feats = read.feats[:0]; read.add(&entries[i]) && len(read.feats) > 0 {
			next.remove(&entries[i], read.feats[0], own)
		}
	}
	entries = entries[:0]
	for _, f := range added {
		entries = next.appendEntries(entries, f)
	}
	if len(entries) > 0 {
		s := newSegment(entries)
		next.layers = append(next.layers, layer{segment: s})
		next.live += s.n
	}
	next.tidy()
	return next
}

// remove masks one entry that is equal to e, which has the feature.
func (x *linkIndex) remove(e *entry, feature uint64, own []bool) {
	for k := len(x.layers) - 1; k >= 0; k-- {
		l := &x.layers[k]
		p := l.find(feature)
		c := cursor{posting: p}
		lo, _ := l.bounds(min(int(e.rank), 1), int(e.runes))
		for i := lo; p.n > 0; i++ {
			if i = c.seek(i); i == noEntry || l.runes[i] != e.runes {
				break
			}
			if hasBit(l.dead, i) || l.ranks[i] != e.rank || l.id(i) != e.id || l.text(i) != e.text || l.shown[i] != e.shown {
				continue
			}
			if l.dead == nil {
				l.dead = make([]uint64, (l.n+63)/64)
			} else if !own[k] {
				l.dead = slices.Clone(l.dead)
			}
			own[k] = true
			l.dead[i>>6] |= 1 << (i & 63)
			l.gone++
			x.live--
			return
		}
	}
}

// tidy merges the newest layers while the older of two is less than double the
// newer, so that their number stays logarithmic, drops empty ones, and compacts
// an index most of which is not in the base.
func (x *linkIndex) tidy() {
	for len(x.layers) > 2 {
		k := len(x.layers) - 1
		a, b := &x.layers[k-1], &x.layers[k]
		if b.live() > 0 && a.live() > 2*b.live() {
			break
		}
		x.layers = append(x.layers[:k-1], x.merged(x.layers[k-1:])...)
	}
	if k := len(x.layers) - 1; k > 0 && x.layers[k].live() == 0 {
		x.layers = x.layers[:k]
	}
	if len(x.layers) > 1 && x.live > 2*x.layers[0].live() {
		*x = *x.compact()
	}
}

// merged returns the layers as one, or as none where nothing in them is live.
func (x *linkIndex) merged(layers []layer) []layer {
	var entries []entry
	for f := range liveFacts(layers) {
		entries = x.appendEntries(entries, f)
	}
	if len(entries) == 0 {
		return nil
	}
	return []layer{{segment: newSegment(entries)}}
}

// liveFacts yields the names of layers.
func liveFacts(layers []layer) iter.Seq[nameFact] {
	return func(yield func(nameFact) bool) {
		for k := range layers {
			l := &layers[k]
			for i := range uint32(l.n) {
				if _, made := l.shown[i]; !made && !hasBit(l.dead, i) && !yield(l.fact(i)) {
					return
				}
			}
		}
	}
}

// wantsCompact reports whether so much was added and removed since the base was
// built that compact pays.
func (x *linkIndex) wantsCompact() bool {
	changed := x.live - x.layers[0].live() + x.layers[0].gone
	return changed > max(1024, x.layers[0].n/16)
}

// compact returns the index with all names in the base. Its results are the
// same.
func (x *linkIndex) compact() *linkIndex {
	if len(x.layers) == 1 && x.layers[0].gone == 0 {
		return x
	}
	return newLinkIndex(liveFacts(x.layers), x.synonyms)
}

// longest returns the largest value of a head feature.
func (x *linkIndex) longest(h uint64) int {
	n := 0
	for k := range x.layers {
		n = max(n, x.layers[k].value(h))
	}
	return n
}

// size is the memory that the index takes, in bytes.
func (x *linkIndex) size() int {
	n := 0
	for k := range x.layers {
		l := &x.layers[k]
		n += len(l.blob) + 4*len(l.offset) + 2*l.n + 12*len(l.keys) + 4*len(l.posts) + 8*len(l.bits) + 8*len(l.dead) + l.vocabulary.size()
		for _, name := range l.shown {
			n += 24 + len(name)
		}
		n += 8 * bits.Len(uint(len(l.breaks))) * len(l.breaks)
	}
	return n
}
