package dst

import "slices"

// settled reports whether the constraints say what is wanted, and not only
// what is not.
func settled(cs []Constraint) bool {
	return slices.ContainsFunc(cs, func(c Constraint) bool { return c.Op != Ne })
}

// Next says what the bot should do in this state: ask for the first required
// slot that is empty, or offer. A program that knows better need not follow.
func (t *Tracker) Next(s State) Act {
	n := t.activeService(s, Turn{})
	if n < 0 {
		return Act{Kind: Offer}
	}
	service := t.schema.Services[n]
	needed := map[string]bool{}
	for _, intent := range service.Intents {
		if service.full(intent.Name) == s.Intent() {
			for _, slot := range intent.Required {
				needed[slot] = true
			}
		}
	}
	for _, slot := range service.Slots {
		if (slot.Required || needed[slot.Name]) && !settled(s.Of(service.full(slot.Name))) {
			return Act{Kind: Ask, Slot: service.full(slot.Name)}
		}
	}
	return Act{Kind: Offer}
}
