package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

var whyWords = []string{"why do you recommend", "why did you recommend", "why would you recommend", "why are you recommending", "why this", "why that", "why these", "why those", "why the first", "why the second", "why the third", "why it?", "why should i", "what makes it", "why is it good", "为什么推荐", "为啥推荐", "为何推荐", "推荐理由", "推荐的理由", "凭什么推荐", "怎么推荐这", "为什么是这", "为什么选这", "为什么要选"}

// asksWhy reports whether a message asks for reasons: in so many words, or with
// nothing but a bare "why?".
func asksWhy(message string) bool {
	bare := strings.TrimFunc(text.Fold(message), func(r rune) bool { return !unicode.IsLetter(r) })
	return containsAny(text.Fold(message), whyWords) || slices.Contains([]string{"why", "why so", "how come", "为什么", "为啥", "为何", "为什么呢", "为什么呀", "为啥呢"}, bare)
}

// ruleWhy says why a thing was offered: the wishes that it meets and those that
// it does not, and by what things are ranked that meet them equally well.
func (t *turn) ruleWhy() (bool, error) {
	sv := t.active()
	if t.helped || sv == nil || sv.named == nil || t.offered[sv] || !asksWhy(t.text) {
		return false, nil
	}
	ids := t.referents(sv)
	if len(ids) == 0 || len(ids) > t.c.cfg.Offers {
		return false, nil
	}
	t.told[sv] = true
	t.asks = slices.DeleteFunc(t.asksFor(), func(x *slot) bool { return x.service == sv })
	wishes := t.c.wishes(t.s, sv)
	wishes = slices.DeleteFunc(wishes, func(w wish) bool { return w.slot.Names || w.slot == sv.kindly })
	if len(wishes) == 0 {
		ids = ids[:1] // of the others there is no more to say
	}
	for _, id := range ids {
		if err := t.why(sv, id, wishes); err != nil {
			return false, err
		}
	}
	return false, nil
}

// why explains one thing.
func (t *turn) why(sv *service, id string, wishes []wish) error {
	item, err := t.c.item(t.ctx, sv, id, t.lang)
	if err != nil {
		return err
	}
	item.Show = nil
	var missed []wish
	for _, w := range wishes {
		ok, err := t.c.meets(t.ctx, sv, id, w)
		if err != nil {
			return err
		}
		if !ok {
			missed = append(missed, w)
			continue
		}
		item.Score += 1 / float64(len(wishes))
		met, err := t.met(id, w)
		if err != nil {
			return err
		}
		item.show(met)
	}
	s := Step{Kind: StepWhy, Thing: item.Name, Items: []Item{item}, Bounds: t.c.tellWishes(missed, t.lang)}
	if s.Facts, err = t.rankedBy(sv, id); err == nil {
		t.add(s, offers(sv, s.Items)...)
	}
	return err
}

// rankedBy is what a thing has of that by which the binding ranks things,
// leaving out predicates that people have no word for: no slot, no label.
func (t *turn) rankedBy(sv *service, id string) ([]Fact, error) {
	var out []Fact
	for _, o := range sv.binding.Order {
		hops, err := t.c.compileHops(t.ctx, o.Predicate)
		if err != nil {
			return nil, err
		}
		ends, err := t.c.walk(t.ctx, id, hops, t.lang)
		if err != nil {
			return nil, err
		}
		x, label := sv.reading(o.Predicate), t.c.attribute(o.Predicate, t.lang)
		if _, labelled := t.c.labelled(o.Predicate, t.lang); x == nil && !labelled {
			continue
		}
		if x != nil {
			label = t.c.label(x, t.lang)
		}
		out = append(out, t.c.tell(t.ctx, id, x, label, ends, t.lang)...)
	}
	return out, nil
}

// met are the facts by which a thing meets a wish: of several values those
// that were wished for.
func (t *turn) met(id string, w wish) ([]Fact, error) {
	ends, err := t.c.walk(t.ctx, id, w.slot.hops, t.lang)
	if err != nil {
		return nil, err
	}
	if meant := t.meant(w.slot, ends, constraintsOf(w.slot, []wish{w})); len(meant) > 0 {
		ends = meant
	}
	return some(t.c.tell(t.ctx, id, w.slot, t.c.label(w.slot, t.lang), ends, t.lang)), nil
}

// reading is the slot that reads a predicate.
func (sv *service) reading(predicate string) *slot {
	i := slices.IndexFunc(sv.slots, func(x *slot) bool { return x.path == predicate && x.via == nil })
	if i < 0 {
		return nil
	}
	return sv.slots[i]
}
