package recommend

import (
	"errors"
	"fmt"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// A label is what an intent of the classifier means to the agent.
type label struct {
	act  dst.Kind // an act of conversation
	want string   // an intent of the schema
	help bool     // a problem to solve

	critique *gauge // something with less or more of a slot
	compare  bool   // things side by side
}

// conversation are the acts that a classifier may find in a message.
var conversation = []dst.Kind{dst.Greet, dst.Thank, dst.Bye, dst.Affirm, dst.Deny, dst.More, dst.Restart, dst.Repeat, dst.Human}

// bindIntents gives meaning to the intents of the classifier. Where the
// classifier can list them, one without a meaning is an error.
func (c *core) bindIntents() error {
	c.intents = map[string]label{}
	for _, kind := range conversation {
		c.intents[string(kind)] = label{act: kind}
	}
	shared := map[string]int{}
	for _, s := range c.services {
		for _, in := range s.Intents {
			shared[in.Name]++
			c.intents[s.full(in.Name)] = label{want: s.full(in.Name)}
			if shared[in.Name] == 1 {
				c.intents[in.Name] = label{want: s.full(in.Name)}
			}
		}
	}
	for name, n := range shared {
		if n > 1 {
			delete(c.intents, name) // which service is meant?
		}
	}
	if c.cfg.Help != nil {
		for _, name := range c.cfg.Help.Intents {
			l := c.intents[name]
			l.help = true
			c.intents[name] = l
		}
	}
	if err := c.bindCritiques(); err != nil {
		return err
	}
	return c.checkIntents()
}

// checkIntents reports intents of the classifier without a meaning.
func (c *core) checkIntents() error {
	lister, ok := c.cfg.Classifier.(interface{ Intents() []string })
	if !ok {
		return nil
	}
	var errs []error
	for _, name := range lister.Intents() {
		if _, known := c.intents[name]; !known {
			errs = append(errs, fmt.Errorf("the classifier has the intent %q, which is no act (%v), no intent of the schema (%v) and not in Help.Intents, Critiques or Compare; rename it, or leave its examples out or label them out of scope",
				name, conversation, schemaIntents(c)))
		}
	}
	return errors.Join(errs...)
}

func schemaIntents(c *core) []string {
	var out []string
	for name, l := range c.intents {
		if l.want != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
