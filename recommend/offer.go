package recommend

import (
	"slices"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// ruleSearch looks for things in each service that the message wishes
// something of, opens or narrows.
func (t *turn) ruleSearch() (bool, error) {
	for _, sv := range t.c.services {
		if sv.binding == nil || t.offered[sv] || len(t.wished(sv)) == 0 && !t.wants(sv) {
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
	if sv == nil || sv.binding == nil || sv.named == nil || t.offered[sv] {
		return false, nil
	}
	skip := map[string]bool{}
	for _, id := range t.offeredIDs(sv) {
		skip[id] = true
	}
	return false, t.offer(sv, skip)
}

func (t *turn) offeredJust() bool {
	return slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Offer })
}

// offer asks for what is missing, or offers what fits. skip holds the things
// that were offered before, behind which to go on.
func (t *turn) offer(sv *service, skip map[string]bool) error {
	t.offered[sv] = true
	if x := t.missingSlot(sv); x != nil {
		t.ask(x)
		return nil
	}
	t.forgetStaleName(sv)
	wishes := t.c.wishes(t.s, sv)
	hits, q, err := t.c.find(t.ctx, sv, wishes, t.c.cfg.Offers, skip)
	if err != nil {
		return err
	}
	t.trace.Queries = append(t.trace.Queries, q)
	switch {
	case len(hits) == 0 && len(skip) > 0:
		t.add(Step{Kind: StepNoMore}, dst.Act{Kind: dst.NoOffer, Slot: sv.Name})
		return nil
	case len(hits) == 0:
		return t.offerRelaxed(sv, wishes)
	}
	total, err := t.c.count(t.ctx, sv, wishes)
	if err != nil {
		return err
	}
	items, err := t.c.items(t.ctx, sv, hits, wishes, false, t.lang)
	if err != nil {
		return err
	}
	if sv.named == nil {
		return t.tellAll(sv, items)
	}
	kind := StepOffer
	if len(skip) > 0 {
		kind = StepMore
	}
	if err := t.addOffer(sv, kind, items, total); err != nil {
		return err
	}
	if total <= t.c.cfg.Offers || t.asked {
		return nil
	}
	x, err := t.c.narrow(t.ctx, sv, t.s, q, total, t.lang)
	if x != nil && err == nil {
		t.ask(x)
	}
	return err
}

// addOffer adds the step that offers items, each with what the user asked to
// be told of it.
func (t *turn) addOffer(sv *service, kind StepKind, items []Item, total int) error {
	acts := offers(sv, items)
	told := t.toTell(sv)
	for i := range items {
		for _, x := range told {
			facts, told, err := t.look(x, items[i].ID)
			if err != nil {
				return err
			}
			for _, f := range facts {
				if !slices.Contains(items[i].Show, f) {
					items[i].Show = append(items[i].Show, f)
				}
			}
			acts = append(acts, told...)
		}
	}
	t.add(Step{Kind: kind, Items: items, Count: total}, acts...)
	return nil
}

// toTell lists the slots that the user asked about.
func (t *turn) toTell(sv *service) []*slot {
	var out []*slot
	for _, x := range sv.slots {
		if x.hops != nil && x.via == nil && !x.Names && slices.Contains(t.asksFor(), x) {
			out = append(out, x)
		}
	}
	return out
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
// A thing that the user named needs no further description.
func (t *turn) missingSlot(sv *service) *slot {
	if sv.named != nil && t.s.Filled(sv.named.full) || t.asked {
		return nil
	}
	if a := t.c.tracker.Next(t.s); a.Kind == dst.Ask {
		if x := t.c.slots[a.Slot]; x != nil && x.service == sv {
			return x
		}
	}
	for _, x := range sv.slots {
		if x.Required && !t.s.Filled(x.full) {
			return x
		}
	}
	return nil
}

// forgetStaleName drops the name of a thing talked about before, where the
// message describes what is sought instead.
func (t *turn) forgetStaleName(sv *service) {
	if sv.named == nil || len(t.wished(sv)) == 0 {
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
	rest, loose, err := t.c.relax(t.ctx, sv, wishes, t.s.Turn)
	if err != nil {
		return err
	}
	none := dst.Act{Kind: dst.NoOffer, Slot: sv.Name}
	if loose == nil {
		t.add(Step{Kind: StepNoOffer, Facts: t.c.tellWishes(wishes, t.lang)}, none)
		return nil
	}
	now := t.c.widened(rest, loose)
	hits, q, err := t.c.find(t.ctx, sv, now, t.c.cfg.Offers, nil)
	if err != nil {
		return err
	}
	t.trace.Queries = append(t.trace.Queries, q)
	acts := []dst.Act{none}
	step := Step{Kind: StepRelax}
	for _, l := range loose {
		acts = append(acts, l.acts...)
		t.trace.Relaxed = append(t.trace.Relaxed, l.acts...)
		f := t.c.tellWishes([]wish{l.wish}, t.lang)
		step.Facts = append(step.Facts, f...)
		if l.op != "" {
			step.Bounds = append(step.Bounds, Fact{Attribute: t.c.label(l.wish.slot, t.lang), Op: dst.Eq, Value: t.c.wordedSlot(l.wish.slot, l.value, t.lang)})
		}
	}
	t.add(step, acts...)
	items, err := t.c.items(t.ctx, sv, hits, wishes, true, t.lang)
	if err != nil {
		return err
	}
	total, err := t.c.count(t.ctx, sv, now)
	if err != nil {
		return err
	}
	return t.addOffer(sv, StepOffer, items, total)
}

// ruleMissing notices a model that there is not, such as "iPhone 99": it says
// so and offers the nearest names. What the tracker took the number for is
// read again without it.
func (t *turn) ruleMissing() (bool, error) {
	toks := text.Tokens(t.text)
	for _, sv := range t.c.services {
		if sv.names == nil {
			continue
		}
		start, end, ok := sv.names.unknownModel(toks, t.explained)
		if !ok {
			continue
		}
		name := t.text[start:end]
		if err := t.rereadWithout(start, end); err != nil {
			return false, err
		}
		ids, err := t.nearestNames(sv, name)
		if err != nil {
			return false, err
		}
		items, err := t.some(sv, ids)
		if err != nil {
			return false, err
		}
		t.offered[sv] = true
		acts := append([]dst.Act{{Kind: dst.NoOffer, Slot: sv.Name}}, offers(sv, items)...)
		t.add(Step{Kind: StepMissing, Text: name, Items: items}, acts...)
		return false, nil
	}
	return false, nil
}

// explained reports whether a number is part of something understood. A bare
// number that was taken for a value is not sure enough.
func (t *turn) explained(tok text.Token) bool {
	for _, d := range t.decisions {
		e := d.Evidence
		if e.Source != dst.Span || e.Start > tok.Start || e.End < tok.End || e.End == 0 {
			continue
		}
		bare := e.Start == tok.Start && e.End == tok.End
		if !bare || d.Act.Op != dst.Eq && d.Act.Op != dst.Add {
			return true
		}
	}
	rest := text.Tokens(t.text[tok.End:min(len(t.text), tok.End+12)])
	return len(rest) > 0 && rest[0].Kind == text.Han && isMeasure(rest[0].Text)
}

func isMeasure(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return slices.Contains([]rune("台部个款件只张年月日号点元块寸折万千百"), r)
}

func (t *turn) rereadWithout(start, end int) error {
	blank := make([]byte, end-start)
	for i := range blank {
		blank[i] = ' '
	}
	t.asks = nil
	in := dst.Turn{User: t.text[:start] + string(blank) + t.text[end:]}
	return t.track(in)
}

// nearestNames are the things whose names are closest to a text.
func (t *turn) nearestNames(sv *service, name string) ([]string, error) {
	links, err := t.c.cfg.Graph.Link(t.ctx, name, &kg.LinkOptions{MaxCandidates: 100})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range links {
		for _, k := range l.Candidates {
			if _, own := sv.names.value[k.ID]; own && !slices.Contains(out, k.ID) {
				out = append(out, k.ID)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	hits, err := t.c.cfg.Graph.Search(t.ctx, name, &kg.SearchOptions{Predicates: t.c.cfg.Names})
	for _, h := range hits {
		if _, own := sv.names.value[h.ID]; own {
			out = append(out, h.ID)
		}
	}
	return out, err
}
