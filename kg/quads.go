package kg

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// Facts are quads in the store and in N-Quads files:
//
//	subject, predicate   an IRI; bytes that an IRI cannot hold are %-escaped
//	reference            an IRI
//	text                 a string; of predicate "name@zh", <name> with a string tagged @zh
//	number               an xsd double, or a string typed <unit:GB>
//	truth value          a boolean
//	time                 a string typed xsd:dateTime, to the nanosecond
//	source               the label, a string
//
// Numbers are doubles throughout and times are strings because cayley never
// holds an Int equal to a Float and tells times apart by the second only.

const (
	unitScheme  = "unit:"
	xsd         = "http://www.w3.org/2001/XMLSchema#"
	xsdDateTime = quad.IRI(xsd + "dateTime")
)

var langTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

// splitLang splits "name@zh" into "name" and "zh"; without a language tag the
// second result is empty.
func splitLang(predicate string) (base, lang string) {
	i := strings.LastIndexByte(predicate, '@')
	if i <= 0 || !langTag.MatchString(predicate[i+1:]) {
		return predicate, ""
	}
	return predicate[:i], predicate[i+1:]
}

// quadOf encodes a valid fact.
func quadOf(f Fact) quad.Quad {
	q := quad.Quad{Subject: quadValue(Ref(f.Subject)), Object: quadValue(f.Object)}
	predicate := f.Predicate
	if base, lang := splitLang(predicate); lang != "" && f.Object.kind == String {
		predicate, q.Object = base, quad.LangString{Value: quad.String(f.Object.text), Lang: lang}
	}
	q.Predicate = iri(predicate)
	if f.Source != "" {
		q.Label = quad.String(f.Source)
	}
	return q
}

// factOf decodes a quad, ours or another tool's.
func factOf(q quad.Quad) (Fact, error) {
	var f Fact
	var err error
	if f.Subject, err = nodeID(q.Subject); err != nil {
		return f, fmt.Errorf("subject: %w", err)
	}
	if f.Predicate, err = nodeID(q.Predicate); err != nil {
		return f, fmt.Errorf("predicate: %w", err)
	}
	if l, ok := q.Object.(quad.LangString); ok {
		f.Predicate += "@" + l.Lang
	}
	if f.Object, err = valueOf(q.Object); err != nil {
		return f, fmt.Errorf("object: %w", err)
	}
	switch l := q.Label.(type) {
	case nil:
	case quad.String:
		f.Source = string(l)
	default:
		if f.Source, err = nodeID(l); err != nil {
			return f, fmt.Errorf("label: %w", err)
		}
	}
	return f, f.check()
}

func nodeID(v quad.Value) (string, error) {
	switch v := v.(type) {
	case quad.IRI:
		return unescapeIRI(string(v)), nil
	case quad.BNode:
		return "_:" + string(v), nil
	case nil:
		return "", fmt.Errorf("missing")
	}
	return "", fmt.Errorf("%s is not an IRI", clip(v.String()))
}

func valueOf(v quad.Value) (Value, error) {
	switch v := v.(type) {
	case quad.IRI, quad.BNode:
		id, err := nodeID(v)
		return Ref(id), err
	case quad.String:
		return Text(string(v)), nil
	case quad.LangString:
		return Text(string(v.Value)), nil
	case quad.Int:
		return Num(float64(v), ""), nil
	case quad.Float:
		return Num(float64(v), ""), nil
	case quad.Bool:
		return Bool(bool(v)), nil
	case quad.Time:
		return Time(time.Time(v)), nil
	case quad.TypedString:
		return typedValue(v)
	case nil:
		return Value{}, fmt.Errorf("missing")
	}
	return Value{}, fmt.Errorf("%s is of no known type", clip(v.String()))
}

// typedValue reads the XML Schema numbers, truth values and times and our own
// units; any other type is kept as text.
func typedValue(v quad.TypedString) (Value, error) {
	s := string(v.Value)
	typ := string(v.Type.Full())
	if u, ok := strings.CutPrefix(string(v.Type), unitScheme); ok {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is not a number of unit %s", clip(s), clip(u))
		}
		return Num(n, unescapeIRI(u)), nil
	}
	switch name, _ := strings.CutPrefix(typ, xsd); name {
	case "double", "float", "decimal", "integer", "int", "long", "short", "byte",
		"nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong":
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is not an xsd:%s", clip(s), name)
		}
		return Num(n, ""), nil
	case "boolean":
		b, err := strconv.ParseBool(s)
		if err != nil {
			return Value{}, fmt.Errorf("%q is not an xsd:boolean", clip(s))
		}
		return Bool(b), nil
	case "dateTime", "date":
		t, ok := parseTime(s)
		if !ok {
			return Value{}, fmt.Errorf("%q is not an xsd:%s", clip(s), name)
		}
		return Time(t), nil
	}
	return Text(s), nil
}

var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
	time.DateOnly, "2006-01-02Z07:00", "2006/1/2", "2006/1/2 15:04:05", "2006-1-2"}

// parseTime reads the usual machine forms of a date or a time; one without a
// zone is UTC.
func parseTime(s string) (time.Time, bool) {
	for _, form := range timeForms {
		if t, err := time.Parse(form, strings.TrimSpace(s)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func iri(id string) quad.IRI { return quad.IRI(escapeIRI(id)) }

// escapeIRI %-escapes the bytes that an IRI of N-Quads cannot hold, and the
// percent sign itself.
func escapeIRI(id string) string {
	if strings.IndexFunc(id, barred) < 0 {
		return id
	}
	var b strings.Builder
	for _, r := range id {
		if barred(r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func barred(r rune) bool {
	return r <= 0x20 || r >= 0x7f && r < 0xa0 || strings.ContainsRune("<>\"{}|^`\\%", r)
}

// unescapeIRI undoes escapeIRI. What is no escape, or would give invalid
// UTF-8, stands as it is.
func unescapeIRI(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(c))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	if !utf8.Valid(b) {
		return s
	}
	return string(b)
}
