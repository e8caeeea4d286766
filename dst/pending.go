package dst

// Pending is the bot's open question: what it asked or wanted confirmed last,
// and has no answer to.
type Pending struct {
	Act   Act  `json:"act"`             // ask or confirm
	Tries int  `json:"tries"`           // how often it was put, not counting where the user digressed
	Turn  int  `json:"turn,omitempty"`  // the user turn after which it was put last
	Heard bool `json:"heard,omitempty"` // the user has done something else since: to put it again is no further try
}

// said returns what is pending after a turn of the bot. Its first question is
// what the user's next words should answer. Saying the same turn twice, to the
// state and to [Tracker.Update], counts once.
func (p Pending) said(acts []Act, turn int) Pending {
	for _, a := range acts {
		switch {
		case a.Kind != Ask && a.Kind != Confirm:
			continue
		case a != p.Act:
			return Pending{Act: a, Tries: 1, Turn: turn}
		case turn == p.Turn:
			return p
		case !p.Heard:
			p.Tries++
		}
		p.Turn, p.Heard = turn, false
		return p
	}
	return p
}

// heard returns what is pending after an act of the user.
func (p Pending) heard(a Act) Pending {
	switch a.Kind {
	case Inform, Prefer, Select:
		if a.Slot == p.Act.Slot || p.Act == (Act{Kind: Ask}) {
			return Pending{}
		}
	case Affirm, Deny:
		if p.Act.Kind == Confirm {
			return Pending{}
		}
		return p
	case Cancel:
		return Pending{}
	case Want, Forget, Request, More, Repeat, Undo:
	default: // manners answer no question, and relax is none of the user's
		return p
	}
	p.Heard = p.Tries > 0
	return p
}
