package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// Help says how problem solving reads the graph: an article has symptoms, a
// symptom has causes, likeliest first, and a cause has steps that remedy it,
// in order. Order is that in which the facts were added. The customer's words
// are matched with the texts of Search on articles and symptoms. The best
// article is told a step at a time, the likeliest cause first, and after each it
// is asked whether that helped: a no leads to the next step and in the end to
// the cause that remains, a yes closes the problem, and where nothing remains a
// person is offered, who is given what was tried ([Reply.Handover]). The user
// may ask for a step again, go back, have all steps at once, speak of something
// else and come back. An article that is also of the kind Plain informs instead
// of solving a problem, as the terms of returns do: it is told at once and whole.
//
// What was told and what the user said of it is in the conversation's state
// alone, as acts in [dst.State.Notes], for the last four problems.
//
// Customers speak of things with the words that they use for problems. A
// message that the classifier takes for anything else, or in which the tracker
// understood a wish, a question, a choice or an answer, therefore has to say a
// phrase nearly whole before it is taken for a problem. One that the classifier
// takes for a problem need not have any phrase: the symptom is taken whose
// phrases are most like it, and where several are about as like it the user is
// asked which it is. Articles that are About the thing in focus, or what it is,
// come before those about other things.
type Help struct {
	Kind    string   // of the articles
	Plain   string   // a kind that articles have besides, which say how things are done rather than solve a problem; none by default
	Search  []string // predicates with words that customers use; by default "title", "phrase" and Text
	Symptom string   // predicate from articles to symptoms, by default "symptom"
	Cause   string   // from symptoms to causes, by default "cause"
	Step    string   // from causes to steps, by default "step"
	Text    string   // the wording of symptoms, causes and steps, by default "text"
	Intents []string // of the classifier, that say that the message tells of a problem
	FAQ     string   // kind of the questions with a stored answer, which is said whole; "question" for those of schema.org's FAQPage. Their names are matched as phrases are
	Answer  string   // predicate from questions to answers, by default "answer_text"
	Link    string   // from questions to a page that says more, by default "url"
	About   string   // predicate from articles to what they are about: a thing, or a kind, a brand or another value of things; none by default
	Match   float64  // share of a phrase's words, weighted by how telling they are, that a message must have; 0.75 by default
}

const defaultMatch = 0.75

func (h Help) withDefaults() Help {
	for _, f := range []struct {
		field *string
		value string
	}{{&h.Symptom, "symptom"}, {&h.Cause, "cause"}, {&h.Step, "step"}, {&h.Text, "text"}, {&h.Answer, "answer_text"}, {&h.Link, "url"}} {
		if *f.field == "" {
			*f.field = f.value
		}
	}
	if len(h.Search) == 0 {
		h.Search = []string{"title", "phrase", h.Text}
	}
	if h.Match == 0 {
		h.Match = defaultMatch
	}
	return h
}

// troubleshooter is the bound Help.
type troubleshooter struct {
	Help
	symptom, cause, step, text []hop
	symptomsOf                 map[string][]string // by article, and by symptom itself
	plain                      map[string]bool     // symptoms of Plain articles
	said                       []phrase            // in the order of the articles
	match                      *matcher
	faq                        map[string]bool // questions
	answer, link, question     []hop
	about                      map[string][]string // what the article of a symptom is about
}

func (c *core) bindHelp(ctx context.Context) error {
	if c.cfg.Help == nil {
		return nil
	}
	h := &troubleshooter{Help: c.cfg.Help.withDefaults(), symptomsOf: map[string][]string{}, plain: map[string]bool{}, about: map[string][]string{}, faq: map[string]bool{}}
	c.help = h
	if h.Kind == "" && h.FAQ != "" {
		err := c.bindFAQ(ctx)
		h.match = newMatcher(h.said)
		return err
	}
	about, err := c.compileHelp(ctx)
	if err != nil {
		return err
	}
	articles, err := thingIDs(ctx, c.cfg.Graph, kg.Query{Kind: h.Kind})
	if err != nil {
		return err
	}
	if len(articles) == 0 || h.Kind == "" {
		return fmt.Errorf("Config.Help: the graph has no articles of kind %q", h.Kind)
	}
	for _, id := range articles {
		if err := errors.Join(c.readArticle(ctx, id), c.readAbout(ctx, id, about)); err != nil {
			return fmt.Errorf("Config.Help: article %s: %w", id, err)
		}
	}
	if err := c.bindFAQ(ctx); err != nil {
		return err
	}
	h.match = newMatcher(h.said)
	return c.readPlain(ctx)
}

// compileHelp checks the predicates that articles are read by.
func (c *core) compileHelp(ctx context.Context) (about []hop, err error) {
	h := c.help
	var errs []error
	for _, p := range []struct {
		hops *[]hop
		path string
	}{{&h.symptom, h.Symptom}, {&h.cause, h.Cause}, {&h.step, h.Step}, {&h.text, h.Text}, {&about, h.About}} {
		if p.path == "" {
			continue
		}
		hops, err := c.compileHops(ctx, p.path)
		if err != nil {
			errs = append(errs, fmt.Errorf("Config.Help: %w", err))
		}
		*p.hops = hops
	}
	return about, errors.Join(errs...)
}

// readPlain notes the symptoms of the articles that merely inform.
func (c *core) readPlain(ctx context.Context) error {
	h := c.help
	if h.Plain == "" {
		return nil
	}
	articles, err := thingIDs(ctx, c.cfg.Graph, kg.Query{Kind: h.Plain})
	if err != nil {
		return err
	}
	if len(articles) == 0 {
		return fmt.Errorf("Config.Help: the graph has no articles of the kind Plain, %q", h.Plain)
	}
	for _, id := range articles {
		for _, symptom := range h.symptomsOf[id] {
			h.plain[symptom] = true
		}
	}
	return nil
}

// readAbout notes what an article is about.
func (c *core) readAbout(ctx context.Context, id string, about []hop) error {
	if len(about) == 0 {
		return nil
	}
	ends, err := c.walk(ctx, id, about, c.cfg.Lang)
	for _, e := range ends {
		for _, symptom := range c.help.symptomsOf[id] {
			c.help.about[symptom] = append(c.help.about[symptom], e.value.String())
		}
	}
	return err
}

// readArticle notes the symptoms of an article and its phrases. What an article
// itself says is of its first symptom.
func (c *core) readArticle(ctx context.Context, id string) error {
	h := c.help
	ends, err := c.walk(ctx, id, h.symptom, c.cfg.Lang)
	if err != nil {
		return err
	}
	for _, e := range ends {
		if s, ok := e.value.ID(); ok {
			h.symptomsOf[id] = append(h.symptomsOf[id], s)
			h.symptomsOf[s] = []string{s}
		}
	}
	for _, x := range append([]string{id}, h.symptomsOf[id]...) {
		facts, err := c.cfg.Graph.Facts(ctx, x)
		if err != nil {
			return err
		}
		for _, f := range facts {
			if words, ok := f.Object.Text(); ok && h.searches(f.Predicate) && len(h.symptomsOf[x]) > 0 {
				h.said = append(h.said, phrase{h.symptomsOf[x][0], words})
			}
		}
	}
	return nil
}

func (h *troubleshooter) searches(predicate string) bool {
	base, _, _ := strings.Cut(predicate, "@")
	return slices.Contains(h.Search, base) || slices.Contains(h.Search, predicate)
}
