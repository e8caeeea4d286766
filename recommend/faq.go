package recommend

import (
	"context"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// StepFAQ answers a question with a stored answer, Text, and its links, Lines.
const StepFAQ StepKind = "faq"

// bindFAQ reads the questions that have a stored answer.
func (c *core) bindFAQ(ctx context.Context) error {
	h := c.help
	if h.FAQ == "" {
		return nil
	}
	var err error
	if h.answer, err = c.compileHops(ctx, h.Answer); err != nil {
		return fmt.Errorf("Config.Help: Answer: %w", err)
	}
	if link, ok, err := c.hop(ctx, h.Link); err != nil {
		return err
	} else if ok { // not every list of questions has links
		h.link = []hop{link}
	}
	if h.question, err = c.compileHops(ctx, c.cfg.Names[0]); err != nil {
		return fmt.Errorf("Config.Help: FAQ: %w", err)
	}
	ids, err := thingIDs(ctx, c.cfg.Graph, kg.Query{Kind: h.FAQ})
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fmt.Errorf("Config.Help: the graph has no questions of kind %q", h.FAQ)
	}
	for _, id := range ids {
		if err := c.readQuestion(ctx, id); err != nil {
			return fmt.Errorf("Config.Help: question %s: %w", id, err)
		}
	}
	return nil
}

// readQuestion notes how a question is put.
func (c *core) readQuestion(ctx context.Context, id string) error {
	h := c.help
	h.faq[id] = true
	official, others, err := c.namesOf(ctx, id)
	if err != nil {
		return err
	}
	for _, name := range append(official, others...) {
		h.said = append(h.said, phrase{id, name})
	}
	facts, err := c.cfg.Graph.Facts(ctx, id)
	for _, f := range facts {
		if words, ok := f.Object.Text(); ok && h.searches(f.Predicate) {
			h.said = append(h.said, phrase{id, words})
		}
	}
	return err
}

// answerFAQ says the stored answer to a question, whole.
func (t *turn) answerFAQ(id string) (bool, error) {
	ends, err := t.c.walk(t.ctx, id, t.c.help.answer, t.lang)
	if err != nil || len(ends) == 0 {
		return false, err
	}
	t.solving()
	s := Step{Kind: StepFAQ, Facts: t.c.tell(t.ctx, id, nil, t.c.attribute(t.c.help.Answer, t.lang), ends[:1], t.lang)}
	s.Text = s.Facts[0].Value
	t.path = append(t.path, onTheWay(ends[:1])...)
	if len(t.c.help.link) > 0 {
		links, err := t.c.walk(t.ctx, id, t.c.help.link, t.lang)
		if err != nil {
			return false, err
		}
		for _, f := range t.c.tell(t.ctx, id, nil, t.c.attribute(t.c.help.Link, t.lang), links, t.lang) {
			s.Lines, s.Facts = append(s.Lines, f.Value), append(s.Facts, f)
		}
	}
	t.add(s, informed(articleSlot, id))
	return !t.said(dst.Request), nil
}

// nearMiss is the score from which what is like a message that nothing was
// understood of is offered: "did you mean?"
const nearMiss = 0.3

// ruleNear offers the problems and questions that are most like a message of
// which nothing else was understood.
func (t *turn) ruleNear() (bool, error) {
	if t.c.help == nil || len(t.steps) > 0 || len(t.decisions) > 0 || t.intent != (label{}) || len(text.Tokens(t.text)) < 2 {
		return false, nil
	}
	ranked := t.c.help.match.rank(t.text, maxWhich)
	if len(ranked) == 0 || ranked[0].score < nearMiss {
		return false, nil
	}
	several := stands(ranked)
	return true, t.askWhich(several)
}
