package dst

// The clauses of a message, and what stands near what in them.

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// cut finds the clauses and what cues each holds.
func (r *reading) cut() {
	r.clauseOf = zeros(r.clauseOf, len(r.tokens))
	start := 0
	for i, tok := range r.tokens {
		r.clauseOf[i] = len(r.clauses)
		if r.ends(i, tok) {
			r.clauses = append(r.clauses, clause{start: start, end: i + 1, service: -1})
			start = i + 1
		}
	}
	if start < len(r.tokens) {
		r.clauses = append(r.clauses, clause{start: start, end: len(r.tokens), service: -1})
	}
	for _, k := range r.marks {
		r.clauses[r.clauseOf[k.start]].cues |= 1 << k.cue
		r.points = r.points || k.cue == cueThis || k.cue >= cueFirst && k.cue <= cueLast
		r.which = r.which || k.cue == cueWhich || k.cue == cueAmong
	}
}

// ends reports whether a clause ends after token i: at punctuation that is not
// inside a value, or before a line break.
func (r *reading) ends(i int, tok text.Token) bool {
	if i+1 < len(r.tokens) && strings.ContainsAny(r.text.Raw[tok.End:r.tokens[i+1].Start], "\n\r") {
		return true
	}
	if tok.Kind != text.Symbol || !strings.Contains(",.;!?", tok.Text) || r.text.Raw[tok.Start:tok.End] == "、" {
		return false
	}
	for _, m := range r.mentionsIn(i, i+1) {
		if m.start < i && i < m.end-1 {
			return false
		}
	}
	return true
}

// pointServices finds what each clause speaks of: the service whose word it
// holds, the last one in Chinese, where the head of a phrase comes last, and
// the first in English. A word that only says where ("near the hotel",
// 酒店附近) does not count.
func (t *Tracker) pointServices(r *reading) {
	for i := range r.marks {
		k := &r.marks[i]
		if k.service == 0 || k.slot != 0 || r.nearMarked(k.start, k.end) || t.asksNear(r, *k) {
			continue
		}
		c := &r.clauses[r.clauseOf[k.start]]
		if c.service < 0 || r.lang != "en" {
			c.service = k.service - 1
		}
	}
	for i := range r.clauses {
		c := &r.clauses[i]
		if c.service < 0 {
			c.service = t.impliedService(r, i)
		}
	}
	r.linkServices()
}

// linkServices finds for each clause the nearest ones that speak of a service.
func (r *reading) linkServices() {
	last := -1
	for i := range r.clauses {
		if r.clauses[i].service >= 0 {
			last = i
		}
		r.clauses[i].last = last
	}
	next := -1
	for i := len(r.clauses) - 1; i >= 0; i-- {
		r.clauses[i].next = next
		if r.clauses[i].service >= 0 {
			next = i
		}
	}
}

// impliedService is the service that alone has a slot for what the clause
// measures: only sights have a visiting time. It is -1 where none or several do.
func (t *Tracker) impliedService(r *reading, clause int) int {
	service := -1
	for _, m := range r.mentionsIn(r.clauses[clause].start, r.clauses[clause].end) {
		if r.clauseOf[m.start] != clause || m.Score < sure {
			continue
		}
		if _, ordered := t.types[m.typ].(Comparer); !ordered {
			continue
		}
		for _, slot := range t.takers[m.typ] {
			if own := t.slots[slot].service; service < 0 {
				service = own
			} else if service != own {
				return -1
			}
		}
	}
	return service
}

// cueAfter reports whether a cue of the kind that stands after its value
// begins within gap tokens of end, in the same clause.
func (r *reading) cueAfter(end, gap int, kind cue) bool {
	for _, k := range r.marksIn(end, end+gap+1) {
		if k.cue == kind && k.side&after != 0 && k.start >= end && k.start <= end+gap && r.sameClause(end-1, k.start) && r.onlyFill(end, k.start) {
			return kind != cueNot || r.atClauseEnd(k.end) // "苹果不要" negates, "苹果不要太重的" does not
		}
	}
	return false
}

// atClauseEnd reports whether nothing but symbols follows in the clause.
func (r *reading) atClauseEnd(i int) bool {
	for ; i < len(r.tokens) && r.sameClause(i-1, i); i++ {
		if r.tokens[i].Kind != text.Symbol {
			return false
		}
	}
	return true
}

// cueBefore is the mirror of cueAfter.
func (r *reading) cueBefore(start, gap int, kind cue) bool {
	for _, k := range r.marksIn(start-gap-1, start) {
		if k.cue == kind && k.side&before != 0 && k.end <= start && k.end >= start-gap && r.sameClause(k.start, start) && r.onlyFill(k.end, start) {
			return true
		}
	}
	return false
}

func (r *reading) sameClause(i, j int) bool { return r.clauseOf[i] == r.clauseOf[j] }

// onlyFill reports whether the tokens in [i, j) change nothing between a cue
// and its value: articles, prepositions, slot words.
func (r *reading) onlyFill(i, j int) bool {
	for i < j {
		step := 0
		for _, k := range r.marksIn(i, j) {
			if k.start == i && k.end <= j && (k.cue == cueFill || k.cue == cueOne || k.slot > 0 || k.cue == cueSeek || k.cue == cueWish || k.cue == cueFrom) {
				step = max(step, k.end-k.start)
			}
		}
		if step == 0 {
			return false
		}
		i += step
	}
	return true
}

// coverage is the share of the message's tokens, symbols aside, that lie in [start, end).
func (r *reading) coverage(start, end int) float64 {
	in, all := 0, 0
	for i, tok := range r.tokens {
		if tok.Kind == text.Symbol {
			continue
		}
		all++
		if start <= i && i < end {
			in++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}

// near reports whether at most a few tokens lie between i and j, and no
// mention: "价格最好是在 300", "price of at most 300".
func (r *reading) near(i, j int) bool {
	if j-i > 6 {
		return false
	}
	for _, m := range r.mentionsIn(i, j) {
		if m.Score >= sure && i <= m.start && m.end <= j && m.start < j {
			return false
		}
	}
	return true
}
