package dst

import (
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// messageActs are the cues that make an act of their own, with the share of
// their clause that they must fill: a "hello" opens a message, a "no" counts
// only as an answer. Of whole ones the clause must say nothing else at all, or
// the cue have three words: an operator is wanted by "operator, please", not by
// "which operator", and 人工智能 is no person.
var messageActs = []struct {
	cue   cue
	kind  Kind
	share float64
	whole bool
}{
	{cueRestart, Restart, 0.5, true}, {cueReach, Human, 0.25, false}, {cueHuman, Human, 0, true}, {cueRepeat, Repeat, 0.6, true}, {cueUndo, Undo, 0, true},
	{cueGreet, Greet, 0.5, false}, {cueThank, Thank, 0.4, false}, {cueBye, Bye, 0.4, false},
}

// ofMessage decides what the message is as a whole. It reports true where
// there is nothing more to read: the conversation starts again, or what it was
// about is given up.
func (u *understanding) ofMessage() bool {
	if u.cancels() {
		return true
	}
	for _, m := range messageActs {
		for _, k := range u.r.marks {
			if k.cue != m.cue || u.did(m.kind) || !u.r.says(k, m.share, m.whole) || m.kind == Restart && !u.r.alone(k) || m.kind == Undo && u.r.inquires(k) || m.whole && u.answersAsk(k) {
				continue
			}
			u.decide(Decision{Act: Act{Kind: m.kind}, P: 1, Evidence: u.span(k.start, k.end)})
			if m.kind == Restart {
				return true
			}
			break
		}
	}
	u.answer()
	u.another()
	return false
}

// did reports whether an act of the kind is decided.
func (u *understanding) did(kind Kind) bool {
	return slices.ContainsFunc(u.decisions, func(d Decision) bool { return d.Act.Kind == kind })
}

// alone reports whether the clause speaks of no slot and no value besides k:
// "reset the colour" does not start again.
func (r *reading) alone(k mark) bool {
	c := r.clauses[r.clauseOf[k.start]]
	value := func(m mention) bool { return m.Score >= sure || m.end <= k.start || k.end <= m.start }
	return !slices.ContainsFunc(r.mentionsIn(c.start, c.end), value) &&
		!slices.ContainsFunc(r.clauseMarks(k.start), func(m mark) bool { return m.slot > 0 || m.service > 0 })
}

// clauseShare is the share of its clause's tokens, symbols aside, that k covers.
func (r *reading) clauseShare(k mark) float64 {
	c := r.clauses[r.clauseOf[k.start]]
	if c.end-c.start > maxClause {
		return 0
	}
	all := 0
	for _, tok := range r.tokens[c.start:c.end] {
		if tok.Kind != text.Symbol {
			all++
		}
	}
	return float64(k.end-k.start) / float64(max(all, 1))
}

// answer reads a yes or no at the head of the message to what the bot put to
// the user.
func (u *understanding) answer() {
	put := false
	for _, a := range u.s.System {
		put = put || a.Kind == Confirm || a.Kind == Propose || a.Kind == Offer
	}
	for _, k := range u.r.marks {
		if k.cue != cueAffirm && k.cue != cueDeny || k.start > 1 || k.start == 1 && u.r.tokens[0].Kind != text.Symbol {
			continue
		}
		if !put && u.r.coverage(k.start, k.end) < 1 || u.r.clauseShare(k) < 0.3 || u.r.clauses[0].has(cueQuestion) {
			continue
		}
		kind := Affirm
		if k.cue == cueDeny {
			kind = Deny
			if len(u.r.mentionsIn(k.end, k.end+3)) > 0 && !u.r.atClauseEnd(k.end) {
				continue // "not Lenovo" denies a value, not what the bot said
			}
		}
		u.decide(Decision{Act: Act{Kind: kind}, P: 1, Evidence: u.span(k.start, k.end)})
		return
	}
}

// another reads a wish for something else than what was offered.
func (u *understanding) another() {
	if len(u.s.Offered) == 0 {
		return
	}
	for _, k := range u.r.marks {
		if k.cue == cueAnother && u.r.clauseShare(k) >= 0.25 {
			u.decide(Decision{Act: Act{Kind: More}, P: 1, Evidence: u.span(k.start, k.end)})
			return
		}
	}
}
