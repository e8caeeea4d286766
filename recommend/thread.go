package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// StepWhichProblem asks which of Lines the problem is.
const StepWhichProblem StepKind = "whichproblem"

// Acts of problem solving name what was told by ids of the graph. Those of the
// bot's turn say what it told; the same names in [dst.State.Notes] are the
// memory of the conversation's problems, see problem.
const (
	symptomSlot = "help.symptom"
	causeSlot   = "help.cause"
	stepSlot    = "help.step"    // told and not answered yet
	articleSlot = "help.article" // what was told is no problem, and nothing comes after it
	whichSlot   = "help.which"   // symptoms that the user was asked to choose from

	aboutSlot  = "help.about"  // what the thing that gives trouble is called in acts
	failedSlot = "help.failed" // a step that did not help
	triedSlot  = "help.tried"  // a step that the user had tried before
	solvedSlot = "help.solved" // the step that helped; in notes "" where that is not known
	saidSlot   = "help.said"   // the user's words for what the note before it says
	humanSlot  = "help.human"  // the symptom of a problem that was handed over
)

// maxProblems and maxSaid bound what is remembered: problems of a conversation,
// and characters of what the user said of one.
const (
	maxProblems = 4
	maxSaid     = 160
)

// A problem is what is remembered of a symptom that the user told of. Notes
// hold it as acts: the symptom, about what, then the steps that were told with
// what became of each, in order.
type problem struct {
	symptom string
	about   string // "" where no thing was named
	said    string
	tried   []attempt
	pending []string // steps told and not answered yet; a cause that has none stands for itself
	solved  bool
	handed  bool // to a person
}

// An attempt is a step with what the user said of it.
type attempt struct {
	step    string
	outcome string // failedSlot, triedSlot or solvedSlot
	said    string
}

// problemsOf reads the notes of a state, the latest problem last.
func problemsOf(s dst.State) []problem {
	var out []problem
	for i, a := range s.Notes {
		if a.Slot == symptomSlot {
			out = append(out, problem{symptom: a.Value})
			continue
		}
		if len(out) == 0 {
			continue
		}
		p := &out[len(out)-1]
		switch a.Slot {
		case aboutSlot:
			p.about = a.Value
		case stepSlot:
			p.pending = append(p.pending, a.Value)
		case failedSlot, triedSlot, solvedSlot:
			p.tried = append(p.tried, attempt{step: a.Value, outcome: a.Slot})
			p.solved = a.Slot == solvedSlot
		case humanSlot:
			p.handed = true
		case saidSlot:
			switch s.Notes[i-1].Slot {
			case symptomSlot, aboutSlot:
				p.said = a.Value
			case failedSlot, triedSlot, solvedSlot:
				p.tried[len(p.tried)-1].said = a.Value
			}
		}
	}
	return out
}

// note writes problems into the state, the latest ones, and leaves other notes.
func note(s dst.State, problems []problem) dst.State {
	acts := slices.DeleteFunc(slices.Clone(s.Notes), func(a dst.Act) bool { return strings.HasPrefix(a.Slot, "help.") })
	add := func(slot, value string) {
		acts = append(acts, dst.Act{Kind: dst.Inform, Slot: slot, Op: dst.Eq, Value: value})
	}
	for _, p := range problems[max(0, len(problems)-maxProblems):] {
		add(symptomSlot, p.symptom)
		if p.about != "" {
			add(aboutSlot, p.about)
		}
		if p.said != "" {
			add(saidSlot, p.said)
		}
		for _, x := range p.tried {
			add(x.outcome, x.step)
			if x.said != "" {
				add(saidSlot, x.said)
			}
		}
		for _, step := range p.pending {
			add(stepSlot, step)
		}
		if p.handed {
			add(humanSlot, p.symptom)
		}
	}
	return s.Note(acts...)
}

// open reports whether there is something left to do about the problem.
func (p *problem) open() bool { return !p.solved && !p.handed }

// over notes what became of the steps that were told last.
func (p *problem) over(outcome, said string) {
	for _, step := range p.pending {
		p.tried = append(p.tried, attempt{step: step, outcome: outcome})
	}
	if n := len(p.pending); n > 0 {
		p.tried[len(p.tried)-1].said = shortened(said)
	}
	p.pending = nil
}

// has reports whether a step was told before.
func (p *problem) has(step string) bool {
	return slices.Contains(p.pending, step) || slices.ContainsFunc(p.tried, func(a attempt) bool { return a.step == step })
}

// shortened is the beginning of what the user said, on one line.
func shortened(said string) string {
	r := []rune(oneLine(strings.Join(strings.Fields(said), " ")))
	if len(r) > maxSaid {
		return string(r[:maxSaid]) + "…"
	}
	return string(r)
}
