package kg

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// PathOptions bounds the search for paths. The zero value of a field means its
// default.
type PathOptions struct {
	// Limit is how many paths are returned at most, 10 by default.
	Limit int
	// MaxLength is how many facts a path has at most, 6 by default.
	MaxLength int
	// Leave names predicates that no path goes along.
	Leave []string
	// Hub is how many facts about it or pointing to it a thing may have for a
	// path to go through it, 10,000 by default. What everything hangs on explains
	// nothing, and takes long to look through. The ends of a path may have any
	// number.
	Hub int
}

// A Step is one fact of a path, gone along from its subject to its object or,
// with Back, from its object to its subject.
type Step struct {
	Fact Fact `json:"fact"`
	Back bool `json:"back,omitempty"`
}

// A Path is a chain of references from one thing to another. The path from a
// thing to itself has no steps.
type Path struct {
	Steps []Step `json:"steps"`
}

// Facts returns the facts of the path in its order.
func (p Path) Facts() []Fact {
	out := make([]Fact, len(p.Steps))
	for i, s := range p.Steps {
		out[i] = s.Fact
	}
	return out
}

// Predicate returns the path's predicates as one, as in "accessory_of/^similar",
// with "^" before those gone along backwards: see [Condition].
func (p Path) Predicate() string {
	var b strings.Builder
	for i, s := range p.Steps {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(s.label())
	}
	return b.String()
}

// String words the path for people: "c1 accessory_of p1 ^similar p2".
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p.Steps {
		if i == 0 {
			b.WriteString(s.from())
		}
		b.WriteString(" " + s.label() + " " + s.to())
	}
	return b.String()
}

func (s Step) label() string {
	if s.Back {
		return "^" + s.Fact.Predicate
	}
	return s.Fact.Predicate
}

func (s Step) from() string {
	if s.Back {
		return s.Fact.Object.text
	}
	return s.Fact.Subject
}

func (s Step) to() string {
	if s.Back {
		return s.Fact.Subject
	}
	return s.Fact.Object.text
}

// Paths returns the shortest paths between two things along references, in
// either direction: all of them up to the limit, in the order of their
// predicates and ids from the first step on. There are none where the things
// are further apart than MaxLength, or an id is unknown. opts may be nil.
func (g *Graph) Paths(ctx context.Context, from, to string, opts *PathOptions) ([]Path, error) {
	const doing = "paths"
	s, err := g.read(ctx, doing)
	if err != nil {
		return nil, err
	}
	p := pathSearch{snapshot: s, from: s.thing(from), to: s.thing(to)}
	if opts != nil {
		p.PathOptions = *opts
	}
	p.defaults()
	if p.from == none || p.to == none {
		return nil, nil
	}
	if p.from == p.to {
		return []Path{{}}, nil
	}
	met, err := p.meet(ctx)
	if err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	return p.gather(met), nil
}

func (o *PathOptions) defaults() {
	for _, d := range []struct {
		field *int
		value int
	}{{&o.Limit, 10}, {&o.MaxLength, 6}, {&o.Hub, 10_000}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
}

// A pathSearch goes from both ends at once, a whole level of one side at a
// time, until the sides meet.
type pathSearch struct {
	*snapshot
	PathOptions
	from, to node

	left  []bool     // by predicate, those to leave out
	sides [2]reached // from the beginning, and from the end
}

// reached is what one side has come to: for each thing its distance and all
// the ways by which a shortest way comes to it, each in the direction of the
// search.
type reached struct {
	distance map[node]int
	ways     map[node][]way
	level    []node // the things furthest away
	depth    int
}

// a way is a reference, gone along or backwards.
type way struct {
	from, to node
	pred     uint32
	back     bool
}

// meet returns the things in which the sides meet.
func (p *pathSearch) meet(ctx context.Context) ([]node, error) {
	p.left = make([]bool, len(p.preds))
	for i, pred := range p.preds {
		p.left[i] = slices.Contains(p.Leave, pred.name)
	}
	for i, n := range []node{p.from, p.to} {
		p.sides[i] = reached{distance: map[node]int{n: 0}, ways: map[node][]way{}, level: []node{n}}
	}
	for p.sides[0].depth+p.sides[1].depth < p.MaxLength {
		near, far := &p.sides[0], &p.sides[1]
		if len(far.level) < len(near.level) {
			near, far = far, near
		}
		if err := p.advance(ctx, near); err != nil || len(near.level) == 0 {
			return nil, err
		}
		var met []node
		for _, n := range near.level {
			if at, ok := far.distance[n]; ok && at >= 0 {
				met = append(met, n)
			}
		}
		if len(met) > 0 {
			return met, nil
		}
	}
	return nil, nil
}

// advance takes one side a level further.
func (p *pathSearch) advance(ctx context.Context, r *reached) error {
	var next []node
	r.depth++
	for _, n := range r.level {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.each(n, func(w way) {
			at, known := r.distance[w.to]
			if !known && w.to != p.from && w.to != p.to && p.degree(w.to) > p.Hub {
				at, known = -1, true // so that it is looked at only once
				r.distance[w.to] = at
			}
			if !known {
				at = r.depth
				r.distance[w.to] = at
				next = append(next, w.to)
			}
			if at == r.depth {
				r.ways[w.to] = append(r.ways[w.to], w)
			}
		})
	}
	r.level = next
	return nil
}

// each visits the references of a thing and those to it, without those of the
// predicates to leave out and without those to itself.
func (p *pathSearch) each(n node, visit func(way)) {
	for _, r := range p.rows.of(n) {
		if r.object != n && !p.left[r.predicate] && p.terms.at(r.object).kind == Thing {
			visit(way{n, r.object, r.predicate, false})
		}
	}
	for pred := range p.preds {
		if p.left[pred] {
			continue
		}
		for _, subject := range p.subjectsOf(uint32(pred), n) {
			if subject != n {
				visit(way{n, subject, uint32(pred), true})
			}
		}
	}
}

// degree is how many facts are about the thing or point to it.
func (p *pathSearch) degree(n node) int {
	sum := len(p.rows.of(n))
	for pred := range p.preds {
		sum += len(p.subjectsOf(uint32(pred), n))
	}
	return sum
}

// step decodes a way.
func (p *pathSearch) step(w way) Step {
	subject, object := w.from, w.to
	if w.back {
		subject, object = object, subject
	}
	found := p.triplesWith(nil, w.pred, object, []node{subject})
	return Step{Fact: p.fact(found[0]), Back: w.back} // it was met in this snapshot
}

// gather returns the paths through the things in which the sides met.
func (p *pathSearch) gather(met []node) []Path {
	next := map[node][]way{}
	p.trace(met, p.sides[0].ways, func(w way) node {
		next[w.from] = append(next[w.from], w)
		return w.from
	})
	p.trace(met, p.sides[1].ways, func(w way) node {
		next[w.to] = append(next[w.to], way{w.to, w.from, w.pred, !w.back})
		return w.from
	})
	var out []Path
	var trail []Step
	var follow func(n node)
	follow = func(n node) {
		if n == p.to && len(out) < p.Limit {
			out = append(out, Path{slices.Clone(trail)})
			return
		}
		steps := make([]Step, len(next[n]))
		for i, w := range next[n] {
			steps[i] = p.step(w)
		}
		slices.SortFunc(steps, func(a, b Step) int {
			return cmp.Or(cmp.Compare(a.label(), b.label()), cmp.Compare(a.to(), b.to()))
		})
		for _, s := range steps {
			if len(out) == p.Limit {
				return
			}
			trail = append(trail, s)
			follow(p.thing(s.to()))
			trail = trail[:len(trail)-1]
		}
	}
	follow(p.from)
	return out
}

// trace goes back from things along the ways to them, each once; visit returns
// where a way comes from.
func (p *pathSearch) trace(things []node, ways map[node][]way, visit func(way) node) {
	seen := map[node]bool{}
	for queue := slices.Clone(things); len(queue) > 0; queue = queue[1:] {
		if n := queue[0]; !seen[n] {
			seen[n] = true
			for _, w := range ways[n] {
				queue = append(queue, visit(w))
			}
		}
	}
}
