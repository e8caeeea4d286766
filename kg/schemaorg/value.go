package schemaorg

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// value adds a value of a property that has no treatment of its own.
func (t *thing) value(predicate, name string, v any, at string) {
	if value, lang, typ, ok := literal(v); ok {
		t.literal(predicate, name, value, lang, typ, at)
		return
	}
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	n := readNode(m)
	switch {
	case n.is("QuantitativeValue", "MonetaryAmount"):
		t.quantity(predicate, n, at)
	case n.is("PropertyValue"):
		t.additional(v, at)
	case addresses[name] || n.is("ImageObject"):
		for _, address := range []string{n.text("contentUrl"), n.text("url"), n.id} {
			if address != "" {
				t.text(predicate, address, "")
				return
			}
		}
		t.fail(at, "there is no address")
	case len(m) == 1 && n.id != "" && isTerm(n.id):
		t.text(predicate, term(n.id), "")
	default:
		if id := t.nested(v, at); id != "" {
			t.add(predicate, kg.Ref(id))
			if name == "acceptedAnswer" { // a question is found by what answers it
				t.answer(n)
			}
		}
	}
}

// answer adds the texts of a question's answer to the question.
func (t *thing) answer(n node) {
	for _, v := range n.props["text"] {
		if value, lang, _, ok := literal(v); ok {
			if s, ok := value.(string); ok {
				t.text("answer_text", s, lang)
			}
		}
	}
}

// isTerm reports whether an IRI is one of schema.org's own.
func isTerm(iri string) bool {
	_, ok := localName(iri)
	return ok
}

// term is one of schema.org's own terms as a graph calls it: InStock is
// in_stock.
func term(s string) string {
	s = property(s)
	return snake(s[strings.LastIndexByte(s, '/')+1:])
}

// literal adds a string, number or truth value.
func (t *thing) literal(predicate, name string, value any, lang, typ, at string) {
	if codes[name] {
		lang = ""
	}
	switch x := value.(type) {
	case bool:
		t.add(predicate, kg.Bool(x))
	case float64:
		if codes[name] { // 0123 is no number, and 123 is the same code as "123"
			t.text(predicate, formatNumber(x), "")
			return
		}
		t.add(predicate, kg.Num(x, ""))
	case string:
		t.string(predicate, name, x, lang, typ, at)
	}
}

func (t *thing) string(predicate, name, s, lang, typ, at string) {
	trimmed := strings.TrimSpace(s)
	kind := property(typ)
	kind = kind[strings.LastIndexAny(kind, "#/")+1:]
	switch {
	case trimmed == "":
	case isTerm(trimmed) && !addresses[name]:
		t.text(predicate, term(trimmed), "")
	case (name == "brand" || name == "manufacturer" || name == "seller") && lang == "":
		t.namedThing(predicate, name, trimmed)
	case numbers[name] || numberTypes[kind]:
		if n, ok := parseNumber(trimmed); ok {
			t.add(predicate, kg.Num(n, ""))
		} else {
			t.fail(at, fmt.Sprintf("%q is not a number", clip(s)))
		}
	case times[name] || kind == "date" || kind == "dateTime" || kind == "Date" || kind == "DateTime":
		if at, ok := parseTime(trimmed); ok {
			t.add(predicate, kg.Time(at))
			return
		}
		t.fail(at, fmt.Sprintf("%q is not a date; want the form 2006-01-02 or 2006-01-02T15:04:05Z", clip(s)))
	case kind == "boolean" || kind == "Boolean":
		if b, err := strconv.ParseBool(strings.ToLower(trimmed)); err == nil {
			t.add(predicate, kg.Bool(b))
		} else {
			t.fail(at, fmt.Sprintf("%q is neither true nor false", clip(s)))
		}
	case measures[name] && measure.MatchString(trimmed):
		t.measure(predicate, s, lang)
	case durations[name] && parseDuration(trimmed) > 0:
		t.add(predicate, kg.Num(parseDuration(trimmed), "min"))
	default:
		t.text(predicate, s, lang)
	}
}

// measure adds a text that looks like a number with a unit.
func (t *thing) measure(predicate, s, lang string) {
	parts := measure.FindStringSubmatch(strings.TrimSpace(s))
	if n, ok := parseNumber(parts[1]); ok {
		t.add(predicate, kg.Num(n, parts[2]))
		return
	}
	t.text(predicate, s, lang)
}

// namedThing refers to a thing that the document knows by its name alone.
func (t *thing) namedThing(predicate, name, s string) {
	typ := "Brand"
	if name != "brand" {
		typ = "Organization"
	}
	t.add(predicate, kg.Ref(t.nested(map[string]any{
		"@type":             []any{vocabulary + typ},
		vocabulary + "name": []any{map[string]any{"@value": s}},
	}, name)))
}

// quantity adds a number with a unit, or the ends of a range.
func (t *thing) quantity(predicate string, n node, at string) {
	unit := unitOf(&n)
	found := false
	for _, p := range []struct{ name, suffix string }{{"value", ""}, {"minValue", "_min"}, {"maxValue", "_max"}} {
		for _, v := range n.props[p.name] {
			found = true
			t.measured(predicate+p.suffix, v, unit, at+"/"+p.name)
		}
	}
	if !found {
		t.fail(at, "the quantity has no value")
	}
}

// measured adds a value that is a number in the unit, where there is one, and
// any other value as it is.
func (t *thing) measured(predicate string, v any, unit, at string) {
	value, lang, typ, ok := literal(v)
	if !ok {
		t.value(predicate, "", v, at)
		return
	}
	switch x := value.(type) {
	case float64:
		t.add(predicate, kg.Num(x, unit))
		return
	case string:
		if n, ok := parseNumber(x); ok && unit != "" {
			t.add(predicate, kg.Num(n, unit))
			return
		}
		if unit != "" {
			t.fail(at, fmt.Sprintf("%q is not a number, and the unit is %s", clip(x), clip(unit)))
			return
		}
	}
	t.literal(predicate, "", value, lang, typ, at)
}

// unitOf returns the unit of a quantity, as a graph calls it.
func unitOf(n *node) string {
	if code := n.text("unitCode"); code != "" {
		if unit, ok := unitCodes[strings.ToUpper(code)]; ok {
			return unit
		}
		return code
	}
	for _, p := range []string{"unitText", "currency", "priceCurrency"} {
		if unit := n.text(p); unit != "" {
			return unit
		}
	}
	return ""
}

var (
	measure   = regexp.MustCompile(`^([0-9.,]+)\s*(\p{L}+|"|%)$`)
	grouped   = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	plain     = regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
	period    = regexp.MustCompile(`^P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?$`)
	timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", time.DateOnly, "2006-01-02Z07:00"}
)

// parseNumber reads a number as schema.org wants it, and with commas between
// thousands, as it is met.
func parseNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if !plain.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// parseTime reads a date or a time of ISO 8601; one without a zone is UTC.
func parseTime(s string) (time.Time, bool) {
	for _, form := range timeForms {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseDuration returns the minutes of a duration of ISO 8601 in days, hours,
// minutes and seconds, 0 for anything else.
func parseDuration(s string) float64 {
	m := period.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	total := 0.0
	for i, factor := range []float64{24 * 60, 60, 1, 1.0 / 60} {
		n, _ := strconv.Atoi(m[i+1]) // "" is 0
		total += float64(n) * factor
	}
	return total
}
