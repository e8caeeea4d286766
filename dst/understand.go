package dst

import (
	"cmp"
	"math"
	"slices"
	"sort"
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
