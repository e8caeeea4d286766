package dst

import (
	"cmp"
	"slices"
)

// A Told is a value that the bot told of a slot, the latest one.
type Told struct {
	Slot  string `json:"slot"`
	Value string `json:"value"`
	Text  string `json:"text,omitempty"` // the bot's own spelling, where it differs
}

// maxTold bounds what is remembered; the oldest is forgotten first.
const maxTold = 16

// remember notes what the bot told of things: the user may take it up turns
// later, also for another service: the address of the restaurant is where the
// taxi goes. raw has the bot's own spellings.
func (s State) remember(raw []Act) State {
	var told []Told
	for i, a := range s.System {
		if a.Kind != Inform && a.Kind != Offer && a.Kind != Confirm || a.Op != Eq || a.Value == DontCare {
			continue
		}
		if told == nil {
			told = append(make([]Told, 0, len(s.Told)+len(s.System)-i), s.Told...)
		}
		entry := Told{Slot: a.Slot, Value: a.Value}
		if i < len(raw) && raw[i].Value != a.Value {
			entry.Text = raw[i].Value
		}
		told = slices.DeleteFunc(told, func(x Told) bool { return x.Slot == a.Slot })
		told = append(told, entry)
	}
	if told == nil {
		return s
	}
	if len(told) > maxTold {
		told = told[len(told)-maxTold:]
	}
	s.Told = told
	return s
}

// recalls reports whether the tracker remembers what the bot told, in
// State.Told. Where no intent takes a slot and there is but one service, nobody
// would take it up.
func (t *Tracker) recalls() bool { return len(t.schema.Services) > 1 || t.hasIntents }

// told are the values that the user may repeat: those of the bot's last turn,
// in its own words, and of earlier ones.
func told(s State, raw []Act) []string {
	out := make([]string, 0, len(raw)+len(s.Told))
	for _, a := range raw {
		if a.Value != "" {
			out = append(out, a.Value)
		}
	}
	for _, c := range s.Told {
		if v := cmp.Or(c.Text, c.Value); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
