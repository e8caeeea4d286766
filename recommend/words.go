package recommend

import (
	"cmp"
	"context"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// labelled looks a word up for people, in the language or any other.
func (c *core) labelled(word, lang string) (string, bool) {
	l := c.cfg.Labels[word]
	if s := l[lang]; s != "" {
		return s, true
	}
	return "", false
}

// label is the word for a slot: from Labels by its full name, its name or its
// predicate, or else its name or the first alias that is in the language.
func (c *core) label(x *slot, lang string) string {
	if l, ok := x.labels[lang]; ok {
		return l
	}
	for _, word := range []string{x.full, x.Name, x.path} {
		if s, ok := c.labelled(word, lang); ok {
			return s
		}
	}
	for _, word := range append([]string{x.Name}, x.Aliases...) {
		if text.Language(word) == lang {
			return spaced(word)
		}
	}
	return spaced(x.Name)
}

// attribute is the word for a predicate that is no slot.
func (c *core) attribute(predicate, lang string) string {
	base, _, _ := strings.Cut(predicate, "@")
	for _, word := range []string{predicate, base} {
		if s, ok := c.labelled(word, lang); ok {
			return s
		}
	}
	return spaced(base)
}

// readLabels looks the words for a slot up, once for all turns.
func (c *core) readLabels(x *slot) {
	labels := map[string]string{}
	for _, lang := range languages {
		labels[lang] = c.label(x, lang)
	}
	x.labels = labels
}

func spaced(name string) string {
	if !strings.ContainsAny(name, "_-") {
		return name
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(name)
}

// worded words a graph value for people. x is the slot it is a value of, nil
// for a predicate that is no slot.
func (c *core) worded(ctx context.Context, x *slot, v kg.Value, lang string) string {
	if id, ok := v.ID(); ok {
		if s, ok := c.labelled(id, lang); ok {
			return s
		}
		if name := c.cfg.Graph.Name(ctx, id, lang); name != id {
			return name
		}
	}
	if _, isNumber, ok := v.Number(); ok && (x == nil || x.Type == nil || isNumber != "") {
		return c.wordedNumber(x, v, lang)
	}
	if b, ok := v.Bool(); ok {
		return yesNo(b, lang)
	}
	if s, ok := v.Text(); ok {
		if l, ok := c.labelled(s, lang); ok || x == nil {
			return cmp.Or(l, s)
		}
	}
	if t, ok := v.Time(); ok {
		return wordedTime(t, lang)
	}
	if x == nil {
		return v.String()
	}
	return c.wordedSlot(x, c.slotValue(x, v), lang)
}

// wordedSlot words a slot value, as it stands in an act, for people.
func (c *core) wordedSlot(x *slot, value, lang string) string {
	if s, ok := c.labelled(value, lang); ok {
		return s
	}
	if s, ok := c.withUnit(value, typeUnit(x), lang); ok {
		if _, number := numberValue(nil, value); number {
			return s
		}
	}
	if f, ok := x.Type.(dst.Formatter); ok {
		if s := f.Format(value, lang); s != value {
			return s
		}
	}
	if v := c.graphValues(x, value); len(v) > 0 && v[0].IsRef() {
		id, _ := v[0].ID()
		if name := c.cfg.Graph.Name(context.Background(), id, lang); name != id && len(v) == 1 {
			return name
		}
	}
	return value
}

// withUnit words a number with the unit's own label, where there is one.
func (c *core) withUnit(plain, unit, lang string) (string, bool) {
	l, ok := c.cfg.Labels[unit][lang]
	if !ok || unit == "" {
		return "", false
	}
	if lang == "zh" {
		return plain + l, true
	}
	return strings.TrimSpace(plain + " " + l), true
}

// typeValue is a number as a slot's type counts it.
func typeValue(x *slot) (kg.Value, bool) {
	if x == nil || x.Type == nil {
		return kg.Value{}, false
	}
	v, ok := numberValue(x.Type, "1")
	_, unit, _ := v.Number()
	return v, ok && unit != ""
}

// typeUnit is the unit of a slot's numbers, "" where its type knows none.
func typeUnit(x *slot) string {
	if x != nil {
		if n, ok := x.Type.(*dst.Number); ok {
			return n.Unit
		}
	}
	return ""
}

// wordedNumber words a number by its own unit, or by the type of its slot
// where it has none.
func (c *core) wordedNumber(x *slot, v kg.Value, lang string) string {
	n, unit, _ := v.Number()
	plain := kg.Num(n, "").String()
	if s, ok := c.withUnit(plain, cmp.Or(unit, typeUnit(x)), lang); ok {
		return s
	}
	if unit == "" {
		if x != nil {
			if f, ok := x.Type.(dst.Formatter); ok {
				return f.Format(plain, lang)
			}
		}
		return plain
	}
	if own, ok := typeValue(x); ok && sameUnit(own, unit) {
		if f, ok := x.Type.(dst.Formatter); ok {
			return f.Format(plain, lang)
		}
	}
	if isCurrency(unit) {
		return (&dst.Money{Currency: unit}).Format(plain, lang)
	}
	return (&dst.Number{Unit: unit}).Format(plain, lang)
}

// isCurrency reports whether a unit of the graph is an ISO 4217 code that the
// text layer knows as money.
func isCurrency(unit string) bool {
	us := text.LookupUnits(unit)
	return len(unit) == 3 && unit == strings.ToUpper(unit) && len(us) > 0 && us[0].Dim == text.Currency
}

func yesNo(b bool, lang string) string {
	switch {
	case lang == "zh" && b:
		return "是"
	case lang == "zh":
		return "否"
	case b:
		return "yes"
	}
	return "no"
}

// joined lists words: "a, b and c", "a、b和c".
func joined(words []string, lang string) string {
	and, comma := " and ", ", "
	if lang == "zh" {
		and, comma = "和", "、"
	}
	n := len(words)
	switch n {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:n-1], comma) + and + words[n-1]
}
