package dsttest

import "strings"

// diff shows how got differs from want, line by line: "-" before what is
// missing, "+" before what is too much.
func diff(want, got []string) string {
	var b strings.Builder
	i, j := 0, 0
	write := func(mark, text string) { b.WriteString("    " + mark + " " + text + "\n") }
	for _, same := range append(common(want, got), [2]int{len(want), len(got)}) {
		for ; i < same[0]; i++ {
			write("-", want[i])
		}
		for ; j < same[1]; j++ {
			write("+", got[j])
		}
		if i < len(want) && j < len(got) {
			write(" ", want[i])
			i, j = i+1, j+1
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// common is the longest common subsequence of a and b, as pairs of indices.
func common(a, b []string) [][2]int {
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			long[i][j] = max(long[i+1][j], long[i][j+1])
			if a[i] == b[j] {
				long[i][j] = long[i+1][j+1] + 1
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
