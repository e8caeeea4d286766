package kg

import (
	"slices"
	"unicode/utf8"
)

// trie maps keys to lists of names, one rune a step. The children of a node lie
// side by side in the arrays, sorted by rune.
type trie struct {
	nodes  []trieNode
	runes  []rune  // of the edges
	target []int32 // of the edges
	leaves [][]uint32
	root   map[rune]int32 // edges of node 0, of which there are many
}

type trieNode struct {
	first, count int32 // edges
	leaf         int32 // index into leaves, or -1
}

// newTrie builds a trie of keys, level by level over the sorted keys.
func newTrie(lists map[string][]uint32) trie {
	keys := make([]string, 0, len(lists))
	for k := range lists {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	type part struct{ lo, hi, depth int } // keys[lo:hi] share their first depth bytes
	queue := []part{{0, len(keys), 0}}
	t := trie{root: map[rune]int32{}}
	for at := 0; at < len(queue); at++ {
		p := queue[at]
		n := trieNode{first: int32(len(t.runes)), leaf: -1}
		if p.lo < p.hi && len(keys[p.lo]) == p.depth {
			n.leaf = int32(len(t.leaves))
			t.leaves = append(t.leaves, lists[keys[p.lo]])
			p.lo++
		}
		for p.lo < p.hi {
			r, size := utf8.DecodeRuneInString(keys[p.lo][p.depth:])
			end := p.lo + 1
			for end < p.hi {
				if next, _ := utf8.DecodeRuneInString(keys[end][p.depth:]); next != r {
					break
				}
				end++
			}
			t.runes = append(t.runes, r)
			t.target = append(t.target, int32(len(queue)))
			if at == 0 {
				t.root[r] = int32(len(queue))
			}
			queue = append(queue, part{p.lo, end, p.depth + size})
			p.lo = end
		}
		n.count = int32(len(t.runes)) - n.first
		t.nodes = append(t.nodes, n)
	}
	return t
}

// step follows the edge r from a node, 0 being the root; -1 means that there
// is none.
func (t *trie) step(at int32, r rune) int32 {
	if at == 0 {
		if n, ok := t.root[r]; ok {
			return n
		}
		return -1
	}
	n := t.nodes[at]
	i, ok := slices.BinarySearch(t.runes[n.first:n.first+n.count], r)
	if !ok {
		return -1
	}
	return t.target[n.first+int32(i)]
}

// leaf returns the list of the key that ends at a node, nil where none does.
func (t *trie) leaf(at int32) []uint32 {
	if n := t.nodes[at]; n.leaf >= 0 {
		return t.leaves[n.leaf]
	}
	return nil
}
