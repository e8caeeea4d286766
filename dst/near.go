package dst

import "slices"

// What lies near what: "a hotel near the museum" sets a slot, "what hotels are
// near it?" asks for one, and "the hotel near the museum" speaks of a hotel and
// not of a museum.

// nearMarked reports whether the tokens are marked as a place nearby.
func (r *reading) nearMarked(start, end int) bool {
	return r.marked(start, end, cueNear)
}

// asksNear reports whether the service word k is part of a question about
// what lies near the thing talked about, "are there any hotels nearby?", rather
// than of a search for one.
func (t *Tracker) asksNear(r *reading, k mark) bool {
	if !t.hasNear || !r.nearIn(k) {
		return false
	}
	c := r.clauses[r.clauseOf[k.start]]
	if c.has(cueSeek) || !c.has(cueQuestion) && !c.has(cueHave) {
		return false
	}
	for _, m := range r.mentionsIn(c.start, c.end) {
		if r.clauseOf[m.start] == r.clauseOf[k.start] && m.Score >= scoreBare && t.describes(m.typ, k.service-1) {
			return false
		}
	}
	return true
}

// asksNearIn reports whether the clause asks what lies near something.
func (t *Tracker) asksNearIn(r *reading, clause int) bool {
	for _, k := range r.clauseMarks(r.clauses[clause].start) {
		if k.service > 0 && k.slot == 0 && t.asksNear(r, k) {
			return true
		}
	}
	return false
}

// nearIn reports whether "nearby" stands in the clause of k: 周边有什么酒店,
// "any hotels nearby".
func (r *reading) nearIn(k mark) bool {
	for _, n := range r.clauseMarks(k.start) {
		if n.cue == cueNear && (n.end <= k.start || n.start >= k.end) {
			return true
		}
	}
	return false
}

// describes reports whether a value of the type says what a thing of the
// service is like, and not what it is called or where it is.
func (t *Tracker) describes(typ, service int) bool {
	for _, i := range t.takers[typ] {
		if s := &t.slots[i]; s.service == service && !s.Names && s.Role == NoRole {
			return true
		}
	}
	return false
}

// nearby fills a slot "near X" from the thing talked about in service X, where
// the message says "near the X" or "near it" without a name.
func (u *understanding) nearby(info *slotInfo, gs []given) {
	if u.answered(info.full, gs) {
		return
	}
	of := u.t.serviceIndex(info.Of)
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
	if !listed || !described || !u.r.which || u.answered(info.full, gs) {
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
			u.want(i, u.span(k.start, k.end))
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
