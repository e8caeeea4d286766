package kg

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A Row is one row of a feed, as facts: what [Graph.LoadRows] takes from
// readers of formats of their own.
type Row struct {
	// Number says which row of the feed it is, for errors and sources. Several
	// Rows may have one number, where a row of the feed speaks of several
	// things: they are bad together.
	Number int
	ID     string // the thing that the row is about
	// Group is the id of the thing of which this one is a variant, "" for
	// none. The variant gets what its group has and it lacks; see [Mapping.Group].
	Group string
	// Facts are the facts of the thing. Their Subject and Source are set by the
	// load.
	Facts []Fact
	// Errors say what was wrong with the row when it was read. Where there are
	// any, none of its facts is loaded.
	Errors []RowError
}

// LoadOptions says how rows are loaded. The zero value is of use. The members
// are explained at those of the same name of [Mapping].
type LoadOptions struct {
	Source         string
	Replace        bool
	SkipBadRows    bool
	SameID         bool
	Shapes         []Shape
	GroupPredicate string
	Own            []string // predicates that variants do not take from their group
}

func (o *LoadOptions) check() error {
	if o.Replace && o.Source == "" {
		return errors.New("replace needs a source; name whose facts are replaced")
	}
	return checkShapes(o.Shapes)
}

// LoadRows adds the facts of rows in one batch. Bad rows, groups, shapes and
// sources are treated as in [Graph.LoadJSON]. An error among the rows ends the
// load, and nothing is loaded.
func (g *Graph) LoadRows(ctx context.Context, rows iter.Seq2[Row, error], opts LoadOptions) (Report, error) {
	const doing = "load rows"
	if err := opts.check(); err != nil {
		return Report{}, fmt.Errorf("kg: %s: %w", doing, err)
	}
	in := g.intake(newInput(ctx, strings.NewReader("")), opts, false)
	for r, err := range rows {
		if err == nil {
			err = in.src.step(len(in.facts))
		}
		if err != nil {
			return in.report, fmt.Errorf("kg: %s: %w", doing, err)
		}
		in.row(r)
	}
	return in.finish(ctx, doing)
}

// intake holds the rows of one load until all are known: groups and
// references may point forward.
type intake struct {
	g      *Graph
	src    *input
	opts   LoadOptions
	line   bool                     // row numbers are lines
	path   func(pred string) string // where in a row the values of a predicate stand
	rows   []intakeRow
	facts  []Fact
	ids    map[string]int // id -> number of the first row that has it
	report Report

	bad    map[int]bool    // row numbers
	badIDs map[string]bool // ids of bad rows
	noID   bool            // some bad row has no id that can be read

	things map[string]*loadThing
	order  []string // keys of things, by first row
}

// intakeRow is a row whose facts are facts[start:end] of the intake.
type intakeRow struct {
	number     int
	id, group  string
	start, end int
	inherited  []Fact
	required   []string // predicates without which the row is bad, once it has what its group gives
}

func (g *Graph) intake(src *input, opts LoadOptions, line bool) *intake {
	if opts.GroupPredicate == "" {
		opts.GroupPredicate = "variant_of"
	}
	return &intake{g: g, src: src, opts: opts, line: line, path: func(p string) string { return p },
		ids: map[string]int{}, bad: map[int]bool{}, badIDs: map[string]bool{}}
}

// fail notes what is wrong with a row; id is "" where it could not be read.
func (in *intake) fail(number int, id, path, reason string) {
	in.failed(id, RowError{number, path, reason, in.line})
}

func (in *intake) failed(id string, err RowError) {
	in.bad[err.Row] = true
	if id == "" {
		in.noID = true
	} else {
		in.badIDs[id] = true
	}
	in.report.Errors = append(in.report.Errors, err)
}

func (in *intake) where(number int) string {
	if in.line {
		return fmt.Sprintf("line %d", number)
	}
	return fmt.Sprintf("row %d", number)
}

// source is the source of the facts of a row.
func (in *intake) source(number int) string {
	if in.opts.Source == "" {
		return ""
	}
	return in.opts.Source + " " + in.where(number)
}

// claim notes that a row has the id, or fails where another has it.
func (in *intake) claim(number int, id, path string) bool {
	at, dup := in.ids[id]
	if dup && !in.opts.SameID {
		in.bad[number] = true // the id is that of a row which may be good
		reason := fmt.Sprintf("the id %q is already that of %s", clip(id), in.where(at))
		in.report.Errors = append(in.report.Errors, RowError{number, path, reason, in.line})
		return false
	}
	if !dup {
		in.ids[id] = number
	}
	return true
}

// add takes a fact of the row that is being read. The list doubles: appending
// would grow a long one by a quarter and copy it five times as often.
func (in *intake) add(f Fact) {
	if len(in.facts) == cap(in.facts) {
		in.facts = slices.Grow(in.facts, len(in.facts)+256)
	}
	in.facts = append(in.facts, f)
}

// row takes a row of LoadRows.
func (in *intake) row(r Row) {
	for _, e := range r.Errors {
		e.Row = r.Number
		in.failed(r.ID, e)
	}
	if len(r.Errors) > 0 {
		return
	}
	if r.ID == "" {
		in.fail(r.Number, "", "", "the row has no id")
		return
	}
	if !in.claim(r.Number, r.ID, "") {
		return
	}
	at := intakeRow{number: r.Number, id: r.ID, group: r.Group, start: len(in.facts)}
	source := in.source(r.Number)
	if r.Group != "" {
		r.Facts = append(slices.Clip(r.Facts), Fact{Predicate: in.opts.GroupPredicate, Object: Ref(r.Group)})
	}
	for _, f := range r.Facts {
		f.Subject, f.Source = r.ID, source
		if err := f.check(); err != nil {
			in.fail(r.Number, r.ID, f.Predicate, err.Error())
			in.facts = in.facts[:at.start]
			return
		}
		in.add(f)
	}
	at.end = len(in.facts)
	in.rows = append(in.rows, at)
}
