package dst

import (
	"cmp"
	"context"
	"math"
	"slices"
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
	taken     []bool        // by token: given to a slot
	asked     []given       // values that the user asks about instead of wishing for them
	gold      *DialogueTurn // what should be understood, while training
	won       []given       // options with a span that won
	rest      []given       // and those without one
	heard     []Hypothesis  // what was said, the likeliest reading first
	x         *ranker
	wanted    []wanted // slots that the rules take to be asked about
	raw       []Act    // the bot's acts in its own words, beside s.System
}

func (u *understanding) run(ctx context.Context) {
	u.taken = zeros(u.taken, len(u.r.tokens))
	for _, a := range u.turn.Acts {
		u.decide(Decision{Act: a, P: 1, Evidence: Evidence{Source: Outside}})
	}
	if u.ofMessage() {
		return
	}
	u.freeAnswer()
	given := u.assign(ctx)
	u.openService(given)
	u.newSearch(given)
	u.informs(given)
	u.references(given)
	u.others()
	u.requests(given)
	u.decideRequests(given)
	u.decideIntents()
	u.questions()
	u.sameQuestion(given)
}

// decide records a decision and applies it.
func (u *understanding) decide(d Decision) {
	d.Evidence.Turn = u.s.Turn
	d.Evidence.P = max(math.Round(d.P*1000)/1000, 0.001)
	d.P = d.Evidence.P
	u.decisions = append(u.decisions, d)
	u.s = u.s.decide(d.Act, d.Evidence, u.raw)
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
	alternatives []Alternative
}

// assign decides each slot: the best-scoring options win. A span goes to one
// slot at most, and a slot gets one value unless several are coordinated ("red
// or blue", "at least 500, at most 900") or the later one corrects. It returns
// the spans that became values; what has no span is kept in rest.
func (u *understanding) assign(ctx context.Context) []given {
	x := u.x
	x.t, x.u, x.r, x.s, x.turn, x.raw = u.t, u, u.r, u.shown(), u.turn, u.raw
	x.options()
	u.listen(x)
	if u.gold != nil {
		u.t.learner.learn(x, u.gold.State)
	}
	x.consult(ctx)
	x.pool()
	for _, i := range x.likeliest() {
		if o := &x.opts[i]; u.mayWin(o) {
			u.take(x, o)
		}
	}
	byMention := func(a, b given) int { return cmp.Compare(u.r.mentions[a.mention].start, u.r.mentions[b.mention].start) }
	slices.SortStableFunc(u.asked, func(a, b given) int { return cmp.Compare(a.mention, b.mention) })
	slices.SortStableFunc(u.won, byMention)
	u.apart()
	slices.SortStableFunc(u.rest, func(a, b given) int { return cmp.Compare(a.slot, b.slot) })
	u.inheritNegation(u.won)
	return u.won
}

// apart gives values that stand beside one another their own probability,
// against nothing: they do not compete.
func (u *understanding) apart() {
	for i := range u.won {
		g := &u.won[i]
		several := slices.ContainsFunc(u.won, func(o given) bool { return o.slot == g.slot && o.mention != g.mention })
		if several || u.t.slots[g.slot].Multi {
			g.p, g.alternatives = 1/(1+math.Exp(-g.score)), nil
		}
	}
}

// likeliest are the options that speak for a change, likelier ones first.
func (x *ranker) likeliest() []int {
	opts := x.opts
	for i := range opts {
		if opts[i].score > 0 {
			x.ranked = append(x.ranked, i)
		}
	}
	slices.SortStableFunc(x.ranked, func(i, j int) int {
		a, b := &opts[i], &opts[j]
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.mention, b.mention), cmp.Compare(a.slot, b.slot))
	})
	return x.ranked
}

// mayWin reports whether nothing stands in the way of an option: it is more than
// a guess, its words are not another's, and its slot is not settled.
func (u *understanding) mayWin(o *option) bool {
	if o.source != fromSpan && o.source != fromHeard && o.source != fromClear && o.p < u.leastGuess(o) && !u.addsTo(o) {
		return false // one of several, none of which the user said
	}
	if o.source == fromDontCare && len(u.turn.Services) == 0 && u.x.said(o.slot) {
		return false // "any brand, but no Dell" does say something
	}
	if o.end > 0 && slices.Contains(u.taken[o.start:o.end], true) && o.source != fromClear {
		return false
	}
	return u.joinsWon(o, u.won)
}

// said reports whether the message gives the slot a value, likelier than not
// against nothing.
func (x *ranker) said(slot int) bool {
	return slices.ContainsFunc(x.opts, func(o option) bool { return o.slot == slot && o.source == fromSpan && o.f[fAsk] == 0 && o.score > 0 })
}

// take settles a slot with an option.
func (u *understanding) take(x *ranker, o *option) {
	g := given{option: *o, alternatives: x.alternatives(o)}
	if o.source == fromClear {
		u.decide(u.decision(&g))
		return
	}
	for j := o.start; j < o.end && o.source != fromDontCare; j++ {
		u.taken[j] = true
	}
	if o.source != fromSpan {
		u.rest = append(u.rest, g)
		return
	}
	g.op = cmp.Or(o.op, u.operator(&u.r.mentions[o.mention], o.slot))
	corrects := o.f[fCorrects] > 0 || x.answer == answerNo && x.on[o.slot].confirmed
	if corrects && (g.op == Eq || g.op == u.t.slots[o.slot].Plain) {
		g.op = u.heldBound(o.slot, g.op)
	}
	if o.f[fAsk] > 0 {
		u.asked = append(u.asked, g)
		return
	}
	u.won = append(u.won, g)
}

// leastGuess is the probability from which a value counts that the user did not
// say: more likely than not, and where neither the words name it nor the caller
// says what the turn is about, nearly sure.
func (u *understanding) leastGuess(o *option) float64 {
	unsaid := o.f[fUnnamed] > 0 || o.source == fromDontCare && o.f[fCueAlone]+o.f[fCueWord]+o.f[fExtracted] == 0
	if unsaid && len(u.turn.Services) == 0 {
		return 0.9
	}
	return 0.5
}

// joinsWon reports whether an option may stand beside those that won for its
// slot: several values are one wish where they are coordinated, bounds or
// negations, and a later value corrects an earlier one.
func (u *understanding) joinsWon(o *option, won []given) bool {
	for i := range u.rest {
		if u.rest[i].slot == o.slot && !u.addsTo(o) {
			return false
		}
	}
	for i := range won {
		if g := &won[i]; g.slot == o.slot && (o.source != fromSpan || !u.beside(o, g)) && !u.addsTo(o) {
			return false
		}
	}
	return true
}

func (u *understanding) beside(o *option, g *given) bool {
	info := &u.t.slots[o.slot]
	if info.Multi || info.Names || u.corrects() {
		return true
	}
	if op := u.optionOp(o); op != Eq || g.op != Eq {
		return true
	}
	first, second := given{option: *o}, *g
	if u.r.mentions[first.mention].start > u.r.mentions[second.mention].start {
		first, second = second, first
	}
	return u.coordinated(first, second)
}

// corrects reports whether the message takes something back.
func (u *understanding) corrects() bool {
	return slices.ContainsFunc(u.r.clauses, func(c clause) bool { return c.has(cueCorrect) })
}

// others decides what has no span of its own.
func (u *understanding) others() {
	for i := range u.rest {
		g := &u.rest[i]
		if g.source == fromProposal {
			u.takeProposal(g)
			continue
		}
		d := u.decision(g)
		if g.to != "" && g.option.op != Ne {
			d.Act.Op = Ge
			u.decideNew(d)
			d.Act.Op, d.Act.Value = Le, g.to
		}
		u.decideNew(d)
	}
}

// decision is the act of an option that has no span, with its evidence.
func (u *understanding) decision(g *given) Decision {
	info := &u.t.slots[g.slot]
	d := Decision{Act: Act{Inform, info.full, cmp.Or(g.option.op, Eq), g.value}, P: g.p, Alternatives: g.alternatives, Reasons: u.why(&g.option)}
	if g.end > 0 {
		d.Evidence = u.span(g.start, g.end)
	}
	switch g.source {
	case fromSystem:
		d.Evidence.Source, d.Evidence.From, d.Evidence.Text = System, g.act.String(), g.text
	case fromCarry:
		d.Evidence.Source, d.Evidence.From, d.Evidence.Text = Carry, g.from, g.text
	case fromExtractor:
		d.Evidence = Evidence{Source: Outside, Text: g.text}
	case fromHeard:
		d.Evidence = Evidence{Source: Span, Start: g.words[0], End: g.words[1], Text: g.text}
	case fromClear:
		d.Act = Act{Kind: Forget, Slot: info.full}
		if g.f[fRelaxed] > 0 {
			d.Act.Kind = Relax
			d.Evidence.Source, d.Evidence.From = System, g.act.String()
		}
	}
	return d
}

// alternatives are the likeliest other options of the slot.
func (x *ranker) alternatives(o *option) []Alternative {
	var best [3]*option
	n := 0
	for i := range x.opts {
		other := &x.opts[i]
		if other.slot != o.slot || other.source == o.source && other.value == o.value || other.p < 0.005 {
			continue
		}
		at := n
		for at > 0 && round3(best[at-1].p) < round3(other.p) {
			at--
		}
		if at < len(best) {
			copy(best[at+1:], best[at:])
			best[at] = other
			n = min(n+1, len(best))
		}
	}
	if n == 0 {
		return nil
	}
	alts := make([]Alternative, n)
	for i, other := range best[:n] {
		act := Act{Inform, x.t.slots[other.slot].full, Eq, other.value}
		if other.source == fromClear {
			act = Act{Kind: Forget, Slot: x.t.slots[other.slot].full}
		}
		alts[i] = Alternative{act, round3(other.p)}
	}
	return alts
}

// round3 rounds a probability to three places.
func round3(p float64) float64 {
	return math.Round(p*1000) / 1000
}
