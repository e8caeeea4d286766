package kg

import (
	"math/bits"
	"sync"
)

// columnSets remembers, for dense lists, which entries of a column are of the
// list: a bit for each entry. How many of a list lie within a range is then a
// count of bits. A set is made when it is first asked for; column and list
// never change, so that it holds for all versions of the graph that share them.
type columnSets struct {
	mu   sync.Mutex
	sets map[*bitList]bitset
}

// mostColumnSets bounds what is remembered to half of the column's own room.
const mostColumnSets = 64

// setOf returns the entries of the column that are of the list, or nil where no
// further ones are remembered.
func (c *column) setOf(list *bitList) bitset {
	c.sets.mu.Lock()
	defer c.sets.mu.Unlock()
	if set, ok := c.sets.sets[list]; ok || len(c.sets.sets) >= mostColumnSets {
		return set
	}
	set := newBits(c.len())
	i := 0
	for _, ch := range c.chunks {
		for _, l := range ch.links {
			if list.has(l.subject) {
				set.set(node(i))
			}
			i++
		}
	}
	if c.sets.sets == nil {
		c.sets.sets = map[*bitList]bitset{}
	}
	c.sets.sets[list] = set
	return set
}

// countRange is the number of places from lo to hi that are in all sets, of
// which there is one at least.
func countRange(sets []bitset, lo, hi int) int {
	n := 0
	for w := lo / 64; w*64 < hi; w++ {
		n += bits.OnesCount64(rangeWord(sets, w, lo, hi))
	}
	return n
}

// sliceSets yields the entries from lo to hi that are in all sets, until yield
// returns false.
func (c *column) sliceSets(sets []bitset, lo, hi int, yield func(key float64, l link) bool) {
	place := lo
	c.slice(lo, hi, func(keys []float64, links []link) bool {
		start := place
		place += len(links)
		for w := start / 64; w*64 < place; w++ {
			for left := rangeWord(sets, w, start, place); left != 0; left &= left - 1 {
				if i := w*64 + bits.TrailingZeros64(left) - start; !yield(keys[i], links[i]) {
					return false
				}
			}
		}
		return true
	})
}

// rangeWord is a word of what all sets share from lo to hi.
func rangeWord(sets []bitset, w, lo, hi int) uint64 {
	word := sets[0][w]
	for _, s := range sets[1:] {
		word &= s[w]
	}
	if from := lo - w*64; from > 0 {
		word &= ^uint64(0) << from
	}
	if to := hi - w*64; to < 64 {
		word &= 1<<to - 1
	}
	return word
}
