package recommend

import (
	"context"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// widerOp relates a slot to the nearest value that there is.
func widerOp(op dst.Op) dst.Op {
	switch op {
	case dst.Lt, dst.Le:
		return dst.Le
	case dst.Gt, dst.Ge:
		return dst.Ge
	}
	return op
}

// nearest is the value closest to a number that nothing satisfies, among the
// things that the other wishes leave: beyond a bound, or on either side of what
// the slot was to be equal or close to.
func (c *core) nearest(ctx context.Context, sv *service, rest []wish, w wish) (string, bool, error) {
	if w.slot.ends != (Range{}) {
		return "", false, nil // what was asked for is a range's, what is nearest would be one end's
	}
	k := w.constraints[0]
	wanted, number := numberValue(w.slot.Type, k.Value)
	if !isBound(k.Op) && (!number || w.slot.domain == nil || !w.slot.domain.kinds[kg.Number]) {
		return "", false, nil
	}
	var above, below kg.Value
	var hasAbove, hasBelow bool
	var err error
	if k.Op != dst.Gt && k.Op != dst.Ge {
		if above, hasAbove, err = c.extreme(ctx, sv, rest, w, kg.Ge, false); err != nil {
			return "", false, err
		}
	}
	if k.Op != dst.Lt && k.Op != dst.Le {
		if below, hasBelow, err = c.extreme(ctx, sv, rest, w, kg.Le, true); err != nil {
			return "", false, err
		}
	}
	switch {
	case hasAbove && (!hasBelow || gap(above, wanted) < gap(wanted, below)):
		return c.slotValue(w.slot, above), true, nil
	case hasBelow:
		return c.slotValue(w.slot, below), true, nil
	}
	return "", false, nil
}

func gap(high, low kg.Value) float64 {
	a, _, _ := high.Number()
	b, _, _ := low.Number()
	return a - b
}

// extreme is the value of a slot on one side of what a wish says, and closest
// to it, among the things that the other wishes leave.
func (c *core) extreme(ctx context.Context, sv *service, rest []wish, w wish, side kg.Op, desc bool) (kg.Value, bool, error) {
	q, without := sv.query(rest)
	limit := bound(c.graphValues(w.slot, w.constraints[0].Value), w.constraints[0].Value)
	q.Where = append(q.Where, kg.Condition{Predicate: w.slot.path, Op: side, Values: []kg.Value{limit}})
	q.Order, q.Limit = []kg.Order{{Predicate: w.slot.path, Desc: desc}}, 1+len(without)
	hits, err := c.cfg.Graph.Find(ctx, q)
	if err != nil {
		return kg.Value{}, false, err
	}
	for _, h := range hits {
		if without[h.ID] {
			continue
		}
		values, err := c.cfg.Graph.Values(ctx, h.ID, w.slot.path)
		if err != nil || len(values) == 0 {
			return kg.Value{}, false, err
		}
		return values[0], true, nil
	}
	return kg.Value{}, false, nil
}
