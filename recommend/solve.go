package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Acts of problem solving name what was told by ids of the graph.
const (
	symptomSlot = "help.symptom"
	causeSlot   = "help.cause"
)

// ruleHelp solves problems: a message that tells of one is answered with its
// likeliest cause, one that says it did not help with the next.
func (t *turn) ruleHelp() (bool, error) {
	if t.c.help == nil {
		return false, nil
	}
	symptom, found, err := t.c.symptomFor(t.ctx, t.text, t.intent.help)
	if err != nil {
		return false, err
	}
	told, cause := "", ""
	for _, a := range t.before.System {
		switch {
		case a.Kind == dst.Inform && a.Slot == symptomSlot:
			told = a.Value
		case a.Kind == dst.Inform && a.Slot == causeSlot:
			cause = a.Value
		}
	}
	switch {
	case told != "" && (!found || symptom == told) && t.didNotHelp():
		return t.explain(told, cause)
	case found:
		return t.explain(symptom, "")
	case t.intent.help && !t.elsewhere():
		t.add(Step{Kind: StepProblem})
		return true, nil
	}
	return false, nil
}

// elsewhere reports whether the message is about things rather than problems.
func (t *turn) elsewhere() bool {
	return t.said(dst.Request) || t.said(dst.Inform) || t.said(dst.Select)
}

var noHelp = []string{"didn't help", "did not help", "doesn't help", "doesn't work", "does not work", "didn't work", "did not work", "still", "tried", "no luck", "not working", "next", "what else", "anything else",
	"没用", "没有用", "不管用", "还是", "不行", "没效果", "试过", "试了", "没解决", "没好", "下一个", "还有别的", "别的办法", "其他办法", "还有吗"}

// didNotHelp reports whether the message answers a cause that was told with
// "that was not it".
func (t *turn) didNotHelp() bool {
	return t.said(dst.More) || t.said(dst.Deny) || containsAny(text.Fold(t.text), noHelp)
}

// explain tells the cause of a symptom that comes after the one told last.
func (t *turn) explain(symptom, after string) (bool, error) {
	causes, err := t.c.walk(t.ctx, symptom, t.c.help.cause, t.lang)
	if err != nil {
		return false, err
	}
	next := 1 + slices.IndexFunc(causes, func(e end) bool { return e.value.String() == after })
	if !t.said(dst.Request) { // the words of a problem are no wishes
		t.s.Constraints = t.before.Constraints
		for _, sv := range t.c.services {
			t.told[sv] = true
		}
	}
	if after == "" {
		words, facts, err := t.wordOf(symptom)
		if err != nil {
			return false, err
		}
		t.add(Step{Kind: StepSymptom, Text: unstopped(words), Facts: facts})
	}
	if next >= len(causes) {
		t.add(Step{Kind: StepNoCause}, dst.Act{Kind: dst.NoOffer})
		return false, nil
	}
	cause := causes[next].value.String()
	s, err := t.remedy(cause)
	if err != nil {
		return false, err
	}
	s.Count = next
	t.add(s, dst.Act{Kind: dst.Inform, Slot: symptomSlot, Op: dst.Eq, Value: symptom}, dst.Act{Kind: dst.Inform, Slot: causeSlot, Op: dst.Eq, Value: cause})
	return false, nil
}

// remedy words a cause and its steps.
func (t *turn) remedy(cause string) (Step, error) {
	words, facts, err := t.wordOf(cause)
	if err != nil {
		return Step{}, err
	}
	s := Step{Kind: StepCause, Text: unstopped(words), Facts: facts}
	steps, err := t.c.walk(t.ctx, cause, t.c.help.step, t.lang)
	if err != nil {
		return Step{}, err
	}
	for _, e := range steps {
		if words, facts, err = t.wordOf(e.value.String()); err != nil {
			return Step{}, err
		}
		s.Lines, s.Facts = append(s.Lines, words), append(s.Facts, facts...)
	}
	return s, nil
}

// wordOf is the wording of a symptom, cause or step.
func (t *turn) wordOf(id string) (string, []Fact, error) {
	ends, err := t.c.walk(t.ctx, id, t.c.help.text, t.lang)
	if err != nil {
		return "", nil, err
	}
	if len(ends) == 0 {
		return t.c.cfg.Graph.Name(t.ctx, id, t.lang), nil, nil
	}
	facts := t.c.tell(t.ctx, id, nil, t.c.attribute(t.c.help.Text, t.lang), ends[:1], t.lang)
	return facts[0].Value, facts, nil
}

// unstopped is a sentence without its full stop, to stand in another.
func unstopped(s string) string { return strings.TrimRight(s, ".。") }
