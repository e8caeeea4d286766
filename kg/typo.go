package kg

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// wordShape sorts words into buckets: a typing error leaves the first letter
// alone, and changes the length by two at most.
type wordShape struct {
	first  rune
	length int
}

// shapeOf returns the shape of a word, false for one that is not corrected to:
// numbers, mixed keys, and words of fewer than four letters.
func shapeOf(w string) (wordShape, bool) {
	n := utf8.RuneCountInString(w)
	if n < 4 || strings.ContainsAny(w, "0123456789+") {
		return wordShape{}, false
	}
	r, _ := utf8.DecodeRuneInString(w)
	return wordShape{r, n}, true
}

// typo is a word of a name that a word of the text may be meant for.
type typo struct {
	word  string
	edits int
}

// lookAlikes returns the words of names that w may be a misspelling of, the
// nearest first.
func (l *linker) lookAlikes(w string) []typo {
	if out, ok := l.typos[w]; ok {
		return out
	}
	out := l.index.lookAlikes(w)
	l.typos[w] = out
	return out
}

func (x *linkIndex) lookAlikes(w string) []typo {
	shape, ok := shapeOf(w)
	if !ok || shape.length > 32 || commonWords[w] {
		return nil
	}
	most := 1
	if shape.length >= 8 {
		most = 2
	}
	var out []typo
	runes := []rune(w)
	for length := shape.length - most; length <= shape.length+most; length++ {
		for _, other := range x.alike[wordShape{shape.first, length}] {
			if d := editDistance(runes, []rune(other), most); d <= most {
				out = append(out, typo{other, d})
			}
		}
	}
	slices.SortFunc(out, func(a, b typo) int { return cmp.Or(cmp.Compare(a.edits, b.edits), strings.Compare(a.word, b.word)) })
	return out
}

// editDistance is the optimal string alignment distance, in which swapping two
// neighbouring letters is one edit (Damerau, 1964); more than most is most+1.
func editDistance(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	var rows [3][40]int
	if len(b) >= len(rows[0]) {
		return most + 1
	}
	before, last, now := rows[0][:], rows[1][:], rows[2][:]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], most+1)
}
