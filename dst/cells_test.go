package dst

import (
	"testing"

	"pgregory.net/rapid"
)

// Features are numbered as they come, like the entries of a map, also those
// that fall into the same cells and those that make the table grow.
func TestFeatureCells(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := newFeatureCells()
		numbers := map[uint32]int{}
		key := rapid.OneOf(rapid.Uint32Range(0, 1<<featureBits-1), rapid.Uint32Range(0, 9), rapid.Map(rapid.Uint32Range(0, 9), func(k uint32) uint32 { return k << 19 }))
		for _, k := range rapid.SliceOf(key).Draw(r, "features") {
			want, known := numbers[k]
			if got := c.find(k); known && got != want || !known && got != -1 {
				r.Fatalf("feature %d is found at %d, want %d (%v)", k, got, want, known)
			}
			if !known {
				want = len(numbers)
				numbers[k] = want
			}
			if got := c.enter(k); got != want {
				r.Fatalf("feature %d is entered as %d, want %d", k, got, want)
			}
		}
		for k, want := range numbers {
			if c.find(k) != want || c.keys[want] != k {
				r.Fatalf("feature %d is number %d of %d", k, c.find(k), want)
			}
		}
	})
}

func TestFeatureCellsGrow(t *testing.T) {
	c := newFeatureCells()
	const many = 50_000
	for k := range uint32(many) {
		if got := c.enter(k * 331); got != int(k) {
			t.Fatalf("feature %d is entered as %d", k, got)
		}
	}
	for k := range uint32(many) {
		if c.find(k*331) != int(k) || c.find(k*331+1) != -1 {
			t.Fatalf("feature %d is found at %d, its neighbour at %d", k, c.find(k*331), c.find(k*331+1))
		}
	}
	if len(c.table) < 2*many || len(c.table) > 8*many {
		t.Errorf("the table has %d cells for %d features", len(c.table), many)
	}
}

// A learner that grows learns what one with room for all features learns.
func TestSmallLearnerLearnsTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		large := &learner{w: make([]float32, 64), g: make([]float32, 64), rate: 0.1, pull: 1e-4}
		small := newSmallLearner(0.1, 1e-4)
		for range rapid.IntRange(1, 20).Draw(r, "steps") {
			features := rapid.SliceOfDistinct(rapid.Uint32Range(0, 63), rapid.ID[uint32]).Draw(r, "features")
			gradient := rapid.Float64Range(-1, 1).Draw(r, "gradient")
			large.step(features, gradient)
			small.step(features, gradient)
			if a, b := large.score(features), small.score(features); a != b {
				r.Fatalf("features %v score %v and %v", features, a, b)
			}
		}
		if a, b := newWeights("", large.trained(), 0), newWeights("", small.trained(), 0); a.checksum() != b.checksum() {
			r.Fatalf("%d and %d features were learned", a.Len(), b.Len())
		}
	})
}
