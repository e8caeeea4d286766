package dst

import (
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// describe sets the features of o.
func (t *Tracker) describe(o *option, x *ranker) {
	r, s := x.r, x.s
	m, info := &r.mentions[o.mention], &t.slots[o.slot]
	o.f[fBias] = 1
	o.f[fScore] = 1 - m.Score
	o.f[fLength] = math.Log(float64(m.end - m.start))
	switch only, first := x.takers(m.typ); {
	case only:
		o.f[fOnlyTaker] = 1
	case first == o.slot:
		o.f[fFirstOpen] = 1
	}
	if info.free {
		x.describeOpen(o, m)
	}
	x.describeRange(o, m)
	if info.Names {
		o.f[fName] = 1
	}
	switch {
	case x.on[o.slot].asked || x.on[o.slot].confirmed:
		o.f[fAsked] = 1
	case x.askedSibling(o.slot), m.Score < sure && x.askedFreely():
		o.f[fAskedOther] = 1
	}
	for _, c := range s.Of(info.full) {
		if c.Value == m.Value {
			o.f[fFilled] = 1
		} else if c.Op != Ne && r.clauses[r.clauseOf[m.start]].has(cueCorrect) {
			o.f[fCorrects] = 1
		}
	}
	t.describeValue(o, r, m, s)
	t.describeWords(o, r, m)
	x.describeOwn(o, m)
	t.describeService(o, r, m, x.active)
	t.describeRole(o, r, m)
}

// describeOpen says what speaks for words as a value of free text.
func (x *ranker) describeOpen(o *option, m *mention) {
	info := &x.t.slots[o.slot]
	switch {
	case m.how == byAnswer:
		o.f[fAnswer] = 1
		o.f[fLoose] = 1
		if !info.lengthy && x.r.lang != "zh" && (m.end-m.start > 4 || x.holdsName(m)) {
			o.f[fLong] = 1
		}
	case m.how != byCue || info.Role == NoRole || !x.t.roleMarked(x.r, m, info.Role) && !x.r.leadsOn(m):
		o.f[fLoose] = 1
	}
	if (m.how == byName && x.on[o.slot].asked) || m.how == byTold {
		o.f[fCapital] = 1
	}
}

// roleMarked reports whether a cue of the role marks the mention. Where no slot
// says what is nearby, "around" says where.
func (t *Tracker) roleMarked(r *reading, m *mention, role Role) bool {
	return r.marked(m.start, m.end, roleCues[role]) || role == InRole && !t.hasNear && r.nearMarked(m.start, m.end)
}

// holdsName reports whether a name stands in the mention beside other words.
func (x *ranker) holdsName(m *mention) bool {
	return slices.ContainsFunc(x.r.mentionsIn(m.start, m.end), func(n mention) bool {
		return n.how == byName && m.start <= n.start && n.end <= m.end && n.end-n.start < m.end-m.start && x.r.tokens[n.start].Kind == text.Word
	})
}

// describeRange tells a range from its ends where a service has a slot for each.
func (x *ranker) describeRange(o *option, m *mention) {
	if m.how == byEnd {
		o.f[fEnd] = 1
	}
	info := &x.t.slots[o.slot]
	if m.To == "" || info.kind != kindDate && info.kind != kindClock {
		return
	}
	for _, other := range x.t.takers[m.typ] {
		if other != o.slot && x.t.slots[other].service == info.service {
			o.f[fPaired] = 1
		}
	}
}

// describeOwn looks for words of names in the span and close by: "2 rooms" are
// a number of rooms.
func (x *ranker) describeOwn(o *option, m *mention) {
	info := &x.t.slots[o.slot]
	if x.ownAt(info, m) {
		o.f[fOwnWord] = 1
		return
	}
	for _, i := range x.openSlot {
		if other := &x.t.slots[i]; i != o.slot && other.kind == info.kind && x.ownAt(other, m) {
			o.f[fOtherOwnWord] = 1
			return
		}
	}
}

func (x *ranker) ownAt(info *slotInfo, m *mention) bool {
	if len(info.own) == 0 || info.kind < kindNumber || info.kind > kindClock {
		return false
	}
	for i := max(0, m.start-2); i < min(len(x.stems), m.end+2); i++ {
		if x.r.sameClause(i, m.start) && slices.Contains(info.own, x.stems[i]) {
			return true
		}
	}
	return false
}

// describeValue looks at the value itself and what is known of it.
func (t *Tracker) describeValue(o *option, r *reading, m *mention, s State) {
	info := &t.slots[o.slot]
	if c := (Choice{info.full, m.Value}); slices.Contains(s.Focus, c) || slices.Contains(s.Offered, c) {
		o.f[fOffered] = 1
	}
	if info.Role == NearRole && t.asksNearIn(r, r.clauseOf[m.start]) {
		o.f[fAskNear] = 1
	}
	if _, ordered := info.Type.(Comparer); ordered && (m.To != "" || r.bounded(m)) {
		o.f[fBound] = 1
	}
	if number, ok := info.Type.(*Number); ok && number.Unit != "" && m.Score < sure && o.f[fAsked] == 0 {
		o.f[fUnitless] = 1
	}
	_, yesNo := info.Type.(*YesNo)
	if yesNo && o.f[fAsked] == 0 {
		o.f[fUnasked] = 1
	}
	if _, listed := info.Type.(*Enum); listed {
		o.f[fListed] = m.Score
	}
	for _, k := range r.marksIn(m.start, m.start+1) {
		if k.start == m.start && k.end == m.end && k.cue != cueNone && !yesNo && o.f[fAsked] == 0 {
			o.f[fFunction] = 1
		}
	}
}

// asksAbout reports whether the clause asks if a thing has the value, rather
// than seeking things that have it: "does it have a pool?", 有会议室吗. There
// must be such a thing: talked about, wanted by name or named here.
func (t *Tracker) asksAbout(r *reading, s State, m *mention, info *slotInfo) bool {
	c := r.clauses[r.clauseOf[m.start]]
	if info.Names || info.Role != NoRole || !c.has(cueQuestion) && !c.has(cueHave) || c.seeks() || c.has(cueCorrect) || c.has(cueSame) || c.has(cueDontCare) && r.cueBefore(m.start, 4, cueNot) || r.which || r.bounded(m) && !r.points {
		return false
	}
	for _, k := range r.clauseMarks(m.start) {
		if k.service-1 == info.service && k.start >= m.end {
			return false // "a hotel with a pool?": the thing itself is sought
		}
	}
	for _, f := range s.Focus {
		if t.serviceIndex(f.Slot) == info.service {
			return true
		}
	}
	if r.points && slices.ContainsFunc(s.Offered, func(c Choice) bool { return t.serviceIndex(c.Slot) == info.service }) {
		return true
	}
	for i := range t.slots {
		names := &t.slots[i]
		if !names.Names || names.service != info.service {
			continue
		}
		if s.Filled(names.full) || slices.ContainsFunc(r.mentions, func(m mention) bool { return m.typ == names.typ && m.Score >= sure }) {
			return true
		}
	}
	return false
}

// bounded reports whether a cue makes a bound of the mention.
func (r *reading) bounded(m *mention) bool {
	for _, c := range valueCues {
		if r.cueAfter(m.end, 1, c.cue) || r.cueBefore(m.start, 4, c.cue) {
			return true
		}
	}
	return r.cueAfter(m.end, 0, cueOdd)
}

// takers reports whether a single slot of the open services takes the type, and
// which is the first of them that holds nothing yet, -1 for none.
func (x *ranker) takers(typ int) (only bool, first int) {
	n := 0
	first = -1
	for _, slot := range x.t.takers[typ] {
		if len(x.turn.Services) > 0 && !x.fillable(slot) {
			continue
		}
		n++
		if first < 0 && !x.s.Filled(x.t.slots[slot].full) {
			first = slot
		}
	}
	return n == 1, first
}

// askedFreely reports whether the bot asked for free text, which may hold
// anything: the number of a house is no number of guests.
func (x *ranker) askedFreely() bool {
	for i := range x.on {
		if x.t.slots[i].free && (x.on[i].asked || x.on[i].confirmed) {
			return true
		}
	}
	return false
}

// askedSibling reports whether the bot asked for another slot of the same type.
func (x *ranker) askedSibling(slot int) bool {
	for _, other := range x.t.takers[x.t.slots[slot].typ] {
		if other != slot && (x.on[other].asked || x.on[other].confirmed) {
			return true
		}
	}
	return false
}

// roleCues are the cues that mark each role, by where they stand.
var roleCues = map[Role]cue{FromRole: cueFrom, ToRole: cueTo, NearRole: cueNear, InRole: cueIn, Start: cueStart, End: cueEnd}
