package recommend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// maxCompared is how many things are put side by side.
const maxCompared = 5

var (
	compareWords = []string{"compare", "comparison", "difference", "differ", "versus", " vs ", " vs.", "side by side", "对比", "比较一下", "比一下", "比比", "区别", "不同", "差别", "差异", "不一样", "差在哪", "差多少"}
	whichWords   = []string{"which", "who ", "哪个", "哪款", "哪台", "哪部", "哪一", "哪家", "谁", " than "}
)

// ruleCompare puts things side by side: "which is lighter?", "compare the
// first two", A和B有什么区别. It says what each has of what was asked about, or
// else of what is shown of a thing, and which has the most or least.
func (t *turn) ruleCompare() (bool, error) {
	sv := t.active()
	if t.helped || sv == nil || sv.named == nil || t.offered[sv] {
		return false, nil
	}
	gauges := slices.DeleteFunc(sv.gauges(t.text), func(g gauge) bool { return g.meant })
	folded := " " + text.Fold(t.text) + " "
	if !t.asksToCompare(sv, gauges, folded) || t.said(dst.More) && len(gauges) == 0 {
		return false, nil // "a different one" asks for others
	}
	ids := t.compared(sv)
	nothing := false
	if nothing = len(t.before.Offered)+len(t.before.Focus)+len(t.s.Constraints) == 0; nothing && len(ids) == 0 {
		gauges = nil // compared with what?
	}
	several := containsAny(folded, compareWords) || len(t.ordinals()) > 1
	if len(ids) < 2 && (len(gauges) > 0 || !nothing && !several) || len(t.wished(sv)) > 0 && (len(ids) < 2 || !t.names(ids)) {
		return false, nil
	}
	for _, x := range t.asksFor() {
		if x.service == sv && x.ordered && !slices.ContainsFunc(gauges, func(g gauge) bool { return g.slot == x }) {
			gauges = append(gauges, gauge{slot: x, more: t.c.prefersMore(sv, x), degree: superlative})
		}
	}
	t.s.Focus = t.before.Focus // nothing was chosen
	t.forget(sv.named)
	for _, k := range t.before.Of(sv.named.full) {
		t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: k.Slot, Op: k.Op, Value: k.Value})
	}
	t.told[sv], t.offered[sv] = true, true
	if len(ids) < 2 {
		t.add(Step{Kind: StepNoThing, Count: 2})
		return false, nil
	}
	return false, t.compare(sv, ids, gauges)
}

// asksToCompare reports whether the words of the message, or else the
// classifier, say so. A message that picks one of those offered and says
// nothing of others ("the first one") is a choice, and a bare name a question, whatever it was taken for.
func (t *turn) asksToCompare(sv *service, gauges []gauge, folded string) bool {
	which := containsAny(folded, whichWords)
	if containsAny(folded, compareWords) || len(gauges) > 0 && which {
		return true
	}
	if len(t.ordinals()) > 1 && t.chosenOnly() {
		return true // "the second and the third"
	}
	if len(gauges) > 0 && gauges[0].degree == comparative && len(t.namedIn(sv)) == 0 && len(t.ordinals()) < 2 {
		return false // "lighter" asks for one that is
	}
	picks := t.chosenOffer() && !which && len(t.ordinals()) < 2 && len(t.namedIn(sv)) == 0
	return t.intent.compare && !picks && !t.bareName(sv) && !t.asksOfOne(sv, gauges)
}

// asksOfOne reports whether the message asks what one thing has of a slot:
// "which brand is the second one?".
func (t *turn) asksOfOne(sv *service, gauges []gauge) bool {
	_, one := t.selected(sv)
	return one && t.said(dst.Request) && len(gauges) == 0 && len(t.ordinals()) < 2 && len(t.namedIn(sv)) < 2
}

// bareName reports whether the message is hardly more than the name of a thing.
func (t *turn) bareName(sv *service) bool {
	names := wholeNames(sv, t.text)
	return len(names) == 1 && 5*(names[0].End-names[0].Start) >= 4*len(strings.TrimSpace(t.text))
}

// names reports whether the message calls one of the things by its name.
func (t *turn) names(ids []string) bool {
	sv := t.active()
	return slices.ContainsFunc(t.namedIn(sv), func(of []string) bool { return slices.Contains(ids, of[0]) })
}

// namedIn are the things that the message names, by name. In "the iPhone 15 and
// 16" the second number stands for a name as well.
func (t *turn) namedIn(sv *service) [][]string {
	var out [][]string
	txt := clipped(t.text)
	toks := text.Tokens(txt)
	add := func(ids []string) {
		if len(ids) > 0 && !slices.ContainsFunc(out, func(of []string) bool { return of[0] == ids[0] }) {
			out = append(out, ids)
		}
	}
	for _, m := range wholeNames(sv, txt) {
		add(sv.names.things(m.Value))
		name := strings.TrimRight(txt[m.Start:m.End], "0123456789")
		for i, tok := range toks {
			if tok.Kind == text.Number && tok.Start > m.End && i > 0 && slices.Contains([]string{"and", "or", "vs", "和", "跟", "与", "、"}, toks[i-1].Text) && len(name) < m.End-m.Start {
				add(sv.names.things(name + tok.Text))
			}
		}
	}
	for _, k := range t.clearlyShown(sv) {
		add(k.ids)
	}
	return out
}

// compared are the things to put side by side: those named in the message,
// perhaps with the one in focus, those pointed at, or what was offered.
func (t *turn) compared(sv *service) []string {
	var named, first []string
	for _, ids := range t.namedIn(sv) {
		named, first = append(named, ids...), append(first, ids[0])
	}
	values := len(first)
	offered := distinct(t.offeredIDs(sv))
	if values == 1 {
		if value, ok := t.before.Focused(sv.named.full); ok {
			named = distinct(append(sv.names.things(value), named...))
		}
	}
	if values > 0 && len(named) > maxCompared {
		return first[:min(len(first), maxCompared)]
	}
	if values > 0 {
		return named
	}
	pointed := t.ordinals()
	var out []string
	for _, i := range pointed {
		if i < len(offered) {
			out = append(out, offered[i])
		}
	}
	if len(pointed) > 1 {
		return out
	}
	return offered[:min(len(offered), maxCompared)]
}

// compare adds the step that puts things side by side.
func (t *turn) compare(sv *service, ids []string, gauges []gauge) error {
	items, acts, err := t.columns(sv, ids, gauges)
	if err != nil {
		return err
	}
	if len(gauges) > 0 && !slices.ContainsFunc(items, func(i Item) bool { return len(i.Show) > 0 }) {
		for _, g := range gauges {
			t.add(Step{Kind: StepUnknown, Thing: joined(distinct(names(items)), t.lang), Label: t.c.label(g.slot, t.lang)})
		}
		return nil
	}
	if len(gauges) == 0 {
		gauges = t.c.shownGauges(sv)
	}
	s := Step{Kind: StepCompare, Items: items}
	for _, g := range gauges {
		line, err := t.verdict(items, g)
		if err != nil {
			return err
		}
		if line != "" {
			s.Lines = append(s.Lines, line)
		}
	}
	if known := t.offeredIDs(sv); slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(known, id) }) {
		acts = append(offers(sv, items), acts...) // otherwise places in the list offered before stay what they are
	}
	t.add(s, acts...)
	return nil
}

// columns are the things with what is compared of them, or else with what is
// shown.
func (t *turn) columns(sv *service, ids []string, gauges []gauge) (items []Item, acts []dst.Act, err error) {
	for _, id := range ids {
		item, err := t.c.item(t.ctx, sv, id, t.lang)
		if err != nil {
			return nil, nil, err
		}
		item.Score = 1
		if len(gauges) > 0 {
			item.Show = nil
		}
		for _, g := range gauges {
			facts, told, err := t.look(g.slot, id)
			if err != nil {
				return nil, nil, err
			}
			item.show(facts)
			acts = append(acts, told...)
		}
		items = append(items, item)
	}
	return items, acts, nil
}

// shownGauges are the slots that are told about a thing and of which it is
// known what is better.
func (c *core) shownGauges(sv *service) []gauge {
	var out []gauge
	for _, show := range sv.shown {
		x := show.slot
		if x == nil || !x.ordered {
			continue
		}
		if more := c.prefersMore(sv, x); more || x.measure == string(text.Currency) {
			out = append(out, gauge{slot: x, more: more, degree: comparative})
		}
	}
	return out
}

// prefersMore reports whether more of a slot is better: the binding ranks by it
// that way. Less money always is.
func (c *core) prefersMore(sv *service, x *slot) bool {
	return x.measure != string(text.Currency) && slices.ContainsFunc(sv.binding.Order, func(o kg.Order) bool { return o.Predicate == x.path && o.Desc })
}

// verdict says which of the things has most or least of a slot, "" where that
// cannot be told.
func (t *turn) verdict(items []Item, g gauge) (string, error) {
	var best []string
	var top kg.Value
	for _, item := range items {
		values, err := t.c.cfg.Graph.Values(t.ctx, item.ID, g.slot.path)
		if err != nil || len(values) == 0 {
			return "", err
		}
		order, ok := 1, true
		if best != nil {
			order, ok = compareGraph(values[0], top)
		}
		if !ok {
			return "", nil
		}
		if !g.more && best != nil {
			order = -order
		}
		switch {
		case order > 0:
			best, top = []string{item.Name}, values[0]
		case order == 0:
			best = append(best, item.Name)
		}
	}
	label := t.c.label(g.slot, t.lang)
	if len(best) == len(items) {
		return fmt.Sprintf(map[string]string{"en": "They have the same %s.", "zh": "它们的%s一样。"}[t.lang], label), nil
	}
	w := comparison(g.slot.measure, g.more, len(items), t.lang)
	return w.sentence(distinct(best), label, t.lang), nil
}

// compareGraph orders two values of the graph; it reports false where they
// have no order.
func compareGraph(a, b kg.Value) (int, bool) {
	if x, unit, ok := a.Number(); ok {
		y, other, ok := b.Number()
		switch {
		case !ok || unit != other:
			return 0, false
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, true
	}
	x, ok1 := a.Time()
	y, ok2 := b.Time()
	return x.Compare(y), ok1 && ok2
}

// chosenOnly reports whether all that was understood of the message is which of
// the things offered it points at.
func (t *turn) chosenOnly() bool {
	return !slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind != dst.Select && d.Act.Kind != dst.Want })
}
