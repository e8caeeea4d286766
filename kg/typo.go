package kg

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxTypoRunes bounds the words that are corrected.
const maxTypoRunes = 33

// wordShape sorts words into buckets: a typing error leaves the first letter
// alone, and changes the length by two at most.
type wordShape struct {
	first  rune
	length int
}

func (a wordShape) compare(b wordShape) int {
	return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.length, b.length))
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

// vocabulary holds the words of names, and the spellings of Chinese ones, that a
// word of a text may be meant for, by shape.
type vocabulary struct {
	shapes  []wordShape
	start   []uint32 // of each shape's words, with one more at the end
	letters []uint32 // of each word, see lettersOf
	offset  []uint32
	blob    string
}

func newVocabulary(set map[string]bool) vocabulary {
	words := make([]string, 0, len(set))
	for w := range set {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		x, _ := shapeOf(a)
		y, _ := shapeOf(b)
		return cmp.Or(x.compare(y), strings.Compare(a, b))
	})
	var v vocabulary
	var blob strings.Builder
	for i, w := range words {
		shape, _ := shapeOf(w)
		if n := len(v.shapes); n == 0 || v.shapes[n-1] != shape {
			v.shapes, v.start = append(v.shapes, shape), append(v.start, uint32(i))
		}
		v.letters = append(v.letters, lettersOf(w))
		v.offset = append(v.offset, uint32(blob.Len()))
		blob.WriteString(w)
	}
	v.start, v.offset = append(v.start, uint32(len(words))), append(v.offset, uint32(blob.Len()))
	v.blob = blob.String()
	return v
}

func (v *vocabulary) size() int {
	return len(v.blob) + 4*len(v.offset) + 4*len(v.letters) + 4*len(v.start) + 16*len(v.shapes)
}

// lettersOf is the set of a word's letters from a to z, of which one edit changes
// two at most: most words are told apart by it at once.
func lettersOf(w string) uint32 {
	set := uint32(0)
	for i := 0; i < len(w); i++ {
		if w[i] < 0x80 {
			set |= 1 << (w[i] & 31)
		}
	}
	return set
}

// typo is a word of a name that a word of the text may be meant for.
type typo struct {
	word  string
	edits int
}

// lookAlikes returns the words that w may be a misspelling of, the nearest
// first.
func (x *linkIndex) lookAlikes(w string) []typo {
	shape, ok := shapeOf(w)
	if !ok || shape.length >= maxTypoRunes || commonWords[w] {
		return nil
	}
	most := 1
	if shape.length >= 8 {
		most = 2
	}
	var out []typo
	var buf [2 * maxTypoRunes]rune
	runes, letters := appendRunes(buf[:0], w), lettersOf(w)
	for k := range x.layers {
		v := &x.layers[k].vocabulary
		for length := shape.length - most; length <= shape.length+most; length++ {
			at, ok := slices.BinarySearchFunc(v.shapes, wordShape{shape.first, length}, wordShape.compare)
			if !ok {
				continue
			}
			for i := v.start[at]; i < v.start[at+1]; i++ {
				if bits.OnesCount32(v.letters[i]^letters) > 2*most {
					continue
				}
				other := v.blob[v.offset[i]:v.offset[i+1]]
				if d := editDistance(runes, appendRunes(runes[len(runes):], other), most); d <= most {
					out = append(out, typo{other, d})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b typo) int { return cmp.Or(cmp.Compare(a.edits, b.edits), strings.Compare(a.word, b.word)) })
	return slices.Compact(out)
}

func appendRunes(out []rune, s string) []rune {
	for _, r := range s {
		out = append(out, r)
	}
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
