package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// goOn reads the message as one about a problem that was told of before. It
// reports false where it is about something else.
func (t *turn) goOn(problems []problem) (bool, error) {
	if len(problems) == 0 {
		return false, nil
	}
	i, said := t.lastSaid(problems)
	switch said {
	case stepSlot:
		if other, _ := t.c.help.match.fit(t.text, nearlyWhole); other != "" && other != problems[i].symptom {
			return false, nil
		}
		return t.hearOf(problems, i)
	case symptomSlot:
		return t.answersOffer(problems, i)
	case solvedSlot:
		if t.outcome(text.Fold(t.text)) == itFailed {
			return true, t.reopen(problems, i)
		}
	}
	return t.comesBack(problems)
}

// toldStep reports whether the bot's last turn asked whether a step helped.
func (t *turn) toldStep() bool {
	return slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Slot == stepSlot })
}

// lastSaid is the problem that the bot's last turn was about, and what it said:
// stepSlot where it asked whether a step helped, symptomSlot where it offered a
// person, solvedSlot where it was glad, "" where it spoke of something else.
func (t *turn) lastSaid(problems []problem) (i int, said string) {
	i = len(problems) - 1
	for _, a := range t.before.System {
		switch {
		case a.Slot == stepSlot && len(problems[i].pending) > 0, a.Slot == solvedSlot:
			said = a.Slot
		case a.Slot == symptomSlot && slices.Contains(t.before.System, dst.Act{Kind: dst.NoOffer}):
			said = a.Slot
		}
	}
	return i, said
}

// hearOf answers what the user says to the step told last.
func (t *turn) hearOf(problems []problem, i int) (bool, error) {
	p := &problems[i]
	r, n := t.reaction()
	switch {
	case r == noReaction && (t.said(dst.Cancel) || declines.MatchString(text.Fold(t.text))):
		t.solving()
		t.add(Step{Kind: StepFine})
		return true, nil
	case r == noReaction:
		return false, nil
	}
	t.solving()
	switch r {
	case itHelped:
		p.over(solvedSlot, t.text)
		t.solved(problems, i)
		return true, nil
	case itFailed, itWasTried:
		p.over(map[reaction]string{itFailed: failedSlot, itWasTried: triedSlot}[r], t.text)
		return true, t.advance(problems, i)
	case itIsDone:
		return true, t.done(problems, i)
	case goBack:
		if n := len(p.tried); n > 0 {
			p.pending, p.tried = []string{p.tried[n-1].step}, slices.Clone(p.tried[:n-1])
		}
	case allSteps:
		return true, t.tellRest(problems, i)
	}
	return true, t.tellAgain(problems, i, r, n)
}

// asksWhetherHelped says that the answer to a step was not understood, and tells
// the step again, so that the next answer still is one to it.
func (t *turn) asksWhetherHelped() error {
	t.add(Step{Kind: StepUnclear})
	problems := problemsOf(t.before)
	if len(problems) == 0 {
		return nil
	}
	if i, said := t.lastSaid(problems); said == stepSlot {
		return t.tellAgain(problems, i, noReaction, 0)
	}
	return nil
}

// tellAgain tells a step that was told before: that of number n, or the last.
func (t *turn) tellAgain(problems []problem, i int, r reaction, n int) error {
	p := &problems[i]
	plan, err := t.plan(p.symptom)
	if err != nil {
		return err
	}
	m, ok := moveOf(plan, p.pending[len(p.pending)-1])
	if !ok {
		return t.advance(problems, i)
	}
	if r == wait {
		t.add(Step{Kind: StepWait}, informed(symptomSlot, p.symptom), informed(causeSlot, m.cause), informed(stepSlot, m.step))
		return nil
	}
	asked := m
	if r == oneStep {
		at := slices.IndexFunc(plan, func(x move) bool { return x.cause == m.cause && x.n == n })
		if at < 0 {
			return t.tellRest(problems, i)
		}
		asked = plan[at]
	}
	if asked.n == 0 || r == sayAgain && asked.n == 1 {
		if err := t.tellCause(asked); err != nil {
			return err
		}
	}
	if err := t.tellMove(asked); err != nil {
		return err
	}
	t.await(problems, i, m)
	return nil
}

// done goes on with the next step against the same cause, or asks whether what
// was done helped.
func (t *turn) done(problems []problem, i int) error {
	p := &problems[i]
	plan, err := t.plan(p.symptom)
	if err != nil {
		return err
	}
	last, ok := moveOf(plan, p.pending[len(p.pending)-1])
	if next, more := p.remaining(plan); ok && !(more && next.cause == last.cause) {
		t.await(problems, i, last)
		return nil
	}
	p.over(failedSlot, t.text)
	return t.advance(problems, i)
}

// tellRest tells at once every cause that remains with its steps.
func (t *turn) tellRest(problems []problem, i int) error {
	p := &problems[i]
	plan, err := t.plan(p.symptom)
	if err != nil {
		return err
	}
	var last move
	for _, m := range plan {
		tried := slices.ContainsFunc(p.tried, func(a attempt) bool { return a.step == m.step })
		if tried || m.cause == last.cause {
			continue
		}
		s, err := t.remedy(m.cause)
		if err != nil {
			return err
		}
		if !m.first {
			s.Count = 1
		}
		t.add(s)
		last = m
	}
	for _, m := range plan {
		if !p.has(m.step) {
			p.pending = append(p.pending, m.step)
			last = m
		}
	}
	t.await(problems, i, last)
	return nil
}

// solved is glad, and leaves the conversation where it was before the problem.
func (t *turn) solved(problems []problem, i int) {
	p := &problems[i]
	if n := len(p.tried); n == 0 || p.tried[n-1].outcome != solvedSlot { // the user does not say what helped
		p.tried = append(p.tried, attempt{outcome: solvedSlot, said: shortened(t.text)})
	}
	step := p.tried[len(p.tried)-1].step
	t.add(Step{Kind: StepSolved}, informed(symptomSlot, p.symptom), informed(solvedSlot, step))
	t.s = note(t.s, latest(problems, i))
}

// answersOffer answers what the user says to the offer of a person.
func (t *turn) answersOffer(problems []problem, i int) (bool, error) {
	folded := text.Fold(t.text)
	switch r := t.outcome(folded); {
	case t.elsewhere():
		return false, nil
	case r == itHelped:
		t.solving()
		t.solved(problems, i)
	case allCue.MatchString(folded):
		t.solving()
		problems[i].tried = nil
		return true, t.tellRest(problems, i)
	case t.said(dst.Deny), declines.MatchString(folded):
		t.solving()
		t.add(Step{Kind: StepFine})
	case t.said(dst.Affirm), acknowledges(folded):
		t.solving()
		return true, t.handOver()
	default:
		return t.comesBack(problems)
	}
	return true, nil
}

// reopen goes on with a problem that had seemed to be solved.
func (t *turn) reopen(problems []problem, i int) error {
	p := &problems[i]
	p.tried = slices.Clone(p.tried)
	for j := range p.tried {
		if p.tried[j].outcome == solvedSlot {
			p.tried[j].outcome = failedSlot
		}
	}
	p.tried = slices.DeleteFunc(p.tried, func(a attempt) bool { return a.step == "" })
	p.solved, p.handed = false, false
	return t.resume(problems, i)
}

// comesBack takes up again a problem that was left for something else, or
// closes it where the user says that it is no more.
func (t *turn) comesBack(problems []problem) (bool, error) {
	folded := text.Fold(t.text)
	last := len(problems) - 1
	if len(problems[last].pending) > 0 && stepWords.MatchString(folded) {
		return t.hearOf(problems, last)
	}
	if backToIt.MatchString(folded) {
		i := t.meantProblem(problems)
		if problems[i].open() {
			return true, t.resume(problems, i)
		}
		return true, t.reopen(problems, i)
	}
	if problems[last].open() && !t.elsewhere() && t.intent.want == "" && surelyHelped.MatchString(folded) && t.outcome(folded) == itHelped {
		t.solving()
		problems[last].over(solvedSlot, t.text)
		t.solved(problems, last)
		return true, nil
	}
	return false, nil
}

// stepWords speak of steps, and so of a problem that is open.
var stepWords = alternatives(`(?:next|previous|first|last) step`, `step (?:\d|one|two|three)`, `all (?:the |of the )?steps`, `[上下]一?步`, `第[一二三四五\d]步`, `(?:全部|所有)的?步骤`)

// declines are words that turn an offer down, besides a plain no.
var declines = alternatives(`no thanks?`, `no need`, `not now`, `never ?mind`, `不用`, `不必`, `不需要`, `算了`)

// surelyHelped are words for the end of a problem that mean little else.
var surelyHelped = alternatives(`works? (?:now|again)`, `working (?:now|again)`, `(?:is|it's|got it|problem|issue|now) (?:fixed|solved|resolved)`, `解决了`, `修好了`, `恢复正常`, `能\p{Han}{1,4}了`)

// meantProblem is the problem that is most like the message, the latest where
// it says no more than that there was one.
func (t *turn) meantProblem(problems []problem) int {
	for _, x := range t.c.help.match.rank(t.text, len(t.c.help.match.symptoms)) {
		for i := len(problems) - 1; i >= 0; i-- {
			if problems[i].symptom == x.symptom {
				return i
			}
		}
	}
	return len(problems) - 1
}

// resume says where the problem stood and tells its step again, or the next.
func (t *turn) resume(problems []problem, i int) error {
	p := &problems[i]
	words, facts, err := t.wordOf(p.symptom)
	if err != nil {
		return err
	}
	t.solving()
	t.add(Step{Kind: StepSymptom, Text: unstopped(words), Thing: t.c.called(t.ctx, p.about, t.lang), Facts: facts, Count: 1})
	if len(p.pending) > 0 {
		return t.tellAgain(problems, i, noReaction, 0)
	}
	return t.advance(problems, i)
}
