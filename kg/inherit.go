package kg

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// maxGroups is the largest number of groups that stand one within the other.
// Without a limit, a chain of n groups with a predicate each would make n*n/2
// facts.
const maxGroups = 16

type inheritState uint8

const (
	waiting inheritState = iota
	onPath               // between a thing and its outermost group
	settled
)

// inherit gives each variant what its group has and it lacks, outer groups
// first.
func (in *intake) inherit(ctx context.Context, s *snapshot) error {
	for i, id := range in.order {
		if i%everyRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		path := in.groups(id)
		for j := len(path) - 1; j >= 0; j-- {
			t := in.things[path[j]]
			if t.state = settled; t.group == "" || in.isBad(t) {
				continue
			}
			if outer := in.things[t.group]; outer != nil {
				t.depth = outer.depth + 1
			}
			if t.depth > maxGroups {
				in.failThing(t, in.groupPath(), fmt.Sprintf("it stands within more than %d groups", maxGroups))
				continue
			}
			in.inheritFrom(s, path[j], t)
		}
	}
	return in.requireAll()
}

// groups returns the things from id outwards that are not settled. Those that
// are their own group fail.
func (in *intake) groups(id string) []string {
	var path []string
	for t := in.things[id]; t != nil && t.state == waiting; t = in.things[id] {
		t.state = onPath
		path = append(path, id)
		if id = t.group; id == "" {
			return path
		}
	}
	if t := in.things[id]; t != nil && t.state == onPath {
		circle := path[slices.Index(path, id):]
		for i, member := range circle {
			in.failThing(in.things[member], in.groupPath(), "variants in a circle: "+wordCircle(circle, i))
		}
	}
	return path
}

// wordCircle words a circle of ids from the i-th on: "a -> b -> a".
func wordCircle(ids []string, i int) string {
	const most = 10
	var words []string
	for j := range min(len(ids), most) {
		words = append(words, clip(ids[(i+j)%len(ids)]))
	}
	if len(ids) > most {
		words = append(words, fmt.Sprintf("… (%d more)", len(ids)-most))
	}
	return strings.Join(append(words, clip(ids[i])), " -> ")
}

// groupPath is the path at which rows name their group.
func (in *intake) groupPath() string { return in.path(in.opts.GroupPredicate) }

// failThing makes the rows of a thing bad.
func (in *intake) failThing(t *loadThing, path, reason string) {
	for n, i := range t.rows {
		if r := &in.rows[i]; n == 0 || r.number != in.rows[t.rows[n-1]].number {
			in.fail(r.number, r.id, path, reason)
		}
	}
}

// inheritFrom gives one variant what its group has and it lacks.
func (in *intake) inheritFrom(s *snapshot, id string, t *loadThing) {
	for _, i := range t.rows {
		if g := in.rows[i].group; g != "" && g != t.group {
			in.failThing(t, in.groupPath(), fmt.Sprintf("it has two groups, %q and %q", clip(t.group), clip(g)))
			return
		}
	}
	from := in.known(s, t.group)
	if len(from) == 0 {
		in.failThing(t, in.groupPath(), in.groupless(t.group))
		return
	}
	has := map[string]bool{in.opts.GroupPredicate: true}
	for _, p := range in.opts.Own {
		has[in.g.family(p)] = true
	}
	for _, f := range in.said(t) {
		has[in.g.family(f.Predicate)] = true
	}
	for _, f := range in.stays(s, id) { // what this source said before is said anew
		if in.opts.Source == "" || !ofSource(f.Source, in.opts.Source) {
			has[in.g.family(f.Predicate)] = true
		}
	}
	r := &in.rows[t.rows[0]]
	source := in.source(r.number)
	for _, f := range distinct(slices.Clone(from)) {
		if !has[in.g.family(f.Predicate)] && f.Object != Ref(id) {
			r.inherited = append(r.inherited, Fact{id, f.Predicate, f.Object, source})
		}
	}
	t.merged = nil
}

// groupless says why there is nothing to inherit.
func (in *intake) groupless(group string) string {
	if in.badIDs[group] {
		return fmt.Sprintf("its group %q is in a bad row", clip(group))
	}
	return fmt.Sprintf("its group %q is neither in the file nor in the graph", clip(group))
}

// family is what a variant has or lacks as a whole: a predicate in all its
// languages, and all that things are called by.
func (g *Graph) family(predicate string) string {
	if nameRank(g.names, predicate) >= 0 {
		return g.names[0]
	}
	base, _ := splitLang(predicate)
	return base
}

// requireAll fails the rows that lack a required value even of their group's.
func (in *intake) requireAll() error {
	for _, id := range in.order {
		t := in.things[id]
		for _, i := range t.rows {
			r := &in.rows[i]
			for _, p := range r.required {
				has := func(f Fact) bool { return f.Predicate == p }
				if !in.bad[r.number] && !slices.ContainsFunc(in.said(t), has) {
					in.fail(r.number, id, in.path(p), "neither the row nor its group has a value, and one is required")
				}
			}
		}
	}
	return nil
}
