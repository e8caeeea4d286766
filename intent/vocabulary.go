package intent

// A vocabulary numbers the n-grams seen in training by their hash. Two n-grams
// that share a hash share a number; with 32 bits that befalls a few in a
// million.
type vocabulary struct {
	hashes []uint32
	table  []uint64 // open addressing: number+1 in the upper half, hash in the lower
}

func newVocabulary(hashes []uint32) vocabulary {
	size := 16
	for size < 2*len(hashes) {
		size *= 2
	}
	v := vocabulary{hashes, make([]uint64, size)}
	mask := uint32(size - 1)
	for i, h := range hashes {
		slot := h & mask
		for v.table[slot] != 0 {
			slot = (slot + 1) & mask
		}
		v.table[slot] = uint64(i+1)<<32 | uint64(h)
	}
	return v
}

// number returns the number of the n-gram with hash h, or -1.
func (v *vocabulary) number(h uint32) int {
	mask := uint32(len(v.table) - 1)
	for slot := h & mask; ; slot = (slot + 1) & mask {
		e := v.table[slot]
		if e == 0 {
			return -1
		}
		if uint32(e) == h {
			return int(e>>32) - 1
		}
	}
}
