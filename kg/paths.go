package kg

import (
	"cmp"
	"context"
	"fmt"
	"math"
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
	p := pathSearch{snapshot: s, from: from, to: to}
	if opts != nil {
		p.PathOptions = *opts
	}
	p.defaults()
	if s.thing(from) == none || s.thing(to) == none {
		return nil, nil
	}
	if from == to {
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
	from, to string

	sides [2]reached // from the beginning, and from the end
}

// reached is what one side has come to: for each thing its distance and all
// the steps by which a shortest way comes to it, each in the direction of the
// search.
type reached struct {
	distance map[string]int
	ways     map[string][]Step
	level    []string // the things furthest away
	depth    int
}

// meet returns the things in which the sides meet.
func (p *pathSearch) meet(ctx context.Context) ([]string, error) {
	for i, id := range []string{p.from, p.to} {
		p.sides[i] = reached{distance: map[string]int{id: 0}, ways: map[string][]Step{}, level: []string{id}}
	}
	for p.sides[0].depth+p.sides[1].depth < p.MaxLength {
		near, far := &p.sides[0], &p.sides[1]
		if len(far.level) < len(near.level) {
			near, far = far, near
		}
		if err := p.advance(ctx, near); err != nil || len(near.level) == 0 {
			return nil, err
		}
		var met []string
		for _, id := range near.level {
			if _, ok := far.distance[id]; ok {
				met = append(met, id)
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
	var next []string
	r.depth++
	for _, id := range r.level {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, s := range p.steps(id) {
			other := s.to()
			at, known := r.distance[other]
			if !known && other != p.from && other != p.to && p.degree(other) > p.Hub {
				at, known = -1, true // so that it is looked at only once
				r.distance[other] = at
			}
			if !known {
				at = r.depth
				r.distance[other] = at
				next = append(next, other)
			}
			if at == r.depth {
				r.ways[other] = append(r.ways[other], s)
			}
		}
	}
	r.level = next
	return nil
}

// steps are the references of a thing and those to it, without those of the
// predicates to leave out and without those to itself.
func (p *pathSearch) steps(id string) []Step {
	var out []Step
	for _, f := range p.factsOf(id) {
		if f.Object.IsRef() && f.Object.text != id && !slices.Contains(p.Leave, f.Predicate) {
			out = append(out, Step{Fact: f})
		}
	}
	facts, _ := p.pointing(id, math.MaxInt)
	for _, f := range facts {
		if f.Subject != id && !slices.Contains(p.Leave, f.Predicate) {
			out = append(out, Step{Fact: f, Back: true})
		}
	}
	return out
}

// gather returns the paths through the things in which the sides met.
func (p *pathSearch) gather(met []string) []Path {
	next := map[string][]Step{}
	p.trace(met, p.sides[0].ways, func(s Step) string {
		next[s.from()] = append(next[s.from()], s)
		return s.from()
	})
	p.trace(met, p.sides[1].ways, func(s Step) string {
		back := Step{s.Fact, !s.Back}
		next[back.from()] = append(next[back.from()], back)
		return back.to()
	})
	for _, steps := range next {
		slices.SortFunc(steps, func(a, b Step) int {
			return cmp.Or(cmp.Compare(a.label(), b.label()), cmp.Compare(a.to(), b.to()))
		})
	}
	var out []Path
	var trail []Step
	var follow func(id string)
	follow = func(id string) {
		if id == p.to && len(out) < p.Limit {
			out = append(out, Path{slices.Clone(trail)})
			return
		}
		for _, s := range next[id] {
			if len(out) == p.Limit {
				return
			}
			trail = append(trail, s)
			follow(s.to())
			trail = trail[:len(trail)-1]
		}
	}
	follow(p.from)
	return out
}

// trace goes back from things along the ways to them, each once; visit returns
// where a way comes from.
func (p *pathSearch) trace(things []string, ways map[string][]Step, visit func(Step) string) {
	seen := map[string]bool{}
	for queue := slices.Clone(things); len(queue) > 0; queue = queue[1:] {
		if id := queue[0]; !seen[id] {
			seen[id] = true
			for _, s := range ways[id] {
				queue = append(queue, visit(s))
			}
		}
	}
}
