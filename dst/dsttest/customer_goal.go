package dsttest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/slotgraph/slotgraph/dst"
)

// A want is what a customer wishes of one slot.
type want struct {
	full   string
	move   string   // eq, ne, le, ge, range or around; lt and gt of critiques, which are never said
	values []string // canonical
}

// act is the want as the state should hold it, for transcripts.
func (w *want) act() dst.Act {
	ops := map[string]dst.Op{"eq": dst.Eq, "ne": dst.Ne, "le": dst.Le, "ge": dst.Ge, "range": dst.Ge, "around": dst.Around, "lt": dst.Lt, "gt": dst.Gt}
	return dst.Act{Kind: dst.Inform, Slot: w.full, Op: ops[w.move], Value: w.values[0]}
}

// meets reports whether a thing has what is wished for. Of several values one
// will do: a phone that comes in red and in black is not a red one only.
func (m *market) meets(t Thing, w *want) bool {
	has := t.Values[w.full]
	if w.move == "ne" {
		return len(has) == 0 || slices.ContainsFunc(has, func(v string) bool { return v != w.values[0] })
	}
	return slices.ContainsFunc(has, func(v string) bool {
		switch w.move {
		case "eq":
			return v == w.values[0] || m.compare(w.full, v, w.values[0]) == 0
		case "around":
			x, y := float(v), float(w.values[0])
			return x >= y*(1-m.opt.Tolerance) && x <= y*(1+m.opt.Tolerance)
		case "range":
			return m.compare(w.full, v, w.values[0]) >= 0 && m.compare(w.full, v, w.values[1]) <= 0
		}
		c := m.compare(w.full, v, w.values[0])
		return w.move == "le" && c <= 0 || w.move == "ge" && c >= 0 || w.move == "lt" && c < 0 || w.move == "gt" && c > 0
	})
}

// incomparable is the order of values that have none.
const incomparable = 2

func (m *market) compare(full, a, b string) int {
	if c, ok := m.slots[full].Type.(dst.Comparer); ok {
		if order, ok := c.Compare(a, b); ok {
			return order
		}
	}
	return incomparable
}

func float(s string) float64 {
	x, _ := strconv.ParseFloat(s, 64)
	return x
}

// fitting are the things that meet all wishes.
func (m *market) fitting(wants []*want) []Thing {
	var out []Thing
	for _, t := range m.opt.Things {
		if m.fits(t, wants) {
			out = append(out, t)
		}
	}
	return out
}

func (m *market) fits(t Thing, wants []*want) bool {
	return !slices.ContainsFunc(wants, func(w *want) bool { return !m.meets(t, w) })
}

// wantOf invents a wish of a slot that a thing meets; nil where nobody could say it.
func (m *market) wantOf(r *rand.Rand, t Thing, full, lang string) *want {
	values := m.sayable(t, full, lang)
	if len(values) == 0 {
		return nil
	}
	value := pick(r, values)
	if !m.ordered(full) {
		return &want{full, "eq", []string{value}}
	}
	_, money := base(m.slots[full].Type).(*dst.Money)
	switch roll := r.IntN(100); {
	case money && roll < 65 || !money && roll < 20:
		return &want{full, "le", []string{m.bound(r, full, value, true)}}
	case money && roll < 75 || !money && roll < 65:
		return &want{full, "ge", []string{m.bound(r, full, value, false)}}
	case money && roll < 90:
		return &want{full, "range", []string{m.bound(r, full, value, false), m.bound(r, full, value, true)}}
	case !money && roll < 90 && m.slots[full].Plain == "":
		return &want{full, "eq", []string{value}}
	}
	near := round(float(value), true)
	if near > float(value)*(1+m.opt.Tolerance/2) {
		return &want{full, "around", []string{value}}
	}
	return &want{full, "around", []string{m.valid(full, number(near), value)}}
}

// bound is a round number not below, or not above, a value.
func (m *market) bound(r *rand.Rand, full, value string, up bool) string {
	x, slack := float(value), r.Float64()*0.3
	if up {
		return m.valid(full, number(round(x*(1+slack), true)), value)
	}
	return m.valid(full, number(round(x*(1-slack), false)), value)
}

// valid is a number where the slot allows it, and otherwise the value.
func (m *market) valid(full, number, value string) string {
	if p, ok := m.slots[full].Type.(dst.Parser); ok {
		if v, ok := p.Parse(number, (&sampler{}).clock()); ok && float(v) > 0 {
			return v
		}
	}
	return value
}

// other is another wish of the same slot, one that somebody else might have,
// and which the target need not meet.
func (m *market) other(r *rand.Rand, w *want, kin []Thing, lang string) *want {
	for range 8 {
		n := m.wantOf(r, pick(r, kin), w.full, lang)
		if n != nil && n.move == w.move && !slices.Equal(n.values, w.values) {
			return n
		}
	}
	return nil
}

// wishable are the slots, other than required ones, that a customer who wants
// the thing could wish something of.
func (m *market) wishable(t Thing, lang string) []string {
	return slices.DeleteFunc(slices.Clone(m.order), func(full string) bool {
		slot := m.slots[full]
		return slot.Names || slot.RequestOnly || slot.Required || m.opt.Words[full].Never || len(m.sayable(t, full, lang)) == 0
	})
}

// A step is one thing that a customer does.
type step struct {
	does  string // tell, change, drop, any, less, more, another, compare, ask, whether, choose
	w     *want  // of tell, change and drop
	full  string // the slot asked about
	value string // of whether
}

// plan makes the customer's goal and what he will do.
func (c *customer) plan() {
	m, r := c.m, c.r
	target := pick(r, m.opt.Things)
	var kinds []*want
	for _, full := range m.order {
		if m.slots[full].Required {
			kinds = append(kinds, &want{full, "eq", []string{pick(r, m.sayable(target, full, c.lang))}})
		}
	}
	kin := m.fitting(kinds)
	slots := m.wishable(target, c.lang)
	r.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	if money := slices.IndexFunc(slots, func(full string) bool { _, is := base(m.slots[full].Type).(*dst.Money); return is }); money > 0 && r.IntN(2) == 0 {
		slots[0], slots[money] = slots[money], slots[0]
	}
	n := min(1+r.IntN(3), len(slots))
	for _, full := range slots[:n] {
		c.wish(target, kin, full)
	}
	c.waver(target, kin, slots[n:])
	for i := len(kinds) - 1; i >= 0; i-- {
		c.agenda = slices.Insert(c.agenda, 0, c.kindSteps(kinds[i], len(kinds) == 1)...)
	}
	c.browse()
}

// kindSteps tell what is looked for, now and then something else first.
func (c *customer) kindSteps(w *want, only bool) []step {
	domain := c.m.domain[w.full]
	if first := pick(c.r, domain); only && first != w.values[0] && c.r.IntN(12) == 0 && len(c.m.vocab[c.lang][w.full][first]) > 0 {
		c.alone = true
		return []step{{does: "tell", w: &want{w.full, "eq", []string{first}}}, {does: "change", w: w}}
	}
	return []step{{does: "tell", w: w}}
}

// wish puts a wish on the agenda, perhaps with another one before it.
func (c *customer) wish(target Thing, kin []Thing, full string) {
	final := c.m.wantOf(c.r, target, full, c.lang)
	first := final
	switch roll := c.r.IntN(100); {
	case roll < 35:
		first = c.m.other(c.r, final, kin, c.lang)
	case roll < 45 && c.m.deniable(full):
		if o := c.m.other(c.r, final, kin, c.lang); o != nil && !slices.Contains(target.Values[full], o.values[0]) {
			first, final = o, &want{full, "ne", o.values}
		}
	}
	if first == nil || first == final {
		c.agenda = append(c.agenda, step{does: "tell", w: final})
		return
	}
	c.agenda = append(c.agenda, step{does: "tell", w: first})
	c.later = append(c.later, step{does: "change", w: final})
}

// deniable reports whether customers say what they do not want of a slot: of
// things with one value, and of values that nothing else could be meant by.
func (m *market) deniable(full string) bool {
	return !m.ordered(full) && !m.slots[full].Multi && !slices.Contains(slices.Collect(maps.Values(m.alone[full])), false)
}

// waver adds wishes that are given up again, and values that are turned down.
func (c *customer) waver(target Thing, kin []Thing, slots []string) {
	for i, full := range slots[:min(2, len(slots))] {
		w := c.m.wantOf(c.r, pick(c.r, kin), full, c.lang)
		switch roll := c.r.IntN(100); {
		case w == nil:
		case roll < 30 || i == 0 && len(c.later) == 0:
			c.agenda = append(c.agenda, step{does: "tell", w: w})
			c.later = append(c.later, step{does: "drop", w: w})
		case roll < 45 && w.move == "eq" && c.m.deniable(full) && !slices.Contains(target.Values[full], w.values[0]):
			c.later = append(c.later, step{does: "tell", w: &want{full, "ne", w.values}})
		}
	}
	c.r.Shuffle(len(c.agenda), func(i, j int) { c.agenda[i], c.agenda[j] = c.agenda[j], c.agenda[i] })
	c.r.Shuffle(len(c.later), func(i, j int) { c.later[i], c.later[j] = c.later[j], c.later[i] })
	c.agenda = append(c.agenda, c.later...)
}

// browse ends the agenda with what is done with offers. One change of mind may
// come after the questions.
func (c *customer) browse() {
	do := func(share int, does string) {
		if c.r.IntN(100) < share {
			c.agenda = append(c.agenda, step{does: does})
		}
	}
	var last []step
	if n := len(c.agenda); len(c.later) > 0 && c.r.IntN(5) == 0 {
		last = []step{c.agenda[n-1]}
		c.agenda = c.agenda[:n-1]
	} else {
		do(25, "less")
		do(15, "more")
	}
	do(35, "another")
	do(25, "compare")
	do(100, "ask")
	do(40, "ask")
	do(35, "whether")
	c.agenda = append(append(c.agenda, last...), step{does: "choose"})
}
