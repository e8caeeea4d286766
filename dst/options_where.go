package dst

// The rules' features of where a span stands: beside the slot's words, in a
// clause about its service, marked by the cue of its role.

import (
	"slices"
)

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
		case word.typ == info.typ || len(t.takers[m.typ]) > 1 && slices.Contains(t.takers[m.typ], k.slot-1):
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

// describeService says how the mention's surroundings point to the slot's service.
func (t *Tracker) describeService(o *option, r *reading, m *mention, active int) {
	own := t.slots[o.slot].service
	if len(t.schema.Services) == 1 {
		return
	}
	c := r.clauses[r.clauseOf[m.start]]
	pointed, before, after := c.service, -1, -1
	if c.last >= 0 {
		before = r.clauses[c.last].service
	}
	if c.next >= 0 {
		after = r.clauses[c.next].service
	}
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
	case t.roleMarked(r, m, info.Role), info.Role == FromRole && r.leadsOn(m):
		o.f[fRole] = 1
	default:
		o.f[fNoRole] = 1
		for role, k := range roleCues {
			if role != info.Role && t.hasRole(m.typ, role) && r.marked(m.start, m.end, k) {
				o.f[fOtherRole] = 1
			}
		}
	}
}

// marked reports whether a cue of the kind stands before the tokens or behind them.
func (r *reading) marked(start, end int, k cue) bool {
	return r.cueBefore(start, 2, k) || r.cueAfter(end, 1, k)
}

// leadsOn reports whether the mention is the first of two that "to" joins:
// "Beijing to Shanghai", 上海飞伦敦.
func (r *reading) leadsOn(m *mention) bool {
	for _, k := range r.marksIn(m.end, m.end+1) {
		if k.cue != cueTo || k.start != m.end {
			continue
		}
		for _, n := range r.mentionsIn(k.end, k.end+1) {
			if n.start == k.end && n.typ == m.typ {
				return true
			}
		}
	}
	return false
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
