package recommend

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// maxRunes bounds a generated text.
const maxRunes = 2000

// request collects the turn for the generator and numbers its facts.
func (t *turn) request() Request {
	r := Request{Lang: t.lang, User: t.text, Wishes: t.c.publicWishes(t.s, t.lang), Acts: t.acts, Limits: Limits{Runes: maxRunes}, Style: t.c.cfg.Style}
	known := map[Fact]string{}
	number := func(facts []Fact) {
		for i, f := range facts {
			f.ID, f.Thing, f.Value = "", oneLine(f.Thing), oneLine(f.Value)
			facts[i] = f
			id, ok := known[f]
			if !ok {
				id = "f" + strconv.Itoa(len(r.Facts)+1)
				known[f] = id
				f.ID = id
				r.Facts = append(r.Facts, f)
			}
			facts[i].ID = id
		}
	}
	for _, s := range t.steps {
		s.Facts = slices.Clone(s.Facts)
		s.Items = slices.Clone(s.Items)
		s.Thing = oneLine(s.Thing)
		if s.Kind != StepRelax && s.Kind != StepNoOffer && s.Kind != StepUnmet && s.Kind != StepDo && s.Kind != StepHuman {
			number(s.Facts) // the others hold wishes, which are no facts
		}
		for i := range s.Items {
			s.Items[i].Name = oneLine(s.Items[i].Name)
			s.Items[i].Show = slices.Clone(s.Items[i].Show)
			number(s.Items[i].Show)
			if !slices.ContainsFunc(r.Items, func(x Item) bool { return x.ID == s.Items[i].ID }) {
				r.Items = append(r.Items, s.Items[i])
			}
		}
		r.Steps = append(r.Steps, s)
	}
	return r
}

// publicWishes are the wishes that a generator may see.
func (c *core) publicWishes(s dst.State, lang string) []Fact {
	public := slices.DeleteFunc(slices.Clone(s.Constraints), func(k dst.Constraint) bool { return c.slots[k.Slot] != nil && c.slots[k.Slot].Sensitive })
	s.Constraints = public
	return c.wishFacts(s, lang)
}

// wishFacts words what the state holds of the user's wishes.
func (c *core) wishFacts(s dst.State, lang string) []Fact {
	var out []Fact
	for _, k := range s.Constraints {
		if x := c.slots[k.Slot]; x != nil {
			out = append(out, c.wishFact(x, k, lang))
		}
	}
	return out
}

func (c *core) tellWishes(wishes []wish, lang string) []Fact {
	var out []Fact
	for _, w := range wishes {
		for _, k := range w.constraints {
			out = append(out, c.wishFact(w.slot, k, lang))
		}
	}
	return out
}

func (c *core) wishFact(x *slot, k dst.Constraint, lang string) Fact {
	f := Fact{Attribute: c.label(x, lang), Op: k.Op, Value: k.Value}
	if k.Value != dst.DontCare {
		f.Value = c.wordedSlot(x, k.Value, lang)
	} else if lang == "zh" {
		f.Value = "不限"
	} else {
		f.Value = "any"
	}
	return f
}

// oneLine is a name or value as it may stand in a list: the graph's own line
// breaks would make entries of it, and its control characters commands to a
// terminal.
func oneLine(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Join(strings.Fields(printable(s)), " ")
}

// printable is a text without control characters other than white space.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
