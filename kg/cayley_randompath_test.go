package kg

import (
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
)

// randomPath is a path to be built on a store.
type randomPath struct {
	build func(graph.QuadStore) *path.Path
	text  string
	// several: there may be several ways to a node. union: the path is a union.
	// loose: how often memstore gives a node depends on the order in which it
	// evaluates: it multiplies ways only between the set that it goes through
	// and one of those that it looks into, and looks into the first part of a
	// union that has the node.
	several, union, loose bool
	// paths: memstore may give further ways by NextPath, which a further step
	// loses but for the first fact of each node.
	paths bool
	// filtered: a tag gets lost, since a filter that is looked into has no
	// result to tag.
	filtered bool
	// stray: which tags come with a node depends on that order: those of the
	// way that Unique met first, or of the last look into what Except takes
	// away.
	tags, stray bool
	blank       bool // Labels of a quad without one is no node, on which Order panics
	sizeOnly    bool // what is cut off by a limit is a matter of order
	tagged      []string
	morphism    bool // Back and Reverse can do without the store
}

// path returns a path of up to five steps.
func (w *randomWorld) path() randomPath {
	p := w.start()
	for range 1 + w.r.IntN(4) {
		p = w.extend(p)
	}
	switch w.r.IntN(12) {
	case 0, 1:
		p = p.unique()
	case 2:
		if !p.loose && !p.blank {
			n := int64(1 + w.r.IntN(4))
			p = p.then(fmt.Sprintf("Limit(%d)", n), func(x *path.Path) *path.Path { return x.Limit(n) })
			p.sizeOnly = true
		}
	case 3:
		if p.blank {
			return p
		}
		p.loose = p.loose || p.paths // it sorts the first way to each
		p = p.then("Order", func(x *path.Path) *path.Path { return x.Order() })
	}
	return p
}

func (p randomPath) then(text string, step func(*path.Path) *path.Path) randomPath {
	before := p.build
	p.build = func(qs graph.QuadStore) *path.Path { return step(before(qs)) }
	p.text += "." + text
	return p
}

func (w *randomWorld) start() randomPath {
	nodes := w.some(3, w.term)
	if w.r.IntN(3) == 0 {
		nodes = nil
	}
	return randomPath{
		build: func(qs graph.QuadStore) *path.Path { return path.StartPath(qs, nodes...) },
		text:  fmt.Sprintf("Start(%v)", nodes),
	}
}

// join notes that the path is intersected with a set.
func (p randomPath) join(several bool) randomPath {
	p.loose = p.loose || p.union || p.several && several
	p.paths = p.paths || p.several || several
	p.several, p.union = p.several || several, false
	return p
}

func (w *randomWorld) extend(p randomPath) randomPath {
	switch w.r.IntN(22) {
	case 0, 1, 2, 3:
		return w.step(p)
	case 4, 5, 6, 7:
		return w.has(p)
	case 8, 9:
		return w.hasFilter(p)
	case 10, 11:
		return w.filter(p)
	case 12, 13, 14:
		return w.combine(p)
	case 15:
		return w.tag(p)
	case 16:
		return w.back(p)
	case 17:
		return w.follow(p)
	case 18:
		return w.ends(p)
	case 19:
		return w.save(p)
	case 20:
		return w.labels(p)
	}
	return p.unique()
}

func (p randomPath) unique() randomPath {
	p.several, p.paths, p.union, p.loose, p.stray = false, false, false, false, p.stray || p.tags
	return p.then("Unique", func(x *path.Path) *path.Path { return x.Unique() })
}

func (w *randomWorld) step(p randomPath) randomPath {
	via := w.vias()
	kind := w.r.IntN(5)
	p.loose = p.loose || p.union || p.paths
	p.paths, p.several = p.several, true
	switch kind {
	case 0, 1:
		return p.then(fmt.Sprintf("Out(%v)", via), func(x *path.Path) *path.Path { return x.Out(via...) })
	case 2, 3:
		return p.then(fmt.Sprintf("In(%v)", via), func(x *path.Path) *path.Path { return x.In(via...) })
	}
	p.union = true
	return p.then(fmt.Sprintf("Both(%v)", via), func(x *path.Path) *path.Path { return x.Both(via...) })
}

func (w *randomWorld) has(p randomPath) randomPath {
	via, nodes := w.predicate(), w.some(2, w.term)
	if w.r.IntN(4) == 0 {
		nodes = nil
	}
	p = p.join(!w.plain || len(nodes) != 1)
	if w.r.IntN(3) == 0 {
		return p.then(fmt.Sprintf("HasReverse(%v, %v)", via, nodes), func(x *path.Path) *path.Path { return x.HasReverse(via, nodes...) })
	}
	return p.then(fmt.Sprintf("Has(%v, %v)", via, nodes), func(x *path.Path) *path.Path { return x.Has(via, nodes...) })
}

func (w *randomWorld) hasFilter(p randomPath) randomPath {
	via, rev, filters := w.predicate(), w.r.IntN(4) == 0, w.filters()
	return p.join(true).then(fmt.Sprintf("HasFilter(%v, %v, %v)", via, rev, filters), func(x *path.Path) *path.Path { return x.HasFilter(via, rev, filters...) })
}

func (w *randomWorld) filter(p randomPath) randomPath {
	filters := w.filters()
	p.filtered = true
	return p.then(fmt.Sprintf("Filters(%v)", filters), func(x *path.Path) *path.Path { return x.Filters(filters...) })
}

// combine takes a second path into an And, Or or Except.
func (w *randomWorld) combine(p randomPath) randomPath {
	q := w.start()
	for range w.r.IntN(3) {
		q = w.extend(q)
	}
	before, other := p.build, q.build
	both := func(join func(a, b *path.Path) *path.Path) func(graph.QuadStore) *path.Path {
		return func(qs graph.QuadStore) *path.Path { return join(before(qs), other(qs)) }
	}
	loose := p.loose || q.loose
	switch w.r.IntN(3) {
	case 0:
		p.build, p.text = both((*path.Path).And), p.text+".And("+q.text+")"
		loose = loose || q.union
		p = p.join(q.several)
	case 1:
		p.build, p.text = both((*path.Path).Or), p.text+".Or("+q.text+")"
		p.union, p.several = true, true
	default:
		p.build, p.text = both((*path.Path).Except), p.text+".Except("+q.text+")"
		loose = p.loose
		p = p.join(false)
		p.stray = p.stray || q.tags
	}
	p.paths, p.blank = p.paths || q.paths, p.blank || q.blank
	p.tags, p.stray = p.tags || q.tags, p.stray || q.stray
	p.loose = p.loose || loose
	return p
}

func (w *randomWorld) tag(p randomPath) randomPath {
	tag := []string{"a", "b"}[w.r.IntN(2)]
	p = p.then("Tag("+tag+")", func(x *path.Path) *path.Path { return x.Tag(tag) })
	p.tags, p.stray = true, p.stray || p.filtered
	p.tagged = append(p.tagged[:len(p.tagged):len(p.tagged)], tag)
	return p
}

func (w *randomWorld) back(p randomPath) randomPath {
	if len(p.tagged) == 0 || p.morphism {
		return p
	}
	tag := p.tagged[w.r.IntN(len(p.tagged))]
	p = p.then("Back("+tag+")", func(x *path.Path) *path.Path { return x.Back(tag) })
	p.loose = true
	return p
}

// follow takes steps by way of another path.
func (w *randomWorld) follow(p randomPath) randomPath {
	via, more := w.predicate(), w.predicate()
	p.loose = true
	switch w.r.IntN(4) {
	case 0:
		return p.then(fmt.Sprintf("FollowReverse(Out(%v).In(%v))", via, more), func(x *path.Path) *path.Path {
			return x.FollowReverse(path.StartMorphism().Out(via).In(more))
		})
	case 1:
		p.morphism = true
		return p.then(fmt.Sprintf("FollowRecursive(%v)", via), func(x *path.Path) *path.Path { return x.FollowRecursive(via, 3, nil) })
	}
	return p.then(fmt.Sprintf("Follow(Out(%v).Has(%v))", via, more), func(x *path.Path) *path.Path {
		return x.Follow(path.StartMorphism().Out(via).Has(more))
	})
}

// ends goes to the predicates or labels.
func (w *randomWorld) ends(p randomPath) randomPath {
	p.several, p.paths, p.union, p.loose, p.stray, p.morphism = false, false, false, false, p.stray || p.tags, true
	switch w.r.IntN(3) {
	case 0:
		return p.then("InPredicates", func(x *path.Path) *path.Path { return x.InPredicates() })
	case 1:
		p.blank = true
		return p.then("Labels", func(x *path.Path) *path.Path { return x.Labels() })
	}
	return p.then("OutPredicates", func(x *path.Path) *path.Path { return x.OutPredicates() })
}

func (w *randomWorld) save(p randomPath) randomPath {
	via := w.predicate()
	p = p.join(true)
	p.tags = true
	switch w.r.IntN(3) {
	case 0:
		return p.then(fmt.Sprintf("Save(%v, c)", via), func(x *path.Path) *path.Path { return x.Save(via, "c") })
	case 1:
		return p.then(fmt.Sprintf("SaveReverse(%v, c)", via), func(x *path.Path) *path.Path { return x.SaveReverse(via, "c") })
	}
	return p.then(fmt.Sprintf("SaveOptional(%v, c)", via), func(x *path.Path) *path.Path { return x.SaveOptional(via, "c") })
}

// labels restricts what follows to the quads of some labels.
func (w *randomWorld) labels(p randomPath) randomPath {
	var labels []any
	for _, v := range w.some(2, w.label) {
		labels = append(labels, v)
	}
	return w.step(p.then(fmt.Sprintf("LabelContext(%v)", labels), func(x *path.Path) *path.Path { return x.LabelContext(labels...) }))
}
