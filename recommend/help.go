package recommend

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// Help says how problem solving reads the graph: an article has symptoms, a
// symptom has causes, likeliest first, and a cause has steps that remedy it,
// in order. Order is that in which the facts were added. The customer's words
// are matched with the texts of Search on articles and symptoms; the best
// article is told cause by cause, each "that did not help" leading to the next.
type Help struct {
	Kind    string   // of the articles
	Search  []string // predicates with words that customers use; by default "title", "phrase" and Text
	Symptom string   // predicate from articles to symptoms, by default "symptom"
	Cause   string   // from symptoms to causes, by default "cause"
	Step    string   // from causes to steps, by default "step"
	Text    string   // the wording of symptoms, causes and steps, by default "text"
	Intents []string // of the classifier, that say that the message tells of a problem
	Match   float64  // share of a phrase's words, weighted by how telling they are, that a message must have; 0.6 by default, half of it suffices with an intent
}

const defaultMatch = 0.6

func (h Help) withDefaults() Help {
	for _, f := range []struct {
		field *string
		value string
	}{{&h.Symptom, "symptom"}, {&h.Cause, "cause"}, {&h.Step, "step"}, {&h.Text, "text"}} {
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
	seen                       map[string]int      // phrases that have a term
	phrases                    int
}

func (c *core) bindHelp(ctx context.Context) error {
	if c.cfg.Help == nil {
		return nil
	}
	h := &troubleshooter{Help: c.cfg.Help.withDefaults(), symptomsOf: map[string][]string{}, seen: map[string]int{}}
	var errs []error
	for _, p := range []struct {
		hops *[]hop
		path string
	}{{&h.symptom, h.Symptom}, {&h.cause, h.Cause}, {&h.step, h.Step}, {&h.text, h.Text}} {
		hops, err := c.compileHops(ctx, p.path)
		if err != nil {
			errs = append(errs, fmt.Errorf("Config.Help: %w", err))
		}
		*p.hops = hops
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	articles, err := thingIDs(ctx, c.cfg.Graph, kg.Query{Kind: h.Kind})
	if err != nil {
		return err
	}
	if len(articles) == 0 || h.Kind == "" {
		return fmt.Errorf("Config.Help: the graph has no articles of kind %q", h.Kind)
	}
	c.help = h
	for _, id := range articles {
		if err := c.readArticle(ctx, id); err != nil {
			return fmt.Errorf("Config.Help: article %s: %w", id, err)
		}
	}
	return nil
}

// readArticle notes the symptoms of an article and counts the terms of its
// phrases.
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
			if phrase, ok := f.Object.Text(); ok && h.searches(f.Predicate) {
				h.phrases++
				for term := range termsOf(phrase) {
					h.seen[term]++
				}
			}
		}
	}
	return nil
}

func (h *troubleshooter) searches(predicate string) bool {
	base, _, _ := strings.Cut(predicate, "@")
	return slices.Contains(h.Search, base) || slices.Contains(h.Search, predicate)
}

// termsOf is the set of a text's words and of its pairs of Chinese characters.
func termsOf(s string) map[string]bool {
	out := map[string]bool{}
	toks := text.Tokens(s)
	for i, t := range toks {
		switch {
		case t.Kind == text.Han && i+1 < len(toks) && toks[i+1].Kind == text.Han:
			out[t.Text+toks[i+1].Text] = true
		case t.Kind == text.Word || t.Kind == text.Number:
			out[strings.TrimSuffix(strings.TrimSuffix(t.Text, "ing"), "s")] = true
		}
	}
	return out
}

// fit is the share of a phrase that a message has, each term weighted by how
// few phrases have it.
func (h *troubleshooter) fit(message map[string]bool, phrase string) float64 {
	has, all := 0.0, 0.0
	for term := range termsOf(phrase) {
		w := math.Log(1 + float64(h.phrases)/float64(1+h.seen[term]))
		all += w
		if message[term] {
			has += w
		}
	}
	if all == 0 {
		return 0
	}
	return has / all
}

// symptomFor finds the symptom that a message tells of.
func (c *core) symptomFor(ctx context.Context, message string, sure bool) (string, bool, error) {
	h := c.help
	hits, err := c.cfg.Graph.Search(ctx, message, &kg.SearchOptions{Predicates: h.Search, Limit: 20})
	if err != nil {
		return "", false, err
	}
	least := h.Match
	if sure {
		least /= 2
	}
	best, terms := "", termsOf(message)
	for _, hit := range hits {
		symptoms := h.symptomsOf[hit.ID]
		if len(symptoms) == 0 {
			continue
		}
		for _, f := range hit.Why {
			phrase, _ := f.Object.Text()
			if fit := h.fit(terms, phrase); fit > least+1e-9 || best == "" && fit >= least {
				best, least = symptoms[0], fit
			}
		}
	}
	return best, best != "", nil
}
