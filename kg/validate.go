package kg

import (
	"context"
	"fmt"
	"slices"
)

// A Violation says in what a thing does not fit a shape.
type Violation struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	// Value is the value that is wrong, the zero Value where it is a missing
	// one or the number of them.
	Value  Value  `json:"value,omitzero"`
	Reason string `json:"reason"`
	Source string `json:"source,omitempty"` // that of the wrong fact, or of the first of too many
}

// String returns, for instance,
// p1 price 0 CNY: it is less than 1 CNY.
func (v Violation) String() string {
	s := v.Subject + " " + v.Predicate
	if v.Value.kind != None {
		s += " " + clip(v.Value.String())
	}
	return s + ": " + v.Reason
}

// Validate checks every thing of the graph against the shapes of its kinds and
// returns what does not fit, by thing, in the order of the shapes and their
// properties. A graph that fits gives an empty list. An error means that a
// shape makes no sense, or that the context ended, and never comes with a part
// of the list. It takes time in proportion to the graph.
func (g *Graph) Validate(ctx context.Context, shapes ...Shape) ([]Violation, error) {
	const doing = "validate"
	if err := checkShapes(shapes); err != nil {
		return nil, fmt.Errorf("kg: %s: %w", doing, err)
	}
	s, err := g.read(ctx, doing)
	if err != nil {
		return nil, err
	}
	c := newShapeChecker(g.kind, shapes, s.factsOf)
	var out []Violation
	var facts []Fact // of one thing: all yields them by subject
	n := 0
	for f := range s.all {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("kg: %s: %w", doing, ctx.Err())
		}
		if len(facts) > 0 && facts[0].Subject != f.Subject {
			out = c.check(out, facts)
			facts = facts[:0]
		}
		facts = append(facts, f)
	}
	if len(facts) > 0 {
		out = c.check(out, facts)
	}
	return out, nil
}

// shapeChecker checks things one by one.
type shapeChecker struct {
	kind  string // the kind predicate
	byK   map[string][]*Shape
	known func(id string) []Fact // the facts of the things that are referred to
}

func newShapeChecker(kind string, shapes []Shape, known func(id string) []Fact) *shapeChecker {
	c := &shapeChecker{kind, map[string][]*Shape{}, known}
	for i := range shapes {
		c.byK[shapes[i].Kind] = append(c.byK[shapes[i].Kind], &shapes[i])
	}
	return c
}

// check appends what is wrong with the thing of these facts, which are all of
// one subject and at least one.
func (c *shapeChecker) check(out []Violation, facts []Fact) []Violation {
	shapes := slices.Clone(c.byK[""])
	seen := map[string]bool{"": true}
	for _, f := range facts {
		if k := f.Object.text; f.Predicate == c.kind && !seen[k] && isKind(f.Object) {
			seen[k] = true
			shapes = append(shapes, c.byK[k]...)
		}
	}
	for _, s := range shapes {
		for i := range s.Properties {
			out = c.property(out, &s.Properties[i], facts)
		}
		if s.Closed {
			out = c.closed(out, s, facts)
		}
	}
	return out
}

// isKind reports whether a value can be that of the kind predicate.
func isKind(v Value) bool { return v.kind == String || v.kind == Thing }

// covers reports whether the property is about the predicate.
func (p *Property) covers(predicate string) bool {
	if p.Predicate == predicate {
		return true
	}
	base, lang := splitLang(predicate)
	return lang != "" && base == p.Predicate
}

func (c *shapeChecker) property(out []Violation, p *Property, facts []Fact) []Violation {
	count := map[string]int{}
	for _, f := range facts {
		if !p.covers(f.Predicate) {
			continue
		}
		count[f.Predicate]++
		if reason := c.wrong(p, f.Object); reason != "" {
			out = append(out, Violation{f.Subject, f.Predicate, f.Object, reason, f.Source})
		}
	}
	if p.Required && len(count) == 0 {
		return append(out, Violation{Subject: facts[0].Subject, Predicate: p.Predicate, Reason: "there is no value, and one is required"})
	}
	if p.MaxCount == 0 {
		return out
	}
	for _, f := range facts {
		if n := count[f.Predicate]; n > p.MaxCount {
			reason := fmt.Sprintf("there are %d values, and at most %d may be", n, p.MaxCount)
			out = append(out, Violation{f.Subject, f.Predicate, Value{}, reason, f.Source})
			delete(count, f.Predicate)
		}
	}
	return out
}

func (c *shapeChecker) closed(out []Violation, s *Shape, facts []Fact) []Violation {
	for _, f := range facts {
		known := f.Predicate == c.kind || slices.ContainsFunc(s.Properties, func(p Property) bool { return p.covers(f.Predicate) })
		if !known {
			reason := fmt.Sprintf("the shape of kind %q is closed and does not have this predicate", clip(s.Kind))
			out = append(out, Violation{f.Subject, f.Predicate, f.Object, reason, f.Source})
		}
	}
	return out
}

// wrong says what is wrong with a value, "" for nothing.
func (c *shapeChecker) wrong(p *Property, v Value) string {
	if typ := p.valueType(); typ != None && v.kind != typ {
		return fmt.Sprintf("it is a %s, and a %s is wanted", v.kind, typ)
	}
	if unit := canonicalUnit(p.Unit); unit != "" {
		if v.text == "" {
			return "it has no unit, and one that converts into " + unit + " is wanted"
		}
		if !convertible(v.text, unit) {
			return "its unit does not convert into " + unit
		}
	}
	if reason := p.outside(v); reason != "" {
		return "it " + reason
	}
	if len(p.OneOf) > 0 && !slices.ContainsFunc(p.OneOf, func(o Value) bool { return equal(o, v) }) {
		return "it is not one of the allowed values"
	}
	if p.RefKind == "" && !p.Exists {
		return ""
	}
	facts := c.known(v.text)
	if len(facts) == 0 {
		return "it refers to a thing of which nothing is known"
	}
	is := func(f Fact) bool { return f.Predicate == c.kind && isKind(f.Object) && f.Object.text == p.RefKind }
	if p.RefKind != "" && !slices.ContainsFunc(facts, is) {
		return fmt.Sprintf("it refers to a thing that is not of kind %q", clip(p.RefKind))
	}
	return ""
}
