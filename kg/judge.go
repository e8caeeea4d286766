package kg

import (
	"context"
	"fmt"
	"slices"
)

// judge checks the good rows against the shapes, and makes those bad that are
// wrong or whose group is in a bad row. A row that turns bad may make others
// bad, which refer to its thing, so these are looked at again; since a row
// never turns good again, that ends.
func (in *intake) judge(ctx context.Context, s *snapshot) error {
	c := newShapeChecker(in.g.kind, in.opts.Shapes, func(id string) []Fact { return in.known(s, id) })
	queue := in.order
	var referrers map[string][]string
	for n := 0; len(queue) > 0; n++ {
		if n%everyRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		id := queue[0]
		queue = queue[1:]
		t := in.things[id]
		if in.isBad(t) {
			continue
		}
		in.judgeThing(c, s, t)
		if !in.isBad(t) {
			continue
		}
		if referrers == nil {
			referrers = in.referrers()
		}
		for _, other := range in.fellow(t) {
			queue = append(queue, referrers[other]...)
		}
	}
	return nil
}

func (in *intake) judgeThing(c *shapeChecker, s *snapshot, t *loadThing) {
	if t.group != "" && len(in.known(s, t.group)) == 0 {
		in.failThing(t, in.groupPath(), in.groupless(t.group))
		return
	}
	facts := in.said(t)
	if len(facts) == 0 || len(in.opts.Shapes) == 0 {
		return
	}
	for _, v := range c.check(nil, distinct(slices.Clone(facts))) {
		reason := v.Reason
		if v.Value.kind != None {
			reason = fmt.Sprintf("%q: %s", clip(v.Value.String()), reason)
		}
		in.failThing(t, in.path(v.Predicate), reason)
	}
}

// fellow returns the ids of all things that a thing takes along when its rows
// turn bad.
func (in *intake) fellow(t *loadThing) []string {
	var ids []string
	for _, i := range t.rows {
		number := in.rows[i].number
		for j := i; j >= 0 && in.rows[j].number == number; j-- {
			ids = append(ids, in.rows[j].id)
		}
		for j := i + 1; j < len(in.rows) && in.rows[j].number == number; j++ {
			ids = append(ids, in.rows[j].id)
		}
	}
	return ids
}

// referrers returns, for each thing of the file, those that refer to it.
func (in *intake) referrers() map[string][]string {
	out := map[string][]string{}
	for _, id := range in.order {
		for _, f := range in.said(in.things[id]) {
			if to, ok := f.Object.ID(); ok && in.things[to] != nil {
				out[to] = append(out[to], id)
			}
		}
	}
	return out
}
