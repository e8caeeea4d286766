package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// ruleHelp solves problems: a message that tells of one is answered with the
// first step against its likeliest cause, one that says what came of a step
// with what follows from that.
func (t *turn) ruleHelp() (bool, error) {
	if t.c.help == nil || t.answersAsk() && t.plain() || t.restates() {
		return false, nil
	}
	problems := problemsOf(t.before)
	if handled, err := t.goOn(problems); handled || err != nil {
		return handled && !t.said(dst.Request), err
	}
	if handled, err := t.chooses(problems); handled || err != nil {
		return handled, err
	}
	symptom, several, err := t.diagnose()
	switch {
	case err != nil || (symptom != "" || t.intent.help) && len(t.before.Constraints) > 0 && t.plain():
		return false, err
	case t.c.help.faq[symptom]:
		return t.answerFAQ(symptom)
	case t.c.help.plain[symptom]:
		return t.inform(symptom)
	case symptom != "":
		return false, t.takeUp(problems, symptom)
	case len(several) > 0 && !t.beyondKinds() && !t.critiques():
		return true, t.askWhich(several)
	case t.intent.help && !t.beyondKinds() && !t.critiques():
		t.solving()
		t.add(Step{Kind: StepProblem})
		return true, nil
	}
	return false, nil
}

// takeUp begins to solve a problem, or takes up again one that is open.
func (t *turn) takeUp(problems []problem, symptom string) error {
	for i := len(problems) - 1; i >= 0; i-- {
		if p := problems[i]; p.symptom == symptom {
			if other := t.selectedAny(); p.open() && (other == "" || other == p.about) {
				return t.resume(problems, i)
			}
			break
		}
	}
	return t.explain(problems, problem{symptom: symptom, about: t.selectedAny(), said: shortened(t.text)})
}

// explain says how the problem is understood and tells the first step.
func (t *turn) explain(problems []problem, p problem) error {
	if t.c.help.faq[p.symptom] {
		_, err := t.answerFAQ(p.symptom)
		return err
	}
	if t.c.help.plain[p.symptom] {
		_, err := t.inform(p.symptom)
		return err
	}
	words, facts, err := t.wordOf(p.symptom)
	if err != nil {
		return err
	}
	t.solving()
	t.add(Step{Kind: StepSymptom, Text: unstopped(words), Thing: t.c.called(t.ctx, p.about, t.lang), Facts: facts})
	return t.advance(append(problems, p), len(problems))
}

// leastMatch is the share of a phrase that the message must have: more where the
// classifier or the tracker says that it is about something else.
func (t *turn) leastMatch() float64 {
	m := t.c.help.Match
	switch {
	case t.said(dst.Affirm), t.chosenOffer(), t.critiques(), t.indifferent():
		return max(m, nearlyWhole)
	case t.intent.help:
		return m
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

// beyondKinds reports whether the message says more of things than which one, or
// of what kind, gives trouble.
func (t *turn) beyondKinds() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		x := t.c.slots[d.Act.Slot]
		kind := x != nil && (x == x.service.kindly || x.Names)
		return !kind && (d.Act.Kind == dst.Request || d.Act.Kind == dst.Inform || d.Act.Kind == dst.Select || d.Act.Kind == dst.Forget)
	})
}

// elsewhere reports whether the message is about things rather than problems.
func (t *turn) elsewhere() bool {
	return t.said(dst.Request) || t.said(dst.Inform) || t.said(dst.Select) || t.said(dst.Forget)
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
	if !t.said(dst.Select) {
		t.s.Focus, t.s.Intents, t.s.Past = t.before.Focus, t.before.Intents, t.before.Past
	}
	for _, sv := range t.c.services {
		t.told[sv] = true
	}
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
	hops, label := t.c.help.text, t.c.help.Text
	if t.c.help.faq[id] {
		hops, label = t.c.help.question, t.c.cfg.Names[0]
	}
	var ends []end
	if len(hops) > 0 {
		var err error
		if ends, err = t.c.walk(t.ctx, id, hops, t.lang); err != nil {
			return "", nil, err
		}
	}
	if len(ends) == 0 {
		return t.c.cfg.Graph.Name(t.ctx, id, t.lang), nil, nil
	}
	facts := t.c.tell(t.ctx, id, nil, t.c.attribute(label, t.lang), ends[:1], t.lang)
	return facts[0].Value, facts, nil
}

// unstopped is a sentence without its full stop, to stand in another.
func unstopped(s string) string { return strings.TrimRight(s, ".。") }
