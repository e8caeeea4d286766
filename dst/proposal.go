package dst

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// A Proposal is a value that something besides the user's words speaks for,
// such as what a model sees in a photo. It competes for its slot with all else
// that the turn gives. What the user says of the slot goes before it: a
// proposal that agrees makes the words surer, one that does not stays an
// alternative. Without words it fills the slot where it is likelier than not.
type Proposal struct {
	Act  Act     // inform slot=value; of a slot that names things: the thing is shown, as if the user had named it
	P    float64 // probability, in (0, 1]
	Text string  // what it rests on, for the evidence: "a black phone"
	Via  string  // how it came, for the evidence: "image"
}

// checked is the turn with what it holds besides words in canonical form.
func (t *Tracker) checked(turn Turn) (Turn, error) {
	var err error
	if turn.Acts, err = t.checkTurn(turn); err == nil {
		turn.Proposals, err = t.checkProposals(turn.Proposals)
	}
	return turn, err
}

// checkProposals reports proposals that no tracker could take, and returns the
// others with their values in canonical form.
func (t *Tracker) checkProposals(proposals []Proposal) ([]Proposal, error) {
	if len(proposals) == 0 {
		return nil, nil
	}
	acts := make([]Act, len(proposals))
	for i, p := range proposals {
		acts[i] = p.Act
		if p.Act.Kind != Inform {
			return nil, fmt.Errorf("proposal %d (%s): only inform can be proposed", i, p.Act)
		}
		if !(p.P > 0 && p.P <= 1) {
			return nil, fmt.Errorf("proposal %d (%s) has the probability %v; give one above 0, and 1 at most", i, p.Act, p.P)
		}
	}
	acts, err := t.checkTurn(Turn{Acts: acts})
	if err != nil {
		return nil, err
	}
	out := slices.Clone(proposals)
	for i := range out {
		out[i].Act = acts[i]
	}
	return out, nil
}

// What words weigh against proposals, in log-odds.
const (
	wordsFirst = 3.0  // by how much words that say something else are surer, at least
	surest     = 0.99 // no proposal is surer than that
)

// proposals enters what was proposed beside the words.
func (x *ranker) proposals() {
	words := len(x.opts)
	for i := range x.turn.Proposals {
		p := &x.turn.Proposals[i]
		slot := x.t.index[p.Act.Slot]
		if !x.open[slot] {
			continue
		}
		odds := min(p.P, surest)
		odds = math.Log(odds / (1 - odds))
		said, agrees := x.wordsOn(slot, words, p.Act)
		if agrees >= 0 {
			x.opts[agrees].score += max(odds, 0)
			continue
		}
		if said >= 0 && !x.t.slots[slot].Multi {
			odds = min(odds, x.opts[said].score-wordsFirst)
		}
		x.opts = append(x.opts, option{slot: slot, source: fromProposal, mention: -1, value: p.Act.Value, op: p.Act.Op, text: p.Text, from: p.Via, score: odds})
	}
}

// wordsOn finds, among the first n options, the likeliest value that words give
// the slot, and the one that is the act's, -1 for none.
func (x *ranker) wordsOn(slot, n int, a Act) (said, agrees int) {
	said, agrees = -1, -1
	for i := range x.opts[:n] {
		o := &x.opts[i]
		if o.slot != slot || o.source != fromSpan || o.f[fAsk] > 0 || o.score <= 0 {
			continue
		}
		if said < 0 || o.score > x.opts[said].score {
			said = i
		}
		if o.value == a.Value && x.u.optionOp(o) == a.Op {
			agrees = i
		}
	}
	return said, agrees
}

// shown is the state with the things that are likely to be shown to the bot
// talked about, which is how the words beside them are read: "does it have NFC?"
func (u *understanding) shown() State {
	s := u.s
	for _, p := range u.turn.Proposals {
		if info, ok := u.t.info(p.Act.Slot); ok && info.Names && p.Act.Op == Eq && p.P > 0.5 {
			s.Focus = append(without(s.Focus, p.Act.Slot), Choice{p.Act.Slot, p.Act.Value})
		}
	}
	return s
}

// addsTo reports whether an option is a proposal for a Multi slot: there it
// stands beside other values.
func (u *understanding) addsTo(o *option) bool {
	return o.source == fromProposal && u.t.slots[o.slot].Multi
}

// takeProposal settles a slot with a proposal.
func (u *understanding) takeProposal(g *given) {
	info := &u.t.slots[g.slot]
	if info.Multi { // its values do not compete
		g.p, g.alternatives = 1/(1+math.Exp(-g.score)), nil
	}
	u.openShown(info.service)
	d := Decision{P: g.p, Alternatives: g.alternatives, Evidence: Evidence{Source: Outside, Text: g.text, Via: g.from},
		Reasons: []Reason{{Text: "seen in the " + cmp.Or(g.from, "proposal"), Weight: math.Round(g.score*10) / 10}}}
	op := cmp.Or(g.option.op, Eq)
	if info.Names && op == Eq {
		u.name(info, &mention{Mention: Mention{Value: g.value}}, d)
		return
	}
	if op == Eq && info.Multi && u.s.Filled(info.full) {
		op = Add
	}
	d.Act = Act{Inform, info.full, op, g.value}
	u.decideNew(d)
}

// openShown opens the service of what is shown, where the words speak of none.
func (u *understanding) openShown(service int) {
	if len(u.t.schema.Services) == 1 || u.did(Want) || service == u.t.activeService(u.s, u.turn) {
		return
	}
	u.decide(Decision{Act: Act{Kind: Want, Slot: u.t.schema.Services[service].Name}, P: 0.9, Evidence: Evidence{Source: Outside}})
}
