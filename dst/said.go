package dst

import "slices"

// NextTurn begins a user turn: it counts it and lets go of what held only for
// the last one. [Tracker.Update] does it.
func (s State) NextTurn() State {
	s.Turn++
	s.Requested = nil
	s.Move = ""
	return s
}

// Said folds in a turn of the bot: what it asked, offered and confirmed is
// what the user's next words answer, and what it relaxed is no constraint any
// more; an intent that it did is closed, its values stay. Kinds that only a
// user says are kept in State.System and change nothing. SGD writes "request" for both sides: the bot's is read as ask. Acts
// that are not valid (see [Act.Validate]) are passed over.
func (s State) Said(acts ...Act) State {
	s.System = nil
	var offered []Choice
	for _, a := range acts {
		if a.Kind == Request {
			a = Act{Kind: Ask, Slot: a.Slot}
		}
		if a.Validate() != nil {
			continue
		}
		if s.System == nil {
			s.System = make([]Act, 0, len(acts))
		}
		s.System = append(s.System, a)
		switch a.Kind {
		case Ask:
			if !slices.Contains(s.Asked, a.Slot) {
				s.Asked = append(slices.Clip(s.Asked), a.Slot)
			}
		case Offer:
			if a.Op == Eq {
				offered = append(offered, Choice{a.Slot, a.Value})
			}
		case Relax:
			s = s.relax(a)
		case Do:
			s = s.done(a.Slot)
		}
	}
	if offered != nil {
		s = s.offer(offered)
	}
	s.Pending = s.Pending.said(s.System, s.Turn)
	return s.put()
}

// offer notes what was offered; what stands alone there is talked about.
func (s State) offer(offered []Choice) State {
	s.Offered = offered
	for _, c := range offered {
		s.Focus = without(s.Focus, c.Slot)
	}
	for i, c := range offered {
		if only(offered, i) {
			s.Focus = append(slices.Clip(s.Focus), c)
		}
	}
	return s
}

// only reports whether the slot of choice i is offered once.
func only(offered []Choice, i int) bool {
	for j, c := range offered {
		if i != j && c.Slot == offered[i].Slot {
			return false
		}
	}
	return true
}

func (s State) relax(a Act) State {
	return s.apply(a, Evidence{Turn: s.Turn, Source: System, From: a.String()})
}

// without drops the choices of a slot, of a service, or all where name is "".
func without(choices []Choice, name string) []Choice {
	if len(choices) > 0 && name != "" && !slices.ContainsFunc(choices, func(c Choice) bool { return c.Slot == name || serviceOf(c.Slot) == name }) {
		return slices.Clip(choices)
	}
	out := make([]Choice, 0, len(choices)+1)
	for _, c := range choices {
		if name != "" && c.Slot != name && serviceOf(c.Slot) != name {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
