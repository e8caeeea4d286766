package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// transactional reports whether a name is that of an intent that changes the
// world.
func (c *core) transactional(name string) (*service, bool) {
	sv := c.serviceOf(name)
	if sv == nil {
		return nil, false
	}
	return sv, slices.ContainsFunc(sv.Intents, func(in dst.Intent) bool { return in.Transactional && sv.full(in.Name) == name })
}

// ruleTransact goes on with an intent that changes the world: it asks for what
// is missing, has all confirmed, and then says "do" in its acts, which the
// program that runs the agent carries out. A thing that must be chosen first is
// left to the search.
func (t *turn) ruleTransact() (bool, error) {
	sv, ok := t.c.transactional(t.s.Intent())
	if !ok || t.asked || t.said(dst.Bye) {
		return false, nil
	}
	a := t.c.tracker.Next(t.s)
	switch {
	case a.Kind == dst.Ask && a.Slot != "":
		x := t.c.slots[a.Slot]
		if x == nil || x.Names && x.service.binding != nil {
			return false, nil
		}
		sv = x.service
		t.put(a, t.c.label(x, t.lang))
	case a.Kind == dst.Ask, a.Kind == dst.Confirm:
		t.put(a, "")
	case a.Kind == dst.Do:
		t.add(Step{Kind: StepDo, Text: t.c.attribute(a.Slot, t.lang), Facts: t.c.factsFor(t.s, sv, t.lang)}, a)
	case a.Kind == dst.Human:
		t.add(Step{Kind: StepHuman, Facts: t.c.wishFacts(t.s, t.lang)}, a)
	default:
		return false, nil
	}
	t.offered[sv], t.told[sv] = true, true
	return false, nil
}

// put asks a question of the tracker's in its words.
func (t *turn) put(a dst.Act, label string) {
	t.asked = true
	t.add(Step{Kind: StepAsk, Label: label, Text: t.c.tracker.Prompt(t.s, a, t.lang)}, a)
}

// factsFor words what the state holds of a service, and the thing chosen.
func (c *core) factsFor(s dst.State, sv *service, lang string) []Fact {
	var out []Fact
	for _, x := range sv.slots {
		for _, k := range s.Of(x.full) {
			out = append(out, c.wishFact(x, k, lang))
		}
	}
	if sv.named == nil || s.Filled(sv.named.full) {
		return out
	}
	if value, ok := s.Focused(sv.named.full); ok {
		out = append([]Fact{c.wishFact(sv.named, dst.Constraint{Slot: sv.named.full, Op: dst.Eq, Value: value}, lang)}, out...)
	}
	return out
}

// ruleCancel says that what was wanted is dropped.
func (t *turn) ruleCancel() (bool, error) {
	if !t.said(dst.Cancel) && !t.givesUp() {
		return false, nil
	}
	if t.helped { // it was told how things are cancelled, and "cancelled" would be a promise
		return true, nil
	}
	t.add(Step{Kind: StepCancel})
	return true, nil
}

var givingUp = []string{"never mind", "nevermind", "forget it", "forget about it", "leave it", "cancel that", "cancel it", "cancel", "drop it", "not any more", "i changed my mind", "算了", "算了吧", "还是算了", "那算了", "不买了", "先不买了", "不看了", "先不看了", "取消", "以后再说", "下次再说"}

// givesUp reports whether the message is nothing but that the user gives up.
func (t *turn) givesUp() bool {
	said := strings.Trim(text.Fold(t.text), " .,!。，！")
	return slices.Contains(givingUp, said) && t.begun() && !t.substance() && !slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Ask || a.Kind == dst.Confirm })
}

// ruleUndo says what was taken back, and offers again what fits then.
func (t *turn) ruleUndo() (bool, error) {
	if !t.said(dst.Undo) {
		return false, nil
	}
	if len(t.before.Past) == 0 {
		t.add(Step{Kind: StepUndone})
		return true, nil
	}
	sv := t.active()
	if sv != nil && sv.named != nil && len(t.c.wishes(t.s, sv)) > 0 {
		t.add(Step{Kind: StepUndone, Count: 1})
		return true, t.offer(sv, nil)
	}
	t.add(Step{Kind: StepUndone, Count: 2})
	return true, nil
}
