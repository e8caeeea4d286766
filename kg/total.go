package kg

import (
	"context"
	"slices"
)

// total counts the things that satisfy the plan.
func (p *plan) total(ctx context.Context) (int, error) {
	if n, ok, err := p.totalWithout(ctx); ok || err != nil {
		return n, err
	}
	w, ok := p.scan()
	if !ok {
		found, err := p.match(ctx, all)
		return len(found), err
	}
	return w.count(ctx)
}

// totalWithout counts by inclusion and exclusion where a condition says that a
// thing has not a value of which there is a list: the list is mostly shorter
// than what is left without it.
func (p *plan) totalWithout(ctx context.Context) (n int, ok bool, err error) {
	for i := range p.rest {
		c := p.rest[i]
		if c.op != Ne || len(p.lists) == 0 { // of no list, what has no value at all counts too
			continue
		}
		c.op = Eq
		list, ok := p.s.list(&c)
		if !ok {
			continue
		}
		less := *p
		less.rest = slices.Delete(slices.Clone(p.rest), i, i+1)
		if n, err = less.total(ctx); err != nil || len(list.nodes) == 0 {
			return n, true, err
		}
		less.lists = append(slices.Clone(p.lists), list)
		out, err := less.total(ctx)
		return n - out, true, err
	}
	return 0, false, nil
}

// count is the number of things that each yields.
func (w *scan) count(ctx context.Context) (int, error) {
	if w.sets != nil && len(w.rest) == 0 {
		return w.len(), nil
	}
	n := 0
	err := w.each(ctx, 1, func(node) bool { n++; return true })
	return n, err
}

// sample returns things that satisfy the plan: all where there are at most most
// of them, else so many, spread evenly over those that there are. It looks at
// no more of them than it needs.
func (p *plan) sample(ctx context.Context, most int) ([]node, error) {
	w, ok := p.scan()
	if !ok {
		found, err := p.match(ctx, all)
		return thin(found, most), err
	}
	var out []node
	take := func(n node) bool { out = append(out, n); return true }
	for _, step := range []int{max(1, w.len()/most), 1} { // all, where what is left of so many is too few
		out = out[:0]
		if err := w.each(ctx, step, take); err != nil {
			return nil, err
		}
		if len(out) >= most || step == 1 {
			break
		}
	}
	return thin(out, most), nil
}

// thin leaves out so many of a list that most are left, evenly.
func thin(list []node, most int) []node {
	if len(list) <= most {
		return list
	}
	out := make([]node, most)
	for i := range out {
		out[i] = list[i*len(list)/most]
	}
	return out
}
