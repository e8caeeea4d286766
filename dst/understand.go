package dst

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/slotgraph/slotgraph/internal/text"
)

// An understanding is the work of one [Tracker.Update]: it collects decisions
// and folds them into the state as it goes.
type understanding struct {
	t         *Tracker
	r         *reading
	turn      Turn
	s         State
	last      []string // what was asked about in the turn before
	decisions []Decision
	taken     []bool  // by token: given to a slot
	asked     []given // values that the user asks about instead of wishing for them
}

func (u *understanding) run() {
	u.taken = make([]bool, len(u.r.tokens))
	u.relaxed()
	for _, a := range u.turn.Acts {
		u.decide(Decision{Act: a, P: 1, Evidence: Evidence{Source: Outside}})
	}
	if u.ofMessage() {
		return
	}
	given := u.assign()
	u.openService(given)
	u.newSearch(given)
	u.informs(given)
	u.booleans()
	u.references(given)
	u.noPreference(given)
	u.drops()
	u.requests(given)
	u.questions()
	u.sameQuestion(given)
	u.freeAnswer()
}

// decide records a decision and applies it.
func (u *understanding) decide(d Decision) {
	d.Evidence.Turn = u.s.Turn
	d.Evidence.P = math.Round(d.P*1000) / 1000
	d.P = d.Evidence.P
	u.decisions = append(u.decisions, d)
	u.s = u.s.apply(d.Act, d.Evidence)
}

// span is the evidence that tokens [start, end) are.
func (u *understanding) span(start, end int) Evidence {
	a, b := u.r.tokens[start].Start, u.r.tokens[end-1].End
	return Evidence{Source: Span, Start: a, End: b, Text: u.r.text.Raw[a:b]}
}

// messageActs are the cues that make an act of their own, with the share of
// their clause that they must fill: a "hello" opens a message, a "no" counts
// only as an answer.
var messageActs = []struct {
	cue   cue
	kind  Kind
	share float64
}{
	{cueRestart, Restart, 0.5}, {cueHuman, Human, 0.25}, {cueRepeat, Repeat, 0.4},
	{cueGreet, Greet, 0.5}, {cueThank, Thank, 0.4}, {cueBye, Bye, 0.4},
}

// ofMessage decides what the message is as a whole. It reports true where
// there is nothing more to read: the conversation starts again.
func (u *understanding) ofMessage() bool {
	for _, m := range messageActs {
		for _, k := range u.r.marks {
			if k.cue != m.cue || u.r.clauseShare(k) < m.share || m.kind == Restart && !u.r.alone(k) {
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

// alone reports whether the clause speaks of no slot and no value besides k:
// "reset the colour" does not start again.
func (r *reading) alone(k mark) bool {
	c := r.clauses[r.clauseOf[k.start]]
	return len(r.mentionsIn(c.start, c.end)) == 0 &&
		!slices.ContainsFunc(r.clauseMarks(k.start), func(m mark) bool { return m.slot > 0 || m.service > 0 })
}

// clauseShare is the share of its clause's tokens, symbols aside, that k covers.
func (r *reading) clauseShare(k mark) float64 {
	c := r.clauses[r.clauseOf[k.start]]
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

// A given is a mention that was given to a slot.
type given struct {
	option
	op           Op
	p            float64
	alternatives []Alternative
}

// assign gives each span to at most one slot, the best-scoring ones first, and
// a slot at most one span unless they are coordinated ("red or blue", "at
// least 500, at most 900").
func (u *understanding) assign() []given {
	opts := u.t.options(u.r, u.s, u.turn)
	order := make([]int, len(opts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(opts[b].score, opts[a].score), cmp.Compare(opts[a].mention, opts[b].mention), cmp.Compare(opts[a].slot, opts[b].slot))
	})
	var out []given
	for _, i := range order {
		o := opts[i]
		if o.score <= 0 {
			break
		}
		m := &u.r.mentions[o.mention]
		if slices.Contains(u.taken[m.start:m.end], true) {
			continue
		}
		g := given{option: o, op: u.operator(m, o.slot)}
		if o.f[fCorrects] > 0 && (g.op == Eq || g.op == u.t.slots[o.slot].Plain) {
			g.op = u.heldBound(o.slot, g.op)
		}
		g.p, g.alternatives = u.compare(opts, o)
		for j := m.start; j < m.end; j++ {
			u.taken[j] = true
		}
		if o.f[fAsk] > 0 {
			u.asked = append(u.asked, g)
			continue
		}
		out = append(out, g)
	}
	slices.SortStableFunc(u.asked, func(a, b given) int { return cmp.Compare(a.mention, b.mention) })
	slices.SortStableFunc(out, func(a, b given) int { return cmp.Compare(u.r.mentions[a.mention].start, u.r.mentions[b.mention].start) })
	u.inheritNegation(out)
	return out
}

// compare is the softmax over what the span of o could be: any slot's value,
// or nothing, which scores 0.
func (u *understanding) compare(opts []option, o option) (float64, []Alternative) {
	m := &u.r.mentions[o.mention]
	sum := 1 + math.Exp(o.score)
	var others []option
	lo := sort.Search(len(opts), func(i int) bool { return u.r.mentions[opts[i].mention].start > m.start-u.r.longest })
	for _, x := range opts[lo:] {
		xm := &u.r.mentions[x.mention]
		if xm.start >= m.end {
			break
		}
		if x.slot == o.slot && x.mention == o.mention || xm.end <= m.start || m.end <= xm.start {
			continue
		}
		sum += math.Exp(x.score)
		others = append(others, x)
	}
	slices.SortStableFunc(others, func(a, b option) int { return cmp.Compare(b.score, a.score) })
	var alts []Alternative
	for _, x := range others[:min(len(others), 3)] {
		if p := math.Exp(x.score) / sum; p >= 0.005 {
			alts = append(alts, Alternative{Act{Inform, u.t.slots[x.slot].full, Eq, u.r.mentions[x.mention].Value}, math.Round(p*1000) / 1000})
		}
	}
	return math.Exp(o.score) / sum, alts
}
