package trackbench

import (
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// A calibration compares how sure the tracker was of its decisions with how
// often they were right, in ten bins of equal width.
//
// A decision is a slot whose value changed in a turn, in the prediction or in
// the gold state; slots that both keep are left out, for they are most and
// would hide the others. Its confidence is that of the least sure of the
// slot's constraints. A slot that the prediction leaves empty has none and is
// left out, as is one that a program set.
type calibration struct {
	bins [10]struct {
		n        int
		p, right float64 // sums
	}
}

// slot takes in one slot of a turn: its constraints and gold spellings before
// and after, and how right it is, from 0 to 1.
func (c *calibration) slot(before, after []dst.Constraint, goldBefore, gold []string, right float64) {
	if !changed(before, after) && sameGold(goldBefore, gold) {
		return
	}
	p := 0.0
	for _, t := range after {
		if t.Evidence.P > 0 && (p == 0 || t.Evidence.P < p) {
			p = t.Evidence.P
		}
	}
	if p == 0 {
		return
	}
	bin := &c.bins[min(int(p*10), 9)]
	bin.n++
	bin.p += p
	bin.right += right
}

// changed reports whether a slot's constraints are others than before.
func changed(before, after []dst.Constraint) bool {
	return !slices.EqualFunc(before, after, func(a, b dst.Constraint) bool { return a.Op == b.Op && a.Value == b.Value })
}

// sameGold reports whether two lists of spellings are of one value.
func sameGold(a, b []string) bool {
	return len(a) == 0 && len(b) == 0 || slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// ece is the expected calibration error: the mean distance between confidence
// and rightness, weighted by the decisions in a bin.
func (c *calibration) ece() float64 {
	n, off := 0, 0.0
	for _, bin := range c.bins {
		n += bin.n
		off += math.Abs(bin.p - bin.right)
	}
	if n == 0 {
		return 0
	}
	return off / float64(n)
}
