package dst

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// openService opens the service that the message speaks of, where it is not
// the one talked about already.
func (u *understanding) openService(gs []given) {
	if len(u.t.schema.Services) == 1 {
		return
	}
	target := u.target(gs)
	if target < 0 || target == u.t.activeService(u.s, u.turn) || !u.turn.open(u.t.schema.Services[target].Name) {
		return
	}
	e := Evidence{Source: Span}
	for _, k := range u.r.marks {
		if k.service-1 == target {
			e = u.span(k.start, k.end)
		}
	}
	u.decide(Decision{Act: Act{Kind: Want, Slot: u.t.schema.Services[target].Name}, P: 0.9, Evidence: e})
}

// target is the service that the message is about: that of the last clause
// that speaks of one, or else of the last value it gives; -1 where nothing
// says so.
func (u *understanding) target(gs []given) int {
	for i := len(u.r.clauses) - 1; i >= 0; i-- {
		if s := u.r.clauses[i].service; s >= 0 {
			return s
		}
	}
	if len(gs) == 0 {
		return -1
	}
	return u.t.slots[gs[len(gs)-1].slot].service
}

// newSearch drops what was wanted of a service when the user, having been
// given a thing there, asks for one anew: "I also need a hotel under 300".
func (u *understanding) newSearch(gs []given) {
	for service := range u.t.schema.Services {
		d, ok := u.searchesAnew(gs, service)
		if !ok {
			continue
		}
		for i := range u.t.slots {
			info := &u.t.slots[i]
			_, focused := u.s.Focused(info.full)
			if info.service == service && (focused || u.s.Filled(info.full)) {
				d.Act = Act{Kind: Forget, Slot: info.full}
				u.decide(d)
			}
		}
	}
}

// searchesAnew weighs whether the message opens a fresh search in the service.
func (u *understanding) searchesAnew(gs []given, service int) (Decision, bool) {
	const bias, seek, another, indefinite, values, correct = -2.5, 1.2, 1.8, 1.2, 0.8, -2.5
	if !u.hasThing(service) {
		return Decision{}, false
	}
	score := bias
	e := Evidence{Source: Span}
	for i, c := range u.r.clauses {
		if c.service != service {
			continue
		}
		around := u.r.clauses[max(0, i-1):min(len(u.r.clauses), i+2)]
		if slices.ContainsFunc(around, clause.seeks) {
			score += seek
		}
		for _, w := range []struct {
			cue    cue
			weight float64
		}{{cueAnother, another}, {cueCorrect, correct}, {cueOne, indefinite}} {
			if slices.ContainsFunc(around, func(c clause) bool { return c.has(w.cue) }) {
				score += w.weight
			}
		}
		for _, k := range u.r.marks {
			if k.service-1 == service {
				e = u.span(k.start, k.end)
			}
		}
		break
	}
	n := 0
	for _, g := range gs {
		if u.t.slots[g.slot].service == service && g.op != Ne && !u.t.slots[g.slot].Names {
			n++
		}
	}
	score += values * float64(min(n, 2))
	if n == 0 || score <= 0 {
		return Decision{}, false
	}
	return Decision{P: 1 / (1 + math.Exp(-score)), Evidence: e, Reasons: []Reason{{"a new search", math.Round(score*10) / 10}}}, true
}

// hasThing reports whether the conversation has come to a thing of the service.
func (u *understanding) hasThing(service int) bool {
	is := func(c Choice) bool { return u.t.serviceIndex(c.Slot) == service }
	return slices.ContainsFunc(u.s.Focus, is) || slices.ContainsFunc(u.s.Offered, is)
}

// informs turns the given mentions into acts.
func (u *understanding) informs(gs []given) {
	soft := u.softCues(gs)
	said := map[int]int{} // slot -> index of the last mention that set it
	for i, g := range gs {
		m, info := &u.r.mentions[g.mention], &u.t.slots[g.slot]
		op := g.op
		if last, again := said[g.slot]; op == Eq && m.To == "" && u.joins(info, g, gs, last, again) {
			op = Add
		}
		said[g.slot] = i
		d := Decision{P: g.p, Alternatives: g.alternatives, Reasons: u.why(&g.option), Evidence: u.span(g.start, g.end)}
		if info.Names && op != Ne {
			u.name(info, m, d)
			continue
		}
		kind := Inform
		if !info.Names && u.softened(soft, &g) {
			kind = Prefer
		}
		if m.To != "" && op != Ne {
			d.Act = Act{kind, info.full, Ge, m.Value}
			u.decideNew(d)
			d.Act = Act{kind, info.full, Le, m.To}
			u.decideNew(d)
			continue
		}
		if next, ok := nextRound(m.Value); ok && op != Ne && u.r.cueAfter(m.end, 0, cueOdd) {
			d.Act = Act{kind, info.full, Ge, m.Value}
			u.decideNew(d)
			d.Act = Act{kind, info.full, Lt, next}
			u.decideNew(d)
			continue
		}
		d.Act = Act{kind, info.full, op, m.Value}
		if op == Eq && info.Multi && len(u.s.Of(info.full)) > 1 {
			u.decide(d) // a correction leaves this value alone of several
			continue
		}
		u.decideNew(d)
	}
}

// nextRound is the next number as round as the one given: 三千多 lies between
// 3000 and 4000, 1500多 between 1500 and 1600.
func nextRound(value string) (string, bool) {
	n, unit, found := strings.Cut(value, " ")
	x, err := strconv.ParseInt(n, 10, 64)
	if err != nil || x <= 0 || x%10 != 0 || x > 1e15 {
		return "", false
	}
	step := int64(1)
	for x%(step*10) == 0 {
		step *= 10
	}
	n = strconv.FormatInt(x+step, 10)
	if found {
		n += " " + unit
	}
	return n, true
}

// joins reports whether a value joins what the slot holds instead of replacing
// it: that of an earlier mention in the message, last, or of an earlier turn.
func (u *understanding) joins(info *slotInfo, g given, gs []given, last int, again bool) bool {
	switch {
	case info.Names:
		return false
	case !again:
		return info.Multi && u.extends(info)
	case gs[last].op == Ne || gs[last].op == Remove:
		return true // "not Lenovo, Asus"
	}
	return gs[last].op == Eq && (info.Multi || u.coordinated(gs[last], g)) // a second value without "or" corrects the first
}

// coordinated reports whether two mentions of a slot are one wish.
func (u *understanding) coordinated(a, b given) bool {
	i, j := u.r.mentions[a.mention].end, u.r.mentions[b.mention].start
	for c := u.r.clauseOf[i-1]; c <= u.r.clauseOf[j]; c++ {
		if u.r.clauses[c].has(cueCorrect) {
			return false
		}
	}
	return u.joined(i, j)
}

// extends reports whether further values join those that a Multi slot holds:
// so they do unless the user corrects.
func (u *understanding) extends(info *slotInfo) bool {
	for _, c := range u.r.clauses {
		if c.has(cueCorrect) {
			return false
		}
	}
	return u.s.Filled(info.full)
}

// name handles a thing called by its name: of what was offered it is a choice,
// otherwise a wish; either way it is what is talked about now.
func (u *understanding) name(info *slotInfo, m *mention, d Decision) {
	choice := Choice{info.full, m.Value}
	if !slices.Contains(u.s.Offered, choice) && !slices.Contains(u.s.Focus, choice) {
		d.Act = Act{Inform, info.full, Eq, m.Value}
		u.decideNew(d)
	} else if old, filled := u.s.Get(info.full); filled && old != m.Value {
		d.Act = Act{Inform, info.full, Eq, m.Value}
		u.decideNew(d)
	}
	d.Act = Act{Select, info.full, Eq, m.Value}
	u.decide(d)
}

// decideNew decides unless the state holds the very constraint: then its older
// evidence stands, also where only now it must hold, or need not.
func (u *understanding) decideNew(d Decision) {
	for _, c := range u.s.Of(d.Act.Slot) {
		if c.Value != d.Act.Value || c.Op != d.Act.Op && (c.Op != Eq || d.Act.Op != Add) {
			continue
		}
		if c.Soft != (d.Act.Kind == Prefer) {
			d.Evidence = c.Evidence
			u.decisions = append(u.decisions, d)
			u.s = u.s.apply(d.Act, d.Evidence)
		}
		return
	}
	u.decide(d)
}
