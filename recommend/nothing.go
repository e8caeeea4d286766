package recommend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// maxBlamed is how many wishes that are kept are tried for a part in that
// nothing fits; of more, all are named.
const maxBlamed = 5

// blamed are the wishes that nothing meets together with those given up, but
// for the kind of thing.
func (c *core) blamed(t *turn, sv *service, wishes []wish, loose []loosening) ([]wish, error) {
	var gone, kept []wish
	for _, w := range wishes {
		switch {
		case slices.ContainsFunc(loose, func(l loosening) bool { return l.wish.text() == w.text() }):
			gone = append(gone, w)
		case !w.soft:
			kept = append(kept, w)
		}
	}
	for i := len(kept) - 1; i >= 0 && len(kept) <= maxBlamed; i-- {
		fewer := slices.Delete(slices.Clone(kept), i, i+1)
		if kept[i].slot == sv.kindly {
			continue
		}
		n, err := c.count(t.ctx, sv, slices.Concat(gone, fewer))
		if err != nil {
			return nil, err
		}
		if n == 0 {
			kept = fewer
		}
	}
	kept = slices.DeleteFunc(kept, func(w wish) bool { return w.slot == sv.kindly })
	return append(gone, kept...), nil
}

// amountWords word a bound on what things cost.
var amountWords = map[string]map[dst.Op]string{
	"en": {dst.Lt: "under %s", dst.Le: "under %s", dst.Gt: "over %s", dst.Ge: "from %s", dst.Eq: "at %s", dst.Around: "around %s", dst.Ne: "other than %s"},
	"zh": {dst.Lt: "低于%s", dst.Le: "%s以内", dst.Gt: "高于%s", dst.Ge: "%s以上", dst.Eq: "%s", dst.Around: "%s左右", dst.Ne: "不是%s"},
}

// phrased words what a thing would be like that meets wishes: "under ¥2,000
// with memory 16 GB", 2000元以内、内存16GB.
func (c *core) phrased(wishes []wish, lang string) string {
	var amounts, others, not []string
	for _, w := range wishes {
		words := make([]string, len(w.constraints))
		for i, k := range w.constraints {
			words[i] = c.wishFact(w.slot, k, lang).Value
		}
		f := c.wishFact(w.slot, w.constraints[0], lang)
		f.Value = either(words, lang)
		switch {
		case w.slot.measure == string(text.Currency):
			amounts = append(amounts, fmt.Sprintf(amountWords[lang][f.Op], f.Value))
		case w.negative():
			not = append(not, f.Value)
		default:
			others = append(others, wishText(f, lang))
		}
	}
	if lang == "zh" {
		for _, n := range not {
			others = append(others, "不是"+n)
		}
		return strings.Join(append(amounts, others...), "、")
	}
	out := strings.Join(amounts, " and ")
	if len(others) > 0 {
		out += " with " + joined(others, lang)
	}
	if len(not) > 0 {
		out += " other than " + either(not, lang)
	}
	return strings.Join(strings.Fields(out), " ")
}

// either lists alternatives: "red or blue".
func either(words []string, lang string) string {
	n := len(words)
	switch {
	case n == 1:
		return words[0]
	case lang == "zh":
		return strings.Join(words[:n-1], "、") + "或" + words[n-1]
	}
	return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
}

// soughtWord is the word for the kind of thing that is sought, "" for any.
func (t *turn) soughtWord(sv *service) string {
	if sv.kindly != nil {
		if value, ok := t.s.Get(sv.kindly.full); ok {
			return t.c.wordedSlot(sv.kindly, value, t.lang)
		}
	}
	return ""
}

// bridged words what there is instead: "There are 2 at ¥2,299.", 2299元的有2款。
func (c *core) bridged(loose []loosening, n int, lang string) string {
	if len(loose) == 1 && loose[0].op != "" && loose[0].wish.slot.measure == string(text.Currency) {
		op := dst.Eq // the nearest value, and nothing between it and the bound
		if loose[0].op == dst.Around && n > 1 {
			op = dst.Around
		}
		value := fmt.Sprintf(amountWords[lang][op], c.wordedSlot(loose[0].wish.slot, loose[0].value, lang))
		switch {
		case lang == "zh":
			return fmt.Sprintf("%s的有%d款。", value, n)
		case n == 1:
			return "There is 1 " + value + "."
		}
		return fmt.Sprintf("There are %d %s.", n, value)
	}
	var gone, bounds []string
	for _, l := range loose {
		if l.op == "" {
			gone = append(gone, wishTexts(c.tellWishes([]wish{l.wish}, lang), lang)...)
			continue
		}
		bounds = append(bounds, wishText(Fact{Attribute: c.label(l.wish.slot, lang), Op: dst.Eq, Value: c.wordedSlot(l.wish.slot, l.value, lang)}, lang))
	}
	return bridge(gone, bounds, n, lang)
}

func bridge(gone, bounds []string, n int, lang string) string {
	var out string
	switch {
	case lang == "zh" && len(gone) > 0:
		out = "不限" + joined(gone, lang) + "的话"
		if len(bounds) > 0 {
			out += "，最接近的是" + joined(bounds, lang) + "，"
		}
		return out + fmt.Sprintf("有%d款。", n)
	case lang == "zh":
		return fmt.Sprintf("最接近的是%s，有%d款。", joined(bounds, lang), n)
	case len(bounds) > 0:
		out = "The closest is " + joined(bounds, lang)
		if len(gone) > 0 {
			out += ", without " + joined(gone, lang)
		}
		if n == 1 {
			return out + "."
		}
		return out + fmt.Sprintf(" (%d in all).", n)
	case n == 1:
		return "There is 1 without " + joined(gone, lang) + "."
	}
	return fmt.Sprintf("There are %d without %s.", n, joined(gone, lang))
}

// noOffer says that nothing meets wishes of which none can be given up. What the
// message wished is dropped: it is no base to go on from.
func (t *turn) noOffer(sv *service, wishes []wish, none dst.Act) {
	hard := slices.DeleteFunc(slices.Clone(wishes), func(w wish) bool { return w.soft || w.slot == sv.kindly })
	t.add(Step{Kind: StepNoOffer, Label: t.soughtWord(sv), Text: t.c.phrased(hard, t.lang), Facts: t.c.tellWishes(wishes, t.lang)}, none)
	t.s.Constraints = t.before.Constraints
}

// relaxStep says what is given up.
func (t *turn) relaxStep(sv *service, loose []loosening) (step Step, acts []dst.Act) {
	step = Step{Kind: StepRelax, Label: t.soughtWord(sv)}
	for _, l := range loose {
		acts = append(acts, l.acts...)
		t.trace.Relaxed = append(t.trace.Relaxed, l.acts...)
		f := t.c.tellWishes([]wish{l.wish}, t.lang)
		step.Facts = append(step.Facts, f...)
		if l.op != "" {
			step.Bounds = append(step.Bounds, Fact{Attribute: t.c.label(l.wish.slot, t.lang), Op: dst.Eq, Value: t.c.wordedSlot(l.wish.slot, l.value, t.lang)})
		}
	}
	return step, acts
}
