package dst

// Surface is [State.Flat] in the words of the conversation: a value stands as
// the user or the bot put it ("next Friday"), where the state's evidence has
// the words. Slots with a closed list of values ([Enum], [YesNo], a bounded
// [Number]) keep the list's spelling, and so do slots with several values or a
// range, and [DontCare]. It is the form in which the public data sets hold
// their states.
func (t *Tracker) Surface(s State) map[string]string {
	out := s.Flat()
	for slot, value := range out {
		terms := s.Of(slot)
		if len(terms) != 1 || terms[0].Op != Eq && terms[0].Op != Around || terms[0].Evidence.Text == "" || value == DontCare {
			continue
		}
		if info, ok := t.info(slot); ok && !closed(info.Type) {
			out[slot] = terms[0].Evidence.Text
		}
	}
	return out
}

// closed reports whether the type's values are a list that can be written down.
func closed(typ Type) bool {
	switch typ := typ.(type) {
	case *Enum, *YesNo:
		return true
	case *Number:
		return typ.Min < typ.Max
	}
	return false
}
