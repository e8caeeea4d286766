package schemaorg

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// Options says how a document is loaded. The zero value is of use.
type Options struct {
	// LoadOptions are those of every load: the source, whether it is replaced,
	// whether bad rows are skipped, shapes. Rows about one id always add up.
	kg.LoadOptions
	// Base is the IRI against which relative ones are resolved. Without it they
	// stay as they are.
	Base string
	// Prefix goes before the ids of things that have no @id.
	Prefix string
	// KindPredicate holds the kind, "kind" by default. It must be that of the
	// graph.
	KindPredicate string
	// Kinds says of which kind the things of a type of schema.org are, such as
	// "Product" to "phone"; renamed to "", they have none.
	Kinds map[string]string
	// Predicates names the predicate of a property of schema.org, such as
	// "color" to "colour"; renamed to "", it is dropped.
	Predicates map[string]string
}

// Load adds the things of a JSON-LD document to the graph in one batch: of one
// node, of an array of them, of a @graph, or of JSON Lines. Each node of the
// document is a row; it is bad where JSON-LD or a value cannot be read, and
// bad rows are treated as in [kg.Graph.LoadJSON]. opts may be nil.
//
// Nothing is ever fetched. The context of schema.org is known; a document with
// any other remote context is bad.
func Load(ctx context.Context, g *kg.Graph, r io.Reader, opts *Options) (kg.Report, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.KindPredicate == "" {
		o.KindPredicate = "kind"
	}
	o.SameID = true
	o.Own = append(append([]string(nil), o.Own...), own...)
	c := &converter{opts: &o, expander: newExpander(o.Base), alias: map[string]string{}, explicit: map[string]bool{}}
	src := &source{ctx: ctx, r: r}
	if err := c.read(bufio.NewReader(src), src); err != nil {
		return kg.Report{}, fmt.Errorf("schemaorg: load: %w", err)
	}
	c.resolve()
	kg.ReportProgress(ctx, src.progress(c))
	rows := func(yield func(kg.Row, error) bool) {
		for _, row := range c.rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	report, err := g.LoadRows(kg.WithProgress(ctx, nil), rows, o.LoadOptions)
	if err != nil {
		return report, fmt.Errorf("schemaorg: load: %w", err)
	}
	return report, nil
}

// source is the reader of a load, which ends with its context.
type source struct {
	ctx   context.Context
	r     io.Reader
	bytes int64
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	s.bytes += int64(n)
	return n, err
}

func (s *source) progress(c *converter) kg.Progress {
	return kg.Progress{Rows: c.number, Facts: c.facts, Bytes: s.bytes}
}

// read reads the whole document, or JSON Lines, where the first line is JSON
// and more follows.
func (c *converter) read(b *bufio.Reader, src *source) error {
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		b.Discard(3)
	}
	var head []byte
	for len(bytes.TrimSpace(head)) == 0 {
		line, err := b.ReadBytes('\n')
		head = append(head, line...)
		if err == io.EOF {
			return c.document(head, src)
		} else if err != nil {
			return err
		}
	}
	if !json.Valid(head) {
		rest, err := io.ReadAll(b)
		if err != nil {
			return err
		}
		return c.document(append(head, rest...), src)
	}
	return c.lines(head, b, src)
}

// lines reads JSON Lines of which the first was read. A single one is a
// document.
func (c *converter) lines(line []byte, b *bufio.Reader, src *source) error {
	for first := true; ; first = false {
		next, err := b.ReadBytes('\n')
		for err == nil && len(bytes.TrimSpace(next)) == 0 {
			next, err = b.ReadBytes('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
		last := len(bytes.TrimSpace(next)) == 0
		if first && last {
			return c.document(line, src)
		}
		c.scope = fmt.Sprintf("%d.", c.number) // each line is a document with blank nodes of its own
		doc, err := parse(line)
		if err != nil {
			c.bad("", err.Error())
			c.number++
		} else if err := c.nodes(doc, nil, src); err != nil {
			return err
		}
		if last {
			return nil
		}
		line = next
	}
}

func (c *converter) document(data []byte, src *source) error {
	doc, err := parse(data)
	if err != nil {
		return err
	}
	return c.nodes(doc, nil, src)
}

// parse reads JSON. An error says at which byte it ends to be that.
func parse(data []byte) (any, error) {
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		if syntax, ok := err.(*json.SyntaxError); ok {
			return nil, fmt.Errorf("not JSON: at byte %d: %w", syntax.Offset, err)
		}
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	return exactly(doc), nil
}

// exactly turns the numbers of a document into float64, as json-gold wants
// them, and into texts where a float64 would lose digits: those are ids.
func exactly(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil || len(strings.Trim(v.String(), "-0123456789")) == 0 && len(v) > 15 {
			return v.String()
		}
		return f
	case []any:
		for i := range v {
			v[i] = exactly(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = exactly(v[k])
		}
	}
	return v
}

// nodes takes each node of a document as a row: those of an array, and those
// of a @graph, which share the contexts around it.
func (c *converter) nodes(doc any, contexts []any, src *source) error {
	switch d := doc.(type) {
	case []any:
		for _, e := range d {
			if err := c.nodes(e, contexts, src); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		if own, ok := d["@context"]; ok {
			contexts = append(contexts[:len(contexts):len(contexts)], own)
		}
		if graph, ok := d["@graph"]; ok && onlyGraph(d) {
			return c.nodes(graph, contexts, src)
		}
		c.node(d, contexts)
	default:
		c.bad("", "the row is no JSON object")
	}
	if c.number++; c.number%64 == 0 {
		kg.ReportProgress(src.ctx, src.progress(c))
	}
	return src.ctx.Err()
}

// onlyGraph reports whether an object does no more than hold a @graph.
func onlyGraph(d map[string]any) bool {
	for k := range d {
		if k != "@graph" && k != "@context" && k != "@id" && k != "id" {
			return false
		}
	}
	return true
}

// node takes one row.
func (c *converter) node(d map[string]any, contexts []any) {
	flat := []any{}
	for _, ctx := range contexts {
		if list, ok := ctx.([]any); ok {
			flat = append(flat, list...)
		} else {
			flat = append(flat, ctx)
		}
	}
	delete(d, "@context")
	expanded, err := c.expander.expand(d, flat)
	if err != nil {
		c.bad("", err.Error())
		return
	}
	if len(expanded) == 0 {
		c.bad("", "none of its names has a meaning; is the @context missing?")
		return
	}
	for i, e := range expanded {
		if n, ok := e.(map[string]any); ok {
			c.thing(n, fmt.Sprintf("%s#%d", c.opts.Source, c.number)+suffix(i))
		}
	}
}

func suffix(i int) string {
	if i == 0 {
		return ""
	}
	return fmt.Sprintf(".%d", i)
}
