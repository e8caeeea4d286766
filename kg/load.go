package kg

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// loader turns the rows of a file into facts as a mapping says.
type loader struct {
	m   *Mapping
	in  *intake
	met map[string]bool // paths of fields at which some row had a value

	// of the row that is being read
	number int
	id     string // "" before it is known
	bad    bool
	group  string
	needs  []string // required predicates that a group may give
}

// rowReader gives what stands at a path of a row, nothing where there is
// nothing.
type rowReader interface {
	cells(path string) ([]cell, error)
}

func (g *Graph) loader(src *input, m *Mapping, line bool) *loader {
	l := &loader{m: m, in: g.intake(src, m.options(), line), met: map[string]bool{}}
	l.in.path = l.pathOf
	return l
}

// pathOf returns where the values of a predicate stand in a row.
func (l *loader) pathOf(predicate string) string {
	if l.m.Group != "" && predicate == l.in.opts.GroupPredicate {
		return l.m.Group
	}
	for i := range l.m.Fields {
		if l.m.Fields[i].predicate() == predicate {
			return l.m.Fields[i].Path
		}
	}
	if predicate == l.in.g.kind && l.m.KindPath != "" {
		return l.m.KindPath
	}
	return predicate
}

// fail notes what is wrong with the row that is being read.
func (l *loader) fail(path, reason string) {
	l.bad = true
	l.in.fail(l.number, l.id, path, reason)
}

// unreadable notes a row that is none.
func (l *loader) unreadable(number int, reason string) {
	l.in.fail(number, "", "", reason)
}

// row adds the facts of one row, or its errors.
func (l *loader) row(number int, r rowReader) {
	l.number, l.id, l.bad, l.group, l.needs = number, "", false, "", nil
	start := len(l.in.facts)
	id, ok := l.one(r, l.m.ID)
	if !ok {
		if !l.bad {
			l.fail(l.m.ID, "the row has no id")
		}
		return
	}
	l.id = l.m.Prefix + strings.Clone(id)
	if !l.in.claim(number, l.id, l.m.ID) {
		return
	}
	l.values(r)
	if l.bad {
		l.in.facts = l.in.facts[:start]
		return
	}
	l.in.rows = append(l.in.rows, intakeRow{number: number, id: l.id, group: l.group,
		start: start, end: len(l.in.facts), required: l.needs})
}

// values adds the facts of a row whose id is known.
func (l *loader) values(r rowReader) {
	source := l.in.source(l.number)
	put := func(path, predicate string, v Value) {
		v.text = strings.Clone(v.text) // a fact must not hold the whole row in memory
		f := Fact{l.id, predicate, v, source}
		if err := f.check(); err != nil {
			l.fail(path, err.Error())
			return
		}
		l.in.add(f)
	}
	kind := l.m.Kind
	if l.m.KindPath != "" {
		kind, _ = l.one(r, l.m.KindPath)
	}
	if kind != "" {
		put(l.m.KindPath, l.in.g.kind, Text(kind))
	}
	if l.m.Rank != "" {
		put(l.m.ID, l.m.Rank, Num(float64(l.number), ""))
	}
	if l.m.Group != "" {
		if group, ok := l.one(r, l.m.Group); ok {
			l.group = l.m.Prefix + strings.Clone(group)
			put(l.m.Group, l.in.opts.GroupPredicate, Ref(l.group))
		}
	}
	for i := range l.m.Fields {
		l.field(r, &l.m.Fields[i], put)
	}
}

func (l *loader) field(r rowReader, f *Field, put func(path, predicate string, v Value)) {
	cells, err := r.cells(f.Path)
	if err != nil {
		l.fail(f.Path, err.Error())
		return
	}
	unit := f.Unit
	if f.UnitPath != "" {
		if u, ok := l.one(r, f.UnitPath); ok {
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
			l.fail(f.Path, err.Error())
			continue
		}
		if v.kind != None {
			found = true
			put(f.Path, f.predicate(), v)
		}
	}
	if !f.Required || found || l.bad {
		return
	}
	if l.group != "" && !f.Own {
		l.needs = append(l.needs, f.predicate())
		return
	}
	l.fail(f.Path, "the row has no value, and one is required")
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
func (l *loader) one(r rowReader, path string) (string, bool) {
	cells, err := r.cells(path)
	if err == nil && len(cells) > 1 {
		err = fmt.Errorf("%d values, want one", len(cells))
	}
	if err != nil {
		l.fail(path, err.Error())
		return "", false
	}
	if len(cells) == 0 {
		return "", false
	}
	if cells[0].kind == Truth {
		l.fail(path, cells[0].text+" is a truth value; want text or a number")
		return "", false
	}
	s := strings.TrimSpace(cells[0].text)
	if !utf8.ValidString(s) {
		l.fail(path, fmt.Sprintf("%q is not valid UTF-8", clip(s)))
		return "", false
	}
	return s, s != ""
}

// finish adds what was read.
func (l *loader) finish(ctx context.Context, doing string) (Report, error) {
	for _, f := range l.m.Fields {
		if !l.met[f.Path] && !slices.Contains(l.in.report.Unused, f.Path) {
			l.in.report.Unused = append(l.in.report.Unused, f.Path)
		}
	}
	return l.in.finish(ctx, doing)
}
