package kg

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"
)

// A term is a Value as the dictionary holds it. Beside the kinds of facts it
// may be one of the unexported kinds, so that every quad of cayley is kept as
// it is: quadValue(termOf(q)) is q.

// plain is a term as readers of facts see it.
func (v Value) plain() Value {
	switch v.kind {
	case integer:
		return Value{kind: Number, num: v.num}
	case clock:
		return Value{kind: Moment, num: v.num, aux: v.aux}
	case langText, typedText:
		return Value{kind: String, text: v.text[:v.aux]}
	case oddFloat:
		return Value{kind: String, text: v.text}
	}
	return v
}

// termIn is the term of a fact's object: a text of predicate "name@zh" is one
// tagged with the language.
func termIn(p *predicate, v Value) Value {
	if v.kind == String && p.lang != "" {
		return Value{kind: langText, text: v.text + p.lang, aux: uint32(len(v.text))}
	}
	return v
}

// termOf reads a value of cayley.
func termOf(v quad.Value) (Value, error) {
	switch v := v.(type) {
	case nil:
		return Value{}, fmt.Errorf("missing")
	case quad.IRI:
		return Ref(unescapeIRI(string(v))), nil
	case quad.BNode:
		return Ref(blankPrefix + string(v)), nil
	case quad.String:
		return Text(string(v)), nil
	case quad.LangString:
		return Value{kind: langText, text: string(v.Value) + v.Lang, aux: uint32(len(v.Value))}, nil
	case quad.Int:
		t := Value{kind: integer, num: float64(v)}
		if v > 1<<53 || v < -1<<53 {
			t.text = strconv.FormatInt(int64(v), 10)
		}
		return t, nil
	case quad.Float:
		return floatTerm(float64(v)), nil
	case quad.Bool:
		return Bool(bool(v)), nil
	case quad.Time:
		t := Time(time.Time(v))
		t.kind = clock
		return t, nil
	case quad.TypedString:
		return typedTerm(v), nil
	}
	return Value{}, fmt.Errorf("%s is of no known type", clip(v.String()))
}

func floatTerm(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) || f == 0 && math.Signbit(f) {
		return Value{kind: oddFloat, text: strconv.FormatFloat(f, 'g', -1, 64)}
	}
	return Num(f, "")
}

// typedTerm is the number with a unit or the time that the string stands for,
// where that would be written as the same string again.
func typedTerm(v quad.TypedString) Value {
	if fact, err := typedValue(v); err == nil && fact.kind != String && quadValue(fact) == v {
		return fact
	}
	return Value{kind: typedText, text: string(v.Value) + string(v.Type), aux: uint32(len(v.Value))}
}

const blankPrefix = "_:"

// quadValue is the term as cayley has it.
func quadValue(v Value) quad.Value {
	switch v.kind {
	case Thing:
		if len(v.text) > len(blankPrefix) && v.text[:len(blankPrefix)] == blankPrefix {
			return quad.BNode(v.text[len(blankPrefix):])
		}
		return iri(v.text)
	case String:
		return quad.String(v.text)
	case Number:
		if v.text == "" {
			return quad.Float(v.num)
		}
		return quad.TypedString{
			Value: quad.String(strconv.FormatFloat(v.num, 'g', -1, 64)),
			Type:  quad.IRI(unitScheme + escapeIRI(v.text)),
		}
	case Truth:
		return quad.Bool(v.num == 1)
	case Moment:
		return quad.TypedString{Value: quad.String(v.String()), Type: xsdDateTime}
	case integer:
		if n, err := strconv.ParseInt(v.text, 10, 64); err == nil {
			return quad.Int(n)
		}
		return quad.Int(int64(v.num))
	case clock:
		return quad.Time(time.Unix(int64(v.num), int64(v.aux)).UTC())
	case langText:
		return quad.LangString{Value: quad.String(v.text[:v.aux]), Lang: v.text[v.aux:]}
	case typedText:
		return quad.TypedString{Value: quad.String(v.text[:v.aux]), Type: quad.IRI(v.text[v.aux:])}
	case oddFloat:
		f, _ := strconv.ParseFloat(v.text, 64) // written by floatTerm
		return quad.Float(f)
	}
	return nil
}
