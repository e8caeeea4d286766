package kg

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// loader turns rows into facts, for all formats.
type loader struct {
	m      *Mapping
	kind   string // the kind predicate
	line   bool   // rows are lines
	facts  []Fact
	report Report
	ids    map[string]int  // subject -> its row
	met    map[string]bool // paths of fields at which some row had a value
	bad    bool            // the current row
}

// source of one row: what stands at a path, and false where nothing does.
type rowReader interface {
	cells(path string) ([]cell, error)
}

func (l *loader) fail(row int, path, reason string) {
	l.bad = true
	l.report.Errors = append(l.report.Errors, RowError{row, path, reason, l.line})
}

// row adds the facts of one row, or its errors.
func (l *loader) row(n int, r rowReader) {
	l.bad = false
	start := len(l.facts)
	id, ok := l.one(n, r, l.m.ID)
	if !ok {
		if !l.bad {
			l.fail(n, l.m.ID, "the row has no id")
		}
		return
	}
	id = l.m.Prefix + id
	if at, dup := l.ids[id]; dup && !l.m.SameID {
		l.fail(n, l.m.ID, fmt.Sprintf("the id %q is already that of %s", clip(id), l.where(at)))
		return
	} else if !dup {
		l.ids[id] = n
	}
	source := ""
	if l.m.Source != "" {
		source = l.m.Source + " " + l.where(n)
	}
	put := func(path, predicate string, v Value) {
		f := Fact{id, predicate, v, source}
		if err := f.check(); err != nil {
			l.fail(n, path, err.Error())
			return
		}
		l.facts = append(l.facts, f)
	}
	kind := l.m.Kind
	if l.m.KindPath != "" {
		kind, _ = l.one(n, r, l.m.KindPath)
	}
	if kind != "" {
		put(l.m.KindPath, l.kind, Text(kind))
	}
	if l.m.Rank != "" {
		put(l.m.ID, l.m.Rank, Num(float64(n), ""))
	}
	for i := range l.m.Fields {
		l.field(n, r, &l.m.Fields[i], put)
	}
	if l.bad {
		l.facts = l.facts[:start]
		return
	}
	l.report.Rows++
}

func (l *loader) where(row int) string {
	if l.line {
		return fmt.Sprintf("line %d", row)
	}
	return fmt.Sprintf("row %d", row)
}

func (l *loader) field(n int, r rowReader, f *Field, put func(path, predicate string, v Value)) {
	cells, err := r.cells(f.Path)
	if err != nil {
		l.fail(n, f.Path, err.Error())
		return
	}
	unit := f.Unit
	if f.UnitPath != "" {
		if u, ok := l.one(n, r, f.UnitPath); ok {
			unit = u
		}
	}
	found := false
	for _, c := range f.split(cells) {
		v, err := f.value(c, unit)
		if err != nil || v.kind != None {
			l.met[f.Path] = true
		}
		if err != nil {
			l.fail(n, f.Path, err.Error())
			continue
		}
		if v.kind != None {
			found = true
			put(f.Path, f.predicate(), v)
		}
	}
	if f.Required && !found && !l.bad {
		l.fail(n, f.Path, "the row has no value, and one is required")
	}
}

func (f *Field) split(cells []cell) []cell {
	if f.Split == "" {
		return cells
	}
	var out []cell
	for _, c := range cells {
		if c.kind != String {
			out = append(out, c)
			continue
		}
		for _, part := range strings.Split(c.text, f.Split) {
			out = append(out, cell{text: strings.TrimSpace(part), kind: String})
		}
	}
	return out
}

// one returns the single value at a path, as text.
func (l *loader) one(n int, r rowReader, path string) (string, bool) {
	cells, err := r.cells(path)
	if err == nil && len(cells) > 1 {
		err = fmt.Errorf("%d values, want one", len(cells))
	}
	if err != nil {
		l.fail(n, path, err.Error())
		return "", false
	}
	if len(cells) == 0 {
		return "", false
	}
	if cells[0].kind == Truth {
		l.fail(n, path, cells[0].text+" is a truth value; want text or a number")
		return "", false
	}
	s := strings.TrimSpace(cells[0].text)
	if !utf8.ValidString(s) {
		l.fail(n, path, fmt.Sprintf("%q is not valid UTF-8", clip(s)))
		return "", false
	}
	return s, s != ""
}

// finish adds what was read, unless rows were bad and may not be skipped.
func (l *loader) finish(ctx context.Context, g *Graph, doing string) (Report, error) {
	for _, f := range l.m.Fields {
		if !l.met[f.Path] && !slices.Contains(l.report.Unused, f.Path) {
			l.report.Unused = append(l.report.Unused, f.Path)
		}
	}
	if n := len(l.report.Errors); n > 0 && !l.m.SkipBadRows {
		l.report.Rows = 0
		rows := 1
		for i := 1; i < n; i++ {
			if l.report.Errors[i].Row != l.report.Errors[i-1].Row {
				rows++
			}
		}
		return l.report, fmt.Errorf("kg: %s: nothing was loaded, %d bad rows, the first: %w", doing, rows, l.report.Errors[0])
	}
	if err := g.update(ctx, doing, func(b *Batch) error {
		b.changes = slices.Grow(b.changes, len(l.facts))
		for _, f := range l.facts {
			b.changes = append(b.changes, change{fact: f}) // checked already
		}
		return nil
	}); err != nil {
		return Report{Errors: l.report.Errors}, err
	}
	l.report.Facts = len(l.facts)
	return l.report, nil
}

func (g *Graph) loader(m *Mapping, line bool) *loader {
	return &loader{m: m, kind: g.kind, line: line, ids: map[string]int{}, met: map[string]bool{}}
}
