package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// offerInstead adds to a few things that fit but for the cheapest wish others
// that fit but for the next ones, up to as many as are offered at once: who is
// told of the one phone at 2,299 may rather have less memory.
func (t *turn) offerInstead(sv *service, wishes []wish, others []relaxation, items []Item) error {
	offered := map[string]bool{}
	for _, item := range items {
		offered[item.ID] = true
	}
	for _, r := range others {
		left := t.c.cfg.Offers - len(offered)
		if left <= 0 {
			break
		}
		hits, _, err := t.search(sv, t.c.widened(r.rest, r.loose), nil)
		if err != nil {
			return err
		}
		hits = slices.DeleteFunc(hits, func(h ranked) bool { return offered[h.ID] })
		more, err := t.c.items(t.ctx, sv, hits[:min(left, len(hits))], wishes, true, t.lang)
		if err != nil || len(more) == 0 {
			return err
		}
		t.add(Step{Kind: StepInstead, Phrase: t.c.insteadOf(r.loose[0], t.lang), Count: len(offered), Items: more}, offers(sv, more)...)
		for _, item := range more {
			offered[item.ID] = true
		}
	}
	return nil
}

// insteadOf words what another thing is like than was wished for: "at ¥2,299",
// "without colour black", 重量188克的.
func (c *core) insteadOf(l loosening, lang string) string {
	with, without, end := "with ", "without ", ""
	if lang == "zh" {
		with, without, end = "", "不限", "的"
	}
	switch value := c.wordedSlot(l.wish.slot, l.value, lang); {
	case l.op == "":
		return without + joined(wishTexts(c.tellWishes([]wish{l.wish}, lang), lang), lang) + end
	case l.wish.slot.measure == string(text.Currency) && lang == "zh":
		return value + end
	case l.wish.slot.measure == string(text.Currency):
		return "at " + value
	default:
		return with + wishText(Fact{Attribute: c.label(l.wish.slot, lang), Op: dst.Eq, Value: value}, lang) + end
	}
}
