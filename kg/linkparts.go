package kg

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// maxPartItems bounds a part of a name, and maxSteps the ways to read what
// begins at one item, so that a text of one word over and over costs no more
// than another.
const (
	maxPartItems = 24
	maxSteps     = 64
)

// step is a part of a name: the step before it, and one more word or Chinese
// stretch of the text, in one of the ways to read it.
type step struct {
	parent   int32 // in linker.steps, -1 for the first
	from, to int   // items of this step alone
	kind     readingKind
	word     string   // the word of the names that is meant, where it is another
	terms    [2]int32 // from and to in linker.stepTerm: features of the names
	runes    int      // of the names' keys that are covered, with the steps before
	factor   float64  // of the score
	cost     float64  // of the weight
	telling  int      // steps so far that may be what a name is known by

	name namePlace // one that fits
	low  namePlace // none before it fits
}

type readingKind uint8

const (
	readWord      readingKind = iota // as it is
	readTypo                         // misspelt
	readSplit                        // two words without a space
	readPinyin                       // the reading of a Chinese run
	readInitials                     // the initials of one
	readRun                          // a whole Chinese run
	readGrams                        // Chinese characters in a row
	readHomophone                    // of the same reading as a run
)

// parts records the parts of names that begin at item i: ever longer ones, as
// long as some name has all of their words.
func (l *linker) parts(i int) {
	first := len(l.steps)
	l.open, l.telling = append(l.open[:0], -1), l.telling[:0]
	for n := 0; n < len(l.open) && len(l.steps)-first < maxSteps; n++ {
		at := l.open[n]
		to := i
		if at >= 0 {
			to = l.steps[at].to
		}
		if to < len(l.items) && to-i < maxPartItems && l.items[to].breaks == l.items[i].breaks {
			l.read(at, to)
		}
	}
	slices.SortStableFunc(l.telling, func(a, b int32) int { return l.steps[a].to - l.steps[b].to })
	for k := 0; k < len(l.telling); {
		end, to, from := k, l.steps[l.telling[k]].to, int32(len(l.spanStep))
		weight := 0.0
		for ; end < len(l.telling) && l.steps[l.telling[end]].to == to; end++ {
			st := &l.steps[l.telling[end]]
			weight = max(weight, float64(st.runes)-1.5-st.cost)
			l.spanStep = append(l.spanStep, l.telling[end])
		}
		l.spans = append(l.spans, span{from: i, to: to, weight: weight, ways: [2]int32{from, int32(len(l.spanStep))}})
		k = end
	}
}

// read adds the steps that read what stands at item "to" behind step at.
func (l *linker) read(at int32, to int) {
	if l.items[to].kind == text.Han {
		if !l.readHan(at, to) {
			l.readHomophones(at, to)
		}
		return
	}
	l.readLatin(at, to)
}

// begin returns a step behind step at that covers n items and the given runes
// of names. Its terms are those that the caller appends to stepTerm next.
func (l *linker) begin(at int32, to, n, runes int, kind readingKind) step {
	st := step{parent: at, from: to, to: to + n, kind: kind, runes: runes, factor: 1}
	if at >= 0 {
		p := &l.steps[at]
		st.runes, st.factor, st.cost, st.telling = p.runes+runes, p.factor, p.cost, p.telling
	}
	st.terms = [2]int32{int32(len(l.stepTerm)), int32(len(l.stepTerm))}
	return st
}

// try adds the step where some name fits it. The terms are appended first.
func (l *linker) try(st step, terms ...int32) bool {
	l.stepTerm = append(l.stepTerm, terms...)
	st.terms[1] = int32(len(l.stepTerm))
	l.steps = append(l.steps, st)
	at := int32(len(l.steps) - 1)
	if st.runes > maxNameRunes || !l.fits(&l.steps[at], at) {
		l.steps = l.steps[:at]
		l.stepTerm = l.stepTerm[:st.terms[0]]
		return false
	}
	if l.tells(at) || l.threeWords(at) {
		l.steps[at].telling++
	}
	l.open = append(l.open, at)
	l.hint = l.steps[at].name
	if l.steps[at].telling > 0 {
		l.telling = append(l.telling, at)
	}
	return true
}

// readHan adds the longest stretch of Chinese at an item that is a whole run of
// a name, or three or more characters in a row.
func (l *linker) readHan(at int32, to int) bool {
	end := l.gramsEnd(at, to)
	if to+1 < len(l.items) && l.items[to+1].kind == text.Han {
		most := l.index.longest(rollHan(featRunHead, l.items[to:to+2]))
		run := min(hanRun(l.items, to), to+most)
		for ; run-to >= 2 && run > end; run-- {
			if t := l.term(rollHan(featRun, l.items[to:run])); t >= 0 && l.try(l.begin(at, to, run-to, run-to, readRun), t) {
				return true
			}
		}
	}
	if end == to {
		return false
	}
	st := l.begin(at, to, end-to, end-to, readGrams)
	for i := to; i+3 <= end; i++ {
		gram, _ := gramOf(l.items[i:])
		l.stepTerm = append(l.stepTerm, l.term(gram))
	}
	return l.try(st)
}

// gramsEnd returns the end of the longest stretch of three or more characters
// at an item that some name has, beside what step at read; the item itself
// where there is none.
func (l *linker) gramsEnd(at int32, to int) int {
	best := to
	st := l.begin(at, to, 0, 0, readGrams)
	before := st.runes
	l.steps = append(l.steps, st)
	self := int32(len(l.steps) - 1)
	for end := to + 3; end <= len(l.items) && end-to <= maxPartItems && l.items[end-1].breaks == l.items[to].breaks; end++ {
		gram, ok := gramOf(l.items[end-3 : end])
		if !ok {
			break
		}
		t := l.term(gram)
		if t < 0 {
			break
		}
		l.stepTerm = append(l.stepTerm, t)
		st := &l.steps[self]
		st.to, st.runes, st.terms[1] = end, before+end-to, int32(len(l.stepTerm))
		if !l.fits(st, self) {
			break
		}
		if !functionWords[l.items[to].key] && !functionWords[l.items[end-1].key] {
			best = end
		}
	}
	l.stepTerm = l.stepTerm[:st.terms[0]]
	l.steps = l.steps[:self]
	return best
}

// tells reports whether the last step reads what a name may be known by. A
// word may that is neither common nor a unit, and is of four letters or the
// first of nine in ten names that have it. Chinese may in three characters, or in two
// that begin most names in which they stand alone, and not behind a digit, as
// the rest of something else (天 of 7天).
func (l *linker) tells(at int32) bool {
	st := &l.steps[at]
	it := &l.items[st.from]
	switch st.kind {
	case readWord:
		return it.kind == text.Word && l.tellingWord(it, l.stepTerm[st.terms[0]])
	case readTypo:
		return it.runes >= 4 && !everyday(st.word)
	case readSplit:
		return l.tellingSplit(st)
	case readPinyin:
		return st.runesOfItself(l) >= 3 || l.beginsMost(at, at)
	case readInitials:
		return len(it.key) >= 3 && !strings.ContainsAny(it.key, "aeiou") && !l.severalThings(at)
	case readHomophone:
		return st.to-st.from >= 3
	}
	if st.from > 0 && l.items[st.from-1].kind == text.Number && it.joined(&l.items[st.from-1]) {
		return false
	}
	return st.to-st.from >= 3 || l.beginsMost(at, at)
}

// threeWords reports whether the step is the third of three that begin with two
// characters of the same reading or with initials, which tell nothing alone.
func (l *linker) threeWords(at int32) bool {
	n := 1
	for ; l.steps[at].parent >= 0; at = l.steps[at].parent {
		n++
	}
	return n == 3 && (l.steps[at].kind == readHomophone || l.steps[at].kind == readInitials)
}

// runesOfItself is the number of runes that the step alone covers.
func (st *step) runesOfItself(l *linker) int {
	if st.parent < 0 {
		return st.runes
	}
	return st.runes - l.steps[st.parent].runes
}

func everyday(word string) bool {
	return commonWords[word] || functionWords[word] || unitNames[word] != ""
}

// tellingWord reports whether a word, with its term, may be what a name is known
// by.
func (l *linker) tellingWord(it *item, t int32) bool {
	if it.runes < 2 || everyday(it.key) {
		return false
	}
	if !shortWord(it.runes) {
		return true
	}
	first := l.term(rollString(featFirst, it.key))
	return first >= 0 && 10*l.count(first) >= 9*l.count(t)
}

// beginsWith reports whether a name begins with what the step read.
func (l *linker) beginsWith(name string, st *step) bool {
	switch {
	case st.kind == readPinyin || st.kind == readHomophone:
		return spelledPrefix(name, st.word)
	case st.word != "":
		return keyAfter(name, 0, st.word) >= 0
	}
	i := 0
	for k := st.from; k < st.to && i >= 0; k++ {
		i = keyAfter(name, i, l.items[k].key)
	}
	return i >= 0
}
