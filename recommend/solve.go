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
	articleSlot = "help.article" // what was told is no problem, and nothing comes after it
)

// ruleHelp solves problems: a message that tells of one is answered with its
// likeliest cause, one that says it did not help with the next.
func (t *turn) ruleHelp() (bool, error) {
	if t.c.help == nil {
		return false, nil
	}
	told, cause := t.problem()
	if told != "" && cause == "" && t.said(dst.Affirm) { // the bot offered to hand over
		t.add(Step{Kind: StepHuman}, dst.Act{Kind: dst.Human})
		return true, nil
	}
	if told != "" && t.didNotHelp() {
		other, _, err := t.c.symptomFor(t.ctx, t.text, nearlyWhole)
		if err != nil {
			return false, err
		}
		if other == "" || other == told {
			return t.explain(told, cause)
		}
	}
	symptom, _, err := t.c.symptomFor(t.ctx, t.text, t.leastMatch())
	switch {
	case err != nil:
		return false, err
	case t.c.help.plain[symptom]:
		return t.inform(symptom)
	case symptom != "":
		return t.explain(symptom, "")
	case t.intent.help && !t.beyondKinds():
		t.solving()
		t.add(Step{Kind: StepProblem})
		return true, nil
	}
	return false, nil
}

// problem is what the bot's last turn told of a problem: the symptom and the
// cause, "" where there was none left.
func (t *turn) problem() (symptom, cause string) {
	for _, a := range t.before.System {
		switch {
		case a.Kind == dst.Inform && a.Slot == symptomSlot:
			symptom = a.Value
		case a.Kind == dst.Inform && a.Slot == causeSlot:
			cause = a.Value
		}
	}
	return symptom, cause
}

// leastMatch is the share of a phrase that the message must have: less where
// the classifier says that it tells of a problem, more where it or the tracker
// says that it is about something else.
func (t *turn) leastMatch() float64 {
	m := t.c.help.Match
	switch {
	case t.said(dst.Affirm), t.chosenOffer():
		return max(m, nearlyWhole)
	case t.intent.help:
		return m / 2
	case t.sure, t.elsewhere(), t.c.cfg.Classifier != nil && !t.scope:
		return max(m, nearlyWhole)
	}
	return m
}

// chosenOffer reports whether the message takes one of the things offered,
// other than by its name.
func (t *turn) chosenOffer() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind == dst.Select && d.Evidence.From != ""
	})
}

// beyondKinds reports whether the message says more of things than of what kind
// the one is that gives trouble.
func (t *turn) beyondKinds() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		x := t.c.slots[d.Act.Slot]
		kind := x != nil && x == x.service.kindly
		return !kind && (d.Act.Kind == dst.Request || d.Act.Kind == dst.Inform || d.Act.Kind == dst.Select || d.Act.Kind == dst.Forget)
	})
}

// elsewhere reports whether the message is about things rather than problems.
func (t *turn) elsewhere() bool {
	return t.said(dst.Request) || t.said(dst.Inform) || t.said(dst.Select) || t.said(dst.Forget)
}

var noHelp = []string{"didn't help", "did not help", "doesn't help", "doesn't work", "does not work", "didn't work", "did not work", "still", "tried", "no luck", "not working", "next", "what else", "anything else", "nothing helped", "nothing help", "nothing work", "no use", "no change", "no difference", "no better", "same problem", "not fixed", "not solved",
	"没用", "没有用", "不管用", "还是", "不行", "没效果", "试过", "试了", "没解决", "没好", "下一个", "还有别的", "别的办法", "其他办法", "还有吗", "都没", "没变化", "没反应", "没改善", "一样的问题", "不起作用", "无效"}

// didNotHelp reports whether the message answers a cause that was told with
// "that was not it".
func (t *turn) didNotHelp() bool {
	switch {
	case t.said(dst.Request):
		return false // "is it still in stock?"
	case containsAny(text.Fold(t.text), noHelp):
		return true
	}
	return (t.said(dst.More) || t.said(dst.Deny)) && !t.elsewhere()
}

// inform tells an article that solves no problem, with all that it says. What
// is known of the very thing talked about is the better answer.
func (t *turn) inform(symptom string) (bool, error) {
	for _, x := range t.asksFor() {
		if x.via == nil && len(t.referents(x.service)) > 0 {
			return false, nil
		}
	}
	t.solving()
	s, err := t.article(symptom)
	if err == nil {
		t.add(s, dst.Act{Kind: dst.Inform, Slot: articleSlot, Op: dst.Eq, Value: symptom})
	}
	return false, err
}

// article words an article as a whole: a line for each of its parts.
func (t *turn) article(symptom string) (Step, error) {
	words, facts, err := t.wordOf(symptom)
	if err != nil {
		return Step{}, err
	}
	s := Step{Kind: StepArticle, Text: unstopped(words), Facts: facts}
	parts, err := t.c.walk(t.ctx, symptom, t.c.help.cause, t.lang)
	if err != nil {
		return Step{}, err
	}
	for _, e := range parts {
		part, err := t.remedy(e.value.String())
		if err != nil {
			return Step{}, err
		}
		colon := map[string]string{"en": ": ", "zh": "："}[t.lang]
		s.Lines = append(s.Lines, strings.TrimSuffix(part.Text+colon+sentences(t.lang, part.Lines...), colon))
		s.Facts = append(s.Facts, part.Facts...)
	}
	return s, nil
}

// solving keeps the words of a problem from being taken for wishes.
func (t *turn) solving() {
	t.helped = true
	if t.said(dst.Request) {
		return
	}
	t.s.Constraints = t.before.Constraints
	for _, sv := range t.c.services {
		t.told[sv] = true
	}
}

// explain tells the cause of a symptom that comes after the one told last.
func (t *turn) explain(symptom, after string) (bool, error) {
	causes, err := t.c.walk(t.ctx, symptom, t.c.help.cause, t.lang)
	if err != nil {
		return false, err
	}
	next := 1 + slices.IndexFunc(causes, func(e end) bool { return e.value.String() == after })
	t.solving()
	if after == "" {
		words, facts, err := t.wordOf(symptom)
		if err != nil {
			return false, err
		}
		t.add(Step{Kind: StepSymptom, Text: unstopped(words), Facts: facts})
	}
	if next >= len(causes) {
		t.add(Step{Kind: StepNoCause}, dst.Act{Kind: dst.NoOffer}, dst.Act{Kind: dst.Inform, Slot: symptomSlot, Op: dst.Eq, Value: symptom})
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
