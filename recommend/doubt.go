package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// ruleSeen deals with a thing in a picture that the tracker could not settle:
// what the message says besides may tell it apart; else it is asked about.
func (t *turn) ruleSeen() (bool, error) {
	if len(t.candidates)+len(t.unknown) == 0 || t.against() {
		return false, nil
	}
	if len(t.candidates) == 0 {
		return t.tellUnknown()
	}
	for _, sv := range t.c.services {
		if _, settled := t.selected(sv); settled {
			return false, nil
		}
	}
	if t.comparesPictures() {
		return false, nil
	}
	left, err := t.fitting()
	if err != nil {
		return false, err
	}
	if len(left) == 1 && left[0].p >= likelier {
		t.takeSeen(left[0])
		return false, nil
	}
	return t.askSeen(left)
}

// askSeen asks whether it is the one thing that is left, or which of several.
func (t *turn) askSeen(left []candidate) (bool, error) {
	sv := left[0].service
	var ids []string
	for _, k := range left {
		if k.service == sv {
			ids = append(ids, k.ids...)
		}
	}
	items, err := t.some(sv, ids)
	if err != nil || len(items) == 0 {
		return false, err
	}
	t.asked, t.offered[sv] = true, true
	if len(left) == 1 {
		t.trace.Asked = append(t.trace.Asked, Asked{Slot: sv.named.full, Reason: AskUnsure})
		t.add(Step{Kind: StepConfirm, Items: items}, dst.Act{Kind: dst.Confirm, Slot: sv.named.full, Op: dst.Eq, Value: left[0].value})
		return true, nil
	}
	t.trace.Asked = append(t.trace.Asked, Asked{Slot: sv.named.full, Reason: AskWhich})
	t.add(Step{Kind: StepWhich, Items: items, Count: len(ids)}, offers(sv, items)...)
	return true, nil
}

// comparesPictures reports whether the message compares what several pictures
// show, each clearly enough.
func (t *turn) comparesPictures() bool {
	for _, sv := range t.c.services {
		if sv.named == nil || len(t.clearlyShown(sv)) < 2 {
			continue
		}
		if t.asksToCompare(sv, sv.gauges(t.text), " "+text.Fold(t.text)+" ") {
			return true
		}
	}
	return false
}

// clearlyShown are the things of a service that pictures show without much
// doubt, one of each picture at most.
func (t *turn) clearlyShown(sv *service) []candidate {
	var out []candidate
	for n := 1; n <= t.pictures && !t.against(); n++ {
		best, second := candidate{}, 0.0
		for _, k := range t.candidates { // likelier ones first
			switch {
			case k.picture != n:
			case best.service == nil:
				best = k
			default:
				second = max(second, k.p)
			}
		}
		if best.service == sv && best.p >= likelier && best.p >= 2*second {
			out = append(out, best)
		}
	}
	return out
}

// fitting are the candidates that meet what the conversation wishes of things,
// all of them where none does. Their probabilities are against one another and
// against none of them.
func (t *turn) fitting() ([]candidate, error) {
	var out []candidate
	for _, k := range t.candidates {
		wishes := slices.DeleteFunc(t.c.wishes(t.s, k.service), func(w wish) bool { return w.slot.Names })
		q, _ := k.service.query(wishes)
		q.IDs = k.ids
		n, err := t.c.cfg.Graph.Count(t.ctx, q)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, k)
		}
	}
	if len(out) == 0 || len(out) == len(t.candidates) {
		return slices.Clone(t.candidates), nil
	}
	all, kept := 0.0, 0.0
	for _, k := range t.candidates {
		all += k.p
	}
	for _, k := range out {
		kept += k.p
	}
	for i := range out {
		out[i].p /= kept + max(0, 1-all)
	}
	return out, nil
}

// takeSeen takes the one candidate that fits as the thing the user speaks of.
func (t *turn) takeSeen(k candidate) {
	e := dst.Evidence{Turn: t.s.Turn, Source: dst.Outside, Text: k.text, Via: string(ImagePart), P: k.p}
	for _, kind := range []dst.Kind{dst.Inform, dst.Select} {
		t.take(dst.Decision{Act: dst.Act{Kind: kind, Slot: k.service.named.full, Op: dst.Eq, Value: k.value}, P: k.p, Evidence: e})
	}
}

// take adds a decision that the tracker did not make.
func (t *turn) take(d dst.Decision) {
	t.s = t.s.Apply(d.Act)
	for i := range t.s.Constraints {
		if k := &t.s.Constraints[i]; k.Slot == d.Act.Slot && k.Value == d.Act.Value && k.Evidence.Turn == t.s.Turn && k.Evidence.P == 0 {
			t.s.Constraints = slices.Clone(t.s.Constraints)
			t.s.Constraints[i].Evidence = d.Evidence
		}
	}
	t.decisions = append(t.decisions, asInforms([]dst.Decision{d})...)
	t.trace.Decisions = append(slices.Clip(t.trace.Decisions), d)
}

// ruleConfirmed goes on after a yes or no to "is it this one?".
func (t *turn) ruleConfirmed() (bool, error) {
	for _, a := range t.before.System {
		x := t.c.slots[a.Slot]
		if a.Kind != dst.Confirm || a.Op == "" || x == nil || x.service.binding == nil {
			continue
		}
		switch {
		case t.said(dst.Affirm) && x.Names:
			e := dst.Evidence{Turn: t.s.Turn, Source: dst.System, From: a.String(), P: 1}
			t.take(dst.Decision{Act: dst.Act{Kind: dst.Select, Slot: a.Slot, Op: dst.Eq, Value: a.Value}, P: 1, Evidence: e})
			if others := slices.DeleteFunc(t.c.wishes(t.s, x.service), func(w wish) bool { return w.slot.Names }); len(others) > 0 {
				return false, t.offer(x.service, nil)
			}
		case t.said(dst.Affirm) && t.s.Filled(x.full):
			return false, t.offer(x.service, nil)
		case t.said(dst.Deny) && x.Names && !t.substance():
			t.add(Step{Kind: StepUnseen})
			return true, nil
		}
	}
	return false, nil
}

// ruleUnsure asks about a value in a picture that is not likely enough, where
// nothing else was taken from it.
func (t *turn) ruleUnsure() (bool, error) {
	if t.asked || len(t.proposals) == 0 || slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Evidence.Via == string(ImagePart) }) {
		return false, nil
	}
	for _, p := range t.proposals {
		x := t.c.slots[p.Act.Slot]
		if x.Names || t.s.Filled(x.full) {
			continue
		}
		a := p.Act
		a.Kind = dst.Confirm
		t.asked = true
		t.trace.Asked = append(t.trace.Asked, Asked{Slot: x.full, Reason: AskUnsure})
		t.add(Step{Kind: StepConfirm, Label: t.c.label(x, t.lang), Text: t.c.wordedSlot(x, a.Value, t.lang)}, a)
		return false, nil
	}
	return false, nil
}
