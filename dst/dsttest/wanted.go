package dsttest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A form is one thing that a state may be expected to hold: a constraint
// (inform), any constraint of a slot (inform without operator), an open intent
// (want), a slot asked about (request) or a thing in focus (select).
type form struct {
	dst.Act
	text string
}

// A wanted is met by any of its forms.
type wanted struct {
	text  string
	forms []form
}

// parseWanted reads the list behind "holds:" and "lacks:".
func parseWanted(s string) ([]wanted, error) {
	var out []wanted
	for _, piece := range cutOutsideQuotes(s, ";") {
		w := wanted{text: strings.TrimSpace(piece)}
		if w.text == "" {
			return nil, fmt.Errorf("%q names nothing between two semicolons; write slot=value; slot<=value", s)
		}
		for _, text := range cutOutsideQuotes(w.text, " | ") {
			f, err := parseForm(strings.TrimSpace(text))
			if err != nil {
				return nil, err
			}
			w.forms = append(w.forms, f)
		}
		out = append(out, w)
	}
	return out, nil
}

// parseForm reads "price<=900", "price", "want buy", "request price" or
// "select name=X".
func parseForm(s string) (form, error) {
	kind, _, _ := strings.Cut(s, " ")
	switch dst.Kind(kind) {
	case dst.Want, dst.Request, dst.Select, dst.Inform, dst.Prefer:
		if a, err := dst.ParseAct(s); err == nil {
			return form{a, s}, nil
		}
	}
	a, err := dst.ParseAct("select " + s) // its slot and value may both be left out
	if err != nil {
		return form{}, fmt.Errorf("%q is neither slot, nor slot=value, nor want, request or select: %w", s, err)
	}
	if a.Slot == "" {
		return form{}, fmt.Errorf("%q names no slot", s)
	}
	a.Kind = dst.Inform
	return form{a, s}, nil
}

// cutOutsideQuotes cuts s at sep where that stands outside Go string literals.
func cutOutsideQuotes(s, sep string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(s[i:], sep):
			out = append(out, s[start:i])
			start = i + len(sep)
			i = start - 1
		}
	}
	return append(out, s[start:])
}

// A place is where forms are looked at: "tomorrow" means the day after now,
// which is zero where it is not known.
type place struct {
	schema dst.Schema
	now    time.Time
}

// met reports whether the state holds one of the forms.
func (w wanted) met(at place, s dst.State) bool {
	return slices.ContainsFunc(w.forms, func(f form) bool { return f.met(at, s) })
}

func (f form) met(at place, s dst.State) bool {
	switch f.Kind {
	case dst.Want:
		return slices.Contains(s.Intents, f.Slot)
	case dst.Request:
		return slices.Contains(s.Requested, f.Slot)
	case dst.Select:
		value, ok := s.Focused(f.Slot)
		return ok && (f.Op == "" || at.same(f.Slot, value, f.Value))
	}
	if f.Op == "" {
		return s.Filled(f.Slot)
	}
	for _, c := range s.Of(f.Slot) {
		if c.Op == f.Op && (f.Kind != dst.Prefer || c.Soft) && at.same(f.Slot, c.Value, f.Value) {
			return true
		}
	}
	return f.Op == dst.Eq && s.Flat()[f.Slot] == f.Value
}

// same compares a value of a state with one that a person wrote.
func (at place) same(slot, got, want string) bool {
	if strings.EqualFold(got, want) {
		return true
	}
	info, _ := at.schema.Slot(slot)
	p, ok := info.Type.(dst.Parser)
	if !ok {
		return false
	}
	value, ok := p.Parse(want, at.now)
	return ok && value == got
}

// check reports a slot or intent that the schema does not have.
func (w wanted) check(schema dst.Schema) error {
	for _, f := range w.forms {
		a := f.Act
		if a.Kind == dst.Inform || a.Kind == dst.Prefer {
			a = dst.Act{Kind: dst.Request, Slot: a.Slot}
		}
		if err := schema.Check(a); err != nil {
			return err
		}
	}
	return nil
}

// term writes a constraint as it stands in "state:" and "holds:".
func term(c dst.Constraint) string {
	act := dst.Act{Kind: dst.Inform, Slot: c.Slot, Op: c.Op, Value: c.Value}
	if c.Soft {
		act.Kind = dst.Prefer
	}
	return strings.TrimPrefix(act.String(), string(dst.Inform)+" ")
}

// formTerm writes the constraint that an act puts, as one of several forms: a
// bar in its value must not be read as one between forms.
func formTerm(a dst.Act) string {
	if strings.Contains(a.Value, " | ") {
		return formName(a.Slot) + string(a.Op) + strconv.Quote(a.Value)
	}
	return term(dst.Constraint{Slot: a.Slot, Op: a.Op, Value: a.Value})
}

// formName writes the name of a slot as it stands in acts.
func formName(slot string) string {
	act := dst.Act{Kind: dst.Request, Slot: slot}
	return strings.TrimPrefix(act.String(), string(dst.Request)+" ")
}

// terms writes all constraints of a state.
func terms(s dst.State) string {
	out := make([]string, len(s.Constraints))
	for i, c := range s.Constraints {
		out[i] = term(c)
	}
	return strings.Join(out, "; ")
}
