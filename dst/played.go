package dst

import "slices"

// A Played is one turn of a conversation as a log keeps it: what the user's
// message was taken for, and what the bot did then. [Tracker.Record] makes one,
// and [State.Replay] folds it into the state in which the message was read. It
// needs neither the message nor a tracker: a log is read after schema, weights
// and clock have changed.
type Played struct {
	Read     []Act     `json:"read,omitempty"`     // the bot's turn before, where the tracker took its values in another form than they were said in
	Recalled bool      `json:"recalled,omitempty"` // what the bot told there is remembered
	Heard    []Heard   `json:"heard,omitempty"`    // what the user did, in the tracker's order
	Lang     string    `json:"lang,omitempty"`     // of the conversation after the message
	Said     []Act     `json:"said,omitempty"`     // by the bot, in its own words
	Notes    []Act     `json:"notes,omitempty"`    // State.Notes after the turn
	Amended  Amendment `json:"amended,omitzero"`   // what the program changed besides
}

// A Heard is an act of the user with what it rests on.
type Heard struct {
	Act      Act      `json:"act"`
	Evidence Evidence `json:"evidence,omitzero"`
}

// Record returns the turn that led from one state to another: a message in the
// state before for which [Tracker.Update] returned these decisions, and the bot's
// answer. before.Replay of it is after, whatever the program did to the state
// beside: what acts do not tell is in Played.Amended. A list that is empty counts
// as nil.
func (t *Tracker) Record(before, after State, decisions []Decision, said ...Act) Played {
	p := Played{Recalled: t.recalls(), Lang: after.Lang, Said: said, Notes: after.Notes}
	if read := t.canonical(before.System); !slices.Equal(read, before.System) {
		p.Read = read
	}
	for _, d := range decisions {
		p.Heard = append(p.Heard, Heard{d.Act, d.Evidence})
	}
	if got := before.Replay(p); !got.Equal(after) {
		p.Amended = amendment(got, after)
	}
	return p
}

// Replay returns the state after a turn that was played in s: what
// [Tracker.Update] made of the message, with the bot's answer ([State.Said]), the
// program's notes ([State.Note]) and what it changed besides.
func (s State) Replay(p Played) State {
	raw := s.System
	if p.Read != nil {
		s = s.read(p.Read)
	}
	s = s.NextTurn()
	if p.Recalled {
		s = s.remember(raw)
	}
	for _, h := range p.Heard {
		s = s.decide(h.Act, h.Evidence, raw)
	}
	s.Lang = p.Lang
	return s.Said(p.Said...).Note(p.Notes...).amend(p.Amended)
}

// read takes the bot's turn, and what was offered there, in canonical form.
func (s State) read(acts []Act) State {
	raw := s.System
	canonical := func(choices []Choice) []Choice {
		for i, c := range choices {
			at := slices.Index(raw, Act{Offer, c.Slot, Eq, c.Value})
			if at >= 0 && at < len(acts) && acts[at].Value != c.Value {
				choices = slices.Clone(choices)
				choices[i].Value = acts[at].Value
			}
		}
		return choices
	}
	s.System, s.Offered, s.Focus = acts, canonical(s.Offered), canonical(s.Focus)
	return s
}

// decide applies an act that a tracker decided on. Values that the user's yes
// took up have the bot's own spelling, that of raw, as their evidence.
func (s State) decide(a Act, e Evidence, raw []Act) State {
	s = s.apply(a, e)
	if a.Kind != Affirm {
		return s
	}
	for i, put := range s.System {
		for j, c := range s.Constraints {
			if e := c.Evidence; put.Kind == Confirm && i < len(raw) && c.Slot == put.Slot && e.Source == System && e.Turn == s.Turn && e.From == put.String() {
				s.Constraints = slices.Clone(s.Constraints)
				s.Constraints[j].Evidence.Text = raw[i].Value
			}
		}
	}
	return s
}
