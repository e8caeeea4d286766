package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// which are the things that a name in the message stands for. Of several, the
// rest of the message may tell them apart: "iPhone 15, the 256 GB one".
func (t *turn) which(sv *service, value string) []string {
	ids := sv.names.things(value)
	if len(ids) < 2 {
		return ids
	}
	return t.apart(ids, termsOf(value))
}

// apart keeps the things whose names have most of those words of the message
// that some of the names have and others have not; all of them where the
// message has no such word. Words in known count for nothing.
func (t *turn) apart(ids []string, known map[string]bool) []string {
	said := termsOf(clipped(t.text))
	score := make([]int, len(ids))
	terms := make([]map[string]bool, len(ids))
	for i, id := range ids {
		terms[i] = map[string]bool{}
		official, others, err := t.c.namesOf(t.ctx, id)
		if err != nil {
			return ids
		}
		for _, name := range append(official, others...) {
			for term := range termsOf(name) {
				terms[i][term] = true
			}
		}
	}
	for term := range said {
		n := 0
		for i := range ids {
			if terms[i][term] {
				n++
			}
		}
		if known[term] || n == 0 || n == len(ids) {
			continue
		}
		for i := range ids {
			if terms[i][term] {
				score[i]++
			}
		}
	}
	most := slices.Max(score)
	var out []string
	for i, id := range ids {
		if score[i] == most {
			out = append(out, id)
		}
	}
	return out
}

var takeWords = []string{"take", "buy it", "this one", "that one", "the one", "就这", "就它", "要这", "要它", "买这", "买它", "选这", "选它", "下单"}

// takings are agreement of themselves, at the end of a message.
var takings = []string{"buy it", "take it", "buy that one", "take that one", "take this one", "that's the one", "that is the one", "就买它", "就买它吧", "买它吧", "就选它", "我买这个", "就这款", "就这款吧", "就它吧", "就这个吧", "i'll take it", "i will take it", "i'll take that", "i'll take that one", "i'll take this one", "i'll buy it", "i'll have it", "i want it", "就要这个", "就它了", "就这个", "就这个了", "要这个", "买这个", "就买这个", "就要它", "就要它了", "下单", "下单吧"}

// taking reports whether the message takes what is talked about, in so many
// words: "OK, I'll buy it".
func (t *turn) taking() bool {
	said := strings.Trim(text.Fold(t.text), " .!。！")
	return !strings.ContainsAny(t.text, "?？") && slices.ContainsFunc(takings, func(words string) bool { return strings.HasSuffix(said, words) })
}

// ruleTake confirms what is taken in so many words by a message that says
// nothing else, other than that it wants to buy.
func (t *turn) ruleTake() (bool, error) {
	if len(t.steps) > 0 || !t.taking() || slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind != dst.Want && d.Act.Kind != dst.Affirm }) {
		return false, nil
	}
	return t.takes()
}

// takes answers agreement to what was offered: to one thing with a
// confirmation, to several by asking which. Where the bot put a question as
// well, "yes" does not mean the offer.
func (t *turn) takes() (bool, error) {
	asked := slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Ask })
	sv := t.active()
	if !t.said(dst.Affirm) && !t.taking() || t.said(dst.Thank) || !t.offeredJust() && !t.taking() && !containsAny(text.Fold(t.text), takeWords) || asked && !t.taking() && !containsAny(text.Fold(t.text), takeWords) || sv == nil || sv.named == nil {
		return false, nil
	}
	ids := t.referents(sv)
	items, err := t.some(sv, ids)
	switch {
	case err != nil || len(items) == 0:
		return false, err
	case len(ids) == 1:
		t.add(Step{Kind: StepChosen, Items: items}, dst.Act{Kind: dst.Inform, Slot: sv.named.full, Op: dst.Eq, Value: items[0].Value})
	default:
		t.add(Step{Kind: StepWhich, Items: items, Count: len(ids)}, offers(sv, items)...)
	}
	return true, nil
}

var anyWords = []string{"whatever", "anything", "any will do", "up to you", "you choose", "you decide", "surprise me", "随便", "都行", "都可以", "无所谓", "你定", "你看着办"}

// wishesNothing reports whether the user leaves the choice to the bot.
func (t *turn) wishesNothing() bool {
	sv := t.active()
	return sv != nil && len(t.decisions) == 0 && containsAny(text.Fold(t.text), anyWords) && len(t.c.wishes(t.s, sv)) > 0
}

// pick notices a choice among what was offered by a part of the name, "the 256
// GB one", in a message that says nothing else.
func (t *turn) pick() {
	if len(t.before.Offered) < 2 || containsAny(t.text, questionsZh) || strings.ContainsAny(t.text, "?？") || slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind != dst.Relax && d.Act.Kind != dst.Affirm }) {
		return
	}
	sv := t.c.serviceOf(t.before.Offered[0].Slot)
	if sv == nil || sv.named == nil || sv.names == nil {
		return
	}
	ids := t.offeredIDs(sv)
	if len(ids) < 2 {
		return
	}
	if left := t.apart(ids, nil); len(left) == 1 {
		a := dst.Act{Kind: dst.Select, Slot: sv.named.full, Op: dst.Eq, Value: sv.names.value[left[0]]}
		t.s = t.s.Apply(a)
		t.decisions = append(t.decisions, dst.Decision{Act: a, P: 0.6, Evidence: dst.Evidence{Turn: t.s.Turn, Source: dst.Outside}})
		t.trace.Decisions = t.decisions
	}
}

// offeredIDs are the things of a service that were offered last.
func (t *turn) offeredIDs(sv *service) []string {
	var out []string
	for _, c := range t.before.Offered {
		if c.Slot == sv.named.full {
			out = append(out, sv.names.things(c.Value)...)
		}
	}
	return out
}
