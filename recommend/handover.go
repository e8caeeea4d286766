package recommend

import (
	"fmt"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// A Handover is what a person needs to know who takes the conversation over.
// The agent only says that it hands over; to call somebody and to pass this on
// is the program's part. It has the values of sensitive slots, for that person.
type Handover struct {
	Requested bool      `json:"requested"` // false: offered, and the user has not answered yet
	Wishes    []Fact    `json:"wishes,omitempty"`
	Problems  []Problem `json:"problems,omitempty"` // that are not solved, the latest last
}

// A Problem is a problem of the user's as far as it was understood.
type Problem struct {
	Symptom string  `json:"symptom"`         // id in the graph
	Text    string  `json:"text"`            // its wording in the language of the reply
	Thing   string  `json:"thing,omitempty"` // what gives trouble, where the user named it
	Said    string  `json:"said,omitempty"`  // the beginning of what the user first said of it
	Tried   []Tried `json:"tried,omitempty"` // in the order in which it was told
}

// Tried is a step that the user was told.
type Tried struct {
	Step    string `json:"step"` // id in the graph
	Text    string `json:"text"`
	Outcome string `json:"outcome"`        // "failed", "tried" before, or "" where the user has not said
	Said    string `json:"said,omitempty"` // the user's words for it
}

// handOver gives the conversation to a person, with all that was understood.
func (t *turn) handOver() error {
	t.add(Step{Kind: StepHuman, Facts: t.c.wishFacts(t.s, t.lang)}, dst.Act{Kind: dst.Human})
	problems := problemsOf(t.s)
	if err := t.passOn(problems, true); err != nil {
		return err
	}
	for i := range problems {
		problems[i].handed = problems[i].handed || !problems[i].solved
	}
	t.s = note(t.s, problems)
	return nil
}

// passOn puts together what a person would need to know; where one was asked
// for, the user is told it.
func (t *turn) passOn(problems []problem, requested bool) error {
	t.handover = &Handover{Requested: requested, Wishes: t.c.wishFacts(t.s, t.lang)}
	for _, x := range problems {
		if x.solved || t.c.help == nil {
			continue
		}
		p, facts, err := t.summary(x)
		if err != nil {
			return err
		}
		t.handover.Problems = append(t.handover.Problems, p)
		if requested {
			t.add(t.summaryStep(p, facts), attempted(x)...)
		}
	}
	return nil
}

// summary words a problem with what was tried.
func (t *turn) summary(p problem) (Problem, []Fact, error) {
	words, facts, err := t.wordOf(p.symptom)
	if err != nil {
		return Problem{}, nil, err
	}
	out := Problem{Symptom: p.symptom, Text: unstopped(words), Thing: t.c.called(t.ctx, p.about, t.lang), Said: p.said}
	steps := slices.Clone(p.tried)
	for _, step := range p.pending {
		steps = append(steps, attempt{step: step})
	}
	for _, a := range steps {
		if a.step == "" {
			continue
		}
		words, of, err := t.wordOf(a.step)
		if err != nil {
			return Problem{}, nil, err
		}
		outcome := map[string]string{failedSlot: "failed", triedSlot: "tried", solvedSlot: "failed"}[a.outcome]
		out.Tried = append(out.Tried, Tried{Step: a.step, Text: unstopped(words), Outcome: outcome, Said: a.said})
		facts = append(facts, of...)
	}
	return out, facts, nil
}

var outcomeWords = map[string]map[string]string{
	"en": {"failed": "did not help", "tried": "tried before", "": "suggested"},
	"zh": {"failed": "没有解决", "tried": "之前试过", "": "已建议"},
}

// summaryStep tells the user what is passed on.
func (t *turn) summaryStep(p Problem, facts []Fact) Step {
	s := Step{Kind: StepSummary, Text: p.Text, Thing: p.Thing, Facts: facts}
	format := map[string]string{"en": "%s (%s)", "zh": "%s（%s）"}[t.lang]
	for _, x := range p.Tried {
		s.Lines = append(s.Lines, fmt.Sprintf(format, x.Text, outcomeWords[t.lang][x.Outcome]))
	}
	return s
}

// attempted are the acts that say what was tried.
func attempted(p problem) []dst.Act {
	out := []dst.Act{informed(symptomSlot, p.symptom)}
	for _, a := range p.tried {
		if a.step != "" && a.outcome != solvedSlot {
			out = append(out, informed(a.outcome, a.step))
		}
	}
	return out
}
