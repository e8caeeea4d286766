package dst

import "math"

// pool lets the readings of the same words stand together: where "4", "4 of us"
// and "the 4 of us" are together likelier than that nothing is said, the
// likeliest of them is taken, though each by itself may be less likely.
func (x *ranker) pool() {
	for lo := 0; lo < len(x.opts); {
		hi, keep, best := lo, 1.0, -1
		for hi < len(x.opts) && x.opts[hi].slot == x.opts[lo].slot {
			o := &x.opts[hi]
			keep -= o.p
			if o.source == fromSpan && o.f[fAsk] == 0 && (best < 0 || o.score > x.opts[best].score) {
				best = hi
			}
			hi++
		}
		if best >= 0 && x.opts[best].score <= 0 {
			if p := x.together(lo, hi, best); p > keep {
				x.opts[best].score = math.Log(p / max(keep, 1e-9))
			}
		}
		lo = hi
	}
}

// together is the probability of the options in [lo, hi) that read words of the
// best one.
func (x *ranker) together(lo, hi, best int) float64 {
	b := &x.opts[best]
	p := 0.0
	for i := lo; i < hi; i++ {
		if o := &x.opts[i]; o.source == fromSpan && o.f[fAsk] == 0 && o.start < b.end && b.start < o.end {
			p += o.p
		}
	}
	return p
}
