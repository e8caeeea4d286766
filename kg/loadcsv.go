package kg

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// LoadCSV adds the facts of a CSV file with a header line, in one batch; the
// paths of the mapping are column names, its Rows is not used. Rows that are
// bad are treated as in [Graph.LoadJSON]. A column that the header lacks is an
// error, an empty cell is no value.
func (g *Graph) LoadCSV(ctx context.Context, r io.Reader, m Mapping) (Report, error) {
	const doing = "load CSV"
	if err := m.check(); err != nil {
		return Report{}, fmt.Errorf("kg: %s: %w", doing, err)
	}
	l := g.loader(newInput(ctx, r), &m, true)
	if err := l.csv(); err != nil {
		return l.in.report, fmt.Errorf("kg: %s: %w", doing, err)
	}
	return l.finish(ctx, doing)
}

func (l *loader) csv() error {
	c := csv.NewReader(l.in.src)
	if l.m.Comma != "" {
		c.Comma = []rune(l.m.Comma)[0]
	}
	c.ReuseRecord = true
	c.FieldsPerRecord = -1
	columns, width, err := l.m.readHeader(c)
	if err != nil {
		return err
	}
	for {
		if err := l.in.src.step(len(l.in.facts)); err != nil {
			return err
		}
		record, err := c.Read()
		if err == io.EOF {
			return nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			l.unreadable(bad.StartLine, bad.Err.Error())
			continue
		} else if err != nil {
			return err
		}
		line, _ := c.FieldPos(0)
		if len(record) != width {
			l.unreadable(line, fmt.Sprintf("%d cells, and the header has %d", len(record), width))
			continue
		}
		l.row(line, csvRow{columns, record})
	}
}

// readHeader reads the header line and returns where each column is, and how
// many there are.
func (m *Mapping) readHeader(c *csv.Reader) (columns map[string]int, width int, err error) {
	header, err := c.Read()
	if err == io.EOF {
		return nil, 0, errors.New("the file is empty; want a header line")
	} else if err != nil {
		return nil, 0, fmt.Errorf("header: %w", err)
	}
	columns = make(map[string]int, len(header))
	for i, name := range header {
		if _, dup := columns[name]; dup && m.uses(name) {
			return nil, 0, fmt.Errorf("the header has column %q twice", clip(name))
		}
		columns[name] = i
	}
	return columns, len(header), m.checkColumns(columns, header)
}

// uses reports whether the mapping reads the column.
func (m *Mapping) uses(column string) bool {
	if column == m.ID || column == m.KindPath || column == m.Group {
		return true
	}
	for _, f := range m.Fields {
		if column == f.Path || column == f.UnitPath {
			return true
		}
	}
	return false
}

func (m *Mapping) checkColumns(columns map[string]int, header []string) error {
	want := []string{m.ID, m.KindPath, m.Group}
	for _, f := range m.Fields {
		want = append(want, f.Path, f.UnitPath)
	}
	for _, name := range want {
		if _, ok := columns[name]; name != "" && !ok {
			return fmt.Errorf("the header has no column %q; it has %s", clip(name), clip(strings.Join(header, ", ")))
		}
	}
	return nil
}

type csvRow struct {
	columns map[string]int
	record  []string
}

func (r csvRow) cells(column string) ([]cell, error) {
	if i, ok := r.columns[column]; ok && i < len(r.record) {
		return []cell{{text: r.record[i], kind: String}}, nil
	}
	return nil, nil
}
