package recommend

import (
	"context"

	"github.com/slotgraph/slotgraph/kg"
)

// This file is for tools beside the agent, such as package inspect: what it
// answers from, and the words that it uses.

// Graph returns the graph that the agent answers from.
func (a *Agent) Graph() *kg.Graph { return a.cfg.Graph }

// Perceives reports whether the agent has a plug-in for a kind of parts.
func (a *Agent) Perceives(kind PartKind) bool {
	return kind == ImagePart && a.cfg.Describer != nil || kind == AudioPart && a.cfg.Transcriber != nil
}

// Label is what the agent calls a slot, by its full name, or a predicate of the
// graph, in "en" or "zh".
func (a *Agent) Label(name, lang string) string {
	c := a.core.Load()
	if x := c.slots[name]; x != nil {
		return c.label(x, lang)
	}
	return c.attribute(name, lang)
}

// Value words a value of a slot, as it stands in acts and states, in "en" or
// "zh". A value of no slot stands as it is.
func (a *Agent) Value(slot, value, lang string) string {
	c := a.core.Load()
	x := c.slots[slot]
	if x == nil {
		return value
	}
	if names := x.service.names; x.Names && names != nil {
		if ids := names.things(value); len(ids) == 1 {
			return c.cfg.Graph.Name(context.Background(), ids[0], lang)
		}
	}
	return c.wordedSlot(x, value, lang)
}

// Object words what a fact says of its subject, in "en" or "zh".
func (a *Agent) Object(ctx context.Context, f kg.Fact, lang string) string {
	c := a.core.Load()
	for _, sv := range c.services {
		for _, x := range sv.slots {
			if x.path == f.Predicate {
				return c.worded(ctx, x, f.Object, lang)
			}
		}
	}
	return c.worded(ctx, nil, f.Object, lang)
}
