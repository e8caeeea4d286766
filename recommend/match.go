package recommend

import (
	"context"
	"math"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// nearlyWhole is the share of a phrase that a message must have which seems to
// be about something else.
const nearlyWhole = 0.85

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

// symptomFor finds the symptom that a message tells of, and how much of one of
// its phrases the message has: at least the given share.
func (c *core) symptomFor(ctx context.Context, message string, least float64) (best string, fit float64, err error) {
	h := c.help
	hits, err := c.cfg.Graph.Search(ctx, message, &kg.SearchOptions{Predicates: h.Search, Limit: 20})
	if err != nil {
		return "", 0, err
	}
	terms := termsOf(message)
	for _, hit := range hits {
		symptoms := h.symptomsOf[hit.ID]
		if len(symptoms) == 0 {
			continue
		}
		for _, f := range hit.Why {
			phrase, _ := f.Object.Text()
			if x := h.fit(terms, phrase); x > max(fit, least)+1e-9 || best == "" && x >= least {
				best, fit = symptoms[0], x
			}
		}
	}
	return best, fit, nil
}
