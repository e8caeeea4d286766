package dst

import (
	"fmt"
	"slices"
	"time"
)

// Masked stands where a value of a sensitive slot stood. It is the same for
// every value, so that it does not tell how long one is.
const Masked = "•••"

// A Mask takes what a conversation holds of sensitive slots (see
// [Slot].Sensitive) out of what others are to see: logs, traces, a developer's
// page, the prompts of a model. It knows values by their slot, and in texts by
// their words, however these are spaced and written: "138 1234 5678" and
// "１３８－１２３４－５６７８" alike. The zero Mask masks nothing, and so does that of a
// schema without sensitive slots. A Mask is a value: methods return a new one,
// and it is safe for concurrent use. It holds the values themselves; do not
// store it.
//
// What was said and not understood is not known to it. Recognisers of personal
// data are for that.
type Mask struct {
	slots map[string]*Slot // the sensitive ones, by their full names
	own   []Type           // types whose values are sensitive wherever they stand
	words []secret
}

// Mask returns the mask of what states hold: pass the state before a turn and
// the one after it, for a value that was corrected stands in the first alone.
func (s Schema) Mask(states ...State) Mask {
	var m Mask
	for _, service := range s.Services {
		for _, slot := range service.Slots {
			if !slot.Sensitive {
				continue
			}
			if m.slots == nil {
				m.slots = map[string]*Slot{}
			}
			m.slots[service.full(slot.Name)] = &slot
			if unmistakable(slot.Type) && !s.shares(slot.Type) && !slices.ContainsFunc(m.own, func(t Type) bool { return sameType(t, slot.Type) }) {
				m.own = append(m.own, slot.Type)
			}
		}
	}
	if m.slots == nil {
		return Mask{}
	}
	for _, st := range states {
		m = m.state(st)
	}
	return m
}

// unmistakable reports whether what a type finds is a value of it wherever it
// stands: a resident's number is, any number is not.
func unmistakable(t Type) bool {
	switch t := t.(type) {
	case nil, *Enum, *Number, *Money, *Date, *Clock, *Duration, *YesNo, *Gazetteer, openWords:
		return false
	case *FreeText:
		return t.Pattern != nil
	}
	return true
}

// shares reports whether a slot that is not sensitive has the type, too.
func (s Schema) shares(t Type) bool {
	for _, service := range s.Services {
		for _, slot := range service.Slots {
			if !slot.Sensitive && !slot.RequestOnly && slot.Type != nil && sameType(slot.Type, t) {
				return true
			}
		}
	}
	return false
}

func sameType(a, b Type) bool {
	x, ok1 := typeKey(a)
	y, ok2 := typeKey(b)
	return ok1 && ok2 && x == y
}

// state enters what a state holds.
func (m Mask) state(s State) Mask {
	m = m.constraints(s.Constraints).choices(s.Offered).choices(s.Focus).Said(append(slices.Clip(s.System), s.Pending.Act)...)
	for _, t := range s.Told {
		m = m.value(t.Slot, t.Value).value(t.Slot, t.Text)
	}
	for _, p := range s.Past {
		m = m.constraints(p.Held).choices(p.Focus)
	}
	return m
}

func (m Mask) constraints(list []Constraint) Mask {
	for _, c := range list {
		m = m.value(c.Slot, c.Value)
		if c.Evidence.Source == Span {
			m = m.value(c.Slot, c.Evidence.Text)
		}
	}
	return m
}

func (m Mask) choices(list []Choice) Mask {
	for _, c := range list {
		m = m.value(c.Slot, c.Value)
	}
	return m
}

// Said returns the mask with the values that acts give of sensitive slots.
func (m Mask) Said(acts ...Act) Mask {
	for _, a := range acts {
		m = m.value(a.Slot, a.Value)
	}
	return m
}

// Heard returns the mask with the values that decisions give of sensitive
// slots, and with what stands in the message that could be nothing else, such as
// an e-mail address where all slots for these are sensitive.
func (m Mask) Heard(message string, decisions []Decision) Mask {
	for _, d := range decisions {
		m = m.value(d.Act.Slot, d.Act.Value)
		if m.Hides(d.Act) && d.Evidence.standsIn(message) {
			m = m.value(d.Act.Slot, d.Evidence.Text)
		}
	}
	for _, v := range m.typed(message) {
		m = m.With(message[v.start:v.end])
	}
	return m
}

// standsIn reports whether the evidence is words of this very message.
func (e Evidence) standsIn(message string) bool {
	return e.Source == Span && e.Text != "" && e.Start >= 0 && e.Start < e.End && e.End <= len(message) && message[e.Start:e.End] == e.Text
}

// typed lists the values in a message that are sensitive wherever they stand.
func (m Mask) typed(message string) []veil {
	if len(m.own) == 0 || len(message) > MaxMessage {
		return nil
	}
	var out []veil
	t := NewText(message, time.Time{})
	for _, typ := range m.own {
		for _, found := range typ.Find(t) {
			if found.Start < found.End && found.Start >= 0 && found.End <= len(message) {
				out = append(out, veil{found.Start, found.End, m.slotOf(typ)})
			}
		}
	}
	return out
}

// slotOf is the first slot, by name, of a type.
func (m Mask) slotOf(t Type) string {
	out := ""
	for name, slot := range m.slots {
		if (out == "" || name < out) && slot.Type != nil && sameType(slot.Type, t) {
			out = name
		}
	}
	return out
}

// With returns the mask with further values, such as those that live data told.
func (m Mask) With(values ...string) Mask {
	for _, v := range values {
		m = m.word("", v)
	}
	return m
}

// Join returns the mask of what either hides: of several turns of one
// conversation.
func (m Mask) Join(o Mask) Mask {
	if m.IsZero() {
		return o
	}
	m.words = slices.Clip(m.words)
	for _, w := range o.words {
		if !slices.Contains(m.words, w) {
			m.words = append(m.words, w)
		}
	}
	return m
}

// value enters a value of a slot, in the words that people are told, too.
// Yes and no are no words to look for: see [Mask.Every].
func (m Mask) value(slot, value string) Mask {
	s := m.slots[slot]
	if s == nil || value == "" || value == DontCare || value == Masked {
		return m
	}
	m = m.word(slot, value)
	if f, ok := s.Type.(Formatter); ok {
		for _, lang := range []string{"en", "zh"} {
			m = m.word(slot, f.Format(value, lang))
		}
	}
	return m
}

// Sensitive reports whether the slot of this full name is sensitive.
func (m Mask) Sensitive(slot string) bool { return m.slots[slot] != nil }

// Hides reports whether the act gives a value of a sensitive slot.
func (m Mask) Hides(a Act) bool {
	return m.Sensitive(a.Slot) && a.Value != "" && a.Value != DontCare
}

// IsZero reports whether the mask is that of a schema without sensitive slots.
func (m Mask) IsZero() bool { return m.slots == nil }

// Knows reports whether the mask knows any value to hide, and so would change
// more than decisions that tell other readings of a message.
func (m Mask) Knows() bool { return len(m.words) > 0 }

// String tells how much the mask hides, and nothing of it.
func (m Mask) String() string {
	return fmt.Sprintf("mask of %d slots, %d words", len(m.slots), len(m.words))
}
