package dst

import (
	"fmt"
	"slices"
)

// checkTurn reports what is wrong with what the caller gave besides words, and
// returns the acts with their values in canonical form. A value that its type
// cannot read is refused, so that it erases no good one.
func (t *Tracker) checkTurn(turn Turn) ([]Act, error) {
	for _, name := range turn.Services {
		if !t.schema.has(name) {
			return nil, fmt.Errorf("the turn's services: no service %q in the schema", name)
		}
	}
	for _, a := range turn.System {
		if err := a.Validate(); err != nil && a.Kind != Request {
			return nil, fmt.Errorf("the bot's acts: act %q: %w", a, err)
		}
	}
	if err := t.schema.Check(turn.Acts...); err != nil {
		return nil, fmt.Errorf("the turn's acts: %w", err)
	}
	acts := t.canonical(turn.Acts)
	for _, a := range acts {
		info, ok := t.info(a.Slot)
		if !ok || a.Op == "" || a.Value == DontCare || info.Names {
			continue
		}
		if _, open := info.Type.(*Gazetteer); open {
			continue // a name that is new to us is a name
		}
		if p, ok := info.Type.(Parser); ok {
			if _, known := p.Parse(a.Value, t.now()); !known {
				return nil, fmt.Errorf("the turn's acts: act %q: %q is no value of slot %q (%T)", a, a.Value, a.Slot, info.Type)
			}
		}
	}
	return acts, nil
}

// canonicalChoices is canonical for names.
func (t *Tracker) canonicalChoices(choices []Choice) []Choice {
	for i, c := range choices {
		if a := t.canonical([]Act{{Offer, c.Slot, Eq, c.Value}})[0]; a.Value != c.Value {
			choices = slices.Clone(choices)
			choices[i].Value = a.Value
		}
	}
	return choices
}

// canonical brings the values of acts into the form that the slots' types
// give them: a bot may say "79元" where the state holds "79".
func (t *Tracker) canonical(acts []Act) []Act {
	for i, a := range acts {
		info, ok := t.info(a.Slot)
		if !ok || a.Op == "" || a.Value == DontCare {
			continue
		}
		if p, ok := info.Type.(Parser); ok {
			if v, ok := p.Parse(a.Value, t.now()); ok && v != a.Value {
				acts = slices.Clone(acts)
				acts[i].Value = v
			}
		}
	}
	return acts
}
