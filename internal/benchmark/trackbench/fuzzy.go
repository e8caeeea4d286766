package trackbench

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// tokenSortRatio is how alike two texts are, from 0 to 100, regardless of the
// order of their words: the function of this name in Python's fuzzywuzzy with
// Levenshtein as its backend, which SGD's official score uses. Two texts
// without a letter or digit are alike; one without is like no other.
func tokenSortRatio(a, b string) float64 {
	x, y := []rune(sortedTokens(a)), []rune(sortedTokens(b))
	switch {
	case slices.Equal(x, y):
		return 100
	case len(x) == 0 || len(y) == 0:
		return 0
	}
	sum := len(x) + len(y)
	return math.RoundToEven(100 * (float64(sum-indel(x, y)) / float64(sum)))
}

// sortedTokens is the text's words in lower case, sorted. Letters from U+0080
// to U+00FF are dropped, as fuzzywuzzy does when it makes text "ASCII"; others
// count as letters.
func sortedTokens(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x80 && r <= 0xFF:
			return -1
		case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			return r
		}
		return ' '
	}, s)
	tokens := strings.Fields(strings.ToLower(s))
	slices.Sort(tokens)
	return strings.Join(tokens, " ")
}

// indel is the number of insertions and deletions that turn a into b.
func indel(a, b []rune) int {
	row := make([]int, len(b)+1) // distances of a[:i] to b's prefixes
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal
			} else {
				row[j+1] = 1 + min(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
