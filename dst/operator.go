package dst

import "slices"

// valueCues are the cues that make an operator, by precedence.
var valueCues = []struct {
	cue cue
	op  Op
}{{cueLe, Le}, {cueGe, Ge}, {cueLt, Lt}, {cueGt, Gt}, {cueAround, Around}}

// opposites are what bounds mean that are refused: "can't spend more than 350".
var opposites = map[Op]Op{Gt: Le, Ge: Lt, Lt: Ge, Le: Gt}

// operator reads the cues around a mention. What follows the value is closer
// to it than what precedes it: 预算三千左右 is about 3000.
func (u *understanding) operator(m *mention, slot int) Op {
	info := &u.t.slots[slot]
	_, ordered := info.Type.(Comparer)
	if ordered && m.To == "" {
		if op := u.bound(m, info); op != "" {
			return op
		}
	}
	switch {
	case u.r.cueBefore(m.start, 2, cueDrop) && u.holds(slot, m.Value):
		return Remove
	case u.r.cueAfter(m.end, 1, cueNot), u.r.cueBefore(m.start, 4, cueNot), u.r.cueBefore(m.start, 0, cueNotHere), u.r.cueBefore(m.start, 2, cueDrop):
		return Ne
	case u.anyBut(m.start, slot):
		return Ne
	case ordered && info.Plain != "" && m.To == "":
		return info.Plain
	}
	return Eq
}

// bound reads a bound around a mention, "" where there is none.
func (u *understanding) bound(m *mention, info *slotInfo) Op {
	op := Op("")
	for _, c := range valueCues {
		if u.r.cueAfter(m.end, 1, c.cue) && !u.r.leadsTo(m.end, c.cue) {
			op = c.op
			break
		}
	}
	for _, c := range valueCues {
		if op == "" && u.r.cueBefore(m.start, 4, c.cue) {
			op = c.op
		}
	}
	if op == "" && isMoment(info) && !info.paired {
		switch {
		case u.r.cueAfter(m.end, 1, cueStart), u.r.cueBefore(m.start, 2, cueStart):
			op = Ge
		case u.r.cueAfter(m.end, 1, cueEnd), u.r.cueBefore(m.start, 2, cueEnd):
			op = Le
		}
	}
	if opposite, ok := opposites[op]; ok && u.r.refused(m) {
		return opposite
	}
	return op
}

// leadsTo reports whether the cue behind a value belongs to the next value:
// "under 9000 with at least 16 GB".
func (r *reading) leadsTo(end int, c cue) bool {
	for _, k := range r.marksIn(end, end+2) {
		if k.cue != c || k.side&before == 0 || k.start < end || k.start > end+1 {
			continue
		}
		for _, m := range r.mentionsIn(k.end, k.end+1) {
			if m.start == k.end && m.Score >= scoreWeak {
				return true
			}
		}
	}
	return false
}

// isMoment reports whether "after" and "before" bound the slot's values: dates
// and times, unless the slot itself is a start or an end.
func isMoment(info *slotInfo) bool {
	if info.Role == Start || info.Role == End {
		return false
	}
	switch info.Type.(type) {
	case *Date, *Clock:
		return true
	}
	return false
}

// refused reports whether the bound at the mention is refused: by a "can't"
// before it, or by a "no" at the end of its clause, 超过三百就不要了.
func (r *reading) refused(m *mention) bool {
	for _, k := range r.clauseMarks(m.start) {
		switch {
		case k.cue == cueCannot && k.end <= m.start && k.end >= m.start-8,
			k.cue == cueNot && k.side&after != 0 && k.start >= m.end && k.start <= m.end+4 && r.atClauseEnd(k.end):
			return true
		}
	}
	return false
}

// heldBound is the operator of the one bound that the slot holds, or that the
// bot asked to confirm, which a
// corrected number keeps: "at most 3000 … make that 4000". It is op otherwise.
func (u *understanding) heldBound(slot int, op Op) Op {
	for _, a := range u.s.System {
		if a.Kind == Confirm && a.Slot == u.t.slots[slot].full && (isLower(a.Op) || isUpper(a.Op) || a.Op == Around) {
			return a.Op // "at most 6000?" "no, 7000"
		}
	}
	held := u.s.Of(u.t.slots[slot].full)
	if len(held) == 1 && (isLower(held[0].Op) || isUpper(held[0].Op) || held[0].Op == Around) {
		return held[0].Op
	}
	return op
}

// holds reports whether the slot has the value now.
func (u *understanding) holds(slot int, value string) bool {
	return slices.ContainsFunc(u.s.Of(u.t.slots[slot].full), func(c Constraint) bool { return c.Op == Eq && c.Value == value })
}

// inheritNegation carries "not" over a list: "not Lenovo or Asus", 不要联想和华硕.
func (u *understanding) inheritNegation(gs []given) {
	for i := 1; i < len(gs); i++ {
		a, b := &u.r.mentions[gs[i-1].mention], &u.r.mentions[gs[i].mention]
		if gs[i-1].op == Ne && gs[i].op == Eq && gs[i-1].slot == gs[i].slot && u.listed(a.end, b.start) {
			gs[i].op = Ne
		}
	}
}

// listed reports whether "or", "and" or 、 and nothing else lies in [i, j): "not
// red, blue" corrects where "not red or blue" goes on.
func (u *understanding) listed(i, j int) bool {
	for k := i; k < j; k++ {
		ok := u.r.text.Raw[u.r.tokens[k].Start:u.r.tokens[k].End] == "、"
		for _, m := range u.r.marksIn(k, k+1) {
			ok = ok || m.start <= k && k < m.end && (m.cue == cueOr || m.cue == cueAnd) && u.r.tokens[k].Text != ","
		}
		if !ok {
			return false
		}
	}
	return i < j
}

// joined reports whether nothing but "or", "and" and commas lies in [i, j), and
// words that change nothing between them. Words of that sort alone join
// nothing.
func (u *understanding) joined(i, j int) bool {
	joins := i == j
	for k := i; k < j; k++ {
		ok := u.r.tokens[k].Text == ","
		joins = joins || ok
		for _, m := range u.r.marksIn(k, k+1) {
			if m.start > k || k >= m.end {
				continue
			}
			switch m.cue {
			case cueOr, cueAnd, cueAlso:
				ok, joins = true, true
			case cueFill, cueOne:
				ok = true
			}
		}
		if !ok {
			return false
		}
	}
	return joins
}

// anyBut reports whether the tokens before i say "any colour but", with a word
// of the slot.
func (u *understanding) anyBut(i, slot int) bool {
	for i > 0 && (u.r.tokens[i-1].Text == "a" || u.r.tokens[i-1].Text == "the") {
		i--
	}
	if i < 3 || u.r.tokens[i-1].Text != "but" && u.r.tokens[i-1].Text != "besides" {
		return false
	}
	for _, k := range u.r.marksIn(i-2, i-1) {
		if k.slot-1 == slot && k.end == i-1 && k.start > 0 && slices.Contains([]string{"any", "every", "all"}, u.r.tokens[k.start-1].Text) {
			return true
		}
	}
	return false
}
