package dst

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
)

// A Confirmation is what the bot asked the user to confirm as a whole, an
// intent with all its values (confirm Hotels.ReserveHotel), and the answer. It
// is for these very values: a change to one of them voids it.
type Confirmation struct {
	Intent string `json:"intent"`
	Values string `json:"values"`           // stands for the values and things of the intent's service at the time
	Answer Kind   `json:"answer,omitempty"` // affirm, deny, or "" as long as there is none
}

// put notes what the bot puts to the user for confirmation.
func (s State) put() State {
	for _, a := range s.System {
		if a.Kind == Confirm && a.Op == "" {
			s.Confirmation = Confirmation{Intent: a.Slot, Values: s.values(a.Slot)}
		}
	}
	return s
}

// values is a digest of what is held of an intent's service. It differs where
// any value or the thing talked about does.
func (s State) values(intent string) string {
	h := fnv.New64a()
	b := make([]byte, 0, 128)
	for _, c := range s.Constraints {
		if concerns(c.Slot, intent) {
			b = append(strconv.AppendQuote(b[:0], c.Slot), c.Op...)
			h.Write(strconv.AppendQuote(b, c.Value))
		}
	}
	for _, c := range s.Focus {
		if concerns(c.Slot, intent) {
			b = strconv.AppendQuote(append(b[:0], '@'), c.Slot)
			h.Write(strconv.AppendQuote(b, c.Value))
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// answered notes the answer to the confirmation of an intent, where it is of
// the values that are held now.
func (s State) answered(intent string, answer Kind) State {
	if s.Confirmation.Intent == intent && s.Confirmation.Values == s.values(intent) {
		s.Confirmation.Answer = answer
	}
	return s
}

// Confirmed reports whether the user has affirmed the intent with the values
// that the state holds now.
func (s State) Confirmed(intent string) bool {
	c := s.Confirmation
	return c.Answer == Affirm && c.Intent == intent && c.Values == s.values(intent)
}

// affirm applies what the bot put to the user. A value that is held already is
// sure from now on.
func (s State) affirm(e Evidence) State {
	e.Source = System
	for _, a := range s.System {
		e.From = a.String()
		switch {
		case a.Kind == Confirm && a.Op == "":
			s = s.fold(Act{Kind: Want, Slot: a.Slot}, e).answered(a.Slot, Affirm)
		case a.Kind == Confirm:
			if i := s.index(a); i >= 0 {
				s.Constraints = slices.Clone(s.Constraints)
				s.Constraints[i].Evidence.P = 1
			} else {
				s = s.fold(Act{Inform, a.Slot, a.Op, a.Value}, e)
			}
		case a == Act{Kind: Ask} && s.Confirmation.Answer == Deny: // nothing is to be changed after all
			s.Confirmation = Confirmation{}
		case a.Kind == Propose:
			s = s.fold(Act{Kind: Want, Slot: a.Slot}, e)
		case a.Kind == Offer:
			if i := slices.Index(s.Offered, Choice{a.Slot, a.Value}); i >= 0 && only(s.Offered, i) {
				s = s.fold(Act{Select, a.Slot, Eq, a.Value}, e)
			}
		}
	}
	return s
}

// deny takes back values that the bot asked to confirm and the user rejects. A
// rejected value erases no good one: what the slot held before is back.
func (s State) deny() State {
	for _, a := range s.System {
		if a.Kind != Confirm {
			continue
		}
		if a.Op == "" {
			s = s.answered(a.Slot, Deny)
			continue
		}
		i := s.index(a)
		if i < 0 || s.confirmsSeveral() {
			continue // which of several values is wrong, a bare no does not say: none is lost
		}
		s.Constraints = slices.Delete(slices.Clone(s.Constraints), i, i+1)
		if !s.Filled(a.Slot) {
			s.Constraints = withSlot(s.Constraints, a.Slot, s.before(a.Slot))
		}
		if len(s.Constraints) == 0 {
			s.Constraints = nil
		}
	}
	return s
}

// confirmsSeveral reports whether the bot asked to confirm more than one value.
func (s State) confirmsSeveral() bool {
	n := 0
	for _, a := range s.System {
		if a.Kind == Confirm && a.Op != "" {
			n++
		}
	}
	return n > 1
}

// index finds the constraint that an act speaks of, -1 for none.
func (s State) index(a Act) int {
	op := a.Op
	if op == Add {
		op = Eq
	}
	return slices.IndexFunc(s.Constraints, func(c Constraint) bool { return c.Slot == a.Slot && c.Op == op && c.Value == a.Value })
}
