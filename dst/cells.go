package dst

// featureCells number features in the order in which they are met: a hash table with
// linear probing, for a learner that knows few of all that there are.
type featureCells struct {
	keys  []uint32 // by number
	table []int32  // number+1, 0 where free
}

func newFeatureCells() *featureCells { return &featureCells{table: make([]int32, 1<<12)} }

func (c *featureCells) at(k uint32) uint32 {
	mask := uint32(len(c.table) - 1)
	i := k * 2654435761 >> 7 & mask
	for c.table[i] != 0 && c.keys[c.table[i]-1] != k {
		i = (i + 1) & mask
	}
	return i
}

// find returns the number of a feature, -1 where it was not met.
func (c *featureCells) find(k uint32) int { return int(c.table[c.at(k)]) - 1 }

// enter returns the number of a feature, a new one where it was not met.
func (c *featureCells) enter(k uint32) int {
	i := c.at(k)
	if n := c.table[i]; n != 0 {
		return int(n) - 1
	}
	c.keys = append(c.keys, k)
	c.table[i] = int32(len(c.keys))
	if 2*len(c.keys) > len(c.table) {
		c.table = make([]int32, 2*len(c.table))
		for n, k := range c.keys {
			c.table[c.at(k)] = int32(n + 1)
		}
	}
	return len(c.keys) - 1
}
