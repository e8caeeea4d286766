package recommend

import (
	"context"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// A move is a step of a symptom's remedies as they stand in the graph. A cause
// without steps is a move of its own.
type move struct {
	cause, step string
	n, of       int  // the step is the n-th of the cause's, both 0 for a cause alone
	first       bool // of the symptom's causes
}

// plan lists the moves against a symptom, none twice: a step that two causes
// share is told for the likelier one.
func (t *turn) plan(symptom string) ([]move, error) {
	causes, err := t.c.walk(t.ctx, symptom, t.c.help.cause, t.lang)
	if err != nil {
		return nil, err
	}
	var out []move
	for i, e := range causes {
		cause := e.value.String()
		steps, err := t.c.walk(t.ctx, cause, t.c.help.step, t.lang)
		if err != nil {
			return nil, err
		}
		if len(steps) == 0 {
			out = append(out, move{cause: cause, step: cause, first: i == 0})
		}
		for j, s := range steps {
			m := move{cause, s.value.String(), j + 1, len(steps), i == 0}
			if !slices.ContainsFunc(out, func(x move) bool { return x.step == m.step }) {
				out = append(out, m)
			}
		}
	}
	return out, nil
}

// moveOf finds a step in a plan; one that the graph no longer has is none.
func moveOf(plan []move, step string) (move, bool) {
	i := slices.IndexFunc(plan, func(m move) bool { return m.step == step })
	if i < 0 {
		return move{}, false
	}
	return plan[i], true
}

// remaining is the first move that was not told yet.
func (p *problem) remaining(plan []move) (move, bool) {
	i := slices.IndexFunc(plan, func(m move) bool { return !p.has(m.step) })
	if i < 0 {
		return move{}, false
	}
	return plan[i], true
}

// causeTold reports whether any step against a cause was told before.
func (p *problem) causeTold(plan []move, cause string) bool {
	return slices.ContainsFunc(plan, func(m move) bool { return m.cause == cause && p.has(m.step) })
}

// advance tells the next step against problem i, or that there is none left.
func (t *turn) advance(problems []problem, i int) error {
	p := &problems[i]
	plan, err := t.plan(p.symptom)
	if err != nil {
		return err
	}
	m, ok := p.remaining(plan)
	if !ok {
		return t.exhausted(problems, i)
	}
	if !p.causeTold(plan, m.cause) {
		if err := t.tellCause(m); err != nil {
			return err
		}
	}
	p.pending = append(p.pending, m.step)
	if err := t.tellMove(m); err != nil {
		return err
	}
	t.await(problems, i, m)
	return nil
}

// exhausted says that nothing remains to be tried and offers a person.
func (t *turn) exhausted(problems []problem, i int) error {
	t.add(Step{Kind: StepNoCause}, dst.Act{Kind: dst.NoOffer}, informed(symptomSlot, problems[i].symptom))
	problems = latest(problems, i)
	t.s = note(t.s, problems)
	return t.passOn(problems, false)
}

// tellCause says which cause a move is against.
func (t *turn) tellCause(m move) error {
	words, facts, err := t.wordOf(m.cause)
	if err != nil {
		return err
	}
	s := Step{Kind: StepCause, Text: unstopped(words), Facts: facts}
	if !m.first {
		s.Count = 1
	}
	t.add(s)
	return nil
}

// tellMove says one step. A cause without steps was said already.
func (t *turn) tellMove(m move) error {
	if m.n == 0 {
		return nil
	}
	words, facts, err := t.wordOf(m.step)
	if err != nil {
		return err
	}
	s := Step{Kind: StepTry, Text: words, Facts: facts}
	if m.of > 1 {
		s.Count = m.n
	}
	t.add(s)
	return nil
}

// await asks whether what was told helped, and remembers the problems with this
// one as the latest.
func (t *turn) await(problems []problem, i int, m move) {
	t.add(Step{Kind: StepHelped}, informed(symptomSlot, problems[i].symptom), informed(causeSlot, m.cause), informed(stepSlot, m.step))
	t.s = note(t.s, latest(problems, i))
}

// latest moves problem i behind the others.
func latest(problems []problem, i int) []problem {
	return append(slices.Delete(slices.Clone(problems), i, i+1), problems[i])
}

func informed(slot, value string) dst.Act {
	return dst.Act{Kind: dst.Inform, Slot: slot, Op: dst.Eq, Value: value}
}

// called is the name of a thing that acts call by a value, or the value where
// several things share it.
func (c *core) called(ctx context.Context, value, lang string) string {
	for _, sv := range c.services {
		if sv.names == nil || value == "" {
			continue
		}
		if ids := sv.names.things(value); len(ids) == 1 {
			return c.cfg.Graph.Name(ctx, ids[0], lang)
		}
	}
	return value
}
