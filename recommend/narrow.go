package recommend

import (
	"context"
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
	maxNarrowing = 8   // slots looked at
	maxSample    = 256 // things that fit whose values are looked at
)

// narrow chooses the question that splits what fits into the most even parts:
// the slot with the greatest entropy, weighted by the share of things that
// have a value. Slots that are filled or were asked for before are out.
func (c *core) narrow(ctx context.Context, sv *service, s dst.State, q kg.Query, lang string) (best *slot, told []Gain, err error) {
	open := c.askable(sv, s, lang)
	if len(open) == 0 {
		return nil, nil, nil
	}
	paths := make([]string, len(open))
	for i, x := range open {
		paths[i] = x.path
	}
	gains, err := c.cfg.Graph.Gains(ctx, q, maxSample, paths...)
	if err != nil {
		return nil, nil, err
	}
	least := minGain
	for i, g := range gains {
		told = append(told, Gain{Slot: open[i].full})
		if float64(g.Known) < minAnswered*float64(g.Things) || g.Things == 0 {
			continue
		}
		bits := g.Bits * min(1, float64(g.Values)/float64(g.Things))
		if g.Numbers {
			bits = min(bits, numericGain)
		}
		told[i].Bits = bits
		if bits > least {
			best, least = open[i], bits
		}
	}
	return best, told, nil
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
