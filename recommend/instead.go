package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// offerInstead adds to a few things that fit but for the cheapest wish others
// that fit but for the next ones, up to as many as are offered at once: who is
// told of the one phone at 2,299 may rather have less memory.
func (t *turn) offerInstead(sv *service, wishes []wish, items []Item) error {
	others, err := t.c.relaxOne(t.ctx, sv, wishes, t.c.givable(sv, wishes, t.s.Turn), t.s.Turn)
	if err != nil || len(others) == 0 {
		return err
	}
	offered := map[string]bool{}
	for _, item := range items {
		offered[item.ID] = true
	}
	for _, r := range others[1:] {
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
		t.add(Step{Kind: StepInstead, Phrase: t.c.insteadOf(r.loose, t.lang), Count: len(offered), Items: more}, offers(sv, more)...)
		for _, item := range more {
			offered[item.ID] = true
		}
	}
	return nil
}

// insteadOf words what another thing is like than was wished for: "at ¥2,299",
// "without colour black", 重量188克的.
func (c *core) insteadOf(loose []loosening, lang string) string {
	out := make([]string, len(loose))
	for i, l := range loose {
		with, without := "with ", "without "
		if lang == "zh" {
			with, without = "", "不限"
		}
		switch value := c.wordedSlot(l.wish.slot, l.value, lang); {
		case l.op == "":
			out[i] = without + joined(wishTexts(c.tellWishes([]wish{l.wish}, lang), lang), lang)
		case l.wish.slot.measure == string(text.Currency) && lang == "zh":
			out[i] = value
		case l.wish.slot.measure == string(text.Currency):
			out[i] = "at " + value
		default:
			out[i] = with + wishText(Fact{Attribute: c.label(l.wish.slot, lang), Op: dst.Eq, Value: value}, lang)
		}
	}
	if lang == "zh" {
		return strings.Join(out, "、") + "的"
	}
	return strings.Join(out, ", ")
}
