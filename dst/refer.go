package dst

import "slices"

// references reads what points at something instead of naming it: "the second
// one" among what was offered, and "a hotel near it", whose value is the thing
// talked about in another service.
func (u *understanding) references(gs []given) {
	for _, k := range u.r.marks {
		if k.cue >= cueFirst && k.cue <= cueLast {
			u.ordinal(k)
			break
		}
	}
	if target := u.target(gs); target >= 0 {
		for i := range u.t.slots {
			if info := &u.t.slots[i]; info.service == target && info.Role == NearRole && info.Of != "" {
				u.nearby(info, gs)
				u.among(info, gs)
			}
		}
	}
}

func (u *understanding) ordinal(k mark) {
	n := int(k.cue - cueFirst)
	if k.cue == cueLast {
		n = len(u.s.Offered) - 1
	}
	if n < 0 || n >= len(u.s.Offered) {
		return
	}
	c := u.s.Offered[n]
	e := u.span(k.start, k.end)
	e.From = Act{Offer, c.Slot, Eq, c.Value}.String()
	u.decide(Decision{Act: Act{Select, c.Slot, Eq, c.Value}, P: 0.95, Evidence: e})
}

// nearby fills a slot "near X" from the thing talked about in service X, where
// the message says "near the X" or "near it" without a name.
func (u *understanding) nearby(info *slotInfo, gs []given) {
	of := u.t.serviceIndex(info.Of)
	for _, g := range gs {
		if u.t.slots[g.slot].full == info.full {
			return
		}
	}
	for _, k := range u.r.marks {
		points := k.service-1 == of && k.slot == 0 || k.cue == cueThis && info.service != of
		if !points || !u.r.nearMarked(k.start, k.end) || !u.finds(k, info.service, gs) {
			continue
		}
		for i := len(u.s.Focus) - 1; i >= 0; i-- {
			c := u.s.Focus[i]
			if u.t.serviceIndex(c.Slot) != of {
				continue
			}
			e := u.span(k.start, k.end)
			e.Source, e.From = Carry, c.Slot
			u.decideNew(Decision{Act: Act{Inform, info.full, Eq, c.Value}, P: 0.85, Evidence: e})
			return
		}
	}
}

// among fills a slot "near X" when the user chooses among what the bot just
// listed as near an X: "which of these hotels has a pool?".
func (u *understanding) among(info *slotInfo, gs []given) {
	of := u.t.serviceIndex(info.Of)
	listed := slices.ContainsFunc(u.s.System, func(a Act) bool {
		from, ok := u.t.info(a.Slot)
		return ok && a.Kind == Inform && from.service == of && from.Role == NearRole && u.t.serviceIndex(from.Of) == info.service
	})
	described := slices.ContainsFunc(gs, func(g given) bool {
		s := &u.t.slots[g.slot]
		return s.service == info.service && !s.Names && s.Role == NoRole
	})
	if !listed || !described || !u.r.which() || u.answered(info.full, gs) {
		return
	}
	for _, c := range u.s.Focus {
		if u.t.serviceIndex(c.Slot) == of {
			u.decideNew(Decision{Act: Act{Inform, info.full, Eq, c.Value}, P: 0.8, Evidence: Evidence{Source: Carry, From: c.Slot}})
		}
	}
}

// finds tells "find me a hotel near it" from the question "what hotels are
// near it?": a search seeks one thing or says what it must be like.
func (u *understanding) finds(k mark, service int, gs []given) bool {
	for _, g := range gs {
		if info := &u.t.slots[g.slot]; info.service == service && !info.Names && info.Role != NearRole {
			return true
		}
	}
	c := u.r.clauses[u.r.clauseOf[k.start]]
	return c.seeks() && !c.has(cueQuestion)
}

// noPreference reads "I don't mind", 随便: of the slot whose word stands with
// it, or else of the one the bot asked for.
func (u *understanding) noPreference(gs []given) {
	for _, k := range u.r.marks {
		if k.cue != cueDontCare {
			continue
		}
		slot := u.wordIn(u.r.clauseOf[k.start])
		if slot == "" && len(gs) == 0 {
			slot = u.askedSlot()
		}
		if slot == "" || u.answered(slot, gs) {
			continue
		}
		u.decideNew(Decision{Act: Act{Inform, slot, Eq, DontCare}, P: 0.9, Evidence: u.span(k.start, k.end)})
		return
	}
}

func (u *understanding) askedSlot() string {
	for _, a := range u.s.System {
		if a.Kind == Ask {
			return a.Slot
		}
	}
	return ""
}

func (u *understanding) answered(slot string, gs []given) bool {
	return slices.ContainsFunc(gs, func(g given) bool { return u.t.slots[g.slot].full == slot })
}

// wordIn returns the informable slot whose word stands in the clause.
func (u *understanding) wordIn(clause int) string {
	for _, k := range u.r.marks {
		if k.slot > 0 && u.r.clauseOf[k.start] == clause {
			if info := u.resolve(k); info != nil && !info.RequestOnly {
				return info.full
			}
		}
	}
	return ""
}

// drops reads "forget the brand": the slot's constraints go.
func (u *understanding) drops() {
	for _, k := range u.r.marks {
		if k.cue != cueDrop || u.r.clauseOf[k.start] >= len(u.r.clauses) {
			continue
		}
		for _, w := range u.r.marks {
			if w.slot == 0 || !u.r.sameClause(k.start, w.start) {
				continue
			}
			if info := u.resolve(w); info != nil && u.s.Filled(info.full) && !u.taken[w.start] {
				u.decide(Decision{Act: Act{Kind: Forget, Slot: info.full}, P: 0.9, Evidence: u.span(k.start, w.end)})
				return
			}
		}
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
	var fallback *slotInfo
	for _, i := range word.words {
		info := &u.t.slots[i]
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
	for i := clause; i >= 0; i-- {
		if s := u.r.clauses[i].service; s >= 0 {
			return s
		}
		for j := len(u.decisions) - 1; j >= 0; j-- {
			d := &u.decisions[j]
			if d.Act.Kind == Select && d.Evidence.End > 0 && u.inClause(d.Evidence, i) {
				return u.t.serviceIndex(d.Act.Slot)
			}
		}
	}
	return u.t.activeService(u.s, u.turn)
}

func (u *understanding) inClause(e Evidence, clause int) bool {
	c := u.r.clauses[clause]
	return u.r.tokens[c.start].Start <= e.Start && e.End <= u.r.tokens[c.end-1].End
}

// requests reads what the user asks about: a slot word without a value beside
// it, in a question or in a list that follows one.
func (u *understanding) requests(gs []given) {
	asking := false
	for i, c := range u.r.clauses {
		asking = asking || c.has(cueQuestion) || c.has(cueHave)
		for _, k := range u.r.marks {
			if u.r.clauseOf[k.start] != i {
				continue
			}
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
	if info == nil || !info.RequestOnly && !asking {
		return
	}
	if u.answered(info.full, gs) {
		return // the word belongs to a value: "价格在300以下"
	}
	u.request(info.full, u.span(k.start, k.end))
}

// requestNear reads "what hotels are near it?": it asks for the slot that
// holds what is nearby of the thing talked about.
func (u *understanding) requestNear(k mark) {
	target := k.service - 1
	if k.slot != 0 || u.r.nearMarked(k.start, k.end) || !u.t.asksNear(u.r, k) {
		return
	}
	from := u.source()
	for i := range u.t.slots {
		info := &u.t.slots[i]
		if info.service == from && info.Role == NearRole && info.Of == u.t.schema.Services[target].Name {
			u.request(info.full, u.span(k.start, k.end))
		}
	}
}

// source is the service of the thing talked about: that named last.
func (u *understanding) source() int {
	for i := len(u.decisions) - 1; i >= 0; i-- {
		if u.decisions[i].Act.Kind == Select {
			return u.t.serviceIndex(u.decisions[i].Act.Slot)
		}
	}
	if n := len(u.s.Focus); n > 0 {
		return u.t.serviceIndex(u.s.Focus[n-1].Slot)
	}
	return u.t.activeService(u.s, u.turn)
}

// questions reads "does it have a pool?": a value that was not given to a slot
// because the clause asks whether the thing has it.
func (u *understanding) questions() {
	for _, o := range u.asked {
		m, info := &u.r.mentions[o.mention], &u.t.slots[o.slot]
		if o.f[fAsk] == 0 || o.f[fServiceOther] > 0 || o.f[fFunction] > 0 || m.Score < sure || slices.Contains(u.taken[m.start:m.end], true) {
			continue
		}
		for j := m.start; j < m.end; j++ {
			u.taken[j] = true
		}
		u.decide(Decision{Act: Act{Request, info.full, Eq, m.Value}, P: 0.85, Evidence: u.span(m.start, m.end)})
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
		u.request(slot, u.span(k.start, k.end))
	}
}

func (u *understanding) request(slot string, e Evidence) {
	if !slices.Contains(u.s.Requested, slot) {
		u.decide(Decision{Act: Act{Kind: Request, Slot: slot}, P: 0.9, Evidence: e})
	}
}

// freeAnswer takes the whole message as the value of a free-text slot that the
// bot asked for, when nothing else was understood of it.
func (u *understanding) freeAnswer(gs []given) {
	slot := u.askedSlot()
	info, ok := u.t.info(slot)
	if !ok || info.typ >= 0 || len(u.decisions) > 0 || len(u.r.tokens) == 0 {
		return
	}
	e := u.span(0, len(u.r.tokens))
	u.decide(Decision{Act: Act{Inform, slot, Eq, e.Text}, P: 0.6, Evidence: e})
}
