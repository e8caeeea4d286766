package dsttest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A Coverage counts what transcripts touch of a schema: what can be touched is
// listed from the start, so that what never was is told as well. A Coverage is
// not safe for concurrent use.
type Coverage struct {
	Conversations int    `json:"conversations"`
	Turns         int    `json:"turns"` // of the user
	Items         []Item `json:"items"` // by group, in the order of the schema
}

// An Item is one thing that conversations can touch.
type Item struct {
	Group Group  `json:"group"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// A Group is a kind of [Item].
type Group string

// The groups of a coverage, in the order in which it is printed.
const (
	Slots     Group = "slots"     // a user filled the slot
	Operators Group = "operators" // a user's value came with the operator
	Merges    Group = "merges"    // a value met one that was there: "<= on >=" makes a range
	Kinds     Group = "kinds"     // an act of the user
	Intents   Group = "intents"   // a user opened it
	Prompts   Group = "prompts"   // the bot asked for the slot, in the language that a question is worded in
	Requests  Group = "requests"  // a user asked for the slot
)

var groups = []Group{Slots, Operators, Merges, Kinds, Intents, Prompts, Requests}

// newCoverage lists what a schema lets conversations touch.
func newCoverage(schema dst.Schema) *Coverage {
	c := &Coverage{}
	ordered, names := false, false
	for _, service := range schema.Services {
		prefix := ""
		if service.Name != "" {
			prefix = service.Name + "."
		}
		needed := map[string]bool{}
		for _, intent := range service.Intents {
			c.count(Intents, prefix+intent.Name, 0)
			for _, slot := range intent.Required {
				needed[slot] = true
			}
		}
		for _, slot := range service.Slots {
			_, compares := slot.Type.(dst.Comparer)
			ordered, names = ordered || compares, names || slot.Names
			c.slot(slot, prefix+slot.Name, slot.Required || needed[slot.Name])
		}
	}
	c.operators(ordered)
	for _, kind := range []dst.Kind{dst.Inform, dst.Prefer, dst.Request, dst.Forget, dst.Affirm, dst.Deny, dst.Repeat, dst.Restart, dst.Human, dst.Cancel, dst.Undo, dst.Greet, dst.Thank, dst.Bye} {
		c.count(Kinds, string(kind), 0)
	}
	if names {
		c.count(Kinds, string(dst.Select), 0)
		c.count(Kinds, string(dst.More), 0)
	}
	return c
}

func (c *Coverage) slot(slot dst.Slot, full string, needed bool) {
	if slot.RequestOnly {
		c.count(Requests, full, 0)
		return
	}
	c.count(Slots, full, 0)
	for _, lang := range []string{"en", "zh"} {
		if slot.Ask[lang] != "" {
			c.count(Prompts, full+" "+lang, 0)
		}
	}
	if needed && len(slot.Ask) == 0 {
		c.count(Prompts, full, 0)
	}
}

// operators lists the operators, and the pairs of them that merge in ways of
// their own. Bounds need a slot whose values have an order.
func (c *Coverage) operators(ordered bool) {
	ops := []string{"=", "!=", dst.DontCare}
	merges := []string{"= on =", "= on !=", "!= on =", "dontcare on =", "= on dontcare"}
	if ordered {
		ops = append(ops, "<=", ">=", "~")
		merges = append(merges, "<= on <=", "<= on >=", ">= on <=", "= on <=")
	}
	for _, op := range ops {
		c.count(Operators, op, 0)
	}
	for _, m := range merges {
		c.count(Merges, m, 0)
	}
}

// count adds n to an item, which it makes where there is none.
func (c *Coverage) count(g Group, name string, n int) {
	for i := range c.Items {
		if c.Items[i].Group == g && c.Items[i].Name == name {
			c.Items[i].Count += n
			return
		}
	}
	c.Items = append(c.Items, Item{g, name, n})
}

// turn counts what was understood of one turn.
func (c *Coverage) turn(before dst.State, decisions []dst.Decision) {
	c.Turns++
	s := before
	for _, d := range decisions {
		c.count(Kinds, string(d.Act.Kind), 1)
		switch d.Act.Kind {
		case dst.Inform, dst.Prefer:
			c.count(Slots, d.Act.Slot, 1)
			c.count(Operators, opName(d.Act.Op, d.Act.Value), 1)
			for _, old := range s.Of(d.Act.Slot) {
				c.count(Merges, opName(d.Act.Op, d.Act.Value)+" on "+opName(old.Op, old.Value), 1)
			}
		case dst.Want:
			c.count(Intents, d.Act.Slot, 1)
		case dst.Request:
			c.count(Requests, d.Act.Slot, 1)
		}
		s = s.Apply(d.Act)
	}
}

func opName(op dst.Op, value string) string {
	if value == dst.DontCare {
		return dst.DontCare
	}
	return string(op)
}

// said counts what the bot asked.
func (c *Coverage) said(s dst.State, acts []dst.Act) {
	for _, a := range acts {
		if a.Kind != dst.Ask || a.Slot == "" {
			continue
		}
		lang, name := s.Lang, a.Slot
		if lang == "" {
			lang = "en"
		}
		if with := a.Slot + " " + lang; slices.ContainsFunc(c.Items, func(i Item) bool { return i.Group == Prompts && i.Name == with }) {
			name = with
		}
		c.count(Prompts, name, 1)
	}
}

// Add adds the counts of another coverage, be it of the same schema or not.
func (c *Coverage) Add(other *Coverage) {
	c.Conversations += other.Conversations
	c.Turns += other.Turns
	for _, i := range other.Items {
		c.count(i.Group, i.Name, i.Count)
	}
}

// Missing returns the items that nothing has touched.
func (c *Coverage) Missing() []Item {
	var out []Item
	for _, i := range c.Items {
		if i.Count == 0 {
			out = append(out, i)
		}
	}
	return out
}

// String is the report: for each group how many of its items were touched,
// how often each, and which never.
func (c *Coverage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "dialogue coverage: %d conversations, %d turns\n", c.Conversations, c.Turns)
	for _, g := range groups {
		var touched, never []string
		for _, i := range c.Items {
			switch {
			case i.Group != g:
			case i.Count > 0:
				touched = append(touched, fmt.Sprintf("%s ×%d", i.Name, i.Count))
			default:
				never = append(never, i.Name)
			}
		}
		if all := len(touched) + len(never); all > 0 {
			fmt.Fprintf(&b, "  %-10s %d of %d: %s\n", g, len(touched), all, strings.Join(touched, ", "))
		}
		if len(never) > 0 {
			fmt.Fprintf(&b, "  %-10s never: %s\n", "", strings.Join(never, ", "))
		}
	}
	return b.String()
}
