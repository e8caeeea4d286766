package recommend

import (
	"cmp"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// A rule looks at a turn and may add steps to the answer. It reports true
// where nothing further is to be said.
type rule struct {
	name  string
	apply func(*turn) (bool, error)
}

// rules are the policy, in order. A message may hold several things ("I'll
// take the first one; what's its phone number?"), so rules add to one another:
// each deals with what it understands and leaves the rest to the next.
var rules []rule

func init() { // not a literal: offering and answering call each other
	rules = []rule{
		{"restart", (*turn).ruleRestart},
		{"out of scope", (*turn).ruleScope},
		{"human", (*turn).ruleHuman},
		{"repeat", (*turn).ruleRepeat},
		{"greet", (*turn).ruleGreet},
		{"confirmed", (*turn).ruleConfirmed},
		{"live", (*turn).ruleLive},
		{"seen", (*turn).ruleSeen},
		{"currency", (*turn).ruleCurrency},
		{"missing", (*turn).ruleMissing},
		{"help", (*turn).ruleHelp},
		{"cancel", (*turn).ruleCancel},
		{"undo", (*turn).ruleUndo},
		{"kind", (*turn).ruleKinds},
		{"why", (*turn).ruleWhy},
		{"alike", (*turn).ruleAlike},
		{"compare", (*turn).ruleCompare},
		{"critique", (*turn).ruleCritique},
		{"yes or no", (*turn).ruleYesNo},
		{"request", (*turn).ruleRequests},
		{"select", (*turn).ruleSelect},
		{"transact", (*turn).ruleTransact},
		{"more", (*turn).ruleMore},
		{"search", (*turn).ruleSearch},
		{"restated", (*turn).ruleRestated},
		{"unsure", (*turn).ruleUnsure},
		{"manners", (*turn).ruleManners},
		{"near", (*turn).ruleNear},
		{"sells", (*turn).ruleSells},
		{"not understood", (*turn).ruleUnclear},
	}
}

func (t *turn) decide() error {
	t.answered, t.offered, t.told = map[int]bool{}, map[*service]bool{}, map[*service]bool{}
	for _, r := range rules {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		n := len(t.steps)
		done, err := r.apply(t)
		if err != nil {
			return err
		}
		if len(t.steps) > n {
			t.trace.Rules = append(t.trace.Rules, r.name)
		}
		if done {
			break
		}
	}
	return nil
}

func (t *turn) ruleRestart() (bool, error) {
	if !t.said(dst.Restart) {
		return false, nil
	}
	t.add(Step{Kind: StepRestart, Text: t.c.cfg.Scope[t.lang]}, dst.Act{Kind: dst.Greet})
	return true, nil
}

// ruleScope turns down what the classifier knows to be out of scope, where all
// that the tracker found in it is a word that happens to be a value: "sing me a
// song" is no wish for a phone that is good for music.
func (t *turn) ruleScope() (bool, error) {
	found := slices.DeleteFunc(slices.Clone(t.decisions), func(d dst.Decision) bool {
		return d.Act.Kind == dst.Want && d.Evidence.Text == "" // a service that what was found opens
	})
	if t.c.cfg.Classifier == nil || t.scope || len(t.trace.Ranking) > 0 || len(found) != 1 || t.toldStep() {
		return false, nil
	}
	d := found[0]
	x := t.c.slots[d.Act.Slot]
	stray := x != nil && !x.Required && !x.Names && x != x.service.kindly && d.Act.Kind == dst.Inform && d.Act.Value != dst.DontCare && (d.Act.Op == dst.Eq || d.Act.Op == dst.Add)
	if !stray || len(t.before.Constraints) > 0 && t.plain() || d.Evidence.Source != dst.Span || 2*(d.Evidence.End-d.Evidence.Start) >= len(t.text) || slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Ask }) {
		return false, nil
	}
	t.s.Constraints = t.before.Constraints
	t.add(Step{Kind: StepScope, Text: t.c.cfg.Scope[t.lang]})
	return true, nil
}

func (t *turn) ruleHuman() (bool, error) {
	if !t.said(dst.Human) {
		return false, nil
	}
	return true, t.handOver()
}

// ruleGreet returns a greeting; what else is in the message is dealt with by
// the other rules.
func (t *turn) ruleGreet() (bool, error) {
	if !t.said(dst.Greet) {
		return false, nil
	}
	s := Step{Kind: StepGreet}
	if asks := containsAny(text.Fold(t.text), []string{"what", "who", "how", "are you", "什么", "谁", "你是", "能", "会"}); !t.substance() && (asks || len(t.before.System) == 0) {
		s.Text = sentences(t.lang, t.c.cfg.Persona[t.lang], t.c.cfg.Scope[t.lang])
	}
	t.add(s, dst.Act{Kind: dst.Greet})
	return false, nil
}

// ruleManners answers thanks, farewells and bare agreement.
func (t *turn) ruleManners() (bool, error) {
	if len(t.steps) > 0 || t.substance() {
		return false, nil
	}
	if done, err := t.takes(); done || err != nil {
		return false, err
	}
	switch {
	case t.pointsAstray():
		t.add(Step{Kind: StepNoThing})
	case t.said(dst.Bye):
		t.add(Step{Kind: StepBye}, dst.Act{Kind: dst.Bye})
	case t.said(dst.Thank):
		t.add(Step{Kind: StepThank}, dst.Act{Kind: dst.Thank})
	case (t.said(dst.Affirm) || t.said(dst.Deny)) && !t.begun():
		t.add(Step{Kind: StepStart, Text: t.c.cfg.Scope[t.lang]})
	case t.said(dst.Affirm), t.said(dst.Deny):
		t.add(Step{Kind: StepFine})
	}
	return false, nil
}

// pointsAstray reports whether the message points at a place in the list that
// was offered where there is nothing: "the third one" of two.
func (t *turn) pointsAstray() bool {
	return t.offeredJust() && len(t.ordinals()) > 0 && !t.said(dst.Select)
}

// begun reports whether anything was said before that an answer could be to.
func (t *turn) begun() bool {
	return len(t.before.Offered)+len(t.before.Focus)+len(t.before.Constraints) > 0 || slices.ContainsFunc(t.before.System, func(a dst.Act) bool {
		return a.Kind != dst.Greet
	})
}

// ruleUnclear has the last word where no other rule had anything to say.
func (t *turn) ruleUnclear() (bool, error) {
	switch {
	case len(t.steps) > 0:
		return true, nil
	case t.wishesNothing():
		return true, t.offer(t.active(), nil)
	case t.toldStep():
		return true, t.asksWhetherHelped()
	case len(t.decisions) == 0 && t.c.cfg.Classifier != nil && !t.scope:
		t.add(Step{Kind: StepScope, Text: t.c.cfg.Scope[t.lang]})
	case (t.said(dst.More) || t.said(dst.Repeat)) && !t.begun():
		t.add(Step{Kind: StepStart, Text: t.c.cfg.Scope[t.lang]})
	case t.pointsAstray():
		t.add(Step{Kind: StepNoThing})
	case len(t.decisions) > 0 && t.substance():
		t.add(Step{Kind: StepFine})
	default:
		t.add(Step{Kind: StepUnclear, Text: t.c.cfg.Scope[t.lang]})
	}
	if a := t.c.tracker.Next(t.s); a.Kind == dst.Ask && t.c.slots[a.Slot] != nil && t.steps[0].Kind == StepUnclear && len(t.before.Offered)+len(t.before.Focus) == 0 {
		t.ask(t.c.slots[a.Slot])
	}
	return true, nil
}

// askAgain puts the question again that the message, which could not be read,
// did not answer.
func (t *turn) askAgain() {
	for _, a := range t.before.System {
		x := t.c.slots[a.Slot]
		if a.Kind == dst.Ask && x != nil && !t.s.Filled(x.full) {
			t.repeatQuestion(x)
		}
	}
}

// ask asks for a slot: one question a turn, and none twice in a conversation.
func (t *turn) ask(x *slot) {
	if !slices.Contains(t.s.Asked, x.full) {
		t.repeatQuestion(x)
	}
}

func (t *turn) repeatQuestion(x *slot) {
	if t.asked {
		return
	}
	act := dst.Act{Kind: dst.Ask, Slot: x.full}
	if q := cmp.Or(x.Question(t.lang, t.s.Attempt(act)), t.c.question(x, t.lang)); q != "" {
		t.asked = true
		t.noteAsk(x)
		t.add(Step{Kind: StepAsk, Label: t.c.label(x, t.lang), Text: q}, act)
	}
}

// ruleSelect confirms a choice, or tells about a thing that the user named,
// where the message asks nothing else of it.
func (t *turn) ruleSelect() (bool, error) {
	for _, sv := range t.c.services {
		value, ok := t.selected(sv)
		if !ok || t.offered[sv] || t.told[sv] || sv.binding == nil || len(t.wished(sv)) > 0 {
			continue
		}
		t.told[sv] = true
		chosen := slices.Contains(t.before.Offered, dst.Choice{Slot: sv.named.full, Value: value}) || t.wantsNamed(sv, value)
		if !chosen && len(t.answers) > 0 {
			continue // named on the way to what was asked: "from A to B"
		}
		ids := t.which(sv, value)
		items, err := t.some(sv, ids)
		if err != nil {
			return false, err
		}
		switch {
		case len(items) == 0: // the thing has gone since the names were read
			t.add(Step{Kind: StepMissing, Text: value}, dst.Act{Kind: dst.NoOffer, Slot: sv.named.full})
		case len(ids) == 1 && sv.names.value[ids[0]] != value: // the rest of the message says which
			value = sv.names.value[ids[0]]
			t.s = t.s.Apply(dst.Act{Kind: dst.Select, Slot: sv.named.full, Op: dst.Eq, Value: value})
			t.add(Step{Kind: StepAbout, Items: items}, offers(sv, items)...)
		case len(ids) > 1:
			t.add(Step{Kind: StepWhich, Text: value, Items: items, Count: len(ids)}, offers(sv, items)...)
		case chosen && !t.merelyAsks():
			t.add(Step{Kind: StepChosen, Items: items}, dst.Act{Kind: dst.Inform, Slot: sv.named.full, Op: dst.Eq, Value: value})
		default:
			t.add(Step{Kind: StepAbout, Items: items}, offers(sv, items)...)
		}
	}
	return t.ruleTake()
}

// ruleRepeat says again what the last turn said.
func (t *turn) ruleRepeat() (bool, error) {
	if !t.said(dst.Repeat) || t.substanceBeside(dst.Repeat) {
		return false, nil
	}
	var said []*slot // that values were told of, one or several
	for _, a := range t.before.System {
		x := t.c.slots[a.Slot]
		if x == nil || x.service.binding == nil {
			continue
		}
		switch {
		case a.Kind == dst.Offer && x.Names && !t.offered[x.service]:
			t.offered[x.service] = true
			items, err := t.some(x.service, t.offeredIDs(x.service))
			if err != nil {
				return false, err
			}
			t.add(Step{Kind: StepOffer, Items: items, Count: len(items)}, offers(x.service, items)...)
		case a.Kind == dst.Inform && !x.Names && !slices.Contains(said, x):
			said = append(said, x)
			if err := t.answer(x, t.referents(x.service)); err != nil {
				return false, err
			}
		case a.Kind == dst.Ask:
			t.repeatQuestion(x)
		}
	}
	if t.toldStep() {
		return false, nil
	}
	if sv := t.active(); len(t.steps) == 0 && sv != nil && sv.named != nil { // nothing was said of things last; then what was before
		items, err := t.some(sv, t.offeredIDs(sv))
		if len(items) == 0 || err != nil {
			return false, err
		}
		t.offered[sv] = true
		t.add(Step{Kind: StepOffer, Items: items, Count: len(items)}, offers(sv, items)...)
	}
	return len(t.steps) > 0, nil
}

func (t *turn) substanceBeside(kind dst.Kind) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind != kind && (d.Act.Kind == dst.Inform || d.Act.Kind == dst.Request || d.Act.Kind == dst.Select)
	})
}
