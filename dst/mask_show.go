package dst

import (
	"slices"
	"strings"
)

// Act returns the act without a value that is sensitive by its slot or by what
// it is.
func (m Mask) Act(a Act) Act {
	if m.Hides(a) {
		a.Value = Masked
	} else {
		a.Value = m.Text(a.Value)
	}
	return a
}

// Acts is [Mask.Act] of each.
func (m Mask) Acts(acts []Act) []Act {
	acts = slices.Clone(acts)
	for i, a := range acts {
		acts[i] = m.Act(a)
	}
	return acts
}

// Decision returns the decision without what is sensitive. It stands for no
// words any more, for [Masked] is not as long as they were: see [Mask.Turn].
func (m Mask) Decision(d Decision) Decision {
	if m.IsZero() {
		return d
	}
	d.Evidence = m.evidence(d.Act.Slot, d.Evidence)
	d.Evidence.Start, d.Evidence.End = 0, 0
	d.Act = m.Act(d.Act)
	d.Alternatives = slices.Clone(d.Alternatives)
	for i := range d.Alternatives {
		d.Alternatives[i].Act = m.Act(d.Alternatives[i].Act)
	}
	d.Reasons = slices.Clone(d.Reasons)
	for i, r := range d.Reasons {
		d.Reasons[i].Text, _, _ = strings.Cut(r.Text, `: "`) // words of the message, one by one
	}
	return d
}

func (m Mask) evidence(slot string, e Evidence) Evidence {
	e.Text = m.Text(e.Text)
	if m.Sensitive(slot) && e.Text != "" {
		e.Text = Masked
	}
	if len(m.words) == 0 || e.From == "" {
		return e
	}
	if a, err := ParseAct(e.From); err == nil {
		e.From = m.Act(a).String()
	} else {
		e.From = m.Text(e.From)
	}
	return e
}

// State returns the state without what is sensitive, to be shown and not to be
// gone on with. The words of sensitive values keep no place.
func (m Mask) State(s State) State {
	if m.IsZero() {
		return s
	}
	s.Constraints = m.masked(s.Constraints)
	s.Offered, s.Focus = m.chosen(s.Offered), m.chosen(s.Focus)
	s.System, s.Notes, s.Pending.Act = m.Acts(s.System), m.Acts(s.Notes), m.Act(s.Pending.Act)
	s.Told = slices.Clone(s.Told)
	for i := range s.Told {
		t := &s.Told[i]
		a, b := Act{Slot: t.Slot, Value: t.Value}, Act{Slot: t.Slot, Value: t.Text}
		t.Value, t.Text = m.Act(a).Value, m.Act(b).Value
	}
	s.Past = slices.Clone(s.Past)
	for i := range s.Past {
		s.Past[i].Held, s.Past[i].Focus = m.masked(s.Past[i].Held), m.chosen(s.Past[i].Focus)
	}
	return s
}

func (m Mask) masked(list []Constraint) []Constraint {
	list = slices.Clone(list)
	for i := range list {
		c := &list[i]
		if m.Sensitive(c.Slot) {
			c.Evidence.Start, c.Evidence.End = 0, 0
		}
		c.Evidence = m.evidence(c.Slot, c.Evidence)
		c.Value = m.Act(Act{Slot: c.Slot, Value: c.Value}).Value
	}
	return list
}

func (m Mask) chosen(list []Choice) []Choice {
	list = slices.Clone(list)
	for i, c := range list {
		list[i].Value = m.Act(Act{Slot: c.Slot, Value: c.Value}).Value
	}
	return list
}
