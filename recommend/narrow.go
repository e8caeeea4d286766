package recommend

import (
	"context"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// A question must halve what fits at least about so well, in bits, and most
// things must have a value for it.
const (
	minGain      = 0.5
	numericGain  = 2 // of numbers, which a user will give a range for
	minAnswered  = 0.75
	maxNarrowing = 8 // slots looked at
)

// narrow chooses the question that splits what fits into the most even parts:
// the slot with the greatest entropy, weighted by the share of things that
// have a value. Slots that are filled or were asked for before are out.
func (c *core) narrow(ctx context.Context, sv *service, s dst.State, q kg.Query, total int, lang string) (*slot, error) {
	var best *slot
	bestGain := minGain
	for _, x := range c.askable(sv, s, lang) {
		has := q
		has.Where = append(slices.Clone(q.Where), kg.Condition{Predicate: x.path, Op: kg.Has})
		n, err := c.cfg.Graph.Count(ctx, has)
		if err != nil {
			return nil, err
		}
		if float64(n) < minAnswered*float64(total) {
			continue
		}
		facets, err := c.cfg.Graph.Facets(ctx, q, x.path)
		if err != nil {
			return nil, err
		}
		if gain := entropyGain(facets, total); gain > bestGain {
			best, bestGain = x, gain
		}
	}
	return best, nil
}

func (c *core) askable(sv *service, s dst.State, lang string) []*slot {
	var out []*slot
	for _, x := range sv.slots {
		asked := slices.Contains(s.Asked, x.full)
		listed := len(sv.binding.Ask) == 0 || slices.Contains(sv.binding.Ask, x.Name)
		if !listed || asked || x.Names || x.RequestOnly || x.via != nil || x.path == "" || s.Filled(x.full) || c.question(x, lang) == "" || !c.cfg.Schema.Applies(s, x.full) {
			continue
		}
		if out = append(out, x); len(out) == maxNarrowing {
			break
		}
	}
	return out
}

// question is the question that fills a slot, in the language or any other.
func (c *core) question(x *slot, lang string) string {
	if q := x.Ask[lang]; q != "" {
		return q
	}
	for _, l := range append([]string{c.cfg.Lang}, sortedKeys(x.Ask)...) {
		if q := x.Ask[l]; q != "" {
			return q
		}
	}
	return ""
}

// entropyGain is the entropy of the facets in bits, times the share of things
// that have any.
func entropyGain(facets []kg.Facet, total int) float64 {
	sum, numeric := 0.0, true
	for _, f := range facets {
		sum += float64(f.Count)
		numeric = numeric && f.Value.Kind() == kg.Number
	}
	if sum == 0 || total == 0 {
		return 0
	}
	h := 0.0
	for _, f := range facets {
		p := float64(f.Count) / sum
		h -= p * math.Log2(p)
	}
	if numeric {
		h = min(h, numericGain)
	}
	return h * min(1, sum/float64(total))
}
