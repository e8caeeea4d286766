package kg

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// A column lists the facts of one predicate whose objects have an order among
// themselves, the numbers of one unit or the times, ascending, then by
// subject. It lies in chunks, which versions of the column share.
type column struct {
	kind   Kind // Number or Moment
	unit   string
	chunks []*columnChunk
	ends   []int // how many entries there are up to the end of each chunk

	sets columnSets
}

type columnChunk struct {
	keys  []float64 // the number, or the Unix seconds of the time
	links []link
}

const columnFacts = 512

// columnOf returns the class of values that share a column with v, false for
// values of no column.
func columnOf(v *Value) (kind Kind, unit string, ok bool) {
	switch v.kind {
	case Number:
		return Number, v.text, true
	case integer:
		return Number, "", true
	case Moment, clock:
		return Moment, "", true
	}
	return 0, "", false
}

func (c *column) len() int {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

// search returns the first position at which is holds; it holds from there on.
func (c *column) search(is func(key float64, l link) bool) int {
	at := sort.Search(len(c.chunks), func(i int) bool {
		last := len(c.chunks[i].keys) - 1
		return is(c.chunks[i].keys[last], c.chunks[i].links[last])
	})
	if at == len(c.chunks) {
		return c.len()
	}
	ch := c.chunks[at]
	return c.ends[at] - len(ch.keys) + sort.Search(len(ch.keys), func(i int) bool { return is(ch.keys[i], ch.links[i]) })
}

// slice yields the pieces of the entries from lo to hi.
func (c *column) slice(lo, hi int, yield func(keys []float64, links []link) bool) {
	at := sort.SearchInts(c.ends, lo+1)
	for ; at < len(c.chunks) && lo < hi; at++ {
		start := c.ends[at] - len(c.chunks[at].keys)
		end := min(hi, c.ends[at])
		if !yield(c.chunks[at].keys[lo-start:end-start], c.chunks[at].links[lo-start:end-start]) {
			return
		}
		lo = end
	}
}

// entry returns the entry at a position.
func (c *column) entry(i int) (float64, link) {
	at := sort.SearchInts(c.ends, i+1)
	i -= c.ends[at] - len(c.chunks[at].keys)
	return c.chunks[at].keys[i], c.chunks[at].links[i]
}

// columnChange adds or removes an entry.
type columnChange struct {
	key float64
	linkChange
}

// compareColumnEntries orders the entries of a column. aux tells apart the times of
// one second.
func compareColumnEntries(aux func(node) uint32, aKey float64, a link, bKey float64, b link) int {
	if aKey != bKey {
		return cmp.Compare(aKey, bKey)
	}
	if aux != nil && a.object != b.object {
		if c := cmp.Compare(aux(a.object), aux(b.object)); c != 0 {
			return c
		}
	}
	return cmp.Or(compareNodes(a.subject, b.subject), compareNodes(a.object, b.object))
}

// change returns the column after the changes, which come in order.
func (c *column) change(changes []columnChange, aux func(node) uint32) *column {
	b := columnBuilder{column: &column{kind: c.kind, unit: c.unit}}
	for at := 0; at < len(c.chunks); at++ {
		end := len(changes)
		if at+1 < len(c.chunks) {
			next := c.chunks[at+1]
			end = sort.Search(len(changes), func(i int) bool {
				return compareColumnEntries(aux, changes[i].key, changes[i].link, next.keys[0], next.links[0]) >= 0
			})
		}
		if end == 0 {
			b.keep(c.chunks[at])
			continue
		}
		b.merge(c.chunks[at], changes[:end], aux)
		b.flush()
		changes = changes[end:]
	}
	for _, ch := range changes {
		b.put(ch.key, ch.link)
	}
	b.flush()
	return b.column
}

type columnBuilder struct {
	*column
	keys  []float64
	links []link
}

func (b *columnBuilder) put(key float64, l link) {
	if len(b.keys) >= 2*columnFacts {
		b.flush()
	}
	b.keys, b.links = append(b.keys, key), append(b.links, l)
}

// flush closes the open chunk, in two where it is large.
func (b *columnBuilder) flush() {
	n := len(b.keys)
	if n > columnFacts {
		b.keep(&columnChunk{slices.Clone(b.keys[:n/2]), slices.Clone(b.links[:n/2])})
		b.keep(&columnChunk{slices.Clone(b.keys[n/2:]), slices.Clone(b.links[n/2:])})
	} else if n > 0 {
		b.keep(&columnChunk{slices.Clone(b.keys), slices.Clone(b.links)})
	}
	b.keys, b.links = b.keys[:0], b.links[:0]
}

func (b *columnBuilder) keep(c *columnChunk) {
	b.chunks = append(b.chunks, c)
	b.ends = append(b.ends, b.len()+len(c.keys))
}

func (b *columnBuilder) merge(c *columnChunk, changes []columnChange, aux func(node) uint32) {
	for i, key := range c.keys {
		l := c.links[i]
		gone := false
		for len(changes) > 0 {
			order := compareColumnEntries(aux, changes[0].key, changes[0].link, key, l)
			if order > 0 {
				break
			}
			if order == 0 {
				gone = changes[0].remove
			} else {
				b.put(changes[0].key, changes[0].link)
			}
			changes = changes[1:]
		}
		if !gone {
			b.put(key, l)
		}
	}
	for _, ch := range changes {
		b.put(ch.key, ch.link)
	}
}

// compareColumns is the order of a predicate's columns.
func compareColumns(a, b *column) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.unit, b.unit))
}
