package recommend

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// A domain relates the values of a slot to those of the graph. Which way they
// are compared is decided by what the graph holds, not by the slot's type.
type domain struct {
	byKey   map[string][]kg.Value // texts and references, by the key of each way to say them
	toSlot  map[kg.Value]string   // canonical slot value of texts and references
	entries []dst.Entry           // for a gazetteer
	kinds   map[kg.Kind]bool
	sorts   map[kg.Value][]kg.Value // texts that end in the text; nil for slots of a type of their own
}

// newDomain indexes graph values under the slot's canonical value, their own
// text and, for references, all names of the thing.
func (c *core) newDomain(ctx context.Context, x *slot, values []kg.Value) (*domain, error) {
	d := &domain{byKey: map[string][]kg.Value{}, toSlot: map[kg.Value]string{}, kinds: map[kg.Kind]bool{}}
	taken := map[string]bool{}
	for _, v := range values {
		d.kinds[v.Kind()] = true
		names := []string{v.String()}
		switch v.Kind() {
		case kg.Thing:
			official, others, err := c.namesOf(ctx, v.String())
			if err != nil {
				return nil, err
			}
			names = append(append([]string{c.cfg.Graph.Name(ctx, v.String(), c.cfg.Lang)}, official...), append(others, v.String())...)
		case kg.String:
		default:
			continue
		}
		canonical := c.canonical(x, v, names)
		if x.Type == nil && taken[text.Key(canonical)] && v.IsRef() {
			canonical = v.String()
		}
		taken[text.Key(canonical)] = true
		d.toSlot[v] = canonical
		for _, name := range append(names, canonical) {
			if key := text.Key(name); key != "" && !slices.Contains(d.byKey[key], v) {
				d.byKey[key] = append(d.byKey[key], v)
			}
		}
		d.entries = append(d.entries, dst.Entry{Value: canonical, Aliases: names[1:]})
	}
	return d, nil
}

// canonical is the slot's value for a graph value: what its type makes of one
// of its names, the name that the slot of another service gives the thing, or
// the first of its names.
func (c *core) canonical(x *slot, v kg.Value, names []string) string {
	if of := c.service(x.Of); x.Of != "" && of != nil && of.names != nil {
		if id, ok := v.ID(); ok && of.names.value[id] != "" {
			return of.names.value[id]
		}
	}
	if parser, ok := x.Type.(dst.Parser); ok {
		for _, name := range names {
			if s, ok := parser.Parse(name, c.cfg.Now()); ok {
				return s
			}
		}
	}
	return names[0]
}

// graphValues are the values of the graph that a slot value stands for; none
// where the graph has no such value.
func (c *core) graphValues(x *slot, value string) []kg.Value {
	var out []kg.Value
	if of := c.service(x.Of); x.Of != "" && of != nil && of.names != nil {
		for _, id := range of.names.things(value) {
			out = append(out, kg.Ref(id))
		}
		out = append(out, kg.Text(value))
	}
	d := x.domain
	if d == nil {
		return out
	}
	for _, v := range d.byKey[text.Key(value)] {
		for _, v := range append([]kg.Value{v}, d.sorts[v]...) {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	if d.kinds[kg.Number] {
		if v, ok := numberValue(x.Type, value); ok {
			out = append(out, v)
		}
	}
	if d.kinds[kg.Truth] {
		if b, ok := truthValue(value); ok {
			out = append(out, kg.Bool(b))
		}
	}
	if d.kinds[kg.Moment] {
		if t, ok := timeValue(value); ok {
			out = append(out, kg.Time(t))
		}
	}
	return out
}

// numberValue reads "4999", "499 USD" or "16" of a type that counts in GB.
func numberValue(typ dst.Type, value string) (kg.Value, bool) {
	number, unit, _ := strings.Cut(value, " ")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return kg.Value{}, false
	}
	if unit == "" {
		switch t := typ.(type) {
		case *dst.Money:
			unit = t.Currency
		case *dst.Number:
			unit = t.Unit
		}
	}
	return kg.Num(n, unit), true
}

func truthValue(value string) (b, ok bool) {
	switch strings.ToLower(value) {
	case "yes", "true", "1", "是", "有":
		return true, true
	case "no", "false", "0", "否", "无":
		return false, true
	}
	return false, false
}

func timeValue(value string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// slotValue brings a graph value into the form that acts and states have.
func (c *core) slotValue(x *slot, v kg.Value) string {
	if x.domain != nil {
		if s, ok := x.domain.toSlot[v]; ok {
			return s
		}
	}
	if id, ok := v.ID(); ok {
		if value := c.valueOfThing(x, id); value != "" {
			return value
		}
	}
	if b, ok := v.Bool(); ok {
		if parser, is := x.Type.(dst.Parser); is {
			if s, ok := parser.Parse(strconv.FormatBool(b), c.cfg.Now()); ok {
				return s
			}
		}
		if b {
			return "yes"
		}
		return "no"
	}
	if s, ok := ownNumber(x.Type, v); ok {
		return s
	}
	if parser, ok := x.Type.(dst.Parser); ok {
		if s, ok := parser.Parse(v.String(), c.cfg.Now()); ok {
			return s
		}
		if n, unit, ok := v.Number(); ok {
			if own, _ := numberValue(x.Type, "1"); sameUnit(own, unit) {
				return kg.Num(n, "").String()
			}
		}
	}
	return v.String()
}

// ownNumber is a whole number in the very unit that the type counts in, which
// every type writes the same way.
func ownNumber(typ dst.Type, v kg.Value) (string, bool) {
	n, unit, ok := v.Number()
	if !ok || n != math.Trunc(n) || math.Abs(n) > 1<<40 {
		return "", false
	}
	switch t := typ.(type) {
	case *dst.Money:
		ok = t.Currency == unit
	case *dst.Number:
		ok = t.Unit == unit && (t.Min >= t.Max || t.Min <= n && n <= t.Max)
	default:
		ok = false
	}
	if !ok {
		return "", false
	}
	return strconv.FormatInt(int64(n), 10), true
}

func sameUnit(own kg.Value, unit string) bool {
	_, u, _ := own.Number()
	return u == unit || unit == ""
}

func sortedKinds(d *domain) []kg.Kind {
	var out []kg.Kind
	for k := range d.kinds {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func isThing(k kg.Kind) bool { return k == kg.Thing }

// valueOfThing is what acts call a thing that a slot refers to: as the service
// does that the slot is of, its own, or any other that has the thing.
func (c *core) valueOfThing(x *slot, id string) string {
	order := append([]*service{x.service}, c.services...)
	if of := c.service(x.Of); x.Of != "" && of != nil {
		order[0] = of
	}
	for _, sv := range order {
		if value := sv.valueOf(id); value != "" {
			return value
		}
	}
	return ""
}
