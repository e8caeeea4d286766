package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Steps that follow a refusal with what the graph does know.
const (
	StepKnown StepKind = "known" // of Thing it knows Text, a list of attributes
	StepSells StepKind = "sells" // there are Text, a list of kinds of things
)

// maxKnown bounds what a refusal offers instead.
const maxKnown = 5

// offerKnown says what is known of a thing of which the user asked what the
// graph does not know, once a turn.
func (t *turn) offerKnown(x *slot, id string) error {
	if slices.ContainsFunc(t.steps, func(s Step) bool { return s.Kind == StepKnown || s.Kind == StepAnswer }) {
		return nil
	}
	var labels []string
	for _, y := range x.service.slots {
		if y == x || y.hops == nil || y.Names || y.via != nil || y == x.service.kindly || len(labels) == maxKnown {
			continue
		}
		ends, err := t.c.walk(t.ctx, id, y.hops, t.lang)
		if err != nil {
			return err
		}
		if label := t.c.label(y, t.lang); len(ends) > 0 && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	if len(labels) > 0 {
		t.add(Step{Kind: StepKnown, Thing: t.thing(x, id), Text: joined(labels, t.lang)})
	}
	return nil
}

// asksToBuy are words of a message that looks for things of some kind.
var asksToBuy = alternatives(`do you (?:sell|have|carry|stock)`, `(?:sell|buy|looking for|interested in)`, `卖`, `有没有`, `想买`, `要买`, `买得到`, `^有.*吗`)

// ruleSells says what kinds of things there are, most first, where the user looks
// for something that nothing was understood of: "do you sell bicycles?"
func (t *turn) ruleSells() (bool, error) {
	if len(t.steps) > 0 || t.substance() || !asksToBuy.MatchString(text.Fold(t.text)) {
		return false, nil
	}
	for _, sv := range t.c.services {
		if sv.kindly == nil {
			continue
		}
		facets, err := t.c.cfg.Graph.Facets(t.ctx, sv.base, sv.kindly.path)
		if err != nil {
			return false, err
		}
		var labels []string
		for _, f := range facets {
			label := t.c.worded(t.ctx, sv.kindly, f.Value, t.lang)
			if !slices.Contains(labels, label) && len(labels) < maxKnown {
				labels = append(labels, label)
			}
		}
		if len(labels) > 0 {
			t.add(Step{Kind: StepSells, Text: joined(labels, t.lang)}, dst.Act{Kind: dst.NoOffer})
			return true, nil
		}
	}
	return false, nil
}
