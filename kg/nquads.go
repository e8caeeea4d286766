package kg

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// LoadNQuads adds the statements of an N-Quads or N-Triples document in one
// batch, or none where a line is bad. What WriteNQuads wrote comes back as it
// was; of other documents, numbers, dates and truth values of XML Schema are
// read as such, other typed literals as text, a string tagged @zh is a value
// of the predicate with "@zh" behind it, a blank node is the thing "_:" and its
// label, and the graph label becomes the source.
func (g *Graph) LoadNQuads(ctx context.Context, r io.Reader) (Report, error) {
	const doing = "load N-Quads"
	in := g.intake(newInput(ctx, r), LoadOptions{}, true)
	for n := 1; ; n++ {
		line, err := in.src.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return Report{Errors: in.report.Errors}, fmt.Errorf("kg: %s: %w", doing, err)
		}
		end := err == io.EOF
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			in.statement(n, string(line))
			err = in.src.step(len(in.facts))
			if err != nil {
				return Report{Errors: in.report.Errors}, fmt.Errorf("kg: %s: %w", doing, err)
			}
		}
		if end {
			return in.finish(ctx, doing)
		}
	}
}

// statement takes a line of N-Quads, which is about no thing in particular.
func (in *intake) statement(n int, line string) {
	f, err := parseQuad(line)
	if err != nil {
		in.fail(n, "", "", err.Error())
		return
	}
	in.add(f)
	in.report.Rows++ // they all load or none does
}

func parseQuad(line string) (f Fact, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("malformed statement: %v", p)
		}
	}()
	if words := strings.Fields(line); len(words) > 2 && !strings.ContainsAny(words[2][:1], `<_"`) {
		return Fact{}, fmt.Errorf("object: %q is no <IRI>, no _:node and not in quotes", clip(words[2]))
	}
	q, err := nquads.Parse(line)
	if err != nil {
		return Fact{}, err
	}
	return factOf(q)
}

// fileQuad encodes a valid fact for a file: with the types of XML Schema, which
// other tools know, where cayley would write names of its own.
func fileQuad(f Fact) quad.Quad {
	q := quadOf(f)
	switch v := q.Object.(type) {
	case quad.Float:
		q.Object = quad.TypedString{Value: quad.String(strconv.FormatFloat(float64(v), 'g', -1, 64)), Type: xsd + "double"}
	case quad.Bool:
		q.Object = quad.TypedString{Value: quad.String(strconv.FormatBool(bool(v))), Type: xsd + "boolean"}
	}
	return q
}

// WriteNQuads writes all facts as N-Quads, sorted by subject and predicate:
// numbers without unit as xsd:double, those with one as the type "unit:GB",
// truth values and times as xsd:boolean and xsd:dateTime. The source is a
// string in the place of the graph label.
func (g *Graph) WriteNQuads(ctx context.Context, w io.Writer) error {
	s, err := g.read(ctx, "write N-Quads")
	if err != nil {
		return err
	}
	out := nquads.NewWriter(w)
	n := 0
	for f := range s.all {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("kg: write N-Quads: %w", ctx.Err())
		}
		if err := out.WriteQuad(fileQuad(f)); err != nil {
			return fmt.Errorf("kg: write N-Quads: %s: %w", clip(f.String()), err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("kg: write N-Quads: %w", err)
	}
	return nil
}
