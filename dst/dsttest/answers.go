package dsttest

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// What a simulated user answers to questions and offers.

func (u *user) yesNo(yes bool) utterance {
	if yes {
		return utterance{text: say(u.r, u.lang, "affirm"), acts: []dst.Act{{Kind: dst.Affirm}}, clean: true}
	}
	return utterance{text: say(u.r, u.lang, "deny"), acts: []dst.Act{{Kind: dst.Deny}}, clean: true}
}

// confirm says whether the value is the one that was meant, and which is.
func (u *user) confirm(q dst.Act, a Answer) utterance {
	slot, _ := u.schema.Slot(q.Slot)
	told := u.told[q.Slot]
	if met(slot, told, []dst.Constraint{{Slot: q.Slot, Op: q.Op, Value: q.Value}}) || len(told) > 1 && u.holds(q.Slot, a.State) {
		return u.yesNo(true)
	}
	for _, w := range u.wishes {
		if w.full == q.Slot {
			w.said = true
			x := utterance{text: u.join([]string{say(u.r, u.lang, "deny"), w.clause(u)}), clean: true}
			x.acts = append([]dst.Act{{Kind: dst.Deny}}, w.acts...)
			return x
		}
	}
	return u.yesNo(false)
}

// answer answers a question. A slot that the user has no wish for is decided on
// the spot; one of which no value is known, or that nobody needs, is left open.
func (u *user) answer(full string) utterance {
	w := u.wish(full)
	if w == nil {
		slot, _ := u.schema.Slot(full)
		var ok bool
		if w, ok = u.wishFor(slot, full, true); !ok {
			w = &wish{slot: slot, full: full, move: "nopref", acts: []dst.Act{{Kind: dst.Inform, Slot: full, Op: dst.Eq, Value: dst.DontCare}}}
		}
		u.wishes = append(u.wishes, w)
	}
	if w.move == "ne" { // what is not wanted answers no question
		if other := (&wish{slot: w.slot, full: full, move: "inform"}); other.draw(u) {
			*w = *other
		}
	}
	if w.said {
		if w.tries++; w.tries > u.opt.MaxAsks {
			u.gaveUp = full
		}
	}
	w.said = true
	x := utterance{acts: slices.Clone(w.acts), clean: true}
	parts := []string{w.reply(u)}
	if !free(w.slot) && u.r.IntN(5) == 0 {
		u.tell(&x, &parts, 1)
	}
	x.text = u.join(parts)
	if free(w.slot) {
		return x // a misspelt name is another name
	}
	return u.misspelt(x)
}

func (u *user) wish(full string) *wish {
	for _, w := range u.wishes {
		if w.full == full {
			return w
		}
	}
	return nil
}

// ordinals are the words for the places of things in a list.
var ordinals = map[string][]string{"en": {"first", "second", "third", "fourth"}, "zh": {"第一个", "第二个", "第三个", "第四个"}}

// choose takes one of the things that the bot offers, or asks for another, once.
// It reports false where nothing is offered, or the user only says thanks.
func (u *user) choose(a Answer) (utterance, bool) {
	var offers []dst.Act
	for _, x := range a.Acts {
		if x.Kind == dst.Offer && x.Op == dst.Eq {
			offers = append(offers, x)
		}
	}
	x := utterance{clean: true}
	switch roll := u.r.IntN(4); {
	case len(offers) == 0 || roll == 0:
		return x, false
	case roll == 1 && !u.picky:
		u.picky = true
		x.text, x.acts = say(u.r, u.lang, "another"), []dst.Act{{Kind: dst.More}}
		return x, true
	case len(offers) == 1:
		x.text, x.acts = say(u.r, u.lang, "accept"), []dst.Act{{Kind: dst.Affirm}}
	default:
		n := u.r.IntN(min(len(offers), len(ordinals[u.lang])))
		x.text = say(u.r, u.lang, "select", "{o}", ordinals[u.lang][n])
		x.acts = []dst.Act{{Kind: dst.Select, Slot: offers[n].Slot, Op: dst.Eq, Value: offers[n].Value}}
	}
	x.over = true
	return x, true
}
