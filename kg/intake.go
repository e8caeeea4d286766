package kg

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// finish settles groups and shapes and adds what was read, unless rows were
// bad and may not be skipped.
func (in *intake) finish(ctx context.Context, doing string) (Report, error) {
	fail := func(err error) (Report, error) {
		return Report{Errors: in.report.Errors, Unused: in.report.Unused}, fmt.Errorf("kg: %s: %w", doing, err)
	}
	if err := in.src.tell(); err != nil {
		return fail(err)
	}
	if err := in.settle(ctx); err != nil {
		return fail(err)
	}
	slices.SortStableFunc(in.report.Errors, func(a, b RowError) int { return cmp.Compare(a.Row, b.Row) })
	if n := len(in.bad); n > 0 && !in.opts.SkipBadRows {
		return fail(fmt.Errorf("nothing was loaded, %d bad rows, the first: %w", n, in.report.Errors[0]))
	}
	facts := in.good()
	if in.opts.Replace {
		d, err := in.g.sync(ctx, in.opts.Source, facts, in.keeps)
		if err != nil {
			return fail(err)
		}
		in.report.Diff = &d
	} else if err := in.g.update(ctx, doing, func(b *Batch) error { b.Add(facts...); return nil }); err != nil {
		return Report{Errors: in.report.Errors, Unused: in.report.Unused}, err
	}
	in.report.Facts = len(facts)
	return in.report, nil
}

// good returns the facts of the rows that are not bad, and counts these.
func (in *intake) good() []Fact {
	in.spoil()
	last, whole := -1, len(in.bad) == 0
	for i := range in.rows {
		r := &in.rows[i]
		whole = whole && len(r.inherited) == 0
		if !in.bad[r.number] && r.number != last {
			in.report.Rows++
			last = r.number
		}
	}
	if whole {
		return in.facts
	}
	var out []Fact
	for i := range in.rows {
		if r := &in.rows[i]; !in.bad[r.number] {
			out = append(append(out, in.facts[r.start:r.end]...), r.inherited...)
		}
	}
	return out
}

// keeps reports whether a thing keeps what the source said of it before even
// where the file says so no more: a bad row that was skipped takes nothing
// away from its thing, and where it is not known which thing a bad row is
// about, it may be any that is not in the file.
func (in *intake) keeps(id string) bool {
	if in.badIDs[id] {
		return true
	}
	_, there := in.ids[id]
	return in.noID && !there
}

// A loadThing is all that the good rows say about one id.
type loadThing struct {
	rows  []int // indexes of the rows that are about it
	group string
	state inheritState
	depth int // how many groups of the file it stands within, once settled
	// merged is what its rows say together, nil before that was asked for.
	merged []Fact
}

// settle finds the rows that are bad for what other rows or the graph say.
func (in *intake) settle(ctx context.Context) error {
	grouped := slices.ContainsFunc(in.rows, func(r intakeRow) bool { return r.group != "" })
	if !grouped && len(in.opts.Shapes) == 0 {
		return nil
	}
	s, err := in.g.read(ctx, "read the graph")
	if err != nil {
		return err
	}
	in.spoil()
	in.things = make(map[string]*loadThing, len(in.ids))
	for i := range in.rows {
		r := &in.rows[i]
		if in.bad[r.number] {
			continue
		}
		t := in.things[r.id]
		if t == nil {
			t = &loadThing{group: r.group}
			in.things[r.id] = t
			in.order = append(in.order, r.id)
		}
		t.rows = append(t.rows, i)
		t.group = cmp.Or(t.group, r.group)
	}
	if grouped {
		if err := in.inherit(ctx, s); err != nil {
			return err
		}
	}
	return in.judge(ctx, s)
}

// spoil marks the ids of bad rows: of several with one number, some may have
// been read before another was found bad.
func (in *intake) spoil() {
	if len(in.bad) == 0 {
		return
	}
	for i := range in.rows {
		if r := &in.rows[i]; in.bad[r.number] {
			in.badIDs[r.id] = true
		}
	}
}

// said returns what the file says about a thing, its group's facts included.
func (in *intake) said(t *loadThing) []Fact {
	if len(t.rows) == 1 && len(in.rows[t.rows[0]].inherited) == 0 {
		r := &in.rows[t.rows[0]]
		return in.facts[r.start:r.end:r.end]
	}
	if t.merged == nil {
		for _, i := range t.rows {
			r := &in.rows[i]
			t.merged = append(append(t.merged, in.facts[r.start:r.end]...), r.inherited...)
		}
		t.merged = slices.Clip(distinct(t.merged))
	}
	return t.merged
}

// distinct removes facts that were there before, in place.
func distinct(facts []Fact) []Fact {
	seen := make(map[Fact]bool, len(facts))
	return slices.DeleteFunc(facts, func(f Fact) bool {
		k := f.key()
		dup := seen[k]
		seen[k] = true
		return dup
	})
}

// isBad reports whether a row of the thing is bad.
func (in *intake) isBad(t *loadThing) bool {
	return slices.ContainsFunc(t.rows, func(i int) bool { return in.bad[in.rows[i].number] })
}

// stays returns what the graph says about a thing and will go on to say.
func (in *intake) stays(s *snapshot, id string) []Fact {
	facts := s.factsOf(id)
	if in.opts.Replace && !in.keeps(id) {
		facts = slices.DeleteFunc(facts, func(f Fact) bool { return ofSource(f.Source, in.opts.Source) })
	}
	return facts
}

// known returns what will be known of a thing after the load.
func (in *intake) known(s *snapshot, id string) []Fact {
	if t := in.things[id]; t != nil && !in.isBad(t) {
		if facts := in.said(t); len(facts) > 0 {
			return append(slices.Clip(facts), in.stays(s, id)...)
		}
	}
	return in.stays(s, id)
}
