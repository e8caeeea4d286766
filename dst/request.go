package dst

import "slices"

// requests reads what the user asks about: a slot word without a value beside
// it, in a question or in a list that follows one.
func (u *understanding) requests(gs []given) {
	asking := false
	for _, c := range u.r.clauses {
		asking = asking || c.has(cueQuestion) || c.has(cueHave)
		for _, k := range u.r.clauseMarks(c.start) {
			if k.slot > 0 && !u.taken[k.start] {
				u.requestWord(k, asking, gs)
			} else if k.service > 0 {
				u.requestNear(k)
			}
		}
	}
}

// requestWord decides whether a slot word asks for the slot.
func (u *understanding) requestWord(k mark, asking bool, gs []given) {
	info := u.resolve(k)
	if info == nil || !info.RequestOnly && (!asking && !k.asks || u.r.clauses[u.r.clauseOf[k.start]].has(cueCorrect)) {
		return
	}
	if u.answered(info.full, gs) || slices.ContainsFunc(u.decisions, func(d Decision) bool {
		return (d.Act.Kind == Inform || d.Act.Kind == Prefer) && d.Act.Slot == info.full
	}) {
		return // the word belongs to a value: "价格在300以下", "I don't care what date"
	}
	u.want(u.t.index[info.full], u.span(k.start, k.end))
}

// want notes what the rules take the user to ask about.
func (u *understanding) want(slot int, e Evidence) {
	if !slices.ContainsFunc(u.wanted, func(w wanted) bool { return w.slot == slot }) {
		u.wanted = append(u.wanted, wanted{slot, e})
	}
}

// questions reads "does it have a pool?": values that the user asks about.
func (u *understanding) questions() {
	for _, g := range u.asked {
		m, info := &u.r.mentions[g.mention], &u.t.slots[g.slot]
		d := Decision{P: g.p, Alternatives: g.alternatives, Reasons: u.why(&g.option), Evidence: u.span(m.start, m.end)}
		if m.To != "" {
			d.Act = Act{Request, info.full, Ge, m.Value}
			u.decide(d)
			d.Act = Act{Request, info.full, Le, m.To}
		} else {
			d.Act = Act{Request, info.full, g.op, m.Value}
		}
		u.decide(d)
	}
}

// sameQuestion reads "and the second one?": what was asked of the last thing is
// asked of this one.
func (u *understanding) sameQuestion(gs []given) {
	if len(u.s.Requested) > 0 || slices.ContainsFunc(gs, func(g given) bool { return !u.t.slots[g.slot].Names }) {
		return
	}
	chosen := slices.IndexFunc(u.decisions, func(d Decision) bool { return d.Act.Kind == Select })
	same := slices.IndexFunc(u.r.marks, func(k mark) bool { return k.cue == cueSame })
	if chosen < 0 || same < 0 {
		return
	}
	k := u.r.marks[same]
	for _, slot := range u.last {
		u.request(slot, 0.9, u.span(k.start, k.end), nil)
	}
}

func (u *understanding) request(slot string, p float64, e Evidence, why []Reason) {
	if !slices.Contains(u.s.Requested, slot) {
		u.decide(Decision{Act: Act{Kind: Request, Slot: slot}, P: p, Evidence: e, Reasons: why})
	}
}

// resolve finds the slot that a slot word means: services share words, so the
// one the clause speaks of is meant, or else the active one.
func (u *understanding) resolve(k mark) *slotInfo {
	word := &u.t.slots[k.slot-1]
	if len(u.t.schema.Services) == 1 {
		return word
	}
	want := u.about(u.r.clauseOf[k.start])
	if word.service == want {
		return word
	}
	var fallback *slotInfo
	for _, i := range word.words {
		info := &u.t.slots[i]
		if !u.turn.open(u.t.schema.Services[info.service].Name) {
			continue
		}
		if info.service == want {
			return info
		}
		if fallback == nil {
			fallback = info
		}
	}
	if want >= 0 {
		return nil // the service talked about has no such slot
	}
	return fallback
}

// about is the service that a clause is about, by itself or by what surrounds it.
func (u *understanding) about(clause int) int {
	last := u.r.clauses[clause].last
	service, at := -1, last
	if last >= 0 {
		service = u.r.clauses[last].service
	}
	for _, d := range u.decisions {
		if d.Act.Kind != Select || d.Evidence.End == 0 {
			continue
		}
		token, _, ok := tokenSpan(u.r.tokens, d.Evidence.Start, d.Evidence.End)
		if !ok {
			continue
		}
		if c := u.r.clauseOf[token]; c <= clause && c > last && c >= at {
			service, at = u.t.serviceIndex(d.Act.Slot), c // a thing chosen since: the latest one
		}
	}
	if at < 0 {
		return u.t.activeService(u.s, u.turn)
	}
	return service
}
