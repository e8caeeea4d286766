package kgbench

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/kg"
)

// ours is the graph, asked through its public API.
type ours struct {
	g      *kg.Graph
	values []kg.Value
	hits   []kg.Hit
	facets []kg.Facet
	n      int
	found  string
}

func loadOurs(ctx context.Context, facts []kg.Fact) (*ours, error) {
	g, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	if err := g.Add(ctx, facts...); err != nil {
		return nil, fmt.Errorf("load ours: %w", err)
	}
	return &ours{g: g}, nil
}

func equals(predicate string, v kg.Value) kg.Condition {
	return kg.Condition{Predicate: predicate, Op: kg.Eq, Values: []kg.Value{v}}
}

func priceIs(op kg.Op, yuan float64) kg.Condition {
	return kg.Condition{Predicate: "price", Op: op, Values: []kg.Value{kg.Num(yuan, "CNY")}}
}

func (q *question) three() []kg.Condition {
	return []kg.Condition{equals("brand", kg.Ref(q.brand)), equals("category", kg.Ref(q.category)), equals("colour", kg.Text(q.colour))}
}

// find asks for hits without the facts that say why, as the rivals give them.
func (o *ours) find(ctx context.Context, q kg.Query) (err error) {
	q.Bare = true
	o.hits, err = o.g.Find(ctx, q)
	return err
}

func (o *ours) hop(ctx context.Context, id, predicate string) (err error) {
	o.values, err = o.g.AppendValues(ctx, o.values[:0], id, predicate)
	return err
}

func (o *ours) hitIDs() []string {
	out := make([]string, len(o.hits))
	for i, h := range o.hits {
		out[i] = h.ID
	}
	return ids(&out)()
}

// inOrder words hits whose order matters.
func (o *ours) inOrder() []string {
	out := make([]string, len(o.hits))
	for i, h := range o.hits {
		out[i] = h.ID
	}
	return out
}

func (o *ours) valueKeys() []string {
	out := make([]string, len(o.values))
	for i, v := range o.values {
		out[i] = v.String()
	}
	return ids(&out)()
}

func (o *ours) facetKeys() []string {
	list := make([]count, len(o.facets))
	for i, f := range o.facets {
		list[i] = count{f.Value.String(), f.Count}
	}
	return tally(&list)()
}

func (o *ours) link(ctx context.Context, text, want string) error {
	links, err := o.g.Link(ctx, text, nil)
	o.found = ""
	for _, l := range links {
		for _, c := range l.Candidates {
			if c.ID == want && c.Score == 1 {
				o.found = c.ID
			}
		}
	}
	return err
}

func (o *ours) rival() *rival {
	return &rival{name: oursName, close: o.g.Close, update: o.update, probes: map[string]probe{
		oneHop:  {func(ctx context.Context, q *question) error { return o.hop(ctx, q.product, "brand") }, o.valueKeys},
		twoHops: {func(ctx context.Context, q *question) error { return o.hop(ctx, q.product, "brand/country") }, o.valueKeys},
		three:   {func(ctx context.Context, q *question) error { return o.find(ctx, kg.Query{Where: q.three()}) }, o.hitIDs},
		threeRange: {func(ctx context.Context, q *question) error {
			return o.find(ctx, kg.Query{Where: append(q.three(), priceIs(kg.Le, q.price))})
		}, o.hitIDs},
		rangeCount: {func(ctx context.Context, q *question) (err error) {
			o.n, err = o.g.Count(ctx, kg.Query{Where: []kg.Condition{priceIs(kg.Le, q.any)}})
			return err
		}, number(&o.n)},
		rangeFirst: {func(ctx context.Context, q *question) error {
			return o.find(ctx, kg.Query{Where: []kg.Condition{priceIs(kg.Ge, q.any)}, Order: []kg.Order{{Predicate: "price"}}, Limit: 10})
		}, o.inOrder},
		reverseHops: {func(ctx context.Context, q *question) error {
			return o.find(ctx, kg.Query{Kind: q.kind, Where: []kg.Condition{equals("brand/parent", kg.Ref(q.owner))}})
		}, o.hitIDs},
		facets: {func(ctx context.Context, q *question) (err error) {
			o.facets, err = o.g.Facets(ctx, kg.Query{Where: []kg.Condition{equals("category", kg.Ref(q.shelf)), priceIs(kg.Le, q.price)}}, "colour")
			return err
		}, o.facetKeys},
		linkEnglish: {func(ctx context.Context, q *question) error { return o.link(ctx, q.english, q.named) }, one(&o.found)},
		linkChinese: {func(ctx context.Context, q *question) error { return o.link(ctx, q.chinese, q.namedZH) }, one(&o.found)},
	}}
}

func (o *ours) update(ctx context.Context, before, after []kg.Fact) error {
	return o.g.Update(ctx, func(b *kg.Batch) error {
		b.Remove(before...)
		b.Add(after...)
		return nil
	})
}
