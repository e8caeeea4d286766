package recommend

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// A wish is what is given up at once where nothing fits: one bound of a slot,
// one value of a Multi slot, or all that was said of any other slot.
type wish struct {
	slot        *slot
	constraints []dst.Constraint
	where       []kg.Condition
	ids         []string        // of a slot that names things: only these, where not nil
	without     map[string]bool // of a slot that names things: none of these
	soft        bool            // a preference: it ranks things and excludes none
	firm        bool            // not to be given up
	near        bool            // one that the bot adds, to prefer what is closest
}

// wishes translates what the state holds of a service into conditions. Slots
// that the graph knows nothing of, those whose conditions do not hold and those
// without a preference have none.
func (c *core) wishes(s dst.State, sv *service) []wish {
	s = c.cfg.Schema.Effective(s)
	var out []wish
	for _, x := range sv.slots {
		cs := s.Of(x.full)
		if slices.ContainsFunc(cs, isDontCare) {
			cs = slices.DeleteFunc(slices.Clone(cs), isDontCare)
		}
		if len(cs) == 0 || x.path == "" && !x.Names || x.via != nil || x.RequestOnly {
			continue
		}
		hard, soft := softApart(x, cs)
		for _, group := range groupConstraints(x, hard) {
			out = append(out, c.wish(x, group))
		}
		for _, group := range groupConstraints(x, soft) {
			w := c.wish(x, group)
			w.soft = true
			out = append(out, w)
		}
	}
	return out
}

// wishMemo keeps the wishes of a service under the constraints that they were
// read from, which are never changed in place.
type wishMemo struct {
	sv          *service
	constraints []dst.Constraint
	list        []wish
}

// wishes are those of the state. They are read again only where it has changed;
// the list is not to be changed.
func (t *turn) wishes(sv *service) []wish {
	m, cs := &t.memo, t.s.Constraints
	same := m.sv == sv && len(m.constraints) == len(cs) && (len(cs) == 0 || &m.constraints[0] == &cs[0])
	if !same {
		*m = wishMemo{sv, cs, t.c.wishes(t.s, sv)}
	}
	return m.list
}

func isDontCare(k dst.Constraint) bool { return k.Value == dst.DontCare }

func groupConstraints(x *slot, cs []dst.Constraint) [][]dst.Constraint {
	if len(cs) == 0 {
		return nil
	}
	single := x.Multi
	if !single && x.ends == (Range{}) { // both bounds of a range are one wish
		single = !slices.ContainsFunc(cs, func(k dst.Constraint) bool { return !isBound(k.Op) })
	}
	if !single {
		return [][]dst.Constraint{cs}
	}
	out := make([][]dst.Constraint, len(cs))
	for i := range cs {
		out[i] = cs[i : i+1]
	}
	return out
}

func isBound(op dst.Op) bool { return op == dst.Lt || op == dst.Le || op == dst.Gt || op == dst.Ge }

var graphOps = map[dst.Op]kg.Op{dst.Lt: kg.Lt, dst.Le: kg.Le, dst.Gt: kg.Gt, dst.Ge: kg.Ge}

func (c *core) wish(x *slot, cs []dst.Constraint) wish {
	w := wish{slot: x, constraints: cs}
	if x.ends != (Range{}) {
		w.where = c.rangeConditions(x, cs)
		return w
	}
	var eq, ne []kg.Value
	for _, k := range cs {
		values := c.graphValues(x, k.Value)
		switch {
		case x.Names:
			w.name(k)
		case k.Op == dst.Eq && len(values) == 0:
			eq = append(eq, kg.Text(k.Value)) // nothing has it, and relaxing finds that out
		case k.Op == dst.Eq:
			eq = append(eq, values...)
		case k.Op == dst.Ne:
			ne = append(ne, values...)
		case k.Op == dst.Around:
			w.where = append(w.where, c.around(x, k.Value, c.cfg.Tolerance)...)
		default:
			w.where = append(w.where, kg.Condition{Predicate: x.path, Op: graphOps[k.Op], Values: []kg.Value{bound(values, k.Value)}})
		}
	}
	if len(eq) > 0 {
		w.where = append(w.where, kg.Condition{Predicate: x.path, Op: kg.Eq, Values: eq})
	}
	if len(ne) > 0 {
		w.where = append(w.where, kg.Condition{Predicate: x.path, Op: kg.Ne, Values: ne})
	}
	return w
}

// name restricts the wish to the things that a constraint names, or leaves them
// out.
func (w *wish) name(k dst.Constraint) {
	ids := w.slot.service.names.things(k.Value)
	if k.Op == dst.Eq {
		if w.ids = append(w.ids, ids...); w.ids == nil {
			w.ids = []string{}
		}
		return
	}
	if w.without == nil {
		w.without = map[string]bool{}
	}
	for _, id := range ids {
		w.without[id] = true
	}
}

// bound is the value to compare with: the first that has an order.
func bound(values []kg.Value, value string) kg.Value {
	for _, v := range values {
		if k := v.Kind(); k == kg.Number || k == kg.Moment {
			return v
		}
	}
	return kg.Text(value)
}

// around turns "about 5000" into bounds on either side, at a share t of it.
func (c *core) around(x *slot, value string, t float64) []kg.Condition {
	v := bound(c.graphValues(x, value), value)
	n, unit, ok := v.Number()
	if !ok {
		return []kg.Condition{{Predicate: x.path, Op: kg.Eq, Values: []kg.Value{v}}}
	}
	if n < 0 {
		t = -t
	}
	return []kg.Condition{
		{Predicate: x.path, Op: kg.Ge, Values: []kg.Value{kg.Num(n*(1-t), unit)}},
		{Predicate: x.path, Op: kg.Le, Values: []kg.Value{kg.Num(n*(1+t), unit)}},
	}
}

// query joins wishes into a query for the things of a service, leaving out
// preferences. The things in without are not found.
func (sv *service) query(wishes []wish) (q kg.Query, without map[string]bool) {
	q = sv.base
	q.Where = slices.Clone(q.Where)
	q.Order = sv.binding.Order
	for _, w := range wishes {
		if w.soft {
			continue
		}
		q.Where = append(q.Where, w.where...)
		if w.ids != nil {
			q.IDs = w.ids
		}
		for id := range w.without {
			if without == nil {
				without = map[string]bool{}
			}
			without[id] = true
		}
	}
	return q, without
}

// count is the number of things that wishes leave.
func (c *core) count(ctx context.Context, sv *service, wishes []wish) (int, error) {
	q, without := sv.query(wishes)
	n, err := c.cfg.Graph.Count(ctx, q)
	if err != nil || len(without) == 0 {
		return n, err
	}
	return n - c.among(ctx, q, without), nil
}

// among counts the things of without that the query finds.
func (c *core) among(ctx context.Context, q kg.Query, without map[string]bool) int {
	ids := sortedKeys(without)
	if q.IDs != nil {
		ids = slices.DeleteFunc(ids, func(id string) bool { return !slices.Contains(q.IDs, id) })
	}
	q.IDs = ids
	n, err := c.cfg.Graph.Count(ctx, q)
	if err != nil {
		return 0
	}
	return n
}

// text is how a wish is written in a trace: "price<=5000".
func (w wish) text() string {
	var parts []string
	for _, k := range w.constraints {
		parts = append(parts, k.Slot+string(k.Op)+quoted(k.Value))
	}
	return strings.Join(parts, "; ")
}

// term names the part of a score that a wish makes up.
func (w wish) term() string {
	if w.near {
		return "near " + w.text()
	}
	return w.text()
}

func quoted(s string) string {
	if s == "" || strings.ContainsAny(s, `"=!<>~;`) {
		return strconv.Quote(s)
	}
	return s
}
