package kg

import (
	"github.com/slotgraph/slotgraph/internal/text"
)

// Factors of the score for what is not written like the name.
const (
	factorTypo      = 0.9
	factorPinyin    = 0.9
	factorHomophone = 0.85
	factorInitials  = 0.7
)

// readLatin adds the ways to read a Latin word or a number.
func (l *linker) readLatin(at int32, to int) {
	it := &l.items[to]
	word := l.wordAt(to)
	direct := word >= 0 && l.try(l.begin(at, to, 1, it.runes, readWord), word)
	if it.kind != text.Word || functionWords[it.key] {
		return
	}
	if !l.readPinyin(at, to) && !direct && !l.alive(word) && !l.readSplit(at, to) {
		l.readTypos(at, to)
	}
	l.readInitials(at, to)
}

// wordAt returns the term of an item as a word of names.
func (l *linker) wordAt(i int) int32 {
	if l.wordTerm[i] == termUnset {
		l.wordTerm[i] = l.term(rollString(featWord, l.items[i].key))
	}
	return l.wordTerm[i]
}

// alive reports whether some name has the term.
func (l *linker) alive(t int32) bool { return t >= 0 && l.moreThan(t, 0) }

// maxJoined is how many words are tried as one spelling: "qing shan dai".
const maxJoined = 4

// readPinyin reads a word, or several that stand apart by spaces, as the
// spelling of a Chinese run.
func (l *linker) readPinyin(at int32, to int) bool {
	h, found, word := featPinyin, false, ""
	for j := to; j < len(l.items) && j < to+maxJoined; j++ {
		it := &l.items[j]
		if it.kind != text.Word || functionWords[it.key] || commonWords[it.key] || notPinyin[it.key] || it.breaks != l.items[to].breaks {
			break
		}
		h = rollString(h, it.key)
		t := l.term(h)
		if t < 0 {
			continue
		}
		if word = it.key; j > to {
			word = joinKeys(l.items[to : j+1])
		}
		if l.trySpelled(at, to, j+1-to, word, t, 0) {
			found = true
		}
	}
	return found
}

// trySpelled adds a step that reads n items as pinyin, after some typing errors.
func (l *linker) trySpelled(at int32, to, n int, word string, t int32, edits int) bool {
	st := l.begin(at, to, n, syllablesIn(word), readPinyin)
	st.word = word
	st.factor *= factorPinyin
	st.cost += 0.5 + float64(edits)
	for range edits {
		st.factor *= factorTypo
	}
	return l.try(st, t)
}

// syllablesIn estimates the syllables of a spelling by its groups of vowels.
func syllablesIn(word string) int {
	n, vowel := 0, false
	for i := range len(word) {
		switch word[i] {
		case 'a', 'e', 'i', 'o', 'u', 'v':
			if !vowel {
				n++
			}
			vowel = true
		default:
			vowel = false
		}
	}
	return max(n, 2)
}

func joinKeys(items []item) string {
	s := ""
	for i := range items {
		s += items[i].key
	}
	return s
}

// readSplit reads a word as two words of names without the space between them.
// One letter counts as a word only before a number (novax 12).
func (l *linker) readSplit(at int32, to int) bool {
	it := &l.items[to]
	if len(it.key) != it.runes || len(it.key) < 4 || len(it.key) > 24 || commonWords[it.key] {
		return false
	}
	number := to+1 < len(l.items) && l.items[to+1].kind == text.Number
	h := rollString(featWord, it.key[:1])
	for cut := 2; cut < len(it.key); cut++ {
		h = roll(h, rune(it.key[cut-1]))
		if len(it.key)-cut < 2 && !number {
			break
		}
		first := l.term(h)
		if first < 0 {
			continue
		}
		second := l.term(rollString(featWord, it.key[cut:]))
		if second < 0 {
			continue
		}
		st := l.begin(at, to, 1, it.runes, readSplit)
		st.word = it.key[:cut]
		if (st.telling > 0 || l.tellingSplit(&st)) && l.try(st, first, second) {
			return true
		}
	}
	return false
}

// tellingSplit reports whether one of the two words may be what a name is known
// by.
func (l *linker) tellingSplit(st *step) bool {
	word := l.items[st.from].key
	return len(st.word) >= 4 && !everyday(st.word) || len(word)-len(st.word) >= 4 && !everyday(word[len(st.word):])
}

// maxTypos is how many words of the same distance are tried for a misspelt one.
const maxTypos = 4

// readTypos reads a word as the nearest words of names.
func (l *linker) readTypos(at int32, to int) bool {
	it := &l.items[to]
	beside := at >= 0 && l.steps[at].telling > 0
	if it.runes < 5 && !beside || it.runes < 4 {
		return false
	}
	list, ok := l.typos[it.key]
	if !ok {
		list = l.index.lookAlikes(it.key)
		l.typos[it.key] = list
	}
	found, edits := 0, 0
	for _, t := range list {
		if found > 0 && t.edits > edits || found == maxTypos {
			break
		}
		if l.tryTypo(at, to, t) {
			found++
			edits = t.edits
		}
	}
	return found > 0
}

func (l *linker) tryTypo(at int32, to int, t typo) bool {
	ok := false
	if word := l.term(rollString(featWord, t.word)); word >= 0 {
		st := l.begin(at, to, 1, len([]rune(t.word)), readTypo)
		st.word = t.word
		st.cost += float64(t.edits)
		for range t.edits {
			st.factor *= factorTypo
		}
		ok = l.try(st, word)
	}
	if spelled := l.term(rollString(featPinyin, t.word)); spelled >= 0 && len(t.word) >= 6 {
		ok = l.trySpelled(at, to, 1, t.word, spelled, t.edits) || ok
	}
	return ok
}

// readInitials reads a short word as the initials of a Chinese run.
func (l *linker) readInitials(at int32, to int) {
	it := &l.items[to]
	if len(it.key) < 2 || len(it.key) > maxSpelled || len(it.key) != it.runes || everyday(it.key) || notPinyin[it.key] {
		return
	}
	t := l.term(rollString(featInitials, it.key))
	if t < 0 {
		return
	}
	st := l.begin(at, to, 1, len(it.key), readInitials)
	st.word = it.key
	st.factor *= factorInitials
	st.cost++
	l.try(st, t)
}

// readHomophones reads Chinese characters as a run of the same reading, the
// longest first.
func (l *linker) readHomophones(at int32, to int) bool {
	end := min(hanRun(l.items, to), to+4)
	for ; end-to >= 2; end-- {
		if functionWords[l.items[to].key] || functionWords[l.items[end-1].key] {
			continue
		}
		full, n, _ := spellings(l.items[to:end])
		for _, h := range full[:n] {
			t := l.term(h)
			if t < 0 {
				continue
			}
			st := l.begin(at, to, end-to, end-to, readHomophone)
			st.word = spell(l.items[to:end])
			st.factor *= factorHomophone
			st.cost++
			if l.try(st, t) {
				return true
			}
		}
	}
	return false
}
