package dst

import (
	"math"
	"slices"
)

// A feature is one reason for or against giving a span to a slot. Features are
// relative to the schema: none names a slot, a service or a value, so that
// their weights serve any schema.
type feature uint8

const (
	fBias          feature = iota
	fScore                 // 1 - how sure the type is
	fLength                // tokens of the span beyond the first, damped
	fWordAt                // a word of the slot stands right beside the span
	fWordClause            // a word of the slot stands in the clause
	fOtherWord             // a word of another slot that takes the type stands right beside it
	fAsked                 // the bot just asked for the slot
	fAskedOther            // the bot just asked for another slot that takes the type
	fServiceClause         // the clause speaks of the slot's service
	fServiceBefore         // the clause speaks of none, the one before speaks of the slot's
	fServiceAfter          // the clause speaks of none, the one after speaks of the slot's
	fServiceActive         // the message speaks of none, the conversation is about the slot's
	fServiceOther          // the span is rather about another service
	fRole                  // a cue of the slot's role marks the span
	fNoRole                // the slot has a role and no cue marks the span
	fOtherRole             // a cue of a role that is not the slot's marks the span
	fName                  // the slot names the service's own things
	fNear                  // the span only says what is nearby, and the slot has no such role
	fOnlyTaker             // no other slot takes the type
	fFilled                // the slot already holds the value
	fAsk                   // the clause asks about the slot rather than setting it
	fOffered               // the value was just offered or is talked about
	fBound                 // a bound or a range on a type with an order
	fUnitless              // a bare number where the slot's values have a unit
	fFunction              // the words are also a cue
	fListed                // a value of a closed list, word for word
	fCorrects              // the message corrects, and the slot holds another value
	fUnasked               // a bare yes or no that answers no question about the slot
	features
)

var featureNames = [features]string{
	"bias", "unsure match", "longer span", "slot word beside it", "slot word in the clause", "another slot's word beside it",
	"slot was asked for", "another slot was asked for", "service named in the clause", "service named before",
	"service named after", "service is the active one", "about another service", "role cue", "no role cue", "cue of another role",
	"names the thing itself", "says what is nearby", "only slot of the type", "already so", "asked about", "was offered",
	"a bound or range", "number without its unit", "also a function word", "listed value", "corrects the slot", "answers no question",
}

// weights are set by hand; keeping the slot as it is scores 0.
var weights = [features]float64{
	fBias: -0.5, fScore: -2.5, fLength: 0.3, fWordAt: 3, fWordClause: 1.2, fOtherWord: -3, fAsked: 3, fAskedOther: -2,
	fServiceClause: 2.5, fServiceBefore: 1.8, fServiceAfter: 1.5, fServiceActive: 1.6, fServiceOther: -3.5,
	fRole: 3, fNoRole: -2.5, fOtherRole: -3, fName: 0.8, fNear: -3, fOnlyTaker: 1, fFilled: 0.2, fAsk: -12, fOffered: 2.5, fBound: 2, fUnitless: -2.5, fFunction: -4, fListed: 0.7, fCorrects: 2, fUnasked: -8,
}

// An option is one way to read a span: as a value of a slot.
type option struct {
	slot    int
	mention int // index into reading.mentions, -1 for a value that no words stand for
	f       [features]float64
	score   float64
}

func (o *option) rate() {
	o.score = 0
	for i, x := range o.f {
		o.score += x * weights[i]
	}
}

// options lists every way to give the mentions of r to slots.
func (t *Tracker) options(r *reading, s State, turn Turn) []option {
	var out []option
	asked := askedSlots(s.System)
	active := t.activeService(s, turn)
	for i := range r.mentions {
		takers := t.takers[r.mentions[i].typ]
		for _, slot := range takers {
			info := &t.slots[slot]
			if info.RequestOnly || !turn.open(t.schema.Services[info.service].Name) {
				continue
			}
			o := option{slot: slot, mention: i}
			t.describe(&o, r, s, asked, active, len(takers))
			o.rate()
			out = append(out, o)
		}
	}
	return out
}

func askedSlots(system []Act) map[string]bool {
	asked := map[string]bool{}
	for _, a := range system {
		if a.Kind == Ask || a.Kind == Confirm {
			asked[a.Slot] = true
		}
	}
	return asked
}

// describe sets the features of o.
func (t *Tracker) describe(o *option, r *reading, s State, asked map[string]bool, active, takers int) {
	m, info := &r.mentions[o.mention], &t.slots[o.slot]
	o.f[fBias] = 1
	o.f[fScore] = 1 - m.Score
	o.f[fLength] = math.Log(float64(m.end - m.start))
	if takers == 1 {
		o.f[fOnlyTaker] = 1
	}
	if info.Names {
		o.f[fName] = 1
	}
	switch {
	case asked[info.full]:
		o.f[fAsked] = 1
	case t.askedSibling(o.slot, asked):
		o.f[fAskedOther] = 1
	}
	for _, c := range s.Of(info.full) {
		if c.Value == m.Value {
			o.f[fFilled] = 1
		} else if c.Op != Ne && r.clauses[r.clauseOf[m.start]].has(cueCorrect) {
			o.f[fCorrects] = 1
		}
	}
	if c := (Choice{info.full, m.Value}); slices.Contains(s.Focus, c) || slices.Contains(s.Offered, c) {
		o.f[fOffered] = 1
	}
	if t.asksAbout(r, s, m, info) {
		o.f[fAsk] = 1
	}
	if _, ordered := info.Type.(Comparer); ordered && (m.To != "" || r.bounded(m)) {
		o.f[fBound] = 1
	}
	if number, ok := info.Type.(*Number); ok && number.Unit != "" && m.Score < sure {
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
		if k.start == m.start && k.end == m.end && k.cue != cueNone && !yesNo {
			o.f[fFunction] = 1
		}
	}
	t.describeWords(o, r, m)
	t.describeService(o, r, m, active)
	t.describeRole(o, r, m)
}

// asksAbout reports whether the clause asks if a thing has the value, rather
// than seeking things that have it: "does it have a pool?", 有会议室吗. There
// must be such a thing: talked about, wanted by name or named here.
func (t *Tracker) asksAbout(r *reading, s State, m *mention, info *slotInfo) bool {
	c := r.clauses[r.clauseOf[m.start]]
	if info.Role == NearRole {
		return t.asksNearIn(r, r.clauseOf[m.start])
	}
	if info.Names || info.Role != NoRole || !c.has(cueQuestion) && !c.has(cueHave) || c.seeks() || r.which() {
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

// which reports whether the message seeks among things: "which of them".
func (r *reading) which() bool {
	return slices.ContainsFunc(r.clauses, func(c clause) bool { return c.has(cueWhich) || c.has(cueAmong) })
}

// bounded reports whether a cue makes a bound of the mention.
func (r *reading) bounded(m *mention) bool {
	for _, c := range valueCues {
		if c.cue != cueNot && (r.cueAfter(m.end, 1, c.cue) || r.cueBefore(m.start, 4, c.cue)) {
			return true
		}
	}
	return false
}

// askedSibling reports whether the bot asked for another slot of the same type.
func (t *Tracker) askedSibling(slot int, asked map[string]bool) bool {
	for _, other := range t.takers[t.slots[slot].typ] {
		if other != slot && asked[t.slots[other].full] {
			return true
		}
	}
	return false
}

// describeWords looks at the slot words around the mention.
func (t *Tracker) describeWords(o *option, r *reading, m *mention) {
	info := &t.slots[o.slot]
	beside, besideOther := false, false
	for _, k := range r.clauseMarks(m.start) {
		if k.slot == 0 {
			continue
		}
		word := &t.slots[k.slot-1]
		at := k.end <= m.start && r.near(k.end, m.start) || k.start >= m.end && k.start <= m.end+1
		switch {
		case slices.Contains(info.words, k.slot-1):
			o.f[fWordClause] = 1
			beside = beside || at
		case word.typ == info.typ || len(t.takers[m.typ]) > 1 && t.takes(k.slot-1, m.typ):
			besideOther = besideOther || at
		}
	}
	switch {
	case beside:
		o.f[fWordAt] = 1
	case besideOther:
		o.f[fOtherWord] = 1
	}
}

// near reports whether at most a few tokens lie between i and j, and no
// mention: "价格最好是在 300", "price of at most 300".
func (r *reading) near(i, j int) bool {
	if j-i > 6 {
		return false
	}
	for _, m := range r.mentionsIn(i, j) {
		if m.Score >= sure && i <= m.start && m.end <= j && m.start < j {
			return false
		}
	}
	return true
}

// describeService says how the mention's surroundings point to the slot's service.
func (t *Tracker) describeService(o *option, r *reading, m *mention, active int) {
	own := t.slots[o.slot].service
	if len(t.schema.Services) == 1 {
		return
	}
	c := r.clauseOf[m.start]
	before, after := -1, -1
	for i := c - 1; i >= 0 && before < 0; i-- {
		before = r.clauses[i].service
	}
	for i := c + 1; i < len(r.clauses) && after < 0; i++ {
		after = r.clauses[i].service
	}
	pointed := r.clauses[c].service
	if t.slots[o.slot].Names && pointed < 0 {
		return // a name points to its service by itself
	}
	switch {
	case pointed == own:
		o.f[fServiceClause] = 1
	case pointed >= 0:
		o.f[fServiceOther] = 1
	case before == own:
		o.f[fServiceBefore] = 1
	case after == own && before < 0:
		o.f[fServiceAfter] = 1
	case before >= 0 || after >= 0:
		o.f[fServiceOther] = 1
	case active == own:
		o.f[fServiceActive] = 1
	case active >= 0:
		o.f[fServiceOther] = 0.5
	}
}

// roleCues are the cues that mark each role, by where they stand.
var roleCues = map[Role]cue{FromRole: cueFrom, ToRole: cueTo, NearRole: cueNear, Start: cueStart, End: cueEnd}

// describeRole compares the cues around the mention with the slot's role.
func (t *Tracker) describeRole(o *option, r *reading, m *mention) {
	info := &t.slots[o.slot]
	near := r.nearMarked(m.start, m.end)
	if near && info.Role != NearRole && t.hasNear && !(info.Names && t.asksNearIn(r, r.clauseOf[m.start])) {
		if _, ordered := info.Type.(Comparer); !ordered {
			o.f[fNear] = 1
		}
	}
	if info.Role == NoRole {
		return
	}
	switch {
	case r.marked(m, roleCues[info.Role]):
		o.f[fRole] = 1
	default:
		o.f[fNoRole] = 1
		for role, k := range roleCues {
			if role != info.Role && t.hasRole(m.typ, role) && r.marked(m, k) {
				o.f[fOtherRole] = 1
			}
		}
	}
}

func (r *reading) marked(m *mention, k cue) bool {
	return r.cueBefore(m.start, 2, k) || r.cueAfter(m.end, 1, k)
}

// hasRole reports whether a slot that takes the type has the role.
func (t *Tracker) hasRole(typ int, role Role) bool {
	for _, slot := range t.takers[typ] {
		if t.slots[slot].Role == role {
			return true
		}
	}
	return false
}

func (t *Tracker) takes(slot, typ int) bool {
	for _, s := range t.takers[typ] {
		if s == slot {
			return true
		}
	}
	return false
}
