package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// seekKinds makes wishes of the kinds in a message that seem to be asked
// about: nobody asks whether a thing is a phone, and "is there a charger for
// it?" looks for one.
func (t *turn) seekKinds() {
	for i, d := range t.decisions {
		x := t.c.slots[d.Act.Slot]
		if x == nil || x.service.kindly != x || d.Act.Kind != dst.Request || d.Act.Op != dst.Eq || t.overlapped(i) {
			continue
		}
		t.decisions[i].Act.Kind = dst.Inform
		t.s = t.s.Apply(t.decisions[i].Act)
	}
}

// ruleKinds sees to messages that say what kind of thing is sought: a thing of
// another kind in them is not sought itself but what the sought one is for,
// and a kind that has nothing to do with that sought before begins a new
// search.
func (t *turn) ruleKinds() (bool, error) {
	if t.helped {
		return false, nil
	}
	t.seekKinds()
	for _, sv := range t.c.services {
		kind, ok := t.soughtKind(sv)
		if !ok && sv.binding != nil {
			kind, ok = t.keptKind(sv)
		}
		if !ok || sv.binding == nil {
			if err := t.otherKind(sv); err != nil {
				return false, err
			}
			continue
		}
		if err := t.relate(sv, kind); err != nil {
			return false, err
		}
		if kind, ok = t.soughtKind(sv); !ok {
			continue
		}
		if err := t.searchAnew(sv, kind); err != nil {
			return false, err
		}
	}
	return false, nil
}

// soughtKind is the kind of things that the message says are sought, be it the
// one sought before.
func (t *turn) soughtKind(sv *service) (dst.Act, bool) {
	if sv.kindly == nil {
		return dst.Act{}, false
	}
	for _, d := range t.decisions {
		if a := d.Act; a.Slot == sv.kindly.full && a.Kind == dst.Inform && a.Op == dst.Eq && a.Value != dst.DontCare {
			return a, true
		}
	}
	value, ok := t.s.Get(sv.kindly.full)
	ok = ok && slices.ContainsFunc(sv.kindly.Type.Find(dst.NewText(clipped(t.text), t.c.cfg.Now())), func(m dst.Mention) bool {
		return m.Value == value && m.Score >= wholeName
	})
	return dst.Act{Kind: dst.Inform, Slot: sv.kindly.full, Op: dst.Eq, Value: value}, ok
}

// searchAnew forgets the wishes of earlier turns where nothing is both of the
// kind sought then and of that sought now; from accessories to chargers is no
// new search.
func (t *turn) searchAnew(sv *service, kind dst.Act) error {
	var old []dst.Constraint
	for _, k := range t.before.Of(sv.kindly.full) {
		if k.Op == dst.Eq && k.Value != dst.DontCare {
			old = append(old, k)
		}
	}
	if old == nil {
		value, ok, err := t.impliedKind(sv, t.before)
		if !ok || err != nil {
			return err
		}
		old = []dst.Constraint{{Slot: sv.kindly.full, Op: dst.Eq, Value: value}}
	}
	now := t.c.wish(sv.kindly, []dst.Constraint{{Slot: sv.kindly.full, Op: dst.Eq, Value: kind.Value}})
	n, err := t.c.count(t.ctx, sv, []wish{now, t.c.wish(sv.kindly, old)})
	if n > 0 || err != nil {
		return err
	}
	t.forgetEarlier(func(x *slot) bool { return x.service == sv && x != sv.kindly })
	return nil
}

// forgetEarlier drops what earlier turns said of slots and asked for them.
func (t *turn) forgetEarlier(of func(*slot) bool) {
	stale := func(slot string) bool {
		x := t.c.slots[slot]
		return x != nil && of(x)
	}
	t.s.Constraints = slices.DeleteFunc(slices.Clone(t.s.Constraints), func(k dst.Constraint) bool { return stale(k.Slot) && k.Evidence.Turn < t.s.Turn })
	t.s.Asked = slices.DeleteFunc(slices.Clone(t.s.Asked), stale)
}

// otherKind forgets the search under way where the message describes a thing by
// its name that is of another kind.
func (t *turn) otherKind(sv *service) error {
	value, named := t.selected(sv)
	if sv.kindly == nil || sv.binding == nil || !named || len(t.wished(sv)) == 0 {
		return nil
	}
	for _, w := range t.c.wishes(t.s, sv) {
		if w.slot != sv.kindly {
			continue
		}
		n, err := t.c.cfg.Graph.Count(t.ctx, kg.Query{IDs: sv.names.things(value), Where: w.where})
		if err != nil {
			return err
		}
		if n == 0 {
			t.forgetEarlier(func(x *slot) bool { return x.service == sv })
		}
	}
	return nil
}

// impliedKind is the kind that all things have which meet what must be equal,
// as a series of phones implies that phones are sought.
func (t *turn) impliedKind(sv *service, s dst.State) (string, bool, error) {
	var wishes []wish
	for _, w := range t.c.wishes(s, sv) {
		if w.slot != sv.kindly && !slices.ContainsFunc(w.constraints, func(k dst.Constraint) bool { return k.Op != dst.Eq }) {
			wishes = append(wishes, w)
		}
	}
	if sv.kindly == nil || len(wishes) == 0 {
		return "", false, nil
	}
	q, _ := sv.query(wishes)
	n, err := t.c.cfg.Graph.Count(t.ctx, q)
	if err != nil || n == 0 {
		return "", false, err
	}
	facets, err := t.c.cfg.Graph.Facets(t.ctx, q, sv.kindly.path)
	if err != nil || len(facets) == 0 || facets[0].Count < n {
		return "", false, err
	}
	return t.c.slotValue(sv.kindly, facets[0].Value), true, nil
}

// relate finds what the message names beside the kind that is sought.
func (t *turn) relate(sv *service, kind dst.Act) error {
	value, at := "", -1
	if sv.named == nil {
		return nil
	}
	for i, d := range t.decisions {
		if d.Act.Slot == sv.named.full && d.Act.Op == dst.Eq && (d.Act.Kind == dst.Select || d.Act.Kind == dst.Inform) {
			value, at = d.Act.Value, i
		}
	}
	if at < 0 && containsAny(" "+text.Fold(t.text), forIt) {
		value, _ = t.before.Focused(sv.named.full)
	}
	ids := sv.names.things(value)
	if len(ids) == 0 {
		return nil
	}
	wished := t.c.wish(sv.kindly, []dst.Constraint{{Slot: sv.kindly.full, Op: dst.Eq, Value: kind.Value}})
	q, _ := sv.query([]wish{wished})
	of := q
	of.IDs = ids
	if n, err := t.c.cfg.Graph.Count(t.ctx, of); n > 0 || err != nil {
		return err
	}
	for _, try := range []func(*slot, kg.Query, []string) (bool, error){t.refersTo, t.leadsTo} {
		for _, x := range sv.slots {
			if len(x.hops) != 1 || x.via != nil || x.Names {
				continue
			}
			if ok, err := try(x, q, ids); ok || err != nil {
				if ok {
					t.rather(sv, at, x, ids)
				}
				return err
			}
		}
	}
	return nil
}

// forIt are words that make the thing in focus what the sought one is for.
var forIt = []string{" for it", " for this", " for that", " fit it", " fits it", " with it", " goes with", " go with", "给它", "给这", "配什么", "配个", "配一个", "搭配", "给那", "配它", "它的", "它用", "它能用"}

// refersTo reports whether things of a query refer to things of the service
// under a slot, as a charger to what it charges.
func (t *turn) refersTo(x *slot, q kg.Query, _ []string) (bool, error) {
	if !t.c.refersToThings(x) {
		return false, nil
	}
	q.Where = append(slices.Clone(q.Where), kg.Condition{Predicate: x.path, Op: kg.Has})
	n, err := t.c.cfg.Graph.Count(t.ctx, q)
	return n > 0, err
}

// leadsTo reports whether all that things have under a slot that is only asked
// about is found by the query, as their accessories where those are sought.
func (t *turn) leadsTo(x *slot, q kg.Query, ids []string) (bool, error) {
	if !x.RequestOnly {
		return false, nil
	}
	q.IDs = []string{}
	for _, id := range ids {
		ends, err := t.c.walk(t.ctx, id, x.hops, t.lang)
		if err != nil {
			return false, err
		}
		for _, e := range ends {
			if to, ok := e.value.ID(); ok && !slices.Contains(q.IDs, to) {
				q.IDs = append(q.IDs, to)
			}
		}
	}
	n, err := t.c.cfg.Graph.Count(t.ctx, q)
	return n > 0 && n == len(q.IDs), err
}

// refersToThings reports whether the values of a slot are things that its
// service names, as what an accessory is for.
func (c *core) refersToThings(x *slot) bool {
	if x.domain == nil || x.Names || x.RequestOnly || len(x.domain.toSlot) == 0 || x.service.names == nil {
		return false
	}
	for v := range x.domain.toSlot {
		if id, ok := v.ID(); !ok || x.service.names.value[id] == "" {
			return false
		}
	}
	return true
}

// rather reads a name, decision at or the thing in focus where at is -1, as
// what the sought thing is for.
func (t *turn) rather(sv *service, at int, x *slot, ids []string) {
	e := dst.Evidence{Turn: t.s.Turn, Source: dst.Carry, From: sv.named.full}
	if at >= 0 {
		e = t.decisions[at].Evidence
	}
	if x.RequestOnly { // what is sought is asked of the thing
		t.forget(sv.kindly)
		for _, k := range t.before.Of(sv.kindly.full) {
			t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: k.Slot, Op: k.Op, Value: k.Value})
		}
		t.decisions = append(t.decisions, dst.Decision{Act: dst.Act{Kind: dst.Request, Slot: x.full}, Evidence: e, P: 1})
	} else {
		t.forget(sv.named)
		t.s.Focus = t.before.Focus
		for i, id := range ids {
			a := dst.Act{Kind: dst.Inform, Slot: x.full, Op: dst.Eq, Value: t.c.slotValue(x, kg.Ref(id))}
			if i > 0 {
				a.Op = dst.Add
			}
			t.s = t.s.Apply(a)
			t.decisions = append(t.decisions, dst.Decision{Act: a, Evidence: e, P: 1})
		}
	}
	t.asks, t.trace.Decisions = nil, t.decisions
}

// forget takes back what the message was understood to say of a slot.
func (t *turn) forget(x *slot) {
	t.decisions = slices.DeleteFunc(slices.Clone(t.decisions), func(d dst.Decision) bool { return d.Act.Slot == x.full })
	t.s.Constraints = slices.DeleteFunc(slices.Clone(t.s.Constraints), func(k dst.Constraint) bool { return k.Slot == x.full })
}
