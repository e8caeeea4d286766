package kg

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Find returns the things that satisfy the query, with the facts that say why.
// A query that cannot be (an operator without its value, a path that does not
// parse, a negative limit) is an error; a predicate or value that the graph
// does not know just finds nothing. A context that is cancelled meanwhile is
// an error, never a part of the result.
func (g *Graph) Find(ctx context.Context, q Query) ([]Hit, error) {
	s, err := g.read(ctx, "find")
	if err != nil {
		return nil, err
	}
	hits, err := g.find(ctx, s, q)
	if err != nil {
		return nil, fmt.Errorf("kg: find: %w", err)
	}
	return hits, nil
}

// Count returns how many things satisfy the query; its Order, Limit and Offset
// make no difference.
func (g *Graph) Count(ctx context.Context, q Query) (int, error) {
	s, err := g.read(ctx, "count")
	if err != nil {
		return 0, err
	}
	p, err := g.plan(ctx, s, q)
	if err != nil {
		return 0, fmt.Errorf("kg: count: %w", err)
	}
	if n, ok := p.count(); ok {
		return n, nil
	}
	n, err := p.total(ctx)
	if err != nil {
		return 0, fmt.Errorf("kg: count: %w", err)
	}
	return n, nil
}

const all = -1 // no limit to the things to match

func (g *Graph) find(ctx context.Context, s *snapshot, q Query) ([]Hit, error) {
	if q.Limit < 0 || q.Offset < 0 {
		return nil, fmt.Errorf("limit %d, offset %d: neither may be negative", q.Limit, q.Offset)
	}
	most := all
	if q.Limit > 0 && q.Offset <= math.MaxInt-q.Limit {
		most = q.Offset + q.Limit
	}
	if most != all && q.Text != "" && q.Kind == "" && q.IDs == nil && len(q.Where) == 0 && len(q.Order) == 0 {
		return s.findTexts(ctx, q, most)
	}
	p, err := g.plan(ctx, s, q)
	if err != nil {
		return nil, err
	}
	found, err := p.first(ctx, most)
	if err != nil {
		return nil, err
	}
	found = found[min(q.Offset, len(found)):]
	return p.hits(ctx, found, q.Bare)
}

// hits makes the hits of things found, with the facts that say why unless bare.
func (p *plan) hits(ctx context.Context, found []node, bare bool) ([]Hit, error) {
	hits := make([]Hit, len(found))
	every := min(256, p.lookEvery())
	w := witness{snapshot: p.s}
	if !bare {
		w.facts = make([]Fact, 0, len(found)*len(p.conds)) // a fact each, mostly
	}
	for i, n := range found {
		if i%every == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		hits[i] = Hit{ID: p.s.id(n), Score: p.score[n]}
		if !bare {
			hits[i].Why = w.why(n, p.conds)
		}
	}
	return hits, ctx.Err()
}

// plan binds a query to a snapshot and runs its text search.
func (g *Graph) plan(ctx context.Context, s *snapshot, q Query) (*plan, error) {
	n := len(q.Where) + 1
	p := &plan{s: s, conds: make([]cond, 0, n), checks: make([]cond, 0, n), lists: make([]postList, 0, n)}
	for i, o := range q.Order {
		path, err := s.path(o.Predicate)
		if err != nil {
			return nil, fmt.Errorf("order %d: %w", i+1, err)
		}
		p.orders = append(p.orders, order{path, o.Desc})
	}
	for i, c := range q.Where {
		b, err := s.bind(c)
		if err != nil {
			return nil, fmt.Errorf("condition %d (%s): %w", i+1, clip(c.String()), err)
		}
		p.conds = append(p.conds, b)
	}
	for i, c := range p.conds {
		if !impliedBy(c, p.conds, i) {
			p.put(c)
		}
	}
	if q.Kind != "" {
		p.put(g.ofKind(s, q.Kind))
	}
	if q.IDs != nil {
		p.sets = append(p.sets, s.thingsOf(q.IDs))
	}
	if q.Text != "" {
		if err := p.search(ctx, q.Text); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// thingsOf returns the nodes of ids, by number; unknown ones are left out.
func (s *snapshot) thingsOf(ids []string) []node {
	out := []node{}
	for _, id := range ids {
		if n := s.thing(id); n != none {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// search narrows the plan to the things that have all the words, and scores
// them.
func (p *plan) search(ctx context.Context, text string) error {
	hits, err := p.s.text.search(ctx, textQuery{text: text, all: true, within: p.few()})
	if err != nil {
		return err
	}
	p.score = make(map[node]float64, len(hits))
	list := make([]node, 0, len(hits))
	for _, h := range hits {
		if n := p.s.thing(h.id()); n != none {
			p.score[n] = h.score
			list = append(list, n)
		}
	}
	slices.Sort(list)
	p.sets = append(p.sets, list)
	return nil
}

// few returns the ids of the things to look for texts in where the other parts
// of the query leave a few only, nil where they do not.
func (p *plan) few() []string {
	const few = 1000
	found, least := false, []node(nil)
	for _, list := range p.lists {
		if !found || len(list.nodes) < len(least) {
			found, least = true, list.nodes
		}
	}
	for _, set := range p.sets {
		if !found || len(set) < len(least) {
			found, least = true, set
		}
	}
	if !found || len(least) > few {
		return nil
	}
	ids := make([]string, len(least))
	for i, n := range least {
		ids[i] = p.s.id(n)
	}
	return ids
}

// ofKind is the condition that a thing is of the kind, which may stand as a
// text or as a reference.
func (g *Graph) ofKind(s *snapshot, kind string) cond {
	pred, known := s.predIDs[g.kind]
	return cond{Eq, []hop{{pred: pred, known: known}}, []Value{Text(kind), Ref(kind)}}
}

// impliedBy reports whether one of the conditions other than number i says
// already that c holds: of "kind = phone or laptop" and "kind = phone" only the
// second needs to be looked at.
func impliedBy(c cond, conds []cond, i int) bool {
	if c.op != Eq || len(c.values) < 2 {
		return false
	}
	for j, d := range conds {
		if j != i && d.op == Eq && len(d.values) < len(c.values) && slices.Equal(d.path, c.path) &&
			!slices.ContainsFunc(d.values, func(v Value) bool { return !slices.Contains(c.values, v) }) {
			return true
		}
	}
	return false
}

func (p *plan) put(c cond) {
	p.checks = append(p.checks, c)
	if list, ok := p.s.list(&c); ok {
		p.lists = append(p.lists, list)
		return
	}
	p.rest = append(p.rest, c)
}
