package dsttest

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// hear judges an answer by what was said before it.
func (c *customer) hear(a Answer) {
	if handedOver(a) {
		c.fail(GivenUp, "the bot handed the customer over to a person")
		return
	}
	last := c.now[len(c.now)-1]
	switch last.does {
	case "ask":
		c.hearValue(a, last)
	case "whether":
		c.hearWhether(a, last)
	case "compare":
		c.hearCompared(a)
	case "less", "more":
		c.hearCritique(a, last)
	case "another":
		c.hearOthers(a)
	case "choose":
		c.hearChoice(a)
	default:
		c.hearOffers(a)
	}
}

// does reports whether the bot did something.
func does(a Answer, kinds ...dst.Kind) bool {
	return slices.ContainsFunc(a.Acts, func(x dst.Act) bool { return slices.Contains(kinds, x.Kind) })
}

// offers are the things that the bot offers.
func (c *customer) offers(a Answer) []Thing {
	var out []Thing
	for _, x := range a.Acts {
		if t, known := c.m.things[x.Value]; known && x.Kind == dst.Offer && x.Slot == c.m.names {
			out = append(out, t)
		}
	}
	return out
}

// informed are the values that the bot tells of a slot.
func informed(a Answer, full string) []string {
	var out []string
	for _, x := range a.Acts {
		if x.Kind == dst.Inform && x.Slot == full && x.Op == dst.Eq {
			out = append(out, x.Value)
		}
	}
	return out
}

// hearOffers judges an answer to wishes: what is offered must meet them, and
// only where nothing does may the bot say so.
func (c *customer) hearOffers(a Answer) {
	offers, none := c.offers(a), does(a, dst.NoOffer, dst.Relax)
	switch fitting := c.m.fitting(c.wants); {
	case none && len(fitting) > 0:
		c.misheard(a, FalseNone, "%d things fit, such as %s", len(fitting), fitting[0].Value)
	case none:
		c.offered = nil // nothing fits, as the customer will see
		c.yield(a)
	case len(offers) > 0 && c.insist(offers):
	case len(offers) > 0:
		for _, t := range offers {
			if !c.m.fits(t, c.wants) {
				c.misheard(a, WrongOffer, "%s is not what was wished for", t.Value)
				return
			}
		}
		c.shown = nil // what was shown for other wishes may be shown again
		c.accept(offers)
	case does(a, dst.Ask, dst.Confirm, dst.Propose):
		c.hearQuestion(a)
	default:
		c.misheard(a, NothingSaid, "neither an offer nor a question")
	}
}

// yield notes what the bot says that it leaves out because nothing fits.
func (c *customer) yield(a Answer) {
	for _, x := range a.Acts {
		if w := c.want(x.Slot); w != nil && x.Kind == dst.Relax {
			c.yielded = append(c.yielded, w)
		}
	}
}

// insist says again what the bot left out rightly, once it matters again.
func (c *customer) insist(offers []Thing) bool {
	for _, w := range c.yielded {
		if c.want(w.full) == w && slices.ContainsFunc(offers, func(t Thing) bool { return !c.m.meets(t, w) }) {
			c.violated = append(c.violated, w)
		}
	}
	c.yielded = nil
	return len(c.violated) > 0
}

// accept takes in what is offered.
func (c *customer) accept(offers []Thing) {
	c.offered, c.thing, c.old = offers, Thing{}, false
	for _, t := range offers {
		if !slices.Contains(c.shown, t.Value) {
			c.shown = append(c.shown, t.Value)
		}
	}
}

// hearQuestion counts how often the bot asks for a slot.
func (c *customer) hearQuestion(a Answer) {
	c.offered = nil
	for _, x := range a.Acts {
		if x.Kind != dst.Ask || x.Slot == "" {
			continue
		}
		if c.asked[x.Slot]++; c.asked[x.Slot] > 2 {
			c.trouble(AskedTooOften, "the bot asks for %s for the %d. time", x.Slot, c.asked[x.Slot])
		}
	}
}

// misheard notes a wrong answer to wishes, and what is to be said again: what
// the state lacks, what the last message said, or else everything. The state
// tells the reason where it differs from what was said.
func (c *customer) misheard(a Answer, reason Reason, format string, args ...any) {
	if kept := c.kept(a.State); kept != "" {
		c.trouble(WishKept, "%s is not, or no longer, wished for", kept)
		c.repeat()
		return
	}
	for _, w := range c.wants {
		if !c.relaxed(a, w) && !slices.ContainsFunc(a.State.Of(w.full), func(x dst.Constraint) bool { return w.said(x.Op, x.Value) }) {
			c.violated = append(c.violated, w)
		}
	}
	if len(c.violated) > 0 {
		c.trouble(WishLost, "%s: the state has %q", c.violated[0].full, terms(dst.State{Constraints: a.State.Of(c.violated[0].full)}))
		return
	}
	c.trouble(reason, format, args...)
	c.repeat()
}

// kept is a constraint of the state that the customer has not, or no longer, in
// mind; "" where there is none.
func (c *customer) kept(s dst.State) string {
	for _, x := range s.Constraints {
		if x.Value == dst.DontCare || x.Op == dst.Ne || x.Soft || x.Slot == c.m.names || !slices.Contains(c.m.order, x.Slot) {
			continue
		}
		if w := c.want(x.Slot); w == nil || c.m.slots[x.Slot].Multi && !w.said(x.Op, x.Value) {
			return term(x)
		}
	}
	return ""
}

// relaxed reports whether the bot says that it left a wish out.
func (c *customer) relaxed(a Answer, w *want) bool {
	return slices.ContainsFunc(a.Acts, func(x dst.Act) bool { return x.Kind == dst.Relax && x.Slot == w.full })
}

// repeat puts what was said last on the agenda again.
func (c *customer) repeat() {
	for _, s := range c.now {
		switch {
		case s.w != nil && (s.does == "tell" || s.does == "change"):
			c.violated = append(c.violated, s.w)
		case s.does == "drop":
			c.agenda = slices.Insert(c.agenda, 0, s)
			return
		}
	}
	if len(c.violated) == 0 {
		c.violated = slices.Clone(c.wants)
	}
}

// retry puts the last step on the agenda again, to be worded in another way.
func (c *customer) retry(reason Reason, format string, args ...any) {
	c.trouble(reason, format, args...)
	c.agenda = slices.Insert(c.agenda, 0, c.now[len(c.now)-1])
}

// hearValue judges an answer to a question for a value.
func (c *customer) hearValue(a Answer, s step) {
	got, want := informed(a, s.full), c.thing.Values[s.full]
	switch {
	case len(got) == 0:
		c.retry(Unanswered, "nothing is told of %s", s.full)
	case slices.ContainsFunc(got, func(v string) bool { return !slices.Contains(want, v) }):
		c.trouble(WrongAnswer, "%s of %s is %s, not %s", s.full, c.thing.Value, strings.Join(want, ", "), strings.Join(got, ", "))
	default:
		c.hearFocus(a)
	}
}

// hearWhether judges an answer to a question for yes or no.
func (c *customer) hearWhether(a Answer, s step) {
	is := slices.Contains(c.thing.Values[s.full], s.value)
	yes, no := does(a, dst.Affirm), does(a, dst.Deny)
	switch {
	case yes == no:
		c.retry(Unanswered, "neither yes nor no to whether %s has %s=%s", c.thing.Value, s.full, s.value)
	case yes != is:
		c.trouble(WrongAnswer, "%s=%s of %s is %t, and the bot says %t", s.full, s.value, c.thing.Value, is, yes)
	default:
		c.hearFocus(a)
	}
}

// hearFocus checks that the bot speaks of the thing that was asked about.
func (c *customer) hearFocus(a Answer) {
	if focus, _ := a.State.Focused(c.m.names); focus != c.thing.Value {
		c.trouble(WrongAnswer, "%s was asked about, and the bot speaks of %q", c.thing.Value, focus)
	}
}

// hearCompared judges a comparison: it names the things compared.
func (c *customer) hearCompared(a Answer) {
	for _, t := range c.offered[:2] {
		if name := t.Names[c.lang]; a.Text != "" && !strings.Contains(a.Text, name) {
			c.retry(Unanswered, "the comparison does not speak of %s", t.Value)
			return
		}
	}
}

// hearCritique judges what is offered instead of what was too dear.
func (c *customer) hearCritique(a Answer, s step) {
	offers, wants := c.offers(a), append(slices.Clone(c.wants), s.w)
	fitting := c.m.fitting(wants)
	switch {
	case len(fitting) == 0 && (len(offers) == 0 || does(a, dst.NoOffer, dst.Relax)):
		c.old = true // nothing is: the customer comes back to what he saw
	case len(offers) == 0 || does(a, dst.NoOffer, dst.Relax):
		c.retry(CritiqueLost, "%s is not offered, with %s", fitting[0].Value, s.w.act())
	case slices.ContainsFunc(offers, func(t Thing) bool { return !c.m.fits(t, wants) }):
		c.retry(CritiqueLost, "what is offered does not all meet %s", s.w.act())
	default:
		c.wants = wants
		c.accept(offers)
	}
}

// hearOthers judges what is offered instead: it fits, and was not shown before.
func (c *customer) hearOthers(a Answer) {
	fresh := slices.DeleteFunc(c.m.fitting(c.wants), func(t Thing) bool { return slices.Contains(c.shown, t.Value) })
	offers := c.offers(a)
	switch {
	case does(a, dst.NoOffer, dst.Relax) || len(offers) == 0:
		if len(fresh) > 0 {
			c.retry(NoMore, "%d others fit, such as %s", len(fresh), fresh[0].Value)
		}
		c.old = true
	case slices.ContainsFunc(offers, func(t Thing) bool { return slices.Contains(c.shown, t.Value) }):
		c.retry(NoMore, "what is offered was shown before")
	case slices.ContainsFunc(offers, func(t Thing) bool { return !c.m.fits(t, c.wants) }):
		c.misheard(a, WrongOffer, "the others are not what was wished for")
	default:
		c.accept(offers)
	}
}

// hearChoice judges whether the choice was taken.
func (c *customer) hearChoice(a Answer) {
	if focus, ok := a.State.Focused(c.m.names); ok && focus == c.thing.Value && slices.Contains(informed(a, c.m.names), focus) {
		c.done = true
		if !c.m.fits(c.thing, c.wants) {
			c.fail(WrongOffer, "%s was chosen, and is not what was wished for", c.thing.Value)
		}
		return
	}
	c.retry(ChoiceLost, "%s was chosen, and the bot says %q", c.thing.Value, dst.FormatActs(a.Acts))
}
