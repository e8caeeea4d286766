package kg

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// maxPartItems bounds a part of a name, so that a text of one word over and
// over costs no more than another.
const maxPartItems = 24

// parts records the parts of names that begin at item i: ever longer ones, as
// long as some name has all of their words.
func (l *linker) parts(i int) {
	sp := span{from: i, to: i}
	words := 0 // that may be what a name is known by
	for sp.to < len(l.items) && sp.to-i < maxPartItems && l.items[sp.to].breaks == l.items[i].breaks {
		next, ok := l.extend(sp, words > 0)
		if !ok {
			return
		}
		if l.telling(sp, next) {
			words++
		}
		sp = next
		if words > 0 {
			sp.weight = float64(sp.runes) - 1.5 - float64(sp.edits)
			l.spans = append(l.spans, sp)
		}
	}
}

// extend adds the word or Chinese run at sp.to, and reports false where no
// name has it beside the words of sp. beside says whether those include one
// that is telling.
func (l *linker) extend(sp span, beside bool) (span, bool) {
	if l.items[sp.to].kind == text.Han {
		return l.extendHan(sp)
	}
	key := l.items[sp.to].key
	if names := sp.with(l.index.words[key]); len(names) > 0 {
		sp.names = names
		sp.to++
		sp.runes += utf8.RuneCountInString(key)
		return sp, true
	}
	if len(l.index.words[key]) > 0 || l.items[sp.to].kind != text.Word {
		return sp, false
	}
	for _, t := range l.lookAlikes(key) {
		if utf8.RuneCountInString(key) < 5 && !beside {
			break
		}
		if names := sp.with(l.index.words[t.word]); len(names) > 0 { // the nearest word comes first
			sp.names = names
			sp.to++
			sp.runes += utf8.RuneCountInString(t.word)
			sp.edits += t.edits
			return sp, true
		}
	}
	return sp, false
}

// with returns the names of the span that are in list too; a span of nothing
// yet has all names.
func (sp span) with(list []uint32) []uint32 {
	if sp.from == sp.to {
		return list
	}
	return intersect(sp.names, list)
}

// extendHan adds the longest stretch of Chinese at sp.to that is a whole run
// of a name, or three or more characters in a row.
func (l *linker) extendHan(sp span) (span, bool) {
	best, ok := l.extendGrams(sp)
	x, at := l.index, sp.to
	if at+1 >= len(l.items) || l.items[at+1].kind != text.Han {
		return best, ok
	}
	most := x.longestRun[[2]rune{l.items[at].rune, l.items[at+1].rune}]
	end := at
	for end < len(l.items) && end-at < most && l.items[end].kind == text.Han && (end == at || l.items[end].start == l.items[end-1].end) {
		end++
	}
	for ; end-at >= 2 && (!ok || end > best.to); end-- {
		if names := sp.with(x.runs[joinKeys(l.items[at:end])]); len(names) > 0 {
			return span{from: sp.from, to: end, names: names, runes: sp.runes + end - at, edits: sp.edits}, true
		}
	}
	return best, ok
}

// extendGrams adds the longest stretch of three or more characters at sp.to
// that some name of the span holds.
func (l *linker) extendGrams(sp span) (span, bool) {
	at, names := sp.to, sp.names
	var best span
	found := false
	for end := at + 3; end <= len(l.items) && end-at <= maxPartItems && l.items[end-1].breaks == l.items[at].breaks; end++ {
		gram, ok := gramOf(l.items[end-3 : end])
		if !ok {
			break
		}
		list := l.index.grams[gram]
		if found || sp.from != at {
			list = intersect(names, list)
		}
		if end > at+3 && len(list) > 0 && len(list) <= 64 { // each three are in the name; make sure that all are in a row
			key := joinKeys(l.items[at:end])
			list = slices.DeleteFunc(slices.Clone(list), func(n uint32) bool { return !strings.Contains(l.index.names[n].key, key) })
		}
		if len(list) == 0 {
			break
		}
		names, found = list, true
		if !functionWords[l.items[at].key] && !functionWords[l.items[end-1].key] {
			best = span{from: sp.from, to: end, names: list, runes: sp.runes + end - at, edits: sp.edits}
		}
	}
	return best, best.to > 0
}

// telling reports whether what next adds to sp may be what a name is known by:
// a word that is neither common nor a unit, and of four letters or
// the first of each name that it fits.
func (l *linker) telling(sp, next span) bool {
	it := l.items[sp.to]
	switch it.kind {
	case text.Han:
		return l.tellingHan(sp, next)
	case text.Word:
	default:
		return false
	}
	if commonWords[it.key] || functionWords[it.key] || unitNames[it.key] != "" {
		return false
	}
	n := utf8.RuneCountInString(it.key)
	return n >= 4 || n >= 2 && !slices.ContainsFunc(next.names, func(n uint32) bool { return l.index.names[n].first != it.key })
}

// tellingHan reports whether a Chinese stretch may be what a name is known by:
// three characters, or two that begin most names in which they stand alone. One
// that follows a digit is the rest of something else (天 of 7天).
func (l *linker) tellingHan(sp, next span) bool {
	if sp.to > 0 && l.items[sp.to-1].kind == text.Number && l.items[sp.to-1].end == l.items[sp.to].start {
		return false
	}
	return next.to-sp.to >= 3 || l.beginsMost(next.names, joinKeys(l.items[sp.to:next.to]))
}

// beginsMost reports whether most of the names begin with the key.
func (l *linker) beginsMost(names []uint32, key string) bool {
	begin := 0
	for _, n := range names {
		if strings.HasPrefix(l.index.names[n].key, key) {
			begin++
		}
	}
	return begin*2 > len(names)
}

// tooGeneral reports whether a part fits so many names that it names none:
// more than 20 and a fiftieth of all, most of which do not begin with it.
func (l *linker) tooGeneral(sp span) bool {
	if len(sp.names) <= max(20, len(l.index.names)/50) {
		return false
	}
	return !l.beginsMost(sp.names, joinKeys(l.items[sp.from:sp.to]))
}
