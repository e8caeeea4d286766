package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Bounds on what a message is like that has no phrase of a symptom whole. They
// were chosen by leaving out one phrase at a time of the demo shop's articles.
const (
	maxWhich  = 3    // symptoms that the user is asked to choose from
	leastLike = 0.1  // score from which a symptom is worth asking about
	surelyIs  = 0.18 // score from which the best is taken without asking,
	clearOf   = 1.25 // where it is that many times the next
	isNearTo  = 0.6  // share of the best's score from which another is asked about
)

// stands are the symptoms that may be meant: one where it is clear, none where
// the message is like none.
func stands(ranked []liking) []liking {
	if len(ranked) == 0 || ranked[0].score < leastLike {
		return nil
	}
	if best := ranked[0].score; best >= surelyIs && (len(ranked) == 1 || best >= clearOf*ranked[1].score) {
		return ranked[:1]
	}
	out := slices.DeleteFunc(slices.Clone(ranked), func(x liking) bool { return x.score < isNearTo*ranked[0].score })
	return out[:min(len(out), maxWhich)]
}

// diagnose finds the symptom that the message tells of: one whose phrase it has
// nearly whole, or else, where the classifier says that it tells of a problem,
// the one that it is most like. Several that it is about as like are asked about.
func (t *turn) diagnose() (symptom string, several []liking, err error) {
	m, least := t.c.help.match, t.leastMatch()
	message := t.text
	if symptom, _ = m.fit(message, max(least, t.c.help.Match)); symptom == "" && len(t.nameSpans()) > 0 {
		if message, err = t.withKinds(); err != nil {
			return "", nil, err
		}
		symptom, _ = m.fit(message, max(least, t.c.help.Match))
	}
	if symptom != "" || !t.intent.help || least > t.c.help.Match {
		return symptom, nil, nil
	}
	ranked, err := t.prefer(m.rank(t.withoutNames(), 2*maxWhich))
	if err != nil {
		return "", nil, err
	}
	several = stands(ranked)
	if len(several) == 1 && several[0].score >= surelyIs {
		return several[0].symptom, nil, nil
	}
	return "", several, nil
}

// withKinds is the message with the kinds of the things that it names instead
// of their names: who writes "my iPhone 15" speaks of a phone.
func (t *turn) withKinds() (string, error) {
	spans := t.nameSpans()
	slices.SortFunc(spans, func(a, b dst.Evidence) int { return b.Start - a.Start })
	message, before := t.text, len(t.text)+1
	for _, e := range spans {
		if e.End > before || e.Start >= e.End || e.End > len(message) {
			continue
		}
		before = e.Start
		for _, sv := range t.c.services {
			value, ok := t.selected(sv)
			if !ok || sv.kindly == nil || len(sv.names.things(value)) == 0 {
				continue
			}
			kinds, err := t.c.cfg.Graph.Values(t.ctx, sv.names.things(value)[0], sv.kindly.path)
			if err != nil {
				return "", err
			}
			if len(kinds) > 0 {
				message = message[:e.Start] + " " + t.c.worded(t.ctx, sv.kindly, kinds[0], t.lang) + " " + message[e.End:]
			}
		}
	}
	return message, nil
}

// withoutNames is the message without the names of things, which say nothing of
// what is wrong with them.
func (t *turn) withoutNames() string {
	b := []byte(t.text)
	for _, e := range t.nameSpans() {
		for i := max(0, e.Start); i < min(e.End, len(b)); i++ {
			b[i] = ' '
		}
	}
	return string(b)
}

// Factors of the score of an article that says what it is about.
const (
	aboutThis  = 1.3
	aboutOther = 0.7
)

// prefer ranks articles about the thing in focus or named in the message, its
// kind, or whatever else it has in the graph, before those about other things.
func (t *turn) prefer(ranked []liking) ([]liking, error) {
	h := t.c.help
	if len(h.about) == 0 {
		return ranked, nil
	}
	has, err := t.whatIsTalkedOf()
	if err != nil {
		return nil, err
	}
	if len(has) == 0 {
		return ranked, nil
	}
	ranked = slices.Clone(ranked)
	for i, x := range ranked {
		switch about := h.about[x.symptom]; {
		case slices.ContainsFunc(about, func(s string) bool { return has[s] }):
			ranked[i].score = min(1, x.score*aboutThis)
		case len(about) > 0:
			ranked[i].score *= aboutOther
		}
	}
	slices.SortStableFunc(ranked, func(a, b liking) int { return int(1e6*b.score) - int(1e6*a.score) })
	return ranked, nil
}

// whatIsTalkedOf is the thing in focus or named in the message, with its kinds
// and all else that the graph says of it.
func (t *turn) whatIsTalkedOf() (map[string]bool, error) {
	has := map[string]bool{}
	for _, sv := range t.c.services {
		if sv.binding == nil || sv.named == nil {
			continue
		}
		value, ok := t.selected(sv)
		if !ok {
			value, ok = t.before.Focused(sv.named.full)
		}
		if !ok {
			continue
		}
		for _, id := range sv.names.things(value) {
			has[id] = true
			facts, err := t.c.cfg.Graph.Facts(t.ctx, id)
			if err != nil {
				return nil, err
			}
			for _, f := range facts {
				has[f.Object.String()] = true
			}
		}
	}
	return has, nil
}

// askWhich asks which of several symptoms the user has.
func (t *turn) askWhich(several []liking) error {
	t.solving()
	s := Step{Kind: StepWhichProblem, Count: len(several)}
	acts := []dst.Act{informed(saidSlot, shortened(t.text))}
	if about := t.selectedAny(); about != "" {
		acts = append(acts, informed(aboutSlot, about))
	}
	for _, x := range several {
		words, facts, err := t.wordOf(x.symptom)
		if err != nil {
			return err
		}
		s.Lines, s.Facts = append(s.Lines, unstopped(words)), append(s.Facts, facts...)
		acts = append(acts, informed(whichSlot, x.symptom))
	}
	t.add(s, acts...)
	return nil
}

// none are answers that choose none of what was asked about.
var none = alternatives(`neither`, `none`, `something else`, `都不是`, `不是`, `别的问题`, `其他问题`)

// askedAbout are the symptoms that the bot's last turn asked about, and what the
// user had said of the problem.
func (t *turn) askedAbout() (asked []string, p problem) {
	for _, a := range t.before.System {
		switch a.Slot {
		case whichSlot:
			asked = append(asked, a.Value)
		case saidSlot:
			p.said = a.Value
		case aboutSlot:
			p.about = a.Value
		}
	}
	return asked, p
}

// chooses reads the answer to askWhich: a place in the list, or words of one of
// the symptoms.
func (t *turn) chooses(problems []problem) (bool, error) {
	asked, p := t.askedAbout()
	if len(asked) == 0 || t.said(dst.Request) {
		return false, nil
	}
	folded := text.Fold(t.text)
	at := numbered(strings.Trim(folded, " .#!")) - 1
	if o := places(t.text, len(asked)); len(o) == 1 {
		at = o[0]
	}
	switch {
	case at >= 0 && at < len(asked):
		p.symptom = asked[at]
	case len(asked) == 1 && t.said(dst.Affirm):
		p.symptom = asked[0]
	case t.said(dst.Deny), none.MatchString(folded):
		t.solving()
		t.add(Step{Kind: StepProblem})
		return true, nil
	case t.scope || t.c.cfg.Classifier == nil:
		for _, x := range t.c.help.match.rank(t.text, 2*maxWhich) {
			if slices.Contains(asked, x.symptom) && x.score >= surelyIs {
				p.symptom = x.symptom
				break
			}
		}
	}
	if p.symptom == "" {
		return false, nil
	}
	return true, t.explain(problems, p)
}
