package kg

import "math/bits"

// tooGeneral reports whether a part fits so many names that it names none: more
// than 20 and a fiftieth of all (in several words 1,000 at most), the best of
// which do not begin with it, mostly.
func (l *linker) tooGeneral(at int32) bool {
	limit, terms := max(20, l.index.live/50), 0
	for p := at; p >= 0; p = l.steps[p].parent {
		for _, t := range l.stepTerm[l.steps[p].terms[0]:l.steps[p].terms[1]] {
			if terms++; !l.moreThan(t, limit) {
				return false
			}
		}
	}
	first := at
	for l.steps[first].parent >= 0 {
		first = l.steps[first].parent
	}
	if l.beginsMost(at, first) {
		return false
	}
	if terms == 1 {
		return true
	}
	n, most := 0, min(limit, 1000)
	l.each([]int32{at}, false, func(*stream) bool { n++; return n <= most })
	return n > most
}

// moreThan reports whether more than limit live entries have the term.
func (l *linker) moreThan(t int32, limit int) bool {
	n, gone := 0, 0
	for k := range l.index.layers {
		p := l.posting(t, k)
		n += p.n
		gone += min(p.n, l.index.layers[k].gone)
	}
	if n <= limit || n-gone > limit {
		return n > limit
	}
	return l.count(t) > limit
}

// count returns how many live entries have the term.
func (l *linker) count(t int32) int {
	n := 0
	for k := range l.index.layers {
		y, p := &l.index.layers[k], l.posting(t, k)
		n += p.n
		if y.gone == 0 {
			continue
		}
		for i, word := range p.bits {
			n -= bits.OnesCount64(word & y.dead[i])
		}
		for _, v := range p.list {
			if hasBit(y.dead, v) {
				n--
			}
		}
	}
	return n
}

// sampled is how many of the names that fit a part, the best ones, stand for
// all in questions of the kind "do most of them begin with it".
const sampled = 32

// beginsMost reports whether most names that fit a step begin with what the
// step "first", one of those before it or itself, read.
func (l *linker) beginsMost(at, first int32) bool {
	begin, all := 0, 0
	l.each([]int32{at}, false, func(s *stream) bool {
		if l.beginsWith(s.text, &l.steps[first]) {
			begin++
		}
		all++
		return all < sampled
	})
	return begin*2 > all
}

// severalThings reports whether a step fits more than one thing.
func (l *linker) severalThings(at int32) bool {
	id, several := "", false
	l.each([]int32{at}, false, func(s *stream) bool {
		several = id != "" && id != s.id
		id = s.id
		return !several
	})
	return several
}
