// Package usage adds up what calls of models use: tokens and the like.
package usage

// Add sums two counts by key; nil where neither has any. Neither is changed.
func Add(a, b map[string]int) map[string]int {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := make(map[string]int, max(len(a), len(b)))
	for _, m := range []map[string]int{a, b} {
		for k, n := range m {
			out[k] += n
		}
	}
	return out
}
