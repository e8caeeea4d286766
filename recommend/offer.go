package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// ruleSearch looks for things in each service that the message wishes
// something of, opens or narrows.
func (t *turn) ruleSearch() (bool, error) {
	for _, sv := range t.c.services {
		if sv.binding == nil || t.offered[sv] || t.told[sv] || len(t.wished(sv)) == 0 && !t.wants(sv) && !t.ranks(sv) {
			continue
		}
		if err := t.offer(sv, nil); err != nil {
			return false, err
		}
	}
	return false, nil
}

// wants reports whether the message opens the service, or an answer to a
// question puts it back to its search.
func (t *turn) wants(sv *service) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind == dst.Want && t.c.serviceOf(d.Act.Slot) == sv && !t.intent.help
	})
}

// ranks reports whether the message asks for an order of the service's things.
func (t *turn) ranks(sv *service) bool {
	return slices.ContainsFunc(t.order, func(r ranking) bool { return r.slot.service == sv })
}

// ruleMore offers the next things after those offered last. Turning down what
// was offered asks for others too.
func (t *turn) ruleMore() (bool, error) {
	no := t.said(dst.Deny) && !t.said(dst.Thank) && !t.said(dst.Bye) && !t.substance() && len(t.steps) == 0 && t.offeredJust()
	if !t.said(dst.More) && !no || len(t.before.Offered) == 0 {
		return false, nil
	}
	sv := t.c.serviceOf(t.before.Offered[len(t.before.Offered)-1].Slot)
	for _, d := range t.decisions { // "another hotel" after restaurants were offered
		if x := t.c.slots[d.Act.Slot]; x != nil && d.Act.Kind == dst.Inform && len(t.wished(x.service)) > 0 {
			sv = x.service
		}
	}
	if sv == nil || sv.binding == nil || sv.named == nil || t.offered[sv] || t.told[sv] || t.ranks(sv) { // another order begins anew
		return false, nil
	}
	if no && !t.said(dst.More) && t.insists(sv) {
		return false, t.offer(sv, nil)
	}
	for _, a := range t.before.System {
		if x := t.c.slots[a.Slot]; a.Kind == dst.Offer && x != nil && x.ordered && len(t.order) == 0 {
			t.order = append(t.order, ranking{x, kg.Order{Predicate: x.path, Desc: a.Op == dst.Le}})
		}
	}
	skip := map[string]bool{}
	for _, id := range t.offeredIDs(sv) {
		skip[id] = true
	}
	if t.narrowsMore(sv) && t.adds() {
		return false, nil
	}
	if t.narrowsMore(sv) {
		hits, _, err := t.search(sv, t.c.wishes(t.s, sv), skip)
		if err != nil || len(hits) == 0 {
			return false, err // "also, with NFC": what was offered may be what fits
		}
	}
	return false, t.offer(sv, skip)
}

// adds reports whether what sounds like asking for more only adds a wish to the
// others: 另外，要黑色的.
func (t *turn) adds() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind == dst.More && slices.Contains([]string{"另外", "还有", "还要", "再"}, d.Evidence.Text)
	})
}

// narrowsMore reports whether the message that asks for more says what it is
// to be like.
func (t *turn) narrowsMore(sv *service) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		x := t.c.slots[d.Act.Slot]
		return x != nil && x.service == sv && !x.Names && d.Act.Kind == dst.Inform
	})
}

func (t *turn) offeredJust() bool {
	return slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Offer })
}

// offer asks for what is missing, or offers what fits. skip holds the things
// that were offered before, behind which to go on.
func (t *turn) offer(sv *service, skip map[string]bool) error {
	t.offered[sv] = true
	if x, err := t.missingSlot(sv); x != nil || err != nil {
		if err == nil {
			t.ask(x)
		}
		return err
	}
	t.forgetStaleName(sv)
	wishes := t.wishes(sv)
	hits, q, err := t.search(sv, wishes, skip)
	if err != nil {
		return err
	}
	switch {
	case len(hits) > 0:
		return t.offerFound(sv, found{hits, q, wishes, len(skip) > 0})
	case len(skip) > 0:
		t.add(Step{Kind: StepNoMore}, dst.Act{Kind: dst.NoOffer, Slot: sv.Name})
		return nil
	}
	return t.offerRelaxed(sv, wishes)
}

// found is what fits all wishes.
type found struct {
	hits   []ranked
	query  kg.Query
	wishes []wish
	more   bool // after others that were offered before
}

// offerFound offers what was found and, where there is more than that, asks
// the question that narrows it most.
func (t *turn) offerFound(sv *service, f found) error {
	total, err := t.c.count(t.ctx, sv, f.wishes)
	if err != nil {
		return err
	}
	t.found(total)
	items, err := t.c.items(t.ctx, sv, f.hits, f.wishes, false, t.lang)
	if err != nil {
		return err
	}
	if sv.named == nil {
		return t.tellAll(sv, items)
	}
	kind := StepOffer
	if f.more {
		kind = StepMore
	}
	t.admitUnmet(items, f.wishes)
	if err := t.addOffer(sv, kind, items, total); err != nil {
		return err
	}
	if total <= t.c.cfg.Offers || t.asked || f.more {
		return nil
	}
	x, gains, err := t.c.narrow(t.ctx, sv, t.s, f.query, t.lang)
	t.gains = gains
	if x != nil && err == nil {
		t.ask(x)
	}
	return err
}

// tellAll answers for a service whose things have no names, such as a taxi:
// what was asked about or else all that there is to tell.
func (t *turn) tellAll(sv *service, items []Item) error {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	asked := t.asksFor()
	any := slices.ContainsFunc(sv.slots, func(x *slot) bool { return slices.Contains(asked, x) })
	for _, x := range sv.slots {
		if x.hops == nil || !x.RequestOnly || any && !slices.Contains(asked, x) {
			continue
		}
		of := ids
		if x.via != nil {
			if of = t.named(x.via); len(of) == 0 {
				continue
			}
		}
		if err := t.answer(x, of); err != nil {
			return err
		}
	}
	return nil
}

// missingSlot is the slot that must be asked for before anything is offered.
// A thing that the user named needs no further description, a kind that the
// other wishes imply is known, and a question that was not answered is not put
// again: what fits is offered without.
func (t *turn) missingSlot(sv *service) (*slot, error) {
	if sv.named != nil && t.s.Filled(sv.named.full) || t.asked {
		return nil, nil
	}
	open := []*slot{}
	if a := t.c.tracker.Next(t.s); a.Kind == dst.Ask {
		if x := t.c.slots[a.Slot]; x != nil && x.service == sv {
			open = append(open, x)
		}
	}
	for _, x := range sv.slots {
		if x.Required && !t.s.Filled(x.full) && t.c.cfg.Schema.Applies(t.s, x.full) && !slices.Contains(open, x) {
			open = append(open, x)
		}
	}
	for _, x := range open {
		if slices.Contains(t.s.Asked, x.full) {
			continue
		}
		if x == sv.kindly {
			if _, implied, err := t.impliedKind(sv, t.s); err != nil {
				return nil, err
			} else if implied {
				continue
			}
		}
		return x, nil
	}
	return nil, nil
}

// forgetStaleName drops the name of a thing talked about before, where
// something is sought.
func (t *turn) forgetStaleName(sv *service) {
	if _, named := t.selected(sv); sv.named == nil || named {
		return
	}
	stale := false
	for _, k := range t.s.Of(sv.named.full) {
		stale = stale || k.Op == dst.Eq && k.Evidence.Turn < t.s.Turn
	}
	if stale {
		a := dst.Act{Kind: dst.Forget, Slot: sv.named.full}
		t.s = t.s.Apply(a)
		t.trace.Relaxed = append(t.trace.Relaxed, dst.Act{Kind: dst.Relax, Slot: sv.named.full})
	}
}

// offerRelaxed offers what fits best where nothing fits all wishes, and says
// what was given up.
func (t *turn) offerRelaxed(sv *service, wishes []wish) error {
	relaxed, err := t.c.relax(t.ctx, sv, wishes, t.s.Turn)
	if err != nil {
		return err
	}
	none := dst.Act{Kind: dst.NoOffer, Slot: sv.Name}
	if len(relaxed) == 0 {
		t.noOffer(sv, wishes, none)
		return nil
	}
	loose := relaxed[0].loose
	now := t.c.widened(relaxed[0].rest, loose)
	hits, _, err := t.search(sv, now, nil)
	if err != nil {
		return err
	}
	step, acts := t.relaxStep(sv, loose)
	total, err := t.c.count(t.ctx, sv, now)
	if err != nil {
		return err
	}
	blamed, err := t.c.blamed(t, sv, wishes, loose)
	if err != nil {
		return err
	}
	step.Text, step.Phrase, step.Count = t.c.phrased(blamed, t.lang), t.c.bridged(loose, total, t.lang), total
	t.add(step, append([]dst.Act{none}, acts...)...)
	items, err := t.c.items(t.ctx, sv, hits, wishes, true, t.lang)
	if err != nil {
		return err
	}
	t.found(total)
	if err := t.addOffer(sv, StepOffer, items, total); err != nil || total >= t.c.cfg.Offers {
		return err
	}
	return t.offerInstead(sv, wishes, relaxed[1:], items)
}
