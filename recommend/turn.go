package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// turn is the work of one Reply.
type turn struct {
	c      *core
	ctx    context.Context
	text   string
	lang   string
	before dst.State // as it was given
	s      dst.State // with the message understood
	intent label     // what the classifier made of the message, if it was sure
	sure   bool      // the classifier was
	scope  bool      // it took the message for something the bot deals with
	helped bool      // a problem was explained

	percept
	decisions []dst.Decision
	answered  map[int]bool      // decisions that a rule has dealt with
	offered   map[*service]bool // services of which things were offered or a slot was asked for
	told      map[*service]bool // services of whose things something was told
	asks      []*slot           // see asksFor
	asides    []aside           // of the message, see readAsides
	order     []ranking         // asked for in the message, see ruleCritique
	gains     []Gain            // of the questions that would narrow the search, once they were weighed
	asked     bool              // a question was asked: one a turn is enough

	steps   []Step
	acts    []dst.Act
	answers []Answer
	memo    wishMemo
	path    []kg.Fact // that lead to what is told, see Item.path
	trace   Trace
	standIn string            // why a generator within the configured one wrote the text, see Response.Fallback
	each    func(Chunk) error // takes the text as it comes; nil where it is not streamed
	used    []Fact            // see Reply.Used

	handover *Handover // see Reply.Handover
	secrets
}

// unreadable answers a message that is not read at all.
func (t *turn) unreadable() bool {
	switch {
	case strings.TrimSpace(t.text) == "" && len(t.proposals)+len(t.unknown) > 0:
		return false // a picture says it all
	case strings.TrimSpace(t.text) == "" && len(t.apologies) > 0:
		t.askAgain()
	case strings.TrimSpace(t.text) == "":
		t.add(Step{Kind: StepEmpty})
		t.askAgain()
	case len(t.text) > dst.MaxMessage:
		t.add(Step{Kind: StepLong})
		t.askAgain()
		t.text = clipped(t.text)
	default:
		return false
	}
	return true
}

// add appends a step and the acts that say the same.
func (t *turn) add(s Step, acts ...dst.Act) {
	t.steps = append(t.steps, s)
	for _, a := range acts {
		if !slices.Contains(t.acts, a) {
			t.acts = append(t.acts, a)
		}
	}
}

// understand classifies and tracks the message. An intent of the schema goes
// to the tracker at once; an act of conversation ("thanks") only where the
// tracker itself finds nothing in the message.
func (t *turn) understand() error {
	t.spellOut()
	if err := t.classify(); err != nil {
		return err
	}
	if err := t.readAsides(); err != nil {
		return err
	}
	in := t.input()
	if t.intent.want != "" {
		in.Acts = []dst.Act{{Kind: dst.Want, Slot: t.intent.want}}
	}
	if err := t.track(in); err != nil {
		return err
	}
	t.pick()
	t.readBare()
	if t.intent.act != "" && !slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind != dst.Relax }) {
		in.Acts = []dst.Act{{Kind: t.intent.act}}
		if err := t.track(in); err != nil {
			return err
		}
	}
	t.lang = t.c.language(t.text, t.before, t.nameSpans())
	return nil
}

func (t *turn) track(in dst.Turn) error {
	st := t.begin(StageTrack)
	in.User = t.withoutAsides(in.User)
	track := t.c.tracker.Update
	if own := t.c.cfg.Track; own != nil {
		track = func(ctx context.Context, s dst.State, in dst.Turn) (dst.State, []dst.Decision, error) {
			return own(ctx, t.c.tracker, s, in)
		}
	}
	s, decisions, err := track(t.ctx, t.before, in)
	if err == nil {
		s, decisions = t.keepsKind(s, decisions)
		t.s, t.decisions, t.trace.Decisions = s, asInforms(decisions), decisions
		t.tracked = true
		t.noteVoice()
		t.conclude()
		t.readKey()
		t.placeAmounts()
	}
	return st.done(t, err)
}

func (t *turn) classify() error {
	if t.c.cfg.Classifier == nil {
		return nil
	}
	st := t.begin(StageClassify)
	r, err := t.c.cfg.Classifier.Classify(t.ctx, t.publicText())
	t.trace.Ranking = r
	if st.done(t, err) != nil {
		return fmt.Errorf("classifying the message: %w", err)
	}
	best, ok := r.Best()
	t.scope = ok
	if ok && best.P >= t.c.cfg.Confidence {
		t.sure = true
		t.intent = t.c.intents[best.Intent] // one that is not known says no more than that the message is in scope
	}
	return nil
}

// said reports whether the user did this in the message.
func (t *turn) said(kind dst.Kind) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind == kind })
}

// substance reports whether the message holds more than manners.
func (t *turn) substance() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		switch d.Act.Kind {
		case dst.Greet, dst.Thank, dst.Bye, dst.Affirm, dst.Deny, dst.Relax:
			return false
		}
		return true
	}) || t.intent.help || t.intent.want != "" || t.intent.compare || t.intent.critique != nil
}

// selected returns the thing of a service that the message chose or named.
func (t *turn) selected(sv *service) (string, bool) {
	for i := len(t.decisions) - 1; i >= 0; i-- {
		a := t.decisions[i].Act
		if sv.named != nil && a.Kind == dst.Select && a.Slot == sv.named.full {
			return a.Value, true
		}
	}
	return "", false
}

// wished lists the decisions of the message that say what a thing of the
// service must be like, leaving out what a rule has dealt with.
func (t *turn) wished(sv *service) []int {
	var out []int
	for i, d := range t.decisions {
		x := t.c.slots[d.Act.Slot]
		if (d.Act.Kind == dst.Inform || d.Act.Kind == dst.Forget) && x != nil && x.service == sv && !x.Names && !t.answered[i] {
			out = append(out, i)
		}
	}
	return out
}

// referents are the things of a service that the user speaks of: named in the
// message, in focus, offered last, or named before.
func (t *turn) referents(sv *service) []string {
	if sv.named == nil {
		if len(sv.ids) == 1 {
			return sv.ids
		}
		return nil
	}
	if value, ok := t.selected(sv); ok {
		return sv.names.things(value)
	}
	if value, ok := t.s.Focused(sv.named.full); ok {
		return sv.names.things(value)
	}
	var out []string
	for _, c := range t.s.Offered {
		if c.Slot == sv.named.full {
			out = append(out, sv.names.things(c.Value)...)
		}
	}
	if len(out) > 0 {
		return out
	}
	if value, ok := t.s.Get(sv.named.full); ok {
		return sv.names.things(value)
	}
	return nil
}

// some makes items of things, at most as many as are offered at once.
func (t *turn) some(sv *service, ids []string) ([]Item, error) {
	var out []Item
	for _, id := range ids[:min(len(ids), t.c.cfg.Offers)] {
		item, err := t.c.item(t.ctx, sv, id, t.lang)
		if err != nil {
			return nil, err
		}
		item.Score = 1
		out = append(out, item)
	}
	return out, nil
}

// offers are the acts that put items to the user.
func offers(sv *service, items []Item) []dst.Act {
	if sv.named == nil {
		return nil
	}
	acts := make([]dst.Act, len(items))
	for i, item := range items {
		acts[i] = dst.Act{Kind: dst.Offer, Slot: sv.named.full, Op: dst.Eq, Value: item.Value}
	}
	return acts
}

// finish words the turn.
func (t *turn) finish() (Reply, error) {
	t.steps = append(t.apologies, t.steps...)
	r := Reply{Lang: t.lang, Acts: t.acts, Answers: t.answers, Heard: t.voice, Handover: t.handover}
	req := t.request()
	r.Items = req.Items
	for _, f := range req.Facts {
		r.rest(f.Source)
	}
	for _, item := range r.Items {
		r.rest(item.Why...)
		r.rest(item.path...)
	}
	r.rest(t.path...)
	st := t.begin(StageWord)
	t.confided = t.confides(req)
	text, err := t.word(req)
	t.tell(r, text)
	if st.done(t, err) != nil {
		return Reply{}, err
	}
	r.Text, r.Used, r.Trace = text, t.used, t.publicTrace()
	r.mask, r.confided = t.mask(), t.confided
	if err := t.ctx.Err(); err != nil {
		return Reply{}, err
	}
	if r.Text == "" {
		return Reply{}, errors.New("no text for the turn")
	}
	return r, nil
}

// rest adds facts that the text rests on.
func (r *Reply) rest(facts ...kg.Fact) {
	for _, f := range facts {
		if f != (kg.Fact{}) && !slices.Contains(r.Facts, f) {
			r.Facts = append(r.Facts, f)
		}
	}
}

// nameSpans are where the message calls things by their names, rather than
// pointing at them ("the second one").
func (t *turn) nameSpans() []dst.Evidence {
	var out []dst.Evidence
	for _, d := range t.decisions {
		if x := t.c.slots[d.Act.Slot]; x != nil && x.Names && d.Evidence.Source == dst.Span && d.Evidence.From == "" {
			out = append(out, d.Evidence)
		}
	}
	return out
}
