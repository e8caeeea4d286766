package recommend

import (
	"context"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// page is how many hits are looked at in one go where the first do not do.
const page = 64

// window is how far down the list a thing is looked for that is no variant of
// those before it, in multiples of what is offered at once.
const window = 4

// ranked is a hit with what its rank among those that fit as well is made of.
type ranked struct {
	kg.Hit
	place   int  // in the order of the binding, from 0
	variant bool // of one offered with it and before it
}

// find looks for things, in the order that the message asks for, if it does.
// It returns up to as many as are offered at once, after those in skip, which
// are the things offered last: the search goes on behind the last of them.
// Things that meet more of the preferences come first. The query returned is
// that of what must hold.
func (t *turn) find(sv *service, wishes []wish, skip map[string]bool) ([]ranked, kg.Query, error) {
	l := &lister{c: t.c, ctx: t.ctx, sv: sv, n: t.c.cfg.Offers, skip: skip, left: len(skip), varied: true}
	for _, r := range t.order {
		if r.slot.service == sv {
			l.order, l.varied = append(l.order, r.order), false
		}
	}
	for _, w := range wishes {
		l.varied = l.varied && w.ids == nil // "the iPhone 15" means its variants
	}
	base, _ := sv.query(wishes)
	base.Order = append(slices.Clone(l.order), base.Order...)
	base.Limit = l.n
	lists := preferred(t.c.closest(wishes))
	for i, list := range lists {
		l.last = i == len(lists)-1
		if err := l.list(list); err != nil || l.full() {
			return l.out, base, err
		}
	}
	l.out = l.out[:min(len(l.out), l.n)]
	return l.out, base, nil
}

// A lister lists what fits, in an order that is the same each time: that of
// the binding, but for variants of what is listed shortly before.
type lister struct {
	c      *core
	ctx    context.Context
	sv     *service
	order  []kg.Order // before that of the binding
	varied bool
	n      int
	skip   map[string]bool
	left   int             // of skip to come
	last   bool            // list
	seen   map[string]bool // in former lists
	out    []ranked
}

func (l *lister) full() bool { return len(l.out) >= l.n && l.left <= 0 }

// list goes through what meets the wishes, page by page.
func (l *lister) list(wishes []wish) error {
	q, without := l.sv.query(wishes)
	towards, err := l.towards(wishes)
	if err != nil {
		return err
	}
	q.Order = slices.Concat(l.order, towards, q.Order)
	q.Limit = l.n
	if len(l.skip)+len(without)+len(l.seen) > 0 {
		q.Limit = page
	}
	place := 0
	var pool []ranked // looked at and not listed
	for more := true; !l.full(); {
		for more && len(pool) < l.n || more && l.crowded(pool) && len(pool) < window*l.n {
			hits, err := l.c.cfg.Graph.Find(l.ctx, q)
			if err != nil {
				return err
			}
			more = len(hits) == q.Limit
			q.Offset, q.Limit = q.Offset+q.Limit, page
			for _, h := range hits {
				if !without[h.ID] && !l.seen[h.ID] {
					pool = append(pool, ranked{Hit: h, place: place})
					place++
				}
			}
		}
		if len(pool) == 0 {
			return nil
		}
		pool = l.take(pool)
	}
	return nil
}

// crowded reports whether variants stand among the first of the pool.
func (l *lister) crowded(pool []ranked) bool {
	for i := range pool[:min(len(pool), l.n)] {
		if l.repeats(pool[i].ID, pool[:i]) {
			return true
		}
	}
	return false
}

// repeats reports whether one of these is a variant of a thing.
func (l *lister) repeats(id string, of []ranked) bool {
	group := l.sv.variants[id]
	return l.varied && group != 0 && slices.ContainsFunc(of, func(r ranked) bool { return l.sv.variants[r.ID] == group })
}

// take lists as many of the pool as are offered at once: the first each time
// that is no variant of those taken, as long as there is one in the window
// (maximal marginal relevance, Carbonell and Goldstein 1998, where all fit
// equally well and things are either variants or not). It returns the rest.
func (l *lister) take(pool []ranked) []ranked {
	var taken []ranked
	for len(taken) < l.n && len(pool) > 0 {
		at := 0
		for i := range pool[:min(len(pool), window*l.n)] {
			if !l.repeats(pool[i].ID, taken) {
				at = i
				break
			}
		}
		r := pool[at]
		r.variant = l.repeats(r.ID, taken)
		taken = append(taken, r)
		pool = slices.Delete(pool, at, at+1)
		l.add(r)
	}
	return pool
}

// add lists one thing, or begins the list anew where it was offered before.
func (l *lister) add(r ranked) {
	if !l.last {
		if l.seen == nil {
			l.seen = map[string]bool{}
		}
		l.seen[r.ID] = true
	}
	switch {
	case l.skip[r.ID]:
		l.left--
		l.out = l.out[:0]
	case !l.full():
		l.out = append(l.out, r)
	}
}

// closest adds to the wishes for a number around another that it is preferred
// to be closer than it must be.
func (c *core) closest(wishes []wish) []wish {
	out := wishes
	for _, w := range wishes {
		if near, ok := c.nearer(w); ok {
			out = append(out[:len(out):len(out)], near)
		}
	}
	return out
}

// nearer is the preference for numbers within a third of what "around" means,
// and for ranges that are just the one that was asked for.
func (c *core) nearer(w wish) (wish, bool) {
	if w.slot.ends != (Range{}) && !w.soft && len(w.constraints) == 2 && len(w.where) == 2 {
		out := wish{slot: w.slot, constraints: w.constraints, soft: true, near: true, where: slices.Clone(w.where)}
		for i := range out.where {
			out.where[i].Op = kg.Eq
		}
		return out, true
	}
	if w.soft || len(w.constraints) != 1 || w.constraints[0].Op != dst.Around {
		return wish{}, false
	}
	out := wish{slot: w.slot, constraints: w.constraints, soft: true, near: true}
	out.where = c.around(w.slot, w.constraints[0].Value, c.cfg.Tolerance/3)
	return out, len(out.where) > 1
}

// towards is the order that brings to the front what comes closest to the
// preferences for numbers that are not met.
func (l *lister) towards(wishes []wish) ([]kg.Order, error) {
	var out []kg.Order
	for _, w := range wishes {
		if !w.soft || w.near || !w.slot.ordered || len(w.constraints) != 1 {
			continue
		}
		switch w.constraints[0].Op {
		case dst.Lt, dst.Le:
			out = append(out, kg.Order{Predicate: w.slot.path})
		case dst.Gt, dst.Ge:
			out = append(out, kg.Order{Predicate: w.slot.path, Desc: true})
		case dst.Eq, dst.Around:
			_, above, err := l.c.extreme(l.ctx, l.sv, wishes, w, kg.Ge, false)
			if err != nil {
				return nil, err
			}
			if !above {
				out = append(out, kg.Order{Predicate: w.slot.path, Desc: true})
			}
		}
	}
	return out, nil
}
