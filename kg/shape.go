package kg

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Shape says what things of a kind must look like. It is plain data: write
// it as a literal, or keep it as JSON and read it with [ReadShapes].
//
//	{"kind": "phone", "properties": [
//	  {"predicate": "name", "type": "text", "required": true},
//	  {"predicate": "price", "required": true, "max_count": 1, "unit": "CNY", "min": 1},
//	  {"predicate": "color", "one_of": ["red", "blue"]},
//	  {"predicate": "brand", "ref_kind": "brand"}]}
//
// A shape holds for each thing that has its kind; a thing of several kinds
// must fit the shapes of all of them.
type Shape struct {
	// Kind is the kind of the things that must have this shape; "" is any.
	Kind       string     `json:"kind,omitempty"`
	Properties []Property `json:"properties,omitempty"`
	// Closed forbids predicates that are not among the properties, but for the
	// kind predicate.
	Closed bool `json:"closed,omitempty"`
}

// A Property says what values things may have of one predicate. The zero value
// of a member demands nothing. A predicate without a language tag stands for
// its language variants too: "name" covers "name@zh".
type Property struct {
	Predicate string `json:"predicate"`
	// Type is the class of every value: Thing, String, Number, Truth or Moment,
	// in JSON "ref", "text", "number", "bool" or "time". Where it is None, Unit
	// demands numbers, and RefKind and Exists demand references.
	Type     Kind `json:"type,omitzero"`
	Required bool `json:"required,omitempty"` // at least one value
	// MaxCount is the largest number of values, for each language; 0 is any.
	MaxCount int `json:"max_count,omitempty"`
	// Min and Max bound numbers, times or texts from both sides, themselves
	// included. A bound without a unit is in Unit.
	Min Value `json:"min,omitzero"`
	Max Value `json:"max,omitzero"`
	// Unit demands numbers in a unit that converts into it; numbers without a
	// unit are none such.
	Unit string `json:"unit,omitempty"`
	// OneOf lists the values that are allowed; numbers match across units.
	OneOf []Value `json:"one_of,omitempty"`
	// RefKind demands references to things of the kind, Exists references to
	// things that are the subject of some fact.
	RefKind string `json:"ref_kind,omitempty"`
	Exists  bool   `json:"exists,omitempty"`
}

// ReadShapes reads a JSON array of shapes and checks them. Unknown members are
// errors, since they are typing mistakes more often than not.
func ReadShapes(r io.Reader) ([]Shape, error) {
	var shapes []Shape
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&shapes); err != nil {
		return nil, fmt.Errorf("kg: read shapes: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("kg: read shapes: more data after the shapes")
	}
	if err := checkShapes(shapes); err != nil {
		return nil, fmt.Errorf("kg: read shapes: %w", err)
	}
	return shapes, nil
}

// MarshalText writes the name of a kind: none, ref, text, number, bool or time.
func (k Kind) MarshalText() ([]byte, error) {
	if int(k) >= len(kindNames) {
		return nil, fmt.Errorf("kg: unknown kind of value %d", uint8(k))
	}
	return []byte(kindNames[k]), nil
}

// UnmarshalText reads the name of a kind.
func (k *Kind) UnmarshalText(b []byte) error {
	i := slices.Index(kindNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("kg: unknown kind of value %q; want one of %s", clip(string(b)), strings.Join(kindNames[:], " "))
	}
	*k = Kind(i)
	return nil
}

// checkShapes reports what no thing could ever fit, or what means nothing.
func checkShapes(shapes []Shape) error {
	for i, s := range shapes {
		if len(s.Properties) == 0 {
			return fmt.Errorf("shape %d (kind %q) has no properties", i+1, clip(s.Kind))
		}
		seen := map[string]bool{}
		for _, p := range s.Properties {
			if seen[p.Predicate] {
				return fmt.Errorf("shape %d (kind %q) has property %q twice", i+1, clip(s.Kind), clip(p.Predicate))
			}
			seen[p.Predicate] = true
			if err := p.check(); err != nil {
				return fmt.Errorf("shape %d (kind %q), property %q: %w", i+1, clip(s.Kind), clip(p.Predicate), err)
			}
		}
	}
	return nil
}

// valueType is the class that values must have, None for any.
func (p *Property) valueType() Kind {
	switch {
	case p.Type != None:
		return p.Type
	case p.Unit != "":
		return Number
	case p.RefKind != "" || p.Exists:
		return Thing
	}
	return None
}

func (p *Property) check() error {
	typ := p.valueType()
	switch {
	case p.Predicate == "":
		return errors.New("it has no predicate")
	case int(p.Type) >= len(kindNames):
		return fmt.Errorf("unknown type %d", uint8(p.Type))
	case p.MaxCount < 0:
		return fmt.Errorf("max_count is %d; want 1 or more, or 0 for any number", p.MaxCount)
	case p.Unit != "" && typ != Number:
		return fmt.Errorf("it has unit %q, but is of type %s", clip(p.Unit), typ)
	case (p.RefKind != "" || p.Exists) && typ != Thing:
		return fmt.Errorf("ref_kind and exists are for references, and it is of type %s", typ)
	}
	bounds := []struct {
		name string
		v    Value
	}{{"min", p.Min}, {"max", p.Max}}
	for _, v := range p.OneOf {
		bounds = append(bounds, struct {
			name string
			v    Value
		}{"one_of", v})
	}
	for i, b := range bounds {
		if i < 2 && b.v.kind == None {
			continue
		}
		if err := p.checkBound(b.name, b.v); err != nil {
			return err
		}
	}
	if p.Min.kind != None && p.Max.kind != None {
		if c, ok := compare(p.Min, p.Max); !ok || c > 0 {
			return fmt.Errorf("no value lies between min %s and max %s", p.Min, p.Max)
		}
	}
	return nil
}

// checkBound checks a value that the property itself holds.
func (p *Property) checkBound(name string, v Value) error {
	if err := v.check(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if typ := p.valueType(); typ != None && v.kind != typ {
		return fmt.Errorf("%s is %s, a %s, and the type is %s", name, clip(v.String()), v.kind, typ)
	}
	if v.kind == Number && !convertible(v.text, canonicalUnit(p.Unit)) {
		return fmt.Errorf("%s is %s, which does not convert into %s", name, v, p.Unit)
	}
	if name != "one_of" {
		if v.kind != Number && v.kind != Moment && v.kind != String {
			return fmt.Errorf("%s is %s, a %s, which has no order", name, clip(v.String()), v.kind)
		}
		return nil
	}
	if reason := p.outside(v); reason != "" {
		return fmt.Errorf("one_of holds %s, which %s", clip(v.String()), reason)
	}
	return nil
}

// outside says on which side of the bounds a value lies, "" for within.
func (p *Property) outside(v Value) string {
	for _, b := range []struct {
		bound Value
		want  int
		words string
	}{{p.Min, -1, "less"}, {p.Max, 1, "more"}} {
		if b.bound.kind == None {
			continue
		}
		bound := b.bound
		if bound.kind == Number && bound.text == "" {
			bound = Num(bound.num, p.Unit)
		}
		c, ok := compare(v, bound)
		if !ok {
			return "does not compare with " + clip(bound.String())
		}
		if c == b.want {
			return "is " + b.words + " than " + clip(bound.String())
		}
	}
	return ""
}
