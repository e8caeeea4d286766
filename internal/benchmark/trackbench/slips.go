package trackbench

import (
	"github.com/slotgraph/slotgraph/dst"
)

// A slip is a slot that is wrong, as -errors files hold it, with what it takes
// to see why.
type slip struct {
	ID         string           `json:"id"`
	Turn       int              `json:"turn"`
	Slot       string           `json:"slot"`
	Gold       []string         `json:"gold"`
	Got        string           `json:"got"`
	Right      float64          `json:"right"` // from 0 to 1
	New        bool             `json:"new"`   // the prediction or gold changed in this turn; else the error was there before
	GoldBefore []string         `json:"gold_before"`
	System     []dst.Act        `json:"system"`
	SystemText string           `json:"system_text,omitempty"`
	User       string           `json:"user"`
	Terms      []dst.Constraint `json:"terms"`  // the slot's constraints, with their evidence
	Before     []dst.Constraint `json:"before"` // the whole state of the turn before
}

// slip writes down a slot that is not quite right.
func (l *lines) slip(right float64, slot string, turn int, d dst.Dialogue, before, after dst.State, goldBefore []string, got string) error {
	if right == 1 || l.f == nil {
		return nil
	}
	t := d.Turns[turn]
	gold := t.State[slot]
	user := t.User
	if user == "" && len(t.Hypotheses) > 0 {
		user = t.Hypotheses[0].Text
	}
	return l.write(slip{ID: d.ID, Turn: turn, Slot: slot, Gold: gold, Got: got, Right: right,
		New: changed(before.Of(slot), after.Of(slot)) || !sameGold(goldBefore, gold), GoldBefore: goldBefore,
		System: t.System, SystemText: t.SystemText, User: user, Terms: after.Of(slot), Before: before.Constraints})
}
