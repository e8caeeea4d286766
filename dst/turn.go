package dst

import (
	"context"
	"fmt"
	"slices"
)

// A Turn is one exchange: what the bot did, then what the user said.
type Turn struct {
	System     []Act        // the bot's turn just before; nil means what State.Said recorded
	User       string       // the user's message
	Hypotheses []Hypothesis // instead of User: what a speech recognizer heard, best first
	Services   []string     // services open in this turn; nil means all
	Acts       []Act        // acts of the user known from elsewhere: a classifier's want, a button pressed
	Proposals  []Proposal   // values that something besides the words speaks for, such as a photo
}

func (turn Turn) open(service string) bool {
	if len(turn.Services) == 0 {
		return true
	}
	for _, s := range turn.Services {
		if s == service {
			return true
		}
	}
	return false
}

// MaxMessage is the length in bytes from which a message is not read: no
// customer writes a novel. A longer one is an error, so that the caller may
// answer it.
const MaxMessage = 64 << 10

// Update reads a turn and returns the new state with the decisions that led to
// it: the state, with the bot's turn taken in by Said where it is given and
// values in canonical form, then NextTurn, with the decisions' acts applied. The
// bot's turn is then done with: the new state's System is empty until Said,
// unless the user asks to repeat it.
// Update is pure: the state given is not changed, and the same input gives the
// same output. Errors are a cancelled context, an act that is not valid, a
// slot, service or value that the schema does not know, hypotheses or proposals
// whose probabilities are none, and a message over [MaxMessage]; the state returned with an error is the one given.
func (t *Tracker) Update(ctx context.Context, s State, turn Turn) (State, []Decision, error) {
	return t.update(ctx, s, turn, nil)
}

// learnFrom is Update with what should have been understood, which the
// tracker's learner learns.
func (t *Tracker) learnFrom(s State, turn Turn, gold DialogueTurn) (State, error) {
	next, _, err := t.update(context.Background(), s, turn, &gold)
	return next, err
}

func (t *Tracker) update(ctx context.Context, s State, turn Turn, gold *DialogueTurn) (State, []Decision, error) {
	if err := ctx.Err(); err != nil {
		return s, nil, fmt.Errorf("dst: update: %w", err)
	}
	turn, err := t.checked(turn)
	if err != nil {
		return s, nil, fmt.Errorf("dst: update: %w", err)
	}
	heard, err := turn.heard()
	if err != nil {
		return s, nil, fmt.Errorf("dst: update: %w", err)
	}
	next, raw := s, s.System
	if turn.System != nil {
		raw = s.Said(turn.System...).System
		next = s.Said(t.canonical(turn.System)...)
	} else {
		next.System = t.canonical(next.System)
	}
	next = next.NextTurn()
	if t.recalls() {
		next = next.remember(raw)
	}
	next.Offered, next.Focus = t.canonicalChoices(next.Offered, next.System), t.canonicalChoices(next.Focus, next.System)
	w := workspaces.Get().(*workspace)
	defer w.release()
	r := &w.r
	t.readInto(r, heard[0].Text, told(next, raw))
	if r.lang != "" {
		next.Lang = r.lang
	}
	u := &w.u
	u.t, u.r, u.x, u.turn, u.s = t, r, &w.x, turn, next
	u.last, u.raw, u.gold, u.heard = s.Requested, raw, gold, heard
	u.run(ctx)
	if err := ctx.Err(); err != nil {
		return s, nil, fmt.Errorf("dst: update: %w", err)
	}
	if u.s.Move != Repeat { // it is answered, or passed over: either way no later turn answers it
		u.s.System = nil
	}
	if len(u.decisions) == 0 {
		return u.s, nil, nil
	}
	return u.s, slices.Clone(u.decisions), nil
}
