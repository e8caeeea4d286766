package kg

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tidwall/gjson"
)

// LoadJSON adds the facts of a JSON document or of JSON Lines, as the mapping
// says, in one batch. Where a row is bad, nothing is loaded and the error says
// what is wrong with the first one, the report with all; with SkipBadRows the
// others are loaded and the error is nil. Two rows with one id are an error
// unless the mapping says SameID; a thing that was in the graph before keeps
// its facts and gets those of the row as well.
func (g *Graph) LoadJSON(ctx context.Context, r io.Reader, m Mapping) (Report, error) {
	const doing = "load JSON"
	if err := m.check(); err != nil {
		return Report{}, fmt.Errorf("kg: %s: %w", doing, err)
	}
	l := g.loader(newInput(ctx, r), &m, false)
	if err := l.json(); err != nil {
		return l.in.report, fmt.Errorf("kg: %s: %w", doing, err)
	}
	return l.finish(ctx, doing)
}

// json reads JSON Lines row by row, and anything else as one document. The
// first line tells: where it is JSON and more follows, the whole is no
// document.
func (l *loader) json() error {
	src := l.in.src
	var data []byte
	for len(bytes.TrimSpace(data)) == 0 {
		line, err := src.ReadBytes('\n')
		data = append(data, line...)
		if err == io.EOF {
			return l.document(data)
		} else if err != nil {
			return err
		}
	}
	if l.m.Rows == "" && gjson.ValidBytes(data) {
		return l.jsonLines(data)
	}
	rest, err := src.all()
	if err != nil {
		return err
	}
	return l.document(append(data, rest...))
}

// document reads a whole document.
func (l *loader) document(data []byte) error {
	if !gjson.ValidBytes(data) {
		return fmt.Errorf("the document is not JSON: %w", syntaxError(data))
	}
	rows, err := l.rows(gjson.ParseBytes(data))
	if err != nil {
		return err
	}
	for i, row := range rows {
		l.row(i, jsonRow{row})
		if err := l.in.src.step(len(l.in.facts)); err != nil {
			return err
		}
	}
	return nil
}

// rows returns the rows of a document.
func (l *loader) rows(doc gjson.Result) ([]gjson.Result, error) {
	if l.m.Rows != "" {
		at, err := lookup(doc, l.m.Rows)
		if err != nil {
			return nil, fmt.Errorf("rows: %w", err)
		}
		if !at.IsArray() {
			return nil, fmt.Errorf("there is no array of rows at %q", l.m.Rows)
		}
		return at.Array(), nil
	}
	switch {
	case doc.IsArray():
		return doc.Array(), nil
	case doc.IsObject():
		return []gjson.Result{doc}, nil
	}
	return nil, fmt.Errorf("the document is neither an array of rows nor an object")
}

// jsonLines reads JSON Lines of which the first was read. A file of one line
// is a document: an array there is not a row but all rows.
func (l *loader) jsonLines(line []byte) error {
	src := l.in.src
	for n := 0; ; {
		next, err := src.ReadBytes('\n')
		for err == nil && len(bytes.TrimSpace(next)) == 0 {
			next, err = src.ReadBytes('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
		if next = bytes.TrimSpace(next); n == 0 && len(next) == 0 {
			return l.document(line)
		}
		if line = bytes.TrimSpace(line); gjson.ValidBytes(line) {
			l.row(n, jsonRow{gjson.ParseBytes(line)})
		} else {
			l.unreadable(n, "not JSON: "+syntaxError(line).Error())
		}
		if err := src.step(len(l.in.facts)); err != nil {
			return err
		}
		if n++; len(next) == 0 {
			return nil
		}
		line = next
	}
}

// syntaxError says at which byte data ceases to be JSON.
func syntaxError(data []byte) error {
	var skip json.RawMessage
	err := json.Unmarshal(data, &skip)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("at byte %d: %w", syntax.Offset, err)
	}
	if err == nil { // the two parsers disagree, on invalid UTF-8 for one
		return errors.New("malformed text")
	}
	return err
}

type jsonRow struct{ row gjson.Result }

func (r jsonRow) cells(path string) ([]cell, error) {
	at, err := lookup(r.row, path)
	if err != nil || !at.Exists() {
		return nil, err
	}
	return appendCells(nil, at)
}

// lookup evaluates a path, which comes from a file and may be anything.
func lookup(v gjson.Result, path string) (at gjson.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("path %q cannot be read: %v", clip(path), p)
		}
	}()
	return v.Get(path), nil
}

// appendCells flattens arrays of any depth.
func appendCells(cells []cell, v gjson.Result) ([]cell, error) {
	switch {
	case v.Type == gjson.Null:
		return cells, nil
	case v.Type == gjson.Number:
		return append(cells, cell{v.Raw, v.Num, Number}), nil
	case v.Type == gjson.True || v.Type == gjson.False:
		return append(cells, cell{text: v.Raw, kind: Truth}), nil
	case v.Type == gjson.String:
		return append(cells, cell{text: v.Str, kind: String}), nil
	case v.IsArray():
		var err error
		v.ForEach(func(_, e gjson.Result) bool {
			cells, err = appendCells(cells, e)
			return err == nil
		})
		return cells, err
	}
	return cells, fmt.Errorf("%s is an object, not a value", clip(v.Raw))
}
