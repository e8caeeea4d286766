package dst

import (
	"slices"
	"time"
)

// someDay stands for the day of what the bot says, "tomorrow", where only whether
// it is a day matters.
var someDay = time.Date(2000, 1, 3, 12, 0, 0, 0, time.UTC)

// reread returns a value of the slot, as it may stand with an operator, in the
// form that the slot's type gives it, or false where it has none such.
func (s *Slot) reread(op Op, value string, now time.Time) (string, bool) {
	if value == DontCare {
		return value, true
	}
	if _, ordered := s.Type.(Comparer); !ordered && (isLower(op) || isUpper(op) || op == Around) {
		return "", false
	}
	parser, ok := s.Type.(Parser)
	if !ok || hasValue(s.Type, value) {
		return value, true
	}
	if v, ok := parser.Parse(value, now); ok {
		return v, true
	}
	if _, open := s.Type.(*Gazetteer); open {
		return value, true
	}
	return onlyValue(s.Type.Find(NewText(value, now)))
}

// hasValue reports whether a text is a value as the type writes it, where that is
// soon told, or Parse may take it for another or not at all.
func hasValue(typ Type, value string) bool {
	switch t := typ.(type) {
	case *Enum:
		return slices.ContainsFunc(t.Values, func(o Option) bool { return o.Value == value })
	case *FreeText: // of a pattern with groups, a value is a part of what matches
		return t.Pattern == nil || t.Pattern.NumSubexp() > 0
	case *Number:
		n, ok := numberDecimal(value)
		return ok && (t.Unit != "" || len(t.Units) == 0) && n.String() == value && t.allows(n)
	case *Money:
		n, ok := numberDecimal(value)
		return ok && n.String() == value && !n.IsNegative()
	case *Date:
		_, err := time.Parse(dateLayout, value)
		return err == nil
	}
	return false
}

// onlyValue returns the value that all sure mentions in a text agree on.
func onlyValue(found []Mention) (value string, ok bool) {
	for _, x := range found {
		switch {
		case x.Score < scoreBare:
		case x.To != "" || ok && x.Value != value:
			return "", false
		default:
			value, ok = x.Value, true
		}
	}
	return value, ok
}

// from moves the slot, or the act of the bot, that a value came from. One that is
// gone is where it came from still.
func (m *migrator) from(e Evidence) string {
	if e.From == "" || len(m.steps) == 0 {
		return e.From
	}
	a, err := ParseAct(e.From)
	if e.Source == Carry || err != nil {
		to, _ := followName(m.steps, e.From)
		return to
	}
	a.Slot, _ = followName(m.steps, a.Slot)
	return a.String()
}
