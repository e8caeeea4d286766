package kg

import (
	"cmp"
	"slices"
	"strings"
)

// termUnset is a term that was not looked up, -1 one that no name has.
const termUnset = -2

// term returns the number of a feature's postings, -1 where there are none.
func (l *linker) term(h uint64) int32 {
	at, some := len(l.terms), false
	for k := range l.index.layers {
		p := l.index.layers[k].find(h)
		some = some || p.n > 0
		l.terms = append(l.terms, p)
	}
	if !some {
		l.terms = l.terms[:at]
		return -1
	}
	return int32(at / len(l.index.layers))
}

func (l *linker) posting(term int32, layer int) *posting {
	return &l.terms[int(term)*len(l.index.layers)+layer]
}

// cursorsOf makes cursors over the postings of a step and those before it, the
// shortest first, and reports false where one is empty.
func (l *linker) cursorsOf(at int32, layer int) ([]cursor, bool) {
	from := len(l.cursors)
	for ; at >= 0; at = l.steps[at].parent {
		st := &l.steps[at]
		for _, t := range l.stepTerm[st.terms[0]:st.terms[1]] {
			p := l.posting(t, layer)
			if p.n == 0 {
				l.cursors = l.cursors[:from]
				return nil, false
			}
			l.cursors = append(l.cursors, cursor{posting: *p})
		}
	}
	cur := l.cursors[from:]
	for i := 1; i < len(cur); i++ {
		for j := i; j > 0 && cur[j].n < cur[j-1].n; j-- {
			cur[j], cur[j-1] = cur[j-1], cur[j]
		}
	}
	return cur, true
}

// next returns the first live entry from v on that fits a step, or hi.
func (l *linker) next(at int32, layer int, cur []cursor, v, hi uint32) uint32 {
	y := &l.index.layers[layer]
	for ; ; v++ {
		if v = nextMatch(cur, v, hi); v >= hi || !hasBit(y.dead, v) && l.rowsFit(at, y.segment, v) {
			return min(v, hi)
		}
	}
}

// rowsFit reports whether the Chinese stretches of a step and those before it
// stand in the entry in a row.
func (l *linker) rowsFit(at int32, s *segment, entry uint32) bool {
	for ; at >= 0; at = l.steps[at].parent {
		if !l.rowFits(&l.steps[at], s, entry) {
			return false
		}
	}
	return true
}

// rowFits is rowsFit for one step. For three characters, and for a run, the
// feature says so.
func (l *linker) rowFits(st *step, s *segment, entry uint32) bool {
	switch {
	case st.kind == readGrams && st.to-st.from > 3:
		return holdsRow(s.text(entry), l.items[st.from:st.to], false)
	case st.kind == readHomophone:
		return holdsRow(s.text(entry), l.items[st.from:st.to], true)
	}
	return true
}

// namePlace is an entry of the index. Places are in the order of layers, in them of
// classes, in them of entries.
type namePlace struct {
	layer, class int
	entry        uint32
}

// from returns the first entry of a layer and class that may fit a step, and
// the end.
func (l *linker) from(st *step, layer, class int) (lo, hi uint32) {
	lo, hi = l.index.layers[layer].bounds(class, st.runes)
	switch low := &st.low; {
	case layer < low.layer || layer == low.layer && class < low.class:
		return hi, hi
	case layer == low.layer && class == low.class:
		return max(lo, low.entry), hi
	}
	return lo, hi
}

// fits reports whether some name fits the step and those before it, and notes
// the name: it fits the next step too, mostly. The search goes on from the first
// name that fits the steps before.
func (l *linker) fits(st *step, at int32) bool {
	if st.parent >= 0 {
		p := &l.steps[st.parent]
		st.low = p.low
		if l.witness(st, p.name) {
			return true
		}
	} else if l.hint.layer >= 0 && l.witness(st, l.hint) {
		return true
	}
	l.cursors = l.cursors[:0]
	for k := st.low.layer; k < len(l.index.layers); k++ {
		for class := range 2 {
			lo, hi := l.from(st, k, class)
			if lo >= hi {
				continue
			}
			cur, ok := l.cursorsOf(at, k)
			if !ok {
				break
			}
			if v := l.next(at, k, cur, lo, hi); v < hi {
				st.name = namePlace{k, class, v}
				st.low = st.name
				return true
			}
		}
	}
	return false
}

// witness reports whether a live name, which fits the steps before, fits the step.
func (l *linker) witness(st *step, name namePlace) bool {
	k, v := name.layer, name.entry
	y := &l.index.layers[k]
	if int(y.runes[v]) < st.runes || !l.rowFits(st, y.segment, v) {
		return false
	}
	for _, t := range l.stepTerm[st.terms[0]:st.terms[1]] {
		if p := l.posting(t, k); p.n == 0 || !p.has(v) {
			return false
		}
	}
	st.name = name
	return true
}

// stream yields the entries of one layer and class that fit a step, the best
// first.
type stream struct {
	layer int
	step  int32
	cur   [2]int // in linker.cursors
	hi    uint32
	at    uint32
	score float64
	id    string
	text  string
}

// before orders matches: by score, then id, then name, which no layering
// changes.
func (a *stream) before(b *stream) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.text, b.text)) < 0
}

// advance moves the stream to its first entry from v on.
func (l *linker) advance(s *stream, v uint32, exact bool) {
	y := &l.index.layers[s.layer]
	if s.at = l.next(s.step, s.layer, l.cursors[s.cur[0]:s.cur[1]], v, s.hi); s.at >= s.hi {
		return
	}
	s.id, s.text = y.id(s.at), y.text(s.at)
	s.score = l.score(&l.steps[s.step], y.segment, s.at, exact)
}

func (l *linker) score(st *step, y *segment, entry uint32, exact bool) float64 {
	score := st.factor
	if !exact {
		score *= 0.4 + 0.5*float64(st.runes)/float64(y.runes[entry])
	}
	if y.ranks[entry] > 0 {
		score *= 0.95
	}
	return score
}

// each yields the names that fit any of the steps, the best first, until yield
// returns false.
func (l *linker) each(steps []int32, exact bool, yield func(s *stream) bool) {
	l.streams, l.cursors = l.streams[:0], l.cursors[:0]
	for _, at := range steps {
		for k := range l.index.layers {
			for class := range 2 {
				lo, hi := l.from(&l.steps[at], k, class)
				if lo >= hi {
					continue
				}
				from := len(l.cursors)
				if _, ok := l.cursorsOf(at, k); !ok {
					break
				}
				s := stream{layer: k, step: at, cur: [2]int{from, len(l.cursors)}, hi: hi}
				if l.advance(&s, lo, exact); s.at < hi {
					l.streams = append(l.streams, s)
				}
			}
		}
	}
	for len(l.streams) > 0 {
		best := 0
		for i := 1; i < len(l.streams); i++ {
			if l.streams[i].before(&l.streams[best]) {
				best = i
			}
		}
		s := &l.streams[best]
		if !yield(s) {
			return
		}
		if l.advance(s, s.at+1, exact); s.at >= s.hi {
			l.streams = slices.Delete(l.streams, best, best+1)
		}
	}
}

// maxRejected bounds the things of one span that are of another kind than was
// asked for.
const maxRejected = 10_000

// candidates returns the best things that a span fits, and none for a part that
// is too general.
func (l *linker) candidates(sp *span) []Candidate {
	ways := l.spanStep[sp.ways[0]:sp.ways[1]]
	if !sp.exact {
		ways = slices.DeleteFunc(ways, l.tooGeneral)
	}
	var top []Candidate
	rejected := 0
	l.each(ways, sp.exact, func(s *stream) bool {
		if s.score < l.MinScore {
			return false
		}
		y := l.index.layers[s.layer].segment
		if sp.breaks > int(y.breaks[s.at]) { // "iPhone, 15" is "iPhone 15" only where the name has the comma too
			return true
		}
		if slices.ContainsFunc(top, func(c Candidate) bool { return c.ID == s.id }) {
			return true
		}
		if l.accept != nil && !l.accept(s.id) {
			rejected++
			return rejected < maxRejected
		}
		if top == nil {
			top = make([]Candidate, 0, min(l.MaxCandidates, 20))
		}
		top = append(top, Candidate{s.id, y.name(s.at), s.score})
		return len(top) < l.MaxCandidates
	})
	return top
}
