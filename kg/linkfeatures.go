package kg

import (
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A feature is what a name is found by, as a 64-bit hash: two of a million
// features share one with a probability of 1 in 30 million. Each kind of
// feature has a start value of its own.
const (
	featKey      uint64 = 0x9E3779B97F4A7C15 * (iota + 1) & (1<<64 - 1)
	featWord            // a word or number of the name
	featFirst           // the first word of the name, where it has two or three letters
	featRun             // a whole Chinese run, between other characters
	featGram            // three Chinese characters in a row
	featPinyin          // the letters of a whole run's reading
	featInitials        // the first letters of the readings
	featHead            // the first two runes of keys; its value is the longest such key
	featRunHead         // the first two of runs; its value is the longest such run
)

// roll adds a rune to a feature. For each rune it is one to one.
func roll(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

func rollString(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			for _, r := range s[i:] {
				h = roll(h, r)
			}
			return h
		}
		h = roll(h, rune(s[i]))
	}
	return h
}

func rollItem(h uint64, it *item) uint64 {
	if it.kind == text.Han {
		return roll(h, it.rune)
	}
	return rollString(h, it.key)
}

func rollHan(h uint64, items []item) uint64 {
	for i := range items {
		h = roll(h, items[i].rune)
	}
	return h
}

// gramOf returns the feature of the first three items where they are Chinese
// characters.
func gramOf(items []item) (uint64, bool) {
	if len(items) < 3 || items[0].kind != text.Han || items[1].kind != text.Han || items[2].kind != text.Han {
		return 0, false
	}
	return rollHan(featGram, items[:3]), true
}

// headOf returns the feature of the first two runes of the items' key.
func headOf(items []item) uint64 {
	h, n := featHead, 0
	for i := range items {
		for _, r := range items[i].key {
			h = roll(h, r)
			if n++; n == 2 {
				return h
			}
		}
	}
	return h
}

// hanRun returns the end of the Chinese run at i, which stands without a gap.
func hanRun(items []item, i int) int {
	end := i + 1
	for end < len(items) && items[end].kind == text.Han && items[end].joined(&items[end-1]) {
		end++
	}
	return end
}

// extract gathers the features of names. Several may work at once, each on its
// own names.
type extract struct {
	toks  []text.Token
	items []item
	feats []uint64
	heads map[uint64]uint8 // values of featHead and featRunHead
	words map[string]bool  // that a typing error may be meant for
}

// add appends the features of a name and fills in the rest of the entry; false
// is a name that is not linked.
func (x *extract) add(e *entry) bool {
	x.items = appendItems(x.items[:0], &x.toks, e.text)
	items := x.items
	runes, some, digits := measure(items)
	if runes < 2 || runes > maxNameRunes || !some {
		return false
	}
	e.runes = uint8(runes)
	e.breaks = uint8(min(items[len(items)-1].breaks-items[0].breaks, 255))
	e.from = len(x.feats)
	if runes > 2 || !digits { // texts are full of numbers of one or two digits
		h := featKey
		for i := range items {
			h = rollItem(h, &items[i])
		}
		x.feats = append(x.feats, h)
		x.head(headOf(items), runes)
	}
	if items[0].kind == text.Word && shortWord(items[0].runes) {
		x.feats = append(x.feats, rollString(featFirst, items[0].key))
	}
	for i := 0; i < len(items); {
		if items[i].kind == text.Han {
			end := hanRun(items, i)
			x.run(items[i:end])
			i = end
			continue
		}
		x.feats = append(x.feats, rollString(featWord, items[i].key))
		x.word(items[i].key)
		i++
	}
	for i := 0; i+2 < len(items); i++ {
		if gram, ok := gramOf(items[i:]); ok {
			x.feats = append(x.feats, gram)
		}
	}
	e.to = len(x.feats)
	return true
}

// measure returns the runes of a name's key, whether there is more in it than
// symbols, and whether it is a number.
func measure(items []item) (runes int, some, digits bool) {
	digits = true
	for i := range items {
		runes += items[i].runes
		some = some || items[i].kind != text.Symbol
		digits = digits && items[i].kind == text.Number
	}
	return runes, some, digits
}

// shortWord reports whether a word of so many letters tells a name only where
// names begin with it.
func shortWord(runes int) bool { return runes == 2 || runes == 3 }

func (x *extract) head(h uint64, n int) { x.heads[h] = max(x.heads[h], uint8(n)) }

// run adds a whole Chinese run and its spellings.
func (x *extract) run(items []item) {
	if len(items) < 2 {
		return
	}
	x.feats = append(x.feats, rollHan(featRun, items))
	x.head(rollHan(featRunHead, items[:2]), len(items))
	full, n, initials := spellings(items)
	if n == 0 {
		return
	}
	x.feats = append(x.feats, full[:n]...)
	x.feats = append(x.feats, initials)
	if s := spell(items); len(s) >= 6 {
		x.word(s)
	}
}

func (x *extract) word(w string) {
	if len(w) < 4 || x.words[w] {
		return
	}
	if _, ok := shapeOf(w); ok && utf8.RuneCountInString(w) < maxTypoRunes {
		x.words[w] = true
	}
}
