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

// canonicalChoices is canonical for names; what known acts hold is canonical.
func (t *Tracker) canonicalChoices(choices []Choice, known []Act) []Choice {
	for i, c := range choices {
		told := func(a Act) bool { return a.Slot == c.Slot && a.Op == Eq && a.Value == c.Value }
		if slices.ContainsFunc(known, told) {
			continue
		}
		if v := t.canonicalValue(c.Slot, c.Value); v != c.Value {
			choices = slices.Clone(choices)
			choices[i].Value = v
		}
	}
	return choices
}

// canonical brings the values of acts into the form that the slots' types
// give them: a bot may say "79元" where the state holds "79".
func (t *Tracker) canonical(acts []Act) []Act {
	for i, a := range acts {
		if a.Op == "" {
			continue
		}
		if v := t.canonicalValue(a.Slot, a.Value); v != a.Value {
			acts = slices.Clone(acts)
			acts[i].Value = v
		}
	}
	return acts
}

// canonicalValue is the value in the form that its slot's type gives it, or as
// it is where the type cannot read it.
func (t *Tracker) canonicalValue(slot, value string) string {
	info, ok := t.info(slot)
	if !ok || value == DontCare {
		return value
	}
	if n, ok := info.Type.(*Number); ok && n.Unit == "" && len(n.Units)+len(n.Words) == 0 && isWhole(value) {
		return value // most numbers are written as they are
	}
	if p, ok := info.Type.(Parser); ok {
		if v, ok := p.Parse(value, t.now()); ok {
			return v
		}
	}
	return value
}

// isWhole reports whether s is a short whole number without leading zeros.
func isWhole(s string) bool {
	if s == "" || len(s) > 9 || s[0] == '0' {
		return s == "0"
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
